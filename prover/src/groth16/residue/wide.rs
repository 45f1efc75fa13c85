//! Montgomery products on any processor, by products of 64-bit words.
//!
//! In scope: products without a final subtraction. Out of scope: bounds, which are `residue`'s.
//! An attacker who owns this part makes proofs fail, which verification before release notices.

use super::super::modulus::Modulus;

/// `sum + a * b + carry`, leaving the high half in `carry`.
#[inline(always)]
#[allow(clippy::cast_possible_truncation)] // low halves are what is wanted
fn multiply_add(sum: u64, a: u64, b: u64, carry: &mut u64) -> u64 {
    let wide = u128::from(sum) + u128::from(a) * u128::from(b) + u128::from(*carry);
    *carry = (wide >> 64) as u64;
    wide as u64
}

#[inline(always)]
fn add_row(sum: &mut [u64; 5], row: &[u64; 4], factor: u64) {
    let mut carry = 0;
    for i in 0..4 {
        sum[i] = multiply_add(sum[i], row[i], factor, &mut carry);
    }
    sum[4] += carry;
}

/// Makes the lowest word 0 by adding a multiple of the prime, and drops it.
#[inline(always)]
fn reduce_once<M: Modulus>(sum: &mut [u64; 5]) {
    let factor = sum[0].wrapping_mul(M::NEGATED_INVERSE);
    add_row(sum, &M::WORDS, factor);
    *sum = [sum[1], sum[2], sum[3], sum[4], 0];
}

/// `a * b / 2^256`.
#[inline(always)]
pub(super) fn product<M: Modulus>(a: &[u64; 4], b: &[u64; 4]) -> [u64; 4] {
    let mut sum = [0; 5];
    for factor in b {
        add_row(&mut sum, a, *factor);
        reduce_once::<M>(&mut sum);
    }
    [sum[0], sum[1], sum[2], sum[3]]
}

/// `(a * b + c * d) / 2^256`.
#[inline(always)]
pub(super) fn sum_of_products<M: Modulus>(a: &[u64; 4], b: &[u64; 4], c: &[u64; 4], d: &[u64; 4]) -> [u64; 4] {
    let mut sum = [0; 5];
    for (b, d) in b.iter().zip(d) {
        add_row(&mut sum, a, *b);
        add_row(&mut sum, c, *d);
        reduce_once::<M>(&mut sum);
    }
    [sum[0], sum[1], sum[2], sum[3]]
}
