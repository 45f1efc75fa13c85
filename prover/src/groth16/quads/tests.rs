//! Residues in four lanes are arkworks' elements, also at the ends of their range.

use ark_bn254::Fq;
use ark_ff::{BigInt, PrimeField, UniformRand, Zero};
use ark_std::test_rng;

use super::coordinate::Coordinate4;
use super::modular::{Constants, Residue4};
use super::vector::{Compiled, Processor, Word4};
use crate::groth16::modulus::Base;

/// Gives `canonical` what is in memory, limb by limb.
struct Canonical([[u64; 4]; 9]);

impl Compiled for Canonical {
    type Output = [Fq; 4];

    #[inline(always)]
    fn compute(self, processor: Processor) -> [Fq; 4] {
        let k = &Constants::new(processor, Base);
        Residue4(self.0.map(|limb| Word4::load(processor, &limb))).to_scalars(k)
    }
}

/// A product, a sum of products and differences of two times four values.
struct Operations([Fq; 4], [Fq; 4]);

impl Compiled for Operations {
    type Output = [[Fq; 4]; 4];

    #[inline(always)]
    fn compute(self, processor: Processor) -> [[Fq; 4]; 4] {
        let k = &Constants::new(processor, Base);
        let (a, b) = (Residue4::from_scalars(k, self.0), Residue4::from_scalars(k, self.1));
        let results = [
            a.times(k, &b),
            a.times_plus(k, &b, &a.negated_8(k), &a),
            a.exact_minus(k, b),
            a.double_minus_both(k, b, a),
        ];
        results.map(|result| result.to_scalars(k))
    }
}

fn limbs_of(value: BigInt<4>) -> [u64; 9] {
    let bit = |bit: usize| u64::from(bit < 256 && value.0[bit / 64] >> (bit % 64) & 1 == 1);
    core::array::from_fn(|limb| (0..29).map(|i| bit(29 * limb + i) << i).sum())
}

/// 0, 1, p - 1, values whose limbs are all ones or 0, and random ones.
fn awkward() -> Vec<Fq> {
    let mut rng = test_rng();
    let mut values = vec![Fq::zero(), Fq::from(1), -Fq::from(1)];
    for limb in 0..8 {
        let power = Fq::from(2u64).pow_limbs(limb);
        values.extend([power, power - Fq::from(1), -power, Fq::from(1) - power]);
    }
    values.extend((0..20).map(|_| Fq::rand(&mut rng)));
    values
        .iter()
        .map(|value| Fq::new_unchecked(value.into_bigint()))
        .collect()
}

trait PowLimbs {
    fn pow_limbs(self, limbs: u64) -> Self;
}

impl PowLimbs for Fq {
    fn pow_limbs(self, limbs: u64) -> Self {
        ark_ff::Field::pow(&self, [29 * limbs])
    }
}

#[test]
fn products_and_differences_are_arks() {
    let Some(processor) = Processor::detect() else { return };
    let shift = ark_ff::Field::inverse(&Fq::from(32u64)).unwrap();
    for a in awkward() {
        for b in awkward().chunks_exact(4) {
            let b: [Fq; 4] = b.try_into().unwrap();
            let results = processor.run(Operations([a; 4], b));
            let expected: [[Fq; 4]; 4] = [
                b.map(|b| a * b * shift),
                b.map(|b| (a * b - a * a) * shift),
                b.map(|b| a - b),
                b.map(|b| a - b),
            ];
            assert_eq!(results, expected, "{a} {b:?}");
        }
    }
}

#[test]
fn the_canonical_residue_is_found_at_and_around_every_multiple_of_the_prime() {
    let Some(processor) = Processor::detect() else { return };
    let prime = limbs_of(Fq::MODULUS);
    for multiple in 0..8u64 {
        for (offset, expected) in [
            (0i64, Fq::zero()),
            (1, Fq::from(1)),
            (5, Fq::from(5)),
            (-1, -Fq::from(1)),
        ] {
            if multiple == 0 && offset < 0 {
                continue;
            }
            // Limbs as they come: not normal.
            let mut limbs = prime.map(|limb| limb * multiple);
            limbs[0] = limbs[0].wrapping_add_signed(offset);
            if multiple > 0 {
                limbs[0] += 3 << 29;
                limbs[1] -= 3;
            }
            let found = processor.run(Canonical(limbs.map(|limb| [limb; 4])));
            let expected = Fq::new_unchecked(expected.into_bigint());
            assert_eq!(found, [expected; 4], "{multiple} p + {offset}");
        }
    }
}
