//! An owner opens one receivable's history, as far as it knows it, to an auditor or a court: notes, where they went, what was never spent.
//!
//! In scope: gathering it from wallet and ledger, `receivable/disclosure/v1` for every note. Out of scope: other receivables, of which nothing is shown;
//! checking it (crate `verifier`).
//! An attacker who owns this part shows more than its user meant to.

mod evidence;
mod notes;

use ark_std::rand::rngs::OsRng;
use tradeseal_circuits::Statement;
use tradeseal_circuits::receivable::disclosure::{self, Disclosure as Proving};
use tradeseal_documents::Invoice;
use tradeseal_ledger::view::View;
use tradeseal_primitives::receivable::Terms;
use tradeseal_prover::{Progress, Proven, prove};
use tradeseal_verifier::disclosure::{self as file, Body, BodyVersion, DisclosedNote, Disclosure};
use tradeseal_verifier::request::{Nonce, VerifierName};

use self::evidence::Evidence;
use self::notes::History;
use super::LocalLedger;
use super::append::await_publication;
use crate::wallet::{HeldNote, ItemName, Party, Wallet, WalletError};
use crate::{Context, Failure, clock, randomness, statements};

/// What came of it.
pub struct Disclosed {
    /// For the auditor or court.
    pub disclosure: Disclosure,
    /// Notes that it opens, inputs of nothing not counted.
    pub notes: usize,
    /// The proofs that were made.
    pub proven: Vec<Proven>,
}

/// Opens the history of the receivable that a note is a part of, as its owner knows it; an invoice, if given, is named as what is behind it.
///
/// # Errors
/// `invoice_differs` if the invoice is another; `nothing_to_disclose` for a note that nobody owns; the ledger's.
pub fn disclose(
    (context, wallet, local): (&Context, &Wallet, &LocalLedger),
    item: &ItemName,
    audience: &VerifierName,
    invoice: Option<&Invoice>,
    progress: &mut dyn Progress,
) -> Result<Disclosed, Failure> {
    let note: HeldNote = wallet.get(item)?;
    if note.is_settled() {
        return Err(Failure::new(
            "nothing_to_disclose",
            "the receivable was settled with you: you never owned it, so you can open no history of it",
            "ask those who owned it for their disclosures",
        ));
    }
    let owner: Party = wallet.get(&note.party)?;
    await_publication(local, progress);
    let view = local.ledger().view()?;
    let history = History::gather(wallet, &view, (&note.party, &owner), note.terms(), local.origin())?;
    let body = Body {
        version: BodyVersion::V1,
        origin: local.origin().clone(),
        ledger_id: local.id(),
        audience: audience.clone(),
        made: clock::now(),
        nonce: Nonce::from_bytes(*randomness::bytes().map_err(WalletError::from)?),
        terms: *note.terms(),
        debtor: invoice.map(|invoice| invoice.debtor.identifier.clone()),
        creditor: invoice.map(|invoice| invoice.supplier.identifier.clone()),
        invoice: invoice.map(|invoice| named(&history, invoice)).transpose()?,
        remaining: Some(remaining(&view, note.terms())?),
        entries: Evidence::of(&view, &history, note.terms())?.into_entries(&view)?,
        notes: history.notes,
        transfers: history.transfers,
    };
    let opened = body.notes.iter().filter(|note| note.created.is_some()).count();
    let (disclosure, proven) = proven((context, local), &owner, body, progress)?;
    Ok(Disclosed {
        disclosure,
        notes: opened,
        proven,
    })
}

/// The invoice behind it, which only the supplier that minted it can name.
fn named(history: &History, invoice: &Invoice) -> Result<file::Invoice, Failure> {
    let differs = |why: &str| {
        Failure::new(
            "invoice_differs",
            format!("the invoice cannot be named: {why}"),
            "leave --invoice out, or give the invoice that the receivable was minted from",
        )
    };
    let source = history
        .source
        .ok_or_else(|| differs("only the supplier that minted the receivable can prove which invoice it is"))?;
    if source.fingerprint != invoice.fingerprint() {
        return Err(differs("the receivable was minted from another"));
    }
    Ok(file::Invoice {
        number: invoice.invoice_number.clone(),
        issue_day: invoice.issue_day,
        salt: source.salt,
    })
}

fn remaining(view: &View<'_>, terms: &Terms) -> Result<file::Remaining, Failure> {
    Ok(file::Remaining {
        state: view.latest_state().log_size,
        proof: view.dilution_proof(terms.number)?.proof,
    })
}

/// One proof for each note, all bound to the whole body.
fn proven(
    (context, local): (&Context, &LocalLedger),
    owner: &Party,
    body: Body,
    progress: &mut dyn Progress,
) -> Result<(Disclosure, Vec<Proven>), Failure> {
    let key = statements::proving_key::<Proving>(&context.key_registry(), local.ledger().genesis(), progress)?;
    let mut made = Vec::with_capacity(body.notes.len());
    for (public, note) in body.publics().iter().zip(&body.notes) {
        let private = private_inputs(owner, &body, note, public);
        Proving::check(public, &private).map_err(|violation| {
            Failure::new(
                "disclosure_untrue",
                violation.to_string(),
                "this wallet's copy is not the ledger's: check --dir, then tradeseal receivable scan --from-start",
            )
        })?;
        made.push(prove::<Proving>(&key, public, &private, &mut OsRng, progress)?);
    }
    let proofs: Vec<_> = made.iter().map(|proven| proven.proof.clone()).collect();
    let disclosure = Disclosure::new(key.id(), body, &proofs).map_err(|cause| {
        Failure::new(
            "disclosure_too_large",
            cause.to_string(),
            "this receivable was moved more often than one disclosure holds",
        )
    })?;
    Ok((disclosure, made))
}

fn private_inputs(
    owner: &Party,
    body: &Body,
    note: &DisclosedNote,
    public: &disclosure::Public,
) -> disclosure::Private {
    let message = disclosure::signed_message(public.digest, public.nullifier);
    disclosure::Private {
        amount: note.opening.amount,
        terms: body.terms.hash(),
        randomness: note.opening.randomness.clone(),
        owner_key: owner.public_key(),
        nullifier_key: owner.nullifier_key().clone(),
        signature: owner.spending_key().sign(message),
    }
}
