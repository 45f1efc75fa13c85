//! Mint: a proof under an accepted key, against a directory that still stands, for a commitment that is new.

use super::proof::check_proof;
use super::roots::require_standing;
use super::{Moment, ProofChecker, Refusal, RuleState, Undecided};
use crate::state::NoteRecord;
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

/// Appends the note, its leaf carrying the batch's time.
pub(super) fn decide(state: &mut impl RuleState, body: &MintBody, moment: Moment) -> Result<(), Undecided> {
    require_standing(state, StateTree::Directory, body.directory_root.to_fr(), moment.time)?;
    if let Some(note) = state.note(body.commitment)? {
        return Err(Refusal::CommitmentExists {
            commitment: body.commitment,
            index: note.entry_index,
        }
        .into());
    }
    let position = state.note_count();
    if position >= capacity(NOTE_DEPTH) {
        return Err(Refusal::TreeFull { tree: StateTree::Notes }.into());
    }
    state.add_note(
        body.commitment,
        NoteRecord {
            position,
            entry_index: moment.index,
            time: moment.time,
        },
    );
    Ok(())
}
