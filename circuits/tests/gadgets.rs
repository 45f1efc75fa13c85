//! Each gadget against its native twin, and against vectors made by other libraries.
#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

use ark_ec::{AffineRepr, CurveGroup};
use ark_ff::{AdditiveGroup, Field, One, PrimeField, UniformRand};
use ark_relations::gr1cs::{ConstraintSystem, ConstraintSystemRef};
use ark_std::rand::{Rng, SeedableRng, rngs::StdRng};
use std::path::PathBuf;
use tradeseal_circuits::{
    Circuit, Wire,
    gadget::{
        duplicate_tag as tag_gadget, eddsa, edwards::EdwardsPoint, elligator, fixed_base, merkle, poseidon, range,
        variable_base,
    },
};
use tradeseal_primitives::{
    Fr,
    babyjubjub::{Point, Scalar, base8, multiply},
    duplicate_tag::{self, Blinding, RegistryKey},
    eddsa::{PrivateKey, PublicKey, Signature},
    field,
    hash::{Domain, hash},
    poseidon::poseidon as native_poseidon,
    receivable::Fingerprint,
    tree::{self, MemoryNodes},
};

fn circuit() -> (Circuit, ConstraintSystemRef<Fr>) {
    let system = ConstraintSystem::<Fr>::new_ref();
    (Circuit::new(system.clone()), system)
}

fn wires(circuit: &mut Circuit, values: &[Fr]) -> Vec<Wire> {
    values.iter().map(|value| circuit.private(*value).unwrap()).collect()
}

#[test]
fn poseidon_equals_the_native_hash_at_every_width() {
    let rng = &mut StdRng::seed_from_u64(1);
    for n in 1..=15 {
        let inputs: Vec<Fr> = (0..n).map(|_| Fr::rand(rng)).collect();
        let (mut circuit, system) = circuit();
        let inputs_wires = wires(&mut circuit, &inputs);
        let tagged = poseidon::hash(&mut circuit, Domain::TERMS, &inputs_wires.iter().collect::<Vec<_>>()).unwrap();
        let untagged = poseidon::untagged(&mut circuit, &inputs_wires.iter().collect::<Vec<_>>()).unwrap();
        assert_eq!(tagged.value(), hash(Domain::TERMS, &inputs), "{n} inputs");
        assert_eq!(untagged.value(), native_poseidon(&inputs), "{n} inputs");
        assert!(system.is_satisfied().unwrap(), "{n} inputs");
    }
}

#[test]
fn a_merkle_path_leads_to_the_native_root_for_every_position() {
    let rng = &mut StdRng::seed_from_u64(2);
    let mut nodes = MemoryNodes::default();
    for index in 0..64 {
        tree::set_leaf::<3, _>(&mut nodes, index, Fr::rand(rng)).unwrap();
    }
    let root = tree::root::<3, _>(&nodes).unwrap();
    for index in 0..64 {
        let leaf = tree::Nodes::node(&nodes, 0, index).unwrap().unwrap();
        let (mut circuit, system) = circuit();
        let leaf_wire = circuit.private(leaf).unwrap();
        let path = tree::path::<3, _>(&nodes, index).unwrap();
        let computed = merkle::root(&mut circuit, &leaf_wire, &path).unwrap();
        assert_eq!(computed.value(), root, "leaf {index}");
        assert!(system.is_satisfied().unwrap(), "leaf {index}");
    }
}

#[test]
fn a_range_holds_its_bounds_and_not_one_more() {
    for bits in [1usize, 8, 16, 64, 253] {
        let top = Fr::from(2u64).pow([bits as u64]);
        for (value, inside) in [
            (Fr::ZERO, true),
            (top - Fr::one(), true),
            (top, false),
            (-Fr::one(), false),
        ] {
            let (mut circuit, system) = circuit();
            let wire = circuit.private(value).unwrap();
            range::bits_le(&mut circuit, &wire, bits).unwrap();
            assert_eq!(system.is_satisfied().unwrap(), inside, "{value} in {bits} bits");
        }
    }
}

/// Points of every kind: in the subgroup, outside it, of small order, the identity.
fn points() -> Vec<Point> {
    let rng = &mut StdRng::seed_from_u64(3);
    let torsion = Point::new_unchecked(
        field::from_decimal("995203441582195749578291179787384436505546430278305826713579947235728471134").unwrap(),
        field::from_decimal("5472060717959818805561601436314318772137091100104008585924551046643952123905").unwrap(),
    )
    .mul_bigint(Scalar::MODULUS)
    .into_affine();
    let mut points = vec![
        Point::zero(),
        Point::new_unchecked(Fr::ZERO, -Fr::one()),
        torsion,
        base8(),
        -base8(),
    ];
    for _ in 0..4 {
        let point = multiply(&base8(), &Scalar::rand(rng));
        points.extend([point, (point + torsion).into_affine()]);
    }
    points
}

#[test]
fn edwards_addition_and_doubling_are_complete() {
    for p in points() {
        for q in points() {
            let (mut circuit, system) = circuit();
            let a = EdwardsPoint::private(&mut circuit, &p).unwrap();
            let b = EdwardsPoint::private(&mut circuit, &q).unwrap();
            let sum = a.add(&mut circuit, &b).unwrap();
            let double = a.double(&mut circuit).unwrap();
            let (native_sum, native_double) = ((p + q).into_affine(), (p + p).into_affine());
            assert_eq!(
                (sum.x.value(), sum.y.value()),
                (native_sum.x, native_sum.y),
                "{p} + {q}"
            );
            assert_eq!(
                (double.x.value(), double.y.value()),
                (native_double.x, native_double.y),
                "2 {p}"
            );
            assert!(system.is_satisfied().unwrap());
        }
    }
}

#[test]
fn a_point_off_the_curve_is_refused() {
    let (mut circuit, system) = circuit();
    EdwardsPoint::private(&mut circuit, &Point::new_unchecked(Fr::one(), Fr::one())).unwrap();
    assert!(!system.is_satisfied().unwrap());
}

#[test]
fn fixed_base_multiplication_equals_the_native_one() {
    let rng = &mut StdRng::seed_from_u64(4);
    let mut scalars: Vec<Scalar> = [0u64, 1, 2, 3, 7, 8, u64::MAX].map(Scalar::from).to_vec();
    scalars.extend(scalars.clone().iter().map(|s| -*s));
    scalars.extend((0..20).map(|_| Scalar::rand(rng)));
    for scalar in scalars {
        let (mut circuit, system) = circuit();
        let product = fixed_base::multiply_base8(&mut circuit, &scalar).unwrap();
        let native = multiply(&base8(), &scalar);
        assert_eq!((product.x.value(), product.y.value()), (native.x, native.y), "{scalar}");
        assert!(system.is_satisfied().unwrap(), "{scalar}");
    }
}

#[test]
fn variable_base_multiplication_equals_the_native_one_for_whole_field_elements() {
    let rng = &mut StdRng::seed_from_u64(5);
    for i in 0..20u32 {
        let key = multiply(&base8(), &Scalar::rand(rng));
        // Leading zeros of h are the case that a ladder without an offset gets wrong.
        let h = Fr::from_bigint(Fr::rand(rng).into_bigint() >> (i * 4)).unwrap() + Fr::from(1u64 << 40);
        let (mut circuit, system) = circuit();
        let point = EdwardsPoint::private(&mut circuit, &key).unwrap();
        let h_wire = circuit.private(h).unwrap();
        let product = variable_base::multiply_by_eight_times(&mut circuit, &h_wire, &point).unwrap();
        let native = key.mul_bigint(h.into_bigint()).mul_bigint_by_eight();
        assert_eq!((product.x.value(), product.y.value()), (native.x, native.y), "h = {h}");
        assert!(system.is_satisfied().unwrap(), "h = {h}");
    }
}

trait TimesEight {
    fn mul_bigint_by_eight(self) -> Point;
}

impl<P: CurveGroup<Affine = Point>> TimesEight for P {
    fn mul_bigint_by_eight(self) -> Point {
        self.double().double().double().into_affine()
    }
}

#[test]
fn a_key_of_small_order_cannot_be_multiplied() {
    for key in points().into_iter().take(3) {
        let (mut circuit, system) = circuit();
        let point = EdwardsPoint::private(&mut circuit, &key).unwrap();
        let h = circuit.private(Fr::from(3u64).pow([200u64])).unwrap();
        variable_base::multiply_by_eight_times(&mut circuit, &h, &point).unwrap();
        assert!(!system.is_satisfied().unwrap(), "{key}");
    }
}

#[test]
fn one_scalar_multiplies_two_cleared_points() {
    let rng = &mut StdRng::seed_from_u64(7);
    for point in points().into_iter().skip(3) {
        let h = Fr::rand(rng);
        let (mut circuit, system) = circuit();
        let h_wire = circuit.private(h).unwrap();
        let digits = variable_base::recode(&mut circuit, &h_wire).unwrap();
        for a in [point, base8()] {
            let wires = EdwardsPoint::private(&mut circuit, &a).unwrap();
            let [product, clear] = variable_base::multiply_clear_by_twice(&mut circuit, &digits, &wires).unwrap();
            let native_clear = a.mul_bigint([8u64]).into_affine();
            let native = native_clear.mul_bigint(h.into_bigint()).double().into_affine();
            assert_eq!(
                (clear.x.value(), clear.y.value()),
                (native_clear.x, native_clear.y),
                "{a}"
            );
            assert_eq!((product.x.value(), product.y.value()), (native.x, native.y), "{a}");
        }
        assert!(system.is_satisfied().unwrap(), "{point}");
    }
}

#[test]
fn the_map_to_the_curve_equals_the_native_one_on_both_branches() {
    let rng = &mut StdRng::seed_from_u64(8);
    let small = (1u64..20).map(Fr::from);
    let inputs: Vec<Fr> = small
        .clone()
        .chain(small.map(|u| -u))
        .chain((0..100).map(|_| Fr::rand(rng)))
        .collect();
    for u in inputs {
        let (mut circuit, system) = circuit();
        let wire = circuit.private(u).unwrap();
        let point = elligator::map_to_curve(&mut circuit, &wire).unwrap();
        let native = duplicate_tag::map_to_curve(u);
        assert_eq!((point.x.value(), point.y.value()), (native.x, native.y), "{u}");
        assert!(system.is_satisfied().unwrap(), "{u}");
    }
}

#[test]
fn the_map_refuses_zero() {
    let (mut circuit, system) = circuit();
    let zero = circuit.private(Fr::ZERO).unwrap();
    elligator::map_to_curve(&mut circuit, &zero).unwrap();
    assert!(!system.is_satisfied().unwrap());
}

#[test]
fn the_tag_equals_the_native_one() {
    let rng = &mut StdRng::seed_from_u64(9);
    for _ in 0..6 {
        let (key, blinding) = (RegistryKey::generate(rng), Blinding::random(rng));
        let fingerprint = Fingerprint::from_fr(Fr::rand(rng));
        let blinded = duplicate_tag::blind(fingerprint, &blinding);
        let (evaluated, _) = key.evaluate(&blinded, rng);
        let unblinded = duplicate_tag::unblind(&evaluated, &blinding);
        let (mut circuit, system) = circuit();
        let fp = circuit.private(fingerprint.to_fr()).unwrap();
        let a = tag_gadget::uncleared_point(&mut circuit, &fp).unwrap();
        let native = duplicate_tag::uncleared_point(fingerprint);
        assert_eq!((a.x.value(), a.y.value()), (native.x, native.y));
        let half = tag_gadget::half_blinding(&mut circuit, &blinding).unwrap();
        let b = EdwardsPoint::constant(blinded.point());
        tag_gadget::enforce_blinded(&mut circuit, &fp, &half, &b).unwrap();
        let e = EdwardsPoint::constant(evaluated.point());
        let eighth = tag_gadget::eighth(&unblinded);
        let tag = tag_gadget::tag(&mut circuit, &fp, &half, &e, &eighth).unwrap();
        assert_eq!(tag.value(), duplicate_tag::tag(fingerprint, &unblinded).to_fr());
        assert!(system.is_satisfied().unwrap());
    }
}

fn verifies(key: &PublicKey, message: Fr, signature: &Signature) -> bool {
    let (mut circuit, system) = circuit();
    let point = eddsa::private_key_point(&mut circuit, key).unwrap();
    let message_wire = circuit.private(message).unwrap();
    eddsa::verify(&mut circuit, &point, &message_wire, signature).unwrap();
    let in_circuit = system.is_satisfied().unwrap();
    assert_eq!(
        in_circuit,
        key.verify(message, signature).is_ok(),
        "circuit and native check disagree"
    );
    in_circuit
}

#[test]
fn a_signature_verifies_in_circuit_exactly_when_it_does_natively() {
    let rng = &mut StdRng::seed_from_u64(6);
    for _ in 0..8 {
        let (key, other) = (PrivateKey::from_bytes(rng.r#gen()), PrivateKey::from_bytes(rng.r#gen()));
        let message = Fr::rand(rng);
        let signature = key.sign(message);
        assert!(verifies(&key.public(), message, &signature));
        assert!(!verifies(&other.public(), message, &signature), "another key");
        assert!(
            !verifies(&key.public(), message + Fr::one(), &signature),
            "another message"
        );
        assert!(
            !verifies(
                &key.public(),
                message,
                &Signature {
                    s: -signature.s,
                    ..signature
                }
            ),
            "another S"
        );
        assert!(
            !verifies(
                &key.public(),
                message,
                &Signature {
                    r8: -signature.r8,
                    ..signature
                }
            ),
            "another R8"
        );
    }
}

#[test]
fn the_signature_of_circomlibjs_verifies_in_circuit() {
    let root = std::env::var_os("TRADESEAL_SHARED_DATA").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data"),
        PathBuf::from,
    );
    let Ok(bytes) = std::fs::read(root.join("vectors/zk_compat_vectors.json")) else {
        eprintln!("skipped: no vectors at {}", root.display());
        return;
    };
    let vectors: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    for maker in ["eddsa_circomlibjs", "eddsa_zkkit"] {
        let v = &vectors[maker];
        let fr = |v: &serde_json::Value| field::from_decimal(v.as_str().unwrap()).unwrap();
        let key = PublicKey::from_coordinates(fr(&v["pub"][0]), fr(&v["pub"][1])).unwrap();
        let mut bytes = [0u8; 96];
        bytes[..32].copy_from_slice(&field::to_bytes(&fr(&v["R8"][0])));
        bytes[32..64].copy_from_slice(&field::to_bytes(&fr(&v["R8"][1])));
        bytes[64..].copy_from_slice(&field::to_bytes(&fr(&v["S"])));
        let message = fr(&vectors["eddsa_circomlibjs"]["msg"]);
        assert!(
            verifies(&key, message, &Signature::from_bytes(&bytes).unwrap()),
            "{maker}"
        );
    }
}
