//! `.wtns` version 2: all values of an assignment, **private inputs included**.
//!
//! In scope: a satisfied assignment. Out of scope: keeping the file from others; callers write it for its owner alone.
//! An attacker who owns this part sees every private input.

use ark_relations::gr1cs::SynthesisError;
use tradeseal_circuits::{Instance, Statement};
use tradeseal_primitives::Fr;
use zeroize::Zeroizing;

use super::layout::{ExportError, Layout, unlaid};
use super::montgomery::{FIELD_BYTES, modulus, write_scalar};
use super::sections::{Kind, count, file_of};
use crate::synthesis::Assignment;

const KIND: Kind = Kind {
    magic: "wtns",
    version: 2,
};

/// The assignment of these inputs as a `.wtns` file. It holds the private inputs in the clear: whoever reads it can prove as its owner
/// does, and knows all that the proof hides. The bytes are wiped when dropped.
///
/// # Errors
/// `Unsatisfied` if a constraint fails, `Circuit` where the circuit cannot be filled.
pub fn wtns<S: Statement>(public: &S::Public, private: &S::Private) -> Result<Zeroizing<Vec<u8>>, ExportError> {
    let layout = Layout::of::<S>()?;
    let assignment = Assignment::compute(Instance::<S> { public, private }).map_err(unlaid::<S>)?;
    let values = assignment.values();
    if values.len() != layout.wires {
        return Err(unlaid::<S>(SynthesisError::AssignmentMissing));
    }
    if let Some(index) = layout.first_broken(values) {
        return Err(ExportError::Unsatisfied {
            statement: S::ID,
            index,
        });
    }
    let mut header = count(FIELD_BYTES).to_le_bytes().to_vec();
    header.extend(modulus::<Fr>());
    header.extend(count(values.len()).to_le_bytes());
    // Of its final length from the start: a vector that grows leaves copies behind.
    let mut body = Zeroizing::new(Vec::with_capacity(values.len() * FIELD_BYTES));
    values.iter().for_each(|value| write_scalar(*value, &mut body));
    Ok(Zeroizing::new(file_of(KIND, &[(1, &header), (2, &body)])))
}
