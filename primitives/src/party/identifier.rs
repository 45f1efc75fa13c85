//! Identifiers of parties, in one spelling each.
//!
//! In scope: normalising so that spellings of one number meet and two companies' numbers never do (`docs/protocol.md` section 2). Out of
//! scope: whether the number exists and whose it is; the registrar decides that. An attacker who owns this part could make
//! two companies share a party id.

use alloc::{
    borrow::ToOwned,
    format,
    string::{String, ToString},
};
use unicode_normalization::UnicodeNormalization;

use super::{
    PartyId,
    country::{Country, leading_vat_prefix},
    letters,
    scheme::{Scheme, TAX, split_country},
};
use crate::hash::{Domain, hash, text_field};

/// Longest scheme or value accepted, in bytes after normalising.
pub const MAX_IDENTIFIER_BYTES: usize = 128;

const VAT: &str = "VAT";

/// Why a party identifier was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdentifierError {
    /// Nothing but punctuation or white space, or a VAT prefix without a number.
    #[error("the party identifier {what} is empty after normalising; give the {what} in full")]
    Empty {
        /// `scheme` or `value`.
        what: &'static str,
    },
    /// Longer than [`MAX_IDENTIFIER_BYTES`].
    #[error("the party identifier {what} has {length} bytes; at most {MAX_IDENTIFIER_BYTES} are accepted")]
    TooLong {
        /// `scheme` or `value`.
        what: &'static str,
        /// Length in bytes.
        length: usize,
    },
    /// A scheme name with a character that no scheme's name has.
    #[error(
        "the party identifier scheme holds U+{:04X}; write it in letters A to Z, digits, `-`, `.` and `:`, such as VAT or TAX-DE",
        u32::from(*character)
    )]
    SchemeCharacter {
        /// The character.
        character: char,
    },
    /// A VAT scheme such as `QQVAT` whose two letters are no country.
    #[error("the scheme {scheme} names no country of ISO 3166; use VAT, with the country's prefix before the number")]
    UnknownCountry {
        /// The scheme, normalised.
        scheme: String,
    },
    /// A national number without its country: companies of several countries have it.
    #[error(
        "{scheme} numbers are unique only within a country; give the country too, as in {}",
        with_country(scheme)
    )]
    NoCountry {
        /// The scheme, normalised.
        scheme: String,
    },
    /// A country after a scheme that has none, such as `GLN-DE`.
    #[error(
        "the scheme {scheme} takes no country after it; write {}",
        if scheme == VAT { "VAT, and the country's prefix before the number" } else { scheme }
    )]
    CountryNotTaken {
        /// The scheme without the country, normalised.
        scheme: String,
    },
    /// A VAT number with one country's prefix under another country's scheme.
    #[error(
        "the VAT number begins with {found}, but its scheme is that of {expected}; write it under the scheme VAT, with the prefix of the \
         country that gave it"
    )]
    OtherCountry {
        /// Prefix of the scheme's country.
        expected: &'static str,
        /// Prefix of the number.
        found: &'static str,
    },
    /// A character that no identifier of the scheme has: folding it would merge two parties.
    #[error(
        "{scheme} identifiers are ASCII, but this one holds U+{:04X}; type it anew with unaccented letters and digits",
        u32::from(*character)
    )]
    NotAscii {
        /// The scheme, normalised.
        scheme: String,
        /// The first such character.
        character: char,
    },
    /// A letter whose capital is not its own alone (`ı`, `ß`), or a mark that joins the letter before it.
    #[error(
        "the {scheme} identifier holds U+{:04X}, which has no capital letter of its own; write it in capitals, as its register prints it",
        u32::from(*character)
    )]
    AmbiguousLetter {
        /// The scheme, normalised.
        scheme: String,
        /// The first such letter.
        character: char,
    },
}

fn with_country(scheme: &str) -> String {
    if scheme == VAT {
        "VAT:DE123456789".to_owned()
    } else {
        format!("{scheme}-DE")
    }
}

/// A scheme and a value, normalised (`docs/protocol.md` section 2): no two companies share one, wherever they are.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartyIdentifier {
    scheme: String,
    value: String,
}

impl PartyIdentifier {
    /// An identifier written in full, as a person writes it: `VAT` and `DE123456789`, `TAX-DE` and `12/345`, `CVR-DK` and `5402697509`.
    ///
    /// # Errors
    /// If scheme or value is empty, too long, lacks its country, or holds a character that cannot be folded safely.
    pub fn new(scheme: &str, value: &str) -> Result<Self, IdentifierError> {
        match Scheme::parse(scheme)? {
            Scheme::Vat(country) => Self::vat(country, None, value),
            Scheme::Worldwide(scheme) => Self::worldwide(scheme, value),
            Scheme::National(scheme) => {
                let (register, country) =
                    split_country(&scheme).ok_or_else(|| IdentifierError::NoCountry { scheme: scheme.clone() })?;
                match Scheme::parse(register)? {
                    Scheme::National(register) => Self::national(&register, country, value),
                    Scheme::Worldwide(scheme) => Err(IdentifierError::CountryNotTaken { scheme }),
                    Scheme::Vat(_) => Err(IdentifierError::CountryNotTaken { scheme: VAT.to_owned() }),
                }
            }
        }
    }

    /// An identifier as a document gives it: the scheme as it stands there, and beside it the party's country, which scopes a national
    /// number whatever its scheme is called (`REG-NO` is not Norway's) and stands in for the prefix that a VAT number lacks.
    ///
    /// # Errors
    /// As [`PartyIdentifier::new`]; [`IdentifierError::NoCountry`] if the country is needed and `None`.
    pub fn in_country(scheme: &str, value: &str, country: Option<Country>) -> Result<Self, IdentifierError> {
        match Scheme::parse(scheme)? {
            Scheme::Vat(named) => Self::vat(named, country, value),
            Scheme::Worldwide(scheme) => Self::worldwide(scheme, value),
            Scheme::National(scheme) => match country {
                Some(country) => Self::national(&scheme, country, value),
                None => Err(IdentifierError::NoCountry { scheme }),
            },
        }
    }

    /// The number's own prefix wins over the party's country (companies register abroad), but not over the scheme's.
    fn vat(named: Option<Country>, home: Option<Country>, value: &str) -> Result<Self, IdentifierError> {
        let number = ascii_alphanumeric(VAT, value)?;
        let (named, home) = (named.map(Country::vat_prefix), home.map(Country::vat_prefix));
        let (prefix, rest) = match (leading_vat_prefix(&number), named) {
            (Some(found), Some(expected)) if found != expected => {
                return Err(IdentifierError::OtherCountry { expected, found });
            }
            (Some(found), _) => (Some(found), &number[found.len()..]),
            (None, named) => (named.or(home), number.as_str()),
        };
        if rest.is_empty() {
            return Err(IdentifierError::Empty { what: "value" });
        }
        let prefix = prefix.ok_or_else(|| IdentifierError::NoCountry { scheme: VAT.to_owned() })?;
        Self::bounded(VAT.to_owned(), format!("{prefix}{rest}"))
    }

    fn worldwide(scheme: String, value: &str) -> Result<Self, IdentifierError> {
        let value = if scheme == "EM" {
            e_mail(value)?
        } else {
            ascii_alphanumeric(&scheme, value)?
        };
        Self::bounded(scheme, value)
    }

    fn national(register: &str, country: Country, value: &str) -> Result<Self, IdentifierError> {
        let value = if register == TAX {
            ascii_alphanumeric(register, value)?
        } else {
            letters::fold(value).map_err(|character| IdentifierError::AmbiguousLetter {
                scheme: register.to_owned(),
                character,
            })?
        };
        Self::bounded(format!("{register}-{country}"), value)
    }

    fn bounded(scheme: String, value: String) -> Result<Self, IdentifierError> {
        for (what, text) in [("scheme", &scheme), ("value", &value)] {
            match text.len() {
                0 => return Err(IdentifierError::Empty { what }),
                length if length > MAX_IDENTIFIER_BYTES => return Err(IdentifierError::TooLong { what, length }),
                _ => {}
            }
        }
        Ok(Self { scheme, value })
    }

    /// The normalised scheme, such as `VAT` or `TAX-DE`.
    pub fn scheme(&self) -> &str {
        &self.scheme
    }

    /// The normalised value.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// The party id.
    pub fn id(&self) -> PartyId {
        let scheme = text_field(Domain::PARTY_SCHEME, &self.scheme);
        PartyId::from_fr(hash(
            Domain::PARTY_ID,
            &[scheme, text_field(Domain::PARTY_VALUE, &self.value)],
        ))
    }
}

impl core::fmt::Display for PartyIdentifier {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{}:{}", self.scheme, self.value)
    }
}

/// Capital letters and digits of an ASCII value: of 99 real identifiers 17 carried spaces or punctuation, which name no other company.
fn ascii_alphanumeric(scheme: &str, value: &str) -> Result<String, IdentifierError> {
    let text = ascii(scheme, value, char::is_ascii)?;
    let kept = text.chars().filter(char::is_ascii_alphanumeric);
    Ok(kept.map(|c| c.to_ascii_uppercase()).collect())
}

/// An e-mail address, in which punctuation counts.
fn e_mail(value: &str) -> Result<String, IdentifierError> {
    Ok(ascii("EM", value, char::is_ascii_graphic)?.to_ascii_uppercase())
}

fn ascii(scheme: &str, value: &str, allowed: impl Fn(&char) -> bool) -> Result<String, IdentifierError> {
    let compatible: String = value.nfkc().collect();
    let text = compatible.trim();
    match text.chars().find(|c| !allowed(c)) {
        Some(character) => Err(IdentifierError::NotAscii {
            scheme: scheme.to_owned(),
            character,
        }),
        None => Ok(text.to_string()),
    }
}

#[cfg(test)]
mod tests;
