//! EdDSA-Poseidon in circuit: `S * Base8 = R8 + P(R8, A, m) * 8A`.
//!
//! In scope: the equation, R8 and A on the curve, 8A not the identity. Out of scope: whose key A is.
//! An attacker who finds a gap here acts for any owner or debtor.
//!
//! A key with a component of small order is not refused here, as `PublicKey` refuses it natively: such a key can only be its attacker's own, since
//! registrars enrol parsed keys only and an address is a hash of its key. R8's subgroup need not be checked: the equation puts it there. S enters as signed digits and is a scalar modulo l by construction, so there is no malleable S.

use ark_relations::gr1cs::SynthesisError;
use tradeseal_primitives::eddsa::{PublicKey, Signature};

use super::{edwards::EdwardsPoint, fixed_base, poseidon, variable_base};
use crate::circuit::{Circuit, Wire};

/// Allocates a public key's point, enforced to be on the curve.
///
/// # Errors
/// arkworks' own.
pub fn private_key_point(circuit: &mut Circuit, key: &PublicKey) -> Result<EdwardsPoint, SynthesisError> {
    EdwardsPoint::private(circuit, key.point())
}

/// The two sides of the signature equation; equal exactly if the signature verifies.
///
/// # Errors
/// arkworks' own.
pub fn sides(
    circuit: &mut Circuit,
    key: &EdwardsPoint,
    message: &Wire,
    signature: &Signature,
) -> Result<[EdwardsPoint; 2], SynthesisError> {
    let r8 = EdwardsPoint::private(circuit, &signature.r8)?;
    let challenge = poseidon::untagged(circuit, &[&r8.x, &r8.y, &key.x, &key.y, message])?;
    let product = variable_base::multiply_by_eight_times(circuit, &challenge, key)?;
    let right = r8.add(circuit, &product)?;
    let left = fixed_base::multiply_base8(circuit, &signature.s)?;
    Ok([left, right])
}

/// Enforces that `signature` is `key`'s over `message`.
///
/// # Errors
/// arkworks' own.
pub fn verify(
    circuit: &mut Circuit,
    key: &EdwardsPoint,
    message: &Wire,
    signature: &Signature,
) -> Result<(), SynthesisError> {
    let [left, right] = sides(circuit, key, message, signature)?;
    left.equal(circuit, &right)
}

/// As [`verify`], but only where `condition` (a bit) is 1.
///
/// # Errors
/// arkworks' own.
pub fn verify_if(
    circuit: &mut Circuit,
    condition: &Wire,
    key: &EdwardsPoint,
    message: &Wire,
    signature: &Signature,
) -> Result<(), SynthesisError> {
    let [left, right] = sides(circuit, key, message, signature)?;
    circuit.equal_if(condition, &left.x, &right.x)?;
    circuit.equal_if(condition, &left.y, &right.y)
}
