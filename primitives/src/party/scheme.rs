//! Schemes: under which rule a party's number was given, and so how far it is unique.
//!
//! In scope: what a scheme's name says (`docs/protocol.md` section 2). Out of scope: the numbers (`identifier`).
//! An attacker who owns this part could have numbers of two countries pass for one.

use alloc::{
    borrow::ToOwned,
    string::{String, ToString},
};
use unicode_normalization::UnicodeNormalization;

use super::{IdentifierError, MAX_IDENTIFIER_BYTES, country::Country};

/// What a scheme's name says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scheme {
    /// VAT: each number begins with a country's prefix. If the scheme names a country, that country's prefix.
    Vat(Option<Country>),
    /// `GLN`, `LEI`, `EM` or an ICD/EAS code: unique worldwide.
    Worldwide(String),
    /// Any other: the numbers of one register or tax office, unique only within a country.
    National(String),
}

impl Scheme {
    /// Reads a scheme's name: NFKC, trimmed, capitals; `0088` is `GLN`, `0199` is `LEI`, `FC` is `TAX`; VAT is `VAT`, `VA`, or two letters,
    /// a colon or none, `VAT`.
    ///
    /// # Errors
    /// If it is empty or has characters other than ASCII letters, digits, `-`, `.` and `:`, or is a VAT scheme of no country.
    pub fn parse(name: &str) -> Result<Self, IdentifierError> {
        let compatible: String = name.nfkc().collect();
        let name = compatible.trim().to_ascii_uppercase();
        if name.is_empty() {
            return Err(IdentifierError::Empty { what: "scheme" });
        }
        if name.len() > MAX_IDENTIFIER_BYTES {
            let length = name.len();
            return Err(IdentifierError::TooLong { what: "scheme", length });
        }
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | ':');
        if let Some(character) = name.chars().find(|c| !allowed(*c)) {
            return Err(IdentifierError::SchemeCharacter { character });
        }
        Ok(match name.as_str() {
            "VAT" | "VA" => Self::Vat(None),
            "0088" | "GLN" => Self::Worldwide("GLN".to_owned()),
            "0199" | "LEI" => Self::Worldwide("LEI".to_owned()),
            "EM" => Self::Worldwide(name),
            "FC" => Self::National(TAX.to_owned()),
            code if code.len() == 4 && code.bytes().all(|byte| byte.is_ascii_digit()) => Self::Worldwide(name),
            other => match letters_before_vat(other) {
                Some(letters) => Self::Vat(Some(Country::from_alpha2(letters).ok_or_else(|| {
                    IdentifierError::UnknownCountry {
                        scheme: other.to_string(),
                    }
                })?)),
                None => Self::National(name),
            },
        })
    }
}

/// Name of the scheme of tax numbers other than VAT.
pub(super) const TAX: &str = "TAX";

/// The two letters of `DKVAT` or `DE:VAT`; `PRIVAT` is none of these.
fn letters_before_vat(scheme: &str) -> Option<&str> {
    let rest = scheme.strip_suffix("VAT")?;
    let letters = rest.strip_suffix(':').unwrap_or(rest);
    (letters.len() == 2 && letters.bytes().all(|byte| byte.is_ascii_uppercase())).then_some(letters)
}

/// A national scheme written out in full, as in `TAX-DE`: its register and its country.
pub(super) fn split_country(name: &str) -> Option<(&str, Country)> {
    let (register, letters) = name.rsplit_once('-')?;
    Some((register, Country::from_alpha2(letters)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_forms_of_vat_are_vat() {
        let country = |letters| Some(Country::from_alpha2(letters).unwrap());
        for (name, named) in [
            ("VAT", None),
            (" va ", None),
            ("DKVAT", country("DK")),
            ("de:vat", country("DE")),
            ("GR:VAT", country("GR")),
            ("ELVAT", country("GR")),
        ] {
            assert_eq!(Scheme::parse(name), Ok(Scheme::Vat(named)), "{name}");
        }
        for name in [
            "PRIVAT", ":VAT", "DE::VAT", "D1VAT", "VAT-DE", "DE-VAT", "VATDE", "XVAT",
        ] {
            assert!(matches!(Scheme::parse(name), Ok(Scheme::National(_))), "{name}");
        }
        for name in ["QQVAT", "EU:VAT"] {
            let scheme = name.to_string();
            assert_eq!(Scheme::parse(name), Err(IdentifierError::UnknownCountry { scheme }));
        }
    }

    #[test]
    fn codes_and_the_three_worldwide_names_need_no_country() {
        for (name, normal) in [
            ("0088", "GLN"),
            ("gln", "GLN"),
            ("0199", "LEI"),
            ("0060", "0060"),
            ("em", "EM"),
        ] {
            assert_eq!(Scheme::parse(name), Ok(Scheme::Worldwide(normal.to_string())), "{name}");
        }
        for (name, normal) in [
            ("FC", "TAX"),
            ("legal", "LEGAL"),
            ("UK:CH", "UK:CH"),
            ("088", "088"),
            ("00880", "00880"),
        ] {
            assert_eq!(Scheme::parse(name), Ok(Scheme::National(normal.to_string())), "{name}");
        }
    }

    #[test]
    fn a_scheme_is_ascii() {
        for (name, character) in [
            ("UK VAT", ' '),
            ("VÄT", 'Ä'),
            ("ve\u{131}", '\u{131}'),
            ("A_B", '_'),
            ("A\u{200b}", '\u{200b}'),
        ] {
            assert_eq!(
                Scheme::parse(name),
                Err(IdentifierError::SchemeCharacter { character }),
                "{name}"
            );
        }
        assert_eq!(Scheme::parse("ＶＡＴ"), Ok(Scheme::Vat(None)));
        assert_eq!(
            Scheme::parse(" \u{a0} "),
            Err(IdentifierError::Empty { what: "scheme" })
        );
    }
}
