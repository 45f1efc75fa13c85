//! A supplier makes a receivable of its invoice: duplicate tag, proof, entry; the wallet then finds the note on the ledger.
//!
//! In scope: `receivable/mint/v2` from an invoice. Out of scope: reading it (crate `documents`), the ledger's rules.
//! An attacker who owns this part learns invoices, and mints for any supplier whose key is here.

mod inputs;

use ark_std::rand::rngs::OsRng;
use tradeseal_circuits::Statement;
use tradeseal_circuits::receivable::mint::{self, Acknowledged, Mint};
use tradeseal_documents::Invoice;
use tradeseal_ledger::state::RegistryRecord;
use tradeseal_ledger::view::View;
use tradeseal_primitives::duplicate_tag::{Blinding, blind};
use tradeseal_primitives::receivable::{Day, UnixSeconds};
use tradeseal_prover::{Progress, Proven, prove};
use tradeseal_verifier::calendar::format_day;
use tradeseal_verifier::entry::{self, DilutionKey, Entry, MintBody, PreviousTag};

use self::inputs::{Parts, directory_place, enrolled, private_inputs};
use super::acknowledge::{SignedAcknowledgment, agreed_due_day};
use super::append::{Accepted, append};
use super::registry::{self, Evaluation};
use super::scan::{catch_up, item_name};
use super::{LocalLedger, dilution_key};
use crate::sealing::{InvoiceSource, Memo, NoteOpening};
use crate::wallet::{HeldNote, ItemName, Party, Wallet, WalletError};
use crate::{Context, Failure, randomness, statements};

/// What came of minting.
pub struct Minted {
    /// The receivable's name in the wallet: its commitment.
    pub item: ItemName,
    /// Its opening.
    pub note: HeldNote,
    /// Its entry.
    pub receipt: Accepted,
    /// The proof that was made.
    pub proven: Proven,
}

/// Mints the invoice to its supplier. The note is sealed to the supplier in the entry itself, so that no crash loses it.
///
/// # Errors
/// If the party is not the supplier or not enrolled, the acknowledgment is for something else, the invoice was minted before, or the ledger refuses.
pub fn mint(
    (context, wallet, local): (&Context, &Wallet, &LocalLedger),
    invoice: &Invoice,
    (name, supplier): (&ItemName, &Party),
    acknowledgment: Option<&SignedAcknowledgment>,
    progress: &mut dyn Progress,
) -> Result<Minted, Failure> {
    require_supplier(invoice, name, supplier)?;
    require_acknowledged(local, invoice, supplier, acknowledgment)?;
    let key = statements::proving_key::<Mint>(&context.key_registry(), local.ledger().genesis(), progress)?;
    let view = local.ledger().view()?;
    let registry = view.registry()?;
    let window = issue_window(&registry, view.now(), invoice.issue_day)?;
    let blinding = fresh_blinding()?;
    let evaluation = registry::evaluate(wallet, &registry, &blind(invoice.fingerprint(), &blinding))?;
    let dilution_key = dilution_key_of(local, invoice, supplier, acknowledgment)?;
    let mut private = private_inputs(Parts {
        invoice,
        due_day: agreed_due_day(invoice, acknowledgment.map(|signed| signed.content.due_day))?,
        supplier,
        enrolled: enrolled(&view, invoice.supplier.identifier.id(), "supplier")?,
        dilution_key,
        ledger: local.id(),
        blinding,
    })?;
    if let Some(signed) = acknowledgment {
        private.acknowledged = Some(Acknowledged {
            debtor: directory_place(enrolled(&view, signed.content.debtor, "debtor")?),
            signature: signed.signature,
        });
    }
    let body = MintBody {
        commitment: private.note().commitment(),
        directory_root: view.latest_state().directory_root,
        acknowledged: private.acknowledged.is_some(),
        sealed_note: sealed_to_supplier(&private, invoice, supplier, local)?,
        key_id: key.id(),
        duplicate_tag: private.tag(&evaluation.current.0),
        previous: previous_tag(&private, &evaluation),
        blinded: blind(private.fingerprint(), &private.blinding),
        evaluated: evaluation.current.0,
        evaluation_proof: evaluation.current.1,
        issue_from: window.0,
        issue_to: window.1,
        dilution_key,
    };
    require_new(&view, &body)?;
    let public = body.public(local.origin(), &local.id());
    private.owner_signature = supplier
        .spending_key()
        .sign(mint::signed_message(public.digest, public.commitment));
    Mint::check(&public, &private).map_err(|violation| untrue(&violation))?;
    require_own_address(&private, supplier)?;
    let proven = prove::<Mint>(&key, &public, &private, &mut OsRng, progress)?;
    let proof = Box::new(proven.proof.to_bytes());
    let receipt = append(local, Entry::Mint(entry::Mint { body, proof }))?;
    catch_up(wallet, local, progress)?;
    let item = item_name(public.commitment)?;
    let note = wallet.get(&item)?;
    Ok(Minted {
        item,
        note,
        receipt,
        proven,
    })
}

fn require_supplier(invoice: &Invoice, name: &ItemName, supplier: &Party) -> Result<(), Failure> {
    let named = &invoice.supplier.identifier;
    if supplier.identifier() == Some(named) {
        return Ok(());
    }
    Err(Failure::new(
        "not_the_supplier",
        format!("the invoice was issued by {named}, which is not how {name} is named"),
        format!("mint with the party that issued it; to make it here: tradeseal party new NAME --id {named}"),
    ))
}

/// A registrar could enrol the supplier's key with another's address: the note would be that one's.
fn require_own_address(private: &mint::Private, supplier: &Party) -> Result<(), Failure> {
    if private.supplier.address == supplier.address() {
        return Ok(());
    }
    Err(Failure::new(
        "mint_untrue",
        "the supplier is enrolled with another address than its own, so the receivable would be somebody else's",
        "enrol the party with its present keys: tradeseal party enrol NAME",
    ))
}

/// Compared before anything is proven, so that the difference has a name.
fn require_acknowledged(
    local: &LocalLedger,
    invoice: &Invoice,
    supplier: &Party,
    acknowledgment: Option<&SignedAcknowledgment>,
) -> Result<(), Failure> {
    let Some(signed) = acknowledgment else { return Ok(()) };
    let Some(what) = signed.differs_from(invoice, supplier.address(), &local.id()) else {
        return Ok(());
    };
    Err(Failure::new(
        "acknowledgment_differs",
        format!("the acknowledgment is for something else: {what} differs"),
        format!(
            "ask the debtor to acknowledge this very invoice: tradeseal receivable acknowledge FILE --debtor NAME --owner {} --ledger {} -o FILE",
            supplier.handle(),
            local.id()
        ),
    ))
}

/// The debtor's key where it acknowledges, else the supplier's own.
fn dilution_key_of(
    local: &LocalLedger,
    invoice: &Invoice,
    supplier: &Party,
    acknowledgment: Option<&SignedAcknowledgment>,
) -> Result<DilutionKey, Failure> {
    match acknowledgment {
        Some(signed) => Ok(signed.dilution_key),
        None => dilution_key::unused(supplier, local, invoice.fingerprint()),
    }
}

/// The widest window that the ledger takes, so that the entry says nothing of the issue day.
fn issue_window(registry: &RegistryRecord, now: UnixSeconds, issue_day: Day) -> Result<(Day, Day), Failure> {
    let (from, to) = (registry.oldest_issue_day(), RegistryRecord::latest_issue_day(now));
    if issue_day > to {
        return Err(Failure::new(
            "invoice_of_the_future",
            format!(
                "the invoice is issued on {}; today the ledger takes none issued after {}",
                format_day(issue_day),
                format_day(to)
            ),
            "mint it on its issue day, or have it issued with the right one",
        ));
    }
    if issue_day < from {
        return Err(Failure::new(
            "invoice_too_old",
            format!(
                "the invoice is issued on {}; the ledger can recognise duplicates of those issued on {} or later only",
                format_day(issue_day),
                format_day(from)
            ),
            "have the debt invoiced anew: an older one might stand on the ledger under a registry key that is gone",
        ));
    }
    Ok((from, to))
}

fn fresh_blinding() -> Result<Blinding, Failure> {
    // Asked first, because the generator below panics where this one returns an error.
    randomness::bytes::<1>().map_err(WalletError::from)?;
    Ok(Blinding::random(&mut OsRng))
}

fn previous_tag(private: &mint::Private, evaluation: &Evaluation) -> Option<PreviousTag> {
    evaluation.previous.map(|(evaluated, proof)| PreviousTag {
        tag: private.tag(&evaluated),
        evaluated,
        proof,
    })
}

/// The same invoice, under whichever key: told before a proof is made for nothing.
fn require_new(view: &View<'_>, body: &MintBody) -> Result<(), Failure> {
    for tag in [
        Some(body.duplicate_tag),
        body.previous.as_ref().map(|previous| previous.tag),
    ] {
        if let Some(index) = tag.map_or(Ok(None), |tag| view.tag(tag))? {
            return Err(tradeseal_ledger::rules::Refusal::AlreadyMinted { index }.into());
        }
    }
    Ok(())
}

fn sealed_to_supplier(
    private: &mint::Private,
    invoice: &Invoice,
    supplier: &Party,
    local: &LocalLedger,
) -> Result<entry::SealedNote, Failure> {
    let opening = NoteOpening {
        amount: private.invoice.amount,
        terms: private.terms(),
        randomness: private.randomness.clone(),
        source: Some(InvoiceSource {
            fingerprint: private.fingerprint(),
            salt: private.salt,
        }),
        memo: Memo::beginning_of(&invoice.invoice_number),
    };
    Ok(opening.seal_to(&supplier.handle(), local.origin(), private.note().commitment())?)
}

fn untrue(violation: &mint::Violation) -> Failure {
    let remedy = match violation {
        mint::Violation::Acknowledgment | mint::Violation::WrongDebtor => {
            "ask the debtor to acknowledge this very invoice for this owner"
        }
        mint::Violation::SupplierNotEnrolled | mint::Violation::DebtorNotEnrolled | mint::Violation::OwnerSignature => {
            "enrol the party with its present keys: tradeseal party enrol NAME"
        }
        _ => "check the invoice: tradeseal receivable read FILE",
    };
    Failure::new("mint_untrue", violation.to_string(), remedy)
}
