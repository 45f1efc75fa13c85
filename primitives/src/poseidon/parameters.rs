//! Poseidon's constants per width, as the paper has them and with the partial rounds rewritten to sparse matrices (Poseidon paper,
//! appendix B).
//!
//! In scope: deriving, factoring and caching; which of the two forms is cheaper now. Out of scope: running rounds.
//! An attacker who owns this part chooses the permutation.

use alloc::{boxed::Box, vec, vec::Vec};
use ark_ff::{Field, One, Zero, batch_inversion};
use core::sync::atomic::{AtomicU32, Ordering};
use once_cell::race::OnceBox;

use super::{MAX_INPUTS, grain::Grain};
use crate::Fr;

/// Full rounds, half before and half after the partial ones, for every width.
pub const FULL_ROUNDS: usize = 8;

/// Partial rounds for widths 2 to 17, as in circomlib.
const PARTIAL_ROUNDS: [usize; MAX_INPUTS] = [56, 57, 56, 60, 60, 63, 64, 63, 60, 66, 60, 65, 70, 60, 64, 68];

type Matrix = Vec<Vec<Fr>>;

/// A matrix that is the identity but for its first row and first column.
#[derive(Debug, Clone)]
pub struct SparseMatrix {
    /// First row, `t` elements.
    pub row: Vec<Fr>,
    /// First column below the corner, `t - 1` elements.
    pub column: Vec<Fr>,
}

/// Everything one width needs.
#[derive(Debug, Clone)]
pub struct Parameters {
    /// Constants of the first four full rounds.
    pub first_constants: Vec<Vec<Fr>>,
    /// One constant for each partial round, added to the first element.
    pub partial_constants: Vec<Fr>,
    /// Constants of the last four full rounds.
    pub last_constants: Vec<Vec<Fr>>,
    /// The MDS matrix.
    pub mds: Matrix,
    /// The matrix of the fourth full round: the MDS matrix and what the sparse factors leave over.
    pub pre_sparse: Matrix,
    /// One sparse matrix for each partial round.
    pub sparse: Vec<SparseMatrix>,
}

/// The parameters of width `t`, derived on first use.
///
/// # Panics
/// If `t` is not in 2..=17.
pub fn parameters(t: usize) -> &'static Parameters {
    static CACHE: [OnceBox<Parameters>; MAX_INPUTS] = [const { OnceBox::new() }; MAX_INPUTS];
    assert!(
        (2..=MAX_INPUTS + 1).contains(&t),
        "Poseidon's width is 2 to 17, got {t}"
    );
    CACHE[t - 2].get_or_init(|| Box::new(derive(t)))
}

/// The textbook form of one width.
#[derive(Debug)]
pub(super) struct Textbook {
    /// One constant vector for each round.
    pub(super) constants: Vec<Vec<Fr>>,
    pub(super) mds: Matrix,
}

/// Either form of one width.
pub(super) enum Form {
    Textbook(&'static Textbook),
    Sparse(&'static Parameters),
}

/// Hashes of one width after which factoring its matrices has paid for itself. A program that hashes twice and ends never pays for it.
const WORTH_FACTORING: u32 = 16;

/// The form in which to hash once more at width `t`.
pub(super) fn form(t: usize) -> Form {
    static USES: [AtomicU32; MAX_INPUTS] = [const { AtomicU32::new(0) }; MAX_INPUTS];
    let uses = &USES[t - 2];
    // Which thread sees which count decides nothing but speed.
    let seen = uses.load(Ordering::Relaxed);
    if seen >= WORTH_FACTORING {
        return Form::Sparse(parameters(t));
    }
    uses.store(seen + 1, Ordering::Relaxed);
    Form::Textbook(textbook(t))
}

/// The textbook form of width `t`, derived on first use.
pub(super) fn textbook(t: usize) -> &'static Textbook {
    static CACHE: [OnceBox<Textbook>; MAX_INPUTS] = [const { OnceBox::new() }; MAX_INPUTS];
    CACHE[t - 2].get_or_init(|| Box::new(derive_textbook(t)))
}

fn derive_textbook(t: usize) -> Textbook {
    let partial = PARTIAL_ROUNDS[t - 2];
    let mut grain = Grain::new(t as u64, FULL_ROUNDS as u64, partial as u64);
    let constants = (0..FULL_ROUNDS + partial)
        .map(|_| (0..t).map(|_| grain.element()).collect())
        .collect();
    let seeds: Vec<Fr> = (0..2 * t).map(|_| grain.element_reduced()).collect();
    let (x, y) = seeds.split_at(t);
    let mut entries: Vec<Fr> = x.iter().flat_map(|x| y.iter().map(move |y| *x + y)).collect();
    batch_inversion(&mut entries);
    Textbook {
        constants,
        mds: entries.chunks(t).map(<[Fr]>::to_vec).collect(),
    }
}

fn derive(t: usize) -> Parameters {
    let Textbook { mut constants, mds } = derive_textbook(t);
    let half = FULL_ROUNDS / 2;
    let partial_end = half + PARTIAL_ROUNDS[t - 2];
    let mut partial_constants = Vec::with_capacity(PARTIAL_ROUNDS[t - 2]);
    // In a partial round only the first element meets the S-box, so the other constants may pass it and
    // the matrix, and join the next round's.
    for round in half..partial_end {
        let mut rest = core::mem::take(&mut constants[round]);
        partial_constants.push(core::mem::replace(&mut rest[0], Fr::zero()));
        for (constant, moved) in constants[round + 1].iter_mut().zip(apply(&mds, &rest)) {
            *constant += moved;
        }
    }
    let (pre_sparse, sparse) = factor(&mds, PARTIAL_ROUNDS[t - 2]);
    Parameters {
        last_constants: constants.split_off(partial_end),
        first_constants: constants.into_iter().take(half).collect(),
        partial_constants,
        mds,
        pre_sparse,
        sparse,
    }
}

/// From the last partial round to the first: M = S * D with D = diag(1, lower right block) and S sparse. D commutes with
/// the partial S-box, so it joins the matrix of the round before.
fn factor(mds: &Matrix, rounds: usize) -> (Matrix, Vec<SparseMatrix>) {
    let t = mds.len();
    let corner: Matrix = mds[1..].iter().map(|row| row[1..].to_vec()).collect();
    let corner_inverse = invert(corner.clone());
    let mut matrix = mds.clone();
    // The lower right block, a power of the corner, and so its inverse: one inversion for all rounds.
    let (mut block, mut inverse) = (corner.clone(), corner_inverse.clone());
    let mut sparse = Vec::with_capacity(rounds);
    for _ in 0..rounds {
        let mut row = vec![matrix[0][0]];
        row.extend((0..t - 1).map(|j| (0..t - 1).map(|k| matrix[0][k + 1] * inverse[k][j]).sum::<Fr>()));
        sparse.push(SparseMatrix {
            row,
            column: matrix[1..].iter().map(|row| row[0]).collect(),
        });
        matrix = vec![mds[0].clone()];
        matrix.extend(product(&block, &mds[1..]));
        block = matrix[1..].iter().map(|row| row[1..].to_vec()).collect();
        inverse = product(&corner_inverse, &inverse);
    }
    sparse.reverse();
    (matrix, sparse)
}

fn product(left: &[Vec<Fr>], right: &[Vec<Fr>]) -> Matrix {
    let columns = right[0].len();
    left.iter()
        .map(|row| {
            (0..columns)
                .map(|j| row.iter().zip(right).map(|(a, b)| *a * b[j]).sum())
                .collect()
        })
        .collect()
}

fn apply(matrix: &Matrix, vector: &[Fr]) -> Vec<Fr> {
    matrix
        .iter()
        .map(|row| row.iter().zip(vector).map(|(a, b)| *a * b).sum())
        .collect()
}

/// Gauss-Jordan. Every square block of a Cauchy matrix is invertible, and so are the products met here.
fn invert(mut matrix: Matrix) -> Matrix {
    let n = matrix.len();
    let mut inverse: Matrix = (0..n)
        .map(|i| (0..n).map(|j| if i == j { Fr::one() } else { Fr::zero() }).collect())
        .collect();
    for column in 0..n {
        let pivot = (column..n)
            .find(|row| !matrix[*row][column].is_zero())
            .unwrap_or(column);
        matrix.swap(column, pivot);
        inverse.swap(column, pivot);
        let scale = matrix[column][column].inverse().unwrap_or_default();
        for j in 0..n {
            matrix[column][j] *= scale;
            inverse[column][j] *= scale;
        }
        for row in (0..n).filter(|row| *row != column) {
            let weight = matrix[row][column];
            for j in 0..n {
                let (m, i) = (matrix[column][j], inverse[column][j]);
                matrix[row][j] -= weight * m;
                inverse[row][j] -= weight * i;
            }
        }
    }
    inverse
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::poseidon::{hash_in, poseidon};

    /// The permutation as the paper writes it, every matrix dense.
    fn as_in_the_paper(inputs: &[Fr]) -> Fr {
        let t = inputs.len() + 1;
        let Textbook { constants, mds } = derive_textbook(t);
        let mut state: Vec<Fr> = core::iter::once(Fr::zero()).chain(inputs.iter().copied()).collect();
        for (round, row) in constants.iter().enumerate() {
            state.iter_mut().zip(row).for_each(|(s, c)| *s += c);
            let full = round < 4 || round >= 4 + PARTIAL_ROUNDS[t - 2];
            let boxed = if full { t } else { 1 };
            state[..boxed].iter_mut().for_each(|s| *s = s.pow([5u64]));
            state = apply(&mds, &state);
        }
        state[0]
    }

    #[test]
    fn both_forms_equal_the_paper_at_every_width() {
        for n in 1..=MAX_INPUTS {
            for seed in 0..3u64 {
                let inputs: Vec<Fr> = (0..n as u64)
                    .map(|i| Fr::from(i * 1_000_003 + seed).inverse().unwrap_or_default())
                    .collect();
                let expected = as_in_the_paper(&inputs);
                for form in [Form::Textbook(textbook(n + 1)), Form::Sparse(parameters(n + 1))] {
                    assert_eq!(hash_in(&form, &inputs), expected, "{n} inputs");
                }
            }
        }
    }

    #[test]
    fn a_hash_is_the_same_before_and_after_the_form_changes() {
        let inputs = [Fr::from(3u64); 7];
        let first = poseidon(&inputs);
        for _ in 0..2 * WORTH_FACTORING {
            assert_eq!(poseidon(&inputs), first);
        }
        assert!(matches!(form(inputs.len() + 1), Form::Sparse(_)));
    }
}
