//! How a value becomes an attribute, and an attribute a value again.
//!
//! In scope: integers with unit and scale, days, codes, digits, GTINs, texts. Out of scope: which slot has which.
//! An attacker who finds two values with one attribute has one pass for the other.
//!
//! Everything but a text is an integer below 2^120, so it is its own set key, can be compared, and reads back from a presentation. A text is a hash:
//! where it is revealed, the text travels beside it. 0 is no value of any encoding: it stands for an absent attribute.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use tradeseal_primitives::credential::{Attribute, SetKey, normalise_text};
use tradeseal_primitives::currency::Currency;
use tradeseal_primitives::party::Country;
use tradeseal_primitives::receivable::Day;

use super::ValueError;
use crate::calendar::{format_day, parse_day};
use crate::encoding::is_plain;

/// Longest text of a slot.
pub const MAX_TEXT_BYTES: usize = 1024;

/// Most decimals of an integer slot.
const MAX_SCALE: u8 = 18;
/// Most digits: 10^36 is below 2^120.
const MAX_DIGITS: u8 = 36;
/// Longest code: 15 bytes are 120 bits.
const MAX_CODE_BYTES: usize = 15;
const GTIN_DIGITS: usize = 14;

/// How a slot's values are encoded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Encoding {
    /// A positive decimal number: `value * 10^scale`.
    Integer {
        /// What is counted, such as `kg`.
        unit: String,
        /// Decimals kept.
        scale: u8,
    },
    /// Days since 1970-01-01.
    Day {},
    /// A code of a list: its ASCII bytes as a big-endian integer.
    Code {
        /// Which list.
        list: CodeList,
        /// The list itself, where it is the schema's own.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        choices: Vec<String>,
    },
    /// So many decimal digits, as an integer: tariff codes. Dots and spaces do not count.
    Digits {
        /// How many.
        length: u8,
    },
    /// A GS1 trade item number, filled up with zeros to 14 digits.
    Gtin {},
    /// A hash of the text.
    Text {},
}

/// Which codes a slot takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeList {
    /// Countries: ISO 3166-1 alpha-2.
    Iso3166,
    /// Currencies: ISO 4217 alphabetic codes.
    Iso4217,
    /// The slot's own choices.
    Choices,
    /// Any code.
    Any,
}

/// An attribute as people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// The credential does not have it.
    Absent,
    /// Its value, in the form in which documents write it.
    Value(String),
    /// A text's hash; the text must come beside it.
    TextHash,
    /// An attribute that no value of the slot has.
    NotAValue,
}

impl Encoding {
    pub(super) fn check(&self) -> Result<(), &'static str> {
        let good = match self {
            Self::Integer { unit, scale } => *scale <= MAX_SCALE && !unit.is_empty() && unit.chars().all(is_plain),
            Self::Digits { length } => (1..=MAX_DIGITS).contains(length),
            Self::Code { list, choices } => {
                (*list == CodeList::Choices) != choices.is_empty()
                    && choices.iter().all(|code| code_integer(code).is_ok())
            }
            Self::Day {} | Self::Gtin {} | Self::Text {} => true,
        };
        if good {
            Ok(())
        } else {
            Err(
                "an integer has a unit and at most 18 decimals, digits are 1 to 36, and choices are codes given where the list is \"choices\"",
            )
        }
    }

    /// The attribute of a value.
    ///
    /// # Errors
    /// `ValueError` saying why the text is no value of this encoding.
    pub fn encode(&self, text: &str) -> Result<Attribute, ValueError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(ValueError::Empty);
        }
        let integer = match self {
            Self::Integer { scale, .. } => decimal(text, *scale)?,
            Self::Day {} => u128::from(parse_day(text).map_err(|_| ValueError::NotADay)?.0),
            Self::Code { list, choices } => code(text, *list, choices)?,
            Self::Digits { length } => digits(text, *length)?,
            Self::Gtin {} => gtin(text)?,
            Self::Text {} => return text_attribute(text),
        };
        match SetKey::new(integer) {
            None => Err(ValueError::TooLarge),
            Some(SetKey::ZERO) => Err(ValueError::Zero),
            Some(key) => Ok(Attribute::from_fr(key.to_fr())),
        }
    }

    /// An attribute for people.
    pub fn show(&self, attribute: Attribute) -> Shown {
        if attribute == Attribute::ABSENT {
            return Shown::Absent;
        }
        if *self == (Self::Text {}) {
            return Shown::TextHash;
        }
        let shown = SetKey::whole(&attribute.to_fr()).and_then(|key| self.integer_text(key.get()));
        // Only what encodes back is a value.
        match shown {
            Some(text) if self.encode(&text) == Ok(attribute) => Shown::Value(text),
            _ => Shown::NotAValue,
        }
    }

    fn integer_text(&self, integer: u128) -> Option<String> {
        match self {
            Self::Integer { scale, .. } => Some(decimal_text(integer, *scale)),
            Self::Day {} => u32::try_from(integer).ok().map(|day| format_day(Day(day))),
            Self::Code { .. } => {
                let bytes: Vec<u8> = integer
                    .to_be_bytes()
                    .into_iter()
                    .skip_while(|byte| *byte == 0)
                    .collect();
                String::from_utf8(bytes).ok()
            }
            Self::Digits { length } => Some(format!("{integer:0>width$}", width = usize::from(*length))),
            Self::Gtin {} => Some(format!("{integer:0>GTIN_DIGITS$}")),
            Self::Text {} => None,
        }
    }

    /// What people measure it in; empty where there is no unit.
    pub fn unit(&self) -> &str {
        match self {
            Self::Integer { unit, .. } => unit,
            _ => "",
        }
    }

    /// Whether values have an order that a range can speak of.
    pub const fn is_ordered(&self) -> bool {
        matches!(self, Self::Integer { .. } | Self::Day {} | Self::Digits { .. })
    }
}

fn decimal(text: &str, scale: u8) -> Result<u128, ValueError> {
    let refuse = || ValueError::NotADecimal { scale };
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let decimals = decimals.trim_end_matches('0');
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let too_long = text.len() > 64 || decimals.len() > usize::from(scale);
    if whole.is_empty() || text.ends_with('.') || too_long || !all_digits(whole) || !all_digits(decimals) {
        return Err(refuse());
    }
    let digits = format!("{whole}{decimals:0<width$}", width = usize::from(scale));
    digits.parse().map_err(|_| ValueError::TooLarge)
}

fn decimal_text(integer: u128, scale: u8) -> String {
    let scale = usize::from(scale);
    let digits = format!("{integer:0>width$}", width = scale + 1);
    let (whole, decimals) = digits.split_at(digits.len() - scale);
    match decimals.trim_end_matches('0') {
        "" => whole.to_string(),
        decimals => format!("{whole}.{decimals}"),
    }
}

fn code(text: &str, list: CodeList, choices: &[String]) -> Result<u128, ValueError> {
    let (listed, name) = match list {
        CodeList::Iso3166 => (
            Country::from_alpha2(text).is_some_and(|c| c.alpha2() == text),
            "ISO 3166-1 alpha-2",
        ),
        CodeList::Iso4217 => (Currency::from_alpha(text).is_ok(), "ISO 4217"),
        CodeList::Choices => (choices.iter().any(|choice| choice == text), "of the slot's choices"),
        CodeList::Any => (true, ""),
    };
    if listed {
        code_integer(text)
    } else {
        Err(ValueError::NotOnList { list: name })
    }
}

fn code_integer(text: &str) -> Result<u128, ValueError> {
    let good = !text.is_empty() && text.len() <= MAX_CODE_BYTES && text.bytes().all(|byte| byte.is_ascii_graphic());
    if !good {
        return Err(ValueError::NotACode);
    }
    Ok(text.bytes().fold(0, |integer, byte| integer << 8 | u128::from(byte)))
}

fn digits(text: &str, length: u8) -> Result<u128, ValueError> {
    let refuse = || ValueError::NotDigits { length };
    let bare: String = text.chars().filter(|c| !matches!(c, '.' | ' ')).collect();
    if bare.len() != usize::from(length) || !bare.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(refuse());
    }
    bare.parse().map_err(|_| refuse())
}

/// The check digit makes the sum of digits, weighted 3 and 1 by turns from the right but one, a multiple of ten (GS1 General Specifications, 7.9).
fn gtin(text: &str) -> Result<u128, ValueError> {
    let all_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    if !matches!(text.len(), 8 | 12 | 13 | 14) || !all_digits {
        return Err(ValueError::NotAGtin);
    }
    let weighted = text.bytes().rev().zip([1u32, 3].into_iter().cycle());
    let sum: u32 = weighted.map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    if !sum.is_multiple_of(10) {
        return Err(ValueError::NotAGtin);
    }
    text.parse().map_err(|_| ValueError::NotAGtin)
}

fn text_attribute(text: &str) -> Result<Attribute, ValueError> {
    let normal = normalise_text(text);
    if text.len() > MAX_TEXT_BYTES || normal.len() > MAX_TEXT_BYTES {
        return Err(ValueError::TooLong);
    }
    if !normal.chars().all(is_plain) {
        return Err(ValueError::Invisible);
    }
    Ok(Attribute::of_text(&normal))
}
