//! What an issuer signs, and whom a verifier trusts to have signed it.
//!
//! In scope: the credential's formula, the trusted issuer's leaf. Out of scope: signatures (`eddsa`), who trusts whom.
//! An attacker who owns this part presents a credential that nobody issued, or to whom it was not issued.

use super::{Attributes, RevocationId};
use crate::{
    Fr,
    eddsa::PublicKey,
    hash::{Domain, digest_field, hash, sha256},
    newtype::field_newtype,
    party::Address,
    receivable::Day,
};

field_newtype! {
    /// Which schema: `digest_field(schema, SHA-256(canonical schema))`, so that nobody reads a slot as another one's.
    SchemaId
}

field_newtype! {
    /// A credential, as its issuer signs it. It names the credential, so it never leaves the holder.
    CredentialHash
}

impl SchemaId {
    /// Of a schema's canonical bytes.
    pub fn of(canonical: &[u8]) -> Self {
        Self::from_fr(digest_field(Domain::SCHEMA, &sha256(canonical)))
    }
}

/// All that an issuer signs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CredentialBody {
    /// How the attributes are to be read.
    pub schema: SchemaId,
    /// To whom it is issued.
    pub holder: Address,
    /// What it says.
    pub attributes: Attributes,
    /// First day on which it is valid.
    pub valid_from: Day,
    /// Last day on which it is valid.
    pub valid_until: Day,
    /// What its issuer revokes it by.
    pub revocation_id: RevocationId,
}

impl CredentialBody {
    /// `credential = H(credential; schema, holder_address, attributes_digest, valid_from_day, valid_until_day, revocation_id)`: the message
    /// that the issuer signs.
    pub fn hash(&self) -> CredentialHash {
        CredentialHash::from_fr(hash(
            Domain::CREDENTIAL,
            &[
                self.schema.to_fr(),
                self.holder.to_fr(),
                self.attributes.digest(),
                Fr::from(self.valid_from.0),
                Fr::from(self.valid_until.0),
                self.revocation_id.to_fr(),
            ],
        ))
    }
}

/// An issuer with the first and the last day on which what it issues may begin to be valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrustedIssuer {
    /// Its key.
    pub key: PublicKey,
    /// First day of trust.
    pub from: Day,
    /// Last day of trust.
    pub until: Day,
}

impl TrustedIssuer {
    /// `H(trusted-issuer; A.x, A.y, from_day, until_day)`: a member of a set tree.
    pub fn member(&self) -> Fr {
        hash(
            Domain::TRUSTED_ISSUER,
            &[
                self.key.x(),
                self.key.y(),
                Fr::from(self.from.0),
                Fr::from(self.until.0),
            ],
        )
    }

    /// Whether what begins to be valid on this day is trusted.
    pub fn trusted_on(&self, day: Day) -> bool {
        (self.from..=self.until).contains(&day)
    }
}
