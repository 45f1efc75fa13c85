//! Which kind of document a root element begins.
//!
//! In scope: the two kinds that are read, and names for the kinds that merchants hand over by mistake. Out of scope: the
//! content. An attacker who owns this part could have a payment advice taken for a claim.

use super::Syntax;
use crate::error::InvoiceError;
use crate::quoted::Quoted;
use crate::xml::Element;

const UBL_CREDIT_NOTE: &str = "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2";
const UBL_INVOICE: &str = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2";
const CII_INVOICE: &str = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100";

/// Root elements of other documents: local name, what it is, what to do.
const OTHER_KINDS: &[(&str, &str, &str)] = &[
    (
        "CreditNote",
        "a credit note",
        "A credit note reduces a debt. Give the invoice that it refers to.",
    ),
    (
        "SelfBilledCreditNote",
        "a self-billed credit note",
        "A credit note reduces a debt. Give the invoice that it refers to.",
    ),
    (
        "FreightInvoice",
        "a UBL FreightInvoice",
        "Have it issued as a UBL Invoice with type code 780 (freight invoice), which says what is payable.",
    ),
    (
        "SelfBilledInvoice",
        "a UBL SelfBilledInvoice",
        "Have it issued as a UBL Invoice with type code 389 (self-billed invoice).",
    ),
    (
        "DebitNote",
        "a UBL DebitNote",
        "Have it issued as a UBL Invoice with type code 383 (debit note).",
    ),
    (
        "RemittanceAdvice",
        "a remittance advice",
        "A remittance advice announces a payment and claims none. Give the invoice that it pays.",
    ),
    ("Reminder", "a payment reminder", "Give the invoice that it reminds of."),
    (
        "Statement",
        "a statement of account",
        "Give one of the invoices that it lists.",
    ),
    (
        "Order",
        "an order",
        "An order is not yet a debt. Give the invoice issued for it.",
    ),
    (
        "OrderResponse",
        "an order response",
        "An order is not yet a debt. Give the invoice issued for it.",
    ),
    (
        "DespatchAdvice",
        "a despatch advice",
        "Give the invoice issued for the delivery.",
    ),
    (
        "StandardBusinessDocument",
        "an envelope (SBDH) around a document",
        "Take the Invoice element out of the envelope, with its namespace declarations, and give that.",
    ),
    (
        "CrossIndustryDocument",
        "a ZUGFeRD 1.0 invoice",
        "Export it as ZUGFeRD 2 or Factur-X (root element CrossIndustryInvoice).",
    ),
    (
        "FatturaElettronica",
        "an Italian FatturaPA invoice",
        "Export it as UBL 2.1 or CII, as EN 16931 defines them.",
    ),
    (
        "Facturae",
        "a Spanish Facturae invoice",
        "Export it as UBL 2.1 or CII, as EN 16931 defines them.",
    ),
];

/// The syntax of an invoice that is read, or what the document is instead.
pub(super) fn recognise(root: &Element<'_>) -> Result<Syntax, InvoiceError> {
    match (root.local_name(), root.namespace()) {
        ("Invoice", Some(UBL_INVOICE)) => Ok(Syntax::Ubl),
        ("CrossIndustryInvoice", Some(CII_INVOICE)) => Ok(Syntax::Cii),
        (name, namespace) => Err(not_an_invoice(name, namespace.unwrap_or_default())),
    }
}

/// The syntax of a document that may be a credit note: one by its root element, or an invoice whose type code has yet to say so.
pub(super) fn recognise_credit_note(root: &Element<'_>) -> Result<Syntax, InvoiceError> {
    match (root.local_name(), root.namespace()) {
        ("CreditNote", Some(UBL_CREDIT_NOTE)) | ("Invoice", Some(UBL_INVOICE)) => Ok(Syntax::Ubl),
        ("CrossIndustryInvoice", Some(CII_INVOICE)) => Ok(Syntax::Cii),
        (name, namespace) => Err(InvoiceError::NotACreditNote {
            root: Quoted::new(name),
            namespace: Quoted::new(namespace.unwrap_or_default()),
        }),
    }
}

fn not_an_invoice(name: &str, namespace: &str) -> InvoiceError {
    let (what, remedy) = match name {
        "Invoice" | "CrossIndustryInvoice" => (
            "an invoice in a namespace that is not read",
            "Export it as UBL 2.1 (namespace urn:oasis:names:specification:ubl:schema:xsd:Invoice-2) or as CII D16B \
             (namespace urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100).",
        ),
        _ => OTHER_KINDS.iter().find(|(root, ..)| *root == name).map_or(
            (
                "of an unknown kind",
                "Give a UBL 2.1 Invoice or a CII CrossIndustryInvoice.",
            ),
            |kind| (kind.1, kind.2),
        ),
    };
    InvoiceError::NotAnInvoice {
        what,
        root: Quoted::new(name),
        namespace: Quoted::new(namespace),
        remedy,
    }
}
