//! A proof has one byte form, of points that belong where they stand.

use alloc::vec::Vec;

use ark_bn254::{Fq, Fq2, Fr, G1Affine, G2Affine, G2Projective};
use ark_ec::{AffineRepr, CurveGroup};
use ark_ff::{BigInteger, PrimeField, UniformRand, Zero};
use ark_std::rand::SeedableRng;
use ark_std::rand::rngs::StdRng;
use proptest::prelude::*;

use super::case::{Case, STATEMENTS, outside_the_subgroup};
use crate::groth16::{PointError, Proof, ProofError, ProofPoint, point};

#[test]
fn proofs_off_the_curve_or_outside_the_subgroup_are_refused_naming_the_point() {
    let case = Case::random(STATEMENTS[0], 3);
    let (a, b, c) = (case.ark_proof.a, case.ark_proof.b, case.ark_proof.c);
    let refusal = |point, cause| Err(ProofError::Point { point, cause });
    let off_g1 = G1Affine::new_unchecked(a.x, a.y + Fq::from(1u64));
    let off_g2 = G2Affine::new_unchecked(b.x, b.y + Fq2::from(1u64));
    assert_eq!(
        Proof::from_points(off_g1, b, c),
        refusal(ProofPoint::A, PointError::OffCurve)
    );
    assert_eq!(
        Proof::from_points(a, off_g2, c),
        refusal(ProofPoint::B, PointError::OffCurve)
    );
    assert_eq!(
        Proof::from_points(a, b, off_g1),
        refusal(ProofPoint::C, PointError::OffCurve)
    );
    for seed in 0..4 {
        let stray = outside_the_subgroup(seed);
        assert_eq!(
            Proof::from_points(a, stray, c),
            refusal(ProofPoint::B, PointError::WrongSubgroup)
        );
        // Same class modulo the cofactor's part: a pairing that skipped the check might not notice.
        let shifted = (b.into_group() + cofactor_part(&stray)).into_affine();
        assert_eq!(
            Proof::from_points(a, shifted, c),
            refusal(ProofPoint::B, PointError::WrongSubgroup)
        );
    }
}

/// Multiplied by r, what is left is the part whose order divides the cofactor.
fn cofactor_part(point: &G2Affine) -> G2Projective {
    let part = point.mul_bigint(Fr::MODULUS);
    assert!(!part.is_zero());
    part
}

#[test]
fn proof_bytes_are_read_in_one_form_only() {
    let case = Case::random(STATEMENTS[0], 4);
    let proof = Proof::from_points(case.ark_proof.a, case.ark_proof.b, case.ark_proof.c).unwrap();
    let bytes = proof.to_bytes();
    assert_eq!(Proof::from_bytes(&bytes), Ok(proof));
    for length in (0..Proof::BYTES).chain([Proof::BYTES + 1, 512]) {
        let mut other = bytes.to_vec();
        other.resize(length, 0);
        assert_eq!(
            Proof::from_bytes(&other),
            Err(ProofError::Length { got: length }),
            "{length}"
        );
    }
    let starts = [(0, ProofPoint::A), (64, ProofPoint::B), (192, ProofPoint::C)];
    for coordinate in 0..8 {
        let point = starts
            .iter()
            .rev()
            .find(|(start, _)| *start <= coordinate * 32)
            .unwrap()
            .1;
        let mut other = bytes;
        add_modulus(&mut other[coordinate * 32..][..32]);
        let refusal = ProofError::Point {
            point,
            cause: PointError::NotCanonical,
        };
        assert_eq!(Proof::from_bytes(&other), Err(refusal), "coordinate {coordinate}");
    }
    for (start, point) in starts {
        let mut other = bytes;
        other[start..][..if point == ProofPoint::B { 128 } else { 64 }].fill(0);
        let refusal = ProofError::Point {
            point,
            cause: PointError::Identity,
        };
        assert_eq!(Proof::from_bytes(&other), Err(refusal));
    }
}

/// The same residue as before, one modulus higher.
fn add_modulus(coordinate: &mut [u8]) {
    let mut carry = 0u16;
    for (byte, modulus) in coordinate.iter_mut().rev().zip(Fq::MODULUS.to_bytes_le()) {
        let sum = u16::from(*byte) + u16::from(modulus) + carry;
        (*byte, carry) = ((sum & 0xff) as u8, sum >> 8);
    }
    assert_eq!(carry, 0);
}

/// EIP-197's own generator of G2, imaginary parts first, from the text of that specification.
#[test]
fn coordinates_stand_in_the_order_of_eip_197() {
    let generator = [
        "198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2",
        "1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed",
        "090689d0585ff075ec9e99ad690c3395bc4b313370b38ef355acdadcd122975b",
        "12c85ea5db8c6deb4aab71808dcb408fe3d1e7690c43d37b4ce6cc0166fa7daa",
    ]
    .concat();
    let mut written = Vec::new();
    point::write_g2(&G2Affine::generator(), &mut written);
    assert_eq!(hex::encode(written), generator);
    let mut g1 = Vec::new();
    point::write_g1(&G1Affine::generator(), &mut g1);
    assert_eq!(hex::encode(g1), alloc::format!("{:064x}{:064x}", 1, 2));
}

proptest! {
    #[test]
    fn arbitrary_bytes_are_no_proof_and_never_panic(bytes in proptest::collection::vec(any::<u8>(), 250..262)) {
        prop_assert!(Proof::from_bytes(&bytes).is_err());
    }

    #[test]
    fn points_round_trip(seed in any::<u64>()) {
        let mut rng = StdRng::seed_from_u64(seed);
        let proof = Proof::from_points(G1Affine::rand(&mut rng), G2Affine::rand(&mut rng), G1Affine::rand(&mut rng));
        let proof = proof.unwrap();
        prop_assert_eq!(Proof::from_bytes(&proof.to_bytes()), Ok(proof));
    }
}
