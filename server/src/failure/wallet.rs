//! Wallet errors: codes and remedies.
//!
//! In scope: [`WalletError`]. Out of scope: sealing (`wallet`).
//! An attacker who owns this part talks a user into giving up a wallet that is whole.

use super::Failure;
use crate::wallet::WalletError;

impl From<WalletError> for Failure {
    fn from(refused: WalletError) -> Self {
        let message = refused.to_string();
        let (code, remedy) = match &refused {
            WalletError::Files { doing, path, cause } => return Self::file(doing, path, cause),
            WalletError::TwoPassphrases => (
                "passphrase_ambiguous",
                "unset TRADESEAL_PASSPHRASE or TRADESEAL_PASSPHRASE_FILE".to_owned(),
            ),
            WalletError::EmptyPassphrase => ("passphrase_empty", "give a passphrase, or unset the variable".to_owned()),
            WalletError::PassphraseNeeded { .. } => (
                "passphrase_needed",
                "set TRADESEAL_PASSPHRASE_FILE to a file with the passphrase, or TRADESEAL_PASSPHRASE to the passphrase".to_owned(),
            ),
            WalletError::WrongPassphrase { .. } => (
                "passphrase_wrong",
                "try again with the passphrase that this wallet was made with; without it the wallet cannot be opened".to_owned(),
            ),
            WalletError::NotByPassphrase { path } => (
                "passphrase_unused",
                format!(
                    "unset TRADESEAL_PASSPHRASE and TRADESEAL_PASSPHRASE_FILE to open it with {}, or choose a new --dir for a \
                     wallet under this passphrase",
                    path.display()
                ),
            ),
            WalletError::KeyFileMissing { path } => {
                ("wallet_key_missing", format!("restore {} from your backup; without it the wallet cannot be opened", path.display()))
            }
            WalletError::KeyFileReadable { path, .. } => {
                ("wallet_key_readable", format!("take others' rights away: chmod 600 {}", path.display()))
            }
            WalletError::KeyFileWrong { path } => {
                ("wallet_key_wrong", format!("restore the {} that belongs to this wallet from your backup", path.display()))
            }
            WalletError::Damaged { path, .. } => {
                ("wallet_damaged", format!("restore {} from your backup", path.display()))
            }
            WalletError::Name { .. } => {
                ("name_refused", "use 1 to 255 bytes, without control characters or spaces at the ends".to_owned())
            }
            WalletError::Taken { .. } => ("name_taken", "choose another name".to_owned()),
            WalletError::Unknown { kind, .. } => ("name_unknown", kind.remedy_when_unknown().to_owned()),
            WalletError::Randomness(_) => {
                ("randomness", "the operating system gave no random bytes: check /dev/urandom, then run it again".to_owned())
            }
        };
        Self::new(code, message, remedy)
    }
}
