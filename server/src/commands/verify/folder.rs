//! `tradeseal verify --batch`: a folder of presentations, their proofs in one multi-pairing.
//!
//! In scope: reading `*.presentation.json` and `*.request.json`. Out of scope: subfolders, the matching and the checks (crate `verifier`).

use std::fs;
use std::path::{Path, PathBuf};

use tradeseal_verifier::batch::{HandedFile, Questions};
use tradeseal_verifier::presentation::MAX_PRESENTATION_BYTES;
use tradeseal_verifier::request::Request;

use super::read_request;
use crate::{Failure, files};

/// Most files of one kind that a folder may hold.
const MAX_FILES: usize = 100_000;

/// Every presentation in the folder, by name; at least one.
pub(super) fn presentations(folder: &Path) -> Result<Vec<HandedFile>, Failure> {
    let paths = files_in(folder, ".presentation.json")?;
    if paths.is_empty() {
        return Err(Failure::new(
            "nothing_to_verify",
            format!(
                "{} holds no *.presentation.json: there is nothing to verify",
                folder.display()
            ),
            "name a folder that holds presentations",
        ));
    }
    let read = |path: &PathBuf| {
        Ok(HandedFile {
            name: path.display().to_string(),
            bytes: files::read(path, MAX_PRESENTATION_BYTES as u64)?,
        })
    };
    paths.iter().map(read).collect()
}

/// The request named, or every one in the folder.
pub(super) fn questions(folder: &Path, named: Option<&Path>) -> Result<Questions, Failure> {
    let requests: Vec<Request> = match named {
        Some(file) => vec![read_request(file)?],
        None => {
            let paths = files_in(folder, ".request.json")?;
            paths.iter().map(|path| read_request(path)).collect::<Result<_, _>>()?
        }
    };
    Ok(Questions::new(requests))
}

fn files_in(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, Failure> {
    let failed = |cause| Failure::file("read", folder, &cause);
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if entry.file_name().to_string_lossy().ends_with(ending) {
            found.push(entry.path());
        }
        if found.len() > MAX_FILES {
            return Err(Failure::new(
                "folder_too_large",
                format!("{} holds more than {MAX_FILES} files *{ending}", folder.display()),
                "spread them over several folders",
            ));
        }
    }
    found.sort();
    Ok(found)
}
