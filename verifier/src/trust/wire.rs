//! The trust file as JSON.
//!
//! In scope: shape; unknown fields are refused, so that a mistyped rule is not silently dropped. Out of scope: belief.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{MAX_TRUST_BYTES, Trust, TrustError, TrustedKey, TrustedLog};
use crate::encoding;
use crate::groth16::{KeyId, Provenance, VerifyingKey};
use crate::log::{KeyName, LogKey};
use crate::statement::StatementId;

const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    version: u32,
    logs: Vec<WireLog>,
    keys: Vec<WireKey>,
    allow_insecure_dev: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    max_state_age_seconds: Option<u64>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WireLog {
    #[serde(with = "encoding::origin")]
    origin: KeyName,
    verifier_key: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    policy: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WireKey {
    #[serde(with = "encoding::text")]
    statement: StatementId,
    #[serde(with = "encoding::text")]
    key_id: KeyId,
    provenance: Provenance,
    #[serde(with = "encoding::hex_bytes")]
    verifying_key: Vec<u8>,
}

pub(super) fn read(bytes: &[u8]) -> Result<Trust, TrustError> {
    if bytes.len() > MAX_TRUST_BYTES {
        return Err(TrustError::TooLong { bytes: bytes.len() });
    }
    let wire: Wire = serde_json::from_slice(bytes).map_err(|cause| TrustError::Json {
        cause: encoding::printable(&cause.to_string()),
    })?;
    if wire.version != VERSION {
        return Err(TrustError::Version { found: wire.version });
    }
    let logs = wire.logs.iter().map(read_log).collect::<Result<_, _>>()?;
    let keys = wire.keys.iter().map(read_key).collect::<Result<_, _>>()?;
    Trust::in_logs(logs, keys, wire.allow_insecure_dev, wire.max_state_age_seconds)
}

fn read_log(log: &WireLog) -> Result<TrustedLog, TrustError> {
    let origin = || log.origin.clone();
    let key = LogKey::parse(&log.verifier_key).map_err(|cause| TrustError::LogKey {
        origin: origin(),
        cause,
    })?;
    if *key.name() != log.origin {
        return Err(TrustError::LogKeyName {
            origin: origin(),
            name: key.name().clone(),
        });
    }
    match &log.policy {
        Some(policy) => TrustedLog::witnessed(key, policy),
        None => Ok(TrustedLog::new(key)),
    }
}

fn read_key(wire: &WireKey) -> Result<TrustedKey, TrustError> {
    let id = wire.key_id;
    let key = VerifyingKey::from_bytes(&wire.verifying_key).map_err(|cause| TrustError::Key { id, cause })?;
    if key.statement() != wire.statement {
        return Err(TrustError::Statement {
            id,
            listed: wire.statement,
            made_for: key.statement(),
        });
    }
    let trusted = TrustedKey::new(key, wire.provenance);
    if trusted.id != id {
        return Err(TrustError::KeyId {
            given: id,
            computed: trusted.id,
        });
    }
    Ok(trusted)
}

pub(super) fn write(trust: &Trust) -> Vec<u8> {
    let log = |log: &TrustedLog| WireLog {
        origin: log.key().name().clone(),
        verifier_key: log.key().to_string(),
        policy: log.policy_text().map(ToString::to_string),
    };
    let key = |key: &TrustedKey| WireKey {
        statement: key.statement(),
        key_id: key.id,
        provenance: key.provenance,
        verifying_key: key.key.to_bytes(),
    };
    encoding::pretty_json(&Wire {
        version: VERSION,
        logs: trust.logs.iter().map(log).collect(),
        keys: trust.keys.iter().map(key).collect(),
        allow_insecure_dev: trust.allow_insecure_dev,
        max_state_age_seconds: trust.max_state_age_seconds,
    })
}
