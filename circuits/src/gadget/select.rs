//! One of sixteen values by four bits.
//!
//! In scope: the choice. Out of scope: what binds the bits.
//! An attacker who finds a gap here answers about another attribute than the one asked for.

use ark_relations::gr1cs::SynthesisError;

use crate::circuit::{Circuit, Wire};

/// `values[index]` for an index of four bits, little-endian: at each bit half of what remains. 15 constraints.
///
/// # Errors
/// arkworks' own.
pub fn one_of_sixteen(circuit: &mut Circuit, index: &[Wire; 4], values: &[Wire; 16]) -> Result<Wire, SynthesisError> {
    let mut remaining = values.to_vec();
    for bit in index {
        remaining = remaining
            .chunks_exact(2)
            .map(|pair| {
                let step = circuit.product(&(&pair[1] - &pair[0]), bit)?;
                Ok(&pair[0] + &step)
            })
            .collect::<Result<Vec<_>, SynthesisError>>()?;
    }
    Ok(remaining.swap_remove(0))
}
