//! What every command works with: the state folder, the console, the wallet, the keys.
//!
//! In scope: opening them where the options say. Out of scope: using them.
//! An attacker who owns this part chooses which wallet and which keys are used.

use std::path::{Path, PathBuf};

use tradeseal_ledger::LedgerError;
use tradeseal_prover::keys::{BucketSets, KeyRegistry, development_key_cache};

use crate::cli::GlobalOptions;
use crate::operations::{LocalLedger, local_ledger};
use crate::wallet::{Secret, Wallet};
use crate::{Console, ConsoleProgress, Failure};

/// What every command works with.
#[derive(Debug)]
pub struct Context {
    dir: PathBuf,
    key_cache: Option<PathBuf>,
    bucket_sets: BucketSets,
    console: Console,
}

impl Context {
    /// For these options and the user's cache of development keys. Touches no file.
    pub fn new(options: &GlobalOptions) -> Self {
        Self {
            bucket_sets: BucketSets::new(options.bucket_sets),
            ..Self::in_folders(options.dir.clone(), development_key_cache(), options.json)
        }
    }

    /// For this state folder and this cache of development keys. Touches no file.
    pub fn in_folders(dir: PathBuf, key_cache: Option<PathBuf>, json: bool) -> Self {
        Self {
            dir,
            key_cache,
            bucket_sets: BucketSets::default(),
            console: Console::new(json),
        }
    }

    /// The state folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Where to print.
    pub fn console(&self) -> &Console {
        &self.console
    }

    /// The keys of this installation and the shared development keys.
    pub fn key_registry(&self) -> KeyRegistry {
        KeyRegistry::new(&self.dir, self.key_cache.clone()).with_bucket_sets(self.bucket_sets)
    }

    /// The wallet, made on first use. A passphrase comes from the environment; without one, a key file is made and told.
    ///
    /// # Errors
    /// [`Failure`] if the passphrase is wrong or missing, or a file is damaged.
    pub fn wallet(&self) -> Result<Wallet, Failure> {
        let secret = Secret::from_environment()?;
        let (wallet, notice) = Wallet::open_or_create(&self.dir, &secret)?;
        if let Some(notice) = notice {
            self.console.notice(&notice.to_string());
        }
        Ok(wallet)
    }

    /// The wallet if there is one already; looking at something makes no wallet.
    ///
    /// # Errors
    /// As [`Context::wallet`].
    pub fn existing_wallet(&self) -> Result<Option<Wallet>, Failure> {
        if !Wallet::exists(&self.dir) {
            return Ok(None);
        }
        Ok(Some(Wallet::open(&self.dir, &Secret::from_environment()?)?))
    }

    /// The ledger that was begun in the state folder.
    ///
    /// # Errors
    /// As [`Context::wallet_and_ledger`].
    pub fn ledger(&self) -> Result<LocalLedger, Failure> {
        self.wallet_and_ledger().map(|(_, ledger)| ledger)
    }

    /// The ledger that was begun in the state folder, with the wallet that it belongs to. Makes neither.
    ///
    /// # Errors
    /// `ledger_missing` if there is none; [`Failure`] if wallet or store refuse, or another process has it open.
    pub fn wallet_and_ledger(&self) -> Result<(Wallet, LocalLedger), Failure> {
        let wallet = match self.existing_wallet()? {
            Some(wallet) => wallet,
            None if local_ledger::exists(self) => return Err(local_ledger::without_its_wallet()),
            None => return Err(LedgerError::NotCreated.into()),
        };
        let ledger = LocalLedger::open(self, &wallet, &mut ConsoleProgress::new(&self.console))?;
        Ok((wallet, ledger))
    }
}
