//! Key errors: codes and remedies.
//!
//! In scope: [`KeyError`], [`ProveError`] and those of imports and exports. Out of scope: what they mean inside (crate `prover`).
//! An attacker who owns this part talks an operator into replacing a good key.

use tradeseal_prover::ProveError;
use tradeseal_prover::files::{ExportError, ZkeyError};
use tradeseal_prover::keys::{ImportError, KeyError};

use super::Failure;

impl From<KeyError> for Failure {
    fn from(refused: KeyError) -> Self {
        let message = refused.to_string();
        match &refused {
            KeyError::Files {
                doing: doing @ "write",
                path,
                cause,
            } => Self::new(
                Self::file(doing, path, cause).code(),
                message,
                "make room there, or set TRADESEAL_KEY_CACHE to a folder that this user can write to",
            ),
            KeyError::Files { doing, path, cause } => Self::file(doing, path, cause),
            KeyError::Damaged { path, .. } => Self::new(
                "key_damaged",
                message,
                format!(
                    "move {} and its neighbours of the same name away, then import the key again, or for a development \
                     key: tradeseal keys dev-setup",
                    path.display()
                ),
            ),
            KeyError::Unknown { .. } => Self::new(
                "key_unknown",
                message,
                "see what there is: tradeseal keys list; development keys: tradeseal keys dev-setup",
            ),
            _ => Self::new(
                "key_setup",
                message,
                "this build's circuit and statement do not belong together: rebuild it, or report this",
            ),
        }
    }
}

impl From<ProveError> for Failure {
    fn from(refused: ProveError) -> Self {
        let message = refused.to_string();
        match refused {
            ProveError::Unsatisfied { .. } => Self::new(
                "statement_false",
                message,
                "what was to be proven does not hold for this item: check the request against it",
            ),
            ProveError::Synthesis { .. } => Self::new(
                "proof_inputs",
                message,
                "the item in the wallet is incomplete or damaged: import it again",
            ),
            _ => Self::new(
                "proving_key",
                message,
                "list the keys with: tradeseal keys list; then import or make this key again",
            ),
        }
    }
}

impl From<ImportError> for Failure {
    fn from(refused: ImportError) -> Self {
        match refused {
            ImportError::Key(cause) => cause.into(),
            other => Self::new("key_refused", other.to_string(), KEY_REFUSED),
        }
    }
}

const KEY_REFUSED: &str = "do not use this key; ask whoever ran the ceremony for the file that `snarkjs zkey verify` accepts with this program's .r1cs (tradeseal keys export-r1cs)";

impl From<ZkeyError> for Failure {
    fn from(refused: ZkeyError) -> Self {
        Self::new("key_refused", refused.to_string(), KEY_REFUSED)
    }
}

impl From<ExportError> for Failure {
    fn from(refused: ExportError) -> Self {
        Self::new(
            "key_export",
            refused.to_string(),
            "choose a key that `tradeseal keys list` shows without \"another version's circuit\"",
        )
    }
}
