//! Why the wallet could not be opened, read or written.
//!
//! In scope: causes, with paths and names. Out of scope: remedies (`failure`), and anything secret: none is ever in an error.
//! An attacker who owns this part misleads a user about damage.

use std::io;
use std::path::{Path, PathBuf};

use super::{ItemKind, ItemName};
use crate::randomness::RandomnessError;

/// Why the wallet could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WalletError {
    /// The file system refused.
    #[error("cannot {doing} {}: {cause}", .path.display())]
    Files {
        /// What was being done, such as `read`.
        doing: &'static str,
        /// Where.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// Both environment variables are set.
    #[error("both TRADESEAL_PASSPHRASE and TRADESEAL_PASSPHRASE_FILE are set")]
    TwoPassphrases,
    /// A passphrase of no characters.
    #[error("the wallet's passphrase is empty")]
    EmptyPassphrase,
    /// The wallet is under a passphrase, and none was given.
    #[error("the wallet in {} is sealed under a passphrase, and none was given", .wallet.display())]
    PassphraseNeeded {
        /// The wallet's folder.
        wallet: PathBuf,
    },
    /// The passphrase does not open the wallet.
    #[error("the passphrase does not open the wallet in {}", .wallet.display())]
    WrongPassphrase {
        /// The wallet's folder.
        wallet: PathBuf,
    },
    /// A passphrase was given, but the wallet is under a key file: its user should not think it better protected than it is.
    #[error("a passphrase was given, but this wallet is sealed under {} and not under a passphrase", .path.display())]
    NotByPassphrase {
        /// The key file.
        path: PathBuf,
    },
    /// The key file is gone.
    #[error("the wallet's key file {} is missing", .path.display())]
    KeyFileMissing {
        /// Where it should be.
        path: PathBuf,
    },
    /// Others may read the key file.
    #[error("others than its owner can read the wallet's key file {} (mode {mode:o})", .path.display())]
    KeyFileReadable {
        /// The key file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The key file is of another wallet, or damaged.
    #[error("the key file {} does not open this wallet", .path.display())]
    KeyFileWrong {
        /// The key file.
        path: PathBuf,
    },
    /// A file is not what was written.
    #[error("the wallet file {} is damaged: {why}", .path.display())]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// A name that cannot be used.
    #[error("not a usable name: {why}")]
    Name {
        /// Why.
        why: &'static str,
    },
    /// There is such an item already.
    #[error("there is already a {kind} named {name}")]
    Taken {
        /// Of which kind.
        kind: ItemKind,
        /// Its name.
        name: ItemName,
    },
    /// There is no such item.
    #[error("this wallet has no {kind} named {name}")]
    Unknown {
        /// Of which kind.
        kind: ItemKind,
        /// The name asked for.
        name: ItemName,
    },
    /// No fresh secrets can be made.
    #[error(transparent)]
    Randomness(#[from] RandomnessError),
}

impl WalletError {
    /// A refusal by the file system while doing something to `path`.
    pub(super) fn files(doing: &'static str, path: &Path) -> impl Fn(io::Error) -> Self {
        let path = path.to_owned();
        move |cause| Self::Files {
            doing,
            path: path.clone(),
            cause,
        }
    }

    /// A damaged file.
    pub(super) fn damaged(path: &Path, why: impl Into<String>) -> Self {
        Self::Damaged {
            path: path.to_owned(),
            why: why.into(),
        }
    }
}
