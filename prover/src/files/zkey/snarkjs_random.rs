//! The numbers and points that snarkjs draws from a ChaCha stream: from a transcript's hash, and from a beacon.
//!
//! In scope: drawing exactly what it draws. Out of scope: randomness of ours.
//! An attacker who owns this part has contributions believed whose secrets nobody proved to know.

use ark_bn254::{Fq, Fq2, G1Affine, G2Affine};
use ark_ec::AffineRepr;
use ark_ec::short_weierstrass::SWCurveConfig;
use ark_ff::{BigInt, Field, PrimeField, Zero};
use ark_std::rand::{RngCore, SeedableRng};
use rand_chacha::ChaCha20Rng;
use sha2::{Digest, Sha256};
use tradeseal_primitives::Fr;

/// Bits that a drawn number is cut to: the length of both moduli.
const BITS: u32 = 254;

/// snarkjs' stream: ChaCha20 keyed with the first 32 bytes as big-endian words.
pub(super) struct Stream(ChaCha20Rng);

impl Stream {
    /// Keyed with a hash.
    pub(super) fn of_hash(hash: &[u8; 32]) -> Self {
        let mut key = [0; 32];
        for (to, from) in key.as_chunks_mut::<4>().0.iter_mut().zip(hash.as_chunks::<4>().0) {
            *to = u32::from_be_bytes(*from).to_le_bytes();
        }
        Self(ChaCha20Rng::from_seed(key))
    }

    /// Keyed with a beacon: SHA-256 of its value, `2^exponent` times over.
    pub(super) fn of_beacon(value: &[u8], exponent: u8) -> Self {
        let mut hash: [u8; 32] = Sha256::digest(value).into();
        for _ in 1..1u64 << exponent {
            hash = Sha256::digest(hash).into();
        }
        Self::of_hash(&hash)
    }

    fn words(&mut self) -> BigInt<4> {
        let mut words = [0; 4];
        for word in &mut words {
            let high = u64::from(self.0.next_u32());
            *word = high << 32 | u64::from(self.0.next_u32());
        }
        words[3] &= (1 << (BITS - 192)) - 1;
        BigInt(words)
    }

    /// A scalar. What is drawn is its Montgomery form.
    pub(super) fn scalar(&mut self) -> Fr {
        loop {
            let words = self.words();
            if words < Fr::MODULUS {
                return Fr::new_unchecked(words);
            }
        }
    }

    fn coordinate(&mut self) -> Fq {
        loop {
            let words = self.words();
            if words < Fq::MODULUS {
                return Fq::new_unchecked(words);
            }
        }
    }

    /// A point of G1.
    pub(super) fn g1(&mut self) -> G1Affine {
        loop {
            let x = self.coordinate();
            let greatest = self.0.next_u32() & 1 == 1;
            let y2 = x.square() * x + ark_bn254::g1::Config::COEFF_B;
            if let Some(y) = y2.sqrt() {
                return G1Affine::new_unchecked(x, signed(y, greatest, is_negative(y)));
            }
        }
    }

    /// A point of G2, times its cofactor.
    pub(super) fn g2(&mut self) -> G2Affine {
        loop {
            let x = Fq2::new(self.coordinate(), self.coordinate());
            let greatest = self.0.next_u32() & 1 == 1;
            let y2 = x.square() * x + ark_bn254::g2::Config::COEFF_B;
            if let Some(y) = y2.sqrt() {
                let negative = if y.c1.is_zero() {
                    is_negative(y.c0)
                } else {
                    is_negative(y.c1)
                };
                return G2Affine::new_unchecked(x, signed(y, greatest, negative)).mul_by_cofactor();
            }
        }
    }
}

fn is_negative(value: Fq) -> bool {
    value.into_bigint() > Fq::MODULUS_MINUS_ONE_DIV_TWO
}

/// Of `y` and `-y`, the greater where `greatest`, else the smaller.
fn signed<F: Field>(y: F, greatest: bool, negative: bool) -> F {
    if greatest == negative { y } else { -y }
}
