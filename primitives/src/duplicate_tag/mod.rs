//! The duplicate tag: one public tag for each invoice, which nobody can look an invoice up by (`docs/protocol.md` section 3.4).
//!
//! In scope: a blind OPRF on BabyJubJub: hashing to the curve, blinding, the registry's evaluation and its proof, the tag. Out of scope: which
//! tags were seen and which key is current (crate `ledger`), the same in circuit (crate `circuits`).
//! An attacker who owns this part has an invoice financed twice, or learns whose invoices they are. One who owns the registry's key alone can
//! test guesses of an invoice against published tags, but neither forge nor free a tag.
//!
//! Source: Jarecki, Kiayias, Krawczyk, "Round-optimal password-protected secret sharing" (2014), construction 2HashDH.

mod blinding;
mod dleq;
mod hash_to_curve;
mod point;
#[cfg(feature = "signing")]
mod registry_key;

pub use blinding::{Blinding, BlindingError, UnblindedPoint, blind, unblind};
pub use dleq::{DleqError, DleqProof};
pub use hash_to_curve::{ELLIGATOR_Z, hash_to_curve, map_inputs, map_to_curve, uncleared_point};
pub use point::{BlindedPoint, EvaluatedPoint, RegistryPublicKey};
#[cfg(feature = "signing")]
pub use registry_key::{RegistryKey, RegistryKeyError};

use crate::{
    hash::{Domain, hash},
    newtype::field_newtype,
    receivable::Fingerprint,
};

field_newtype! {
    /// `tag`: the same for every minting of one invoice under one registry key, and random to all who cannot ask the registry.
    DuplicateTag
}

/// `H(duplicate-tag; fp, N.x, N.y)`.
pub fn tag(fingerprint: Fingerprint, unblinded: &UnblindedPoint) -> DuplicateTag {
    let point = unblinded.point();
    DuplicateTag::from_fr(hash(Domain::DUPLICATE_TAG, &[fingerprint.to_fr(), point.x, point.y]))
}

#[cfg(all(test, feature = "signing"))]
mod tests;
