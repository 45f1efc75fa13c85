//! A statement's verifying key, refused where its shape alone shows that proofs under it can be forged.
//!
//! In scope: canonical encoding, key id, curve and subgroup checks, degenerate keys. Out of scope: whether the set-up was
//! honest (`Provenance`), which no bytes can show.
//! An attacker who owns this part can substitute a key and so forge every proof of a statement.

use alloc::vec::Vec;

use ark_bn254::{G1Affine, G2Affine};
use ark_ec::AffineRepr;
use sha2::{Digest, Sha256};

use super::KeyId;
use super::point::{self, G1_BYTES, G2_BYTES, PointError};
use crate::statement::{StatementId, UnknownStatement};

/// First line of the canonical encoding.
const MAGIC: &[u8] = b"tradeseal/vk/v1\n";

/// A part of a verifying key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyPart {
    /// alpha in G1.
    Alpha,
    /// beta in G2.
    Beta,
    /// gamma in G2.
    Gamma,
    /// delta in G2.
    Delta,
    /// The constant's point (0) or a public row's (1 and up).
    Input(usize),
}

impl core::fmt::Display for KeyPart {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Alpha => f.write_str("alpha"),
            Self::Beta => f.write_str("beta"),
            Self::Gamma => f.write_str("gamma"),
            Self::Delta => f.write_str("delta"),
            Self::Input(index) => write!(f, "input point {index}"),
        }
    }
}

/// Why bytes or points are no acceptable verifying key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Does not begin with the magic line.
    #[error("not a Tradeseal verifying key: it does not begin with tradeseal/vk/v1")]
    Magic,
    /// The statement line names none that this version knows.
    #[error("{0}")]
    Statement(#[from] UnknownStatement),
    /// Cut short, or bytes left over.
    #[error("the verifying key of {statement} is {expected} bytes, got {got}")]
    Length {
        /// The statement named.
        statement: StatementId,
        /// Bytes that its encoding has.
        expected: usize,
        /// Bytes given.
        got: usize,
    },
    /// A point was refused. The identity as a row's point would leave that row free.
    #[error("{part} of the verifying key: {cause}")]
    Point {
        /// Which part.
        part: KeyPart,
        /// Why.
        cause: PointError,
    },
    /// Wrong number of input points for the statement.
    #[error("{statement} has {expected} input points (one more than its public rows), the key has {got}")]
    InputCount {
        /// The statement.
        statement: StatementId,
        /// Rows + 1.
        expected: usize,
        /// Points given.
        got: usize,
    },
    /// gamma = delta up to sign: the key of a phase 2 that nobody contributed to. Anyone can forge under it.
    #[error("gamma equals delta: nobody contributed to this key's set-up, so anyone can forge proofs under it")]
    GammaIsDelta,
    /// delta is the generator up to sign: likewise never contributed to.
    #[error(
        "delta is the group's generator: nobody contributed to this key's set-up, so anyone can forge proofs under it"
    )]
    DeltaIsGenerator,
}

/// A checked verifying key of one statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifyingKey {
    statement: StatementId,
    pub(super) alpha: G1Affine,
    pub(super) beta: G2Affine,
    pub(super) gamma: G2Affine,
    pub(super) delta: G2Affine,
    /// The constant's point, then one per public row.
    pub(super) inputs: Vec<G1Affine>,
}

impl VerifyingKey {
    /// A key of points that a set-up made; `inputs` holds the constant's point, then one per public row.
    ///
    /// # Errors
    /// `KeyError` naming the part that was refused.
    pub fn from_points(
        statement: StatementId,
        alpha: G1Affine,
        beta: G2Affine,
        gamma: G2Affine,
        delta: G2Affine,
        inputs: Vec<G1Affine>,
    ) -> Result<Self, KeyError> {
        let key = Self {
            statement,
            alpha,
            beta,
            gamma,
            delta,
            inputs,
        };
        key.check_points()?;
        key.check_shape()?;
        Ok(key)
    }

    /// Parses the canonical encoding (`docs/protocol.md` section 6), all of it.
    ///
    /// # Errors
    /// `KeyError` naming what was refused.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, KeyError> {
        let after_magic = bytes.strip_prefix(MAGIC).ok_or(KeyError::Magic)?;
        let (statement, mut points) = split_statement(after_magic)?;
        let inputs = statement.row_count() + 1;
        let expected = encoded_length(statement, inputs);
        let mut key = Reader {
            rest: &mut points,
            statement,
            expected,
            got: bytes.len(),
        };
        let alpha = key.g1(KeyPart::Alpha)?;
        let beta = key.g2(KeyPart::Beta)?;
        let gamma = key.g2(KeyPart::Gamma)?;
        let delta = key.g2(KeyPart::Delta)?;
        let count = key.count()?;
        if count != inputs {
            return Err(KeyError::InputCount {
                statement,
                expected: inputs,
                got: count,
            });
        }
        let inputs = (0..count)
            .map(|index| key.g1(KeyPart::Input(index)))
            .collect::<Result<_, _>>()?;
        key.end()?;
        let key = Self {
            statement,
            alpha,
            beta,
            gamma,
            delta,
            inputs,
        };
        key.check_shape()?;
        Ok(key)
    }

    /// The canonical encoding.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(encoded_length(self.statement, self.inputs.len()));
        out.extend_from_slice(MAGIC);
        out.extend_from_slice(self.statement.as_str().as_bytes());
        out.push(b'\n');
        point::write_g1(&self.alpha, &mut out);
        for g2 in [&self.beta, &self.gamma, &self.delta] {
            point::write_g2(g2, &mut out);
        }
        let count = u32::try_from(self.inputs.len()).unwrap_or(u32::MAX);
        out.extend_from_slice(&count.to_be_bytes());
        for input in &self.inputs {
            point::write_g1(input, &mut out);
        }
        out
    }

    /// SHA-256 of the canonical encoding.
    pub fn key_id(&self) -> KeyId {
        KeyId::from_bytes(Sha256::digest(self.to_bytes()).into())
    }

    /// The statement this key is for.
    pub fn statement(&self) -> StatementId {
        self.statement
    }

    /// alpha in G1, then beta, gamma and delta in G2.
    pub fn group_points(&self) -> (&G1Affine, &G2Affine, &G2Affine, &G2Affine) {
        (&self.alpha, &self.beta, &self.gamma, &self.delta)
    }

    /// The constant's point, then one per public row.
    pub fn input_points(&self) -> &[G1Affine] {
        &self.inputs
    }

    fn check_points(&self) -> Result<(), KeyError> {
        let g2 = [
            (KeyPart::Beta, &self.beta),
            (KeyPart::Gamma, &self.gamma),
            (KeyPart::Delta, &self.delta),
        ];
        point::check_g1(&self.alpha).map_err(at(KeyPart::Alpha))?;
        for (part, value) in g2 {
            point::check_g2(value).map_err(at(part))?;
        }
        for (index, value) in self.inputs.iter().enumerate() {
            point::check_g1(value).map_err(at(KeyPart::Input(index)))?;
        }
        Ok(())
    }

    /// What points that are each valid must satisfy together. gamma itself may be the generator: every key that
    /// snarkjs makes has it so, and its secrecy rests on delta.
    fn check_shape(&self) -> Result<(), KeyError> {
        let expected = self.statement.row_count() + 1;
        if self.inputs.len() != expected {
            return Err(KeyError::InputCount {
                statement: self.statement,
                expected,
                got: self.inputs.len(),
            });
        }
        // Equal x coordinates are equal points up to sign, and the sign is no secret either.
        if self.gamma.x == self.delta.x {
            return Err(KeyError::GammaIsDelta);
        }
        if self.delta.x == G2Affine::generator().x {
            return Err(KeyError::DeltaIsGenerator);
        }
        Ok(())
    }
}

/// The statement's line and what follows it.
fn split_statement(bytes: &[u8]) -> Result<(StatementId, &[u8]), KeyError> {
    let line_end = bytes
        .iter()
        .take(StatementId::MAX_BYTES + 1)
        .position(|byte| *byte == b'\n');
    let (line, rest) = bytes.split_at(line_end.unwrap_or(0));
    let text = core::str::from_utf8(line).map_err(|_| UnknownStatement)?;
    Ok((text.parse()?, rest.get(1..).unwrap_or_default()))
}

fn encoded_length(statement: StatementId, inputs: usize) -> usize {
    MAGIC.len() + statement.as_str().len() + 1 + G1_BYTES + 3 * G2_BYTES + 4 + inputs * G1_BYTES
}

fn at(part: KeyPart) -> impl Fn(PointError) -> KeyError {
    move |cause| KeyError::Point { part, cause }
}

/// Reads a key's points in order and knows how long the whole should have been.
struct Reader<'a, 'b> {
    rest: &'b mut &'a [u8],
    statement: StatementId,
    expected: usize,
    got: usize,
}

impl<'a> Reader<'a, '_> {
    fn take<const N: usize>(&mut self) -> Result<&'a [u8; N], KeyError> {
        let (head, tail) = self.rest.split_first_chunk().ok_or_else(|| self.wrong_length())?;
        *self.rest = tail;
        Ok(head)
    }

    fn g1(&mut self, part: KeyPart) -> Result<G1Affine, KeyError> {
        point::parse_g1(self.take()?).map_err(at(part))
    }

    fn g2(&mut self, part: KeyPart) -> Result<G2Affine, KeyError> {
        point::parse_g2(self.take()?).map_err(at(part))
    }

    fn count(&mut self) -> Result<usize, KeyError> {
        Ok(usize::try_from(u32::from_be_bytes(*self.take()?)).unwrap_or(usize::MAX))
    }

    fn end(&self) -> Result<(), KeyError> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(self.wrong_length())
        }
    }

    fn wrong_length(&self) -> KeyError {
        KeyError::Length {
            statement: self.statement,
            expected: self.expected,
            got: self.got,
        }
    }
}
