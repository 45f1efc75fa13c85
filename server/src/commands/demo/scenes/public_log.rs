//! Anybody makes the whole log again from its public files, and a byte that somebody alters there is found.
//!
//! In scope: export, audit, an altered copy. Out of scope: serving the files; any web server does.

use std::fs;

use tradeseal_ledger::audit::Directory;
use tradeseal_prover::Progress;
use tradeseal_verifier::log::MAX_NOTE_BYTES;
use tradeseal_verifier::trust::Trust;
use tradeseal_verifier::verdict::Verdict;

use super::super::stage::{Stage, unexpected};
use crate::operations::audit::{AuditReport, Published, audit};
use crate::{Failure, files};

/// Where the log is exported to, in the demo's folder.
const FOLDER: &str = "public";
const FIRST_ENTRIES: &str = "tile/entries";

pub(super) fn play(stage: &mut Stage<'_>, trust: &Trust, progress: &mut dyn Progress) -> Result<(), Failure> {
    let folder = stage.context.dir().join(FOLDER);
    stage.local.ledger().view()?.export(&folder)?;
    let title = "An auditor makes the whole log again from its public files";
    let report = judged(stage, trust, progress)?;
    expect(stage, title, Verdict::Verified, &report)?;

    let bundles = folder.join(FIRST_ENTRIES);
    let title = "Somebody alters one byte of a public file";
    let file = first_file(&bundles).ok_or_else(|| unexpected(title, "there is no bundle of entries"))?;
    let whole = files::read(&file, u64::MAX >> 1)?;
    let mut altered = whole.clone();
    altered[whole.len() / 2] ^= 1;
    files::write(&file, &altered)?;
    let report = judged(stage, trust, progress)?;
    files::write(&file, &whole)?;
    expect(stage, title, Verdict::NotVerified, &report)
}

fn judged(stage: &Stage<'_>, trust: &Trust, progress: &mut dyn Progress) -> Result<AuditReport, Failure> {
    let folder = stage.context.dir().join(FOLDER);
    let published = Published {
        checkpoint: files::read(&folder.join("checkpoint"), MAX_NOTE_BYTES as u64)?,
        files: Box::new(Directory::new(folder)),
    };
    audit(&published, trust, progress)
}

fn expect(stage: &mut Stage<'_>, title: &str, verdict: Verdict, report: &AuditReport) -> Result<(), Failure> {
    if report.verdict != verdict {
        return Err(unexpected(title, &report.sentence));
    }
    let what = report.faults.first().map(|fault| fault.what.clone());
    stage.scene(title, verdict.label(), what.unwrap_or_else(|| report.sentence.clone()));
    Ok(())
}

/// The file with the first name, in the folder or below it.
fn first_file(folder: &std::path::Path) -> Option<std::path::PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(folder)
        .ok()?
        .filter_map(|item| Some(item.ok()?.path()))
        .collect();
    paths.sort_unstable();
    paths
        .into_iter()
        .find_map(|path| if path.is_dir() { first_file(&path) } else { Some(path) })
}
