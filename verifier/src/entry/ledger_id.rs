//! Which ledger: the SHA-256 of its genesis entry.
//!
//! In scope: the 32 bytes and their text. Out of scope: who may begin a ledger. Two ledgers of one origin differ in it, so what a
//! debtor acknowledged for one serves on no other.

use core::fmt;
use core::str::FromStr;

use super::Genesis;
use super::codec::Fields;
use crate::encoding;
use tradeseal_primitives::hash::sha256;

/// A ledger's identity. Text form: 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LedgerId(pub [u8; 32]);

/// Text that is no ledger id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a ledger id is 64 lower-case hexadecimal digits")]
pub struct LedgerIdError;

impl Genesis {
    /// SHA-256 of the genesis entry's bytes.
    pub fn ledger_id(&self) -> LedgerId {
        LedgerId(sha256(&self.encode_fields()))
    }
}

impl fmt::Display for LedgerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for LedgerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LedgerId({self})")
    }
}

impl FromStr for LedgerId {
    type Err = LedgerIdError;

    fn from_str(text: &str) -> Result<Self, LedgerIdError> {
        encoding::hex_array(text).map(Self).map_err(|_| LedgerIdError)
    }
}
