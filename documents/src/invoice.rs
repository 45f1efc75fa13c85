//! Invoices: what a receivable is made from, out of a UBL 2.1 Invoice or a UN/CEFACT CrossIndustryInvoice.
//!
//! In scope: the mapping of `docs/invoices.md`, the same attributes for either syntax. Out of scope: whether the invoice is
//! true, complete or valid under EN 16931. An attacker who owns this part could have a bank finance another debt than the one
//! on paper.

mod amount;
mod cii;
mod credit_note;
mod day;
mod party;
mod root;
mod type_code;
mod ubl;

pub use credit_note::{CreditNote, InvoiceReference, read_credit_note};
pub use party::Party;
pub use type_code::{TypeCode, TypeRefusal};

use core::fmt;

use tradeseal_primitives::hash::sha256;
use tradeseal_primitives::receivable::{AmountMinor, Day, DocumentHash, Fingerprint, Flags, normalise_invoice_number};

use crate::error::InvoiceError;
use crate::quoted::Quoted;
use crate::xml::{self, Element, ElementPath};
use tradeseal_primitives::currency::Currency;

/// Which standard's XML an invoice is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Syntax {
    /// OASIS UBL 2.1, root element `Invoice`.
    Ubl,
    /// UN/CEFACT CII D16B, root element `CrossIndustryInvoice`: XRechnung's other syntax, and the XML inside Factur-X.
    Cii,
}

impl fmt::Display for Syntax {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ubl => "UBL",
            Self::Cii => "CII",
        })
    }
}

/// A financeable invoice's attributes (DESIGN 4.1; `docs/invoices.md` says where each comes from).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoice {
    /// The syntax it was read from.
    pub syntax: Syntax,
    /// The invoice number (BT-1), normalised as `docs/protocol.md` section 3 says.
    pub invoice_number: String,
    /// When it was issued (BT-2).
    pub issue_day: Day,
    /// What kind of invoice it is (BT-3); every accepted one is of type class 1.
    pub type_code: TypeCode,
    /// The currency of the amount (BT-5).
    pub currency: Currency,
    /// What is payable (BT-115), in the currency's minor unit; at least 1.
    pub amount_minor: AmountMinor,
    /// When it falls due (BT-9); `None` if the invoice does not say, so that only the debtor's acknowledgment can.
    pub due_day: Option<Day>,
    /// Who issued it and is owed (BG-4).
    pub supplier: Party,
    /// Who owes it (BG-7).
    pub debtor: Party,
    /// Whether it names another payee (BG-10), so that the claim may already be assigned.
    pub payee_named: bool,
    /// SHA-256 of the file's bytes: evidence only, never identity.
    pub doc_sha256: [u8; 32],
}

impl Invoice {
    /// The fingerprint, which is one for every file of the same invoice. Guessable from the invoice's data, so it is for
    /// its holder only.
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::derive(self.supplier.identifier.id(), &self.invoice_number, self.issue_day)
    }

    /// The flags that the document itself sets.
    pub const fn flags(&self) -> Flags {
        if self.payee_named {
            Flags::OTHER_PAYEE_NAMED
        } else {
            Flags::NONE
        }
    }

    /// The document's hash as a receivable's terms carry it.
    pub fn document_hash(&self) -> DocumentHash {
        DocumentHash::from_sha256(&self.doc_sha256)
    }
}

/// Reads an invoice from a file's bytes.
///
/// # Errors
/// If the file is not a UBL 2.1 Invoice or a CrossIndustryInvoice, or makes no claim that can be financed. The error
/// names the element and [`InvoiceError::remedy`] says what to do.
///
/// # Example
/// ```
/// let invoice = tradeseal_documents::read_invoice(tradeseal_documents::SAMPLE_UBL_INVOICE.as_bytes())?;
/// assert_eq!(invoice.currency.decimal(invoice.amount_minor), "1000000.00");
/// assert_eq!(invoice.debtor.identifier.to_string(), "VAT:NL805174962B01");
/// # Ok::<(), tradeseal_documents::InvoiceError>(())
/// ```
pub fn read_invoice(bytes: &[u8]) -> Result<Invoice, InvoiceError> {
    xml::with_root(bytes, |root| match root::recognise(root)? {
        Syntax::Ubl => ubl::read(root, sha256(bytes)),
        Syntax::Cii => cii::read(root, sha256(bytes)),
    })
}

/// BT-1, normalised.
fn invoice_number(element: &Element<'_>) -> Result<String, InvoiceError> {
    Ok(normalise_invoice_number(&element.text()?))
}

/// BT-5.
fn currency(element: &Element<'_>) -> Result<Currency, InvoiceError> {
    let value = element.text()?;
    Currency::from_alpha(&value).map_err(|problem| InvoiceError::Currency {
        path: element.path().clone(),
        value: Quoted::new(&value),
        problem,
    })
}

/// Refuses an amount stated in another currency than the document's.
fn same_currency(path: ElementPath, value: &str, document: Currency) -> Result<(), InvoiceError> {
    if value == document.alpha() {
        return Ok(());
    }
    Err(InvoiceError::CurrencyMismatch {
        path,
        value: Quoted::new(value),
        document: document.alpha(),
    })
}
