//! From an assignment to the values of `A * B` on the coset: all that the proof needs of the quotient polynomial.
//!
//! In scope: rows, the check of every constraint, four transforms. Out of scope: `C`, which is folded into the key (`fold`).
//! An attacker who owns this part sees every private input.
//!
//! On the coset the vanishing polynomial is -2, so the quotient is `h = (c - a*b) / 2` there. Its `c` part is linear in the
//! assignment and is paid with the points of the private variables; what is left is one scalar `a*b` for each coset point.

use rayon::prelude::*;
use tradeseal_primitives::Fr;
use zeroize::Zeroizing;

use super::domain::Domain;
use super::matrices::{Matrices, SparseMatrix};

/// The first constraint that the assignment breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Broken(pub(crate) usize);

/// Fewest rows for one task.
const ROWS_PER_TASK: usize = 256;

/// The values of `A` and `B` at every root, checked against `C`.
pub(crate) struct Rows {
    a: Zeroizing<Vec<Fr>>,
    b: Zeroizing<Vec<Fr>>,
}

impl Rows {
    /// Evaluates all rows. Like ark-groth16's, `A` goes on with the public values (the constant first), so that they are bound.
    ///
    /// # Errors
    /// [`Broken`] where `a * b != c`.
    pub(crate) fn evaluate(
        matrices: &Matrices,
        public_values: usize,
        domain: &Domain,
        values: &[Fr],
    ) -> Result<Self, Broken> {
        let constraints = matrices.constraints();
        let mut a = products(&matrices.a, domain.size(), values);
        let b = products(&matrices.b, domain.size(), values);
        let broken = (0..constraints)
            .into_par_iter()
            .with_min_len(ROWS_PER_TASK)
            .find_first(|&row| a[row] * b[row] != matrices.c.row_value(row, values));
        if let Some(row) = broken {
            return Err(Broken(row));
        }
        a[constraints..constraints + public_values].copy_from_slice(&values[..public_values]);
        Ok(Self { a, b })
    }

    /// `A * B` at each point of the coset.
    pub(crate) fn product_on_coset(mut self, domain: &Domain) -> Zeroizing<Vec<Fr>> {
        rayon::join(
            || domain.move_to_coset(&mut self.a),
            || domain.move_to_coset(&mut self.b),
        );
        self.a
            .par_iter_mut()
            .zip(self.b.par_iter())
            .with_min_len(ROWS_PER_TASK)
            .for_each(|(a, b)| *a *= b);
        self.a
    }
}

fn products(matrix: &SparseMatrix, size: usize, values: &[Fr]) -> Zeroizing<Vec<Fr>> {
    let mut rows = Zeroizing::new(vec![Fr::default(); size]);
    rows[..matrix.rows()]
        .par_iter_mut()
        .with_min_len(ROWS_PER_TASK)
        .enumerate()
        .for_each(|(row, value)| *value = matrix.row_value(row, values));
    rows
}
