//! What to do about each refusal, in words for whoever sends the invoice.

use std::borrow::Cow;

use super::InvoiceError;
use crate::invoice::TypeRefusal;
use tradeseal_primitives::currency::CurrencyProblem;

impl InvoiceError {
    /// What to do about it: one or two sentences for the person who has the invoice.
    pub fn remedy(&self) -> Cow<'static, str> {
        match self {
            Self::NotAnInvoice { remedy, .. } => Cow::Borrowed(remedy),
            Self::TypeCode { refusal, .. } => Cow::Borrowed(type_code_remedy(refusal)),
            Self::NoPartyId { would_do, .. } => Cow::Owned(format!(
                "Have the invoice issued with one of these, best first: {would_do}."
            )),
            Self::CurrencyMismatch { document, .. } => Cow::Owned(format!(
                "Have the invoice corrected so that the payable amount is stated in {document}, the document's currency."
            )),
            Self::ExcessDecimals { currency, exponent, .. } => Cow::Owned(format!(
                "Have the payable amount rounded to {exponent} decimals, as {currency} is paid; trailing zeros do no harm."
            )),
            _ => Cow::Borrowed(self.fixed_remedy()),
        }
    }

    /// The remedies that hold no value of the document.
    const fn fixed_remedy(&self) -> &'static str {
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
            Self::Missing { .. } | Self::Empty { .. } => {
                "Have the invoice issued with a value in this element; EN 16931 asks for it."
            }
            Self::Repeated { .. } => "Have the invoice issued with this element once.",
            Self::UnexpectedChild { .. } => {
                "Have the invoice issued with plain text in this element, as its schema says."
            }
            Self::TooLong { .. } => {
                "Check the value: it is longer than any real one. Have the invoice issued with the right one."
            }
            Self::InvisibleCharacter { .. } => {
                "Have the invoice issued with the value typed anew, without hidden characters."
            }
            Self::Date { .. } => "Have the invoice issued with a real date in the form that the standard asks for.",
            Self::DateFormat { .. } => {
                "Have the invoice issued with format=\"102\" and the date as YYYYMMDD, as EN 16931 asks."
            }
            Self::SeveralDueDates { .. } => {
                "A receivable has one due day. Have one invoice issued for each instalment, or one cbc:DueDate for the whole."
            }
            Self::Currency { problem, .. } => match problem {
                CurrencyProblem::Unknown => {
                    "Use the three-letter ISO 4217 code in capitals, such as EUR; withdrawn currencies are not accepted."
                }
                CurrencyProblem::NoMinorUnit => {
                    "Have the invoice issued in a currency that is paid in coin or book money, such as EUR."
                }
            },
            Self::NotADecimal { .. } => {
                "Have the amount written with digits and one point, such as 1234.50: no separators, no exponent."
            }
            Self::NotPositive { .. } => {
                "Choose an invoice with an open amount: this one is already paid, or in the buyer's favour."
            }
            Self::AmountTooLarge { .. } => "Check the amount; if it is right, have several invoices issued.",
            Self::SeveralPartyIds { .. } => "Have the invoice issued with one identifier of each kind for each party.",
            Self::PartyId { .. } => "Have the invoice issued with the party's real registration number here.",
            Self::NotAnInvoice { .. }
            | Self::TypeCode { .. }
            | Self::NoPartyId { .. }
            | Self::CurrencyMismatch { .. }
            | Self::ExcessDecimals { .. } => "",
        }
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
        TypeRefusal::Unknown => {
            "Use a code of UNTDID 1001 for invoices, such as 380 (commercial invoice), 384 (corrected) or 389 (self-billed)."
        }
    }
}
