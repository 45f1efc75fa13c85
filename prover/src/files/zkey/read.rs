//! Reading a `.zkey`: its frame and sizes first, then every point, canonical, on its curve and in its group.
//!
//! In scope: bytes to points; nothing is allocated before its size is held to the circuit's. Out of scope: what the points must
//! satisfy together (`check`).
//! An attacker who owns this part smuggles in points of small order.

use std::io::Cursor;

use ark_bn254::{Fq, G1Affine, G2Affine};
use rayon::prelude::*;
use tradeseal_primitives::Fr;

use super::{GROTH16, KIND, ZkeyError, ZkeyPart, section};
use crate::files::montgomery::{FIELD_BYTES, G1_BYTES, G2_BYTES, PointRefused, modulus, read_g1, read_g2};
use crate::files::sections::{SectionError, SectionTable};

const HEADER_BYTES: usize = 2 * (4 + FIELD_BYTES) + 12 + 3 * G1_BYTES + 3 * G2_BYTES;

/// A key's points, each valid by itself, and the sections that are compared or hashed as bytes.
pub(super) struct RawZkey<'a> {
    pub(super) alpha1: G1Affine,
    pub(super) beta1: G1Affine,
    pub(super) beta2: G2Affine,
    pub(super) gamma2: G2Affine,
    pub(super) delta1: G1Affine,
    pub(super) delta2: G2Affine,
    pub(super) inputs: Vec<G1Affine>,
    pub(super) coefficients: &'a [u8],
    pub(super) a: Vec<G1Affine>,
    pub(super) b1: Vec<G1Affine>,
    pub(super) b2: Vec<G2Affine>,
    pub(super) l: Vec<G1Affine>,
    pub(super) h: Vec<G1Affine>,
    pub(super) contributions: &'a [u8],
}

impl<'a> RawZkey<'a> {
    /// Reads the key of a circuit of so many wires, public rows and domain points.
    pub(super) fn read(bytes: &'a [u8], sizes: [usize; 3]) -> Result<Self, ZkeyError> {
        let file = Sections {
            bytes,
            table: SectionTable::read(&mut Cursor::new(bytes), KIND)?,
        };
        let mut protocol = file.of_length(section::PROTOCOL, 4)?;
        let found = number(&mut protocol);
        if found != GROTH16 {
            return Err(ZkeyError::Protocol { found });
        }
        let mut header = file.of_length(section::HEADER, HEADER_BYTES)?;
        require_sizes(&mut header, sizes)?;
        let [wires, public_rows, domain] = sizes;
        let inputs = public_rows + 1;
        Ok(Self {
            alpha1: single(ZkeyPart::Alpha1, &mut header, read_g1)?,
            beta1: single(ZkeyPart::Beta1, &mut header, read_g1)?,
            beta2: single(ZkeyPart::Beta2, &mut header, read_g2)?,
            gamma2: single(ZkeyPart::Gamma2, &mut header, read_g2)?,
            delta1: single(ZkeyPart::Delta1, &mut header, read_g1)?,
            delta2: single(ZkeyPart::Delta2, &mut header, read_g2)?,
            inputs: file.g1(ZkeyPart::Inputs, section::INPUTS, inputs)?,
            coefficients: file.any(section::COEFFICIENTS)?,
            a: file.g1(ZkeyPart::A, section::A, wires)?,
            b1: file.g1(ZkeyPart::B1, section::B1, wires)?,
            b2: each(ZkeyPart::B2, file.of_length(section::B2, wires * G2_BYTES)?, read_g2)?,
            l: file.g1(ZkeyPart::L, section::L, wires - inputs)?,
            h: file.g1(ZkeyPart::H, section::H, domain)?,
            contributions: file.any(section::CONTRIBUTIONS)?,
        })
    }
}

struct Sections<'a> {
    bytes: &'a [u8],
    table: SectionTable,
}

impl<'a> Sections<'a> {
    fn any(&self, kind: u32) -> Result<&'a [u8], SectionError> {
        let range = self.table.section(kind)?;
        // The table has held every range to the file's length.
        let place = |at| usize::try_from(at).unwrap_or(usize::MAX);
        let section = self.bytes.get(place(range.start)..place(range.end));
        section.ok_or(SectionError::Missing { kind })
    }

    fn of_length(&self, kind: u32, expected: usize) -> Result<&'a [u8], SectionError> {
        self.table.section_of(kind, expected as u64)?;
        self.any(kind)
    }

    fn g1(&self, part: ZkeyPart, kind: u32, count: usize) -> Result<Vec<G1Affine>, ZkeyError> {
        each(part, self.of_length(kind, count * G1_BYTES)?, read_g1)
    }
}

fn require_sizes(header: &mut &[u8], [wires, public_rows, domain]: [usize; 3]) -> Result<(), ZkeyError> {
    for modulus in [modulus::<Fq>(), modulus::<Fr>()] {
        let width = number(header);
        let (found, rest) = header.split_at(FIELD_BYTES);
        *header = rest;
        if width as usize != FIELD_BYTES || found != modulus {
            return Err(ZkeyError::Curve);
        }
    }
    let sizes = [
        ("variables", wires),
        ("public rows", public_rows),
        ("domain points", domain),
    ];
    for (what, expected) in sizes {
        let found = number(header);
        if found as usize != expected {
            return Err(ZkeyError::Size { what, found, expected });
        }
    }
    Ok(())
}

/// The next number of a section that is long enough.
fn number(bytes: &mut &[u8]) -> u32 {
    let Some((head, rest)) = bytes.split_first_chunk::<4>() else {
        return 0;
    };
    *bytes = rest;
    u32::from_le_bytes(*head)
}

type ReadPoint<P, const N: usize> = fn(&[u8; N]) -> Result<P, PointRefused>;

/// The next point of a section that is long enough.
fn single<P, const N: usize>(part: ZkeyPart, bytes: &mut &[u8], read: ReadPoint<P, N>) -> Result<P, ZkeyError> {
    let (head, rest) = bytes
        .split_first_chunk()
        .ok_or(SectionError::Missing { kind: section::HEADER })?;
    *bytes = rest;
    read(head).map_err(|cause| ZkeyError::Point { part, index: 0, cause })
}

fn each<P: Send, const N: usize>(part: ZkeyPart, bytes: &[u8], read: ReadPoint<P, N>) -> Result<Vec<P>, ZkeyError> {
    let (points, _) = bytes.as_chunks::<N>();
    points
        .par_iter()
        .enumerate()
        .map(|(index, bytes)| read(bytes).map_err(|cause| ZkeyError::Point { part, index, cause }))
        .collect()
}
