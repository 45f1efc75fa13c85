//! `.zkey` version 1 for Groth16: a proving key as snarkjs and rapidsnark read it, and as a ceremony leaves it.
//!
//! In scope: writing any key; reading a ceremony's, believed only after every check below. Out of scope: running a ceremony.
//! An attacker who owns this part has a forgeable key taken for a ceremony's.

mod check;
mod contributions;
mod error;
mod read;
mod relations;
mod snarkjs_random;
mod write;

pub use check::{CheckedZkey, check_zkey};
pub use contributions::{Beacon, Contribution};
pub use error::{ContributionError, Relation, ZkeyError, ZkeyPart};
pub use write::zkey;

use super::layout::{Layout, sorted_row};
use super::montgomery::{coefficient_shift, write_coefficient};
use super::sections::{Kind, count};
use tradeseal_primitives::Fr;

const KIND: Kind = Kind {
    magic: "zkey",
    version: 1,
};
/// The protocol's number for Groth16.
const GROTH16: u32 = 1;
/// Bytes of one coefficient's entry.
const ENTRY_BYTES: usize = 12 + 32;

/// The types of sections.
mod section {
    pub(super) const PROTOCOL: u32 = 1;
    pub(super) const HEADER: u32 = 2;
    pub(super) const INPUTS: u32 = 3;
    pub(super) const COEFFICIENTS: u32 = 4;
    pub(super) const A: u32 = 5;
    pub(super) const B1: u32 = 6;
    pub(super) const B2: u32 = 7;
    pub(super) const L: u32 = 8;
    pub(super) const H: u32 = 9;
    pub(super) const CONTRIBUTIONS: u32 = 10;
}

/// Parses without believing anything, for fuzzing: the frame, the contributions and every point, for a circuit of these sizes.
///
/// # Errors
/// [`ZkeyError`].
#[doc(hidden)]
pub fn unchecked_zkey_parse(
    bytes: &[u8],
    wires: usize,
    public_rows: usize,
    domain_size: usize,
) -> Result<(), ZkeyError> {
    let raw = read::RawZkey::read(bytes, [wires, public_rows, domain_size])?;
    contributions::parse(raw.contributions).map(|_| ())
}

/// The coefficients of `A` and `B` constraint by constraint, then one more row of `A` for the constant and each public row, which
/// binds them. The same circuit gives the same bytes, here and in snarkjs.
fn coefficients(layout: &Layout) -> Vec<u8> {
    let shift = coefficient_shift();
    let mut entries = Vec::new();
    let mut total = 0;
    let mut entry = |matrix: u32, row: usize, wire: usize, value: Fr| {
        for number in [matrix, count(row), count(wire)] {
            entries.extend(number.to_le_bytes());
        }
        write_coefficient(value, shift, &mut entries);
        total += 1;
    };
    for row in 0..layout.constraints() {
        for (number, matrix) in [(0, &layout.matrices.a), (1, &layout.matrices.b)] {
            for (wire, value) in sorted_row(matrix, row) {
                entry(number, row, wire, value);
            }
        }
    }
    for wire in 0..=layout.public_rows {
        entry(0, layout.constraints() + wire, wire, Fr::from(1u64));
    }
    let mut section = count(total).to_le_bytes().to_vec();
    section.append(&mut entries);
    section
}

#[cfg(test)]
mod tests;
