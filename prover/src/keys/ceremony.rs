//! Keys of ceremonies: kept only after a proof was made and verified with them.
//!
//! In scope: from a checked `.zkey` to a kept key, and its transcript. Out of scope: checking the file (`files`).
//! An attacker who owns this part keeps keys that prove nothing.

use ark_std::rand::{CryptoRng, RngCore};
use tradeseal_circuits::Statement;
use tradeseal_verifier::groth16::Provenance;

use super::{CircuitPin, KeyError, KeyRecord, KeyRegistry, LoadedKey};
use crate::files::CheckedZkey;
use crate::progress::{Progress, State};
use crate::prove::{ProveError, prove};

/// Why a ceremony's key was not kept.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// It cannot be kept.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// No proof can be made with it that verifies.
    #[error("no proof that verifies can be made with this key: {0}")]
    Proof(#[from] ProveError),
}

impl KeyRegistry {
    /// Keeps a ceremony's key among this installation's own, after a proof of `sample` was made and verified with it.
    ///
    /// # Errors
    /// [`ImportError`]; nothing is kept then.
    pub fn import_ceremony<S: Statement>(
        &self,
        checked: CheckedZkey,
        (public, private): (&S::Public, &S::Private),
        rng: &mut (impl RngCore + CryptoRng),
        progress: &mut dyn Progress,
    ) -> Result<LoadedKey, ImportError> {
        let transcript = checked.transcript_digest();
        let CheckedZkey {
            pin,
            constraints,
            proving_key,
            transcript: contributions,
            ..
        } = checked;
        let (key, mut files) = LoadedKey::new(&pin, Provenance::Ceremony { transcript }, constraints, proving_key)?;
        prove::<S>(&key, public, private, rng, progress)?;
        files.transcript = Some(contributions);
        progress.enter(State::named("writing the key", pin.statement.to_string()));
        self.own.store(key.record(), &files)?;
        Ok(self.own.holding(key))
    }

    /// The ceremony of a key, section 10 of the `.zkey` that it came from; `None` for a development key.
    ///
    /// # Errors
    /// `Damaged` if it is not the one that the key's provenance names.
    pub fn transcript(&self, record: &KeyRecord) -> Result<Option<Vec<u8>>, KeyError> {
        match record.provenance {
            Provenance::InsecureDev => Ok(None),
            Provenance::Ceremony { transcript } => self.own.transcript(record, transcript).map(Some),
        }
    }

    /// The records of this installation's ceremony keys for a circuit, by key id.
    ///
    /// # Errors
    /// [`KeyError`] for a folder that cannot be read or a damaged record.
    pub fn ceremony_keys(&self, pin: &CircuitPin) -> Result<Vec<KeyRecord>, KeyError> {
        let mut records = self.own.records(pin.statement)?;
        records.retain(|record| record.pin() == *pin && matches!(record.provenance, Provenance::Ceremony { .. }));
        Ok(records)
    }
}
