//! What an attacker with a debugger does to an assignment: change any private value, follow it through every constraint that defines another
//! value, and see which constraints are left broken.
#![allow(
    clippy::unwrap_used,
    dead_code,
    unreachable_pub,
    missing_docs,
    clippy::missing_panics_doc
)]

use crate::support::Assigned;
use ark_ff::{AdditiveGroup, BigInteger, Field, One, PrimeField, Zero};
use ark_relations::gr1cs::{ConstraintSystem, OptimizationGoal, R1CS_PREDICATE_LABEL, SynthesisMode};
use std::collections::{BTreeMap, BTreeSet};
use tradeseal_circuits::{Circuit, Statement, gadget::eddsa};
use tradeseal_primitives::{
    Fr,
    eddsa::{PublicKey, Signature},
};

pub mod freedom;

/// New values by column.
pub type Edits = BTreeMap<usize, Fr>;

/// Whether the attacker may choose public rows too, as one who also writes the ledger or the request could.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum PublicRows {
    Fixed,
    Chosen,
}

/// How a row is met: by solving it for a value not yet known, or only if it happens to hold.
#[derive(Clone, Copy)]
enum Step {
    Solve {
        row: usize,
        column: usize,
    },
    Check {
        row: usize,
    },
    /// A factor that is 0 for honest values stays 0: the child of a Merkle node that lies on the path follows its subtree.
    Follow {
        row: usize,
        side: usize,
        column: usize,
    },
}

/// An assignment with the order in which its values follow from each other.
pub struct Forger {
    pub assigned: Assigned,
    sections: Vec<(&'static str, usize)>,
    steps: Vec<Step>,
    inputs: Vec<usize>,
    bits: Vec<usize>,
}

/// A changed assignment.
pub struct Forged {
    pub values: Vec<Fr>,
    /// Rows that do not hold.
    pub broken: Vec<usize>,
}

/// `sum coefficient * value`.
pub fn evaluate(terms: &[(Fr, usize)], values: &[Fr]) -> Fr {
    terms
        .iter()
        .map(|(coefficient, column)| *coefficient * values[*column])
        .sum()
}

fn coefficient(terms: &[(Fr, usize)], column: usize) -> Fr {
    terms.iter().filter(|(_, c)| *c == column).map(|(k, _)| *k).sum()
}

/// Lays out any circuit and takes it apart.
pub fn forger_of(rows: PublicRows, build: impl FnOnce(&mut Circuit)) -> Forger {
    let system = ConstraintSystem::<Fr>::new_ref();
    system.set_optimization_goal(OptimizationGoal::Constraints);
    system.set_mode(SynthesisMode::Prove {
        construct_matrices: true,
        generate_lc_assignments: false,
    });
    let mut circuit = Circuit::new(system.clone());
    build(&mut circuit);
    let sections = circuit.sections().to_vec();
    system.finalize();
    let matrices = system.to_matrices().unwrap().remove(R1CS_PREDICATE_LABEL).unwrap();
    let values = [
        system.instance_assignment().unwrap(),
        system.witness_assignment().unwrap(),
    ]
    .concat();
    let assigned = Assigned {
        matrices: matrices.try_into().unwrap(),
        values,
        public_rows: system.num_instance_variables() - 1,
    };
    Forger::analyse(assigned, sections, rows)
}

/// A statement with honest inputs.
pub fn forger<S: Statement>(rows: PublicRows, public: &S::Public, private: &S::Private) -> Forger {
    forger_of(rows, |circuit| S::constrain(circuit, public, private).unwrap())
}

impl Forger {
    fn analyse(assigned: Assigned, sections: Vec<(&'static str, usize)>, rows: PublicRows) -> Self {
        let mut this = Self {
            assigned,
            sections,
            steps: Vec::new(),
            inputs: Vec::new(),
            bits: Vec::new(),
        };
        let first_unknown = match rows {
            PublicRows::Fixed => this.assigned.public_rows + 1,
            PublicRows::Chosen => 1,
        };
        let mut known = vec![false; this.assigned.values.len()];
        known[..first_unknown].fill(true);
        for row in 0..this.assigned.matrices[0].len() {
            let mut unknown: BTreeSet<usize> = this
                .row(row)
                .into_iter()
                .flatten()
                .filter(|(k, column)| !k.is_zero() && !known[*column])
                .map(|(_, column)| *column)
                .collect();
            let newest = unknown.pop_last();
            for column in unknown {
                known[column] = true;
                this.inputs.push(column);
                this.follow(row, column);
            }
            let step = match newest {
                None => Step::Check { row },
                Some(column) => {
                    known[column] = true;
                    this.meet(row, column)
                }
            };
            this.steps.push(step);
        }
        this
    }

    fn follow(&mut self, row: usize, column: usize) {
        let holds = |terms: &&Vec<(Fr, usize)>| {
            evaluate(terms, &self.assigned.values).is_zero() && !coefficient(terms, column).is_zero()
        };
        let [a, b, _] = self.row(row);
        if let Some(side) = [a, b].iter().position(holds) {
            self.steps.push(Step::Follow { row, side, column });
        }
    }

    /// How the last unknown of a row follows from it.
    fn meet(&mut self, row: usize, column: usize) -> Step {
        let [in_a, in_b, in_c] = self.row(row).map(|terms| coefficient(terms, column));
        let [a, b, _] = self.row(row).map(|terms| evaluate(terms, &self.assigned.values));
        let derivative = in_a * b + in_b * a - in_c;
        if !in_a.is_zero() && !in_b.is_zero() {
            // A quadratic equation in one unknown has isolated solutions where its derivative is not 0: that is how a bit is written.
            if derivative.is_zero() {
                self.inputs.push(column);
            } else {
                self.bits.push(column);
            }
            return Step::Check { row };
        }
        if derivative.is_zero() {
            self.inputs.push(column);
            return Step::Check { row };
        }
        Step::Solve { row, column }
    }

    fn row(&self, row: usize) -> [&Vec<(Fr, usize)>; 3] {
        self.assigned.matrices.each_ref().map(|matrix| &matrix[row])
    }

    /// Private values that no constraint defines, bits apart.
    pub fn inputs(&self) -> &[usize] {
        &self.inputs
    }

    fn rows_of(&self, section: &str) -> core::ops::Range<usize> {
        let at = self.sections.iter().position(|(name, _)| *name == section).unwrap();
        let end = self
            .sections
            .get(at + 1)
            .map_or(self.assigned.matrices[0].len(), |(_, row)| *row);
        self.sections[at].1..end
    }

    fn last_column(&self, rows: core::ops::Range<usize>) -> usize {
        rows.flat_map(|row| self.row(row))
            .flatten()
            .map(|(_, c)| *c)
            .max()
            .unwrap_or(self.assigned.public_rows)
    }

    /// Columns of a section's bits, in order.
    pub fn bits_of(&self, section: &str) -> Vec<usize> {
        let rows = self.rows_of(section);
        let (from, to) = (self.last_column(0..rows.start), self.last_column(rows));
        self.bits
            .iter()
            .copied()
            .filter(|c| (from + 1..=to).contains(c))
            .collect()
    }

    /// Columns of every bit, in order.
    pub fn bits(&self) -> &[usize] {
        &self.bits
    }

    /// The first private column with this value.
    pub fn column_of(&self, value: Fr) -> usize {
        let first = self.assigned.public_rows + 1;
        first + self.assigned.values[first..].iter().position(|v| *v == value).unwrap()
    }

    /// The section that a row is in.
    pub fn section_of(&self, row: usize) -> &'static str {
        let before = self.sections.iter().rev().find(|(_, start)| *start <= row);
        before.map_or("", |(name, _)| *name)
    }

    /// Sections with broken rows, in order.
    pub fn broken_sections(&self, forged: &Forged) -> Vec<&'static str> {
        let mut names: Vec<_> = forged.broken.iter().map(|row| self.section_of(*row)).collect();
        names.dedup();
        names
    }

    /// Everything that follows from the changes follows.
    pub fn propagate(&self, edits: &Edits) -> Forged {
        let mut values = self.assigned.values.clone();
        for (column, value) in edits {
            values[*column] = *value;
        }
        for step in &self.steps {
            match *step {
                Step::Check { .. } => {}
                Step::Solve { row, column } => self.solve(row, column, &mut values),
                Step::Follow { row, side, column } if !edits.contains_key(&column) => {
                    let terms = self.row(row)[side];
                    values[column] = Fr::ZERO;
                    values[column] = -evaluate(terms, &values) * coefficient(terms, column).inverse().unwrap();
                }
                Step::Follow { .. } => {}
            }
        }
        let broken = (0..self.assigned.matrices[0].len())
            .filter(|row| {
                let [a, b, c] = self.row(*row).map(|terms| evaluate(terms, &values));
                a * b != c
            })
            .collect();
        Forged { values, broken }
    }

    fn solve(&self, row: usize, column: usize, values: &mut [Fr]) {
        values[column] = Fr::ZERO;
        let terms = self.row(row);
        let [a, b, c] = terms.map(|terms| evaluate(terms, values));
        let [in_a, in_b, in_c] = terms.map(|terms| coefficient(terms, column));
        let derivative = in_a * b + in_b * a - in_c;
        values[column] = (c - a * b) * derivative.inverse().unwrap_or_default();
    }

    /// The changes that put another signature into a section that ends in a signature's verification.
    pub fn with_signature(
        &self,
        section: &str,
        key: &PublicKey,
        message: Fr,
        signature: &Signature,
        edits: &mut Edits,
    ) {
        let alone = forger_of(PublicRows::Fixed, |circuit| {
            let point = eddsa::private_key_point(circuit, key).unwrap();
            let message = circuit.private(message).unwrap();
            eddsa::verify(circuit, &point, &message, signature).unwrap();
        });
        // The key's two coordinates and their squares, and the message, come before the verification's own values.
        let own = &alone.assigned.values[1 + 5..];
        let last = self.last_column(self.rows_of(section));
        edits.extend((last + 1 - own.len()..=last).zip(own.iter().copied()));
    }
}

/// `value` in `bits` bits; what they cannot hold goes into the highest, which is then none.
pub fn decompose(value: Fr, bits: usize) -> Vec<Fr> {
    let integer = value.into_bigint();
    if (integer.num_bits() as usize) <= bits {
        return (0..bits).map(|i| Fr::from(u64::from(integer.get_bit(i)))).collect();
    }
    let mut parts = vec![Fr::ZERO; bits];
    parts[bits - 1] = value * power_of_two(bits as u64 - 1).inverse().unwrap();
    parts
}

/// 2^exponent.
pub fn power_of_two(exponent: u64) -> Fr {
    Fr::from(2u64).pow([exponent])
}

/// The field's -1, or 2^254 and more if it were an integer.
pub fn minus_one() -> Fr {
    -Fr::one()
}
