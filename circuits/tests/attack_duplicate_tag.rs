//! A prover in search of a second tag for one invoice: other images of the map, other scalars, points of small order, the ladder's exceptional cases.
#![allow(clippy::unwrap_used, missing_docs)]

mod attack_forger;
mod support;

use ark_ec::{
    CurveGroup,
    twisted_edwards::{MontCurveConfig, TECurveConfig},
};
use ark_ff::{AdditiveGroup, BigInt, BigInteger, Field, One, PrimeField, UniformRand};
use ark_relations::gr1cs::ConstraintSystem;
use ark_std::rand::SeedableRng;
use attack_forger::{Edits, Forger, PublicRows, decompose, forger_of};
use support::{TestRng, exceptional};
use tradeseal_circuits::{
    Circuit,
    gadget::{duplicate_tag as gadget, edwards::EdwardsPoint, elligator, variable_base},
};
use tradeseal_primitives::{
    Fr,
    babyjubjub::{BabyJubJub, Point, Scalar, base8, multiply},
    duplicate_tag::{self, Blinding, ELLIGATOR_Z, EvaluatedPoint, RegistryKey, blind, unblind},
    receivable::Fingerprint,
};

const J: Fr = <BabyJubJub as MontCurveConfig>::COEFF_A;

/// What the header of `elligator` rests on.
#[test]
fn the_maps_argument_holds_for_the_exact_constants() {
    let a = <BabyJubJub as TECurveConfig>::COEFF_A;
    let d = BabyJubJub::COEFF_D;
    assert!(
        (-Fr::one()).legendre().is_qr() && ELLIGATOR_Z.legendre().is_qnr(),
        "1 + Z u^2 is never 0"
    );
    assert_eq!(J.square() - Fr::from(4u64), a * d);
    assert!((a * d).legendre().is_qnr(), "0 is the only root");
    assert_eq!(J - Fr::from(2u64), d);
    assert!(d.legendre().is_qnr(), "-1 is on the curve with no y");
    assert!(Fr::MODULUS.is_odd());
    // p + (p - 1) / 2 - 2^253 >= 2^253: no h above (p - 1) / 2 has a difference of 253 bits.
    let mut sum = Fr::MODULUS;
    assert!(!sum.add_with_carry(&(Fr::MODULUS >> 1)));
    assert!(sum >= BigInt::<4>::one() << 254);
    assert!(Fr::MODULUS >> 1 < BigInt::<4>::one() << 253 && BigInt::<4>::one() << 253 < Fr::MODULUS);
}

/// The map alone, taken apart.
struct Map {
    forger: Forger,
    u: Fr,
}

impl Map {
    fn of(u: Fr) -> Self {
        let forger = forger_of(PublicRows::Fixed, |circuit| {
            let u = circuit.private(u).unwrap();
            elligator::map_to_curve(circuit, &u).unwrap();
        });
        Self { forger, u }
    }

    fn abscissas(&self) -> [Fr; 2] {
        let first = -J * (Fr::one() + ELLIGATOR_Z * self.u.square()).inverse().unwrap();
        [first, -first - J]
    }

    /// Columns in the order in which the gadget allocates them: u, 1/u, u^2, x1, which branch, the chosen part, v, ...
    const BRANCH: usize = 5;
    const V: usize = 7;

    /// The attacker claims a branch and a v; the bits follow as well as they can.
    fn claim(&self, first: bool, v: Fr) -> Vec<usize> {
        let even = if first { -v } else { v };
        let half = even * Fr::from(2u64).inverse().unwrap();
        let largest = -Fr::one() * Fr::from(2u64).inverse().unwrap();
        let mut edits: Edits = [(Self::BRANCH, Fr::from(u64::from(first))), (Self::V, v)].into();
        // The branch, and v where it is not 0, are quadratic too and come before the bits of both ranges.
        let all = self.forger.bits();
        let bits = &all[all.len() - 2 * 253..];
        assert!(bits.iter().all(|column| *column > Self::V));
        edits.extend(bits[..253].iter().copied().zip(decompose(half, 253)));
        edits.extend(bits[253..].iter().copied().zip(decompose(largest - half, 253)));
        self.forger.propagate(&edits).broken
    }
}

fn curve_side(x: Fr) -> Fr {
    x * (x.square() + J * x + Fr::one())
}

#[test]
fn of_the_two_branches_and_signs_one_is_the_image_and_three_are_refused() {
    let rng = &mut TestRng::seed_from_u64(1);
    let (mut firsts, mut seconds) = (0, 0);
    for _ in 0..24 {
        let map = Map::of(Fr::rand(rng));
        assert!(map.forger.propagate(&Edits::new()).broken.is_empty());
        let [first, second] = map.abscissas();
        let is_first = curve_side(first).legendre().is_qr();
        let (x, other) = if is_first { (first, second) } else { (second, first) };
        assert!(
            curve_side(other).legendre().is_qnr(),
            "the other branch has no v at all"
        );
        *(if is_first { &mut firsts } else { &mut seconds }) += 1;
        let root = curve_side(x).sqrt().unwrap();
        let v = if root.into_bigint().is_odd() == is_first {
            root
        } else {
            -root
        };
        assert_eq!(map.claim(is_first, v), Vec::<usize>::new(), "the image");
        let wrong_sign = map.claim(is_first, -v);
        assert!(
            (1..=2).contains(&wrong_sign.len()),
            "the parity, and nothing else: {wrong_sign:?}"
        );
        for v in [v, -v, Fr::ZERO, Fr::rand(rng)] {
            assert!(!map.claim(!is_first, v).is_empty(), "the other branch");
        }
    }
    assert!(firsts > 0 && seconds > 0, "both branches were seen");
}

/// Without the condition on u the second branch would be open, and its way to Edwards form `0 / 0`.
#[test]
fn only_the_condition_on_u_stands_against_zero() {
    let map = Map::of(Fr::ZERO);
    assert_eq!(map.claim(false, Fr::ZERO), [0], "the first row: u has an inverse");
}

/// All eight points whose order divides the cofactor.
fn torsion() -> Vec<Point> {
    let all = exceptional::small_order_points();
    assert_eq!(all.len(), 8);
    all
}

/// One invoice under one registry key, with every value that the prover picks.
struct Attempt {
    fingerprint: Fingerprint,
    /// `b / 2`, any field element.
    half: Fr,
    blinded: Point,
    evaluated: Point,
    eighth: Point,
}

impl Attempt {
    fn honest(seed: u64) -> (Self, Fr) {
        let rng = &mut TestRng::seed_from_u64(seed);
        let (key, blinding) = (RegistryKey::generate(rng), Blinding::random(rng));
        let fingerprint = Fingerprint::from_fr(Fr::rand(rng));
        let blinded = blind(fingerprint, &blinding);
        let (evaluated, _) = key.evaluate(&blinded, rng);
        let unblinded = unblind(&evaluated, &blinding);
        let half = *blinding.expose() * Scalar::from(2u64).inverse().unwrap();
        let attempt = Self {
            fingerprint,
            half: Fr::from_bigint(half.into_bigint()).unwrap(),
            blinded: *blinded.point(),
            evaluated: *evaluated.point(),
            eighth: gadget::eighth(&unblinded),
        };
        (attempt, duplicate_tag::tag(fingerprint, &unblinded).to_fr())
    }

    /// The tag that comes out, if the circuit lets it.
    fn tag(&self) -> Option<Fr> {
        let system = ConstraintSystem::<Fr>::new_ref();
        let mut circuit = Circuit::new(system.clone());
        let fingerprint = circuit.private(self.fingerprint.to_fr()).unwrap();
        let half = circuit.private(self.half).unwrap();
        let half = variable_base::recode(&mut circuit, &half).unwrap();
        let blinded = EdwardsPoint::constant(&self.blinded);
        gadget::enforce_blinded(&mut circuit, &fingerprint, &half, &blinded).unwrap();
        let evaluated = EdwardsPoint::constant(&self.evaluated);
        let tag = gadget::tag(&mut circuit, &fingerprint, &half, &evaluated, &self.eighth).unwrap();
        system.is_satisfied().unwrap().then(|| tag.value())
    }
}

#[test]
fn a_point_of_small_order_added_to_m_changes_nothing() {
    for small in torsion() {
        let (mut attempt, tag) = Attempt::honest(2);
        attempt.eighth = (attempt.eighth + small).into_affine();
        assert_eq!(attempt.tag(), Some(tag), "{small}");
    }
}

/// The field has room for eight representatives of a scalar modulo l. They are one scalar.
#[test]
fn every_representative_of_the_blinding_gives_the_same_tag() {
    let (honest, tag) = Attempt::honest(3);
    let mut half = honest.half.into_bigint();
    let mut representatives = 0;
    while half < Fr::MODULUS {
        let (mut attempt, _) = Attempt::honest(3);
        attempt.half = Fr::from_bigint(half).unwrap();
        assert_eq!(attempt.tag(), Some(tag));
        representatives += 1;
        half.add_with_carry(&Scalar::MODULUS);
    }
    assert!(representatives >= 7);
}

type Change = (&'static str, fn(&mut Attempt));

#[test]
fn another_scalar_another_point_or_another_fingerprint_is_refused() {
    let changes: [Change; 7] = [
        ("half the blinding + 1", |a| a.half += Fr::one()),
        ("-b", |a| a.half = -a.half),
        ("-B", |a| a.blinded = -a.blinded),
        ("-E", |a| a.evaluated = -a.evaluated),
        ("-M", |a| a.eighth = -a.eighth),
        ("2M", |a| a.eighth = (a.eighth + a.eighth).into_affine()),
        ("another invoice", |a| a.fingerprint = Fingerprint::from_fr(Fr::one())),
    ];
    for (what, change) in changes {
        let (mut attempt, _) = Attempt::honest(4);
        change(&mut attempt);
        assert_eq!(attempt.tag(), None, "{what}");
    }
}

/// b = 0 modulo l would blind everything to the identity and accept any M.
#[test]
fn a_blinding_that_is_a_multiple_of_the_order_is_refused() {
    let mut multiple = BigInt::<4>::zero();
    while multiple < Fr::MODULUS {
        for (blinded, evaluated) in [(Point::zero(), Point::zero()), (base8(), base8())] {
            let (mut attempt, _) = Attempt::honest(5);
            attempt.half = Fr::from_bigint(multiple).unwrap();
            (attempt.blinded, attempt.evaluated) = (blinded, evaluated);
            assert_eq!(attempt.tag(), None, "{multiple}");
        }
        multiple.add_with_carry(&Scalar::MODULUS);
    }
}

/// The ledger parses E and refuses these; the circuit would too, whatever M is.
#[test]
fn an_answer_with_a_part_of_small_order_is_refused_by_the_circuit_too() {
    let small = torsion();
    for taint in &small[1..] {
        let (honest, _) = Attempt::honest(6);
        let tainted = (honest.evaluated + *taint).into_affine();
        assert!(EvaluatedPoint::from_coordinates(tainted.x, tainted.y).is_err());
        for evaluated in [tainted, *taint, Point::zero()] {
            for shift in &small {
                let (mut attempt, _) = Attempt::honest(6);
                attempt.evaluated = evaluated;
                attempt.eighth = (honest.eighth + *shift).into_affine();
                assert_eq!(attempt.tag(), None, "{taint}");
                attempt.eighth = *shift;
                assert_eq!(attempt.tag(), None, "M of small order");
            }
        }
    }
}

fn cleared(h: Fr, a: &Point) -> Forger {
    forger_of(PublicRows::Fixed, |circuit| {
        let h = circuit.private(h).unwrap();
        let digits = variable_base::recode(circuit, &h).unwrap();
        let a = EdwardsPoint::private(circuit, a).unwrap();
        variable_base::multiply_clear_by_twice(circuit, &digits, &a).unwrap();
    })
}

/// The points A to which a prover's M may belong: in the subgroup, or with a part of order eight.
fn point_and_tainted() -> [Point; 2] {
    let point = multiply(&base8(), &Scalar::from(12_345u64));
    [point, (point + torsion()[1]).into_affine()]
}

/// A blinding is the prover's choice, so it can be one of the 63 scalars at which the ladder meets an exceptional case. None has a solution,
/// whatever M's part of small order is: the ladder runs over 8M.
#[test]
fn no_scalar_that_a_prover_picks_leaves_the_ladder_a_choice() {
    let exceptional = exceptional::impossible_scalars();
    assert_eq!(exceptional.len(), 63);
    for h in &exceptional {
        for a in &point_and_tainted() {
            assert!(!cleared(*h, a).assigned.is_satisfied(), "h = {h}");
        }
    }
    let ordinary = Fr::from(5u64).inverse().unwrap();
    for a in &point_and_tainted() {
        assert!(cleared(ordinary, a).assigned.is_satisfied());
    }
}

/// Why 8M and not 4M: over a point of even order the same ladder goes through the point of order two and on to `0 / 0`, and the prover writes there
/// what it likes. Signatures multiply 4A, but by a hash of A.
#[test]
fn over_a_point_of_even_order_the_same_scalars_would_leave_a_choice() {
    let rng = &mut TestRng::seed_from_u64(7);
    let [_, tainted] = point_and_tainted();
    let mut choices = 0;
    for h in exceptional::impossible_scalars() {
        let forger = forger_of(PublicRows::Fixed, |circuit| {
            let h = circuit.private(h).unwrap();
            let a = EdwardsPoint::private(circuit, &tainted).unwrap();
            variable_base::multiply_by_eight_times(circuit, &h, &a).unwrap();
        });
        if !forger.assigned.is_satisfied() {
            continue;
        }
        let honest = forger.propagate(&Edits::new());
        for column in forger
            .inputs()
            .iter()
            .skip_while(|column| **column < forger.bits()[253])
        {
            let forged = forger.propagate(&[(*column, Fr::rand(rng))].into());
            let other = forged.values.last() != honest.values.last();
            choices += usize::from(forged.broken.is_empty() && other);
        }
    }
    assert!(choices > 0, "a prover that picks both picks the product");
}
