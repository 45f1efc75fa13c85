//! What opens a wallet: a passphrase from the environment, or nothing, which means the key file.
//!
//! In scope: reading `TRADESEAL_PASSPHRASE` and `TRADESEAL_PASSPHRASE_FILE`. Out of scope: deriving keys (`header`).
//! An attacker who reads this process's environment or that file has the passphrase.

use std::env;
use std::ffi::OsString;
use std::fmt;
use std::os::unix::ffi::OsStringExt;
use std::path::PathBuf;

use tradeseal_prover::durable_file;
use zeroize::Zeroizing;

use super::WalletError;

/// Longest passphrase file.
const MAX_PASSPHRASE_BYTES: u64 = 4096;

/// What opens a wallet. Never printed; wiped when dropped.
pub enum Secret {
    /// These bytes, stretched with Argon2id.
    Passphrase(Zeroizing<Vec<u8>>),
    /// The random key in `<dir>/wallet.key`.
    KeyFile,
}

impl Secret {
    /// From `$TRADESEAL_PASSPHRASE`, the file named by `$TRADESEAL_PASSPHRASE_FILE`, or neither.
    ///
    /// # Errors
    /// If both are set, the passphrase is empty, or the file cannot be read.
    pub fn from_environment() -> Result<Self, WalletError> {
        Self::from_variables(
            env::var_os("TRADESEAL_PASSPHRASE"),
            env::var_os("TRADESEAL_PASSPHRASE_FILE"),
        )
    }

    pub(super) fn from_variables(passphrase: Option<OsString>, file: Option<OsString>) -> Result<Self, WalletError> {
        match (passphrase, file) {
            (None, None) => Ok(Self::KeyFile),
            (Some(_), Some(_)) => Err(WalletError::TwoPassphrases),
            (Some(passphrase), None) => Self::passphrase(passphrase.into_vec()),
            (None, Some(path)) => {
                let path = PathBuf::from(path);
                let bytes = durable_file::read_bounded(&path, MAX_PASSPHRASE_BYTES)
                    .map_err(WalletError::files("read the passphrase file", &path))?;
                Self::passphrase(bytes)
            }
        }
    }

    /// A passphrase; line ends after it, as editors leave them, do not count.
    ///
    /// # Errors
    /// `EmptyPassphrase`.
    pub fn passphrase(bytes: Vec<u8>) -> Result<Self, WalletError> {
        let mut bytes = Zeroizing::new(bytes);
        while matches!(bytes.last(), Some(b'\n' | b'\r')) {
            bytes.pop();
        }
        if bytes.is_empty() {
            return Err(WalletError::EmptyPassphrase);
        }
        Ok(Self::Passphrase(bytes))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Passphrase(_) => "Secret::Passphrase(hidden)",
            Self::KeyFile => "Secret::KeyFile",
        })
    }
}
