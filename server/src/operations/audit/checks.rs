//! What each check of an audit came to.

use tradeseal_ledger::audit::{AuditCheck, Audited};
use tradeseal_verifier::groth16::Provenance;
use tradeseal_verifier::log::{LogError, SignedCheckpoint, WitnessPolicy};
use tradeseal_verifier::trust::Trust;
use tradeseal_verifier::verdict::{CheckResult, Outcome};

/// Name and meaning of a check.
type Named = (&'static str, &'static str);

pub(super) const SIGNATURE: Named = (
    "checkpoint_signature",
    "The checkpoint is signed by a log that you trust.",
);
const COSIGNATURES: Named = (
    "cosignatures",
    "The log witnesses that you require have seen this checkpoint.",
);
const PROVENANCE: Named = (
    "key_provenance",
    "The keys of the proofs come from a set-up that you accept.",
);

pub(super) const fn named(check: AuditCheck) -> Named {
    match check {
        AuditCheck::Files => ("files", "Every file that the checkpoint covers is there and reads."),
        AuditCheck::Tiles => ("tiles", "The published hashes are those of the entries."),
        AuditCheck::Root => ("root", "The entries are the ones that the checkpoint signs."),
        AuditCheck::Entries => ("entries", "Every entry reads, in its one encoding."),
        AuditCheck::Rules => ("rules", "The rules allow every entry in its place."),
        AuditCheck::StateRecords => (
            "state_records",
            "Every state record is what the entries before it make.",
        ),
        AuditCheck::Proofs => ("proofs", "Every proof holds."),
    }
}

pub(super) fn result((name, meaning): Named, outcome: Outcome, detail: String) -> CheckResult {
    CheckResult {
        name,
        meaning,
        outcome,
        detail,
    }
}

/// What a check of the ledger's audit came to: its faults, or why it could not be made, or what was found.
pub(super) fn of(check: AuditCheck, audited: &Audited) -> CheckResult {
    let mut faults = audited.faults.iter().filter(|fault| fault.check() == check);
    if let Some(first) = faults.next() {
        let detail = match faults.count() {
            0 => first.to_string(),
            more => format!("{first}; and {more} more like it"),
        };
        return result(named(check), Outcome::Failed, detail);
    }
    let rests_on_replay = !matches!(check, AuditCheck::Files | AuditCheck::Tiles | AuditCheck::Root);
    let rests_on_files = matches!(check, AuditCheck::Tiles | AuditCheck::Root);
    if (rests_on_replay && !audited.whole) || (rests_on_files && !audited.all_read) {
        let detail = "not everything could be gone through: see what failed".to_owned();
        return result(named(check), Outcome::NotChecked, detail);
    }
    if check == AuditCheck::Proofs && audited.proofs_without_key > 0 {
        return result(named(check), Outcome::NotChecked, without_key(audited));
    }
    result(named(check), Outcome::Passed, found(check, audited))
}

fn without_key(audited: &Audited) -> String {
    let keys: Vec<String> = audited
        .missing_keys
        .iter()
        .map(|(statement, id)| format!("{statement} {id}"))
        .collect();
    format!(
        "{} of {} proofs are under keys that the trust file does not have: {}",
        audited.proofs_without_key,
        audited.proofs_without_key + audited.proofs_verified,
        keys.join(", ")
    )
}

fn found(check: AuditCheck, audited: &Audited) -> String {
    let entries: u64 = audited.entries.values().sum();
    match check {
        AuditCheck::Files | AuditCheck::Tiles | AuditCheck::Root | AuditCheck::Entries => format!("{entries} entries"),
        AuditCheck::Rules => {
            let kinds: Vec<String> = audited
                .entries
                .iter()
                .map(|(kind, count)| format!("{count} {kind}"))
                .collect();
            kinds.join(", ")
        }
        AuditCheck::StateRecords => audited.state.as_ref().map_or_else(String::new, |state| {
            format!(
                "{} notes, {} nullifiers, {} deposits, {} places in the directory at the last one",
                state.note_count, state.nullifier_count, state.deposit_count, state.directory_count
            )
        }),
        AuditCheck::Proofs => format!("{} proofs", audited.proofs_verified),
    }
}

/// The policy's quorum over the checkpoint; nothing if the trust file asks for none.
pub(super) fn cosignatures(signed: &SignedCheckpoint, trust: &Trust) -> Option<CheckResult> {
    let mut met = Vec::new();
    for policy in trust.policies_for(signed) {
        match cosigned(policy, signed) {
            Ok(Ok(names)) => met.extend(names),
            Ok(Err(shortfall)) => return Some(result(COSIGNATURES, Outcome::NotChecked, shortfall)),
            Err(cause) => {
                let detail = format!("checkpoint: {}", super::printable(&cause.to_string()));
                return Some(result(COSIGNATURES, Outcome::Failed, detail));
            }
        }
    }
    let detail = || format!("cosigned by {}", met.join(", "));
    (!met.is_empty()).then(|| result(COSIGNATURES, Outcome::Passed, detail()))
}

/// Who cosigned, or what the quorum lacks.
fn cosigned(policy: &WitnessPolicy, signed: &SignedCheckpoint) -> Result<Result<Vec<String>, String>, LogError> {
    let report = policy.evaluate(signed)?;
    Ok(match report.shortfall {
        Some(shortfall) => Err(shortfall.to_string()),
        None => Ok(report.cosigned.into_iter().map(|(name, _)| name).collect()),
    })
}

/// Whether anyone could have forged the proofs: development keys that the trust file does not allow.
pub(super) fn provenance(audited: &Audited, trust: &Trust) -> CheckResult {
    let development = trust
        .keys()
        .iter()
        .filter(|key| key.provenance() == Provenance::InsecureDev)
        .count();
    if audited.proofs_verified == 0 || development == 0 {
        return result(
            PROVENANCE,
            Outcome::Passed,
            "no proof is under a development key".into(),
        );
    }
    if trust.allow_insecure_dev() {
        let detail = "development keys, which are allowed here: whoever made them can forge proofs";
        return result(PROVENANCE, Outcome::Passed, detail.into());
    }
    let detail =
        "there are development keys in the trust file, and it does not allow them: whoever made them can forge proofs";
    result(PROVENANCE, Outcome::NotChecked, detail.into())
}
