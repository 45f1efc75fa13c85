//! A log that a verifier believes, and which log witnesses must have seen what it signs.
//!
//! In scope: a log's key with its witness policy, checked to be of one log. Out of scope: whether a checkpoint meets the policy (`verdict`).
//! An attacker who removes the policy from a trust file can show its reader a history that nobody else sees.

use alloc::string::{String, ToString};

use super::TrustError;
use crate::log::{LogKey, WitnessPolicy};

/// A log's key, and who must have cosigned its checkpoints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustedLog {
    key: LogKey,
    policy: Option<Policy>,
}

/// As it was written, and as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Policy {
    text: String,
    parsed: WitnessPolicy,
}

impl TrustedLog {
    /// A log whose own signature is enough.
    pub fn new(key: LogKey) -> Self {
        Self { key, policy: None }
    }

    /// A log whose checkpoints count only with the cosignatures that a C2SP tlog-policy asks for.
    ///
    /// # Errors
    /// `TrustError` if the text is no policy, does not name this log's key, or asks for no cosignatures.
    pub fn witnessed(key: LogKey, policy: &str) -> Result<Self, TrustError> {
        let origin = || key.name().clone();
        let parsed = WitnessPolicy::parse(policy).map_err(|cause| TrustError::Policy {
            origin: origin(),
            cause,
        })?;
        if !parsed.logs().iter().any(|log| log.key == key) {
            return Err(TrustError::PolicyLog {
                origin: origin(),
                key: key.to_string(),
            });
        }
        if !parsed.asks_for_cosignatures() {
            return Err(TrustError::PolicyAsksNothing { origin: origin() });
        }
        let policy = Policy {
            text: policy.to_string(),
            parsed,
        };
        Ok(Self {
            key,
            policy: Some(policy),
        })
    }

    /// The key.
    pub fn key(&self) -> &LogKey {
        &self.key
    }

    /// Who must have cosigned, if anybody.
    pub fn policy(&self) -> Option<&WitnessPolicy> {
        self.policy.as_ref().map(|policy| &policy.parsed)
    }

    /// The policy as it was written.
    pub fn policy_text(&self) -> Option<&str> {
        self.policy.as_ref().map(|policy| &policy.text[..])
    }
}
