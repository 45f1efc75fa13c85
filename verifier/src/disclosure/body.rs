//! What a discloser says: which receivable, to whom, and its part of the history.
//!
//! In scope: the body's values and their one JSON form, the digest that its proofs are bound to. Out of scope: whether it is true (`verify`).
//! An attacker wrote it, whoever handed it over: each value counts only after the check that names it.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use tradeseal_primitives::Fr;
use tradeseal_primitives::hash::{Domain, digest_field, sha256};
use tradeseal_primitives::party::PartyIdentifier;
use tradeseal_primitives::receivable::{Day, Fingerprint, SaltedFingerprint, Terms, UnixSeconds};

use super::wire;
use super::{DisclosedNote, LoggedEntry, OpenedTransfer, Remaining};
use crate::encoding;
use crate::entry::LedgerId;
use crate::log::KeyName;
use crate::request::{Nonce, VerifierName};
use crate::statement::DisclosureDigest;

/// Precedes the body in what is hashed, so that a disclosure's digest serves nothing else.
const DIGEST_PREFIX: &[u8] = b"tradeseal/disclosure/v1\n";

/// The form of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "u32", try_from = "u32")]
pub enum BodyVersion {
    /// The only one.
    V1,
}

/// The part of one receivable's history that one owner knows (`docs/protocol.md` section 6).
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// The form.
    pub version: BodyVersion,
    /// The log whose ledger holds the receivable.
    #[serde(with = "encoding::origin")]
    pub origin: KeyName,
    /// That ledger.
    #[serde(with = "encoding::text")]
    pub ledger_id: LedgerId,
    /// For whom the file is made, as people know it.
    #[serde(with = "encoding::text")]
    pub audience: VerifierName,
    /// When it is made, by the discloser's clock.
    #[serde(with = "wire::seconds")]
    pub made: UnixSeconds,
    /// 32 random bytes: no two disclosures share a digest.
    #[serde(with = "encoding::text")]
    pub nonce: Nonce,
    /// The receivable.
    #[serde(with = "wire::terms")]
    pub terms: Terms,
    /// The debtor's identifier, if the discloser names it.
    #[serde(with = "wire::identifier")]
    pub debtor: Option<PartyIdentifier>,
    /// The minting supplier's identifier, if the discloser names it.
    #[serde(with = "wire::identifier")]
    pub creditor: Option<PartyIdentifier>,
    /// The invoice behind it: only the minting supplier knows the salt.
    pub invoice: Option<Invoice>,
    /// The discloser's own notes of this receivable, and the dummies that it spent beside them.
    pub notes: Vec<DisclosedNote>,
    /// All outputs of the transfers that spent the discloser's notes; ascending by entry.
    pub transfers: Vec<OpenedTransfer>,
    /// What credit notes and prepayments left of the receivable.
    pub remaining: Option<Remaining>,
    /// Every entry that the above refers to; ascending by index.
    pub entries: Vec<LoggedEntry>,
}

/// What the salted fingerprint in the terms is made of; the supplier is the terms' creditor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Invoice {
    /// The invoice's number, in any spelling that is normalised to the one in the fingerprint.
    pub number: String,
    /// When it was issued.
    #[serde(with = "wire::day")]
    pub issue_day: Day,
    /// What hides the fingerprint in the terms.
    #[serde(with = "encoding::field_element")]
    pub salt: Fr,
}

impl Invoice {
    /// The terms' `rcv` for this invoice of this creditor.
    pub fn receivable(&self, terms: &Terms) -> SaltedFingerprint {
        Fingerprint::derive(terms.creditor, &self.number, self.issue_day).salted(self.salt)
    }
}

impl Body {
    /// `digest_field(disclosure, SHA-256("tradeseal/disclosure/v1\n" || canonical body))`.
    pub fn digest(&self) -> DisclosureDigest {
        let mut bytes = DIGEST_PREFIX.to_vec();
        bytes.extend(encoding::pretty_json(self));
        DisclosureDigest::from_fr(digest_field(Domain::DISCLOSURE, &sha256(&bytes)))
    }
}

impl From<BodyVersion> for u32 {
    fn from(version: BodyVersion) -> Self {
        match version {
            BodyVersion::V1 => 1,
        }
    }
}

impl TryFrom<u32> for BodyVersion {
    type Error = &'static str;

    fn try_from(number: u32) -> Result<Self, Self::Error> {
        match number {
            1 => Ok(Self::V1),
            _ => Err("the only version of a disclosure's body is 1; a newer program may read this one"),
        }
    }
}
