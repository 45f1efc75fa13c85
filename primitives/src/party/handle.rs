//! The text that a party hands out, so that others can send it notes.
//!
//! In scope: Bech32m, one text for each handle. Out of scope: whose handle it is (the directory says). An attacker who owns this
//! part could have notes sent to another address than the one on screen.

use alloc::string::ToString;
use bech32::{Bech32m, Hrp, primitives::decode::CheckedHrpstring};

use super::Address;
use crate::field::{self, FieldError};

/// What a party hands out: its address and its X25519 encryption key, as checksummed text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Handle {
    /// Where to send notes.
    pub address: Address,
    /// Whom to seal them to (X25519).
    pub encryption_key: [u8; 32],
}

const HANDLE_PREFIX: Hrp = Hrp::parse_unchecked("tradeseal");

/// Why a handle's text was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HandleError {
    /// Not Bech32m, or its checksum fails: a mistyped handle.
    #[error("not a handle: the text is not Bech32m or its checksum does not match; copy it again in full")]
    Checksum,
    /// Another kind of Bech32m text.
    #[error("not a handle: it should begin with `tradeseal1`")]
    Prefix,
    /// Not 64 bytes of data.
    #[error("not a handle: {length} bytes of data where 64 are expected")]
    Length {
        /// Data length.
        length: usize,
    },
    /// The address is not canonical.
    #[error("not a handle: {0}")]
    Address(#[from] FieldError),
    /// The text stands for a handle but is not the one text that does: in capitals, or with other bits after the data.
    #[error("not a handle: a handle is in lower case and has one spelling; give it exactly as its owner sent it")]
    NotCanonical,
}

impl core::fmt::Display for Handle {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let mut data = [0u8; 64];
        data[..32].copy_from_slice(&self.address.to_bytes());
        data[32..].copy_from_slice(&self.encryption_key);
        let text = bech32::encode::<Bech32m>(HANDLE_PREFIX, &data).map_err(|_| core::fmt::Error)?;
        f.write_str(&text)
    }
}

impl core::str::FromStr for Handle {
    type Err = HandleError;

    fn from_str(text: &str) -> Result<Self, HandleError> {
        let parsed = CheckedHrpstring::new::<Bech32m>(text).map_err(|_| HandleError::Checksum)?;
        if parsed.hrp() != HANDLE_PREFIX {
            return Err(HandleError::Prefix);
        }
        let mut data = [0u8; 64];
        let length = parsed.byte_iter().len();
        if length != data.len() {
            return Err(HandleError::Length { length });
        }
        data.iter_mut()
            .zip(parsed.byte_iter())
            .for_each(|(out, byte)| *out = byte);
        let (mut address, mut encryption_key) = ([0u8; 32], [0u8; 32]);
        address.copy_from_slice(&data[..32]);
        encryption_key.copy_from_slice(&data[32..]);
        let handle = Self {
            address: Address::from_fr(field::from_bytes(&address)?),
            encryption_key,
        };
        // Bech32 takes capitals, and lets the three bits after the data be anything: sixteen texts for one handle.
        if handle.to_string() != text {
            return Err(HandleError::NotCanonical);
        }
        Ok(handle)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Fr;
    use alloc::{string::String, vec::Vec};
    use bech32::Fe32;
    use bech32::primitives::iter::{ByteIterExt, Fe32IterExt};

    fn handle() -> Handle {
        Handle {
            address: Address::from_fr(Fr::from(42u64)),
            encryption_key: [9; 32],
        }
    }

    #[test]
    fn a_handle_survives_a_round_trip_and_no_changed_character_does() {
        let text = handle().to_string();
        assert!(text.starts_with("tradeseal1"));
        assert_eq!(text.parse::<Handle>().unwrap(), handle());
        for i in 0..text.len() {
            let mut changed = text.clone().into_bytes();
            changed[i] = if changed[i] == b'q' { b'p' } else { b'q' };
            let changed = String::from_utf8(changed).unwrap();
            assert!(changed.parse::<Handle>().is_err(), "{changed}");
        }
    }

    /// The text of the handle's data with these bits after it and a right checksum.
    fn padded_with(bits: u8) -> String {
        let mut data = handle().address.to_bytes().to_vec();
        data.extend(handle().encryption_key);
        let mut symbols: Vec<Fe32> = data.into_iter().bytes_to_fes().collect();
        let last = symbols.pop().unwrap();
        symbols.push(Fe32::try_from(last.to_u8() | bits).unwrap());
        symbols
            .into_iter()
            .with_checksum::<Bech32m>(&HANDLE_PREFIX)
            .chars()
            .collect()
    }

    #[test]
    fn one_text_of_the_sixteen_that_bech32_takes_for_a_handle_is_it() {
        assert_eq!(padded_with(0), handle().to_string());
        for bits in 0..8 {
            let text = padded_with(bits);
            assert!(CheckedHrpstring::new::<Bech32m>(&text).is_ok(), "{text}");
            if bits > 0 {
                assert_eq!(text.parse::<Handle>(), Err(HandleError::NotCanonical), "{text}");
            }
            assert!(text.to_uppercase().parse::<Handle>().is_err(), "{text}");
        }
        let capitals = handle().to_string().to_uppercase();
        assert_eq!(capitals.parse::<Handle>(), Err(HandleError::NotCanonical));
    }
}
