//! The map against arkworks' own, the proof against the protocol's text, and what a holder or a registry could try.

use alloc::{format, vec::Vec};
use ark_ec::{
    AffineRepr, CurveGroup,
    hashing::{
        curve_maps::elligator2::{Elligator2Config, Elligator2Map},
        map_to_curve_hasher::MapToCurve,
    },
};
use ark_ff::{Field, MontFp, One, PrimeField, UniformRand, Zero};
use ark_std::rand::{CryptoRng, Error, RngCore, SeedableRng, rngs::StdRng};
use num_bigint::BigUint;

use super::*;
use crate::{
    Fr,
    babyjubjub::{self, BabyJubJub, Point, PointError, Scalar, base8},
};

impl Elligator2Config for BabyJubJub {
    const Z: Fr = ELLIGATOR_Z;
    const ONE_OVER_COEFF_B_SQUARE: Fr = MontFp!("1");
    const COEFF_A_OVER_COEFF_B: Fr = MontFp!("168698");
}

fn rng() -> StdRng {
    StdRng::seed_from_u64(34)
}

fn fingerprint(n: u64) -> Fingerprint {
    Fingerprint::from_fr(Fr::from(n))
}

fn torsion() -> Vec<Point> {
    let generator = Point::new_unchecked(
        MontFp!("995203441582195749578291179787384436505546430278305826713579947235728471134"),
        MontFp!("5472060717959818805561601436314318772137091100104008585924551046643952123905"),
    );
    let small = generator.mul_bigint(Scalar::MODULUS).into_affine();
    (0..8u64).map(|i| small.mul_bigint([i]).into_affine()).collect()
}

#[test]
fn the_map_is_arkworks_elligator_2_in_every_case_tried() {
    let rng = &mut rng();
    let small = (0u64..200).map(Fr::from);
    let inputs: Vec<Fr> = small
        .clone()
        .chain(small.map(|u| -u))
        .chain((0..2000).map(|_| Fr::rand(rng)))
        .collect();
    for u in inputs {
        let point = map_to_curve(u);
        assert_eq!(point, Elligator2Map::<BabyJubJub>::map_to_curve(u).unwrap(), "{u}");
        assert!(point.is_on_curve(), "{u}");
        assert_eq!(point, map_to_curve(-u), "RFC 9380: u enters squared only");
    }
}

#[test]
fn z_is_the_non_square_of_least_absolute_value() {
    assert!(
        (-Fr::ONE).legendre().is_qr(),
        "so a number and its opposite are squares alike"
    );
    assert!((2u64..5).all(|n| Fr::from(n).legendre().is_qr()));
    assert!(ELLIGATOR_Z.legendre().is_qnr() && ELLIGATOR_Z == Fr::from(5u64));
}

#[test]
fn a_fingerprint_goes_to_eight_times_the_sum_of_two_maps() {
    let mut seen = Vec::new();
    for n in 0..50 {
        let inputs = [0u64, 1].map(|i| hash(Domain::HASH_TO_CURVE, &[Fr::from(n), Fr::from(i)]));
        let sum = Elligator2Map::<BabyJubJub>::map_to_curve(inputs[0]).unwrap()
            + Elligator2Map::<BabyJubJub>::map_to_curve(inputs[1]).unwrap();
        assert_eq!(uncleared_point(fingerprint(n)), sum.into_affine());
        let point = hash_to_curve(fingerprint(n));
        assert_eq!(point, sum.into_affine().mul_bigint([8u64]).into_affine());
        assert_eq!(babyjubjub::subgroup_point(point.x, point.y), Ok(point));
        assert!(!seen.contains(&point));
        seen.push(point);
    }
}

#[test]
fn the_tag_is_the_invoices_whatever_the_blinding() {
    let rng = &mut rng();
    let (key, other_key) = (RegistryKey::generate(rng), RegistryKey::generate(rng));
    let make = |n: u64, key: &RegistryKey, rng: &mut StdRng| {
        let blinding = Blinding::random(rng);
        let blinded = blind(fingerprint(n), &blinding);
        let (evaluated, proof) = key.evaluate(&blinded, rng);
        proof.verify(&key.public(), &blinded, &evaluated).unwrap();
        (blinded, tag(fingerprint(n), &unblind(&evaluated, &blinding)))
    };
    let (blinded, tag) = make(1, &key, rng);
    for _ in 0..4 {
        let again = make(1, &key, rng);
        assert_ne!(again.0, blinded, "what the registry sees is never the same");
        assert_eq!(again.1, tag);
    }
    assert_ne!(make(2, &key, rng).1, tag, "another invoice");
    assert_ne!(make(1, &other_key, rng).1, tag, "another registry key");
    let direct = babyjubjub::multiply(
        &hash_to_curve(fingerprint(1)),
        &babyjubjub::scalar_from_bytes(&key.to_bytes()).unwrap(),
    );
    assert_eq!(
        tag.to_fr(),
        hash(Domain::DUPLICATE_TAG, &[Fr::from(1u64), direct.x, direct.y])
    );
}

/// An evaluation with everything that its proof is checked against.
fn evaluation() -> (RegistryKey, BlindedPoint, EvaluatedPoint, DleqProof) {
    let rng = &mut rng();
    let key = RegistryKey::generate(rng);
    let blinded = blind(fingerprint(7), &Blinding::random(rng));
    let (evaluated, proof) = key.evaluate(&blinded, rng);
    (key, blinded, evaluated, proof)
}

/// The transcript as docs/protocol.md words it, made here a second time.
#[test]
fn the_proof_is_what_the_protocol_says() {
    let (key, blinded, evaluated, proof) = evaluation();
    let bytes = proof.to_bytes();
    let integer = |at: usize| Scalar::from(BigUint::from_bytes_be(&bytes[at..at + 32]));
    let (c, z) = (integer(0), integer(32));
    let xy = |point: Point| [field_bytes(point.x), field_bytes(point.y)].concat();
    let (k_point, b, e) = (*key.public().point(), *blinded.point(), *evaluated.point());
    let messages: [(&'static [u8], Point); 6] = [
        (b"generator", base8()),
        (b"registry-key", k_point),
        (b"blinded", b),
        (b"evaluated", e),
        (b"commitment-generator", (base8() * z - k_point * c).into_affine()),
        (b"commitment-blinded", (b * z - e * c).into_affine()),
    ];
    let mut transcript = merlin::Transcript::new(b"tradeseal/duplicate-tag/v1");
    for (label, point) in messages {
        transcript.append_message(label, &xy(point));
    }
    let mut challenge = [0u8; 64];
    transcript.challenge_bytes(b"challenge", &mut challenge);
    assert_eq!(Scalar::from(BigUint::from_bytes_be(&challenge)), c);
    assert_eq!(
        k_point,
        (base8() * babyjubjub::scalar_from_bytes(&key.to_bytes()).unwrap()).into_affine()
    );
}

fn field_bytes(value: Fr) -> [u8; 32] {
    let digits = BigUint::from(value.into_bigint()).to_bytes_be();
    let mut bytes = [0u8; 32];
    bytes[32 - digits.len()..].copy_from_slice(&digits);
    bytes
}

#[test]
fn a_proof_holds_for_its_key_and_points_only() {
    let (key, blinded, evaluated, proof) = evaluation();
    let rng = &mut StdRng::seed_from_u64(35);
    let wrong = Err(DleqError::WrongKeyOrPoint);
    assert_eq!(proof.verify(&key.public(), &blinded, &evaluated), Ok(()));
    let other_key = RegistryKey::generate(rng);
    assert_eq!(proof.verify(&other_key.public(), &blinded, &evaluated), wrong);
    let other = blind(fingerprint(8), &Blinding::random(rng));
    assert_eq!(proof.verify(&key.public(), &other, &evaluated), wrong);
    let (other_evaluated, other_proof) = key.evaluate(&other, rng);
    assert_eq!(proof.verify(&key.public(), &blinded, &other_evaluated), wrong);
    assert_eq!(other_proof.verify(&key.public(), &blinded, &evaluated), wrong);
    let (under_other_key, proof_of_other) = other_key.evaluate(&blinded, rng);
    assert_eq!(proof_of_other.verify(&key.public(), &blinded, &under_other_key), wrong);
    let negated = EvaluatedPoint::from_coordinates(-evaluated.point().x, evaluated.point().y).unwrap();
    assert_eq!(proof.verify(&key.public(), &blinded, &negated), wrong);
}

#[test]
fn every_bit_of_a_proof_counts() {
    let (key, blinded, evaluated, proof) = evaluation();
    for bit in 0..512 {
        let mut bytes = proof.to_bytes();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let refused = DleqProof::from_bytes(&bytes).and_then(|p| p.verify(&key.public(), &blinded, &evaluated));
        assert!(refused.is_err(), "bit {bit}");
    }
    assert_eq!(DleqProof::from_bytes(&proof.to_bytes()), Ok(proof));
}

#[test]
fn a_proof_has_one_form_and_an_empty_one_is_none() {
    let (key, blinded, evaluated, proof) = evaluation();
    for (at, part) in [(0, "challenge"), (32, "response")] {
        let mut bytes = proof.to_bytes();
        let lifted = BigUint::from_bytes_be(&bytes[at..at + 32]) + BigUint::from(Scalar::MODULUS);
        bytes[at..at + 32].copy_from_slice(&lifted.to_bytes_be());
        assert_eq!(DleqProof::from_bytes(&bytes), Err(DleqError::NotCanonical { part }));
    }
    let empty = DleqProof::from_bytes(&[0; 64]).unwrap();
    assert_eq!(
        empty.verify(&key.public(), &blinded, &evaluated),
        Err(DleqError::WrongKeyOrPoint)
    );
}

/// All three kinds of point parse by the same rules.
fn refused(bytes: &[u8; 64]) -> PointError {
    let error = BlindedPoint::from_bytes(bytes).unwrap_err();
    assert_eq!(EvaluatedPoint::from_bytes(bytes), Err(error));
    assert_eq!(RegistryPublicKey::from_bytes(bytes), Err(error));
    error
}

#[test]
fn malformed_points_are_refused_by_name() {
    let (_, blinded, ..) = evaluation();
    let bytes = blinded.to_bytes();
    assert_eq!(BlindedPoint::from_bytes(&bytes), Ok(blinded));
    for at in [0, 32] {
        let mut lifted = bytes;
        let coordinate = BigUint::from_bytes_be(&bytes[at..at + 32]) + BigUint::from(Fr::MODULUS);
        lifted[at..at + 32].copy_from_slice(&coordinate.to_bytes_be());
        assert_eq!(refused(&lifted), PointError::NotCanonical);
        let mut moved = bytes;
        moved[at + 31] ^= 1;
        assert_eq!(refused(&moved), PointError::NotOnCurve);
    }
    assert_eq!(refused(&[0; 64]), PointError::NotOnCurve);
    assert_eq!(refused(&[0xff; 64]), PointError::NotCanonical);
    let small = torsion();
    assert_eq!(refused(&babyjubjub::point_to_bytes(&small[0])), PointError::Identity);
    for point in &small[1..] {
        assert_eq!(
            refused(&babyjubjub::point_to_bytes(point)),
            PointError::NotInSubgroup,
            "{point}"
        );
    }
}

/// A registry that answers E + T with T of small order could tell holders apart later by T, or give one invoice eight tags.
#[test]
fn an_evaluation_with_a_part_of_small_order_is_refused() {
    let (_, _, evaluated, _) = evaluation();
    for small in &torsion()[1..] {
        let tainted = (*evaluated.point() + *small).into_affine();
        assert!(tainted.is_on_curve());
        assert_eq!(
            EvaluatedPoint::from_bytes(&babyjubjub::point_to_bytes(&tainted)),
            Err(PointError::NotInSubgroup)
        );
    }
}

#[test]
fn a_secret_scalar_is_one_below_the_order_and_not_zero() {
    let order: [u8; 32] = BigUint::from(Scalar::MODULUS).to_bytes_be().try_into().unwrap();
    assert_eq!(
        RegistryKey::from_bytes(&order).unwrap_err(),
        RegistryKeyError::NotCanonical
    );
    assert_eq!(RegistryKey::from_bytes(&[0; 32]).unwrap_err(), RegistryKeyError::Zero);
    assert_eq!(Blinding::from_bytes(&order).unwrap_err(), BlindingError::NotCanonical);
    assert_eq!(Blinding::from_bytes(&[0; 32]).unwrap_err(), BlindingError::Zero);
    let last = babyjubjub::scalar_to_bytes(&-Scalar::one());
    assert_eq!(*RegistryKey::from_bytes(&last).unwrap().to_bytes(), last);
    assert_eq!(*Blinding::from_bytes(&last).unwrap().expose(), -Scalar::one());
}

/// A generator that is stuck.
struct Stuck;

impl RngCore for Stuck {
    fn next_u32(&mut self) -> u32 {
        7
    }

    fn next_u64(&mut self) -> u64 {
        7
    }

    fn fill_bytes(&mut self, out: &mut [u8]) {
        out.fill(7);
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Error> {
        self.fill_bytes(out);
        Ok(())
    }
}

impl CryptoRng for Stuck {}

/// Two proofs with one nonce give the key away by a division.
#[test]
fn a_stuck_generator_does_not_give_the_registry_key_away() {
    let (key, blinded, ..) = evaluation();
    let other = blind(fingerprint(9), &Blinding::random(&mut rng()));
    let (_, first) = key.evaluate(&blinded, &mut Stuck);
    let (_, second) = key.evaluate(&other, &mut Stuck);
    let nonce =
        |proof: &DleqProof| proof.response - proof.challenge * babyjubjub::scalar_from_bytes(&key.to_bytes()).unwrap();
    assert_ne!(nonce(&first), nonce(&second));
    assert!(!nonce(&first).is_zero() && !nonce(&second).is_zero());
}

#[test]
fn secrets_are_not_printed() {
    let (key, _, evaluated, _) = evaluation();
    let blinding = Blinding::random(&mut rng());
    assert_eq!(format!("{key:?} {blinding:?}"), "RegistryKey(hidden) Blinding(hidden)");
    assert_eq!(
        format!("{:?}", unblind(&evaluated, &blinding)),
        "UnblindedPoint(hidden)"
    );
}
