//! The Grain LFSR that generates Poseidon's round constants and matrix (Poseidon paper, appendix F).
//!
//! In scope: the bit stream and its reading as field elements. Out of scope: what is built from them.
//! An attacker who owns this part chooses the constants, and with them trapdoors.

use ark_ff::{BigInt, PrimeField};

use crate::Fr;

const STATE_BITS: u32 = 80;
const FIELD_BITS: u64 = 254;
/// Feedback reaches back to bit 62, so 80 - 62 = 18 new bits can be computed at once; 16 divides evenly.
const STEP_BITS: u32 = 16;

/// Self-shrinking generator over an 80-bit LFSR; the oldest bit of the state is bit 0.
pub(super) struct Grain {
    state: u128,
    buffer: u32,
    buffered: u32,
}

impl Grain {
    /// Seeds the register for a prime field, x^5, width `t` and the given numbers of rounds, and discards 160 bits.
    pub(super) fn new(t: u64, full_rounds: u64, partial_rounds: u64) -> Self {
        let mut state = 0u128;
        let mut filled = 0;
        let mut push = |value: u64, bits: u32| {
            for bit in (0..bits).rev() {
                state |= u128::from(value >> bit & 1) << filled;
                filled += 1;
            }
        };
        push(1, 2); // prime field
        push(0, 4); // x^alpha
        push(FIELD_BITS, 12);
        push(t, 12);
        push(full_rounds, 10);
        push(partial_rounds, 10);
        push((1 << 30) - 1, 30);
        let mut grain = Self {
            state,
            buffer: 0,
            buffered: 0,
        };
        for _ in 0..160 {
            grain.raw_bit();
        }
        grain
    }

    fn raw_bit(&mut self) -> u32 {
        if self.buffered == 0 {
            let s = self.state;
            let new = (s >> 62 ^ s >> 51 ^ s >> 38 ^ s >> 23 ^ s >> 13 ^ s) & ((1 << STEP_BITS) - 1);
            self.state = s >> STEP_BITS | new << (STATE_BITS - STEP_BITS);
            self.buffer = u32::try_from(new).unwrap_or_default();
            self.buffered = STEP_BITS;
        }
        let bit = self.buffer & 1;
        self.buffer >>= 1;
        self.buffered -= 1;
        bit
    }

    /// Of each pair of raw bits the second is kept if the first is 1.
    fn bit(&mut self) -> u64 {
        while self.raw_bit() == 0 {
            self.raw_bit();
        }
        u64::from(self.raw_bit())
    }

    fn integer(&mut self) -> [u64; 4] {
        let mut limbs = [0u64; 4];
        for position in (0..FIELD_BITS).rev() {
            limbs[usize::try_from(position / 64).unwrap_or_default()] |= self.bit() << (position % 64);
        }
        limbs
    }

    /// A round constant: integers not below the modulus are skipped.
    pub(super) fn element(&mut self) -> Fr {
        loop {
            if let Some(value) = Fr::from_bigint(BigInt(self.integer())) {
                return value;
            }
        }
    }

    /// A matrix seed: the reference reduces here instead of skipping.
    pub(super) fn element_reduced(&mut self) -> Fr {
        let two64 = Fr::from(u128::from(u64::MAX)) + Fr::from(1u64);
        self.integer()
            .iter()
            .rev()
            .fold(Fr::from(0u64), |acc, limb| acc * two64 + Fr::from(*limb))
    }
}
