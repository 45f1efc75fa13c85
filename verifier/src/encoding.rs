//! How bytes and field elements stand in JSON: lower-case hexadecimal, canonical decimal, padded base64.
//!
//! In scope: one text per value. Out of scope: meaning.
//! An attacker who owns this part could give one value two spellings.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

/// Why text is not the hexadecimal expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected_digits} lower-case hexadecimal digits, got {got} bytes of text")]
pub(crate) struct HexError {
    expected_digits: usize,
    got: usize,
}

/// Exactly `N` bytes from lower-case hexadecimal.
pub(crate) fn hex_array<const N: usize>(text: &str) -> Result<[u8; N], HexError> {
    let refuse = || HexError {
        expected_digits: 2 * N,
        got: text.len(),
    };
    if text.len() != 2 * N || !is_lower_hex(text) {
        return Err(refuse());
    }
    let mut bytes = [0; N];
    hex::decode_to_slice(text, &mut bytes).map_err(|_| refuse())?;
    Ok(bytes)
}

/// Any number of bytes from lower-case hexadecimal; `None` for other text.
pub(crate) fn hex_vec(text: &str) -> Option<Vec<u8>> {
    if is_lower_hex(text) {
        hex::decode(text).ok()
    } else {
        None
    }
}

fn is_lower_hex(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// serde: a fixed number of bytes as hexadecimal.
pub(crate) mod hex_fixed {
    use super::{String, hex_array};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(crate) fn serialize<S: Serializer, const N: usize>(bytes: &[u8; N], out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(&hex::encode(bytes))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>, const N: usize>(input: D) -> Result<[u8; N], D::Error> {
        hex_array(&String::deserialize(input)?).map_err(D::Error::custom)
    }
}

/// serde: bytes of any length as hexadecimal.
pub(crate) mod hex_bytes {
    use super::{String, Vec, hex_vec};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(crate) fn serialize<S: Serializer>(bytes: &[u8], out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(&hex::encode(bytes))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Vec<u8>, D::Error> {
        hex_vec(&String::deserialize(input)?)
            .ok_or_else(|| D::Error::custom("expected an even number of lower-case hexadecimal digits"))
    }
}

/// serde: bytes of any length as padded standard base64.
pub(crate) mod base64_bytes {
    use super::{String, Vec, format};
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(crate) fn serialize<S: Serializer>(bytes: &[u8], out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(&STANDARD.encode(bytes))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Vec<u8>, D::Error> {
        STANDARD
            .decode(String::deserialize(input)?)
            .map_err(|cause| D::Error::custom(format!("expected padded base64: {cause}")))
    }
}

/// serde: anything with one text form (`Display` and `FromStr`).
pub(crate) mod text {
    use super::String;
    use core::fmt::Display;
    use core::str::FromStr;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(crate) fn serialize<S: Serializer, T: Display>(value: &T, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(value)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>, T: FromStr<Err: Display>>(input: D) -> Result<T, D::Error> {
        String::deserialize(input)?.parse().map_err(D::Error::custom)
    }
}

/// serde: a currency by its alphabetic code.
pub(crate) mod currency {
    use super::{String, format};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};
    use tradeseal_primitives::currency::Currency;

    pub(crate) fn serialize<S: Serializer>(value: &Currency, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(value.alpha())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Currency, D::Error> {
        let code = String::deserialize(input)?;
        Currency::from_alpha(&code).map_err(|problem| D::Error::custom(format!("currency {code:?}: {problem}")))
    }
}

/// serde: a 64-bit integer as canonical decimal text, for readers whose numbers are 53 bits wide.
pub(crate) mod decimal_u64 {
    use super::String;
    use alloc::string::ToString;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(crate) fn serialize<S: Serializer>(value: &u64, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(value)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<u64, D::Error> {
        let text = String::deserialize(input)?;
        match text.parse::<u64>() {
            Ok(value) if value.to_string() == text => Ok(value),
            _ => Err(D::Error::custom(
                "expected decimal digits below 2^64 without leading zeros",
            )),
        }
    }
}

/// serde: a field element as canonical decimal text.
pub(crate) mod field_element {
    use super::String;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};
    use tradeseal_primitives::{Fr, field};

    pub(crate) fn serialize<S: Serializer>(value: &Fr, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(&field::to_decimal(value))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Fr, D::Error> {
        field::from_decimal(&String::deserialize(input)?).map_err(D::Error::custom)
    }
}

/// serde: the origin of a log.
pub(crate) mod origin {
    use super::String;
    use crate::log::KeyName;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(crate) fn serialize<S: Serializer>(value: &KeyName, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(value.as_str())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<KeyName, D::Error> {
        KeyName::new(&String::deserialize(input)?).map_err(D::Error::custom)
    }
}

/// JSON with a two-space indent, fields in order and one final newline: the canonical form of our files.
pub(crate) fn pretty_json<T: Serialize>(value: &T) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).expect("our types have text keys and cannot fail to serialise");
    bytes.push(b'\n');
    bytes
}

/// The first byte from which two byte strings differ, if they do.
pub(crate) fn first_difference(one: &[u8], other: &[u8]) -> Option<usize> {
    let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    (one != other).then_some(same)
}

/// Longest text taken over from input into a message, in characters.
const MAX_PRINTABLE: usize = 300;

/// Text from outside made fit for a terminal: bounded, and without characters that move the cursor or reorder a line.
pub(crate) fn printable(text: &str) -> String {
    text.chars()
        .take(MAX_PRINTABLE)
        .map(|c| if is_plain(c) { c } else { '\u{fffd}' })
        .collect()
}

/// Longest name or purpose, in bytes.
const MAX_SHORT_LINE: usize = 128;

/// One short line of visible text: what may stand for a name.
pub(crate) fn is_short_line(text: &str) -> bool {
    let in_bounds = !text.is_empty() && text.len() <= MAX_SHORT_LINE && text.trim() == text;
    in_bounds && text.chars().all(is_plain)
}

/// Neither a control character nor one that is invisible or changes the direction of what follows.
pub(crate) fn is_plain(c: char) -> bool {
    let invisible =
        matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    !c.is_control() && !invisible
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hexadecimal_has_one_spelling() {
        assert_eq!(hex_array::<2>("00ff"), Ok([0, 255]));
        for text in ["", "00f", "00FF", "00fff", "0x00", "00f ", "zzzz"] {
            assert!(hex_array::<2>(text).is_err(), "{text:?}");
        }
        assert_eq!(hex_vec("00FF"), None);
    }

    #[test]
    fn text_from_outside_cannot_steer_a_terminal() {
        assert_eq!(printable("a\u{1b}[31m\u{202e}b\n"), "a\u{fffd}[31m\u{fffd}b\u{fffd}");
        assert_eq!(printable(&"x".repeat(1000)).len(), MAX_PRINTABLE);
    }
}
