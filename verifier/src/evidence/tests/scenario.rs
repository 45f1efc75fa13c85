//! A log with a presentation's state, a bank's lock after it, and log witnesses that cosigned it three times.
//!
//! Entries: 3 the state that the answer rests on, 4 the bank's lock in answer to the request, 5 and 7 states; the rest is filler.

use alloc::boxed::Box;
use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;
use std::sync::OnceLock;

use tradeseal_primitives::Fr;
use tradeseal_primitives::tree::{MemoryIndexed, absence, insert};

use crate::disclosure::{LoggedEntry, Unspent};
pub(super) use crate::eligibility::tests::scenario::{
    CEREMONY, EXPIRES, ISSUED, ORIGIN, STATE_TIME, bank, draft, keys, log_signer, prove, public, request, state,
};
use crate::entry::{Ed25519Key, Lock, LockBody, Signed, StateRecord};
pub(super) use crate::evidence::*;
use crate::groth16::Provenance;
pub(super) use crate::log::{KeyName, SignedCheckpoint, TlogProof};
use crate::presentation::{Anchor, Presentation};
use crate::request::Request;
pub(super) use crate::test_log::{self, checkpoint_at, consistency, cosigned, log_witness};
pub(super) use crate::trust::{Trust, TrustedKey, TrustedLog};
pub(super) use crate::verdict::{Outcome, Verdict};
pub(super) use tradeseal_primitives::receivable::UnixSeconds;

pub(super) const MADE: u64 = ISSUED + 1_200;
pub(super) const NOW: u64 = ISSUED + 2_000;
/// Twenty years later.
pub(super) const YEARS_LATER: u64 = NOW + 20 * 31_557_600;
pub(super) const STATE: usize = 3;
pub(super) const LOCK: usize = 4;
pub(super) const LAST: usize = 7;
pub(super) const UNSPENT_TIME: u64 = ISSUED + 1_000;

/// When which log witnesses cosigned the log of how many entries.
pub(super) const COSIGNED: [(usize, &[(&str, u64)]); 3] = [
    (3, &[("court", STATE_TIME - 50), ("notary", STATE_TIME - 40)]),
    (6, &[("court", ISSUED + 510), ("notary-b", ISSUED + 500)]),
    (
        8,
        &[
            ("court", ISSUED + 1_100),
            ("notary", ISSUED + 1_105),
            ("notary-b", ISSUED + 1_110),
        ],
    ),
];

/// What is in the log; tests change it before they make evidence.
pub(super) struct World {
    pub(super) request: Request,
    pub(super) entries: Vec<Vec<u8>>,
    pub(super) nullifiers: MemoryIndexed,
}

impl World {
    pub(super) fn new() -> Self {
        Self::of(request(), 0)
    }

    /// Another request on a log of other fillers has another history.
    pub(super) fn of(request: Request, filler: u8) -> Self {
        let mut nullifiers = MemoryIndexed::default();
        for spent in [5u64, 9_009] {
            insert(&mut nullifiers, Fr::from(spent)).unwrap();
        }
        let mut world = Self {
            request,
            entries: (0u8..8).map(|at| vec![filler + at; 40]).collect(),
            nullifiers,
        };
        let rows = public(world.request.digest());
        world.entries[STATE] = state(rows.note_root, rows.dilution_root).encode();
        world.entries[LOCK] = world.lock(7).encode();
        world.entries[5] = world.state_at(5, ISSUED + 400).encode();
        world.entries[LAST] = world.state_at(LAST as u64, UNSPENT_TIME).encode();
        world
    }

    pub(super) fn state_at(&self, index: u64, time: u64) -> StateRecord {
        let rows = public(self.request.digest());
        StateRecord {
            time: UnixSeconds(time),
            log_size: index,
            nullifier_root: self.nullifiers.root(),
            ..state(rows.note_root, rows.dilution_root)
        }
    }

    /// A lock by the bank of this seed, in answer to a request of its own with the same values.
    pub(super) fn lock(&self, seed: u8) -> Lock {
        let request = if seed == 7 {
            self.request.clone()
        } else {
            Request::sign(draft(), &bank(seed)).unwrap()
        };
        let rows = public(request.digest());
        let body = LockBody {
            note_root: rows.note_root,
            nullifier: rows.nullifier,
            policy_digest: request.policy_digest(),
            bank: Ed25519Key::of(&bank(seed)),
            expires: UnixSeconds(EXPIRES + 1_000),
            lock_until: request.draft().lock_until,
            key_id: keys().verifying.key_id(),
            proof: Box::new(prove(&rows, 3).to_bytes()),
            dilution_root: rows.dilution_root,
        };
        Signed::sign(body, &KeyName::new(ORIGIN).unwrap(), &bank(seed)).unwrap()
    }

    fn checkpoint(&self, at: usize) -> SignedCheckpoint {
        let (size, by) = COSIGNED[at];
        cosigned(&checkpoint_at(&self.entries, size, &log_signer()), by)
    }

    /// An entry with its proof under the last cosigned checkpoint.
    pub(super) fn logged(&self, index: usize) -> LoggedEntry {
        let proof = test_log::proof(&self.entries, index, &log_signer());
        let proof = TlogProof::new(index as u64, proof.hashes().to_vec(), self.checkpoint(2)).unwrap();
        LoggedEntry {
            index: index as u64,
            entry: self.entries[index].clone(),
            tlog_proof: proof.to_string(),
        }
    }

    /// The answer, as the holder handed it over when the log had five entries.
    pub(super) fn presentation(&self) -> Presentation {
        let rows = public(self.request.digest());
        let anchor = Anchor {
            state_entry: self.entries[STATE].clone(),
            tlog_proof: test_log::proof(&self.entries[..5], STATE, &log_signer()).to_string(),
        };
        Presentation::new(keys().verifying.key_id(), &rows, &prove(&rows, 2), anchor)
    }

    pub(super) fn unspent(&self) -> UnspentSince {
        let nullifier = public(self.request.digest()).nullifier.to_fr();
        UnspentSince {
            state: self.logged(LAST),
            absence: Unspent {
                state: LAST as u64,
                absence: absence(&self.nullifiers, &nullifier).unwrap(),
            },
        }
    }

    pub(super) fn log_part(&self) -> LogPart {
        let sizes = COSIGNED.map(|(size, _)| size);
        let links = (0..3).map(|at| ChainedCheckpoint {
            checkpoint: self.checkpoint(at),
            consistency: match at {
                0 => Vec::new(),
                _ => consistency(&self.entries, sizes[at - 1], sizes[at]),
            },
        });
        LogPart {
            log_keys: vec![log_signer().key().clone()],
            log_witnesses: ["court", "notary", "notary-b"]
                .map(|name| log_witness(name).key().clone())
                .to_vec(),
            checkpoints: links.collect(),
            joins: vec![Join {
                size: 5,
                consistency: consistency(&self.entries, 5, 6),
            }],
        }
    }

    pub(super) fn subject_without_unspent(&self) -> Eligibility {
        Eligibility {
            request: self.request.clone(),
            presentation: self.presentation(),
            unspent: None,
            entries: vec![self.logged(LOCK)],
        }
    }

    pub(super) fn subject(&self) -> Eligibility {
        Eligibility {
            unspent: Some(self.unspent()),
            ..self.subject_without_unspent()
        }
    }

    pub(super) fn evidence(&self) -> Evidence {
        self.evidence_of(self.subject())
    }

    pub(super) fn evidence_of(&self, subject: Eligibility) -> Evidence {
        let subject = Subject::Eligibility(Box::new(subject));
        let keys = [keys().verifying.clone()];
        Evidence::new(UnixSeconds(MADE), subject, self.log_part(), &keys).unwrap()
    }
}

pub(super) fn good() -> &'static Evidence {
    static GOOD: OnceLock<Evidence> = OnceLock::new();
    GOOD.get_or_init(|| World::new().evidence())
}

pub(super) fn trust_in(policy: Option<&str>, provenance: Provenance, allow_insecure_dev: bool) -> Trust {
    let key = log_signer().key().clone();
    let log = match policy {
        Some(policy) => TrustedLog::witnessed(key, policy).unwrap(),
        None => TrustedLog::new(key),
    };
    let keys = vec![TrustedKey::new(keys().verifying.clone(), provenance)];
    Trust::in_logs(vec![log], keys, allow_insecure_dev, None).unwrap()
}

/// A judge who asks for one court and one of two notaries.
pub(super) fn judge() -> &'static Trust {
    static TRUST: OnceLock<Trust> = OnceLock::new();
    TRUST.get_or_init(|| trust_in(Some(&test_log::policy()), CEREMONY, false))
}

pub(super) fn verdict_on(bytes: &[u8]) -> EvidenceReport {
    verify_evidence(bytes, judge(), UnixSeconds(YEARS_LATER))
}

pub(super) fn report_on(evidence: &Evidence) -> EvidenceReport {
    verdict_on(&evidence.to_json())
}

/// The file with something changed, and its summary derived anew.
pub(super) fn edited(edit: impl FnOnce(&mut Evidence)) -> EvidenceReport {
    let mut evidence = good().clone();
    edit(&mut evidence);
    evidence.summary = summary::derive(&evidence);
    report_on(&evidence)
}

pub(super) fn eligibility(evidence: &mut Evidence) -> &mut Eligibility {
    match &mut evidence.subject {
        Subject::Eligibility(eligibility) => eligibility,
        Subject::Disclosure(_) => panic!("evidence of disclosures"),
    }
}

pub(super) fn with_outcome(report: &EvidenceReport, outcome: Outcome) -> Vec<&'static str> {
    let of_outcome = report.checks.iter().filter(|check| check.outcome == outcome);
    of_outcome.map(|check| check.name).collect()
}

pub(super) fn detail<'r>(report: &'r EvidenceReport, check: &str) -> &'r str {
    &report
        .check(check)
        .unwrap_or_else(|| panic!("no {check} in {report}"))
        .detail
}

/// Not verified, by exactly these checks, with the detail of the first saying why.
pub(super) fn refused(report: &EvidenceReport, checks: &[&str], why: &str) {
    assert_eq!(report.verdict, Verdict::NotVerified, "{report}");
    assert_eq!(with_outcome(report, Outcome::Failed), checks, "{report}");
    assert!(detail(report, checks[0]).contains(why), "{report}");
    assert!(report.sentence.len() > "Not verified: .".len(), "{}", report.sentence);
}
