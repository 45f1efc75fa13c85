//! What the log shows of the receivable after it was presented: locks, releases, a transfer, or that it was unspent.
//!
//! In scope: checking each and giving it a time. Out of scope: what is not shown. A lock for this very request is proof that the answer was
//! given by then: it carries a proof for the request's digest, and stands in the log.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use tradeseal_primitives::receivable::UnixSeconds;

use super::{Check, Eligibility, UnspentSince, kind_of};
use crate::calendar::format_utc;
use crate::disclosure::LoggedEntry;
use crate::encoding::printable;
use crate::entry::{Entry, Lock, StateRecord};
use crate::evidence::report::Moment;
use crate::evidence::verify::Times;
use crate::groth16::{self, Proof};
use crate::log::{LogKey, TlogProof};
use crate::statement::StatementId;
use crate::trust::Trust;
use crate::verdict::{Checklist, Claim, Finding};

/// An entry of the receivable, and by when it was in the log, as far as log witnesses say.
#[derive(Clone)]
pub(super) struct Event {
    pub(super) index: u64,
    pub(super) what: What,
    pub(super) by: Option<UnixSeconds>,
}

#[derive(Clone)]
pub(super) enum What {
    /// Locked in answer to this request.
    LockedForThis {
        until: UnixSeconds,
    },
    LockedByAnother {
        key: String,
        until: UnixSeconds,
    },
    Released,
    Spent,
}

/// What is shown.
#[derive(Default)]
pub(super) struct Later {
    pub(super) events: Vec<Event>,
    pub(super) spent: Option<Event>,
    pub(super) unspent: Option<Moment>,
}

impl Later {
    /// By when the answer was given, if a lock shows it.
    pub(super) fn answered(&self) -> Option<&Event> {
        self.events
            .iter()
            .find(|event| matches!(event.what, What::LockedForThis { .. }))
    }

    pub(super) fn claims(&self, checks: &Checklist<Check>) -> Vec<Claim> {
        let shown = checks.all_passed(&[Check::LaterEntries]);
        let unspent = self.unspent.as_ref().filter(|_| self.spent.is_none() || shown);
        let mut claims = Vec::from([Claim {
            name: "unspent",
            requested: "not transferred or settled".to_string(),
            proven: unspent.map(|moment| format!("unspent on {}", moment.in_words())),
        }]);
        for event in self.events.iter().filter(|_| shown) {
            claims.push(Claim {
                name: "later_entry",
                requested: "nothing: shown beside the answer".to_string(),
                proven: Some(event.in_words()),
            });
        }
        claims
    }
}

impl Event {
    pub(super) fn in_words(&self) -> String {
        let what = match &self.what {
            What::LockedForThis { until } => {
                format!(
                    "locked until {} by the verifier that asked, in answer to this request",
                    format_utc(*until)
                )
            }
            What::LockedByAnother { key, until } => {
                format!("locked until {} by the financier of key {key}", format_utc(*until))
            }
            What::Released => "given free by the financier that had locked it".to_string(),
            What::Spent => "transferred or settled".to_string(),
        };
        match self.by {
            Some(by) => format!("entry {}, in the log by {}: {what}", self.index, format_utc(by)),
            None => format!("entry {}: {what}", self.index),
        }
    }
}

/// What the checks look at.
pub(super) struct Case<'c> {
    pub(super) evidence: &'c Eligibility,
    pub(super) trust: &'c Trust,
    pub(super) times: &'c Times,
    pub(super) keys: Vec<LogKey>,
}

impl Case<'_> {
    /// The answer rests on a ledger state, and the request must not have expired before that.
    pub(super) fn request_validity(&self, state_time: UnixSeconds, later: &Later) -> Finding<()> {
        let draft = self.evidence.request.draft();
        let (issued, expires) = (format_utc(draft.issued), format_utc(draft.expires));
        let index = self.evidence.state().map_or(0, |(index, _)| index);
        let without = self.times.bracket(index).not_before;
        let earliest = without.map_or(state_time, |without| without.max(state_time));
        if earliest >= draft.expires {
            return Finding::failed(
                "the answer rests on a ledger state from after the request expired",
                format!(
                    "the request expired on {expires}, the state is of {}",
                    format_utc(earliest)
                ),
            );
        }
        let basis = format!(
            "valid from {issued} to {expires}; the answer rests on the ledger's state of {}",
            format_utc(state_time)
        );
        let detail = match later.answered() {
            Some(Event {
                index, by: Some(by), ..
            }) if *by < draft.expires => format!(
                "{basis}, and was given by {}: entry {index} locks the receivable in answer to it",
                format_utc(*by)
            ),
            Some(Event { index, .. }) => format!("{basis}; entry {index} locks the receivable in answer to it"),
            None => basis,
        };
        Finding::passed(detail, ())
    }

    pub(super) fn later_entries(&self) -> Finding<Later> {
        match self.events() {
            Ok(events) => {
                let detail: Vec<String> = events.iter().map(Event::in_words).collect();
                let spent = events.iter().find(|event| matches!(event.what, What::Spent)).cloned();
                let later = Later {
                    events,
                    spent,
                    unspent: None,
                };
                Finding::passed(detail.join("; "), later)
            }
            Err((reason, detail)) => Finding::failed(reason, detail),
        }
    }

    fn events(&self) -> Result<Vec<Event>, (&'static str, String)> {
        let mut events: Vec<Event> = Vec::new();
        for logged in &self.evidence.entries {
            if events.last().is_some_and(|last| last.index >= logged.index) {
                let detail = format!(
                    "entry {} stands after entry {}",
                    logged.index,
                    events[events.len() - 1].index
                );
                return Err((
                    "the later entries in the evidence are not in the order of the log",
                    detail,
                ));
            }
            self.included(logged)?;
            events.push(Event {
                index: logged.index,
                what: self.read(logged)?,
                by: self.times.bracket(logged.index).by,
            });
        }
        Ok(events)
    }

    fn read(&self, logged: &LoggedEntry) -> Result<What, (&'static str, String)> {
        let nullifier = self.evidence.presentation.rows.nullifier;
        match Entry::decode(&logged.entry) {
            Ok(Entry::Lock(lock)) if lock.body.nullifier == nullifier => self.lock(logged.index, &lock),
            Ok(Entry::Release(release)) if release.body.nullifier == nullifier => Ok(What::Released),
            Ok(Entry::Transfer(transfer)) if transfer.body.nullifiers.contains(&nullifier) => Ok(What::Spent),
            _ => Err((
                "a later entry in the evidence has nothing to do with the receivable",
                format!("entry {} of kind {}", logged.index, kind_of(&logged.entry)),
            )),
        }
    }

    /// The ledger checked signature and proof before it took the lock; the evidence need not take its word.
    fn lock(&self, index: u64, lock: &Lock) -> Result<What, (&'static str, String)> {
        let request = &self.evidence.request;
        let wrong = |detail: String| {
            (
                "a lock in the evidence does not hold",
                format!("entry {index}: {detail}"),
            )
        };
        lock.verify(&request.draft().origin)
            .map_err(|cause| wrong(cause.to_string()))?;
        let key = self
            .trust
            .key(lock.body.key_id)
            .filter(|key| key.statement() == StatementId::RECEIVABLE_ELIGIBILITY_V2)
            .ok_or_else(|| wrong(format!("its key {} is not in the trust file", lock.body.key_id)))?;
        let proof = Proof::from_bytes(&lock.body.proof[..]).map_err(|cause| wrong(cause.to_string()))?;
        groth16::verify(key.prepared(), &proof, &lock.body.public().rows())
            .map_err(|cause| wrong(cause.to_string()))?;
        let until = lock.body.expires;
        if lock.body.request_digest() == request.digest() {
            return Ok(What::LockedForThis { until });
        }
        Ok(What::LockedByAnother {
            key: lock.body.bank.to_string(),
            until,
        })
    }

    fn included(&self, logged: &LoggedEntry) -> Result<(), (&'static str, String)> {
        let reason = "a later entry in the evidence is not in the ledger's log";
        let wrong = |detail: String| (reason, format!("entry {}: {}", logged.index, printable(&detail)));
        let proof = TlogProof::parse(&logged.tlog_proof).map_err(|cause| wrong(cause.to_string()))?;
        if proof.extra().is_some() {
            return Err(wrong(
                "its proof carries an extra line, which nobody signed".to_string(),
            ));
        }
        let origin = &self.evidence.request.draft().origin;
        if proof.checkpoint().unchecked_checkpoint().origin() != origin.as_str() {
            return Err(wrong("its proof is from another log".to_string()));
        }
        let included = proof
            .verify(&logged.entry, &self.keys)
            .map_err(|cause| wrong(cause.to_string()))?;
        if included.index != logged.index {
            return Err(wrong(format!("it is entry {}", included.index)));
        }
        Ok(())
    }

    pub(super) fn unspent_later(&self, unspent: &UnspentSince, spent: Option<&Event>) -> Finding<Moment> {
        let wrong = "what shows the receivable unspent in the evidence does not hold";
        let logged = &unspent.state;
        if let Err((_, detail)) = self.included(logged) {
            return Finding::failed(wrong, detail);
        }
        let state = match StateRecord::decode(&logged.entry) {
            Ok(state) => state,
            Err(cause) => return Finding::failed(wrong, format!("entry {}: {cause}", logged.index)),
        };
        if state.log_size != logged.index || unspent.absence.state != logged.index {
            let detail = format!(
                "entry {} says it is entry {}, and the proof is for entry {}",
                logged.index, state.log_size, unspent.absence.state
            );
            return Finding::failed(wrong, detail);
        }
        let nullifier = self.evidence.presentation.rows.nullifier.to_fr();
        if unspent.absence.absence.root(&nullifier) != Some(state.nullifier_root) {
            let detail = format!("its proof does not lead to the nullifiers of entry {}", logged.index);
            return Finding::failed(wrong, detail);
        }
        if let Some(spent) = spent.filter(|spent| spent.index < logged.index) {
            return Finding::failed(
                "the ledger shows the receivable both spent and unspent; keep the file as evidence against it",
                format!(
                    "entry {} spends it, entry {} shows it unspent",
                    spent.index, logged.index
                ),
            );
        }
        let moment = Moment::of(logged.index, state.time, self.times);
        Finding::passed(
            format!("entry {}, the state of {}", logged.index, moment.in_words()),
            moment,
        )
    }
}
