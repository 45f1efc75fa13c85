//! `<dir>/wallet.key`: a random key for users who set no passphrase.
//!
//! In scope: making it once, readable by its owner alone, and reading it back. Out of scope: what it opens (`header`).
//! An attacker who reads this file and the wallet's folder has the wallet: it protects copies of the folder, not the account.

use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use tradeseal_prover::durable_file::{self, Readers};
use zeroize::Zeroizing;

use super::WalletError;
use super::seal::SealingKey;
use crate::randomness;

/// 64 hexadecimal digits and a newline.
const FILE_BYTES: u64 = 65;

/// The key in this file, made now if there is none; says whether it was made.
pub(super) fn read_or_make(path: &Path) -> Result<(SealingKey, bool), WalletError> {
    match read(path) {
        Err(WalletError::KeyFileMissing { .. }) => {}
        found => return found.map(|key| (key, false)),
    }
    let key = randomness::bytes::<32>()?;
    let mut text = Zeroizing::new(hex::encode(&key[..]));
    text.push('\n');
    match durable_file::create(path, text.as_bytes(), Readers::Owner) {
        // Another process was first: its key is the wallet's.
        Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => read(path).map(|key| (key, false)),
        made => made.map(|()| (key, true)).map_err(WalletError::files("write", path)),
    }
}

/// The key in this file.
pub(super) fn read(path: &Path) -> Result<SealingKey, WalletError> {
    let metadata = match fs::metadata(path) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => {
            return Err(WalletError::KeyFileMissing { path: path.to_owned() });
        }
        found => found.map_err(WalletError::files("read", path))?,
    };
    let mode = metadata.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        return Err(WalletError::KeyFileReadable {
            path: path.to_owned(),
            mode,
        });
    }
    let text = durable_file::read_bounded(path, FILE_BYTES).map_err(WalletError::files("read", path))?;
    let text = Zeroizing::new(text);
    let mut key = Zeroizing::new([0; 32]);
    hex::decode_to_slice(text.trim_ascii_end(), &mut key[..])
        .map_err(|_| WalletError::KeyFileWrong { path: path.to_owned() })?;
    Ok(key)
}
