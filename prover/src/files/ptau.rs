//! `.ptau` version 1: the powers of tau that a circuit's set-up began with.
//!
//! In scope: as many powers as a circuit needs, and that they are powers of one number. Out of scope: who contributed to them; compare the
//! file's hash with the published one.
//! An attacker who owns this part has a key believed that was made from numbers that it knows.

use std::io::{Read, Seek, SeekFrom};

use ark_bn254::{Fq, G1Affine, G2Affine};
use ark_ec::AffineRepr;
use ark_std::rand::{CryptoRng, RngCore};
use rayon::prelude::*;

use super::montgomery::{FIELD_BYTES, G1_BYTES, G2_BYTES, PointRefused, modulus, read_g1, read_g2};
use super::pairings::{pairings_agree, weighted, weights};
use super::sections::{Kind, SectionError, SectionTable};

pub(super) const KIND: Kind = Kind {
    magic: "ptau",
    version: 1,
};
/// Largest power that such files have.
const MAX_POWER: u32 = 28;

const HEADER: u32 = 1;
const TAU_G1: u32 = 2;
const TAU_G2: u32 = 3;
const ALPHA_G1: u32 = 4;
const BETA_G1: u32 = 5;
const BETA_G2: u32 = 6;

/// Why powers of tau are not believed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PtauError {
    /// The frame.
    #[error("the powers of tau: the file {0}")]
    Frame(#[from] SectionError),
    /// Over another curve, or of an impossible size.
    #[error("the powers of tau are over another curve than BN254, or say that they reach to 2^{power}")]
    Header {
        /// What the header says.
        power: u32,
    },
    /// They do not reach far enough.
    #[error("the powers of tau reach to 2^{power}; this circuit needs 2^{needed}")]
    TooFew {
        /// In the file.
        power: u32,
        /// Needed.
        needed: u32,
    },
    /// A point.
    #[error("the powers of tau: point {index} of section {section}: {cause}")]
    Point {
        /// Where.
        section: u32,
        /// Which, from 0.
        index: usize,
        /// Why.
        cause: PointRefused,
    },
    /// They are not powers of one number, or it is 0.
    #[error("section {section} of the powers of tau does not hold powers of one number")]
    NotPowers {
        /// Where.
        section: u32,
    },
}

/// Powers of tau for circuits of a domain of `n` points, checked.
#[derive(Debug)]
pub struct Powers {
    /// `tau^0` to `tau^(2n - 2)`.
    pub(super) tau: Vec<G1Affine>,
    /// `alpha tau^0` to `alpha tau^(n - 1)`.
    pub(super) alpha: Vec<G1Affine>,
    /// `beta tau^0` to `beta tau^(n - 1)`.
    pub(super) beta: Vec<G1Affine>,
    pub(super) beta2: G2Affine,
}

impl Powers {
    /// Reads what a circuit with this domain needs, which is a part of the file, and checks it.
    ///
    /// # Errors
    /// [`PtauError`].
    pub fn read(
        file: &mut (impl Read + Seek),
        domain_size: usize,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<Self, PtauError> {
        let table = SectionTable::read(file, KIND)?;
        let power = header(file, &table)?;
        let size = 1u64 << power;
        if size < domain_size as u64 {
            let needed = domain_size.ilog2();
            return Err(PtauError::TooFew { power, needed });
        }
        let mut g1 = |section, there: u64, count| {
            table.section_of(section, there * G1_BYTES as u64)?;
            points(file, &table, section, count, read_g1)
        };
        let tau = g1(TAU_G1, 2 * size - 1, 2 * domain_size - 1)?;
        let alpha = g1(ALPHA_G1, size, domain_size)?;
        let beta = g1(BETA_G1, size, domain_size)?;
        table.section_of(TAU_G2, size * G2_BYTES as u64)?;
        table.section_of(BETA_G2, G2_BYTES as u64)?;
        let tau2 = points(file, &table, TAU_G2, 2, read_g2)?;
        let beta2 = points(file, &table, BETA_G2, 1, read_g2)?[0];
        let powers = Self {
            tau,
            alpha,
            beta,
            beta2,
        };
        powers.check([tau2[0], tau2[1]], rng)?;
        Ok(powers)
    }

    fn check(&self, tau2: [G2Affine; 2], rng: &mut (impl RngCore + CryptoRng)) -> Result<(), PtauError> {
        let refuse = |section| Err(PtauError::NotPowers { section });
        let (g1, g2) = (G1Affine::generator(), G2Affine::generator());
        if self.tau[0] != g1 {
            return refuse(TAU_G1);
        }
        if tau2[0] != g2 || tau2[1].is_zero() {
            return refuse(TAU_G2);
        }
        for (section, powers) in [(TAU_G1, &self.tau), (ALPHA_G1, &self.alpha), (BETA_G1, &self.beta)] {
            let weights = weights(powers.len() - 1, rng);
            let (lower, upper) = (weighted(powers, &weights), weighted(&powers[1..], &weights));
            if powers[0].is_zero() || !pairings_agree(&[(upper, g2)], &[(lower, tau2[1])]) {
                return refuse(section);
            }
        }
        if pairings_agree(&[(self.beta[0], g2)], &[(g1, self.beta2)]) {
            Ok(())
        } else {
            refuse(BETA_G2)
        }
    }
}

fn header(file: &mut (impl Read + Seek), table: &SectionTable) -> Result<u32, PtauError> {
    let range = table.section_of(HEADER, (FIELD_BYTES + 12) as u64)?;
    let mut bytes = [0; FIELD_BYTES + 12];
    file.seek(SeekFrom::Start(range.start)).map_err(SectionError::Read)?;
    file.read_exact(&mut bytes).map_err(SectionError::Read)?;
    let number = |at: usize| u32::from_le_bytes(std::array::from_fn(|byte| bytes[at + byte]));
    let (width, power) = (number(0), number(4 + FIELD_BYTES));
    let curve = width as usize == FIELD_BYTES && bytes[4..4 + FIELD_BYTES] == modulus::<Fq>();
    if curve && power <= MAX_POWER {
        Ok(power)
    } else {
        Err(PtauError::Header { power })
    }
}

/// The first `count` points of a section that is long enough.
fn points<P: Send, const N: usize>(
    file: &mut (impl Read + Seek),
    table: &SectionTable,
    section: u32,
    count: usize,
    read: fn(&[u8; N]) -> Result<P, PointRefused>,
) -> Result<Vec<P>, PtauError> {
    let range = table.section(section)?;
    file.seek(SeekFrom::Start(range.start)).map_err(SectionError::Read)?;
    let mut bytes = vec![0; count * N];
    file.read_exact(&mut bytes).map_err(SectionError::Read)?;
    bytes
        .as_chunks::<N>()
        .0
        .par_iter()
        .enumerate()
        .map(|(index, bytes)| read(bytes).map_err(|cause| PtauError::Point { section, index, cause }))
        .collect()
}
