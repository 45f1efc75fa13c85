//! Parties: identifiers as documents carry them, addresses, nullifier keys and the text handle that a party hands out.
//!
//! In scope: normalising, hashing, the Bech32m handle. Out of scope: who may enrol whom (crate `ledger`).
//! An attacker who owns this part could make two companies share a party id.

use alloc::string::{String, ToString};
use bech32::{Bech32m, Hrp, primitives::decode::CheckedHrpstring};
use unicode_normalization::UnicodeNormalization;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::{
    Fr,
    eddsa::PublicKey,
    field::{self, FieldError},
    hash::{Domain, hash, text_field},
    newtype::field_newtype,
};

/// Longest scheme or value accepted, in bytes after normalising.
pub const MAX_IDENTIFIER_BYTES: usize = 128;

field_newtype! {
    /// `H(party-id; scheme, value)`: a company as documents name it.
    PartyId
}

field_newtype! {
    /// `H(address; A.x, A.y, nk)`: where notes are owned.
    Address
}

/// Why a party identifier was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdentifierError {
    /// Nothing but punctuation or white space.
    #[error("the party identifier {what} is empty after normalising")]
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
}

/// A scheme and a value, normalised (`docs/protocol.md` section 2).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartyIdentifier {
    scheme: String,
    value: String,
}

impl PartyIdentifier {
    /// Normalises: of 99 real identifiers 17 carried spaces or punctuation, which name no other company.
    ///
    /// # Errors
    /// If scheme or value is empty or too long.
    pub fn new(scheme: &str, value: &str) -> Result<Self, IdentifierError> {
        let scheme = bounded("scheme", normalise_scheme(scheme))?;
        let folded = upper(value);
        let value = if scheme == "EM" {
            folded
        } else {
            folded.chars().filter(|c| c.is_alphanumeric()).collect()
        };
        Ok(Self {
            value: bounded("value", value)?,
            scheme,
        })
    }

    /// The normalised scheme, such as `VAT`.
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

fn upper(text: &str) -> String {
    let compatible: String = text.trim().nfkc().collect();
    compatible.to_uppercase().nfkc().collect::<String>().trim().to_string()
}

fn normalise_scheme(scheme: &str) -> String {
    let scheme = upper(scheme);
    match scheme.as_str() {
        "0088" => "GLN".to_string(),
        "0199" => "LEI".to_string(),
        "VA" => "VAT".to_string(),
        "FC" => "TAX".to_string(),
        other if other.ends_with("VAT") => "VAT".to_string(),
        _ => scheme,
    }
}

fn bounded(what: &'static str, text: String) -> Result<String, IdentifierError> {
    match text.len() {
        0 => Err(IdentifierError::Empty { what }),
        length if length > MAX_IDENTIFIER_BYTES => Err(IdentifierError::TooLong { what, length }),
        _ => Ok(text),
    }
}

/// The key behind nullifiers. Secret: with it one sees when its owner's notes are spent.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct NullifierKey(Fr);

impl NullifierKey {
    /// From a uniformly random field element.
    pub const fn from_fr(value: Fr) -> Self {
        Self(value)
    }

    /// The field element, for a proof's private inputs and for sealing.
    pub const fn expose(&self) -> Fr {
        self.0
    }
}

impl core::fmt::Debug for NullifierKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("NullifierKey(hidden)")
    }
}

impl Address {
    /// The address of an owner's public key and nullifier key.
    pub fn derive(key: &PublicKey, nullifier_key: &NullifierKey) -> Self {
        Self::from_fr(hash(Domain::ADDRESS, &[key.x(), key.y(), nullifier_key.expose()]))
    }
}

/// What an enrolled party's leaf in the directory holds: `H(directory-leaf; party_id, A.x, A.y, address)`.
pub fn directory_leaf(party: PartyId, key: &PublicKey, address: Address) -> Fr {
    hash(
        Domain::DIRECTORY_LEAF,
        &[party.to_fr(), key.x(), key.y(), address.to_fr()],
    )
}

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
        Ok(Self {
            address: Address::from_fr(field::from_bytes(&address)?),
            encryption_key,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_does_not_make_another_company() {
        let plain = PartyIdentifier::new("VAT", "DE123456789").unwrap();
        for (scheme, value) in [
            ("va", "DE 123456789"),
            ("DEVAT", "de-123.456.789"),
            (" vat ", "ＤＥ123456789"),
        ] {
            assert_eq!(
                PartyIdentifier::new(scheme, value).unwrap().id(),
                plain.id(),
                "{scheme} {value}"
            );
        }
        assert_ne!(PartyIdentifier::new("TAX", "DE123456789").unwrap().id(), plain.id());
        assert_ne!(PartyIdentifier::new("VAT", "DE123456780").unwrap().id(), plain.id());
    }

    #[test]
    fn punctuation_counts_in_an_e_mail_address() {
        let id = |value| PartyIdentifier::new("EM", value).unwrap().id();
        assert_ne!(id("a.b@c.de"), id("ab@c.de"));
        assert_eq!(id(" A.B@c.de "), id("a.b@C.DE"));
    }

    #[test]
    fn empty_and_over_long_identifiers_are_refused() {
        assert_eq!(
            PartyIdentifier::new("VAT", " -/ "),
            Err(IdentifierError::Empty { what: "value" })
        );
        assert_eq!(
            PartyIdentifier::new(" ", "1"),
            Err(IdentifierError::Empty { what: "scheme" })
        );
        let long = "9".repeat(129);
        assert_eq!(
            PartyIdentifier::new("VAT", &long),
            Err(IdentifierError::TooLong {
                what: "value",
                length: 129
            })
        );
    }

    #[test]
    fn a_handle_survives_a_round_trip_and_no_changed_character_does() {
        let handle = Handle {
            address: Address::from_fr(Fr::from(42u64)),
            encryption_key: [9; 32],
        };
        let text = handle.to_string();
        assert!(text.starts_with("tradeseal1"));
        assert_eq!(text.parse::<Handle>().unwrap(), handle);
        for i in 0..text.len() {
            let mut changed = text.clone().into_bytes();
            changed[i] = if changed[i] == b'q' { b'p' } else { b'q' };
            let changed = String::from_utf8(changed).unwrap();
            assert!(changed.parse::<Handle>().is_err(), "{changed}");
        }
    }
}
