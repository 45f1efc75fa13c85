//! Entry bundles (C2SP tlog-tiles): entries one after another, each after its length in 16 bits.

use crate::store::StoreError;

/// Appends one entry to a bundle.
///
/// # Errors
/// `Damaged` if it is longer than any entry may be.
pub fn encode_bundle(bundle: &mut Vec<u8>, entry: &[u8]) -> Result<(), StoreError> {
    let too_long = |_| StoreError::Damaged {
        what: format!("an entry of {} bytes", entry.len()),
    };
    let length = u16::try_from(entry.len()).map_err(too_long)?;
    bundle.extend(length.to_be_bytes());
    bundle.extend_from_slice(entry);
    Ok(())
}

/// The entries of a bundle, if it is exactly this many, one after another.
pub fn decode_bundle(mut bundle: &[u8], count: u64) -> Option<Vec<Vec<u8>>> {
    let mut entries = Vec::new();
    for _ in 0..count {
        let (length, rest) = bundle.split_first_chunk::<2>()?;
        let (entry, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        entries.push(entry.to_vec());
        bundle = rest;
    }
    bundle.is_empty().then_some(entries)
}
