//! A folder's worth of presentations, each against the request that it names, in one multi-pairing; evidence beside them.
//!
//! In scope: finding each one's request, one report for each, one verdict for all. Out of scope: reading files, the checks
//! (`eligibility`, `evidence`), the pairing (`groth16`).
//! An attacker who owns this part pairs a presentation with a request that it does not answer, which the checks then say.

mod questions;
mod results;

pub use questions::Questions;
pub use results::{BatchResults, FileReport, FileResult, Unanswered};

use alloc::string::String;
use alloc::vec::Vec;

use tradeseal_primitives::receivable::UnixSeconds;

use crate::eligibility::{Handed, verify_eligibility_batch};
use crate::evidence::verify_evidence;
use crate::ledger_view::LedgerView;
use crate::request::Request;
use crate::trust::Trust;

/// What a file is said to be, by the ending of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// `*.presentation.json`.
    Presentation,
    /// `*.evidence.json`.
    Evidence,
}

impl FileKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Presentation, Self::Evidence];

    /// How the names of such files end.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Presentation => ".presentation.json",
            Self::Evidence => ".evidence.json",
        }
    }
}

/// One file as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedFile {
    /// What to call it.
    pub name: String,
    /// What to take it for.
    pub kind: FileKind,
    /// All of it.
    pub bytes: Vec<u8>,
}

/// Verifies every presentation against the request among `questions` that it names, and all evidence; the results stand in the files' order.
///
/// Each report says what verifying its file alone says. Time grows with the number of files; callers bound it.
pub fn verify_all(
    files: &[HandedFile],
    questions: &Questions,
    trust: &Trust,
    now: UnixSeconds,
    ledger: &dyn LedgerView,
) -> BatchResults {
    let asked: Vec<_> = files.iter().map(|file| asked(file, questions)).collect();
    let handed: Vec<Handed<'_>> = files
        .iter()
        .zip(&asked)
        .filter_map(|(file, request)| {
            let request = request.as_ref()?.as_ref().ok()?;
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
        outcome: match request {
            None => Ok(FileReport::Evidence(verify_evidence(&file.bytes, trust, now))),
            Some(Ok(_)) => reports
                .next()
                .map(FileReport::Presentation)
                .ok_or(Unanswered::NoRequest),
            Some(Err(unanswered)) => Err(unanswered),
        },
    });
    BatchResults::new(results.collect(), together)
}

/// The request that a presentation is to be judged by; evidence brings its own.
fn asked<'q>(file: &HandedFile, questions: &'q Questions) -> Option<Result<&'q Request, Unanswered>> {
    match file.kind {
        FileKind::Presentation => Some(questions.asked(&file.bytes)),
        FileKind::Evidence => None,
    }
}

#[cfg(test)]
mod tests;
