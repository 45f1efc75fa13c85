//! The formulas of a receivable in circuit, each the twin of one in `tradeseal_primitives::receivable` or `party`.
//!
//! In scope: hashing wires in the order of `docs/protocol.md` sections 2 and 3. Out of scope: ranges of the values.
//! An attacker who finds two orders that agree makes one note mean two things.

use ark_relations::gr1cs::SynthesisError;
use tradeseal_primitives::{
    Fr,
    hash::Domain,
    receivable::{Flags, NoteRandomness, TYPE_CLASS_INVOICE, Terms},
};

use super::{edwards::EdwardsPoint, poseidon, range};
use crate::circuit::{Circuit, Wire};

/// Bits of an amount.
pub const AMOUNT_BITS: usize = 64;
/// Bits of a day.
pub const DAY_BITS: usize = 32;
/// Bits of a currency code.
pub const CURRENCY_BITS: usize = 16;
/// Bits of a receivable's number.
pub const NUMBER_BITS: usize = 64;
/// Number of flags.
pub const FLAG_BITS: usize = 16;

/// A receivable's terms, each a private variable or derived from some.
#[derive(Debug)]
pub struct TermsWires {
    /// Currency.
    pub currency: Wire,
    /// Due day.
    pub due_day: Wire,
    /// Debtor's party id.
    pub debtor: Wire,
    /// Creditor's party id.
    pub creditor: Wire,
    /// Document hash.
    pub document: Wire,
    /// Salted fingerprint.
    pub receivable: Wire,
    /// Flags as an integer.
    pub flags: Wire,
    /// The receivable's number.
    pub number: Wire,
}

impl TermsWires {
    /// Allocates all eight as private variables, unconstrained but for the hash they go into.
    ///
    /// # Errors
    /// arkworks' own.
    pub fn private(circuit: &mut Circuit, terms: &Terms) -> Result<Self, SynthesisError> {
        Ok(Self {
            currency: circuit.private(Fr::from(terms.currency.0))?,
            due_day: circuit.private(Fr::from(terms.due_day.0))?,
            debtor: circuit.private(terms.debtor.to_fr())?,
            creditor: circuit.private(terms.creditor.to_fr())?,
            document: circuit.private(terms.document.to_fr())?,
            receivable: circuit.private(terms.receivable.to_fr())?,
            flags: circuit.private(Fr::from(terms.flags.bits()))?,
            number: circuit.private(terms.number.to_fr())?,
        })
    }

    /// `terms`.
    ///
    /// # Errors
    /// arkworks' own.
    pub fn hash(&self, circuit: &mut Circuit) -> Result<Wire, SynthesisError> {
        poseidon::hash(
            circuit,
            Domain::TERMS,
            &[
                &self.currency,
                &self.due_day,
                &self.debtor,
                &self.creditor,
                &self.document,
                &self.receivable,
                &self.flags,
                &self.number,
            ],
        )
    }
}

/// `cm` of a note with private randomness.
///
/// # Errors
/// arkworks' own.
pub fn commitment(
    circuit: &mut Circuit,
    amount: &Wire,
    terms: &Wire,
    owner: &Wire,
    randomness: &NoteRandomness,
) -> Result<Wire, SynthesisError> {
    let rho = circuit.private(randomness.rho)?;
    let r = circuit.private(randomness.r)?;
    poseidon::hash(circuit, Domain::NOTE, &[amount, terms, owner, &rho, &r])
}

/// `fp`.
///
/// # Errors
/// arkworks' own.
pub fn fingerprint(
    circuit: &mut Circuit,
    supplier: &Wire,
    invoice_number: &Wire,
    issue_day: &Wire,
) -> Result<Wire, SynthesisError> {
    let class = Wire::constant(Fr::from(TYPE_CLASS_INVOICE));
    poseidon::hash(
        circuit,
        Domain::FINGERPRINT,
        &[supplier, invoice_number, issue_day, &class],
    )
}

/// A leaf of the directory.
///
/// # Errors
/// arkworks' own.
pub fn directory_leaf(
    circuit: &mut Circuit,
    party: &Wire,
    key: &EdwardsPoint,
    address: &Wire,
) -> Result<Wire, SynthesisError> {
    poseidon::hash(circuit, Domain::DIRECTORY_LEAF, &[party, &key.x, &key.y, address])
}

/// Private flags as sixteen bits, lowest first, and as an integer.
///
/// # Errors
/// arkworks' own.
pub fn flag_bits(circuit: &mut Circuit, flags: Flags) -> Result<(Vec<Wire>, Wire), SynthesisError> {
    let bits = (0..FLAG_BITS)
        .map(|i| circuit.bit(flags.bits() >> i & 1 == 1))
        .collect::<Result<Vec<_>, SynthesisError>>()?;
    let integer = Wire::from_bits_le(&bits);
    Ok((bits, integer))
}

/// Enforces that `amount` is in `[1, 2^64)`.
///
/// # Errors
/// arkworks' own.
pub fn positive_amount(circuit: &mut Circuit, amount: &Wire) -> Result<(), SynthesisError> {
    range::bits_le(circuit, amount, AMOUNT_BITS)?;
    circuit.nonzero(amount)
}
