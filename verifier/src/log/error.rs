//! Why a log text or a log proof was refused.

use super::{KeyName, LogHash, NoteKeyId};
use alloc::string::String;

/// A refusal by the log's readers and checks. Each value says what was found and what was expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LogError {
    /// A text exceeds its bound.
    #[error("the {what} has {actual} bytes; at most {max} are read")]
    TooLong {
        /// Which text.
        what: &'static str,
        /// Its length in bytes.
        actual: usize,
        /// The bound in bytes.
        max: usize,
    },
    /// A text does not have the form its specification gives it.
    #[error("malformed {what}: {why}")]
    Malformed {
        /// Which text.
        what: &'static str,
        /// Which rule it breaks.
        why: &'static str,
    },
    /// A number is not in its only decimal form, or exceeds 64 bits.
    #[error("the {what} {text:?} is not a decimal number without leading zeros below 2^64")]
    Number {
        /// Which number.
        what: &'static str,
        /// The beginning of what stood there.
        text: String,
    },
    /// Bytes are not in canonical, padded, standard base64.
    #[error("the {what} is not canonical base64 (RFC 4648 section 4)")]
    Base64 {
        /// Which field.
        what: &'static str,
    },
    /// A hash or key has the wrong number of bytes.
    #[error("the {what} has {actual} bytes instead of {expected}")]
    Length {
        /// Which field.
        what: &'static str,
        /// Bytes found.
        actual: usize,
        /// Bytes needed.
        expected: usize,
    },
    /// A key name is empty, or has a space, a plus sign or a control character.
    #[error("{name:?} is no key name: it must be non-empty, without spaces, plus signs or control characters")]
    Name {
        /// The beginning of the name.
        name: String,
    },
    /// A verifier key is for another type of signature: logs sign with Ed25519 (0x01), log witnesses cosign with Ed25519
    /// (0x04).
    #[error("the key of {name} is for signatures of type {found:#04x}; only type {expected:#04x} is verified here")]
    KeyType {
        /// The key's name.
        name: KeyName,
        /// The type byte found.
        found: u8,
        /// The type byte needed.
        expected: u8,
    },
    /// A verifier key's id is not the one its name and key bytes give.
    #[error("the key text of {name} says id {stated}, its key bytes give {computed}")]
    KeyIdMismatch {
        /// The key's name.
        name: KeyName,
        /// The id in the text.
        stated: NoteKeyId,
        /// The id computed.
        computed: NoteKeyId,
    },
    /// A public key is not a point of Ed25519, or has small order.
    #[error("the Ed25519 key of {name} is not a usable public key")]
    PublicKey {
        /// The key's name.
        name: KeyName,
    },
    /// A known key's signature does not verify.
    #[error("the signature of {name} ({id}) does not verify")]
    Signature {
        /// The key's name.
        name: KeyName,
        /// The key's id.
        id: NoteKeyId,
    },
    /// A known key signed twice on one note.
    #[error("{name} ({id}) has two signature lines on one note")]
    SignatureRepeated {
        /// The key's name.
        name: KeyName,
        /// The key's id.
        id: NoteKeyId,
    },
    /// No signature is by a key that is trusted.
    #[error(
        "none of the {lines} signature lines is by a trusted key of {origin:?}; add the log's verifier key to the trust file if you trust it"
    )]
    NoTrustedSignature {
        /// Signature lines on the note.
        lines: usize,
        /// The origin, or first line of the note.
        origin: String,
    },
    /// A position is outside the tree.
    #[error("entry {index} is not in a log of {size} entries")]
    IndexOutOfRange {
        /// The position asked for.
        index: u64,
        /// The log's size.
        size: u64,
    },
    /// A consistency proof claims that a log shrank.
    #[error("a log of {new_size} entries cannot continue one of {old_size}")]
    SizesReversed {
        /// The older size.
        old_size: u64,
        /// The newer size.
        new_size: u64,
    },
    /// A proof has too few or too many hashes for its sizes.
    #[error("the {what} proof has {actual} hashes instead of {expected}")]
    ProofLength {
        /// Inclusion or consistency.
        what: &'static str,
        /// Hashes found.
        actual: usize,
        /// Hashes that these sizes need.
        expected: usize,
    },
    /// A proof leads to another root than the one given.
    #[error("the {what} proof leads to root {computed}, not {expected}")]
    RootMismatch {
        /// Inclusion or consistency (old or new tree).
        what: &'static str,
        /// What the proof leads to.
        computed: LogHash,
        /// The root that was to be reached.
        expected: LogHash,
    },
}
