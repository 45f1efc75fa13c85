//! Files that the user names, read with a bound.
//!
//! In scope: reading. Out of scope: what they hold. One byte more than the bound is read, so that the readers of the library, which
//! know the bounds, refuse what is too long in their own words.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use tradeseal_verifier::evidence::MAX_EVIDENCE_BYTES;
use tradeseal_verifier::presentation::MAX_PRESENTATION_BYTES;

use crate::Failure;

pub(crate) fn presentation(path: &Path) -> Result<Vec<u8>, Failure> {
    read(path, MAX_PRESENTATION_BYTES)
}

pub(crate) fn evidence(path: &Path) -> Result<Vec<u8>, Failure> {
    read(path, MAX_EVIDENCE_BYTES)
}

pub(crate) fn read(path: &Path, max_bytes: usize) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(max_bytes as u64 + 1).read_to_end(&mut bytes))
        .map_err(|cause| Failure::file(path, &cause))?;
    Ok(bytes)
}
