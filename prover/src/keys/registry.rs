//! The registry: keys of this installation in `<dir>/keys`, and one cache of development keys for everything this user runs.
//!
//! In scope: finding, loading, making development keys on first use. Out of scope: files (`folder`), ceremonies' imports.
//! An attacker who owns this part chooses which key is proven with; a verifier refuses keys it does not know.

use std::env;
use std::path::{Path, PathBuf};

use ark_relations::gr1cs::ConstraintSynthesizer;
use tradeseal_circuits::pins;
use tradeseal_primitives::Fr;
use tradeseal_verifier::groth16::{KeyId, VerifyingKey};
use tradeseal_verifier::statement::StatementId;

use super::folder::KeyFolder;
use super::{BucketSets, CircuitPin, KeyError, KeyRecord, LoadedKey, insecure_dev};
use crate::progress::{Progress, State};

/// Keys on disk. A development key is the same for everybody and costs seconds, so it is kept in a shared cache.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRegistry {
    pub(super) own: KeyFolder,
    development: KeyFolder,
}

/// Where development keys are shared: `$TRADESEAL_KEY_CACHE`, else `$XDG_CACHE_HOME/tradeseal/keys`, else
/// `~/.cache/tradeseal/keys`; `None` where none of these variables is set.
pub fn development_key_cache() -> Option<PathBuf> {
    let set = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let below = |base: PathBuf| base.join("tradeseal").join("keys");
    set("TRADESEAL_KEY_CACHE")
        .or_else(|| set("XDG_CACHE_HOME").map(below))
        .or_else(|| set("HOME").map(|home| below(home.join(".cache"))))
}

impl KeyRegistry {
    /// The registry of the installation in `state_dir`. Without a cache, development keys are kept in
    /// `<state_dir>/development-keys`; never beside keys that cannot be made again.
    pub fn new(state_dir: &Path, development_cache: Option<PathBuf>) -> Self {
        let development = development_cache.unwrap_or_else(|| state_dir.join("development-keys"));
        Self {
            own: KeyFolder::new(state_dir.join("keys")),
            development: KeyFolder::new(development),
        }
    }

    /// The same registry, whose keys' provers use so many bucket sets: fewer are faster and need larger tables.
    #[must_use]
    pub fn with_bucket_sets(self, sets: BucketSets) -> Self {
        Self {
            own: self.own.with_bucket_sets(sets),
            development: self.development.with_bucket_sets(sets),
        }
    }

    /// The folders searched, in order.
    pub fn folders(&self) -> [PathBuf; 2] {
        self.each_folder().map(|folder| folder.path().to_owned())
    }

    /// All keys of these statements: own keys first, each folder by key id.
    ///
    /// # Errors
    /// [`KeyError`] for a folder that cannot be read or a damaged record.
    pub fn list(&self, statements: &[StatementId]) -> Result<Vec<KeyRecord>, KeyError> {
        let mut records: Vec<KeyRecord> = Vec::new();
        for folder in self.each_folder() {
            for &statement in statements {
                for record in folder.records(statement)? {
                    if !records.iter().any(|known| known.key_id == record.key_id) {
                        records.push(record);
                    }
                }
            }
        }
        Ok(records)
    }

    /// Loads a key for proving.
    ///
    /// # Errors
    /// `Unknown` if no folder has it, `Damaged` if a file is not what was written.
    pub fn load(&self, statement: StatementId, key_id: KeyId) -> Result<LoadedKey, KeyError> {
        let (folder, record) = self.find(statement, key_id)?;
        folder.load(record)
    }

    /// Loads a key for verifying, with its record.
    ///
    /// # Errors
    /// As [`KeyRegistry::load`].
    pub fn verifying_key(&self, statement: StatementId, key_id: KeyId) -> Result<(KeyRecord, VerifyingKey), KeyError> {
        let (folder, record) = self.find(statement, key_id)?;
        let key = folder.verifying_key(&record)?;
        Ok((record, key))
    }

    /// The development key of a circuit: from the cache, else made now and kept. A damaged one is made again, saying so.
    /// Several processes may do this at once: they write the same bytes.
    ///
    /// Insecure: anyone can forge proofs under it. See [`super::insecure_dev_setup`].
    ///
    /// # Errors
    /// [`KeyError`] if the circuit is unfit or the files cannot be written.
    pub fn insecure_dev_key<C>(
        &self,
        pin: &CircuitPin,
        circuit: C,
        progress: &mut dyn Progress,
    ) -> Result<LoadedKey, KeyError>
    where
        C: ConstraintSynthesizer<Fr> + Clone,
    {
        if let Some(key) = self.kept_development_key(pin, progress)? {
            return Ok(key);
        }
        let (key, files) = insecure_dev::make_files(pin, circuit, progress)?;
        progress.enter(State::named("writing the development key", pin.statement.to_string()));
        self.development.store(key.record(), &files)?;
        Ok(self.development.holding(key))
    }

    /// The cached key if it is whole. What is damaged is told and removed, for it can be made again.
    fn kept_development_key(
        &self,
        pin: &CircuitPin,
        progress: &mut dyn Progress,
    ) -> Result<Option<LoadedKey>, KeyError> {
        loop {
            let damaged = match self.find_development_key(pin) {
                Err(damaged @ KeyError::Damaged { .. }) => damaged,
                whole => return whole,
            };
            progress.notice(&format!("{damaged}; making it again"));
            if let KeyError::Damaged { path, .. } = &damaged {
                self.development.discard(path)?;
            }
        }
    }

    fn find_development_key(&self, pin: &CircuitPin) -> Result<Option<LoadedKey>, KeyError> {
        let records = self.development.records(pin.statement)?;
        let Some(record) = records.into_iter().find(|record| record.is_development_key_for(pin)) else {
            return Ok(None);
        };
        let pinned = pins::pin(pin.statement).filter(|pinned| pinned.digest == pin.digest);
        let expected = pinned.and_then(|pinned| pinned.development_proving_key);
        if expected.is_some_and(|expected| record.proving_key.sha256 != hex::encode(expected)) {
            // Whoever can write to the cache can put another key there, with a record that fits it.
            return Err(self.development.not_pinned(&record));
        }
        self.development.load(record).map(Some)
    }

    fn each_folder(&self) -> [&KeyFolder; 2] {
        [&self.own, &self.development]
    }

    fn find(&self, statement: StatementId, key_id: KeyId) -> Result<(&KeyFolder, KeyRecord), KeyError> {
        for folder in self.each_folder() {
            if let Some(record) = folder.record(statement, key_id)? {
                return Ok((folder, record));
            }
        }
        Err(KeyError::Unknown {
            key_id,
            searched: self.folders().to_vec(),
        })
    }
}
