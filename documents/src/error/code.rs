//! Stable codes of refusals, for programs. `docs/invoices.md` lists them.

use super::InvoiceError;
use crate::invoice::TypeRefusal;
use tradeseal_primitives::currency::CurrencyProblem;

impl InvoiceError {
    /// A stable `snake_case` name of the reason.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "file_too_large",
            Self::OtherFile { .. } => "not_xml",
            Self::Encoding { .. } | Self::NotUtf8 { .. } => "not_utf8",
            Self::DocumentType => "document_type_declaration",
            Self::Entity { .. } => "entity_reference",
            Self::TooComplex { .. } => "too_complex",
            Self::NotWellFormed { .. } => "not_well_formed",
            Self::NotAnInvoice { .. } => "not_an_invoice",
            Self::NotACreditNote { .. } => "not_a_credit_note",
            Self::Missing { .. } => "missing_element",
            Self::Empty { .. } => "empty_element",
            Self::Repeated { .. } => "repeated_element",
            Self::UnexpectedChild { .. } => "unexpected_child",
            Self::TooLong { .. } => "value_too_long",
            Self::InvisibleCharacter { .. } => "invisible_character",
            Self::Date { .. } => "bad_date",
            Self::DateFormat { .. } => "date_format",
            Self::SeveralDueDates { .. } => "several_due_dates",
            Self::TypeCode { refusal, .. } => match refusal {
                TypeRefusal::CreditNote { .. } => "credit_note",
                TypeRefusal::Factored { .. } => "factored_invoice",
                TypeRefusal::ProForma => "pro_forma_invoice",
                TypeRefusal::NotAClaim { .. } => "not_a_claim",
                TypeRefusal::NotACredit => "not_a_credit_note",
                TypeRefusal::Unknown => "unknown_type_code",
            },
            Self::Currency { problem, .. } => match problem {
                CurrencyProblem::Unknown => "unknown_currency",
                CurrencyProblem::NoMinorUnit => "currency_without_minor_unit",
            },
            Self::CurrencyMismatch { .. } => "currency_mismatch",
            Self::NotADecimal { .. } => "not_a_decimal",
            Self::NotPositive { .. } => "not_positive",
            Self::NothingCredited { .. } => "nothing_credited",
            Self::SeveralInvoices { .. } => "several_invoices",
            Self::ExcessDecimals { .. } => "excess_decimals",
            Self::AmountTooLarge { .. } => "amount_too_large",
            Self::NoPartyId { .. } => "no_party_id",
            Self::SeveralPartyIds { .. } => "several_party_ids",
            Self::NoPartyCountry { .. } => "no_party_country",
            Self::UnknownCountry { .. } => "unknown_country",
            Self::PartyId { .. } => "unusable_party_id",
        }
    }
}
