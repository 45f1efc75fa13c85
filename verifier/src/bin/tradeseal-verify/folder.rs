//! A folder of presentations, each against the request it answers, their proofs together; evidence beside them.
//!
//! In scope: finding the files, printing one result for each and the worst verdict for all. Out of scope: subfolders, the matching and the
//! checks (the library).

use std::fs;
use std::path::{Path, PathBuf};

use tradeseal_verifier::batch::{FileKind, HandedFile, Questions};
use tradeseal_verifier::request::Request;
use tradeseal_verifier::verdict::Verdict;

use crate::arguments::Arguments;
use crate::verification::{self, Verifier};
use crate::{Failure, files, print, print_bytes};

/// Most files of one kind that a folder may hold.
const MAX_FILES: usize = 100_000;

pub(crate) fn verify(verifier: &Verifier, arguments: &Arguments) -> Result<Verdict, Failure> {
    let folder = &arguments.presentation;
    let requests = match &arguments.request {
        Some(file) => vec![verification::read_request(file)?],
        None => requests_in(folder)?,
    };
    let mut handed = Vec::new();
    for kind in FileKind::ALL {
        for path in files_in(folder, kind.ending())? {
            handed.push(read(&path, kind)?);
        }
    }
    if handed.is_empty() {
        return Err(nothing_to_verify(folder));
    }
    let results = verifier.verify_all(&handed, &Questions::new(requests));
    if arguments.json {
        print_bytes(&results.to_json())?;
    } else {
        print(&results.to_string())?;
    }
    Ok(results.verdict)
}

fn read(path: &Path, kind: FileKind) -> Result<HandedFile, Failure> {
    Ok(HandedFile {
        name: path.display().to_string(),
        kind,
        bytes: match kind {
            FileKind::Presentation => files::presentation(path)?,
            FileKind::Evidence => files::evidence(path)?,
        },
    })
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

fn nothing_to_verify(folder: &Path) -> Failure {
    let message = format!(
        "{} holds no *.presentation.json and no *.evidence.json: there is nothing to verify",
        folder.display()
    );
    Failure::new(
        "nothing_to_verify",
        message,
        "name a folder that holds presentations or evidence",
    )
}
