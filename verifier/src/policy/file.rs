//! The policy file: what a bank clerk writes.
//!
//! ```json
//! {
//!   "min_amount": "1000.00 EUR",
//!   "due_from": "2026-12-01",
//!   "due_to": "2027-03-31",
//!   "approved_debtors": [{ "scheme": "VAT", "id": "DE123456789" }],
//!   "required_flags": ["acknowledged"],
//!   "forbidden_flags": ["other_payee_named"]
//! }
//! ```
//! A debtor may also be given as a party id, in decimal text. Both lists of flags may be left out.
//!
//! In scope: reading it. Out of scope: the request made of it. An attacker who owns this file sets the bank's policy.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, Visitor, value::MapAccessDeserializer};
use tradeseal_primitives::party::{PartyId, PartyIdentifier};
use tradeseal_primitives::receivable::Day;

use super::{Amount, ApprovedDebtors, DebtorsError, DueWindow, FlagError, Policy, PolicyError, flags_from_names};
use crate::{calendar, encoding};

/// Largest policy file read: some 100 bytes for each of 65,536 debtors.
pub const MAX_POLICY_FILE_BYTES: usize = 8 * 1024 * 1024;

/// A policy file that was read and checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyFile(Policy);

/// Why a policy file was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyFileError {
    /// Over [`MAX_POLICY_FILE_BYTES`].
    #[error("the policy file has {bytes} bytes; at most {max} are read", max = MAX_POLICY_FILE_BYTES)]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// Not JSON of the right shape, or a value that cannot be read.
    #[error("the policy file cannot be read: {cause}")]
    Json {
        /// What and where.
        cause: String,
    },
    /// The values contradict each other.
    #[error("the policy file: {0}")]
    Policy(#[from] PolicyError),
    /// The list of debtors.
    #[error("the policy file: {0}")]
    Debtors(#[from] DebtorsError),
    /// A flag's name.
    #[error("the policy file: {0}")]
    Flag(#[from] FlagError),
}

impl PolicyFileError {
    /// What to do about it.
    pub fn remedy(&self) -> &'static str {
        "correct the policy file; it holds min_amount (\"1000.00 EUR\"), due_from and due_to (\"2026-12-31\"), \
         approved_debtors ([{\"scheme\":\"VAT\",\"id\":\"...\"}]), required_flags and forbidden_flags"
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    #[serde(deserialize_with = "encoding::text::deserialize")]
    min_amount: Amount,
    #[serde(deserialize_with = "day")]
    due_from: Day,
    #[serde(deserialize_with = "day")]
    due_to: Day,
    approved_debtors: Vec<Debtor>,
    #[serde(default)]
    required_flags: Vec<String>,
    #[serde(default)]
    forbidden_flags: Vec<String>,
}

impl PolicyFile {
    /// Parses a policy file.
    ///
    /// # Errors
    /// `PolicyFileError` naming the value that is wrong.
    pub fn parse(bytes: &[u8]) -> Result<Self, PolicyFileError> {
        if bytes.len() > MAX_POLICY_FILE_BYTES {
            return Err(PolicyFileError::TooLong { bytes: bytes.len() });
        }
        let wire: Wire = serde_json::from_slice(bytes).map_err(|cause| PolicyFileError::Json {
            cause: encoding::printable(&cause.to_string()),
        })?;
        let policy = Policy::new(
            wire.min_amount,
            DueWindow {
                from: wire.due_from,
                to: wire.due_to,
            },
            ApprovedDebtors::new(wire.approved_debtors.into_iter().map(|debtor| debtor.0))?,
            flags_from_names(&wire.required_flags)?,
            flags_from_names(&wire.forbidden_flags)?,
        )?;
        Ok(Self(policy))
    }

    /// The policy it holds.
    pub fn into_policy(self) -> Policy {
        self.0
    }
}

fn day<'de, D: Deserializer<'de>>(input: D) -> Result<Day, D::Error> {
    calendar::parse_day(&String::deserialize(input)?).map_err(de::Error::custom)
}

/// A debtor, by identifier or by party id.
struct Debtor(PartyId);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Identifier {
    scheme: String,
    id: String,
}

impl<'de> Deserialize<'de> for Debtor {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        input.deserialize_any(DebtorVisitor)
    }
}

struct DebtorVisitor;

impl<'de> Visitor<'de> for DebtorVisitor {
    type Value = Debtor;

    fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("a debtor as {\"scheme\":\"VAT\",\"id\":\"...\"} or as a party id in decimal text")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Debtor, E> {
        text.parse()
            .map(Debtor)
            .map_err(|cause| E::custom(alloc::format!("approved debtor: {cause}")))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Debtor, A::Error> {
        let identifier = Identifier::deserialize(MapAccessDeserializer::new(map))?;
        PartyIdentifier::new(&identifier.scheme, &identifier.id)
            .map(|identifier| Debtor(identifier.id()))
            .map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;
    use proptest::prelude::*;
    use tradeseal_primitives::receivable::Flags;

    const GOOD: &str = r#"{
        "min_amount": "1000.00 EUR",
        "due_from": "2026-12-01",
        "due_to": "2027-03-31",
        "approved_debtors": [{"scheme": "VAT", "id": "DE 123 456 789"}, {"scheme": "GLN", "id": "4000001000005"}],
        "required_flags": ["acknowledged"],
        "forbidden_flags": ["other_payee_named"]
    }"#;

    #[test]
    fn a_clerks_file_becomes_the_policy_it_says() {
        let policy = PolicyFile::parse(GOOD.as_bytes()).unwrap().into_policy();
        assert_eq!(policy.min_amount().to_string(), "1000.00 EUR");
        assert_eq!(
            policy.due(),
            DueWindow {
                from: Day(20_788),
                to: Day(20_908)
            }
        );
        let debtor = PartyIdentifier::new("VAT", "DE123456789").unwrap().id();
        assert!(policy.debtors().members().contains(&debtor) && policy.debtors().members().len() == 2);
        assert_eq!(policy.required_flags(), Flags::ACKNOWLEDGED);
        assert_eq!(policy.forbidden_flags(), Flags::OTHER_PAYEE_NAMED);
    }

    #[test]
    fn a_debtor_may_be_given_as_party_id() {
        let debtor = PartyIdentifier::new("VAT", "DE123456789").unwrap().id();
        let by_id = GOOD.replace(r#"{"scheme": "VAT", "id": "DE 123 456 789"}"#, &format!("\"{debtor}\""));
        assert_eq!(PolicyFile::parse(by_id.as_bytes()), PolicyFile::parse(GOOD.as_bytes()));
    }

    #[test]
    fn each_wrong_value_is_named() {
        for (from, to, message) in [
            ("1000.00 EUR", "1000,00 EUR", "is not an amount"),
            ("1000.00 EUR", "0.00 EUR", "at least one minor unit"),
            ("1000.00 EUR", "1000.00 EUX", "EUX"),
            ("2026-12-01", "01.12.2026", "is not a day"),
            (
                "2026-12-01",
                "2027-12-01",
                "ends on 2027-03-31 before it begins on 2027-12-01",
            ),
            ("DE 123 456 789", "--", "empty after normalising"),
            (
                r#""required_flags": ["acknowledged"]"#,
                r#""required_flags": ["signed"]"#,
                "unknown flag \"signed\"",
            ),
            (
                r#"["other_payee_named"]"#,
                r#"["acknowledged"]"#,
                "both required and forbidden: acknowledged",
            ),
            ("due_to", "due_until", "unknown field `due_until`"),
            (
                r#"{"scheme": "VAT", "id": "DE 123 456 789"}"#,
                "7",
                "expected a debtor as",
            ),
            (
                r#"{"scheme": "VAT", "id": "DE 123 456 789"}"#,
                r#""0x7""#,
                "not a decimal field element",
            ),
        ] {
            let text = GOOD.replacen(from, to, 1);
            let error = PolicyFile::parse(text.as_bytes()).unwrap_err().to_string();
            assert!(error.contains(message), "{to}: {error}");
        }
        let nobody = GOOD.replace(
            r#"{"scheme": "VAT", "id": "DE 123 456 789"}, {"scheme": "GLN", "id": "4000001000005"}"#,
            "",
        );
        assert_eq!(
            PolicyFile::parse(nobody.as_bytes()),
            Err(PolicyFileError::Debtors(DebtorsError::Empty))
        );
    }

    #[test]
    fn a_file_over_the_limit_is_refused_unread() {
        let bytes = alloc::vec![b' '; MAX_POLICY_FILE_BYTES + 1];
        assert_eq!(
            PolicyFile::parse(&bytes),
            Err(PolicyFileError::TooLong { bytes: bytes.len() })
        );
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = PolicyFile::parse(&bytes);
        }

        #[test]
        fn a_good_file_with_one_byte_changed_never_panics(at in 0..GOOD.len(), byte in any::<u8>()) {
            let mut bytes = GOOD.as_bytes().to_vec();
            bytes[at] = byte;
            let _ = PolicyFile::parse(&bytes);
        }
    }
}
