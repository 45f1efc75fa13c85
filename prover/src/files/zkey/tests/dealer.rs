//! A ceremony whose secrets are all known here: honest files to check, and to forge from.

use ark_bn254::{Fq, G1Affine, G2Affine};
use ark_ec::{AffineRepr, CurveGroup};
use ark_ff::{Field, UniformRand};
use ark_poly::{EvaluationDomain, Radix2EvaluationDomain};
use ark_std::rand::rngs::StdRng;
use blake2::{Blake2b512, Digest};
use tradeseal_circuits::Statement;
use tradeseal_primitives::Fr;

use super::super::contributions::{hash_g1, hash_g2};
use super::super::snarkjs_random::Stream;
use super::super::{GROTH16, KIND, coefficients, section};
use crate::files::layout::Layout;
use crate::files::montgomery::{FIELD_BYTES, modulus, write_g1, write_g2};
use crate::files::sections::{Kind, count, file_of};
use crate::groth16::SparseMatrix;

pub(super) fn g1(scalar: Fr) -> G1Affine {
    (G1Affine::generator() * scalar).into_affine()
}

pub(super) fn g2(scalar: Fr) -> G2Affine {
    (G2Affine::generator() * scalar).into_affine()
}

/// The secrets of powers of tau.
#[derive(Clone, Copy)]
pub(super) struct Secrets {
    pub(super) tau: Fr,
    pub(super) alpha: Fr,
    pub(super) beta: Fr,
}

/// One contribution's secret, and the beacon that it came from.
pub(super) enum Secret {
    Private(Fr),
    Beacon(&'static [u8], u8),
}

/// A file in its sections.
#[derive(Clone)]
pub(super) struct Sections(pub(super) Vec<(u32, Vec<u8>)>);

impl Sections {
    pub(super) fn get(&mut self, kind: u32) -> &mut Vec<u8> {
        &mut self.0.iter_mut().find(|(found, _)| *found == kind).unwrap().1
    }

    pub(super) fn file(&self) -> Vec<u8> {
        self.file_as(KIND)
    }

    pub(super) fn file_as(&self, kind: Kind) -> Vec<u8> {
        let sections: Vec<(u32, &[u8])> = self.0.iter().map(|(kind, body)| (*kind, &body[..])).collect();
        file_of(kind, &sections)
    }
}

pub(super) fn g1s(scalars: impl IntoIterator<Item = Fr>) -> Vec<u8> {
    let mut bytes = Vec::new();
    scalars.into_iter().for_each(|scalar| write_g1(&g1(scalar), &mut bytes));
    bytes
}

pub(super) fn g2s(scalars: impl IntoIterator<Item = Fr>) -> Vec<u8> {
    let mut bytes = Vec::new();
    scalars.into_iter().for_each(|scalar| write_g2(&g2(scalar), &mut bytes));
    bytes
}

impl Secrets {
    pub(super) fn random(rng: &mut StdRng) -> Self {
        let [tau, alpha, beta] = [(); 3].map(|()| Fr::rand(rng));
        Self { tau, alpha, beta }
    }

    /// The powers of tau as a file.
    pub(super) fn ptau(&self, power: u32) -> Sections {
        let size = 1 << power;
        let powers = |count, first: Fr| (0..count).map(move |k| first * self.tau.pow([k]));
        let mut header = count(FIELD_BYTES).to_le_bytes().to_vec();
        header.extend(modulus::<Fq>());
        header.extend(power.to_le_bytes());
        header.extend(power.to_le_bytes());
        let one = Fr::from(1u64);
        Sections(vec![
            (1, header),
            (2, g1s(powers(2 * size - 1, one))),
            (3, g2s(powers(size, one))),
            (4, g1s(powers(size, self.alpha))),
            (5, g1s(powers(size, self.beta))),
            (6, g2s([self.beta])),
            (7, vec![0; 4]),
        ])
    }

    /// The key of `S` after these contributions.
    pub(super) fn zkey<S: Statement>(&self, contributions: &[Secret], rng: &mut StdRng) -> Sections {
        let layout = Layout::of::<S>().unwrap();
        let [a, b, c] = self.columns(&layout);
        let (section10, delta) = contribute(contributions, rng);
        let inverse = delta.inverse().unwrap();
        let inputs = layout.public_rows + 1;
        let mixed = |wire: usize| self.beta * a[wire] + self.alpha * b[wire] + c[wire];
        let twice = Radix2EvaluationDomain::<Fr>::new(2 * layout.domain_size()).unwrap();
        let odd = twice
            .evaluate_all_lagrange_coefficients(self.tau)
            .into_iter()
            .skip(1)
            .step_by(2);
        Sections(vec![
            (section::PROTOCOL, GROTH16.to_le_bytes().to_vec()),
            (section::HEADER, self.header(&layout, delta)),
            (section::INPUTS, g1s((0..inputs).map(mixed))),
            (section::COEFFICIENTS, coefficients(&layout)),
            (section::A, g1s(a.iter().copied())),
            (section::B1, g1s(b.iter().copied())),
            (section::B2, g2s(b.iter().copied())),
            (
                section::L,
                g1s((inputs..layout.wires).map(|wire| mixed(wire) * inverse)),
            ),
            (section::H, g1s(odd.map(|value| value * inverse))),
            (section::CONTRIBUTIONS, section10),
        ])
    }

    fn header(&self, layout: &Layout, delta: Fr) -> Vec<u8> {
        let mut header = Vec::new();
        for modulus in [modulus::<Fq>(), modulus::<Fr>()] {
            header.extend(count(FIELD_BYTES).to_le_bytes());
            header.extend(modulus);
        }
        for size in [layout.wires, layout.public_rows, layout.domain_size()] {
            header.extend(count(size).to_le_bytes());
        }
        header.extend(g1s([self.alpha, self.beta]));
        header.extend(g2s([self.beta, Fr::from(1u64)]));
        header.extend(g1s([delta]));
        header.extend(g2s([delta]));
        header
    }

    /// The circuit's polynomials at tau, wire by wire.
    fn columns(&self, layout: &Layout) -> [Vec<Fr>; 3] {
        let domain = Radix2EvaluationDomain::<Fr>::new(layout.domain_size()).unwrap();
        let lagrange = domain.evaluate_all_lagrange_coefficients(self.tau);
        let columns = |matrix: &SparseMatrix| {
            let mut columns = vec![Fr::from(0u64); layout.wires];
            for (row, at_tau) in lagrange.iter().enumerate().take(matrix.rows()) {
                matrix
                    .row(row)
                    .for_each(|(wire, value)| columns[wire] += value * at_tau);
            }
            columns
        };
        let mut a = columns(&layout.matrices.a);
        for wire in 0..=layout.public_rows {
            a[wire] += lagrange[layout.constraints() + wire];
        }
        [a, columns(&layout.matrices.b), columns(&layout.matrices.c)]
    }
}

/// Section 10 as snarkjs writes it, and delta.
pub(super) fn contribute(secrets: &[Secret], rng: &mut StdRng) -> (Vec<u8>, Fr) {
    let circuit_hash = [7; 64];
    let mut section = circuit_hash.to_vec();
    section.extend(count(secrets.len()).to_le_bytes());
    let mut before = Blake2b512::new_with_prefix(circuit_hash);
    let mut delta = Fr::from(1u64);
    for (index, secret) in secrets.iter().enumerate() {
        let (x, s, parameters) = match secret {
            Secret::Private(x) => {
                let name = format!("participant {index}");
                let mut parameters = vec![1, u8::try_from(name.len()).unwrap()];
                parameters.extend(name.as_bytes());
                (*x, g1(Fr::rand(rng)), parameters)
            }
            Secret::Beacon(value, exponent) => {
                let mut stream = Stream::of_beacon(value, *exponent);
                let x = stream.scalar();
                let mut parameters = vec![2, *exponent, 3, u8::try_from(value.len()).unwrap()];
                parameters.extend_from_slice(value);
                (x, stream.g1(), parameters)
            }
        };
        delta *= x;
        let sx = (s * x).into_affine();
        let (mut pair, mut hashed) = (Vec::new(), Vec::new());
        [s, sx].iter().for_each(|point| hash_g1(point, &mut pair));
        let transcript: [u8; 64] = before.clone().chain_update(&pair).finalize().into();
        let spx = (Stream::of_hash(&transcript[..32].try_into().unwrap()).g2() * x).into_affine();
        [g1(delta), s, sx].iter().for_each(|point| {
            write_g1(point, &mut section);
            hash_g1(point, &mut hashed);
        });
        write_g2(&spx, &mut section);
        hash_g2(&spx, &mut hashed);
        hashed.extend(transcript);
        before.update(&hashed);
        section.extend(transcript);
        section.extend(u32::from(matches!(secret, Secret::Beacon(..))).to_le_bytes());
        section.extend(count(parameters.len()).to_le_bytes());
        section.extend(parameters);
    }
    (section, delta)
}
