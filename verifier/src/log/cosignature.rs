//! Cosignatures (C2SP tlog-cosignature, `cosignature/v1` with Ed25519): a log witness saw this checkpoint continue what it
//! saw before, at this time.
//!
//! In scope: making and checking one signature line, and which of the given log witnesses cosigned a checkpoint. Out of
//! scope: when a log witness may cosign (its own memory decides that), and how many are enough (`quorum`). ML-DSA-44 keys
//! (type 0x06) are refused, not skipped.
//!
//! An attacker who owns a log witness's key can cosign a second history and any time; one who owns the log's key alone
//! cannot show two histories to a witness that remembers.

use super::key::NamedKey;
use super::{Checkpoint, KeyName, LogError, NoteKeyId, NoteSignature, SignedCheckpoint, SignedNote};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use ed25519_dalek::{Signer as _, SigningKey};
use tradeseal_primitives::receivable::UnixSeconds;

/// Signature type of timestamped Ed25519 cosignatures.
const ED25519_COSIGNATURE: u8 = 0x04;
/// The latest time a cosignature may carry: 2^63 - 1.
pub const MAX_COSIGNATURE_TIME: UnixSeconds = UnixSeconds(i64::MAX as u64);

/// A log witness's verifier key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CosignerKey(NamedKey);

impl CosignerKey {
    /// From a name and 32 public key bytes (RFC 8032). A point of small order is refused.
    pub fn new(name: KeyName, public_key: &[u8; 32]) -> Result<Self, LogError> {
        NamedKey::new(ED25519_COSIGNATURE, name, public_key).map(Self)
    }

    /// Reads the C2SP verifier key text `name+hexid+base64(0x04 || key)`. The id must be the one that name and key give.
    pub fn parse(text: &str) -> Result<Self, LogError> {
        NamedKey::parse(ED25519_COSIGNATURE, text).map(Self)
    }

    /// The log witness's name.
    pub fn name(&self) -> &KeyName {
        self.0.name()
    }

    /// The id that signature lines carry.
    pub fn id(&self) -> NoteKeyId {
        self.0.id()
    }

    /// The 32 public key bytes. Cosignatures do not commit to the name: one key must not serve two log witnesses.
    pub fn public_key(&self) -> [u8; 32] {
        self.0.public_key()
    }

    /// Whether a signature line claims to be by this key.
    pub fn is_claimed_by(&self, line: &NoteSignature) -> bool {
        line.name() == self.name() && line.key_id() == self.id()
    }

    /// Checks a line over a checkpoint; gives the time it states. A line that claims another key does not verify.
    pub fn verify(&self, checkpoint: &Checkpoint, line: &NoteSignature) -> Result<UnixSeconds, LogError> {
        let (time, signature) = line
            .signature()
            .split_first_chunk::<8>()
            .filter(|_| self.is_claimed_by(line))
            .ok_or_else(|| self.0.refusal())?;
        let time = UnixSeconds(u64::from_be_bytes(*time));
        if time > MAX_COSIGNATURE_TIME {
            return Err(self.0.refusal());
        }
        self.0.verify(message(checkpoint, time).as_bytes(), signature)?;
        Ok(time)
    }
}

impl fmt::Display for CosignerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A log witness's signing key. Its `Debug` shows the public half; the secret is zeroized on drop.
pub struct Cosigner {
    key: CosignerKey,
    secret: SigningKey,
}

impl Cosigner {
    /// A cosigner of this name.
    pub fn new(name: KeyName, secret: SigningKey) -> Result<Self, LogError> {
        let key = CosignerKey::new(name, secret.verifying_key().as_bytes())?;
        Ok(Self { key, secret })
    }

    /// The verifier key to publish.
    pub fn key(&self) -> &CosignerKey {
        &self.key
    }

    /// The line that states: at `time`, the largest tree that I saw of this log, all consistent, has this root.
    /// Refuses a time above [`MAX_COSIGNATURE_TIME`].
    pub fn cosign(&self, checkpoint: &Checkpoint, time: UnixSeconds) -> Result<NoteSignature, LogError> {
        if time > MAX_COSIGNATURE_TIME {
            return Err(LogError::Malformed {
                what: "cosignature",
                why: "its time exceeds 2^63 - 1 seconds",
            });
        }
        let signature = self.secret.sign(message(checkpoint, time).as_bytes());
        let mut bytes = time.0.to_be_bytes().to_vec();
        bytes.extend_from_slice(&signature.to_bytes());
        NoteSignature::new(self.key.name().clone(), self.key.id(), bytes)
    }
}

impl fmt::Debug for Cosigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cosigner")
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}

/// "Ed25519 signed message": two header lines, then the note's text with its extension lines.
fn message(checkpoint: &Checkpoint, time: UnixSeconds) -> String {
    format!("cosignature/v1\ntime {}\n{checkpoint}", time.0)
}

/// A cosignature that verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cosignature<'k> {
    /// Whose.
    pub key: &'k CosignerKey,
    /// When, by the log witness's clock.
    pub time: UnixSeconds,
}

impl SignedCheckpoint {
    /// Who, among the given keys, cosigned, and when. Lines by other keys are ignored; a line by one of these keys that does
    /// not verify, or a second one, is an error. That nobody cosigned is not: see [`super::WitnessPolicy`].
    pub fn cosignatures<'k>(&self, keys: &'k [CosignerKey]) -> Result<Vec<Cosignature<'k>>, LogError> {
        let mut verified: Vec<Cosignature<'k>> = Vec::new();
        for line in self.note().signatures() {
            let Some(key) = keys.iter().find(|key| key.is_claimed_by(line)) else {
                continue;
            };
            if verified.iter().any(|cosignature| cosignature.key.is_claimed_by(line)) {
                return Err(LogError::SignatureRepeated {
                    name: key.name().clone(),
                    id: key.id(),
                });
            }
            let time = key.verify(self.unchecked_checkpoint(), line)?;
            verified.push(Cosignature { key, time });
        }
        Ok(verified)
    }

    /// This checkpoint with one more signature line; an older line by the same key gives way. Fails when the note is full.
    pub fn with_signature(&self, line: NoteSignature) -> Result<Self, LogError> {
        let same_key = |old: &NoteSignature| old.name() == line.name() && old.key_id() == line.key_id();
        let mut lines = self.note().signatures().to_vec();
        lines.retain(|old| !same_key(old));
        lines.push(line);
        let note = SignedNote::new(self.note().text().to_string(), lines)?;
        Self::parse(&note.to_string())
    }
}
