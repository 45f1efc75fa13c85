//! Files that a user names: read with a bound, written whole.
//!
//! In scope: the two operations with their errors. Out of scope: the installation's own files.
//! An attacker who owns this part reads and writes what its user can.

use std::path::Path;

use tradeseal_prover::durable_file::{self, Readers};

use crate::Failure;

/// Reads a file that the user named.
pub(crate) fn read(path: &Path, max_bytes: u64) -> Result<Vec<u8>, Failure> {
    durable_file::read_bounded(path, max_bytes).map_err(|cause| Failure::file("read", path, &cause))
}

/// Writes a file that the user named, replacing what is there.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    durable_file::replace(path, bytes, Readers::Everyone).map_err(|cause| Failure::file("write", path, &cause))
}

/// Writes a file with secrets, which its owner alone may read.
pub(crate) fn write_for_owner(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    durable_file::replace(path, bytes, Readers::Owner).map_err(|cause| Failure::file("write", path, &cause))
}
