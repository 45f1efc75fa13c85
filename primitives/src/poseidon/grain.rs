//! The Grain LFSR that generates Poseidon's round constants and matrix (Poseidon paper, appendix F).
//!
//! In scope: the bit stream and its reading as field elements. Out of scope: what is built from them.
//! An attacker who owns this part chooses the constants, and with them trapdoors.

use ark_ff::{BigInt, PrimeField};

use crate::Fr;

const STATE_BITS: u32 = 80;
const FIELD_BITS: u32 = 254;
/// Feedback reaches back to bit 62, so 80 - 62 = 18 new bits can be computed at once; 16 divides evenly.
const STEP_BITS: u32 = 16;

/// What self-shrinking keeps of eight raw bits, oldest first: of each pair the second bit, if the first is 1. The number of bits
/// kept, and the bits, oldest highest.
const KEPT: [(u32, u8); 256] = {
    let mut table = [(0, 0); 256];
    let mut byte = 0;
    while byte < 256 {
        let mut pair = 0;
        while pair < 4 {
            if byte >> (2 * pair) & 1 == 1 {
                let (count, bits) = table[byte];
                let second = if byte >> (2 * pair + 1) & 1 == 1 { 1 } else { 0 };
                table[byte] = (count + 1, bits << 1 | second);
            }
            pair += 1;
        }
        byte += 1;
    }
    table
};

/// Self-shrinking generator over an 80-bit LFSR; the oldest bit of the state is bit 0.
pub(super) struct Grain {
    state: u128,
    /// Bits kept and not yet taken, oldest highest.
    kept: u128,
    count: u32,
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
        push(u64::from(FIELD_BITS), 12);
        push(t, 12);
        push(full_rounds, 10);
        push(partial_rounds, 10);
        push((1 << 30) - 1, 30);
        let mut grain = Self {
            state,
            kept: 0,
            count: 0,
        };
        for _ in 0..160 / STEP_BITS {
            grain.step();
        }
        grain
    }

    /// The next raw bits, oldest lowest.
    fn step(&mut self) -> [u8; 2] {
        let s = self.state;
        let new = (s >> 62 ^ s >> 51 ^ s >> 38 ^ s >> 23 ^ s >> 13 ^ s) & ((1 << STEP_BITS) - 1);
        self.state = s >> STEP_BITS | new << (STATE_BITS - STEP_BITS);
        u16::try_from(new).unwrap_or_default().to_le_bytes()
    }

    /// The next `bits` bits, at most 64, as an integer.
    fn take(&mut self, bits: u32) -> u64 {
        while self.count < bits {
            for byte in self.step() {
                let (count, kept) = KEPT[usize::from(byte)];
                self.kept = self.kept << count | u128::from(kept);
                self.count += count;
            }
        }
        self.count -= bits;
        let taken = self.kept >> self.count;
        self.kept &= (1 << self.count) - 1;
        u64::try_from(taken).unwrap_or_default()
    }

    fn integer(&mut self) -> [u64; 4] {
        let mut limbs = [0u64; 4];
        limbs[3] = self.take(FIELD_BITS - 192);
        for limb in limbs[..3].iter_mut().rev() {
            *limb = self.take(64);
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
