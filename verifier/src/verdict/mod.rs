//! The answer: a verdict of three states, with every check, every claim and what is left open.
//!
//! In scope: the report's shape as data, JSON and text. Out of scope: how it is reached (`eligibility`).
//! An attacker who owns this part can print Verified under anything.

mod report;
mod text;

pub use report::{Asked, Basis, CheckResult, Claim, LogPosition, Outcome, Report, Verdict};

#[cfg(test)]
mod tests;
