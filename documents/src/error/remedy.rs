//! What to do about each refusal, in words for whoever sends the invoice.

use tradeseal_primitives::currency::CurrencyProblem;

use super::InvoiceError;
use crate::invoice::TypeRefusal;

impl InvoiceError {
    /// What to do about it: one or two sentences for the person who has the invoice.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => {
                "Export the invoice without embedded attachments (cbc:EmbeddedDocumentBinaryObject); they are usually most of such a file."
            }
            Self::OtherFile { .. } => {
                "Give the XML invoice itself. A ZUGFeRD or Factur-X PDF carries it as the attachment factur-x.xml: save that and give it."
            }
            Self::Encoding { .. } | Self::NotUtf8 { .. } => {
                "Export the invoice as UTF-8, as Peppol and XRechnung require, with encoding=\"UTF-8\" in its first line."
            }
            Self::DocumentType | Self::Entity { .. } => {
                "Export the invoice again without a document type declaration; neither UBL nor CII uses one."
            }
            Self::TooComplex { .. } => {
                "Check that the file is the invoice and nothing else; then have it exported without extensions and attachments."
            }
            Self::NotWellFormed { .. } => {
                "The file is damaged or cut short: export or download it again, and do not edit it by hand."
            }
            Self::NotAnInvoice { remedy, .. }
            | Self::NoPartyId { remedy, .. }
            | Self::NoPartyCountry { remedy, .. } => remedy,
            Self::NotACreditNote { .. } => {
                "Give a UBL 2.1 CreditNote, or an invoice of type code 381 in UBL or CII. What was paid in advance is given as an amount."
            }
            Self::Missing { .. } => "Have the document issued with this element; EN 16931 asks for it.",
            Self::Empty { .. } => "Have the document issued with a value here; EN 16931 allows no empty elements.",
            Self::Repeated { .. } => "Have the document issued with this element once.",
            Self::UnexpectedChild { .. } => "Have the document issued with plain text here, as its schema says.",
            Self::TooLong { .. } => "Have the document issued with the right value: this is longer than any real one.",
            Self::InvisibleCharacter { .. } => {
                "Have the document issued with the value typed anew, without hidden characters."
            }
            Self::Date { .. } => "Have the document issued with a real date in the form that the standard asks for.",
            Self::DateFormat { .. } => {
                "Have the document issued with format=\"102\" and the date as YYYYMMDD, as EN 16931 asks."
            }
            Self::SeveralDueDates { .. } => {
                "A receivable has one due day. Have one invoice issued for each instalment, or one due date for the whole."
            }
            Self::TypeCode { refusal, .. } => type_code_remedy(refusal),
            Self::Currency { problem, .. } => currency_remedy(problem),
            Self::CurrencyMismatch { .. } => {
                "Have the invoice corrected so that the payable amount is stated in the document's currency."
            }
            Self::NotADecimal { .. } => {
                "Have the amount written with digits and one point, such as 1234.50: no separators, no exponent."
            }
            Self::NotPositive { .. } => {
                "Choose an invoice with an open amount: this one is paid already, or in the buyer's favour."
            }
            Self::NothingCredited { .. } => {
                "Choose the credit note that states what is credited: EN 16931 writes it as a positive amount."
            }
            Self::SeveralInvoices { .. } => {
                "Have one credit note issued for each invoice: what is credited lowers one receivable."
            }
            Self::ExcessDecimals { .. } => {
                "Have the payable amount rounded as its currency is paid; zeros at the end do no harm."
            }
            Self::AmountTooLarge { .. } => "Check the amount; if it is right, have several invoices issued.",
            Self::SeveralPartyIds { .. } => "Have the document issued with one identifier of each kind for each party.",
            Self::UnknownCountry { .. } => {
                "Have the document issued with the two-letter code of the party's country in capitals, such as DE."
            }
            Self::PartyId { .. } => {
                "Have the document issued with the party's registration number here, as its register writes it."
            }
        }
    }
}

const fn currency_remedy(problem: &CurrencyProblem) -> &'static str {
    match problem {
        CurrencyProblem::Unknown => {
            "Use the three-letter ISO 4217 code in capitals, such as EUR; withdrawn currencies are not accepted."
        }
        CurrencyProblem::NoMinorUnit => "Have the document issued in a currency that is paid, such as EUR.",
    }
}

const fn type_code_remedy(refusal: &TypeRefusal) -> &'static str {
    match refusal {
        TypeRefusal::CreditNote { .. } => "A credit note reduces a debt. Give the invoice that it refers to.",
        TypeRefusal::Factored { .. } => {
            "This claim is already assigned to a factor, who alone can finance it. Give an invoice that is not assigned."
        }
        TypeRefusal::ProForma => "A pro-forma invoice asks for no payment. Give the final invoice, type code 380.",
        TypeRefusal::NotAClaim { .. } => {
            "Give the invoice that claims the payment, such as one of type code 380 (commercial invoice)."
        }
        TypeRefusal::NotACredit => {
            "Give a credit note for this one invoice, such as one of type code 381 (credit note) or 261 (self-billed)."
        }
        TypeRefusal::Unknown => {
            "Use a code of UNTDID 1001 for invoices, such as 380 (commercial invoice), 384 (corrected) or 389 (self-billed)."
        }
    }
}
