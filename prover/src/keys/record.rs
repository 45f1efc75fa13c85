//! What stands beside a key's two files: whose key it is, and the digests that the files must have.
//!
//! In scope: the JSON record. Out of scope: the files themselves (`folder`).
//! An attacker who owns this part can pass a development key off as a ceremony's to the prover's user; a verifier goes by
//! its own trust file.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tradeseal_circuits::CircuitDigest;
use tradeseal_verifier::groth16::{KeyId, Provenance};
use tradeseal_verifier::statement::StatementId;

use super::CircuitPin;

/// Version of the record's form.
const VERSION: u32 = 1;
/// Longest record read, in bytes.
pub(super) const MAX_RECORD_BYTES: u64 = 16 * 1024;

/// Length and SHA-256 of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileDigest {
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256, lower-case hexadecimal.
    pub sha256: String,
}

impl FileDigest {
    /// Of these contents.
    pub fn of(contents: &[u8]) -> Self {
        Self {
            bytes: contents.len() as u64,
            sha256: hex::encode(Sha256::digest(contents)),
        }
    }
}

/// A key as the registry lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyRecord {
    version: u32,
    /// The statement that the key proves.
    #[serde(with = "text")]
    pub statement: StatementId,
    /// The circuit that it was made for.
    #[serde(with = "text")]
    pub circuit_digest: CircuitDigest,
    /// The key's name: digest of its verifying key.
    #[serde(with = "text")]
    pub key_id: KeyId,
    /// Who could forge under it.
    pub provenance: Provenance,
    /// Constraints of the circuit.
    pub constraints: usize,
    /// The proving key's file.
    pub proving_key: FileDigest,
    /// The verifying key's file.
    pub verifying_key: FileDigest,
}

impl KeyRecord {
    /// A record of this version.
    pub(super) fn new(
        pin: &CircuitPin,
        key_id: KeyId,
        provenance: Provenance,
        constraints: usize,
        proving_key: FileDigest,
        verifying_key: FileDigest,
    ) -> Self {
        Self {
            version: VERSION,
            statement: pin.statement,
            circuit_digest: pin.digest,
            key_id,
            provenance,
            constraints,
            proving_key,
            verifying_key,
        }
    }

    /// The statement and circuit together.
    pub fn pin(&self) -> CircuitPin {
        CircuitPin {
            statement: self.statement,
            digest: self.circuit_digest,
        }
    }

    /// Whether this is a development key for `pin`.
    pub(super) fn is_development_key_for(&self, pin: &CircuitPin) -> bool {
        self.provenance == Provenance::InsecureDev && self.pin() == *pin
    }

    pub(super) fn to_json(&self) -> Result<Vec<u8>, serde_json::Error> {
        let mut json = serde_json::to_vec_pretty(self)?;
        json.push(b'\n');
        Ok(json)
    }

    /// Reads a record; the error says what is wrong with it.
    pub(super) fn from_json(json: &[u8]) -> Result<Self, String> {
        let record: Self = serde_json::from_slice(json).map_err(|cause| cause.to_string())?;
        if record.version != VERSION {
            return Err(format!("record version {} where {VERSION} is expected", record.version));
        }
        Ok(record)
    }
}

/// serde: anything with one text form.
mod text {
    use std::fmt::Display;
    use std::str::FromStr;

    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer, T: Display>(value: &T, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(value)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>, T: FromStr<Err: Display>>(input: D) -> Result<T, D::Error> {
        String::deserialize(input)?.parse().map_err(D::Error::custom)
    }
}
