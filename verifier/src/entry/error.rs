//! Why bytes are not an entry, or an entry is not what its signer signed.

use super::{Ed25519Key, EntryKind};
use alloc::string::String;

/// A refusal by the entries' reader or signature check.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EntryError {
    /// Longer than an entry bundle can hold.
    #[error("the entry has {actual} bytes; at most {max} are sequenced")]
    TooLong {
        /// Its length in bytes.
        actual: usize,
        /// The bound in bytes.
        max: usize,
    },
    /// Not a CBOR map that begins with a kind.
    #[error("not an entry: a CBOR map of definite length whose key 0 is its kind was expected")]
    NoKind,
    /// A kind that this version does not know.
    #[error("entry kind {number} is not known to this version")]
    UnknownKind {
        /// The number in field 0.
        number: u64,
    },
    /// The wrong number of fields.
    #[error("a {kind} entry has {expected} fields, not {actual}")]
    FieldCount {
        /// The entry's kind.
        kind: EntryKind,
        /// Fields that the kind has, its number included.
        expected: usize,
        /// Fields found.
        actual: u64,
    },
    /// A field is missing, out of order, of another type or out of bounds.
    #[error("field {field} of the {kind} entry must be {expected}")]
    Field {
        /// The entry's kind.
        kind: EntryKind,
        /// The field's key.
        field: u8,
        /// What belongs there.
        expected: &'static str,
    },
    /// The same value in another encoding than the deterministic one.
    #[error("the {kind} entry is not in deterministic CBOR (RFC 8949 section 4.2.1); encode it again")]
    NotCanonical {
        /// The entry's kind.
        kind: EntryKind,
    },
    /// The signature is not the named signer's over this entry for this log.
    #[error("the {kind} entry is not signed by {signer} for the log {origin:?}")]
    Signature {
        /// The entry's kind.
        kind: EntryKind,
        /// Who should have signed.
        signer: Ed25519Key,
        /// The log's origin, which the signature covers.
        origin: String,
    },
    /// The signing key is not the one that the entry names.
    #[error("the {kind} entry names {named} as its signer; it was to be signed with {given}")]
    WrongSigner {
        /// The entry's kind.
        kind: EntryKind,
        /// The key in the entry.
        named: Ed25519Key,
        /// The key at hand.
        given: Ed25519Key,
    },
}
