//! Poseidon over the BN254 scalar field with circomlib's parameters, widths t = 2 to 17.
//!
//! In scope: parameters (derived, not copied: `grain`), the sparse form of the partial rounds (`parameters`) and the native
//! hash. Out of scope: domain separation (`hash`), the circuit (crate `circuits`).
//! An attacker who owns this part can find collisions, and so forge every root and commitment.
//! Source: Grassi et al., "Poseidon" (USENIX Security 2021), appendices B and F; instances as in circomlib.

mod grain;
mod parameters;

pub use parameters::{FULL_ROUNDS, Parameters, SparseMatrix, parameters};
use parameters::{Form, Textbook};

use alloc::vec::Vec;
use ark_ff::{Field, Zero};

use crate::Fr;

/// Largest number of inputs: width 17, one element of capacity.
pub const MAX_INPUTS: usize = 16;

/// `P(inputs)`: state = (0, inputs), permuted; the first element is the hash.
///
/// # Panics
/// If there are no inputs or more than [`MAX_INPUTS`].
pub fn poseidon(inputs: &[Fr]) -> Fr {
    assert!(
        (1..=MAX_INPUTS).contains(&inputs.len()),
        "Poseidon takes 1 to 16 inputs, got {}",
        inputs.len()
    );
    hash_in(&parameters::form(inputs.len() + 1), inputs)
}

fn hash_in(form: &Form, inputs: &[Fr]) -> Fr {
    let mut state = Vec::with_capacity(inputs.len() + 1);
    state.push(Fr::zero());
    state.extend_from_slice(inputs);
    match form {
        Form::Textbook(textbook) => permute_as_written(textbook, &mut state),
        Form::Sparse(parameters) => permute(parameters, &mut state),
    }
    state[0]
}

/// The 4-ary Merkle node `P(c0, c1, c2, c3)`.
pub fn node(children: &[Fr; 4]) -> Fr {
    poseidon(children)
}

/// The permutation as the paper writes it, every matrix dense.
fn permute_as_written(textbook: &Textbook, state: &mut [Fr]) {
    let mut scratch = [Fr::zero(); MAX_INPUTS + 1];
    let half = FULL_ROUNDS / 2;
    let partial_end = textbook.constants.len() - half;
    for (round, constants) in textbook.constants.iter().enumerate() {
        if (half..partial_end).contains(&round) {
            for (element, constant) in state.iter_mut().zip(constants) {
                *element += constant;
            }
            state[0] = pow5(state[0]);
            mix(&textbook.mds, state, &mut scratch);
        } else {
            full_round(constants, &textbook.mds, state, &mut scratch);
        }
    }
}

/// The permutation in its sparse form; equal to the textbook one.
fn permute(p: &Parameters, state: &mut [Fr]) {
    let mut scratch = [Fr::zero(); MAX_INPUTS + 1];
    let half = FULL_ROUNDS / 2;
    for round in 0..half {
        let matrix = if round + 1 == half { &p.pre_sparse } else { &p.mds };
        full_round(&p.first_constants[round], matrix, state, &mut scratch);
    }
    for (constant, matrix) in p.partial_constants.iter().zip(&p.sparse) {
        state[0] = pow5(state[0] + constant);
        mix_sparse(matrix, state);
    }
    for constants in &p.last_constants {
        full_round(constants, &p.mds, state, &mut scratch);
    }
}

fn pow5(x: Fr) -> Fr {
    let x2 = x.square();
    x2.square() * x
}

fn full_round(constants: &[Fr], matrix: &[Vec<Fr>], state: &mut [Fr], scratch: &mut [Fr]) {
    for (element, constant) in state.iter_mut().zip(constants) {
        *element = pow5(*element + constant);
    }
    mix(matrix, state, scratch);
}

fn mix(matrix: &[Vec<Fr>], state: &mut [Fr], scratch: &mut [Fr]) {
    for (out, row) in scratch.iter_mut().zip(matrix) {
        *out = dot(row, state);
    }
    state.copy_from_slice(&scratch[..state.len()]);
}

fn mix_sparse(matrix: &SparseMatrix, state: &mut [Fr]) {
    let first = state[0];
    state[0] = dot(&matrix.row, state);
    for (element, weight) in state[1..].iter_mut().zip(&matrix.column) {
        *element += first * weight;
    }
}

fn dot(row: &[Fr], state: &[Fr]) -> Fr {
    row.iter().zip(state).map(|(a, b)| *a * b).sum()
}
