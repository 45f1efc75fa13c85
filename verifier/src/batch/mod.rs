//! A folder's worth of presentations, each against the request that it names, in one multi-pairing.
//!
//! In scope: finding each one's request, one report for each, one verdict for all. Out of scope: reading files, the checks
//! (`eligibility`), the pairing (`groth16`).
//! An attacker who owns this part pairs a presentation with a request that it does not answer, which the checks then say.

mod questions;
mod results;

pub use questions::Questions;
pub use results::{BatchResults, FileResult, Unanswered};

use alloc::string::String;
use alloc::vec::Vec;

use tradeseal_primitives::receivable::UnixSeconds;

use crate::eligibility::{Handed, verify_eligibility_batch};
use crate::ledger_view::LedgerView;
use crate::trust::Trust;

/// One file as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedFile {
    /// What to call it.
    pub name: String,
    /// All of it.
    pub bytes: Vec<u8>,
}

/// Verifies every file against the request among `questions` that it names; the results stand in the files' order.
///
/// Each report says what verifying its file alone says. Time grows with the number of files; callers bound it.
pub fn verify_all(
    files: &[HandedFile],
    questions: &Questions,
    trust: &Trust,
    now: UnixSeconds,
    ledger: &dyn LedgerView,
) -> BatchResults {
    let asked: Vec<_> = files.iter().map(|file| questions.asked(&file.bytes)).collect();
    let handed: Vec<Handed<'_>> = files
        .iter()
        .zip(&asked)
        .filter_map(|(file, request)| {
            let request = request.as_ref().ok()?;
            Some(Handed {
                presentation: &file.bytes,
                request,
            })
        })
        .collect();
    let (reports, together) = verify_eligibility_batch(&handed, trust, now, ledger);
    let mut reports = reports.into_iter();
    let results = files.iter().zip(asked).map(|(file, request)| FileResult {
        file: file.name.clone(),
        outcome: request.and_then(|_| reports.next().ok_or(Unanswered::NoRequest)),
    });
    BatchResults::new(results.collect(), together)
}

#[cfg(test)]
mod tests;
