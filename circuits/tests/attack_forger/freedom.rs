//! How many directions there are in which a satisfied assignment can move and stay satisfied.

use super::{Forger, Step, evaluate};
use ark_ff::{Field, Zero};
use tradeseal_primitives::Fr;

type Tangent = Vec<Fr>;

impl Forger {
    /// The dimension of the kernel of the constraints' derivative: inputs that can move, less independent conditions that hold them.
    /// A value that some constraint should have defined, and none does, adds one. Bits are isolated and cannot move.
    pub fn degrees_of_freedom(&self) -> usize {
        let n = self.inputs().len();
        let mut tangents: Vec<Tangent> = vec![Tangent::new(); self.assigned.values.len()];
        for (i, column) in self.inputs().iter().enumerate() {
            tangents[*column] = unit(n, i);
        }
        let mut conditions = Vec::new();
        for step in &self.steps {
            match *step {
                Step::Follow { .. } => {}
                Step::Solve { row, column } => {
                    let (numerator, derivative) = self.moved(row, Some(column), &tangents, n);
                    let scale = -derivative.inverse().unwrap();
                    tangents[column] = numerator.into_iter().map(|x| x * scale).collect();
                }
                Step::Check { row } => {
                    let (condition, _) = self.moved(row, None, &tangents, n);
                    if condition.iter().any(|x| !x.is_zero()) {
                        conditions.push(condition);
                    }
                }
            }
        }
        n - rank(conditions)
    }

    /// The derivative of `a * b - c` along the inputs, without `skipped`'s part, and along `skipped`.
    fn moved(&self, row: usize, skipped: Option<usize>, tangents: &[Tangent], n: usize) -> (Tangent, Fr) {
        let [a, b, _] = self.row(row).map(|terms| evaluate(terms, &self.assigned.values));
        let mut sum = vec![Fr::zero(); n];
        let mut along = Fr::zero();
        for (terms, weight) in self.row(row).into_iter().zip([b, a, -Fr::from(1u64)]) {
            for (coefficient, column) in terms {
                let factor = *coefficient * weight;
                if Some(*column) == skipped {
                    along += factor;
                } else {
                    for (out, tangent) in sum.iter_mut().zip(&tangents[*column]) {
                        if !tangent.is_zero() {
                            *out += *tangent * factor;
                        }
                    }
                }
            }
        }
        (sum, along)
    }
}

fn unit(n: usize, i: usize) -> Tangent {
    let mut tangent = vec![Fr::zero(); n];
    tangent[i] = Fr::from(1u64);
    tangent
}

fn rank(mut rows: Vec<Tangent>) -> usize {
    let width = rows.first().map_or(0, Vec::len);
    let mut rank = 0;
    for column in 0..width {
        let Some(at) = (rank..rows.len()).find(|row| !rows[*row][column].is_zero()) else {
            continue;
        };
        rows.swap(rank, at);
        let (above, below) = rows.split_at_mut(rank + 1);
        let pivot = &above[rank];
        let inverse = pivot[column].inverse().unwrap();
        for row in below {
            let factor = row[column] * inverse;
            if !factor.is_zero() {
                for (x, p) in row.iter_mut().zip(pivot).skip(column) {
                    *x -= factor * p;
                }
            }
        }
        rank += 1;
    }
    rank
}
