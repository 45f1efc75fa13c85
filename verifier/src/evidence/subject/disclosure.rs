//! Evidence of disclosures: one receivable's history, as its owners opened it.
//!
//! In scope: the files as they were handed over, and their verdict without a ledger. Out of scope: their checks (`disclosure`).
//! An attacker may leave an owner's file out; the verdict then names what is missing.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use tradeseal_primitives::receivable::UnixSeconds;

use super::{Arm, Judged};
use crate::calendar::format_utc;
use crate::disclosure::{Disclosure, LoggedEntry, MAX_FILES, judge_recorded};
use crate::encoding::printable;
use crate::entry::Entry;
use crate::evidence::error::{EvidenceError, count};
use crate::evidence::report::{KeyFacts, Moment};
use crate::evidence::verify::Times;
use crate::groth16::KeyId;
use crate::log::{KeyName, LogError, TlogProof};
use crate::statement::StatementId;
use crate::trust::Trust;
use crate::verdict::Claim;

/// Disclosures of one receivable.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disclosures {
    /// As their owners made them.
    pub disclosures: Vec<Disclosure>,
}

impl Disclosures {
    fn entries(&self) -> impl Iterator<Item = &LoggedEntry> {
        self.disclosures
            .iter()
            .flat_map(|disclosure| &disclosure.body().entries)
    }
}

impl Arm for Disclosures {
    fn statement(&self) -> StatementId {
        StatementId::RECEIVABLE_DISCLOSURE_V1
    }

    fn origin(&self) -> Option<&KeyName> {
        self.disclosures.first().map(|disclosure| &disclosure.body().origin)
    }

    fn key_ids(&self) -> BTreeSet<KeyId> {
        self.disclosures.iter().map(Disclosure::key_id).collect()
    }

    fn log_proofs(&self) -> Result<Vec<TlogProof>, LogError> {
        self.entries()
            .map(|logged| TlogProof::parse(&logged.tlog_proof))
            .collect()
    }

    fn states(&self) -> Vec<(u64, UnixSeconds)> {
        let state = |logged: &LoggedEntry| match Entry::decode(&logged.entry) {
            Ok(Entry::State(state)) => Some((logged.index, state.time)),
            _ => None,
        };
        self.entries().filter_map(state).collect()
    }

    fn summary(&self) -> Vec<String> {
        let mut lines = Vec::from(["Of: one receivable's history, as its owners disclose it".to_string()]);
        for disclosure in &self.disclosures {
            let body = disclosure.body();
            lines.push(format!(
                "Disclosed for {} on {} by its maker's clock: {} notes, {} entries of the ledger {}, digest {}",
                printable(&body.audience.to_string()),
                format_utc(body.made),
                body.notes.len(),
                body.entries.len(),
                printable(body.origin.as_str()),
                body.digest()
            ));
        }
        lines
    }

    fn in_bounds(&self) -> Result<(), EvidenceError> {
        count("disclosures", self.disclosures.len(), 1, MAX_FILES)
    }

    fn judge(&self, trust: &Trust, now: UnixSeconds, times: &Times) -> Judged {
        let files: Vec<Vec<u8>> = self.disclosures.iter().map(Disclosure::to_json).collect();
        let files: Vec<&[u8]> = files.iter().map(Vec::as_slice).collect();
        let judged = judge_recorded(&files, trust, now);
        let claims = judged.claims.into_iter().map(|claim| Claim {
            name: claim.name,
            proven: claim.established.then(|| claim.text.clone()),
            requested: claim.text,
        });
        let keys = self.key_ids().into_iter().map(|key_id| KeyFacts {
            key_id,
            provenance: trust.key(key_id).map(|key| key.provenance()),
        });
        let as_of = judged.basis.as_of;
        let moment = as_of.and_then(|as_of| self.states().into_iter().find(|(_, time)| time.0 == as_of));
        Judged {
            verified: judged.verified,
            asked: None,
            made_for: judged.made_for,
            claims: claims.collect(),
            not_established: judged.not_established,
            keys: keys.collect(),
            moment: moment.map(|(index, time)| Moment::of(index, time, times)),
            conclusion: judged.conclusion,
        }
    }
}
