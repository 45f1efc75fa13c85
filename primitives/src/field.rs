//! Encodings of the BN254 scalar field: 32 big-endian bytes and decimal text, both canonical.
//!
//! In scope: parsing at the edge and printing. Out of scope: arithmetic (arkworks).
//! An attacker who owns this part could pass two encodings of one value as two values; hence nothing is ever reduced.

use alloc::string::{String, ToString};
use ark_ff::{BigInt, BigInteger, PrimeField};

use crate::Fr;

/// Longest decimal text of a canonical element: the modulus has 77 digits.
pub const MAX_DECIMAL_DIGITS: usize = 77;

/// Why an encoding of a field element was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FieldError {
    /// The integer is not below the modulus.
    #[error("the value is not below the BN254 scalar field's modulus; values are never reduced")]
    NotCanonical,
    /// Not a decimal string without sign, spaces or leading zeros.
    #[error("not a decimal field element: expected 1 to 77 digits without sign or leading zeros, got {length} bytes")]
    NotDecimal {
        /// Length of the refused text in bytes.
        length: usize,
    },
}

/// 32 bytes, big-endian, canonical (`docs/protocol.md` section 1).
pub fn to_bytes(value: &Fr) -> [u8; 32] {
    let mut bytes = [0u8; 32];
    bytes.copy_from_slice(&value.into_bigint().to_bytes_be());
    bytes
}

/// Parses 32 big-endian bytes.
///
/// # Errors
/// `NotCanonical` if the integer is not below the modulus.
pub fn from_bytes(bytes: &[u8; 32]) -> Result<Fr, FieldError> {
    let mut limbs = [0u64; 4];
    for (limb, chunk) in limbs.iter_mut().rev().zip(bytes.chunks_exact(8)) {
        *limb = chunk.iter().fold(0, |acc, byte| acc << 8 | u64::from(*byte));
    }
    Fr::from_bigint(BigInt(limbs)).ok_or(FieldError::NotCanonical)
}

/// Decimal text without leading zeros, as snarkjs writes field elements.
pub fn to_decimal(value: &Fr) -> String {
    value.into_bigint().to_string()
}

/// Parses canonical decimal text.
///
/// # Errors
/// `NotDecimal` for anything but digits without a leading zero, `NotCanonical` for a value not below the modulus.
pub fn from_decimal(text: &str) -> Result<Fr, FieldError> {
    let digits = text.as_bytes();
    let malformed = digits.is_empty()
        || digits.len() > MAX_DECIMAL_DIGITS
        || !digits.iter().all(u8::is_ascii_digit)
        || (digits[0] == b'0' && digits.len() > 1);
    if malformed {
        return Err(FieldError::NotDecimal { length: text.len() });
    }
    let integer = BigInt::<4>::try_from(
        text.parse::<num_bigint::BigUint>()
            .map_err(|_| FieldError::NotDecimal { length: text.len() })?,
    )
    .map_err(|()| FieldError::NotCanonical)?;
    Fr::from_bigint(integer).ok_or(FieldError::NotCanonical)
}

/// A digest's two 16-byte halves as integers, first half first.
pub fn limbs(digest: &[u8; 32]) -> [Fr; 2] {
    let half = |bytes: &[u8]| Fr::from(bytes.iter().fold(0u128, |acc, byte| acc << 8 | u128::from(*byte)));
    [half(&digest[..16]), half(&digest[16..])]
}

#[cfg(test)]
mod tests {
    use super::*;
    use ark_ff::Field;
    use proptest::prelude::*;

    const MODULUS: &str = "21888242871839275222246405745257275088548364400416034343698204186575808495617";

    #[test]
    fn the_modulus_is_refused_and_one_less_accepted() {
        assert_eq!(from_decimal(MODULUS), Err(FieldError::NotCanonical));
        let mut bytes = to_bytes(&-Fr::ONE);
        assert_eq!(from_bytes(&bytes).unwrap(), -Fr::ONE);
        bytes[31] += 1;
        assert_eq!(from_bytes(&bytes), Err(FieldError::NotCanonical));
        assert_eq!(from_bytes(&[0xff; 32]), Err(FieldError::NotCanonical));
    }

    #[test]
    fn decimal_text_with_sign_space_or_leading_zero_is_refused() {
        for text in ["", "01", "+1", "-1", " 1", "1 ", "0x1", "1_0", "١"] {
            assert!(
                matches!(from_decimal(text), Err(FieldError::NotDecimal { .. })),
                "{text}"
            );
        }
        let long = "1".repeat(78);
        assert!(matches!(
            from_decimal(&long),
            Err(FieldError::NotDecimal { length: 78 })
        ));
        assert_eq!(from_decimal(&"9".repeat(77)), Err(FieldError::NotCanonical));
    }

    proptest! {
        #[test]
        fn bytes_and_text_round_trip(limbs in any::<[u64; 3]>()) {
            let value = Fr::from_bigint(BigInt([limbs[0], limbs[1], limbs[2], 0])).unwrap();
            prop_assert_eq!(from_bytes(&to_bytes(&value)).unwrap(), value);
            prop_assert_eq!(from_decimal(&to_decimal(&value)).unwrap(), value);
        }
    }
}
