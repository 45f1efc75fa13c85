//! In how many directions a satisfied assignment can move and stay satisfied: the derivative of all constraints at once.

use super::{Forger, Step, evaluate};
use ark_ff::{Field, Zero};
use tradeseal_primitives::Fr;

type Tangent = Vec<Fr>;

/// What a satisfied assignment can do to first order. Bits are isolated: they and the conditions on them alone are not counted.
#[derive(Debug, PartialEq, Eq)]
pub struct Freedom {
    /// Private values that no constraint defines.
    pub inputs: usize,
    /// Independent conditions on them.
    pub conditions: usize,
    /// Conditions that follow from the others, to first order.
    pub spare: usize,
}

impl Forger {
    /// Counts what can move and what holds it. A value that some constraint should define and none does is one more input; a condition
    /// that is missing is one condition or one spare fewer.
    pub fn freedom(&self) -> Freedom {
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
        let all = conditions.len();
        let conditions = rank(conditions);
        Freedom {
            inputs: n,
            conditions,
            spare: all - conditions,
        }
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
