//! One folder of keys: `<folder>/<statement>/<key id>.{pk,vk,json}`, `.transcript` for a ceremony's, and `.tables` once proven with.
//!
//! In scope: whole-file writes, digests compared before anything is parsed. Out of scope: which folder to use (`registry`).
//! An attacker who can write here can replace a key together with its record; see the warning in `keys`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tradeseal_verifier::groth16::{KeyId, TranscriptDigest, VerifyingKey};
use tradeseal_verifier::statement::StatementId;

use super::loaded::KeyFiles;
use super::record::MAX_RECORD_BYTES;
use super::{BucketSets, FileDigest, KeyError, KeyRecord, LoadedKey};
use crate::durable_file::{self, Readers};

/// Longest proving key read: several times that of the largest statement.
const MAX_PROVING_KEY_BYTES: u64 = 1 << 30;
/// Longest verifying key read.
const MAX_VERIFYING_KEY_BYTES: u64 = 64 * 1024;
/// Longest transcript read: thousands of contributions.
const MAX_TRANSCRIPT_BYTES: u64 = 4 << 20;
/// Most files looked at in a statement's folder.
const MAX_FOLDER_FILES: usize = 4096;

/// A folder of keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct KeyFolder {
    path: PathBuf,
    sets: BucketSets,
}

impl KeyFolder {
    pub(super) fn new(path: PathBuf) -> Self {
        Self {
            path,
            sets: BucketSets::default(),
        }
    }

    /// The same folder, with tables of another size.
    pub(super) fn with_bucket_sets(self, sets: BucketSets) -> Self {
        Self { sets, ..self }
    }

    /// A key that this folder holds, with the place of its prover's tables.
    pub(super) fn holding(&self, key: LoadedKey) -> LoadedKey {
        let file = self.file(key.record().statement, key.id(), "tables");
        key.with_tables(file, self.sets)
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes a key. The record comes last: a key without a record does not exist.
    pub(super) fn store(&self, record: &KeyRecord, files: &KeyFiles) -> Result<(), KeyError> {
        let put = |extension, bytes: &[u8]| {
            let path = self.file(record.statement, record.key_id, extension);
            durable_file::replace(&path, bytes, Readers::Everyone).map_err(failed("write", &path))
        };
        put("pk", &files.proving_key)?;
        put("vk", &files.verifying_key)?;
        if let Some(transcript) = &files.transcript {
            put("transcript", transcript)?;
        }
        let path = self.file(record.statement, record.key_id, "json");
        let json = record.to_json().map_err(|cause| failed("write", &path)(cause.into()))?;
        put("json", &json)
    }

    /// The records of a statement's keys, by key id.
    pub(super) fn records(&self, statement: StatementId) -> Result<Vec<KeyRecord>, KeyError> {
        let folder = self.statement_folder(statement);
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(cause) => return Err(failed("list", &folder)(cause)),
        };
        let mut records = Vec::new();
        for entry in entries.take(MAX_FOLDER_FILES) {
            let path = entry.map_err(failed("list", &folder))?.path();
            if path.extension().is_some_and(|extension| extension == "json") {
                records.push(read_record(&path, statement)?);
            }
        }
        records.sort_by_key(|record| record.key_id);
        Ok(records)
    }

    /// One key's record, if it is here.
    pub(super) fn record(&self, statement: StatementId, key_id: KeyId) -> Result<Option<KeyRecord>, KeyError> {
        match read_record(&self.file(statement, key_id, "json"), statement) {
            Ok(record) => Ok(Some(record)),
            Err(KeyError::Files { cause, .. }) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(refused) => Err(refused),
        }
    }

    /// Loads a key for proving.
    pub(super) fn load(&self, record: KeyRecord) -> Result<LoadedKey, KeyError> {
        let pk_path = self.file(record.statement, record.key_id, "pk");
        let vk_path = self.file(record.statement, record.key_id, "vk");
        let files = KeyFiles {
            proving_key: read_checked(&pk_path, &record.proving_key, MAX_PROVING_KEY_BYTES)?,
            verifying_key: read_checked(&vk_path, &record.verifying_key, MAX_VERIFYING_KEY_BYTES)?,
            transcript: None,
        };
        let key = LoadedKey::unchecked_from_files(record, &files);
        key.map(|key| self.holding(key))
            .map_err(|why| KeyError::Damaged { path: pk_path, why })
    }

    /// Loads a key for verifying only.
    pub(super) fn verifying_key(&self, record: &KeyRecord) -> Result<VerifyingKey, KeyError> {
        let path = self.file(record.statement, record.key_id, "vk");
        let bytes = read_checked(&path, &record.verifying_key, MAX_VERIFYING_KEY_BYTES)?;
        let damaged = |why| KeyError::Damaged {
            path: path.clone(),
            why,
        };
        let key = VerifyingKey::from_bytes(&bytes).map_err(|cause| damaged(cause.to_string()))?;
        if key.key_id() != record.key_id {
            return Err(damaged(format!("it holds key {}", key.key_id())));
        }
        Ok(key)
    }

    /// The transcript of a ceremony's key.
    pub(super) fn transcript(&self, record: &KeyRecord, expected: TranscriptDigest) -> Result<Vec<u8>, KeyError> {
        let path = self.file(record.statement, record.key_id, "transcript");
        let bytes = durable_file::read_bounded(&path, MAX_TRANSCRIPT_BYTES).map_err(failed("read", &path))?;
        if Sha256::digest(&bytes)[..] == expected.0 {
            Ok(bytes)
        } else {
            let why = "it is not the transcript that the key's provenance names".to_owned();
            Err(KeyError::Damaged { path, why })
        }
    }

    /// The error for a key whose proving key is not the pinned one.
    pub(super) fn not_pinned(&self, record: &KeyRecord) -> KeyError {
        KeyError::Damaged {
            path: self.file(record.statement, record.key_id, "pk"),
            why: "it is not the development key that this program is pinned to".to_owned(),
        }
    }

    /// Removes the record beside a damaged file, and with it the key.
    pub(super) fn discard(&self, damaged: &Path) -> Result<(), KeyError> {
        let record = damaged.with_extension("json");
        match fs::remove_file(&record) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(failed("remove", &record)(cause)),
            _ => Ok(()),
        }
    }

    fn statement_folder(&self, statement: StatementId) -> PathBuf {
        self.path.join(statement.as_str().replace('/', "-"))
    }

    fn file(&self, statement: StatementId, key_id: KeyId, extension: &str) -> PathBuf {
        self.statement_folder(statement).join(format!("{key_id}.{extension}"))
    }
}

fn read_record(path: &Path, statement: StatementId) -> Result<KeyRecord, KeyError> {
    let damaged = |why| KeyError::Damaged {
        path: path.to_owned(),
        why,
    };
    let json = durable_file::read_bounded(path, MAX_RECORD_BYTES).map_err(failed("read", path))?;
    let record = KeyRecord::from_json(&json).map_err(damaged)?;
    let named = path.file_stem().and_then(|stem| stem.to_str()) == Some(record.key_id.to_string().as_str());
    if !named || record.statement != statement {
        return Err(damaged(format!(
            "it describes key {} of {}",
            record.key_id, record.statement
        )));
    }
    Ok(record)
}

fn read_checked(path: &Path, expected: &FileDigest, max_bytes: u64) -> Result<Vec<u8>, KeyError> {
    let damaged = |why| KeyError::Damaged {
        path: path.to_owned(),
        why,
    };
    let bytes = match durable_file::read_bounded(path, max_bytes) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Err(damaged("the file is missing".to_owned())),
        read => read.map_err(failed("read", path))?,
    };
    let found = FileDigest::of(&bytes);
    if found != *expected {
        return Err(damaged(format!(
            "{} bytes with SHA-256 {} where its record says {} bytes with {}",
            found.bytes, found.sha256, expected.bytes, expected.sha256
        )));
    }
    Ok(bytes)
}

fn failed(doing: &'static str, path: &Path) -> impl Fn(io::Error) -> KeyError {
    let path = path.to_owned();
    move |cause| KeyError::Files {
        doing,
        path: path.clone(),
        cause,
    }
}
