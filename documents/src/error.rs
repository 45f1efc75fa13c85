//! Why an invoice or a credit note was refused: cause, stable code, remedy.
//!
//! In scope: what is said, naming the element and (bounded, escaped) its value. Out of scope: when it is said
//! (`xml`, `invoice`). An attacker who owns this part could mislead whoever corrects the invoice.

mod code;
mod remedy;

use crate::date::DateProblem;
use crate::invoice::TypeRefusal;
use crate::quoted::Quoted;
use crate::xml::ElementPath;
use tradeseal_primitives::currency::CurrencyProblem;

/// Why an invoice or a credit note was refused. `Display` is the cause; [`InvoiceError::remedy`] says what to do about it and
/// [`InvoiceError::code`] is stable for programs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvoiceError {
    /// More bytes than are read.
    #[error("the file has {bytes} bytes; at most {limit} are read")]
    TooLarge {
        /// Size of the file.
        bytes: usize,
        /// Largest size read.
        limit: usize,
    },
    /// A file that is not XML.
    #[error("the file is {found}, not an XML invoice")]
    OtherFile {
        /// What it is, by its first bytes.
        found: &'static str,
    },
    /// An encoding other than UTF-8.
    #[error("the file is encoded as {found}; only UTF-8 is read")]
    Encoding {
        /// The encoding found or declared.
        found: Quoted,
    },
    /// Bytes that are not UTF-8.
    #[error("the file is not UTF-8: the bytes at offset {offset} are no character")]
    NotUtf8 {
        /// First wrong byte.
        offset: usize,
    },
    /// A document type declaration, the door to entity tricks.
    #[error("the file holds a document type declaration (<!DOCTYPE ...>), which is refused for security")]
    DocumentType,
    /// A reference to an entity that only a document type declaration could define.
    #[error("the file refers to the entity {name}, which XML does not define without a document type declaration")]
    Entity {
        /// Name of the entity.
        name: Quoted,
    },
    /// More structure than any invoice has.
    #[error("the file has more than {limit} {what}, which no invoice has")]
    TooComplex {
        /// What there is too much of.
        what: &'static str,
        /// How much is read.
        limit: usize,
    },
    /// Not well-formed XML.
    #[error("the file is not well-formed XML: {}", detail.as_str())]
    NotWellFormed {
        /// What the parser said, with line and column where it knows them.
        detail: Quoted,
    },
    /// Well-formed, but another kind of document.
    #[error(
        "the document is {what} (root element {root}, namespace {namespace}), not a UBL 2.1 Invoice or a CrossIndustryInvoice"
    )]
    NotAnInvoice {
        /// The document's kind, if known.
        what: &'static str,
        /// Name of the root element.
        root: Quoted,
        /// Its namespace.
        namespace: Quoted,
        /// What to do with a document of this kind.
        remedy: &'static str,
    },

    /// Well-formed, but no credit note.
    #[error("the document (root element {root}, namespace {namespace}) is not a credit note in UBL 2.1 or CII")]
    NotACreditNote {
        /// Name of the root element.
        root: Quoted,
        /// Its namespace.
        namespace: Quoted,
    },

    /// An element or attribute that must be there is not.
    #[error("{path} is missing")]
    Missing {
        /// Where it belongs.
        path: ElementPath,
    },
    /// An element or attribute is there but says nothing.
    #[error("{path} is empty")]
    Empty {
        /// Where it stands.
        path: ElementPath,
    },
    /// An element is there more often than the standard allows.
    #[error("{path} is there {count} times; the standard allows it once")]
    Repeated {
        /// Where it stands.
        path: ElementPath,
        /// How often.
        count: usize,
    },
    /// An element where text belongs.
    #[error("{path} should hold a value but holds the element {child}")]
    UnexpectedChild {
        /// Where it stands.
        path: ElementPath,
        /// Name of the element inside.
        child: Quoted,
    },
    /// A value of absurd length.
    #[error("{path} is longer than {limit} bytes: {value}")]
    TooLong {
        /// Where it stands.
        path: ElementPath,
        /// How the value begins.
        value: Quoted,
        /// Longest value read.
        limit: usize,
    },
    /// A value with a character that cannot be seen, so that two that look alike would differ.
    #[error("{path} holds the invisible character U+{code_point:04X}: {value}")]
    InvisibleCharacter {
        /// Where it stands.
        path: ElementPath,
        /// The value.
        value: Quoted,
        /// The character's code point.
        code_point: u32,
    },

    /// A date that is none.
    #[error("{path} is {value}, which is not a date that can be used: {problem}")]
    Date {
        /// Where it stands.
        path: ElementPath,
        /// The value.
        value: Quoted,
        /// What is wrong with it.
        problem: DateProblem,
    },
    /// A CII date in another format than 102.
    #[error("{path} is {value}; only 102 (YYYYMMDD) is read")]
    DateFormat {
        /// The attribute.
        path: ElementPath,
        /// The format code found.
        value: Quoted,
    },
    /// Several different due dates.
    #[error("{path} is {second}, but another due date is {first}: the invoice falls due in parts")]
    SeveralDueDates {
        /// The second due date's place.
        path: ElementPath,
        /// The first date.
        first: Quoted,
        /// The second date.
        second: Quoted,
    },
    /// A type code that makes no claim which can be financed.
    #[error("{path} is {value}: {refusal}")]
    TypeCode {
        /// Where it stands.
        path: ElementPath,
        /// The value.
        value: Quoted,
        /// Why it is refused.
        refusal: TypeRefusal,
    },
    /// A currency code that cannot be used.
    #[error("{path} is {value}, {problem}")]
    Currency {
        /// Where it stands.
        path: ElementPath,
        /// The value.
        value: Quoted,
        /// What is wrong with it.
        problem: CurrencyProblem,
    },
    /// The amount's currency is not the document's.
    #[error("{path} is {value}, but the document's currency is {document}")]
    CurrencyMismatch {
        /// The attribute.
        path: ElementPath,
        /// The value.
        value: Quoted,
        /// The document's currency.
        document: &'static str,
    },
    /// An amount that is not a decimal number.
    #[error("{path} is {value}, which is not a decimal number")]
    NotADecimal {
        /// Where it stands.
        path: ElementPath,
        /// The value.
        value: Quoted,
    },
    /// An amount of zero or less.
    #[error("{path} is {value}: nothing is payable, so there is nothing to finance")]
    NotPositive {
        /// Where it stands.
        path: ElementPath,
        /// The value.
        value: Quoted,
    },
    /// A credit of zero or less.
    #[error("{path} is {value}: nothing is credited")]
    NothingCredited {
        /// Where it stands.
        path: ElementPath,
        /// The value.
        value: Quoted,
    },
    /// A credit note for several invoices.
    #[error("{path} is {second}, but another reference is to {first}: the credit note is for several invoices")]
    SeveralInvoices {
        /// The second reference's place.
        path: ElementPath,
        /// The first invoice's number.
        first: Quoted,
        /// The second invoice's number.
        second: Quoted,
    },
    /// More decimals than the currency has.
    #[error("{path} is {value}, but {currency} has {exponent} decimals")]
    ExcessDecimals {
        /// Where it stands.
        path: ElementPath,
        /// The value.
        value: Quoted,
        /// The currency.
        currency: &'static str,
        /// Its decimals.
        exponent: u8,
    },
    /// An amount of 2^64 minor units or more.
    #[error("{path} is {value}, more than can be represented (2^64 - 1 minor units)")]
    AmountTooLarge {
        /// Where it stands.
        path: ElementPath,
        /// The value.
        value: Quoted,
    },
    /// A party without any official identifier.
    #[error("{path} has no official identifier")]
    NoPartyId {
        /// The party.
        path: ElementPath,
        /// Which elements would do, best first.
        remedy: &'static str,
    },
    /// Two different identifiers of the same kind.
    #[error(
        "{path} gives {second}, but another element of the same kind gives {first}: it is not clear who the party is"
    )]
    SeveralPartyIds {
        /// The second identifier's place.
        path: ElementPath,
        /// The first identifier.
        first: Quoted,
        /// The second identifier.
        second: Quoted,
    },
    /// A national number (tax number, register entry, VAT number without prefix) of a party whose country is not given.
    #[error("{path} is {value}, which is unique only within a country, but the party's country is not given")]
    NoPartyCountry {
        /// Where the number stands.
        path: ElementPath,
        /// The number.
        value: Quoted,
        /// Which element to add.
        remedy: &'static str,
    },
    /// A party's country that is none.
    #[error("{path} is {value}, which is no country code of ISO 3166")]
    UnknownCountry {
        /// Where it stands.
        path: ElementPath,
        /// The value.
        value: Quoted,
    },
    /// An identifier that is empty, too long or not certainly one party's after normalising.
    #[error("{path} is {value}, which cannot be used to identify a party: {problem}")]
    PartyId {
        /// Where it stands.
        path: ElementPath,
        /// The value.
        value: Quoted,
        /// What is wrong with it.
        problem: tradeseal_primitives::party::IdentifierError,
    },
}
