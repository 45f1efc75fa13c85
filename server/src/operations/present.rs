//! A holder answers a request: proof of eligibility, and the state record that makes its root believable.
//!
//! In scope: `receivable/eligibility/v2` for a note in the wallet. Out of scope: whether to answer; the holder decides.
//! An attacker who owns this part sees the receivable, but cannot answer for a holder without its spending key.

use ark_std::rand::rngs::OsRng;
use tradeseal_circuits::Statement;
use tradeseal_circuits::receivable::eligibility::{self, Eligibility, RequestInputs, Violation};
use tradeseal_ledger::view::{NullifierStatus, View};
use tradeseal_primitives::tree::SetError;
use tradeseal_prover::{Progress, Proven, prove};
use tradeseal_verifier::presentation::{Anchor, Presentation};
use tradeseal_verifier::request::Request;
use tradeseal_verifier::statement::receivable::eligibility::Public;

use super::LocalLedger;
use super::append::await_publication;
use crate::wallet::{HeldNote, ItemName, Party, Wallet};
use crate::{Context, Failure, statements};

/// What a holder hands over, and what making it took.
pub struct Presented {
    /// For the verifier.
    pub presentation: Presentation,
    /// The proof that was made.
    pub proven: Proven,
}

/// Answers the request with the note of this name.
///
/// # Errors
/// If the request is for another ledger, or the note was moved or does not meet the policy: with the reason.
pub fn present(
    (context, wallet, local): (&Context, &Wallet, &LocalLedger),
    request: &Request,
    item: &ItemName,
    progress: &mut dyn Progress,
) -> Result<Presented, Failure> {
    require_origin(request, local)?;
    let note: HeldNote = wallet.get(item)?;
    let owner: Party = wallet.get(&note.party)?;
    let key = statements::proving_key::<Eligibility>(&context.key_registry(), local.ledger().genesis(), progress)?;
    await_publication(local, progress);
    let view = local.ledger().view()?;
    if note.is_settled() {
        return Err(Failure::new(
            "receivable_settled",
            "the receivable was settled: nothing is owed on it any more",
            "choose another: tradeseal receivable list",
        ));
    }
    let (public, private) = inputs(&view, request, &note, &owner)?;
    if let NullifierStatus::Spent { index } = view.nullifier_status(public.nullifier)? {
        return Err(Failure::new(
            "receivable_spent",
            format!("the receivable was moved by entry {index}: no verifier would accept it"),
            "choose another: tradeseal receivable list",
        ));
    }
    Eligibility::check(&public, &private).map_err(|violation| not_eligible(&violation))?;
    let proven = prove::<Eligibility>(&key, &public, &private, &mut OsRng, progress)?;
    let state = view.latest_state();
    let anchor = Anchor {
        state_entry: state.encode(),
        tlog_proof: view.tlog_proof(state.log_size)?.to_string(),
    };
    let presentation = Presentation::new(key.id(), &public, &proven.proof, anchor);
    Ok(Presented { presentation, proven })
}

fn inputs(
    view: &View<'_>,
    request: &Request,
    note: &HeldNote,
    owner: &Party,
) -> Result<(Public, eligibility::Private), Failure> {
    let found = view.note_path(note.position.leaf_index)?;
    let diluted = view.dilution_proof(note.terms().number)?;
    let debtors = request.policy().debtors().tree();
    let debtor_path = debtors.path(note.terms().debtor.to_fr()).map_err(|cause| match cause {
        SetError::NotAMember => not_eligible(&Violation::DebtorNotApproved),
        too_many @ SetError::TooMany { .. } => Failure::new(
            "request_refused",
            too_many.to_string(),
            "ask the verifier for a shorter list of debtors",
        ),
    })?;
    let nullifier = note.commitment().nullifier(owner.nullifier_key());
    let public = Public {
        note_root: found.root,
        dilution_root: diluted.root,
        nullifier,
        request_digest: request.digest(),
    };
    let message = eligibility::signed_message(public.request_digest, nullifier);
    let private = eligibility::Private {
        amount: note.amount(),
        terms: *note.terms(),
        randomness: note.opening.randomness.clone(),
        owner_key: owner.public_key(),
        nullifier_key: owner.nullifier_key().clone(),
        entry_time: note.position.entry_time,
        note_path: found.path,
        dilution: diluted.proof,
        request: RequestInputs::from(request),
        debtor_path,
        signature: owner.spending_key().sign(message),
    };
    Ok((public, private))
}

fn require_origin(request: &Request, local: &LocalLedger) -> Result<(), Failure> {
    let asked = &request.draft().origin;
    if asked == local.origin() {
        return Ok(());
    }
    Err(Failure::new(
        "request_other_ledger",
        format!(
            "the request asks about the ledger {asked}, this one is {}",
            local.origin()
        ),
        "answer with the ledger that is asked about: name its folder with --dir",
    ))
}

fn not_eligible(violation: &Violation) -> Failure {
    let remedy = match violation {
        Violation::Signature | Violation::Nullifier | Violation::NoteNotInTree | Violation::RequestDigest => {
            "this wallet's copy of the receivable is not the ledger's: check --dir"
        }
        _ => "choose another receivable (tradeseal receivable list), or ask the verifier for another policy",
    };
    Failure::new("not_eligible", format!("no proof was made: {violation}"), remedy)
}
