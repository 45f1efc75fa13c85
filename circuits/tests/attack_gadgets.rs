//! Attacks on the arithmetic below the statements: other encodings, other branches of incomplete formulas, points outside the subgroup.
#![allow(clippy::unwrap_used, missing_docs)]

mod attack_forger;
mod support;

use ark_ec::{CurveGroup, twisted_edwards::TECurveConfig};
use ark_ff::{AdditiveGroup, BigInteger, Field, One, PrimeField, UniformRand, Zero};
use ark_relations::gr1cs::ConstraintSystem;
use ark_std::rand::{Rng, SeedableRng};
use attack_forger::{Edits, Forger, PublicRows, forger_of};
use support::{
    TestRng,
    exceptional::{
        Integer, Ladder, MODULUS, ORDER, exceptional_scalars, impossible_scalars, ladder, minus, plus,
        small_order_points, times, two_to,
    },
};
use tradeseal_circuits::{
    Circuit,
    gadget::{eddsa, edwards::EdwardsPoint, fixed_base, merkle, variable_base},
};
use tradeseal_primitives::{
    Fr,
    babyjubjub::{BabyJubJub, Point, Scalar, base8, multiply},
    eddsa::{PrivateKey, PublicKey, Signature, challenge},
    field,
    party::{Address, NullifierKey},
    poseidon::poseidon,
    tree::{self, MemoryNodes},
};

/// `11 l - 2^254`, what the recoding adds.
fn offset() -> Integer {
    minus(times(11, &ORDER), &two_to(254))
}

/// The constants that the comments of the gadgets rest on.
#[test]
fn the_bounds_that_the_gadgets_rely_on_hold_for_the_exact_constants() {
    let low = offset();
    let high = plus(low, &MODULUS);
    assert!(high < two_to(254), "every recoded challenge fits 254 bits");
    assert!(
        plus(times(11, &ORDER), &MODULUS) < two_to(255),
        "h + 11 l has one top bit"
    );
    // Between the bounds' top 100 bits, exclusive, lies less than one modulus: no two encodings of one challenge.
    let (low_top, high_top) = (low >> 154, high >> 154);
    let width = minus(high_top, &plus(low_top, &Integer::one())) << 154;
    assert!(width < MODULUS);
    assert!(low_top < high_top && high_top < two_to(100));
    assert!(two_to(249) < ORDER, "the digits below the last never reach l");
    assert!(ORDER < two_to(252), "84 windows hold every scalar");
    assert!(BabyJubJub::COEFF_A.legendre().is_qr() && BabyJubJub::COEFF_D.legendre().is_qnr());
}

fn product_gadget(circuit: &mut Circuit, key: &Point, h: Fr) -> EdwardsPoint {
    let point = EdwardsPoint::private(circuit, key).unwrap();
    let h = circuit.private(h).unwrap();
    variable_base::multiply_by_eight_times(circuit, &h, &point).unwrap()
}

fn product_forger(key: &Point, h: Fr) -> Forger {
    forger_of(PublicRows::Fixed, |circuit| {
        product_gadget(circuit, key, h);
    })
}

fn put_bits(columns: &[usize], integer: &Integer, edits: &mut Edits) {
    let bit = |i: usize| Fr::from(u64::from(integer.get_bit(i)));
    edits.extend(columns.iter().enumerate().map(|(i, column)| (*column, bit(i))));
}

/// A challenge whose recoding u has a second 254-bit integer of the same residue, u + p or u - p.
fn aliased_challenge(rng: &mut TestRng, larger: bool) -> (Fr, Integer) {
    loop {
        let h = Fr::rand(rng);
        let u = plus(h.into_bigint(), &offset());
        let alias = if larger {
            plus(u, &MODULUS)
        } else if u >= MODULUS {
            minus(u, &MODULUS)
        } else {
            continue;
        };
        if alias < two_to(254) {
            return (h, alias);
        }
    }
}

/// A quarter of all challenges have a second recoding of 254 bits, and with it another product. The comparison of the top bits is all that
/// refuses it.
#[test]
fn a_challenge_has_one_recoding_and_its_aliases_fail_only_the_comparison() {
    let rng = &mut TestRng::seed_from_u64(1);
    for larger in [true, false, true, false] {
        let key = multiply(&base8(), &Scalar::rand(rng));
        let (h, alias) = aliased_challenge(rng, larger);
        let forger = product_forger(&key, h);
        let honest = forger.propagate(&Edits::new());
        assert!(honest.broken.is_empty());
        let bits = forger.bits();
        assert_eq!(bits.len(), 254 + 100 + 100);
        let mut edits = Edits::new();
        put_bits(&bits[..254], &alias, &mut edits);
        let sign_flipped = bits[..254].iter().any(|column| edits[column] != honest.values[*column]);
        assert!(sign_flipped);
        // The attacker does its best with the comparisons: the right low bits of both differences, modulo p.
        let (low, high) = (offset() >> 154, plus(offset(), &MODULUS) >> 154);
        let top = Fr::from_bigint(alias >> 154).unwrap();
        let above = top - Fr::from_bigint(low).unwrap() - Fr::one();
        let below = Fr::from_bigint(high).unwrap() - Fr::one() - top;
        put_bits(&bits[254..354], &above.into_bigint(), &mut edits);
        put_bits(&bits[354..], &below.into_bigint(), &mut edits);
        let forged = forger.propagate(&edits);
        assert_eq!(forged.broken.len(), 1, "one of the two comparisons, and nothing else");
        assert_ne!(
            honest.values.last(),
            forged.values.last(),
            "another point would have come out"
        );
    }
}

/// Incomplete additions would hand the result to whoever meets `0 * slope = 0`. To reach kQ = +-Q the ladder must first pass through the
/// identity, where the equations have no solution: the exceptional challenges cost an honest signer a signature, and give a forger nothing.
/// So it is for keys in the subgroup, as all parsed ones are; `attack_duplicate_tag.rs` looks at the others.
#[test]
fn no_challenge_at_all_leaves_the_ladder_a_choice() {
    assert!(exceptional_scalars().iter().all(|h| ladder(h) != Ladder::Free));
    let impossible = impossible_scalars();
    assert_eq!(impossible.len(), 63, "pinned: counted apart with Python's integers");
    let key = multiply(&base8(), &Scalar::from(12_345u64));
    for h in impossible {
        let system = ConstraintSystem::<Fr>::new_ref();
        product_gadget(&mut Circuit::new(system.clone()), &key, h);
        assert!(!system.is_satisfied().unwrap(), "h = {h}");
    }
    let rng = &mut TestRng::seed_from_u64(2);
    for _ in 0..2000 {
        assert_eq!(ladder(&Fr::rand(rng)), Ladder::Regular);
    }
}

/// Whatever the sign and magnitude bits are, they are the digits of one scalar, and the point is that scalar's: also where partial sums
/// come as close to each other as digits allow.
#[test]
fn every_pattern_of_digits_is_one_scalar_and_gives_its_point() {
    let rng = &mut TestRng::seed_from_u64(3);
    let forger = forger_of(PublicRows::Fixed, |circuit| {
        fixed_base::multiply_base8(circuit, &Scalar::from(1u64)).unwrap();
    });
    let bits = forger.bits();
    assert_eq!(bits.len(), 3 * 84);
    let digit = |value: i64| {
        let magnitude = (value.unsigned_abs() - 1) / 2;
        [magnitude & 1, magnitude >> 1, u64::from(value > 0)]
    };
    let mut patterns: Vec<Vec<i64>> = vec![vec![7; 84], vec![-7; 84], vec![1; 84], vec![-1; 84]];
    for at in 1..84 {
        // The sum after window `at` is 8^at - 7 (8^at - 1) / 7 = 1, the least there is.
        patterns.push((0..84).map(|i| if i < at { -7 } else { 1 }).collect());
    }
    patterns.extend((0..8).map(|_| (0..84).map(|_| 2 * rng.gen_range(-4i64..4) + 1).collect()));
    for pattern in patterns {
        let mut edits = Edits::new();
        for (digit, columns) in pattern.iter().map(|d| digit(*d)).zip(bits.chunks(3)) {
            edits.extend(columns.iter().copied().zip(digit.map(Fr::from)));
        }
        let forged = forger.propagate(&edits);
        assert!(forged.broken.is_empty());
        let scalar = pattern.iter().rev().fold(Scalar::ZERO, |sum, d| {
            let magnitude = Scalar::from(d.unsigned_abs());
            sum * Scalar::from(8u64) + if *d > 0 { magnitude } else { -magnitude }
        });
        let point = multiply(&base8(), &scalar);
        let last = &forged.values[forged.values.len() - 2..];
        assert_eq!(last, [point.x, point.y]);
    }
}

fn verifies_in_circuit(key: &Point, message: Fr, signature: &Signature) -> bool {
    let system = ConstraintSystem::<Fr>::new_ref();
    let mut circuit = Circuit::new(system.clone());
    let point = EdwardsPoint::private(&mut circuit, key).unwrap();
    let message = circuit.private(message).unwrap();
    eddsa::verify(&mut circuit, &point, &message, signature).unwrap();
    system.is_satisfied().unwrap()
}

/// Under a key of small order `8 h A` vanishes, and (R8 = S * Base8, S) would be a signature over everything.
#[test]
fn no_key_of_small_order_signs_everything() {
    let s = Scalar::from(77u64);
    let signature = Signature {
        r8: multiply(&base8(), &s),
        s,
    };
    for key in small_order_points() {
        assert!(!verifies_in_circuit(&key, Fr::from(5u64), &signature), "{key}");
        assert!(PublicKey::from_coordinates(key.x, key.y).is_err());
    }
}

/// The circuit does not ask whether A is in the subgroup: who holds A's private key can sign under A + T. That is another key with another
/// address and leaf, which the native type refuses and no registrar can enrol; it signs nothing for A.
#[test]
fn a_key_with_a_part_of_small_order_is_another_key_and_signs_only_for_itself() {
    let rng = &mut TestRng::seed_from_u64(4);
    let secret = PrivateKey::from_bytes(rng.r#gen());
    let message = Fr::rand(rng);
    let honest = secret.sign(message);
    let nk = NullifierKey::from_fr(Fr::rand(rng));
    let address = Address::derive(&secret.public(), &nk).to_fr();
    for torsion in small_order_points().into_iter().skip(1) {
        let key = (*secret.public().point() + torsion).into_affine();
        assert!(
            !verifies_in_circuit(&key, message, &honest),
            "the challenge names A, so nothing carries over"
        );
        assert!(PublicKey::from_coordinates(key.x, key.y).is_err());
        let tag = tradeseal_primitives::hash::Domain::ADDRESS.tag();
        assert_ne!(poseidon(&[tag, key.x, key.y, nk.expose()]), address);
        let r8 = (honest.r8 + torsion).into_affine();
        let moved = Signature { r8, ..honest };
        assert!(!verifies_in_circuit(secret.public().point(), message, &moved), "R8 + T");
        assert!(secret.public().verify(message, &moved).is_err());
    }
}

/// A verifier that leaves A out of the challenge lets a signer find a second key for a signature already made. Here the key found that way
/// changes the challenge it was found for.
#[test]
fn no_second_key_is_fitted_to_a_signature_afterwards() {
    let rng = &mut TestRng::seed_from_u64(5);
    let secret = PrivateKey::from_bytes(rng.r#gen());
    let (message, other) = (Fr::rand(rng), Fr::rand(rng));
    let signature = secret.sign(message);
    let h = challenge(&signature.r8, &secret.public(), other);
    let eight_h = Scalar::from_be_bytes_mod_order(&field::to_bytes(&h)) * Scalar::from(8u64);
    let fitted = (base8() * signature.s - signature.r8) * eight_h.inverse().unwrap();
    let fitted = fitted.into_affine();
    assert_eq!(
        (fitted * eight_h + signature.r8).into_affine(),
        multiply(&base8(), &signature.s)
    );
    assert!(!verifies_in_circuit(&fitted, other, &signature));
    let key = PublicKey::from_coordinates(fitted.x, fitted.y).unwrap();
    assert!(key.verify(other, &signature).is_err());
}

/// The path's position is not asked for, so a leaf may claim any of the four places, but it must be in one of them.
#[test]
fn a_leaf_that_is_none_of_the_four_children_leads_nowhere() {
    let mut nodes = MemoryNodes::default();
    for index in 0..20 {
        tree::set_leaf::<3, _>(&mut nodes, index, Fr::from(1000 + index)).unwrap();
    }
    let path = tree::path::<3, _>(&nodes, 6).unwrap();
    let root = tree::root::<3, _>(&nodes).unwrap();
    let forger = forger_of(PublicRows::Fixed, |circuit| {
        let public = circuit.public(root).unwrap();
        let leaf = circuit.private(Fr::from(1006u64)).unwrap();
        let computed = merkle::root(circuit, &leaf, &path).unwrap();
        circuit.equal(&computed, &public).unwrap();
    });
    let leaf = forger.column_of(Fr::from(1006u64));
    // The child on the path is kept as it was: were it to follow the leaf, the root would be another.
    let child = (leaf + 1..)
        .find(|column| forger.assigned.values[*column] == Fr::from(1006u64))
        .unwrap();
    let claim = |value: Fr| [(leaf, value), (child, Fr::from(1006u64))].into();
    assert!(
        forger.propagate(&claim(Fr::from(1004u64))).broken.is_empty(),
        "a sibling is a leaf too"
    );
    for stranger in [Fr::zero(), Fr::from(1010u64), Fr::from(7u64), root] {
        assert_eq!(forger.propagate(&claim(stranger)).broken.len(), 1, "{stranger}");
    }
}
