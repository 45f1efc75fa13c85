//! The answer: a verdict of three states, with every check, every claim and what is left open.
//!
//! In scope: the report's shape as data, JSON and text. Out of scope: how it is reached (`eligibility`, `disclosure`).
//! An attacker who owns this part can print Verified under anything.

mod anchor_checks;
mod checklist;
mod conclusion;
mod cosignature_checks;
mod finding;
mod freshness;
mod key_checks;
mod report;
mod text;

pub(crate) use text::write_cosigned;
pub use text::{write_checks, write_limits};

pub(crate) use anchor_checks::{checkpoint_signature, log_inclusion, state_record};
pub(crate) use checklist::{CheckTable, Checklist};
pub(crate) use conclusion::Conclusion;
pub(crate) use cosignature_checks::{CLOCK_TOLERANCE_SECONDS, NOBODY_INDEPENDENT, cosignatures};
pub(crate) use finding::Finding;
pub(crate) use freshness::{TreeWords, not_asked, right_ledger, root_fresh};
pub(crate) use key_checks::{key_known, key_provenance};
pub use report::{Asked, Basis, CheckResult, Claim, Cosigned, LogPosition, Outcome, Report, Verdict};

#[cfg(test)]
mod tests;
