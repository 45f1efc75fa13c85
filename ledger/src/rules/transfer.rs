//! Transfer: two nullifiers spent and four notes appended, or nothing.

use super::mint::{append, require_new};
use super::proof::check_proof;
use super::roots::require_standing;
use super::spend::require_spendable;
use super::{Moment, ProofChecker, Refusal, RuleState, Undecided};
use std::collections::BTreeSet;
use tradeseal_verifier::entry::{Genesis, StateTree, Transfer, TransferBody};
use tradeseal_verifier::statement::StatementId;

/// A bank that is named must have signed, no note may be named twice, and the proof must hold for this body in this log.
pub(super) fn check(transfer: &Transfer, genesis: &Genesis, proofs: &dyn ProofChecker) -> Result<(), Refusal> {
    let body = &transfer.body;
    transfer.verify_consent(&genesis.origin)?;
    if body.nullifiers[0] == body.nullifiers[1] {
        return Err(Refusal::Repeated { what: "a nullifier" });
    }
    if body.commitments.iter().collect::<BTreeSet<_>>().len() < body.commitments.len() {
        return Err(Refusal::Repeated { what: "a commitment" });
    }
    let rows = body.public(&genesis.origin).rows();
    check_proof(
        StatementId::RECEIVABLE_TRANSFER_V1,
        &body.key_id,
        &transfer.proof,
        &rows,
        genesis,
        proofs,
    )
}

/// Every condition first, then every change, so that a refused transfer changes nothing.
pub(super) fn decide(state: &mut impl RuleState, body: &TransferBody, moment: Moment) -> Result<(), Undecided> {
    require_standing(state, StateTree::Notes, body.note_root.to_fr(), moment.time)?;
    for nullifier in body.nullifiers {
        require_spendable(state, nullifier, body.bank, moment)?;
    }
    require_new(state, &body.commitments)?;
    for nullifier in body.nullifiers {
        state.insert_nullifier(nullifier, moment.index)?;
    }
    for commitment in body.commitments {
        append(state, commitment, moment);
    }
    Ok(())
}
