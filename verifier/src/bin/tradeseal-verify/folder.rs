//! A folder of presentations, each against the request it answers.
//!
//! In scope: finding the files, one verdict for each, the worst one for all. Out of scope: subfolders.
//! A presentation that answers none of the requests at hand is an error, not a verdict: there is nothing to judge it by.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;
use tradeseal_verifier::presentation::Presentation;
use tradeseal_verifier::request::Request;
use tradeseal_verifier::verdict::{Report, Verdict};

use crate::arguments::Arguments;
use crate::verification::{self, Verifier};
use crate::{Failure, files, print, print_bytes};

/// Most files of one kind that a folder may hold.
const MAX_FILES: usize = 100_000;

#[derive(Serialize)]
struct Verified {
    file: String,
    report: Report,
}

#[derive(Serialize)]
struct Results {
    /// The worst verdict.
    verdict: Verdict,
    results: Vec<Verified>,
}

pub(crate) fn verify(verifier: &Verifier, arguments: &Arguments) -> Result<Verdict, Failure> {
    let folder = &arguments.presentation;
    let requests = match &arguments.request {
        Some(file) => vec![verification::read_request(file)?],
        None => requests_in(folder)?,
    };
    let results: Vec<Verified> = files_in(folder, ".presentation.json")?
        .iter()
        .map(|file| verify_file(verifier, file, &requests))
        .collect::<Result<_, _>>()?;
    let worst = results.iter().map(|result| result.report.verdict).max_by_key(badness);
    let verdict = worst.ok_or_else(|| nothing_to_verify(folder))?;
    if arguments.json {
        let results = Results { verdict, results };
        let text = serde_json::to_vec_pretty(&results).map_err(|cause| Failure::output(&cause))?;
        print_bytes(&text)?;
    } else {
        let lines: Vec<String> = results.iter().map(line).collect();
        print(&lines.join("\n"))?;
    }
    Ok(verdict)
}

fn verify_file(verifier: &Verifier, file: &Path, requests: &[Request]) -> Result<Verified, Failure> {
    let bytes = files::presentation(file)?;
    let request = answered(&bytes, requests).ok_or_else(|| no_request(file))?;
    Ok(Verified {
        file: file.display().to_string(),
        report: verifier.verify(&bytes, request),
    })
}

/// The request that a presentation names; the only one there is, if it names none of several.
fn answered<'r>(presentation: &[u8], requests: &'r [Request]) -> Option<&'r Request> {
    let named = Presentation::parse(presentation).ok().and_then(|presentation| {
        requests
            .iter()
            .find(|request| request.digest() == presentation.request_digest)
    });
    match requests {
        [only] => Some(only),
        _ => named,
    }
}

fn requests_in(folder: &Path) -> Result<Vec<Request>, Failure> {
    let files = files_in(folder, ".request.json")?;
    files.iter().map(|file| verification::read_request(file)).collect()
}

fn files_in(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, Failure> {
    let failed = |cause| Failure::file(folder, &cause);
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if entry.file_name().to_string_lossy().ends_with(ending) {
            files.push(entry.path());
        }
        if files.len() > MAX_FILES {
            return Err(Failure::file(
                folder,
                &format!("it holds more than {MAX_FILES} files *{ending}"),
            ));
        }
    }
    files.sort();
    Ok(files)
}

fn line(result: &Verified) -> String {
    format!("{}: {}", result.file, result.report.sentence)
}

fn badness(verdict: &Verdict) -> u8 {
    match verdict {
        Verdict::Verified => 0,
        Verdict::Inconclusive => 1,
        Verdict::NotVerified => 2,
    }
}

fn nothing_to_verify(folder: &Path) -> Failure {
    let message = format!(
        "{} holds no *.presentation.json: there is nothing to verify",
        folder.display()
    );
    Failure::new("nothing_to_verify", message, "name a folder that holds presentations")
}

fn no_request(file: &Path) -> Failure {
    let message = format!("{} answers none of the requests at hand", file.display());
    Failure::new(
        "no_request",
        message,
        "put the request it answers beside it as *.request.json, or name it with --request",
    )
}
