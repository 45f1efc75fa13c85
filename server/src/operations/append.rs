//! Appending an entry to this installation's ledger, and what the submitter has afterwards: a cosigned receipt, one of the log
//! alone, or none yet.
//!
//! In scope: the three outcomes of an accepted entry, in words and as JSON. Out of scope: why entries are refused.
//! An attacker who owns this part calls an entry receipted that no log witness has seen.

use serde::Serialize;
use tradeseal_ledger::publish::{Missing, Unreceipted};
use tradeseal_ledger::{Receipt, SubmitError};
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_prover::Progress;
use tradeseal_verifier::entry::Entry;

use super::LocalLedger;
use crate::Console;

/// An entry that is in the log for good.
#[derive(Debug, Clone)]
pub struct Accepted {
    index: u64,
    /// The time of the state record that closes its batch.
    pub entry_time: UnixSeconds,
    /// What there is to show for it.
    pub standing: Standing,
}

/// What there is to show for an accepted entry.
#[derive(Debug, Clone)]
pub enum Standing {
    /// A receipt under a checkpoint that the policy's quorum cosigned.
    Cosigned(Box<Receipt>),
    /// A receipt under the log's signature alone: the ledger has no witness policy.
    LogOnly(Box<Receipt>),
    /// No receipt yet: the quorum is missing.
    Pending(Missing),
}

/// The part of a command's JSON that tells it.
#[derive(Debug, Clone, Serialize)]
pub struct ReceiptState {
    /// `cosigned`, `log_only` or `pending`.
    receipt: &'static str,
    /// Log witnesses whose cosignatures are missing, where it is pending.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    missing_witnesses: Vec<String>,
    /// What each of them said.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    missing_because: Vec<String>,
}

impl Accepted {
    /// The entry's position in the log.
    pub fn index(&self) -> u64 {
        self.index
    }

    /// For a command's JSON.
    pub fn state(&self) -> ReceiptState {
        match &self.standing {
            Standing::Cosigned(_) => ReceiptState::COSIGNED,
            Standing::LogOnly(_) => ReceiptState::LOG_ONLY,
            Standing::Pending(missing) => ReceiptState::pending(missing),
        }
    }

    /// Tells the user on stderr if there is no receipt yet. The entry stands all the same.
    pub fn tell(&self, console: &Console) {
        if let Standing::Pending(missing) = &self.standing {
            console.notice(&pending(self.index, missing));
        }
    }
}

impl ReceiptState {
    /// Under a checkpoint that the quorum cosigned.
    pub const COSIGNED: Self = Self::plain("cosigned");
    /// Under the log's signature alone.
    pub const LOG_ONLY: Self = Self::plain("log_only");

    const fn plain(receipt: &'static str) -> Self {
        Self {
            receipt,
            missing_witnesses: Vec::new(),
            missing_because: Vec::new(),
        }
    }

    /// Waiting for these.
    pub fn pending(missing: &Missing) -> Self {
        let witnesses = missing.witnesses.iter();
        Self {
            receipt: "pending",
            missing_witnesses: witnesses.clone().map(|witness| witness.name.clone()).collect(),
            missing_because: witnesses.map(|witness| witness.answer.clone()).collect(),
        }
    }
}

/// Appends the entry; an entry that is durable is accepted, with or without a receipt.
///
/// # Errors
/// The ledger's refusals and failures.
pub fn append(local: &LocalLedger, entry: Entry) -> Result<Accepted, SubmitError> {
    match local.ledger().submit(entry) {
        Ok(receipt) => Ok(Accepted {
            index: receipt.index(),
            entry_time: receipt.entry_time,
            standing: if local.has_quorum() {
                Standing::Cosigned(Box::new(receipt))
            } else {
                Standing::LogOnly(Box::new(receipt))
            },
        }),
        Err(SubmitError::NoReceiptYet(durable)) => {
            let Unreceipted {
                index,
                entry_time,
                missing,
            } = *durable;
            Ok(Accepted {
                index,
                entry_time,
                standing: Standing::Pending(missing),
            })
        }
        Err(refused) => Err(refused),
    }
}

/// In words: what stands, what is missing, what to do.
pub(crate) fn pending(index: u64, missing: &Missing) -> String {
    let forked = missing.witnesses.iter().any(|witness| witness.saw_other_history);
    let remedy = if forked {
        "A log witness has seen this log with another or a longer history: either this --dir is an older copy of the ledger, or that log witness lies. Append \
         nothing more here. If there is a newer copy of the folder, go on with that one; if not, this log has come to its end: keep \
         the folder, ask the log witness for its checkpoint, and begin a new ledger in a new --dir."
            .to_owned()
    } else {
        format!("It is asked for again; the receipt can be had later: tradeseal log proof {index}")
    };
    format!("entry {index} is accepted and durable, but has no receipt yet: {missing}\n{remedy}")
}

/// Before something is shown to others: has the newest checkpoint cosigned, so that what is shown rests on it. Says so if the
/// quorum is missing; verifiers then find the cosignatures missing.
pub(crate) fn await_publication(local: &LocalLedger, progress: &mut dyn Progress) {
    if let Err(missing) = local.ledger().wait_until_published() {
        progress.notice(&format!("the log's newest checkpoint is not cosigned yet: {missing}"));
    }
}
