//! The constraint matrices as the prover reads them: row by row, each distinct coefficient kept once.
//!
//! In scope: compact rows, their products with an assignment. Out of scope: how a circuit makes them (`synthesis`).
//! An attacker who owns this part makes proofs fail, which verification before release notices.

use std::collections::HashMap;

use ark_ff::{One, PrimeField, Zero};
use ark_relations::gr1cs::Matrix;
use sha2::{Digest, Sha256};
use tradeseal_primitives::Fr;
use zerocopy::IntoBytes;

/// One nonzero of a row.
#[derive(Clone, Copy, Debug)]
struct Entry {
    column: u32,
    /// Index among the coefficients.
    coefficient: u32,
}

/// A sparse matrix. Coefficients 0 and 1 are the values 1 and -1, whose products cost nothing.
#[derive(Clone, Debug)]
pub(crate) struct SparseMatrix {
    /// Where each row begins; one more than there are rows.
    starts: Vec<u32>,
    entries: Vec<Entry>,
    coefficients: Vec<Fr>,
}

const ONE: u32 = 0;
const MINUS_ONE: u32 = 1;

impl SparseMatrix {
    /// From arkworks' rows.
    pub(crate) fn new(rows: &Matrix<Fr>) -> Self {
        let mut coefficients = vec![Fr::one(), -Fr::one()];
        let mut known: HashMap<Fr, u32> = (0..).zip(&coefficients).map(|(index, value)| (*value, index)).collect();
        let mut starts = vec![0];
        let mut entries = Vec::with_capacity(rows.iter().map(Vec::len).sum());
        for row in rows {
            for (value, column) in row.iter().filter(|(value, _)| !value.is_zero()) {
                let coefficient = *known.entry(*value).or_insert_with(|| {
                    coefficients.push(*value);
                    index(coefficients.len() - 1)
                });
                entries.push(Entry {
                    column: index(*column),
                    coefficient,
                });
            }
            starts.push(index(entries.len()));
        }
        Self {
            starts,
            entries,
            coefficients,
        }
    }

    /// Rows.
    pub(crate) fn rows(&self) -> usize {
        self.starts.len() - 1
    }

    /// The highest column used, and one.
    fn columns(&self) -> usize {
        self.entries
            .iter()
            .map(|entry| entry.column as usize + 1)
            .max()
            .unwrap_or(0)
    }

    fn hash_into(&self, hasher: &mut Sha256) {
        for start in &self.starts {
            hasher.update(start.to_le_bytes());
        }
        for row in 0..self.rows() {
            for (column, coefficient) in self.row(row) {
                hasher.update((column as u64).to_le_bytes());
                hasher.update(coefficient.into_bigint().0.as_bytes());
            }
        }
    }

    fn entries_of(&self, row: usize) -> &[Entry] {
        &self.entries[self.starts[row] as usize..self.starts[row + 1] as usize]
    }

    /// The nonzeros of a row: columns and coefficients.
    pub(crate) fn row(&self, row: usize) -> impl Iterator<Item = (usize, Fr)> {
        let entries = self.entries_of(row).iter();
        entries.map(|entry| (entry.column as usize, self.coefficients[entry.coefficient as usize]))
    }

    /// A row times the assignment.
    pub(crate) fn row_value(&self, row: usize, values: &[Fr]) -> Fr {
        let mut sum = Fr::zero();
        for entry in self.entries_of(row) {
            let value = values[entry.column as usize];
            match entry.coefficient {
                ONE => sum += value,
                MINUS_ONE => sum -= value,
                other => sum += value * self.coefficients[other as usize],
            }
        }
        sum
    }
}

/// Circuits are far below 2^32 in every size: a proving key of that many points would be hundreds of gigabytes.
pub(super) fn index(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// The three matrices of a circuit.
#[derive(Clone, Debug)]
pub(crate) struct Matrices {
    pub(crate) a: SparseMatrix,
    pub(crate) b: SparseMatrix,
    pub(crate) c: SparseMatrix,
}

impl Matrices {
    /// From arkworks' three; `None` if there are not three of one height.
    pub(crate) fn new(matrices: &[Matrix<Fr>]) -> Option<Self> {
        let [a, b, c] = matrices else { return None };
        let same = a.len() == b.len() && b.len() == c.len();
        same.then(|| Self {
            a: SparseMatrix::new(a),
            b: SparseMatrix::new(b),
            c: SparseMatrix::new(c),
        })
    }

    /// Columns used, from the first.
    pub(crate) fn columns(&self) -> usize {
        [&self.a, &self.b, &self.c]
            .map(SparseMatrix::columns)
            .into_iter()
            .max()
            .unwrap_or(0)
    }

    /// SHA-256 of `C`, the only matrix that a key's tables depend on.
    pub(crate) fn digest_of_c(&self) -> [u8; 32] {
        let mut hasher = Sha256::new();
        self.c.hash_into(&mut hasher);
        hasher.finalize().into()
    }

    /// Constraints.
    pub(crate) fn constraints(&self) -> usize {
        self.a.rows()
    }
}
