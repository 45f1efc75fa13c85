//! The weights of a batch: 128 bits each, drawn after everything they weigh is fixed.
//!
//! In scope: the transcript (merlin) of every key, row and proof; the form of weights that multiplies fast. Out of scope: using them.
//! An attacker who can steer one weight can have two false proofs cancel.

use alloc::vec::Vec;

use ark_bn254::{Fr, g1};
use ark_ec::scalar_mul::glv::GLVConfig;
use ark_ff::{BigInteger, PrimeField};
use merlin::Transcript;

use super::item::Claim;
use crate::groth16::Proof;

/// A weight `(2 low - (2^64 - 1)) + (2 high - (2^64 - 1)) lambda`, lambda being what G1's endomorphism multiplies by.
///
/// Both halves are odd and below 2^64 in magnitude. Different pairs of halves are different scalars modulo r: lambda's lattice
/// holds no vector but 0 with both entries below 2^66 (its shortest are near 2^127). So there are 2^128 weights, all equally likely.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::groth16) struct Weight {
    pub(in crate::groth16) low: u64,
    pub(in crate::groth16) high: u64,
}

impl Weight {
    pub(in crate::groth16) fn to_fr(self) -> Fr {
        Fr::from(odd(self.low)) + g1::Config::LAMBDA * Fr::from(odd(self.high))
    }

    /// The two halves as sign (negative?) and magnitude.
    pub(in crate::groth16) fn halves(self) -> [(bool, u64); 2] {
        [self.low, self.high].map(|half| {
            let value = odd(half);
            (value < 0, u64::try_from(value.unsigned_abs()).unwrap_or(u64::MAX))
        })
    }

    /// Digits of both halves from the top, base 4, each -3, -1, 1 or 3: `2 k - 3` for each pair of bits k.
    pub(in crate::groth16) fn digits(self, place: u32) -> [i8; 2] {
        [self.low, self.high].map(|half| [-3, -1, 1, 3][(half >> (2 * place) & 3) as usize])
    }
}

fn odd(half: u64) -> i128 {
    2 * i128::from(half) - i128::from(u64::MAX)
}

/// What a batch's transcript is told, in order, and asked.
trait BatchTranscript {
    /// How many proofs follow.
    fn number_of_proofs(&mut self, count: usize);
    /// One proof with its key and rows.
    fn proof(&mut self, claim: &Claim<'_>);
    /// The next proof's weight.
    fn weight(&mut self) -> Weight;
}

impl BatchTranscript for Transcript {
    fn number_of_proofs(&mut self, count: usize) {
        self.append_u64(b"proofs", count as u64);
    }

    fn proof(&mut self, claim: &Claim<'_>) {
        self.append_message(b"key", &claim.key.id().to_bytes());
        let rows: Vec<u8> = claim
            .rows
            .iter()
            .flat_map(|row| row.into_bigint().to_bytes_be())
            .collect();
        self.append_message(b"rows", &rows);
        self.append_message(b"proof", &Proof::encode(&claim.a, &claim.b, &claim.c));
    }

    fn weight(&mut self) -> Weight {
        let mut halves = [[0; 8]; 2];
        self.challenge_bytes(b"weight", halves.as_flattened_mut());
        let [low, high] = halves.map(u64::from_le_bytes);
        Weight { low, high }
    }
}

/// One weight per claim, each depending on all of all claims.
pub(in crate::groth16) fn weights<'c, 'k: 'c>(claims: impl ExactSizeIterator<Item = &'c Claim<'k>>) -> Vec<Weight> {
    let mut transcript = Transcript::new(b"tradeseal/batch-verification/v1");
    let count = claims.len();
    transcript.number_of_proofs(count);
    for claim in claims {
        transcript.proof(claim);
    }
    (0..count).map(|_| transcript.weight()).collect()
}
