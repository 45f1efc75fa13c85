//! How far a ledger's log was read, and what it was then.
//!
//! In scope: keeping it, under the log's origin. Out of scope: reading (`operations::scan`).
//! Whoever can replace it with an older one has the wallet read some entries again, and nothing else.

use minicbor::{Decode, Encode};
use tradeseal_verifier::log::LogHash;
use zeroize::Zeroizing;

use super::{WalletItem, from_cbor, to_cbor};
use crate::wallet::ItemKind;

/// How far this wallet read a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScanState {
    /// The first entry not yet read.
    pub next: u64,
    /// The log's size when it was last looked at.
    pub seen_size: u64,
    /// Its root then.
    pub seen_root: LogHash,
}

#[derive(Encode, Decode)]
struct Wire {
    #[n(0)]
    next: u64,
    #[n(1)]
    seen_size: u64,
    #[cbor(n(2), with = "minicbor::bytes")]
    seen_root: [u8; 32],
}

impl WalletItem for ScanState {
    const KIND: ItemKind = ItemKind::Scan;

    fn to_plaintext(&self) -> Result<Zeroizing<Vec<u8>>, String> {
        to_cbor(&Wire {
            next: self.next,
            seen_size: self.seen_size,
            seen_root: self.seen_root.0,
        })
    }

    fn from_plaintext(bytes: &[u8]) -> Result<Self, String> {
        let wire: Wire = from_cbor(bytes)?;
        Ok(Self {
            next: wire.next,
            seen_size: wire.seen_size,
            seen_root: LogHash(wire.seen_root),
        })
    }
}
