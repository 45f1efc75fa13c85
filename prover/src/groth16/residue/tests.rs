//! Lazy residues are arkworks' elements, also at the ends of their range.

use ark_ff::{PrimeField, UniformRand};
use ark_std::test_rng;

use super::*;

/// 0, 1, p - 1, and representatives above `p`.
fn awkward<M: Modulus>() -> Vec<Residue<M>> {
    let below = |words: [u64; 4], less: u64| subtracted(words, [less, 0, 0, 0]).0;
    let double = Residue::<M>::DOUBLE;
    [
        [0; 4],
        [1, 0, 0, 0],
        below(M::WORDS, 1),
        M::WORDS,
        added(M::WORDS, [1, 0, 0, 0]),
        below(double, 1),
        below(double, 2),
    ]
    .into_iter()
    .chain((0..5).map(|i| core::array::from_fn(|j| if j == 3 { M::WORDS[3] - 1 } else { u64::MAX << (13 * i) })))
    .map(Residue::from_words)
    .collect()
}

fn operations_are_arks<L: Lazy>(values: &[L]) {
    for &a in values {
        assert_eq!(a.squared().exact(), a.exact().square());
        for condition in [false, true] {
            let expected = if condition { -a.exact() } else { a.exact() };
            assert_eq!(a.negated_if(condition).exact(), expected);
        }
        for &b in values {
            assert_eq!(a.times(b).exact(), a.exact() * b.exact());
            assert_eq!(a.plus(b).exact(), a.exact() + b.exact());
            assert_eq!(a.minus(b).exact(), a.exact() - b.exact());
        }
    }
}

#[test]
fn operations_of_both_prime_fields_are_arks() {
    let mut rng = test_rng();
    let base: Vec<_> = (0..20)
        .map(|_| Lazy::new(Fq::rand(&mut rng)))
        .chain(awkward::<Base>())
        .collect();
    operations_are_arks(&base);
    let scalar: Vec<_> = (0..20)
        .map(|_| Lazy::new(Fr::rand(&mut rng)))
        .chain(awkward::<Scalar>())
        .collect();
    operations_are_arks(&scalar);
    assert_eq!(Residue::<Base>::new(Fq::from(-1i8)).canonical(), Fq::from(-1i8).0.0);
    assert_eq!(Fr::MODULUS.0, Scalar::WORDS);
}

#[test]
fn operations_of_the_quadratic_extension_are_arks() {
    let parts = awkward::<Base>();
    let mut values: Vec<Quadratic> = Vec::new();
    for c0 in &parts {
        values.extend(parts.iter().map(|c1| Quadratic { c0: *c0, c1: *c1 }));
    }
    let mut rng = test_rng();
    values.extend((0..20).map(|_| Quadratic::new(Fq2::rand(&mut rng))));
    operations_are_arks(&values);
}

#[test]
fn results_stay_below_twice_the_prime() {
    for a in awkward::<Base>() {
        for b in awkward::<Base>() {
            for result in [a.times(b), a.plus(b), a.minus(b)] {
                assert_eq!(subtracted(result.words, Residue::<Base>::DOUBLE).1, u64::MAX);
            }
        }
    }
}
