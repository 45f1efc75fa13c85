//! `.r1cs` version 1: a circuit as circom's compiler would write it.
//!
//! In scope: the constraints of a statement. Out of scope: values. The same program writes the same bytes, so that a ceremony's
//! participants compare files.
//! An attacker who owns this part has a ceremony run for another circuit; the import of its key notices.

use tradeseal_circuits::Statement;
use tradeseal_primitives::Fr;

use super::layout::{ExportError, Layout, sorted_row};
use super::montgomery::{FIELD_BYTES, modulus, write_scalar};
use super::sections::{Kind, count, file_of};

const KIND: Kind = Kind {
    magic: "r1cs",
    version: 1,
};

/// The circuit of a statement as an `.r1cs` file. Public rows are public inputs, all private variables are private inputs;
/// wire labels are the wires' own numbers.
///
/// # Errors
/// `Circuit` where it cannot be laid out.
pub fn r1cs<S: Statement>() -> Result<Vec<u8>, ExportError> {
    Layout::of::<S>().map(|layout| file(&layout))
}

pub(super) fn file(layout: &Layout) -> Vec<u8> {
    let labels: Vec<u8> = (0..layout.wires as u64).flat_map(u64::to_le_bytes).collect();
    file_of(KIND, &[(1, &header(layout)), (2, &constraints(layout)), (3, &labels)])
}

fn header(layout: &Layout) -> Vec<u8> {
    let outputs = 0;
    let private = layout.wires - layout.public_rows - 1;
    let mut header = count(FIELD_BYTES).to_le_bytes().to_vec();
    header.extend(modulus::<Fr>());
    for size in [layout.wires, outputs, layout.public_rows, private] {
        header.extend(count(size).to_le_bytes());
    }
    header.extend((layout.wires as u64).to_le_bytes());
    header.extend(count(layout.constraints()).to_le_bytes());
    header
}

fn constraints(layout: &Layout) -> Vec<u8> {
    let matrices = [&layout.matrices.a, &layout.matrices.b, &layout.matrices.c];
    let mut bytes = Vec::new();
    for row in 0..layout.constraints() {
        for matrix in matrices {
            let entries = sorted_row(matrix, row);
            bytes.extend(count(entries.len()).to_le_bytes());
            for (wire, coefficient) in entries {
                bytes.extend(count(wire).to_le_bytes());
                write_scalar(coefficient, &mut bytes);
            }
        }
    }
    bytes
}
