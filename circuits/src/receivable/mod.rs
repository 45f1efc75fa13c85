//! Statements about receivables: an invoice becomes a note, a note meets a bank's policy.

pub mod eligibility;
pub mod mint;
