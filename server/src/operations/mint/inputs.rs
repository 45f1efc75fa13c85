//! The private inputs of a mint: the invoice, fresh secrets, and the supplier's place in the directory.
//!
//! In scope: putting them together. Out of scope: whether they satisfy the statement (crate `circuits`).
//! An attacker who owns this part chooses secrets that it knows.

use tradeseal_circuits::receivable::mint::{self, Enrolled};
use tradeseal_documents::Invoice;
use tradeseal_ledger::view::{PartyPath, View};
use tradeseal_primitives::duplicate_tag::Blinding;
use tradeseal_primitives::party::PartyId;
use tradeseal_primitives::receivable::{Day, NoteRandomness, invoice_number_field};
use tradeseal_verifier::entry::{DilutionKey, LedgerId};

use crate::wallet::{Party, WalletError};
use crate::{Failure, randomness};

/// What a mint is made of.
pub(super) struct Parts<'a> {
    pub(super) invoice: &'a Invoice,
    pub(super) due_day: Day,
    pub(super) supplier: &'a Party,
    pub(super) enrolled: PartyPath,
    pub(super) dilution_key: DilutionKey,
    pub(super) ledger: LedgerId,
    pub(super) blinding: Blinding,
}

/// A party's place in the directory.
pub(super) fn enrolled(view: &View<'_>, party: PartyId, role: &str) -> Result<PartyPath, Failure> {
    view.directory_path(party).map_err(|cause| {
        Failure::new(
            "not_enrolled",
            format!("the invoice's {role} is not in the ledger's directory: {cause}"),
            "have the registrar enrol it: tradeseal party enrol NAME",
        )
    })
}

pub(super) fn directory_place(found: PartyPath) -> Enrolled {
    let enrolment = found.entry.enrolment;
    Enrolled {
        party: enrolment.party,
        key: enrolment.key,
        address: enrolment.handle.address,
        path: found.path,
    }
}

/// The private inputs, but for the acknowledgment and the owner's signature.
pub(super) fn private_inputs(parts: Parts<'_>) -> Result<mint::Private, Failure> {
    let element = || {
        randomness::field_element()
            .map(|element| *element)
            .map_err(WalletError::from)
    };
    let invoice = parts.invoice;
    Ok(mint::Private {
        invoice: mint::Invoice {
            number: invoice_number_field(&invoice.invoice_number),
            issue_day: invoice.issue_day,
            amount: invoice.amount_minor,
            currency: invoice.currency.code(),
            due_day: parts.due_day,
            debtor: invoice.debtor.identifier.id(),
            document: invoice.document_hash(),
            other_flags: invoice.flags(),
        },
        salt: element()?,
        number: parts.dilution_key.number(),
        dilution_right: parts.dilution_key.right(&parts.ledger),
        blinding: parts.blinding,
        randomness: NoteRandomness {
            rho: element()?,
            r: element()?,
        },
        supplier: directory_place(parts.enrolled),
        // Replaced once the entry's digest is known; a signature's shape is needed until then.
        owner_signature: parts.supplier.spending_key().sign(element()?),
        acknowledged: None,
    })
}
