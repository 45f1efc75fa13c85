//! A registry, a holder and a copycat against the proof of evaluation: proofs moved to related keys and points, made backwards from a challenge, and
//! one point evaluated under a mixture of keys. What passes here gives one invoice two tags.
#![cfg(feature = "signing")]
#![allow(clippy::unwrap_used, missing_docs)]

use ark_ec::{AffineRepr, CurveGroup};
use ark_ff::{Field, UniformRand};
use ark_std::rand::{SeedableRng, rngs::StdRng};
use tradeseal_primitives::{
    Fr,
    babyjubjub::{Point, Scalar, base8, multiply, scalar_to_bytes},
    duplicate_tag::{
        BlindedPoint, Blinding, DleqError, DleqProof, EvaluatedPoint, RegistryKey, RegistryPublicKey, blind, tag,
        unblind,
    },
    receivable::Fingerprint,
};

const REFUSED: Result<(), DleqError> = Err(DleqError::WrongKeyOrPoint);

fn fingerprint(n: u64) -> Fingerprint {
    Fingerprint::from_fr(Fr::from(n))
}

fn key(point: Point) -> RegistryPublicKey {
    RegistryPublicKey::from_coordinates(point.x, point.y).unwrap()
}

fn blinded(point: Point) -> BlindedPoint {
    BlindedPoint::from_coordinates(point.x, point.y).unwrap()
}

fn evaluated(point: Point) -> EvaluatedPoint {
    EvaluatedPoint::from_coordinates(point.x, point.y).unwrap()
}

fn proof(challenge: Scalar, response: Scalar) -> DleqProof {
    let bytes = [scalar_to_bytes(&challenge), scalar_to_bytes(&response)].concat();
    DleqProof::from_bytes(&bytes.try_into().unwrap()).unwrap()
}

/// Challenge and response of a proof.
fn scalars(proof: &DleqProof) -> [Scalar; 2] {
    let bytes = proof.to_bytes();
    [0, 32]
        .map(|at| tradeseal_primitives::babyjubjub::scalar_from_bytes(bytes[at..at + 32].try_into().unwrap()).unwrap())
}

/// Every relation of the two pairs that the equations alone could not tell from the one that was proven.
#[test]
fn a_proof_moves_to_no_related_key_or_points() {
    let rng = &mut StdRng::seed_from_u64(1);
    let registry = RegistryKey::generate(rng);
    let b = blind(fingerprint(1), &Blinding::random(rng));
    let (e, honest) = registry.evaluate(&b, rng);
    let k = registry.public();
    assert_eq!(honest.verify(&k, &b, &e), Ok(()));
    let [c, z] = scalars(&honest);
    let (kp, bp, ep) = (*k.point(), *b.point(), *e.point());
    let factor = Scalar::rand(rng);
    let times = |point: Point| multiply(&point, &factor);
    for (what, key_point, b_point, e_point, proofs) in [
        (
            "both of the second pair negated",
            kp,
            -bp,
            -ep,
            vec![[c, z], [-c, z], [c, -z], [-c, -z]],
        ),
        (
            "both images negated",
            -kp,
            bp,
            -ep,
            vec![[c, z], [-c, z], [c, -z], [-c, -z]],
        ),
        (
            "the second pair times a factor",
            kp,
            times(bp),
            times(ep),
            vec![[c, z], [c * factor, z * factor]],
        ),
        (
            "both images times a factor",
            times(kp),
            bp,
            times(ep),
            vec![[c, z], [c, z * factor], [c * factor.inverse().unwrap(), z]],
        ),
        ("the pairs exchanged", ep, bp, kp, vec![[c, z]]),
        ("the generator's pair twice", kp, base8(), kp, vec![[c, z]]),
        ("the key as what was blinded", kp, kp, times(kp), vec![[c, z]]),
    ] {
        for [challenge, response] in proofs {
            let moved = proof(challenge, response);
            assert_eq!(
                moved.verify(&key(key_point), &blinded(b_point), &evaluated(e_point)),
                REFUSED,
                "{what}"
            );
        }
    }
}

/// Commitments that follow from a challenge picked beforehand satisfy the equations, and lead to another challenge: whichever of key, points
/// or commitments is computed last.
#[test]
fn no_proof_is_made_backwards_from_its_challenge() {
    let rng = &mut StdRng::seed_from_u64(2);
    for _ in 0..50 {
        let registry = RegistryKey::generate(rng);
        let b = blind(fingerprint(2), &Blinding::random(rng));
        // The tag that the cheat wants: under another scalar.
        let wanted = evaluated(multiply(b.point(), &Scalar::rand(rng)));
        let (c, z) = (Scalar::rand(rng), Scalar::rand(rng));
        assert_eq!(proof(c, z).verify(&registry.public(), &b, &wanted), REFUSED);
        // The key last: K = (z G - R) / c for the commitment R of a nonce that is known.
        let commitment = multiply(&base8(), &Scalar::rand(rng));
        let fitted = (base8() * z - commitment).into_affine();
        let fitted = key(multiply(&fitted, &c.inverse().unwrap()));
        assert_eq!(proof(c, z).verify(&fitted, &b, &wanted), REFUSED);
    }
    let nothing = proof(Scalar::from(0u64), Scalar::from(0u64));
    let registry = RegistryKey::generate(rng);
    let b = blind(fingerprint(2), &Blinding::random(rng));
    assert_eq!(
        nothing.verify(&registry.public(), &b, &registry.evaluate(&b, rng).0),
        REFUSED
    );
}

/// A registry that rotated knows both keys: neither their sum nor any mixture of the answers under them is an answer under one.
#[test]
fn answers_under_two_keys_make_none_under_a_third() {
    let rng = &mut StdRng::seed_from_u64(3);
    let keys = [RegistryKey::generate(rng), RegistryKey::generate(rng)];
    let b = blind(fingerprint(3), &Blinding::random(rng));
    let [(e0, p0), (e1, p1)] = keys.each_ref().map(|key| key.evaluate(&b, rng));
    let sum = |points: [Point; 2]| (points[0].into_group() + points[1]).into_affine();
    let mixed = evaluated(sum([*e0.point(), *e1.point()]));
    let mixed_key = key(sum(keys.each_ref().map(|key| *key.public().point())));
    let [[c0, z0], [c1, z1]] = [scalars(&p0), scalars(&p1)];
    for (challenge, response) in [(c0, z0), (c1, z1), (c0 + c1, z0 + z1), (c0, z0 + z1), (c1, z0 + z1)] {
        for under in [keys[0].public(), keys[1].public(), mixed_key] {
            assert_eq!(proof(challenge, response).verify(&under, &b, &mixed), REFUSED);
        }
    }
    assert_eq!(p0.verify(&keys[1].public(), &b, &e0), REFUSED);
    assert_eq!(p1.verify(&keys[1].public(), &b, &e0), REFUSED);
}

/// The blinded points of published entries, taken by somebody else: under another blinding they are another invoice's, and its tag follows.
#[test]
fn a_copied_answer_unblinds_to_the_tag_of_no_other_invoice() {
    let rng = &mut StdRng::seed_from_u64(4);
    let registry = RegistryKey::generate(rng);
    let (victim, thief) = (fingerprint(5), fingerprint(6));
    let blinding = Blinding::random(rng);
    let (e, _) = registry.evaluate(&blind(victim, &blinding), rng);
    let (own, _) = registry.evaluate(&blind(thief, &blinding), rng);
    let honest = tag(thief, &unblind(&own, &blinding));
    for taken_off in [blinding.clone(), Blinding::random(rng)] {
        assert_ne!(tag(thief, &unblind(&e, &taken_off)), honest);
    }
    // The homomorphism: two answers add up to that of the points' sum, which is no fingerprint's point that anyone can name.
    let sum = (e.point().into_group() + *own.point()).into_affine();
    for n in 0..200 {
        let direct = registry.evaluate(&blind(fingerprint(n), &blinding), rng).0;
        assert_ne!(*direct.point(), sum, "{n}");
    }
}
