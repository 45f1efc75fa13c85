//! What ties a presentation's roots to a log: the same questions for every statement that rests on a state record.
//!
//! In scope: the state record's form, the log's signature, inclusion. Out of scope: which root the record must hold, cosignatures.
//! An attacker who owns this part makes up the ledger's state.

use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

use super::{Finding, LogPosition};
use crate::calendar::format_utc;
use crate::encoding::printable;
use crate::entry::StateRecord;
use crate::log::{KeyName, LogError, LogKey, TlogProof};
use crate::presentation::Anchor;
use crate::trust::Trust;

const NOT_IN_LOG: &str = "the ledger state that the presentation refers to is not in the ledger's log";

/// The parsed proof, and the trusted keys of the request's log.
pub(crate) fn checkpoint_signature(
    trust: &Trust,
    origin: &KeyName,
    anchor: &Anchor,
) -> Finding<(TlogProof, Vec<LogKey>)> {
    let damaged = "the presentation's proof from the ledger's log is damaged";
    let proof = match TlogProof::parse(&anchor.tlog_proof) {
        Ok(proof) => proof,
        Err(cause) => return Finding::failed(damaged, printable(&cause.to_string())),
    };
    if proof.extra().is_some() {
        return Finding::failed(damaged, "it carries an extra line, which nobody signed");
    }
    let named = proof.checkpoint().unchecked_checkpoint().origin();
    if named != origin.as_str() {
        return Finding::failed(
            "the presentation refers to another ledger than the request",
            format!(
                "the request names log {origin}, the checkpoint is of {}",
                printable(named)
            ),
        );
    }
    let keys = trust.log_keys(origin);
    if keys.is_empty() {
        return Finding::not_checked(
            format!("your trust file names no key of the ledger {origin}"),
            "add the ledger's key to the trust file, if you trust that ledger",
            format!("no trusted key of {origin}"),
        );
    }
    match proof.checkpoint().verify(&keys) {
        Ok(checkpoint) => {
            let detail = format!("signed by {origin} at {} entries", checkpoint.size());
            Finding::passed(detail, (proof, keys))
        }
        Err(cause) => {
            let reason = "the ledger's signature in the presentation is missing or does not verify";
            Finding::failed(reason, printable(&cause.to_string()))
        }
    }
}

/// The state record that comes with a presentation.
pub(crate) fn state_record(anchor: &Anchor) -> Finding<StateRecord> {
    match StateRecord::decode(&anchor.state_entry) {
        Ok(state) => Finding::passed(format!("ledger state of {}", format_utc(state.time)), state),
        Err(cause) => Finding::failed("the ledger state in the presentation is damaged", cause),
    }
}

/// Where in the log it is.
pub(crate) fn log_inclusion(
    anchor: &Anchor,
    state: &StateRecord,
    proof: &TlogProof,
    keys: &[LogKey],
) -> Finding<LogPosition> {
    let inclusion = match proof.verify(&anchor.state_entry, keys) {
        Ok(inclusion) => inclusion,
        Err(cause @ LogError::RootMismatch { .. }) => return Finding::failed(NOT_IN_LOG, cause),
        Err(cause) => return Finding::failed(NOT_IN_LOG, printable(&cause.to_string())),
    };
    if state.log_size != inclusion.index {
        let detail = format!(
            "the record says it is entry {}, it is entry {}",
            state.log_size, inclusion.index
        );
        return Finding::failed(
            "the ledger state in the presentation contradicts its place in the log",
            detail,
        );
    }
    let (index, size) = (inclusion.index, inclusion.checkpoint.size());
    let position = LogPosition {
        origin: inclusion.checkpoint.origin().to_string(),
        index,
        size,
    };
    Finding::passed(format!("entry {index} of {size}"), position)
}
