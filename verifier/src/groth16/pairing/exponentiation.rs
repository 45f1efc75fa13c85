//! The final exponentiation: a Miller loop's value to the power `2x(6x^2 + 3x + 1) (q^12 - 1)/r`.
//!
//! In scope: that power, the same that arkworks takes. Out of scope: Miller loops.
//! An attacker who owns this part can have any false statement accepted.
//!
//! A residue witness (Novakovic and Eagen, "On proving pairings") would replace it only if proofs carried one: finding it
//! costs the verifier more than this does.

use ark_ff::Field;

use super::tower::Fe12;

/// The pairing's value; `None` for zero, which no Miller loop of valid points yields.
pub(in crate::groth16) fn final_exponentiation(value: &Fe12) -> Option<Fe12> {
    let inverse = Fe12::from_fq12(value.to_fq12().inverse()?);
    let easy = value.conjugate().multiply(&inverse);
    Some(hard_part(&frobenius(&easy, 2).multiply(&easy)))
}

/// The chain of Fuentes-Castañeda, Knapp and Rodríguez-Henríquez, "Faster hashing to G2": three powers of x.
fn hard_part(r: &Fe12) -> Fe12 {
    let y0 = power_minus_x(r);
    let y1 = y0.cyclotomic_square();
    let y2 = y1.cyclotomic_square();
    let y3 = y2.multiply(&y1);
    let y4 = power_minus_x(&y3);
    let y5 = y4.cyclotomic_square();
    let y6 = power_x(&y5);
    let y7 = y6.multiply(&y4);
    let y8 = y7.multiply(&y3.conjugate());
    let y9 = y8.multiply(&y1);
    let y10 = y8.multiply(&y4);
    let y11 = y10.multiply(r);
    let y13 = frobenius(&y9, 1).multiply(&y11);
    let y14 = frobenius(&y8, 2).multiply(&y13);
    let y15 = r.conjugate().multiply(&y9);
    frobenius(&y15, 3).multiply(&y14)
}

fn frobenius(value: &Fe12, power: usize) -> Fe12 {
    Fe12::from_fq12(value.to_fq12().frobenius_map(power))
}

/// `value^-x` for x = 4965661367192848881, in the cyclotomic subgroup.
fn power_minus_x(value: &Fe12) -> Fe12 {
    power_x(value).conjugate()
}

/// x in signed odd digits from the top: after the leading 1, so many squares and then this digit: -7 to 7.
pub(in crate::groth16) const X_DIGITS: [(u32, i8); 13] = [
    (6, 5),
    (5, -3),
    (4, 3),
    (5, 5),
    (4, -5),
    (4, -3),
    (4, 1),
    (5, 5),
    (5, 7),
    (4, -7),
    (7, 5),
    (5, -1),
    (4, 1),
];

fn power_x(value: &Fe12) -> Fe12 {
    let squared = value.cyclotomic_square();
    let third = squared.multiply(value);
    let fifth = squared.multiply(&third);
    let seventh = squared.multiply(&fifth);
    let odd_powers = [*value, third, fifth, seventh];
    X_DIGITS.iter().fold(*value, |mut power, (squares, digit)| {
        for _ in 0..*squares {
            power = power.cyclotomic_square();
        }
        let factor = &odd_powers[usize::from(digit.unsigned_abs() / 2)];
        if *digit < 0 {
            power.multiply(&factor.conjugate())
        } else {
            power.multiply(factor)
        }
    })
}

#[cfg(test)]
mod tests {
    use ark_bn254::{Bn254, Config, Fq12};
    use ark_ec::bn::BnConfig;
    use ark_ec::pairing::{MillerLoopOutput, Pairing};
    use ark_ff::{UniformRand, Zero};
    use ark_std::rand::SeedableRng;
    use ark_std::rand::rngs::StdRng;

    use super::*;

    #[test]
    fn the_digits_are_those_of_the_curves_parameter() {
        let value = X_DIGITS
            .iter()
            .fold(1i128, |value, (squares, digit)| (value << squares) + i128::from(*digit));
        assert_eq!([u64::try_from(value).unwrap()], Config::X);
    }

    #[test]
    fn the_power_is_arkworks_own() {
        let mut rng = StdRng::seed_from_u64(1);
        for _ in 0..8 {
            let value = Fq12::rand(&mut rng);
            let theirs = Bn254::final_exponentiation(MillerLoopOutput(value)).unwrap().0;
            assert_eq!(
                final_exponentiation(&Fe12::from_fq12(value)).map(Fe12::to_fq12),
                Some(theirs)
            );
        }
        assert_eq!(final_exponentiation(&Fe12::from_fq12(Fq12::zero())), None);
    }
}
