//! A whole field element times a private point: `h * 8A`, the challenge side of a signature, and `2h * Q` for points that share their scalar.
//!
//! In scope: canonical recoding of h, the ladder. Out of scope: what h is.
//! An attacker who finds a gap here forges signatures under any key, or gives an invoice two tags.
//!
//! Recoding. Let l be the subgroup order and `h' = h + 11 l`, which lies in `[2^254, 2^255)` for every canonical h, so its top bit is always 1
//! and the ladder has no leading zeros; `11 l * 2Q` is the identity, so the product does not change. The other 254 bits u of h' are private;
//! `sum u_i 2^i + 2^254 = h + 11 l` holds modulo the field's modulus p only, and `2^254 > p`, so u is kept to one residue by comparing its
//! top 100 bits strictly between those of the two bounds `11 l - 2^254` and `11 l - 2^254 + p`. That refuses the h whose top bits equal a bound's: for a hash a chance of 2^-99, for a random scalar of 2^-96.
//!
//! Ladder. From 3Q it computes `(2 h' + 1) Q = 2h Q + Q` by 254 steps `P <- 2P +- Q`, then subtracts Q. Before each step P = kQ with
//! k = 2 (h' >> i) + 1 >= 3. A step `(P + sQ) + P`, s = +-1, has an exceptional case only if P is sQ (any slope is one: a choice), P is -sQ, or 2P is -sQ (no slope is
//! one: no solution).
//!
//! *Q of order l* (the duplicate tag): k = 1 or -1 modulo l follows only from k = 0, the identity, which has no coordinates here, or from k = +-1 by
//! the other sign, which has no solution. The ladder begins at 3. So no h at all leaves a choice; 63 values of h meet a case without a solution and are refused.
//!
//! *Q = 4A for any A on the curve* (a signature): 4A can have order 2l. Then lQ is the point of order two, which has coordinates, and of the same 63
//! values of h some lead through it to a choice. So h must be a hash that no signer picks: `P(R8, A, m)`; reaching one of 63 values takes 2^247
//! tries. With A in the subgroup, as `PublicKey` has it, Q has order l.
//!
//! `tests/attack_gadgets.rs` holds all of this. Q is neither of order two nor the identity: its x is enforced not to be 0.

use ark_ff::{BigInt, BigInteger, PrimeField};
use ark_relations::gr1cs::SynthesisError;
use tradeseal_primitives::{Fr, babyjubjub::Scalar};

use super::{edwards::EdwardsPoint, montgomery::MontgomeryPoint, range};
use crate::circuit::{Circuit, Wire};

/// Bits of h' below its constant top bit.
const LADDER_BITS: usize = 254;
/// Bits of h' that are compared with the bounds'.
const COMPARED_BITS: usize = 100;

/// A scalar recoded for the ladder; several points can be multiplied by one.
#[derive(Debug)]
pub struct Digits(Vec<Wire>);

/// `h * 8A` for a point on the curve with 8A not the identity, which is enforced. `h` is a hash of A.
///
/// # Errors
/// arkworks' own.
pub fn multiply_by_eight_times(
    circuit: &mut Circuit,
    h: &Wire,
    a: &EdwardsPoint,
) -> Result<EdwardsPoint, SynthesisError> {
    let digits = recode(circuit, h)?;
    let q = a.double(circuit)?.double(circuit)?;
    ladder(circuit, &digits, &q)
}

/// `2h * 8A` and `8A`, for a point on the curve with 8A not the identity, which is enforced. Any prover may pick `h`, as 8A has order l.
///
/// # Errors
/// arkworks' own.
pub fn multiply_clear_by_twice(
    circuit: &mut Circuit,
    h: &Digits,
    a: &EdwardsPoint,
) -> Result<[EdwardsPoint; 2], SynthesisError> {
    let q = a.double(circuit)?.double(circuit)?.double(circuit)?;
    Ok([ladder(circuit, h, &q)?, q])
}

/// `2h * Q` for a point on the curve that is neither the identity nor of order two, which is enforced.
fn ladder(circuit: &mut Circuit, h: &Digits, q: &EdwardsPoint) -> Result<EdwardsPoint, SynthesisError> {
    circuit.nonzero(&q.x)?;
    let two_q = q.double(circuit)?;
    let three_q = two_q.add(circuit, q)?;
    let q_montgomery = MontgomeryPoint::from_edwards(circuit, q)?;
    let mut sum = MontgomeryPoint::from_edwards(circuit, &three_q)?;
    for bit in h.0.iter().rev() {
        let sign = &bit.scale(Fr::from(2u64)) - &Wire::one();
        let v = circuit.product(&q_montgomery.v, &sign)?;
        sum = sum.double_add_incomplete(
            circuit,
            &MontgomeryPoint {
                u: q_montgomery.u.clone(),
                v,
            },
        )?;
    }
    sum.to_edwards(circuit)?.add(circuit, &q.negate())
}

/// `11 l - 2^254`, the least value of the private bits.
fn lower_bound() -> BigInt<4> {
    let mut bound = BigInt::<4>::zero();
    for _ in 0..11 {
        bound.add_with_carry(&Scalar::MODULUS);
    }
    bound.sub_with_borrow(&two_to(LADDER_BITS));
    bound
}

fn two_to(exponent: usize) -> BigInt<4> {
    let mut power = BigInt::<4>::one();
    power <<= u32::try_from(exponent).unwrap_or_default();
    power
}

/// The 254 low bits of `h + 11 l`, little-endian: one set of them for each h.
///
/// # Errors
/// arkworks' own.
pub fn recode(circuit: &mut Circuit, h: &Wire) -> Result<Digits, SynthesisError> {
    let low = lower_bound();
    let mut integer = h.value().into_bigint();
    integer.add_with_carry(&low);
    let bits = (0..LADDER_BITS)
        .map(|i| circuit.bit(integer.get_bit(i)))
        .collect::<Result<Vec<_>, _>>()?;
    let offset = Wire::constant(Fr::from_bigint(low).unwrap_or_default());
    circuit.equal(&Wire::from_bits_le(&bits), &(h + &offset))?;
    enforce_between(circuit, &bits[LADDER_BITS - COMPARED_BITS..], low)?;
    Ok(Digits(bits))
}

/// The top bits lie strictly between the bounds' top bits.
fn enforce_between(circuit: &mut Circuit, top: &[Wire], low: BigInt<4>) -> Result<(), SynthesisError> {
    let mut high = low;
    high.add_with_carry(&Fr::MODULUS);
    let shift = u32::try_from(LADDER_BITS - COMPARED_BITS).unwrap_or_default();
    let top_of = |bound: BigInt<4>| Wire::constant(Fr::from_bigint(bound >> shift).unwrap_or_default());
    let value = Wire::from_bits_le(top);
    range::at_most(circuit, &(&top_of(low) + &Wire::one()), &value, COMPARED_BITS)?;
    range::at_most(circuit, &value, &(&top_of(high) - &Wire::one()), COMPARED_BITS)?;
    Ok(())
}
