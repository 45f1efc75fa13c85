//! A revealed value: the attribute that the proof is about, and the text where that is a hash.
//!
//! In scope: that values are the slots', in the order of the request's conditions, and have the digest of the proof. Out of scope: the proof.
//! An attacker who owns this part shows an officer another text than the one that was signed.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use tradeseal_primitives::Fr;
use tradeseal_primitives::credential::{Attribute, Op, REVEALED_VALUES, normalise_text, revealed_digest};

use crate::credential::policy::Policy;
use crate::credential::schema::{Encoding, Shown};
use crate::encoding::{is_plain, printable};
use crate::statement::RevealedDigest;

/// One revealed value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revealed {
    /// Name of the slot.
    pub slot: String,
    /// The attribute.
    #[serde(with = "crate::encoding::text")]
    pub attribute: Attribute,
    /// The text whose hash it is, in its normal form; null where the slot holds no text, or the credential does not have it.
    pub text: Option<String>,
}

/// Why revealed values do not answer a request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RevealedError {
    /// Too many, too few, or of other slots.
    #[error("the request has {expected} revealed, in this order; the presentation reveals {given}")]
    OtherSlots {
        /// Names of the slots asked for.
        expected: String,
        /// Names of the slots given.
        given: String,
    },
    /// The text's hash is another.
    #[error("{slot}: the text shown is not the one that was signed")]
    OtherText {
        /// Which slot.
        slot: String,
    },
    /// A text where none belongs, or none where one does.
    #[error("{slot}: a text comes beside its hash, and beside nothing else")]
    TextPlace {
        /// Which slot.
        slot: String,
    },
    /// An attribute that no value of the slot has.
    #[error("{slot}: the attribute {attribute} is no value of this slot")]
    NotAValue {
        /// Which slot.
        slot: String,
        /// What was given.
        attribute: Attribute,
    },
    /// The digest is another.
    #[error("the values shown do not have the digest that the proof is about")]
    Digest,
}

impl Revealed {
    /// What a holder shows for a policy, given its credential's attributes and texts by slot.
    pub fn answer<'a>(
        policy: &Policy,
        attribute: impl Fn(&str) -> Attribute,
        text: impl Fn(&str) -> Option<&'a str>,
    ) -> Vec<Self> {
        let slots = revealing(policy).map(|(_, slot, encoding)| {
            let attribute = attribute(slot);
            let has_text = *encoding == Encoding::Text {} && attribute != Attribute::ABSENT;
            let text = text(slot).filter(|_| has_text).map(normalise_text);
            Self {
                slot: slot.to_string(),
                attribute,
                text,
            }
        });
        slots.collect()
    }

    /// For each value its slot and the value as people read it, if all of it is what the policy asks and the digest stands for.
    ///
    /// # Errors
    /// `RevealedError` naming the value that is another than asked for, or than proven.
    pub fn check(
        policy: &Policy,
        revealed: &[Self],
        digest: RevealedDigest,
    ) -> Result<Vec<(String, String)>, RevealedError> {
        let asked: Vec<_> = revealing(policy).collect();
        let names = |slots: &mut dyn Iterator<Item = &str>| match slots.collect::<Vec<_>>().join(", ") {
            none if none.is_empty() => "nothing".to_string(),
            names => printable(&names),
        };
        let same = asked.len() == revealed.len()
            && asked
                .iter()
                .zip(revealed)
                .all(|((_, slot, _), given)| *slot == given.slot);
        if !same {
            return Err(RevealedError::OtherSlots {
                expected: names(&mut asked.iter().map(|(_, slot, _)| *slot)),
                given: names(&mut revealed.iter().map(|given| given.slot.as_str())),
            });
        }
        let mut values = [Fr::from(0u64); REVEALED_VALUES];
        let mut shown = Vec::new();
        for ((place, slot, encoding), given) in asked.iter().zip(revealed) {
            values[*place] = given.attribute.to_fr();
            shown.push((slot.to_string(), show(slot, encoding, given)?));
        }
        if RevealedDigest::from_fr(revealed_digest(&values)) == digest {
            Ok(shown)
        } else {
            Err(RevealedError::Digest)
        }
    }
}

fn show(slot: &str, encoding: &Encoding, given: &Revealed) -> Result<String, RevealedError> {
    let slot = slot.to_string();
    match (encoding.show(given.attribute), &given.text) {
        (Shown::Absent, None) => Ok("the credential does not have it".to_string()),
        (Shown::Value(value), None) => {
            let unit = encoding.unit();
            Ok(if unit.is_empty() {
                value
            } else {
                alloc::format!("{value} {unit}")
            })
        }
        (Shown::TextHash, Some(text)) => {
            let is_normal = normalise_text(text) == *text && text.chars().all(is_plain);
            if is_normal && encoding.encode(text) == Ok(given.attribute) {
                Ok(text.clone())
            } else {
                Err(RevealedError::OtherText { slot })
            }
        }
        (Shown::NotAValue, _) => Err(RevealedError::NotAValue {
            slot,
            attribute: given.attribute,
        }),
        _ => Err(RevealedError::TextPlace { slot }),
    }
}

/// Conditions that reveal: their place among the predicates, slot and encoding.
fn revealing(policy: &Policy) -> impl Iterator<Item = (usize, &str, &Encoding)> {
    let forms = policy.forms().iter().zip(policy.conditions()).enumerate();
    forms
        .filter(|(_, (form, _))| form.op == Op::Reveal)
        .filter_map(|(place, (form, condition))| {
            let definition = policy.schema().definition(form.slot)?;
            Some((place, condition.slot.as_str(), &definition.encoding))
        })
}
