//! Which circuit a key is for: its statement and the digest of its constraints.
//!
//! In scope: the pair and its text. Out of scope: computing digests (crate `circuits`).
//! An attacker who owns this part could have a key used with a circuit that proves less.

use std::fmt;
use std::str::FromStr;

use tradeseal_verifier::statement::StatementId;

/// SHA-256 over a circuit's constraints; text form: 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CircuitDigest([u8; 32]);

impl CircuitDigest {
    /// Wraps a digest.
    pub const fn from_bytes(digest: [u8; 32]) -> Self {
        Self(digest)
    }

    /// The digest.
    pub const fn to_bytes(self) -> [u8; 32] {
        self.0
    }
}

impl fmt::Display for CircuitDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for CircuitDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CircuitDigest({self})")
    }
}

impl FromStr for CircuitDigest {
    type Err = hex::FromHexError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut digest = [0; 32];
        hex::decode_to_slice(text, &mut digest)?;
        Ok(Self(digest))
    }
}

/// A statement and the circuit that this program has for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CircuitPin {
    /// The statement.
    pub statement: StatementId,
    /// Its circuit.
    pub digest: CircuitDigest,
}
