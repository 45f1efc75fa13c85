//! Names, ids and verifier keys of those who sign notes (C2SP signed-note, "Signature types").
//!
//! In scope: the text form `name+hexid+base64(type || key)` of Ed25519 keys, whatever they sign. Out of scope: which keys to trust. A four-byte id is a hint
//! and no commitment: an attacker can make a key with the same id, and gets a signature that does not verify.

use super::LogError;
use alloc::string::{String, ToString};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use core::fmt;
use ed25519_dalek::{Signature, VerifyingKey};
use sha2::{Digest, Sha256};

/// Signature type of plain Ed25519 over the note text.
const ED25519: u8 = 0x01;
const MAX_KEY_TEXT_BYTES: usize = 512;
const MAX_NAME_BYTES: usize = 255;

/// The name of a signer: non-empty, without spaces, plus signs or control characters, at most 255 bytes.
/// A log's key is named after its origin.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyName(String);

impl KeyName {
    /// Checks and keeps a name.
    pub fn new(name: &str) -> Result<Self, LogError> {
        let forbidden = |c: char| c.is_whitespace() || c == '+' || c.is_control();
        if name.is_empty() || name.len() > MAX_NAME_BYTES || name.contains(forbidden) {
            return Err(LogError::Name {
                name: name.chars().take(64).collect(),
            });
        }
        Ok(Self(name.to_string()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The first four bytes of SHA-256(name || newline || signature type || public key).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoteKeyId(pub [u8; 4]);

impl NoteKeyId {
    /// The id of an Ed25519 note key.
    pub fn of_ed25519(name: &KeyName, public_key: &[u8; 32]) -> Self {
        Self::of(ED25519, name, public_key)
    }

    fn of(signature_type: u8, name: &KeyName, public_key: &[u8; 32]) -> Self {
        let digest = Sha256::new()
            .chain_update(name.as_str())
            .chain_update([b'\n', signature_type])
            .chain_update(public_key)
            .finalize();
        Self([digest[0], digest[1], digest[2], digest[3]])
    }
}

impl fmt::Display for NoteKeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", u32::from_be_bytes(self.0))
    }
}

impl fmt::Debug for NoteKeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NoteKeyId({self})")
    }
}

/// An Ed25519 key under a name, for one signature type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NamedKey {
    signature_type: u8,
    name: KeyName,
    id: NoteKeyId,
    key: VerifyingKey,
}

impl NamedKey {
    /// From 32 public key bytes (RFC 8032). A point of small order is refused.
    pub(super) fn new(signature_type: u8, name: KeyName, public_key: &[u8; 32]) -> Result<Self, LogError> {
        match VerifyingKey::from_bytes(public_key) {
            Ok(key) if !key.is_weak() => Ok(Self {
                signature_type,
                id: NoteKeyId::of(signature_type, &name, public_key),
                name,
                key,
            }),
            _ => Err(LogError::PublicKey { name }),
        }
    }

    /// Reads `name+hexid+base64(type || key)`. The type must be this one, and the id the one that the rest gives.
    pub(super) fn parse(signature_type: u8, text: &str) -> Result<Self, LogError> {
        const WHAT: &str = "verifier key";
        if text.len() > MAX_KEY_TEXT_BYTES {
            return Err(LogError::TooLong {
                what: WHAT,
                actual: text.len(),
                max: MAX_KEY_TEXT_BYTES,
            });
        }
        let parts = text
            .split_once('+')
            .and_then(|(name, rest)| Some((name, rest.split_once('+')?)));
        let (name, (id, key)) = parts.ok_or(LogError::Malformed {
            what: WHAT,
            why: "it must be name+hexid+base64key",
        })?;
        let name = KeyName::new(name)?;
        let stated = parse_id(id)?;
        let bytes = STANDARD.decode(key).map_err(|_| LogError::Base64 { what: WHAT })?;
        let (&found, public_key) = bytes.split_first().ok_or(LogError::Length {
            what: WHAT,
            actual: 0,
            expected: 33,
        })?;
        if found != signature_type {
            let expected = signature_type;
            return Err(LogError::KeyType { name, found, expected });
        }
        let public_key: &[u8; 32] = public_key.try_into().map_err(|_| LogError::Length {
            what: WHAT,
            actual: bytes.len(),
            expected: 33,
        })?;
        let key = Self::new(signature_type, name, public_key)?;
        if key.id != stated {
            return Err(LogError::KeyIdMismatch {
                name: key.name,
                stated,
                computed: key.id,
            });
        }
        Ok(key)
    }

    pub(super) fn name(&self) -> &KeyName {
        &self.name
    }

    pub(super) fn id(&self) -> NoteKeyId {
        self.id
    }

    pub(super) fn public_key(&self) -> [u8; 32] {
        self.key.to_bytes()
    }

    /// Checks a 64-byte Ed25519 signature, refusing points of small order.
    pub(super) fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), LogError> {
        let signature = Signature::from_slice(signature).map_err(|_| self.refusal())?;
        self.key.verify_strict(message, &signature).map_err(|_| self.refusal())
    }

    /// That a signature line of this key does not verify.
    pub(super) fn refusal(&self) -> LogError {
        LogError::Signature {
            name: self.name.clone(),
            id: self.id,
        }
    }
}

impl fmt::Display for NamedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = [self.signature_type; 33];
        bytes[1..].copy_from_slice(self.key.as_bytes());
        write!(f, "{}+{}+{}", self.name, self.id, STANDARD.encode(bytes))
    }
}

/// A log's Ed25519 verifier key, named after the log's origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogKey(NamedKey);

impl LogKey {
    /// From a name and 32 public key bytes (RFC 8032). A point of small order is refused.
    pub fn new(name: KeyName, public_key: &[u8; 32]) -> Result<Self, LogError> {
        NamedKey::new(ED25519, name, public_key).map(Self)
    }

    /// Reads the C2SP verifier key text `name+hexid+base64(0x01 || key)`. The id must be the one that name and key give.
    pub fn parse(text: &str) -> Result<Self, LogError> {
        NamedKey::parse(ED25519, text).map(Self)
    }

    /// The key's name: the origin of its log.
    pub fn name(&self) -> &KeyName {
        self.0.name()
    }

    /// The id that signature lines carry.
    pub fn id(&self) -> NoteKeyId {
        self.0.id()
    }

    /// The 32 public key bytes.
    pub fn public_key(&self) -> [u8; 32] {
        self.0.public_key()
    }

    /// Checks a 64-byte Ed25519 signature over a note's text, refusing points of small order.
    pub(super) fn verify(&self, text: &str, signature: &[u8]) -> Result<(), LogError> {
        self.0.verify(text.as_bytes(), signature)
    }
}

impl fmt::Display for LogKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Eight lower-case hexadecimal digits.
fn parse_id(text: &str) -> Result<NoteKeyId, LogError> {
    let mut id = [0u8; 4];
    if text.bytes().any(|b| b.is_ascii_uppercase()) || hex::decode_to_slice(text, &mut id).is_err() {
        return Err(LogError::Malformed {
            what: "verifier key",
            why: "the id must be eight lower-case hex digits",
        });
    }
    Ok(NoteKeyId(id))
}
