//! A scalar times Base8.
//!
//! In scope: 84 windows of signed odd digits. Out of scope: variable points (`variable_base`).
//! An attacker who finds a gap here forges the response side of a signature.
//!
//! The scalar is written as `sum d_i 8^i` modulo l with d_i in {+-1, +-3, +-5, +-7}: two magnitude bits and a sign bit a window, any
//! combination of which is some scalar, so no range check is owed and every scalar modulo l has an encoding.
//!
//! Incomplete additions are safe up to window 82: the sum so far is odd and below `8^i <= |d_i 8^i|`, and `8 * 8^82 = 2^249 < l`, so it is never plus or minus what is
//! added. The last window is added in Edwards coordinates, where addition is complete.

use ark_ec::CurveGroup;
use ark_ff::{Field, One, PrimeField};
use ark_relations::gr1cs::SynthesisError;
use once_cell::sync::Lazy;
use tradeseal_primitives::{
    Fr,
    babyjubjub::{Point, PointProjective, Scalar, base8},
};

use super::{
    edwards::EdwardsPoint,
    montgomery::{self, MontgomeryPoint},
};
use crate::circuit::{Circuit, Wire};

/// Windows of three bits.
const WINDOWS: usize = 84;

/// `[1, 3, 5, 7] * 8^i * Base8` for each window.
static ODD_MULTIPLES: Lazy<Vec<[Point; 4]>> = Lazy::new(|| {
    let mut base = PointProjective::from(base8());
    (0..WINDOWS)
        .map(|_| {
            let twice = base + base;
            let points = [base, base + twice, base + twice + twice, base + twice + twice + twice];
            base = twice + twice + twice + twice;
            points.map(|point| point.into_affine())
        })
        .collect()
});

/// One window: digit = (2 magnitude + 1), negated unless positive.
struct Digit {
    magnitude: u8,
    positive: bool,
}

/// The digits of a scalar: `V = (S + 8^84 - 1) / 2 mod l` in base 8, digit `2 v - 7`.
fn digits(scalar: &Scalar) -> Vec<Digit> {
    let half = Scalar::from(2u64).inverse().unwrap_or_default();
    let shift = Scalar::from(8u64).pow([WINDOWS as u64]) - Scalar::one();
    let shifted = ((*scalar + shift) * half).into_bigint();
    (0..WINDOWS)
        .map(|i| {
            let octal = (0..3)
                .map(|bit| u8::from(ark_ff::BigInteger::get_bit(&shifted, 3 * i + bit)) << bit)
                .sum::<u8>();
            let positive = octal >= 4;
            Digit {
                magnitude: if positive { octal - 4 } else { 3 - octal },
                positive,
            }
        })
        .collect()
}

/// `scalar * Base8` for a private scalar.
///
/// # Errors
/// arkworks' own.
pub fn multiply_base8(circuit: &mut Circuit, scalar: &Scalar) -> Result<EdwardsPoint, SynthesisError> {
    let mut sum: Option<MontgomeryPoint> = None;
    let digits = digits(scalar);
    for (digit, table) in digits.iter().zip(ODD_MULTIPLES.iter()).take(WINDOWS - 1) {
        let (us, vs) = (
            table.map(|p| montgomery::coordinates(&p).0),
            table.map(|p| montgomery::coordinates(&p).1),
        );
        let (u, v) = window(circuit, digit, &us, &vs)?;
        let point = MontgomeryPoint { u, v };
        sum = Some(match sum {
            None => point,
            Some(sum) => sum.add_incomplete(circuit, &point)?,
        });
    }
    let table = &ODD_MULTIPLES[WINDOWS - 1];
    let (y, x) = window(circuit, &digits[WINDOWS - 1], &table.map(|p| p.y), &table.map(|p| p.x))?;
    let last = EdwardsPoint { x, y };
    match sum {
        None => Ok(last),
        Some(sum) => sum.to_edwards(circuit)?.add(circuit, &last),
    }
}

/// Looks one window up: the coordinate that ignores the sign, and the one that follows it.
fn window(circuit: &mut Circuit, digit: &Digit, even: &[Fr; 4], odd: &[Fr; 4]) -> Result<(Wire, Wire), SynthesisError> {
    let low = circuit.bit(digit.magnitude & 1 == 1)?;
    let high = circuit.bit(digit.magnitude & 2 == 2)?;
    let positive = circuit.bit(digit.positive)?;
    let both = circuit.product(&low, &high)?;
    let sign = &positive.scale(Fr::from(2u64)) - &Wire::one();
    let unsigned = lookup(odd, &low, &high, &both);
    Ok((lookup(even, &low, &high, &both), circuit.product(&unsigned, &sign)?))
}

/// `table[low + 2 high]`, linear once the product of the bits is known.
fn lookup(table: &[Fr; 4], low: &Wire, high: &Wire, both: &Wire) -> Wire {
    let [t0, t1, t2, t3] = *table;
    Wire::weighted_sum([
        (t0, &Wire::one()),
        (t1 - t0, low),
        (t2 - t0, high),
        (t3 - t2 - t1 + t0, both),
    ])
}
