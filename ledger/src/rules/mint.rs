//! Mint: a proof under an accepted key, against a directory that still stands, for an invoice that was never minted.

use super::proof::check_proof;
use super::roots::require_standing;
use super::tag::{self, EvaluatedWith};
use super::{Moment, ProofChecker, Refusal, RuleState, Undecided};
use crate::state::{NoteRecord, NumberRecord, RegistryRecord};
use tradeseal_primitives::receivable::{Commitment, ReceivableNumber};
use tradeseal_primitives::tree::{NOTE_DEPTH, capacity};
use tradeseal_verifier::entry::{Genesis, Mint, MintBody, StateTree};
use tradeseal_verifier::statement::StatementId;

/// The registry must have evaluated the body's points, and the proof hold for this body in this log.
pub(super) fn check(
    mint: &Mint,
    genesis: &Genesis,
    registry: &RegistryRecord,
    proofs: &dyn ProofChecker,
) -> Result<EvaluatedWith, Refusal> {
    let body = &mint.body;
    let evaluated_with = tag::check(body, registry)?;
    let rows = body.public(&genesis.origin, &genesis.ledger_id()).rows();
    check_proof(
        StatementId::RECEIVABLE_MINT_V2,
        &body.key_id,
        &mint.proof,
        &rows,
        genesis,
        proofs,
    )?;
    Ok(evaluated_with)
}

/// Every condition first, then tags, number and note together.
pub(super) fn decide(
    state: &mut impl RuleState,
    body: &MintBody,
    evaluated_with: Option<EvaluatedWith>,
    moment: Moment,
) -> Result<(), Undecided> {
    let registry = state.registry()?;
    tag::require_same_keys(&registry, evaluated_with)?;
    require_issue_days(body, &registry, moment)?;
    require_standing(state, StateTree::Directory, body.directory_root.to_fr(), moment.time)?;
    tag::require_new(state, body)?;
    require_free(state, body.dilution_key.number())?;
    require_new(state, &[body.commitment])?;
    let record = NumberRecord {
        dilution_key: *body.dilution_key.key(),
        entry_index: moment.index,
    };
    tag::take(state, body, moment.index);
    state.put_number(body.dilution_key.number(), record);
    append(state, body.commitment, moment);
    Ok(())
}

/// The invoice is not of the future, and not of a time whose mints can no longer be compared.
fn require_issue_days(body: &MintBody, registry: &RegistryRecord, moment: Moment) -> Result<(), Refusal> {
    let (latest, oldest) = (
        RegistryRecord::latest_issue_day(moment.time),
        registry.oldest_issue_day(),
    );
    if body.issue_to > latest {
        return Err(Refusal::IssueTooLate {
            to: body.issue_to,
            latest,
        });
    }
    if body.issue_from < oldest {
        return Err(Refusal::IssueTooOld {
            from: body.issue_from,
            oldest,
        });
    }
    Ok(())
}

fn require_free(state: &impl RuleState, number: ReceivableNumber) -> Result<(), Undecided> {
    if let Some(taken) = state.number(number)? {
        return Err(Refusal::NumberTaken {
            number,
            index: taken.entry_index,
        }
        .into());
    }
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
