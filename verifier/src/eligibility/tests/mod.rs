//! From a presentation's bytes to a verdict: each promise and each refusal, with its reason.

mod anchors;
mod ledger;
mod proofs;
mod report;
mod requests;
pub(crate) mod scenario;
mod tampering;
