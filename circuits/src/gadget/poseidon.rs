//! Poseidon in circuit, three constraints an S-box.
//!
//! In scope: the permutation over wires, domain-separated hashing. Out of scope: parameters (crate `primitives`).
//! An attacker who finds a missing constraint here opens every commitment to anything.

use ark_ff::{Field, Zero};
use ark_relations::gr1cs::SynthesisError;
use tradeseal_primitives::{
    Fr,
    hash::Domain,
    poseidon::{FULL_ROUNDS, Parameters, SparseMatrix, parameters},
};

use crate::circuit::{Circuit, Wire};

/// An element of the state; constants pass their first S-box for free.
enum Element {
    Constant(Fr),
    Variable(Wire),
}

/// `H(domain; inputs)`.
///
/// # Errors
/// arkworks' own.
pub fn hash(circuit: &mut Circuit, domain: Domain, inputs: &[&Wire]) -> Result<Wire, SynthesisError> {
    permute(
        circuit,
        [Element::Constant(Fr::zero()), Element::Constant(domain.tag())],
        inputs,
    )
}

/// The 4-ary Merkle node `P(c0, c1, c2, c3)`.
///
/// # Errors
/// arkworks' own.
pub fn node(circuit: &mut Circuit, children: &[Wire; 4]) -> Result<Wire, SynthesisError> {
    let [a, b, c, d] = children;
    permute(circuit, [Element::Constant(Fr::zero())], &[a, b, c, d])
}

/// `P(inputs)` without a tag, as EdDSA's challenge takes it.
///
/// # Errors
/// arkworks' own.
pub fn untagged(circuit: &mut Circuit, inputs: &[&Wire]) -> Result<Wire, SynthesisError> {
    permute(circuit, [Element::Constant(Fr::zero())], inputs)
}

fn permute<const N: usize>(
    circuit: &mut Circuit,
    constants: [Element; N],
    inputs: &[&Wire],
) -> Result<Wire, SynthesisError> {
    let variables = inputs.iter().map(|input| Element::Variable((*input).clone()));
    let start: Vec<Element> = constants.into_iter().chain(variables).collect();
    let p = parameters(start.len());
    let mut state = first_round(circuit, p, start)?;
    let half = FULL_ROUNDS / 2;
    for round in 1..half {
        let matrix = if round + 1 == half { &p.pre_sparse } else { &p.mds };
        state = full_round(circuit, &p.first_constants[round], matrix, &state)?;
    }
    for (constant, matrix) in p.partial_constants.iter().zip(&p.sparse) {
        let first = pow5(circuit, &(&state[0] + &Wire::constant(*constant)))?;
        mix_sparse(matrix, first, &mut state);
    }
    for constants in &p.last_constants {
        state = full_round(circuit, constants, &p.mds, &state)?;
    }
    Ok(state.swap_remove(0))
}

fn first_round(circuit: &mut Circuit, p: &Parameters, start: Vec<Element>) -> Result<Vec<Wire>, SynthesisError> {
    let boxed = start
        .into_iter()
        .zip(&p.first_constants[0])
        .map(|(element, constant)| match element {
            Element::Constant(value) => Ok(Wire::constant((value + constant).pow([5u64]))),
            Element::Variable(wire) => pow5(circuit, &(&wire + &Wire::constant(*constant))),
        })
        .collect::<Result<Vec<_>, _>>()?;
    Ok(mix(&p.mds, &boxed))
}

fn full_round(
    circuit: &mut Circuit,
    constants: &[Fr],
    matrix: &[Vec<Fr>],
    state: &[Wire],
) -> Result<Vec<Wire>, SynthesisError> {
    let boxed = state
        .iter()
        .zip(constants)
        .map(|(element, constant)| pow5(circuit, &(element + &Wire::constant(*constant))))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(mix(matrix, &boxed))
}

/// The last product has the wide combination on the A side: B then gains one variable, not many.
fn pow5(circuit: &mut Circuit, x: &Wire) -> Result<Wire, SynthesisError> {
    let x2 = circuit.product(x, x)?;
    let x4 = circuit.product(&x2, &x2)?;
    circuit.product(x, &x4)
}

fn mix(matrix: &[Vec<Fr>], state: &[Wire]) -> Vec<Wire> {
    matrix
        .iter()
        .map(|row| Wire::weighted_sum(row.iter().copied().zip(state)))
        .collect()
}

fn mix_sparse(matrix: &SparseMatrix, first: Wire, state: &mut [Wire]) {
    state[0] = first;
    let mixed = Wire::weighted_sum(matrix.row.iter().copied().zip(state.iter()));
    let (first, rest) = state.split_at_mut(1);
    for (element, weight) in rest.iter_mut().zip(&matrix.column) {
        *element = &*element + &first[0].scale(*weight);
    }
    first[0] = mixed;
}
