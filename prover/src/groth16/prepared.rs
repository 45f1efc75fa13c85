//! A proving key made ready: the matrices, the domain, and the tables of every sum.
//!
//! In scope: preparing, and putting a proof together. Out of scope: the parts' own arithmetic (beside this file).
//! An attacker who owns this part sees every private input.

use std::io::{self, Read, Write};

use ark_bn254::{Bn254, G1Affine, G1Projective, G2Affine, G2Projective};
use ark_ec::CurveGroup;
use ark_ff::UniformRand;
use ark_groth16::{Proof, ProvingKey};
use ark_std::rand::{CryptoRng, RngCore};
use tradeseal_primitives::Fr;
use zeroize::Zeroize;

use super::digits::{BucketSets, SignedScalar};
use super::domain::Domain;
use super::fold;
use super::matrices::Matrices;
use super::points::{G1Point, G2Point};
use super::quotient::{Broken, Rows};
use super::sums::Arithmetic;
use super::tables::FixedPoints;

/// Everything that proofs under one key share.
pub(crate) struct PreparedProver {
    arithmetic: Arithmetic,
    matrices: Matrices,
    domain: Domain,
    public_values: usize,
    variables: usize,
    single: SinglePoints,
    tables: Tables,
}

/// The points of the four sums.
struct Tables {
    a: FixedPoints<G1Point>,
    b_g1: FixedPoints<G1Point>,
    b_g2: FixedPoints<G2Point>,
    c: FixedPoints<G1Point>,
}

/// Why a key cannot be made ready.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PrepareError {
    /// The key's lengths are not those of the matrices.
    #[error("the proving key's lengths are not those of the circuit")]
    Lengths,
    /// There is no memory for the tables, or their file cannot be read.
    #[error(transparent)]
    Memory(#[from] io::Error),
}

fn domain_of(key: &ProvingKey<Bn254>, matrices: &Matrices) -> Result<Domain, PrepareError> {
    let public_values = key.vk.gamma_abc_g1.len();
    let domain = Domain::new(matrices.constraints() + public_values).ok_or(PrepareError::Lengths)?;
    let variables = public_values + key.l_query.len();
    let long_enough = [key.a_query.len(), key.b_g1_query.len(), key.b_g2_query.len()] == [variables; 3]
        && key.h_query.len() + 1 == domain.size()
        && matrices.columns() <= variables;
    if long_enough {
        Ok(domain)
    } else {
        Err(PrepareError::Lengths)
    }
}

/// The memory that proving under a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProverSize {
    /// Bytes of the tables, shared by all proofs.
    pub table_bytes: u64,
    /// Most bytes that one proof takes besides, whatever its inputs; usually it is a quarter of that.
    pub proof_bytes: u64,
}

/// The points that each proof uses once.
struct SinglePoints {
    alpha_g1: G1Affine,
    beta_g1: G1Affine,
    beta_g2: G2Affine,
    delta_g1: G1Affine,
    delta_g2: G2Affine,
}

/// The private randomness of a proof.
#[derive(Clone, Copy, Zeroize)]
pub(crate) struct Blinding {
    pub(crate) r: Fr,
    pub(crate) s: Fr,
}

impl Blinding {
    /// `r`, then `s`, as ark-groth16 draws them.
    pub(crate) fn random(rng: &mut (impl RngCore + CryptoRng)) -> Self {
        let r = Fr::rand(rng);
        Self { r, s: Fr::rand(rng) }
    }
}

impl PreparedProver {
    /// Builds the tables of a key; takes seconds.
    ///
    /// # Errors
    /// [`PrepareError`] if key and matrices do not belong together, or there is no memory.
    pub(crate) fn new(key: &ProvingKey<Bn254>, matrices: Matrices, sets: BucketSets) -> Result<Self, PrepareError> {
        Self::with_arithmetic(Arithmetic::detect(), key, matrices, sets)
    }

    pub(super) fn with_arithmetic(
        arithmetic: Arithmetic,
        key: &ProvingKey<Bn254>,
        matrices: Matrices,
        sets: BucketSets,
    ) -> Result<Self, PrepareError> {
        let domain = domain_of(key, &matrices)?;
        let folded = fold::fold(arithmetic, key, &matrices.c, &domain).ok_or(PrepareError::Lengths)?;
        let tables = Tables {
            a: FixedPoints::new(arithmetic, &key.a_query, sets)?,
            b_g1: FixedPoints::new(arithmetic, &key.b_g1_query, sets)?,
            b_g2: FixedPoints::new(arithmetic, &key.b_g2_query, sets)?,
            c: FixedPoints::new(arithmetic, &[folded.variables, folded.coset].concat(), sets)?,
        };
        Ok(Self::from_parts(arithmetic, key, matrices, domain, tables))
    }

    /// With tables that [`PreparedProver::write_tables`] wrote.
    ///
    /// # Errors
    /// [`PrepareError`]; `Memory` also if they cannot be read.
    pub(crate) fn read_tables(
        key: &ProvingKey<Bn254>,
        matrices: Matrices,
        from: &mut impl Read,
    ) -> Result<Self, PrepareError> {
        let domain = domain_of(key, &matrices)?;
        let variables = key.a_query.len();
        let tables = Tables {
            a: FixedPoints::read(from, variables)?,
            b_g1: FixedPoints::read(from, variables)?,
            b_g2: FixedPoints::read(from, variables)?,
            c: FixedPoints::read(from, variables + domain.size())?,
        };
        Ok(Self::from_parts(Arithmetic::detect(), key, matrices, domain, tables))
    }

    /// Writes the tables, in this machine's byte order.
    ///
    /// # Errors
    /// Of the writer.
    pub(crate) fn write_tables(&self, to: &mut impl Write) -> io::Result<()> {
        self.tables.a.write(to)?;
        self.tables.b_g1.write(to)?;
        self.tables.b_g2.write(to)?;
        self.tables.c.write(to)
    }

    fn from_parts(
        arithmetic: Arithmetic,
        key: &ProvingKey<Bn254>,
        matrices: Matrices,
        domain: Domain,
        tables: Tables,
    ) -> Self {
        Self {
            arithmetic,
            matrices,
            domain,
            public_values: key.vk.gamma_abc_g1.len(),
            variables: key.a_query.len(),
            single: SinglePoints {
                alpha_g1: key.vk.alpha_g1,
                beta_g1: key.beta_g1,
                beta_g2: key.vk.beta_g2,
                delta_g1: key.delta_g1,
                delta_g2: key.vk.delta_g2,
            },
            tables,
        }
    }

    /// What it takes.
    pub(crate) fn size(&self) -> ProverSize {
        let Tables { a, b_g1, b_g2, c } = &self.tables;
        let scalars = (self.variables + self.domain.size()) * (size_of::<Fr>() + size_of::<SignedScalar>());
        let rows = 2 * self.domain.size() * size_of::<Fr>();
        ProverSize {
            table_bytes: a.table_bytes() + b_g1.table_bytes() + b_g2.table_bytes() + c.table_bytes(),
            proof_bytes: (scalars + rows) as u64 + a.sum_bytes() + b_g1.sum_bytes() + b_g2.sum_bytes() + c.sum_bytes(),
        }
    }

    /// The tables of the sums in G1.
    pub(super) fn g1_tables(&self) -> [&FixedPoints<G1Point>; 3] {
        [&self.tables.a, &self.tables.b_g1, &self.tables.c]
    }

    /// The table of the sum in G2.
    pub(super) fn g2_table(&self) -> &FixedPoints<G2Point> {
        &self.tables.b_g2
    }

    pub(super) fn arithmetic(&self) -> Arithmetic {
        self.arithmetic
    }

    pub(super) fn domain(&self) -> &Domain {
        &self.domain
    }

    /// The circuit's matrices.
    pub(crate) fn matrices(&self) -> &Matrices {
        &self.matrices
    }

    /// Constraints of the circuit.
    pub(crate) fn constraints(&self) -> usize {
        self.matrices.constraints()
    }

    /// Values that an assignment has: the constant one, the public rows, the private variables.
    pub(crate) fn variables(&self) -> usize {
        self.variables
    }

    /// How many of these are the constant and the public rows.
    pub(crate) fn public_values(&self) -> usize {
        self.public_values
    }

    /// Evaluates every constraint on the assignment. Runs on the current thread pool, as all that follows.
    ///
    /// # Errors
    /// [`Broken`] for the first constraint that it does not satisfy.
    pub(crate) fn check(&self, values: &[Fr]) -> Result<Rows, Broken> {
        Rows::evaluate(&self.matrices, self.public_values, &self.domain, values)
    }

    /// Proves an assignment that has been checked.
    pub(crate) fn prove(&self, values: &[Fr], rows: Rows, blinding: Blinding) -> Proof<Bn254> {
        let scalars = self.scalars(values, rows);
        self.assemble(&scalars, blinding)
    }

    fn assemble(&self, scalars: &[SignedScalar], Blinding { r, s }: Blinding) -> Proof<Bn254> {
        let key = &self.single;
        let ((b_g2, b_g1), (a, c)) = rayon::join(
            || rayon::join(|| self.sum_b_g2(scalars), || self.sum(&self.tables.b_g1, scalars)),
            || {
                rayon::join(
                    || self.sum(&self.tables.a, scalars),
                    || self.sum(&self.tables.c, scalars),
                )
            },
        );
        let a = a + key.alpha_g1 + key.delta_g1 * r;
        let b_g1 = b_g1 + key.beta_g1 + key.delta_g1 * s;
        let b_g2 = b_g2 + key.beta_g2 + key.delta_g2 * s;
        let c = c + a * s + b_g1 * r - key.delta_g1 * (r * s);
        Proof {
            a: a.into_affine(),
            b: b_g2.into_affine(),
            c: c.into_affine(),
        }
    }

    fn sum(&self, points: &FixedPoints<G1Point>, scalars: &[SignedScalar]) -> G1Projective {
        points.sum(self.arithmetic, &points.sorted_terms(scalars))
    }

    fn sum_b_g2(&self, scalars: &[SignedScalar]) -> G2Projective {
        self.tables
            .b_g2
            .sum(self.arithmetic, &self.tables.b_g2.sorted_terms(scalars))
    }
}
