//! Trade documents as they are, into the typed attributes that statements prove things about.
//!
//! In scope: UBL 2.1 and UN/CEFACT CII invoices and credit notes (`docs/invoices.md`); verifiable credentials, EPCIS events and plain JSON for
//! credentials (`docs/credentials.md`); from bytes, hostile ones included. Out of scope:
//! hashing and normalising (crate `primitives`), proving. An attacker who owns this part decides what a bank believes
//! that an invoice says.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod credential;
mod date;
mod error;
mod invoice;
mod quoted;
mod samples;
mod xml;

pub use date::DateProblem;
pub use error::InvoiceError;
pub use invoice::{
    CreditNote, Invoice, InvoiceReference, Party, Syntax, TypeCode, TypeRefusal, read_credit_note, read_invoice,
};
pub use quoted::Quoted;
pub use samples::{
    SAMPLE_CII_INVOICE, SAMPLE_CREDENTIALS, SAMPLE_EPCIS_EVENTS, SAMPLE_UBL_CREDIT_NOTE, SAMPLE_UBL_INVOICE,
    SAMPLE_VERIFIABLE_CREDENTIAL,
};
pub use xml::{ElementPath, MAX_BYTES};
