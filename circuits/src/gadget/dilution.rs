//! What remains of a receivable, in circuit: the dilution tree's leaf that speaks for its number (`docs/protocol.md` section 1).
//!
//! In scope: which leaf speaks for a number, that leaf's formula and ranges, the root it leads to. Out of scope: whose root that is; what
//! the result is multiplied by.
//! An attacker who finds a gap here finances an invoice that was credited.
//!
//! **Which leaf.** A bit says whether the leaf is the number's own: then both are equal, else the leaf's number is less. So the number's own leaf
//! cannot pass for one that brackets it. The number is moreover below the next one, or, where a second bit says that next is 0, below 2^64.
//!
//! **Ranges.** The leaf's two numbers have 64 bits and the receivable's lies between them, so it has 64 too and is checked nowhere else.
//! Differences of such integers are less than 2^64 on either side of 0, so having 64 bits is being none below it.
//!
//! **Packing.** The leaf hashes `next * 2^30 + remaining`. As 10^9 - remaining has 30 bits, remaining is at most 10^9 and one of 2^30 neighbours, so a
//! packed value, which never reaches the modulus, is that of one pair: the one the ledger wrote. What is below 0 there no ledger writes, and
//! nobody gains by it: a product with it is negative, which the caller's range refuses.

use ark_ff::Zero;
use ark_relations::gr1cs::SynthesisError;
use tradeseal_primitives::{Fr, hash::Domain, receivable::RemainingPpb, tree::dilution::DilutionProof};

use super::{merkle, poseidon, range, receivable::NUMBER_BITS};
use crate::circuit::{Circuit, Wire};

/// Bits of what remains in billionths: 10^9 is below 2^30.
pub const REMAINING_BITS: usize = 30;

/// What the tree of `root` says remains of the receivable of this number, in billionths, 0 to 10^9.
///
/// # Errors
/// arkworks' own.
pub fn remaining(
    circuit: &mut Circuit,
    number: &Wire,
    root: &Wire,
    proof: &DilutionProof,
) -> Result<Wire, SynthesisError> {
    let low = circuit.private(Fr::from(proof.leaf.number))?;
    let next = circuit.private(Fr::from(proof.leaf.next))?;
    let recorded = circuit.private(Fr::from(proof.leaf.remaining.get()))?;
    let whole = Wire::constant(Fr::from(RemainingPpb::WHOLE.get()));
    range::bits_le(circuit, &low, NUMBER_BITS)?;
    range::bits_le(circuit, &next, NUMBER_BITS)?;
    range::at_most(circuit, &recorded, &whole, REMAINING_BITS)?;
    let packed = &next.scale(Fr::from(1u64 << REMAINING_BITS)) + &recorded;
    let leaf = poseidon::hash(circuit, Domain::DILUTION_LEAF, &[&low, &packed])?;
    let found = merkle::root(circuit, &leaf, &proof.path)?;
    circuit.equal(&found, root)?;
    let own = own_leaf(circuit, number, [&low, &next])?;
    let lost = circuit.product(&(&whole - &recorded), &own)?;
    Ok(&whole - &lost)
}

/// Enforces `low <= number < next`, where a next of 0 is 2^64; returns whether `low = number`.
fn own_leaf(circuit: &mut Circuit, number: &Wire, [low, next]: [&Wire; 2]) -> Result<Wire, SynthesisError> {
    let own = circuit.bit(low.value() == number.value())?;
    circuit.equal_if(&own, number, low)?;
    let least = &(low + &Wire::one()) - &own;
    range::at_most(circuit, &least, number, NUMBER_BITS)?;
    let last = circuit.bit(next.value().is_zero())?;
    circuit.equal_if(&last, next, &Wire::zero())?;
    let end = next + &last.scale(Fr::from(1u128 << NUMBER_BITS));
    range::at_most(circuit, &(number + &Wire::one()), &end, NUMBER_BITS)?;
    Ok(own)
}
