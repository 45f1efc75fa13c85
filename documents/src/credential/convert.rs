//! From what documents write to what slots hold.
//!
//! In scope: the few conversions that mappings name. Out of scope: encodings (schemas).
//! An attacker who owns this part shifts a decimal point or a tariff chapter.

use serde::Deserialize;

use super::json::Json;
use super::problem::ProblemCause;
use crate::quoted::Quoted;

/// How a mapping has a value read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Conversion {
    /// As it stands.
    #[default]
    Text,
    /// The day of a date or a time; the day written, wherever its zone.
    Day,
    /// The first two digits of a tariff code.
    HsChapter,
    /// The first six digits of a tariff code.
    HsCode,
    /// The value of a quantity in kilograms.
    Kilograms,
}

impl Conversion {
    /// The value as the slot's encoding reads it.
    pub(super) fn read(self, path: &str, value: &Json) -> Result<String, ProblemCause> {
        let no_value = || ProblemCause::NotAValue { path: path.to_string() };
        if self == Self::Kilograms {
            return kilograms(path, value);
        }
        let text = value.scalar().ok_or_else(no_value)?;
        Ok(match self {
            Self::Day => day_of(text).to_string(),
            Self::HsChapter => tariff_digits(text, 2),
            Self::HsCode => tariff_digits(text, 6),
            Self::Text | Self::Kilograms => text.to_string(),
        })
    }
}

/// The day written, of `2022-03-01T12:54Z`; other text stays as it is and is refused by the slot's encoding.
pub(super) fn day_of(text: &str) -> &str {
    match text.split_once(['T', ' ']) {
        Some((day, _)) => day,
        None => text,
    }
}

/// `2204.21.60 00` to its first digits. Text that is no tariff code stays as it is and is refused by the slot's encoding.
fn tariff_digits(text: &str, count: usize) -> String {
    let plain = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ' '));
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if plain && digits.len() >= count {
        digits[..count].to_string()
    } else {
        text.to_string()
    }
}

/// Kilograms under the names that documents use: `kg` and UN/ECE Recommendation 20's `KGM`.
fn kilograms(path: &str, quantity: &Json) -> Result<String, ProblemCause> {
    let no_value = || ProblemCause::NotAValue { path: path.to_string() };
    let value = quantity.member("value").and_then(Json::scalar).ok_or_else(no_value)?;
    let unit = quantity.member("unitCode").and_then(Json::scalar).unwrap_or_default();
    if matches!(unit, "kg" | "KGM") {
        return Ok(value.to_string());
    }
    Err(ProblemCause::Unit {
        path: path.to_string(),
        unit: Quoted::new(unit),
        wanted: "kg",
    })
}
