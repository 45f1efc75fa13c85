//! Is this the receivable's history? From one or several files' bytes to a report.
//!
//! In scope: every check, in a fixed order, each with its reason. Out of scope: reading files, the clock, reaching the ledger (the caller
//! brings `now` and a [`LedgerView`]). An attacker who owns this part decides what courts believe happened to a receivable.

mod accounts;
mod case;
mod check;
mod claims;
mod file_checks;
mod history;
mod limits;
mod log_checks;
mod note_checks;
mod proof_checks;
mod report;
mod since;
mod text;

pub use check::Check;
pub use report::{Audience, Claim, DisclosureBasis, DisclosureReport};

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use tradeseal_primitives::receivable::{Flags, RemainingPpb, UnixSeconds};

use crate::calendar::format_utc;
use crate::groth16::Provenance;
use crate::ledger_view::{LedgerView, Offline};
use crate::trust::Trust;
use crate::verdict::{Checklist, Conclusion, Finding, cosignatures};
use case::{File, percent};
use history::{History, Remains};
use log_checks::SignedProofs;
use since::Since;

/// Most files checked together.
pub const MAX_FILES: usize = 64;

/// Makes every check that can be made on disclosures of one receivable, at time `now`. What they say holds as of the ledger's states that they
/// show; a reachable ledger adds what changed since, and does not change the verdict.
///
/// Checks that need one that did not pass are reported as not checked, naming it.
pub fn verify_disclosures(
    files: &[&[u8]],
    trust: &Trust,
    now: UnixSeconds,
    ledger: &dyn LedgerView,
) -> DisclosureReport {
    let mut verification = Verification::new(trust, now);
    let files = verification.read(files);
    verification.check_log(&files);
    verification.check_proofs(&files);
    let history = verification.check_history(&files);
    let since = verification.ask(&history, ledger);
    let judged = verification.judge(&history, &since);
    DisclosureReport {
        verdict: judged.conclusion.verdict(),
        sentence: format!("{}{}", judged.conclusion.sentence(|| judged.verified), since.warning()),
        made_for: judged.made_for,
        claims: judged.claims,
        checks: judged.conclusion.results,
        not_established: judged.not_established,
        basis: judged.basis,
    }
}

/// The same without a ledger, and without the cosignatures of the files' own checkpoints: evidence holds others in their place.
pub(crate) fn judge_recorded(files: &[&[u8]], trust: &Trust, now: UnixSeconds) -> Judged {
    let mut verification = Verification::new(trust, now);
    verification.checks.leave_out(Check::Cosignatures);
    verification.cosigned_elsewhere = true;
    let files = verification.read(files);
    verification.check_log(&files);
    verification.check_proofs(&files);
    let history = verification.check_history(&files);
    let since = verification.ask(&history, &Offline);
    verification.judge(&history, &since)
}

/// A verdict on disclosures before it is put in words.
pub(crate) struct Judged {
    pub(crate) conclusion: Conclusion,
    /// What is said if all checks pass.
    pub(crate) verified: String,
    pub(crate) made_for: Vec<Audience>,
    pub(crate) claims: Vec<Claim>,
    pub(crate) not_established: Vec<String>,
    pub(crate) basis: DisclosureBasis,
}

/// One verification under way. Every check looks at `Checklist::reached` first.
struct Verification<'a> {
    trust: &'a Trust,
    now: UnixSeconds,
    checks: Checklist<Check>,
    basis: DisclosureBasis,
    /// Whether no log witness was asked for.
    unwitnessed: bool,
    /// Whether somebody else asks for log witnesses.
    cosigned_elsewhere: bool,
}

impl<'a> Verification<'a> {
    fn new(trust: &'a Trust, now: UnixSeconds) -> Self {
        Self {
            trust,
            now,
            checks: Checklist::new(),
            basis: DisclosureBasis::default(),
            unwitnessed: false,
            cosigned_elsewhere: false,
        }
    }

    /// Makes a check if what it needs passed.
    fn check<T>(&mut self, check: Check, make: impl FnOnce() -> Finding<T>) -> Option<T> {
        if !self.checks.reached(check) {
            return None;
        }
        self.checks.record(check, make())
    }

    /// No files if any cannot be read.
    fn read(&mut self, inputs: &[&[u8]]) -> Vec<File> {
        let read = self.check(Check::DisclosureFormat, || file_checks::disclosure_format(inputs));
        let mut files = read.unwrap_or_default();
        self.check(Check::OneReceivable, || file_checks::one_receivable(&files));
        let now = self.now;
        self.check(Check::Made, || file_checks::made(&files, now));
        self.check(Check::Invoice, || file_checks::invoice(&files));
        self.check(Check::Entries, || log_checks::entries(&mut files));
        files
    }

    fn check_log(&mut self, files: &[File]) {
        let trust = self.trust;
        let signed = self.check(Check::CheckpointSignature, || {
            log_checks::checkpoint_signature(files, trust)
        });
        self.check_cosignatures(files, signed.as_deref());
        if let Some(signed) = signed {
            self.basis.log_size = self.check(Check::LogInclusion, || log_checks::log_inclusion(files, &signed));
            let origin = files.first().map(|file| file.body().origin.to_string());
            self.basis.log = origin.filter(|_| self.basis.log_size.is_some());
        }
        self.check(Check::Ledger, || log_checks::ledger(files));
        self.check(Check::NothingElse, || log_checks::nothing_else(files));
    }

    /// Left out where the trust file asks for no log witnesses: then the verdict says so among what it does not establish.
    fn check_cosignatures(&mut self, files: &[File], signed: Option<&[SignedProofs]>) {
        if self.cosigned_elsewhere {
            return;
        }
        let trust = self.trust;
        let required = match files.first() {
            Some(file) => trust.requires_log_witnesses(&file.body().origin),
            None => trust.logs().iter().any(|log| log.policy().is_some()),
        };
        let checkpoints = signed.unwrap_or_default().iter().flat_map(SignedProofs::checkpoints);
        let found = cosignatures(trust, checkpoints, self.now);
        match found {
            Some(finding) => {
                let witnessed = self.checks.record(Check::Cosignatures, finding);
                self.basis.cosigned = witnessed.unwrap_or_default().cosigned;
            }
            None if required && signed.is_none() => {}
            None => {
                self.checks.leave_out(Check::Cosignatures);
                self.unwitnessed = true;
            }
        }
    }

    fn check_proofs(&mut self, files: &[File]) {
        let trust = self.trust;
        self.basis.key_ids = files.iter().map(|file| file.disclosure.key_id()).collect();
        let keys = self.check(Check::KeyKnown, || proof_checks::keys_known(files, trust));
        let proofs = self.check(Check::ProofEncoding, || proof_checks::proof_encoding(files));
        let Some(keys) = keys else { return };
        self.basis.provenances = keys.iter().map(|key| key.provenance()).collect();
        self.check(Check::KeyProvenance, || proof_checks::keys_provenance(trust, &keys));
        if let Some(proofs) = proofs {
            self.check(Check::Proof, || proof_checks::proofs_hold(files, &keys, &proofs));
        }
    }

    fn check_history<'f>(&mut self, files: &'f [File]) -> History<'f> {
        self.check(Check::Openings, || note_checks::openings(files));
        self.check(Check::Minting, || note_checks::minting(files));
        self.check(Check::Spent, || note_checks::spent(files));
        self.check(Check::Unspent, || note_checks::unspent(files));
        self.check(Check::Remaining, || note_checks::remaining(files));
        let history = History::join(files);
        self.check(Check::Amounts, || history.amounts());
        self.check(Check::Complete, || history.complete());
        history
    }

    /// Only about notes that their owner's proof and the log vouch for.
    fn ask(&mut self, history: &History<'_>, ledger: &dyn LedgerView) -> Since {
        if !self
            .checks
            .all_passed(&[Check::Proof, Check::Unspent, Check::LogInclusion])
        {
            return Since::default();
        }
        self.basis.as_of = history.as_of().map(|time| time.0);
        match history.files.first() {
            Some(file) => Since::ask(history, &file.body().origin, self.now, ledger),
            None => Since::default(),
        }
    }

    fn judge(self, history: &History<'_>, since: &Since) -> Judged {
        Judged {
            conclusion: self.checks.conclude(),
            verified: verified(history, &self.basis.provenances),
            made_for: history.files.iter().map(made_for).collect(),
            claims: claims::claims(history, &self.checks, since),
            not_established: limits::not_established(&self.basis.provenances, self.unwitnessed),
            basis: self.basis,
        }
    }
}

fn made_for(file: &File) -> Audience {
    Audience {
        name: file.body().audience.to_string(),
        made: file.body().made.0,
        notes: file.body().notes.len(),
    }
}

/// Said only where nothing is missing.
fn verified(history: &History<'_>, provenances: &[Provenance]) -> String {
    let acknowledged = history
        .files
        .first()
        .is_some_and(|file| file.body().terms.flags.contains(Flags::ACKNOWLEDGED));
    let as_of = match history.as_of() {
        Some(time) => format!(" as of {}", format_utc(time)),
        None => String::new(),
    };
    let remaining = match history.remaining() {
        Remains::NotShown => "; whether credit notes or prepayments lowered it is not shown".to_string(),
        Remains::Exactly(RemainingPpb::WHOLE) => "; no credit note or prepayment is on record".to_string(),
        Remains::Exactly(left) => format!("; credit notes and prepayments leave {} of each amount", percent(left)),
        Remains::AtMost(left) => format!(
            "; credit notes and prepayments leave at most {} of each amount: whether more lowered it is not shown",
            percent(left)
        ),
    };
    let warning = if provenances.contains(&Provenance::InsecureDev) {
        " Development keys were used, so anyone who made them could have forged the owners' proofs."
    } else {
        ""
    };
    format!(
        "this is the whole history of one receivable of {}, {}acknowledged by its debtor{as_of}: {} unspent, {} settled{remaining}.{warning}",
        history.amount(history.minted()),
        if acknowledged { "" } else { "not " },
        history.amount(history.held()),
        history.amount(history.settled()),
    )
}
