//! One predicate in circuit.
//!
//! In scope: which attribute, which kind, and that it holds. Out of scope: that the predicate is the query's (`constraints` hashes it).
//! An attacker who finds a gap here is in any set, in any range, and on no list.
//!
//! **Kind and slot** are seven bits of which one is 1, and four bits. `op * 16 + slot` is hashed, and no two choices of bits give the same.
//!
//! **One interval.** `low <= key <= high` for every kind, where the kind chooses the bounds: range (a, b), and moreover no bit above the key is set;
//! in a set (leaf.value, leaf.value); in no set (leaf.value + 1, next - 1); otherwise (0, 2^120 - 1), which always holds. A leaf counts
//! only if its path leads to the root a; without a set the path leads anywhere.
//!
//! **Absent values.** Where something is asked, the key is not 0, so that an empty slot satisfies nothing. One inverse shows it together with
//! *not equal*: of the key times `value - a` there, of the key alone elsewhere, of 1 where nothing is asked.

use ark_ff::One;
use ark_relations::gr1cs::SynthesisError;
use tradeseal_primitives::{
    Fr,
    credential::{Op, PredicateForm, SLOTS, SetKey, SetProof},
};

use crate::{
    circuit::{Circuit, Wire},
    gadget::{indexed::LeafWires, interval, low_bits, merkle, select},
};

/// A predicate's wires.
pub(super) struct PredicateWires {
    /// `op * 16 + slot`.
    pub packed: Wire,
    /// First value.
    pub a: Wire,
    /// Second value.
    pub b: Wire,
    /// The attribute if it is revealed, else 0.
    pub revealed: Wire,
}

/// One bit for each kind; exactly one is 1.
struct Kind {
    reveal: Wire,
    equal: Wire,
    not_equal: Wire,
    range: Wire,
    in_set: Wire,
    not_in_set: Wire,
    /// `op`.
    number: Wire,
    /// Whether something is asked of the value.
    asks: Wire,
}

impl Kind {
    fn private(circuit: &mut Circuit, op: Op) -> Result<Self, SynthesisError> {
        let bits = Op::ALL
            .iter()
            .map(|kind| circuit.bit(*kind == op))
            .collect::<Result<Vec<_>, _>>()?;
        let sum = Wire::weighted_sum(bits.iter().map(|bit| (Fr::one(), bit)));
        circuit.equal(&sum, &Wire::one())?;
        let numbers = Op::ALL.iter().map(|kind| Fr::from(kind.number()));
        let number = Wire::weighted_sum(numbers.zip(&bits));
        let asking = Op::ALL.iter().zip(&bits).filter(|(kind, _)| kind.asks());
        let asks = Wire::weighted_sum(asking.map(|(_, bit)| (Fr::one(), bit)));
        let bit = |kind: Op| bits[usize::from(kind.number())].clone();
        Ok(Self {
            reveal: bit(Op::Reveal),
            equal: bit(Op::Equal),
            not_equal: bit(Op::NotEqual),
            range: bit(Op::Range),
            in_set: bit(Op::InSet),
            not_in_set: bit(Op::NotInSet),
            number,
            asks,
        })
    }

    fn has_set(&self) -> Wire {
        &self.in_set + &self.not_in_set
    }
}

/// Allocates a predicate and enforces that the attributes satisfy it.
pub(super) fn constrain(
    circuit: &mut Circuit,
    form: &PredicateForm,
    attributes: &[Wire; SLOTS],
    proof: &SetProof,
) -> Result<PredicateWires, SynthesisError> {
    circuit.section("predicate: slot and kind");
    let slot = form.slot.number();
    let [s0, s1, s2, s3] = [0, 1, 2, 3].map(|i| circuit.bit(slot >> i & 1 == 1));
    let slot_bits = [s0?, s1?, s2?, s3?];
    let kind = Kind::private(circuit, form.op)?;
    let [a, b] = [circuit.private(form.a)?, circuit.private(form.b)?];
    let value = select::one_of_sixteen(circuit, &slot_bits, attributes)?;
    circuit.section("predicate: key");
    let split = low_bits::split(circuit, &value)?;
    circuit.section("predicate: set");
    let bounds = bounds(circuit, &kind, [&a, &b], proof)?;
    circuit.section("predicate: comparisons");
    interval::enforce_between(circuit, &split.key, bounds.each_ref())?;
    circuit.enforce(&split.high_ones, &kind.range, &Wire::zero())?;
    circuit.equal_if(&kind.equal, &value, &a)?;
    enforce_present(circuit, &kind, &split.key, &(&value - &a))?;
    let slot_number = Wire::from_bits_le(&slot_bits);
    Ok(PredicateWires {
        packed: &kind.number.scale(Fr::from(SLOTS as u64)) + &slot_number,
        revealed: circuit.product(&value, &kind.reveal)?,
        a,
        b,
    })
}

/// The bounds that the kind puts on the key; where it is about a set, the leaf's path leads to the root a.
fn bounds(
    circuit: &mut Circuit,
    kind: &Kind,
    [a, b]: [&Wire; 2],
    proof: &SetProof,
) -> Result<[Wire; 2], SynthesisError> {
    let leaf = LeafWires::private(circuit, &proof.leaf)?;
    let hash = leaf.hash(circuit)?;
    let root = merkle::root(circuit, &hash, &proof.path)?;
    circuit.equal_if(&kind.has_set(), &root, a)?;
    let member = circuit.product(&leaf.value, &kind.in_set)?;
    let before = circuit.product(&(&leaf.value + &Wire::one()), &kind.not_in_set)?;
    let after = leaf.last_absent(circuit, &kind.not_in_set)?;
    let from = circuit.product(a, &kind.range)?;
    let to = circuit.product(b, &kind.range)?;
    let unbounded = &Wire::one() - &(&kind.range + &kind.has_set());
    let low = Wire::weighted_sum([&from, &member, &before].map(|wire| (Fr::one(), wire)));
    let high = Wire::weighted_sum([
        (Fr::one(), &to),
        (Fr::one(), &member),
        (Fr::one(), &after),
        (SetKey::MAX.to_fr(), &unbounded),
    ]);
    Ok([low, high])
}

/// `asks = 0`, or the key is not 0 and, where the kind is *not equal*, neither is `difference`.
fn enforce_present(circuit: &mut Circuit, kind: &Kind, key: &Wire, difference: &Wire) -> Result<(), SynthesisError> {
    let factor = circuit.product(&(difference - &Wire::one()), &kind.not_equal)?;
    let tested = circuit.product(key, &(&Wire::one() + &factor))?;
    let or_one = circuit.product(&(&tested - &Wire::one()), &kind.asks)?;
    circuit.nonzero(&(&Wire::one() + &or_one))
}
