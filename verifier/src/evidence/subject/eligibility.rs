//! Evidence of an answer to a bank's request, and of what became of the receivable afterwards, as far as the maker could show it.
//!
//! In scope: the request and the presentation as they were handed over, later entries of the same receivable, that it was unspent later. Out of
//! scope: the presentation's own checks (`eligibility`). What only a live ledger can say is left out, and the verdict says so.
//! An attacker may leave later entries out: nothing here shows that there are none, but for the proof that it was unspent.

mod check;
mod later;
mod words;

pub(in super::super) use check::Check;

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use tradeseal_primitives::receivable::UnixSeconds;

use super::{Arm, Judged};
use crate::disclosure::{LoggedEntry, Unspent};
use crate::eligibility::judge_recorded;
use crate::entry::{Entry, StateRecord};
use crate::evidence::MAX_LATER_ENTRIES;
use crate::evidence::error::{EvidenceError, count};
use crate::evidence::report::{KeyFacts, Moment};
use crate::evidence::verify::Times;
use crate::groth16::KeyId;
use crate::log::{KeyName, LogError, TlogProof};
use crate::presentation::Presentation;
use crate::request::Request;
use crate::statement::StatementId;
use crate::trust::Trust;
use crate::verdict::Checklist;
use later::{Case, Later};

/// A presentation in answer to a request, and what is shown of the receivable after it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Eligibility {
    /// What was asked.
    pub request: Request,
    /// What was answered.
    pub presentation: Presentation,
    /// That the receivable was unspent in a later state of the ledger.
    pub unspent: Option<UnspentSince>,
    /// Later locks, releases and transfers of the same receivable; ascending by index.
    pub entries: Vec<LoggedEntry>,
}

/// That the presentation's nullifier was not among those spent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnspentSince {
    /// The state record.
    pub state: LoggedEntry,
    /// The absence proof in it.
    pub absence: Unspent,
}

impl Eligibility {
    /// Index and record of the state that the presentation rests on, if both can be read.
    fn state(&self) -> Option<(u64, StateRecord)> {
        let anchor = &self.presentation.anchor;
        let proof = TlogProof::parse(&anchor.tlog_proof).ok()?;
        let state = StateRecord::decode(&anchor.state_entry).ok()?;
        Some((proof.index(), state))
    }

    fn unspent_state(&self) -> Option<(u64, StateRecord)> {
        let logged = &self.unspent.as_ref()?.state;
        Some((logged.index, StateRecord::decode(&logged.entry).ok()?))
    }

    fn logged(&self) -> impl Iterator<Item = &LoggedEntry> {
        let unspent = self.unspent.iter().map(|unspent| &unspent.state);
        unspent.chain(&self.entries)
    }
}

impl Arm for Eligibility {
    fn statement(&self) -> StatementId {
        StatementId::RECEIVABLE_ELIGIBILITY_V2
    }

    fn origin(&self) -> Option<&KeyName> {
        Some(&self.request.draft().origin)
    }

    fn key_ids(&self) -> BTreeSet<KeyId> {
        let later = self
            .entries
            .iter()
            .filter_map(|logged| match Entry::decode(&logged.entry) {
                Ok(Entry::Lock(lock)) => Some(lock.body.key_id),
                _ => None,
            });
        later.chain([self.presentation.key_id]).collect()
    }

    fn log_proofs(&self) -> Result<Vec<TlogProof>, LogError> {
        let later = self.logged().map(|logged| &logged.tlog_proof);
        [&self.presentation.anchor.tlog_proof]
            .into_iter()
            .chain(later)
            .map(|text| TlogProof::parse(text))
            .collect()
    }

    fn states(&self) -> Vec<(u64, UnixSeconds)> {
        let both = [self.state(), self.unspent_state()].into_iter().flatten();
        both.map(|(index, state)| (index, state.time)).collect()
    }

    fn summary(&self) -> Vec<String> {
        words::summary(self)
    }

    fn in_bounds(&self) -> Result<(), EvidenceError> {
        count("later entries", self.entries.len(), 0, MAX_LATER_ENTRIES)
    }

    fn judge(&self, trust: &Trust, _now: UnixSeconds, times: &Times) -> Judged {
        let recorded = judge_recorded(&self.presentation.to_json(), &self.request, trust);
        let mut checks = Checklist::new();
        let state = self.state().filter(|_| recorded.basis.log.is_some());
        let later = self.judge_later(&mut checks, state.as_ref().map(|(_, state)| state.time), trust, times);
        let moment = state.map(|(index, state)| Moment::of(index, state.time, times));
        let mut claims = recorded.claims;
        claims.extend(later.claims(&checks));
        let mut not_established = recorded.not_established;
        let presenter = not_established.pop();
        not_established.extend(words::limits(self, &later, moment.as_ref()));
        not_established.extend(presenter);
        Judged {
            verified: words::verified(self, &later, moment.as_ref()),
            asked: Some(recorded.asked),
            made_for: Vec::new(),
            claims,
            not_established,
            keys: Vec::from([KeyFacts {
                key_id: self.presentation.key_id,
                provenance: recorded.basis.provenance,
            }]),
            moment,
            conclusion: recorded.conclusion.and(checks.conclude()),
        }
    }
}

impl Eligibility {
    /// Checks of what came after the presentation; without the state that it rests on, none is reached.
    fn judge_later(
        &self,
        checks: &mut Checklist<Check>,
        state_time: Option<UnixSeconds>,
        trust: &Trust,
        times: &Times,
    ) -> Later {
        if self.entries.is_empty() {
            checks.leave_out(Check::LaterEntries);
        }
        if self.unspent.is_none() {
            checks.leave_out(Check::UnspentLater);
        }
        let Some(state_time) = state_time else {
            for check in Check::ALL {
                checks.not_reached_behind(check, crate::eligibility::Check::LogInclusion.name());
            }
            return Later::default();
        };
        let case = Case {
            evidence: self,
            trust,
            times,
            keys: trust.log_keys(&self.request.draft().origin),
        };
        let mut later = Later::default();
        if !self.entries.is_empty()
            && let Some(found) = checks.record(Check::LaterEntries, case.later_entries())
        {
            later = found;
        }
        if let Some(unspent) = &self.unspent {
            later.unspent = checks.record(Check::UnspentLater, case.unspent_later(unspent, later.spent.as_ref()));
        }
        checks.record(Check::RequestValidity, case.request_validity(state_time, &later));
        later
    }
}

/// A person's words for an entry that cannot be read.
fn kind_of(entry: &[u8]) -> String {
    Entry::decode(entry).map_or_else(|_| "unreadable".to_string(), |entry| format!("{}", entry.kind()))
}
