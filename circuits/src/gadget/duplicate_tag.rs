//! The duplicate tag in circuit (`docs/protocol.md` section 3.4): from a fingerprint and the registry's answer to the one tag that belongs to both.
//!
//! In scope: A from the fingerprint, `B = b * 8A`, `E = b * 8M`, the tag of N = 8M. Out of scope: that E is the registry's answer to B, and that B and E
//! are points of the prime-order subgroup other than the identity; the ledger holds both, natively.
//! An attacker who finds a second tag for one fingerprint finances an invoice twice.
//!
//! **One tag for each fingerprint and registry key.** The prover picks b and M; B and E are public rows. A is the sum of two images of the map, each
//! the only one of its input (`elligator`), inputs that are hashes of the fingerprint. P = 8A and N = 8M have order l or are the identity, which the ladder refuses.
//! b stands in the circuit as `h = b / 2`, and both ladders take h's one recoding (`variable_base`, for Q of order l). So B = 2h P fixes 2h modulo l
//! whatever field element h is, h + l among them; not to 0, as B is not the identity. E = k B = 2h k P by the registry's proof, and E = 2h N, so N = k P: of eight M, that
//! differ by points of small order and share their N, any may stand there. Nothing in `H(duplicate-tag; fp, N)` is the prover's choice.

use ark_ff::{Field, PrimeField};
use ark_relations::gr1cs::SynthesisError;
use tradeseal_primitives::{
    Fr,
    babyjubjub::{self, Point, Scalar},
    duplicate_tag::{Blinding, UnblindedPoint},
    hash::Domain,
};

use super::{
    edwards::EdwardsPoint,
    elligator, poseidon,
    variable_base::{self, Digits},
};
use crate::circuit::{Circuit, Wire};

/// A, whose eightfold is the fingerprint's point.
///
/// # Errors
/// arkworks' own.
pub fn uncleared_point(circuit: &mut Circuit, fingerprint: &Wire) -> Result<EdwardsPoint, SynthesisError> {
    let mut image = |i: u64| {
        let index = Wire::constant(Fr::from(i));
        let u = poseidon::hash(circuit, Domain::HASH_TO_CURVE, &[fingerprint, &index])?;
        elligator::map_to_curve(circuit, &u)
    };
    let [first, second] = [image(0)?, image(1)?];
    first.add(circuit, &second)
}

/// The private `b / 2`, recoded.
///
/// # Errors
/// arkworks' own.
pub fn half_blinding(circuit: &mut Circuit, blinding: &Blinding) -> Result<Digits, SynthesisError> {
    let half = *blinding.expose() * inverse(2);
    // l < p, so every scalar is a field element.
    let half = circuit.private(Fr::from_bigint(half.into_bigint()).unwrap_or_default())?;
    variable_base::recode(circuit, &half)
}

/// Enforces `blinded = b * 8A` for the fingerprint's A.
///
/// # Errors
/// arkworks' own.
pub fn enforce_blinded(
    circuit: &mut Circuit,
    fingerprint: &Wire,
    half_blinding: &Digits,
    blinded: &EdwardsPoint,
) -> Result<(), SynthesisError> {
    let a = uncleared_point(circuit, fingerprint)?;
    let [product, _] = variable_base::multiply_clear_by_twice(circuit, half_blinding, &a)?;
    product.equal(circuit, blinded)
}

/// A point M on the curve whose eightfold is N.
pub fn eighth(unblinded: &UnblindedPoint) -> Point {
    babyjubjub::multiply(unblinded.point(), &inverse(8))
}

/// The tag of N = 8M, where `evaluated = b * N` is enforced.
///
/// # Errors
/// arkworks' own.
pub fn tag(
    circuit: &mut Circuit,
    fingerprint: &Wire,
    half_blinding: &Digits,
    evaluated: &EdwardsPoint,
    eighth: &Point,
) -> Result<Wire, SynthesisError> {
    let m = EdwardsPoint::private(circuit, eighth)?;
    let [product, n] = variable_base::multiply_clear_by_twice(circuit, half_blinding, &m)?;
    product.equal(circuit, evaluated)?;
    poseidon::hash(circuit, Domain::DUPLICATE_TAG, &[fingerprint, &n.x, &n.y])
}

/// `1 / n` modulo l, for an n that is no multiple of it.
fn inverse(n: u64) -> Scalar {
    Scalar::from(n).inverse().unwrap_or_default()
}
