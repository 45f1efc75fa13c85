//! Predicates: what a query asks of one attribute.
//!
//! In scope: their forms and what they hold of a value. Out of scope: policies in people's terms (crate `verifier`).
//! An attacker who owns this part has a range read as a set, or one slot as another.

use super::{Attribute, SetKey, Slot};
use crate::{
    Fr,
    hash::{Domain, hash},
};

/// Predicates of a query.
pub const PREDICATES: usize = 4;

/// What kind of predicate. The number is part of the query's digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Op {
    /// Nothing is asked.
    None = 0,
    /// The value itself.
    Reveal = 1,
    /// The value is a given one.
    Equal = 2,
    /// It is another than a given one.
    NotEqual = 3,
    /// It is an integer below 2^120 between two, both included.
    Range = 4,
    /// Its key is in a set.
    InSet = 5,
    /// Its key is not in a set.
    NotInSet = 6,
}

impl Op {
    /// Every kind, in order of numbers.
    pub const ALL: [Self; 7] = [
        Self::None,
        Self::Reveal,
        Self::Equal,
        Self::NotEqual,
        Self::Range,
        Self::InSet,
        Self::NotInSet,
    ];

    /// Its number.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// Whether it asks something of the value: revealing asks nothing.
    pub const fn asks(self) -> bool {
        !matches!(self, Self::None | Self::Reveal)
    }

    /// Whether it is about a set.
    pub const fn has_set(self) -> bool {
        matches!(self, Self::InSet | Self::NotInSet)
    }
}

/// A predicate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Predicate {
    /// Nothing is asked.
    None,
    /// The value itself.
    Reveal(Slot),
    /// The value is this one.
    Equal(Slot, Attribute),
    /// The value is there, and another than this one.
    NotEqual(Slot, Attribute),
    /// The value is an integer between these, both included.
    Range(Slot, [SetKey; 2]),
    /// The value's key is in the set of this root.
    InSet(Slot, Fr),
    /// The value is there, and its key is not in the set of this root.
    NotInSet(Slot, Fr),
}

/// A predicate as it is hashed: `op * 16 + slot, a, b`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PredicateForm {
    /// Kind.
    pub op: Op,
    /// Slot; 0 where nothing is asked.
    pub slot: Slot,
    /// The value, the least integer, or the set's root; else 0.
    pub a: Fr,
    /// The greatest integer; else 0.
    pub b: Fr,
}

impl PredicateForm {
    /// `op * 16 + slot`.
    pub fn packed(&self) -> Fr {
        Fr::from(u64::from(self.op.number()) * super::SLOTS as u64 + u64::from(self.slot.number()))
    }
}

impl Predicate {
    /// The one form of this predicate.
    pub fn form(&self) -> PredicateForm {
        let zero = Fr::from(0u64);
        let (op, slot, a, b) = match *self {
            Self::None => (Op::None, Slot::FIRST, zero, zero),
            Self::Reveal(slot) => (Op::Reveal, slot, zero, zero),
            Self::Equal(slot, value) => (Op::Equal, slot, value.to_fr(), zero),
            Self::NotEqual(slot, value) => (Op::NotEqual, slot, value.to_fr(), zero),
            Self::Range(slot, [from, to]) => (Op::Range, slot, from.to_fr(), to.to_fr()),
            Self::InSet(slot, root) => (Op::InSet, slot, root, zero),
            Self::NotInSet(slot, root) => (Op::NotInSet, slot, root, zero),
        };
        PredicateForm { op, slot, a, b }
    }
}

/// `predicates_digest = H(predicates; for each of 4: op * 16 + slot, a, b)`.
pub fn predicates_digest(forms: &[PredicateForm; PREDICATES]) -> Fr {
    let mut inputs = [Fr::from(0u64); 3 * PREDICATES];
    for (three, form) in inputs.chunks_exact_mut(3).zip(forms) {
        three.copy_from_slice(&[form.packed(), form.a, form.b]);
    }
    hash(Domain::PREDICATES, &inputs)
}
