//! `tradeseal verify --batch`: a folder of presentations, their proofs in one multi-pairing, and evidence beside them.
//!
//! In scope: reading `*.presentation.json`, `*.evidence.json` and `*.request.json`. Out of scope: subfolders, the matching and the checks (crate `verifier`).

use std::fs;
use std::path::{Path, PathBuf};

use tradeseal_verifier::batch::{FileKind, HandedFile, Questions};
use tradeseal_verifier::evidence::MAX_EVIDENCE_BYTES;
use tradeseal_verifier::presentation::MAX_PRESENTATION_BYTES;
use tradeseal_verifier::request::Request;

use super::read_request;
use crate::{Failure, files};

/// Most files of one kind that a folder may hold.
const MAX_FILES: usize = 100_000;

/// Every presentation in the folder, then all evidence, by name; at least one file.
pub(super) fn handed(folder: &Path) -> Result<Vec<HandedFile>, Failure> {
    let mut handed = Vec::new();
    for kind in FileKind::ALL {
        let max_bytes = match kind {
            FileKind::Presentation => MAX_PRESENTATION_BYTES,
            FileKind::Evidence => MAX_EVIDENCE_BYTES,
        };
        for path in files_in(folder, kind.ending())? {
            handed.push(HandedFile {
                name: path.display().to_string(),
                kind,
                bytes: files::read(&path, max_bytes as u64)?,
            });
        }
    }
    if handed.is_empty() {
        return Err(Failure::new(
            "nothing_to_verify",
            format!(
                "{} holds no *.presentation.json and no *.evidence.json: there is nothing to verify",
                folder.display()
            ),
            "name a folder that holds presentations or evidence",
        ));
    }
    Ok(handed)
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
