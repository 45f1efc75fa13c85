//! A supplier makes a receivable of its invoice: proof, entry, and the note's opening in the wallet.
//!
//! In scope: `receivable/mint/v1` from an invoice. Out of scope: reading it (crate `documents`), the ledger's rules.
//! An attacker who owns this part learns invoices, and mints for any supplier whose key is here.

use ark_std::rand::rngs::OsRng;
use tradeseal_circuits::Statement;
use tradeseal_circuits::receivable::mint::{self, Acknowledged, Enrolled, Mint};
use tradeseal_documents::Invoice;
use tradeseal_ledger::Receipt;
use tradeseal_ledger::view::{PartyPath, View};
use tradeseal_primitives::party::PartyId;
use tradeseal_primitives::receivable::{Flags, NoteRandomness, invoice_number_field};
use tradeseal_prover::{Progress, Proven, prove};
use tradeseal_verifier::entry::{self, Entry, MintBody};

use super::LocalLedger;
use super::acknowledge::{SignedAcknowledgment, agreed_due_day};
use crate::wallet::{HeldNote, ItemName, NotePosition, Party, Wallet, WalletError};
use crate::{Context, Failure, randomness, statements};

/// What came of minting.
pub struct Minted {
    /// The receivable's name in the wallet: its commitment.
    pub item: ItemName,
    /// Its opening.
    pub note: HeldNote,
    /// The ledger's receipt.
    pub receipt: Receipt,
    /// The proof that was made.
    pub proven: Proven,
}

/// Mints the invoice to its supplier. The note's opening is in the wallet before the entry is submitted, so that no crash loses it.
///
/// # Errors
/// If the party is not the supplier or not enrolled, the acknowledgment is for something else, or the ledger refuses.
pub fn mint(
    (context, wallet, local): (&Context, &Wallet, &LocalLedger),
    invoice: &Invoice,
    (name, supplier): (&ItemName, &Party),
    acknowledgment: Option<&SignedAcknowledgment>,
    progress: &mut dyn Progress,
) -> Result<Minted, Failure> {
    require_supplier(invoice, name, supplier)?;
    let key = statements::insecure_dev_key::<Mint>(&context.key_registry(), progress)?;
    let view = local.ledger().view()?;
    let enrolled = enrolled(&view, invoice.supplier.identifier.id(), "supplier")?;
    let directory_root = enrolled.root;
    let mut private = private_inputs(invoice, supplier, enrolled, acknowledgment)?;
    if let Some(signed) = acknowledgment {
        let debtor = self::enrolled(&view, signed.content.debtor, "debtor")?;
        private.acknowledged = Some(Acknowledged {
            debtor: directory_place(debtor),
            signature: signed.signature,
        });
    }
    let body = MintBody {
        commitment: private.note().commitment(),
        directory_root,
        acknowledged: private.acknowledged.is_some(),
        sealed_note: Vec::new(),
        key_id: key.id(),
    };
    let public = body.public(local.origin());
    private.owner_signature = supplier
        .spending_key()
        .sign(mint::signed_message(public.digest, public.commitment));
    Mint::check(&public, &private).map_err(|violation| untrue(&violation))?;
    let proven = prove::<Mint>(&key, &public, &private, &mut OsRng, progress)?;

    let item: ItemName = hex::encode(public.commitment.to_bytes()).parse()?;
    let mut note = held_note(invoice, name, &private);
    wallet.add(&item, &note)?;
    let entry = Entry::Mint(entry::Mint {
        body,
        proof: Box::new(proven.proof.to_bytes()),
    });
    let receipt = local.ledger().submit(entry)?;
    note.position = position(&local.ledger().view()?, &note)?;
    wallet.replace(&item, &note)?;
    Ok(Minted {
        item,
        note,
        receipt,
        proven,
    })
}

/// Where the ledger has a note, if it has it.
///
/// # Errors
/// The ledger's.
pub fn position(view: &View<'_>, note: &HeldNote) -> Result<Option<NotePosition>, Failure> {
    let record = view.note(note.commitment())?;
    Ok(record.map(|record| NotePosition {
        leaf_index: record.position,
        entry_time: record.time,
    }))
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

fn enrolled(view: &View<'_>, party: PartyId, role: &str) -> Result<PartyPath, Failure> {
    view.directory_path(party).map_err(|cause| {
        Failure::new(
            "not_enrolled",
            format!("the invoice's {role} is not in the ledger's directory: {cause}"),
            "have the registrar enrol it: tradeseal party enrol NAME",
        )
    })
}

fn directory_place(found: PartyPath) -> Enrolled {
    let enrolment = found.entry.enrolment;
    Enrolled {
        party: enrolment.party,
        key: enrolment.key,
        address: enrolment.handle.address,
        path: found.path,
    }
}

fn private_inputs(
    invoice: &Invoice,
    supplier: &Party,
    enrolled: PartyPath,
    acknowledgment: Option<&SignedAcknowledgment>,
) -> Result<mint::Private, Failure> {
    let element = || {
        randomness::field_element()
            .map(|element| *element)
            .map_err(WalletError::from)
    };
    let due_day = agreed_due_day(invoice, acknowledgment.map(|signed| signed.content.due_day))?;
    Ok(mint::Private {
        invoice: mint::Invoice {
            number: invoice_number_field(&invoice.invoice_number),
            issue_day: invoice.issue_day,
            amount: invoice.amount_minor,
            currency: invoice.currency.code(),
            due_day,
            debtor: invoice.debtor.identifier.id(),
            document: invoice.document_hash(),
            other_flags: invoice.flags(),
        },
        salt: element()?,
        randomness: NoteRandomness {
            rho: element()?,
            r: element()?,
        },
        supplier: directory_place(enrolled),
        // Replaced once the entry's digest is known; a signature's shape is needed until then.
        owner_signature: supplier.spending_key().sign(element()?),
        acknowledged: None,
    })
}

fn held_note(invoice: &Invoice, owner: &ItemName, private: &mint::Private) -> HeldNote {
    let terms = private.terms();
    HeldNote {
        owner: owner.clone(),
        owner_address: private.supplier.address,
        invoice_number: invoice.invoice_number.clone(),
        amount: private.invoice.amount,
        currency: terms.currency,
        due_day: terms.due_day,
        debtor: terms.debtor,
        creditor: terms.creditor,
        document: terms.document,
        fingerprint: private.fingerprint(),
        salt: private.salt,
        flags: Flags::from_bits(terms.flags.bits()),
        rho: private.randomness.rho,
        r: private.randomness.r,
        position: None,
    }
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
