//! The two files between an owner and the bank that locked its receivable: the offer, and the bank's consent.
//!
//! In scope: their JSON. Out of scope: whether to consent; the bank knows the owner and what it is paid for consenting.
//! An offer holds neither proof nor amounts, so a bank can neither complete it nor read it; who finds one learns which note is to be moved.

use serde::{Deserialize, Serialize};
use tradeseal_verifier::entry::{Ed25519Signature, Entry, Transfer, TransferBody};
use tradeseal_verifier::log::KeyName;
use tradeseal_verifier::statement::EntryDigest;

use crate::Failure;

/// Largest offer or consent read.
pub const MAX_OFFER_BYTES: u64 = 32 * 1024;

const OFFER_KIND: &str = "tradeseal/offer/v1";
const CONSENT_KIND: &str = "tradeseal/consent/v1";
/// Stands where the proof will be: a bank signs what the owner means, not the proof of it.
const NO_PROOF: [u8; 256] = [0; 256];

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfferWire {
    kind: String,
    origin: String,
    entry: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ConsentWire {
    kind: String,
    origin: String,
    digest: String,
    signature: String,
}

/// What an owner asks a bank to consent to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// On which ledger.
    pub origin: KeyName,
    /// The transfer.
    pub body: TransferBody,
}

/// A bank's consent to an offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedConsent {
    /// On which ledger.
    pub origin: KeyName,
    /// To which transfer.
    pub digest: EntryDigest,
    /// The bank's signature over the transfer's body.
    pub signature: Ed25519Signature,
}

impl Offer {
    /// The JSON form.
    pub fn to_json(&self) -> String {
        let transfer = Transfer {
            body: self.body.clone(),
            proof: Box::new(NO_PROOF),
            bank_signature: None,
        };
        json(&OfferWire {
            kind: OFFER_KIND.to_owned(),
            origin: self.origin.to_string(),
            entry: hex::encode(transfer.encode()),
        })
    }

    /// Parses the JSON form.
    ///
    /// # Errors
    /// `offer_malformed` with what is wrong.
    pub fn parse(bytes: &[u8]) -> Result<Self, Failure> {
        let refuse = |why: String| {
            Failure::new(
                "offer_malformed",
                format!("not an offer: {why}"),
                "ask the owner for it again: tradeseal receivable transfer ITEM ... --offer FILE",
            )
        };
        let wire: OfferWire = serde_json::from_slice(bytes).map_err(|cause| refuse(cause.to_string()))?;
        if wire.kind != OFFER_KIND {
            return Err(refuse(format!("its kind is not {OFFER_KIND}")));
        }
        let entry = hex::decode(&wire.entry).map_err(|cause| refuse(cause.to_string()))?;
        match Entry::decode(&entry).map_err(|cause| refuse(cause.to_string()))? {
            Entry::Transfer(transfer) if *transfer.proof == NO_PROOF && transfer.bank_signature.is_none() => Ok(Self {
                origin: KeyName::new(&wire.origin).map_err(|cause| refuse(cause.to_string()))?,
                body: transfer.body,
            }),
            Entry::Transfer(_) => Err(refuse("it is a whole transfer".to_owned())),
            other => Err(refuse(format!("it holds a {} entry", other.kind()))),
        }
    }
}

impl SignedConsent {
    /// The JSON form.
    pub fn to_json(&self) -> String {
        json(&ConsentWire {
            kind: CONSENT_KIND.to_owned(),
            origin: self.origin.to_string(),
            digest: self.digest.to_string(),
            signature: hex::encode(self.signature.0),
        })
    }

    /// Parses the JSON form.
    ///
    /// # Errors
    /// `consent_malformed` with what is wrong.
    pub fn parse(bytes: &[u8]) -> Result<Self, Failure> {
        let refuse = |why: String| {
            Failure::new(
                "consent_malformed",
                format!("not a consent: {why}"),
                "ask the bank for it again: tradeseal receivable consent OFFER --as NAME -o FILE",
            )
        };
        let wire: ConsentWire = serde_json::from_slice(bytes).map_err(|cause| refuse(cause.to_string()))?;
        if wire.kind != CONSENT_KIND {
            return Err(refuse(format!("its kind is not {CONSENT_KIND}")));
        }
        let mut signature = [0; 64];
        hex::decode_to_slice(&wire.signature, &mut signature).map_err(|cause| refuse(cause.to_string()))?;
        Ok(Self {
            origin: KeyName::new(&wire.origin).map_err(|cause| refuse(cause.to_string()))?,
            digest: wire
                .digest
                .parse()
                .map_err(|cause: tradeseal_primitives::field::FieldError| refuse(cause.to_string()))?,
            signature: Ed25519Signature(signature),
        })
    }
}

/// A struct of strings always has a JSON form.
fn json<T: Serialize>(wire: &T) -> String {
    serde_json::to_string_pretty(wire).unwrap_or_default() + "\n"
}
