//! Mint: a proof under an accepted key, against a directory that still stands, for a commitment that is new.

use super::proof::check_proof;
use super::roots::require_standing;
use super::{Moment, ProofChecker, Refusal, RuleState, Undecided};
use crate::state::NoteRecord;
use tradeseal_primitives::receivable::Commitment;
use tradeseal_primitives::tree::{NOTE_DEPTH, capacity};
use tradeseal_verifier::entry::{Genesis, Mint, MintBody, StateTree};
use tradeseal_verifier::statement::StatementId;

/// The proof must hold for this body in this log.
pub(super) fn check(mint: &Mint, genesis: &Genesis, proofs: &dyn ProofChecker) -> Result<(), Refusal> {
    let rows = mint.body.public(&genesis.origin).rows();
    check_proof(
        StatementId::RECEIVABLE_MINT_V1,
        &mint.body.key_id,
        &mint.proof,
        &rows,
        genesis,
        proofs,
    )
}

/// Appends the note.
pub(super) fn decide(state: &mut impl RuleState, body: &MintBody, moment: Moment) -> Result<(), Undecided> {
    require_standing(state, StateTree::Directory, body.directory_root.to_fr(), moment.time)?;
    require_new(state, &[body.commitment])?;
    append(state, body.commitment, moment);
    Ok(())
}

/// None of the commitments is in the tree, and there is room for all; changes nothing.
pub(super) fn require_new(state: &impl RuleState, commitments: &[Commitment]) -> Result<(), Undecided> {
    for commitment in commitments {
        if let Some(note) = state.note(*commitment)? {
            return Err(Refusal::CommitmentExists {
                commitment: *commitment,
                index: note.entry_index,
            }
            .into());
        }
    }
    if state.note_count() + commitments.len() as u64 > capacity(NOTE_DEPTH) {
        return Err(Refusal::TreeFull { tree: StateTree::Notes }.into());
    }
    Ok(())
}

/// Appends a note, its leaf carrying the batch's time.
pub(super) fn append(state: &mut impl RuleState, commitment: Commitment, moment: Moment) {
    let record = NoteRecord {
        position: state.note_count(),
        entry_index: moment.index,
        time: moment.time,
    };
    state.add_note(commitment, record);
}
