//! Writing a key as a `.zkey`: other provers then prove under the very same key.
//!
//! In scope: every section. Out of scope: keeping transcripts (`keys`).
//! An attacker who owns this part makes other provers' proofs fail.

use ark_bn254::{Fq, G1Affine};
use tradeseal_circuits::Statement;
use tradeseal_primitives::Fr;

use super::{GROTH16, KIND, coefficients, section};
use crate::files::layout::{ExportError, Layout};
use crate::files::montgomery::{FIELD_BYTES, modulus, write_g1, write_g2};
use crate::files::sections::{count, file_of};
use crate::groth16::coset_points;
use crate::keys::LoadedKey;

/// A key of `S` as a `.zkey` file. `contributions` is the ceremony's section 10; without it the file says that nobody contributed, which
/// is what a development key is.
///
/// # Errors
/// `OtherCircuit` if the key was not made for this program's circuit of `S`.
pub fn zkey<S: Statement>(key: &LoadedKey, contributions: Option<&[u8]>) -> Result<Vec<u8>, ExportError> {
    let layout = Layout::of::<S>()?;
    let other = || ExportError::OtherCircuit {
        key: key.id(),
        statement: S::ID,
    };
    let proving_key = key.proving_key();
    let fits = key.record().statement == S::ID
        && proving_key.a_query.len() == layout.wires
        && proving_key.vk.gamma_abc_g1.len() == layout.public_rows + 1
        && proving_key.h_query.len() + 1 == layout.domain_size();
    let h = coset_points(&proving_key.h_query).filter(|_| fits).ok_or_else(other)?;
    let b2: Vec<u8> = proving_key.b_g2_query.iter().fold(Vec::new(), |mut bytes, point| {
        write_g2(point, &mut bytes);
        bytes
    });
    let nobody = [0; 64 + 4];
    Ok(file_of(
        KIND,
        &[
            (section::PROTOCOL, &GROTH16.to_le_bytes()),
            (section::HEADER, &header(key, &layout)),
            (section::INPUTS, &g1_points(&proving_key.vk.gamma_abc_g1)),
            (section::COEFFICIENTS, &coefficients(&layout)),
            (section::A, &g1_points(&proving_key.a_query)),
            (section::B1, &g1_points(&proving_key.b_g1_query)),
            (section::B2, &b2),
            (section::L, &g1_points(&proving_key.l_query)),
            (section::H, &g1_points(&h)),
            (section::CONTRIBUTIONS, contributions.unwrap_or(&nobody)),
        ],
    ))
}

fn header(key: &LoadedKey, layout: &Layout) -> Vec<u8> {
    let proving_key = key.proving_key();
    let vk = &proving_key.vk;
    let mut header = Vec::new();
    for modulus in [modulus::<Fq>(), modulus::<Fr>()] {
        header.extend(count(FIELD_BYTES).to_le_bytes());
        header.extend(modulus);
    }
    for size in [layout.wires, layout.public_rows, layout.domain_size()] {
        header.extend(count(size).to_le_bytes());
    }
    write_g1(&vk.alpha_g1, &mut header);
    write_g1(&proving_key.beta_g1, &mut header);
    write_g2(&vk.beta_g2, &mut header);
    write_g2(&vk.gamma_g2, &mut header);
    write_g1(&proving_key.delta_g1, &mut header);
    write_g2(&vk.delta_g2, &mut header);
    header
}

fn g1_points(points: &[G1Affine]) -> Vec<u8> {
    points.iter().fold(Vec::new(), |mut bytes, point| {
        write_g1(point, &mut bytes);
        bytes
    })
}
