//! Statements about receivables: an invoice becomes a note, notes change hands, a note meets a bank's policy.

pub mod disclosure;
pub mod eligibility;
pub mod mint;
pub mod transfer;
