//! What a wallet keeps, and its byte form before sealing (CBOR).
//!
//! In scope: one file per kind. Out of scope: sealing (`seal`), files (`store`).
//! Whoever holds these in the clear is the holder, the bank, the registrar or the ledger.

mod credit;
mod note;
mod offer;
mod party;
mod payment;
mod registry_key;
mod scan_state;
mod signing;

pub use credit::AppliedCredit;
pub use note::{HeldNote, NotePosition, NoteWay};
pub use offer::OfferedTransfer;
pub use party::Party;
pub use payment::SentPayment;
pub use registry_key::RegistryKey;
pub use scan_state::ScanState;
pub use signing::{AnchorKey, BankKey, LedgerLogKey, RegistrarKey};

use minicbor::{Decode, Decoder, Encode};
use zeroize::Zeroizing;

use super::ItemKind;

/// More than any item's CBOR, so that growing never leaves a copy behind.
const PLAINTEXT_CAPACITY: usize = 8192;

/// Something that a wallet keeps.
pub trait WalletItem: Sized {
    /// Its kind.
    const KIND: ItemKind;

    /// Its bytes, to be sealed.
    ///
    /// # Errors
    /// What is wrong with it, without its content.
    fn to_plaintext(&self) -> Result<Zeroizing<Vec<u8>>, String>;

    /// From the bytes that were sealed.
    ///
    /// # Errors
    /// What is wrong with them, without their content.
    fn from_plaintext(bytes: &[u8]) -> Result<Self, String>;
}

fn to_cbor<T: Encode<()>>(wire: &T) -> Result<Zeroizing<Vec<u8>>, String> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(PLAINTEXT_CAPACITY));
    minicbor::encode(wire, &mut *bytes).map_err(|cause| cause.to_string())?;
    Ok(bytes)
}

fn from_cbor<'b, T: Decode<'b, ()>>(bytes: &'b [u8]) -> Result<T, String> {
    let mut decoder = Decoder::new(bytes);
    let wire = decoder.decode().map_err(|cause| cause.to_string())?;
    if decoder.position() != bytes.len() {
        return Err("bytes are left over after the item".to_owned());
    }
    Ok(wire)
}

#[cfg(test)]
mod tests;
