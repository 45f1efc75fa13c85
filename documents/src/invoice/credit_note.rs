//! Credit notes: what is taken off one earlier invoice, so that a receivable made of it proves less.
//!
//! In scope: UBL 2.1 CreditNote, and invoices in UBL or CII whose type code credits; the invoice that is credited (BG-3). Out of scope:
//! finding that invoice, applying the credit. An attacker who owns this part could lower another receivable, or this one too little.

use tradeseal_primitives::currency::Currency;
use tradeseal_primitives::hash::sha256;
use tradeseal_primitives::receivable::{AmountMinor, Day, normalise_invoice_number};

use super::{Invoice, Party, Syntax, cii, root, ubl};
use crate::error::InvoiceError;
use crate::quoted::Quoted;
use crate::xml::{self, Element};

/// A credit note's attributes (`docs/invoices.md` says where each comes from).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditNote {
    /// The syntax it was read from.
    pub syntax: Syntax,
    /// Its own number (BT-1), normalised as an invoice's.
    pub number: String,
    /// When it was issued (BT-2).
    pub issue_day: Day,
    /// The currency of the amount (BT-5).
    pub currency: Currency,
    /// What is credited (BT-115), in the currency's minor unit; at least 1.
    pub amount_minor: AmountMinor,
    /// Who issued it (BG-4).
    pub supplier: Party,
    /// To whom it is credited (BG-7).
    pub debtor: Party,
    /// The invoice that it is for (BG-3).
    pub invoice: InvoiceReference,
    /// SHA-256 of the file's bytes.
    pub doc_sha256: [u8; 32],
}

/// The invoice that a credit note is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceReference {
    /// Its number (BT-25), normalised as an invoice's own.
    pub invoice_number: String,
    /// When it was issued (BT-26), if that is said.
    pub issue_day: Option<Day>,
}

impl CreditNote {
    /// What of it does not fit an invoice, in words; `None` if it credits that invoice.
    pub fn differs_from(&self, invoice: &Invoice) -> Option<&'static str> {
        let reference = &self.invoice;
        if reference.invoice_number != invoice.invoice_number {
            Some("the number of the invoice that it credits")
        } else if reference.issue_day.is_some_and(|day| day != invoice.issue_day) {
            Some("the issue day of the invoice that it credits")
        } else if self.supplier.identifier != invoice.supplier.identifier {
            Some("the supplier")
        } else if self.debtor.identifier != invoice.debtor.identifier {
            Some("the debtor")
        } else if self.currency != invoice.currency {
            Some("the currency")
        } else {
            None
        }
    }
}

/// Reads a credit note from a file's bytes.
///
/// # Errors
/// If the file is no credit note in UBL 2.1 or CII, credits nothing, or not exactly one invoice. The error names the element and
/// [`InvoiceError::remedy`] says what to do.
///
/// # Example
/// ```
/// let credit = tradeseal_documents::read_credit_note(tradeseal_documents::SAMPLE_UBL_CREDIT_NOTE.as_bytes())?;
/// assert_eq!(credit.currency.decimal(credit.amount_minor), "50000.00");
/// assert_eq!(credit.invoice.invoice_number, "NW-2026-0914");
/// # Ok::<(), tradeseal_documents::InvoiceError>(())
/// ```
pub fn read_credit_note(bytes: &[u8]) -> Result<CreditNote, InvoiceError> {
    xml::with_root(bytes, |root| match root::recognise_credit_note(root)? {
        Syntax::Ubl => ubl::read_credit_note(root, sha256(bytes)),
        Syntax::Cii => cii::read_credit_note(root, sha256(bytes)),
    })
}

/// The one invoice of all references (its number's element, its issue day), which may repeat each other.
pub(super) fn one_invoice(
    references: &[(Element<'_>, Option<Day>)],
    missing: impl FnOnce() -> InvoiceError,
) -> Result<InvoiceReference, InvoiceError> {
    let ((first, mut issue_day), others) = match references.split_first() {
        Some((first, others)) => (first.clone(), others),
        None => return Err(missing()),
    };
    let first_number = first.text()?;
    let invoice_number = normalise_invoice_number(&first_number);
    for (other, other_day) in others {
        let number = other.text()?;
        let same_day = issue_day.is_none() || other_day.is_none() || issue_day == *other_day;
        if normalise_invoice_number(&number) != invoice_number || !same_day {
            return Err(InvoiceError::SeveralInvoices {
                path: other.path().clone(),
                first: Quoted::new(&first_number),
                second: Quoted::new(&number),
            });
        }
        issue_day = issue_day.or(*other_day);
    }
    Ok(InvoiceReference {
        invoice_number,
        issue_day,
    })
}

/// An amount of zero or less means something else in a credit note than in an invoice.
pub(super) fn nothing_credited(error: InvoiceError) -> InvoiceError {
    match error {
        InvoiceError::NotPositive { path, value } => InvoiceError::NothingCredited { path, value },
        other => other,
    }
}
