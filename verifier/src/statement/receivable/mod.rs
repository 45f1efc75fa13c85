//! Statements about receivables (`docs/protocol.md` section 3).

pub mod disclosure;
pub mod eligibility;
pub mod mint;
pub mod transfer;
