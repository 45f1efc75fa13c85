//! Keys that somebody made to be believed: each refused, saying why.

use ark_bn254::{Fq, Fq2, G2Affine};
use ark_ff::{BigInteger, PrimeField, UniformRand};
use ark_std::rand::SeedableRng;
use ark_std::rand::rngs::StdRng;
use tradeseal_primitives::Fr;

use super::dealer::{Secret, Secrets, Sections, contribute, g1s, g2s};
use super::{TwoNumbers, ceremony, check, powers, section};
use crate::files::montgomery::{G1_BYTES, G2_BYTES, write_g2};
use crate::test_circuit::OneMore;

/// Where points stand in the header.
const ALPHA1: usize = 2 * 36 + 12;
const BETA1: usize = ALPHA1 + G1_BYTES;
const BETA2: usize = BETA1 + G1_BYTES;
const GAMMA2: usize = BETA2 + G2_BYTES;
const DELTA1: usize = GAMMA2 + G2_BYTES;
const DELTA2: usize = DELTA1 + G1_BYTES;

fn refusal(file: &[u8]) -> String {
    check(file, None).unwrap_err().to_string()
}

#[track_caller]
fn refused(change: impl FnOnce(&mut Sections), because: &str) {
    let (_, mut key) = ceremony(1);
    change(&mut key);
    let refusal = refusal(&key.file());
    assert!(refusal.contains(because), "refused because: {refusal}");
}

/// Puts bytes into a section.
fn put(key: &mut Sections, kind: u32, at: usize, bytes: &[u8]) {
    key.get(kind)[at..at + bytes.len()].copy_from_slice(bytes);
}

#[test]
fn every_cut_is_refused() {
    let (_, key) = ceremony(1);
    let file = key.file();
    for length in (0..file.len()).step_by(7).chain([file.len() - 1]) {
        assert!(check(&file[..length], None).is_err(), "cut to {length} bytes");
    }
    let mut longer = file;
    longer.push(0);
    assert!(refusal(&longer).contains("after its last section"));
}

/// Only the names that contributors gave themselves are not bound to anything.
#[test]
fn every_flipped_bit_outside_the_names_is_refused() {
    let (_, key) = ceremony(1);
    let file = key.file();
    let name = b"participant 0";
    let names: Vec<usize> = (0..file.len() - name.len())
        .filter(|at| file[*at..].starts_with(&name[..name.len() - 1]))
        .collect();
    assert_eq!(names.len(), 2);
    let in_name = |at: usize| {
        names
            .iter()
            .any(|name_at| (*name_at..name_at + name.len()).contains(&at))
    };
    for at in (0..file.len()).step_by(11).filter(|at| !in_name(*at)) {
        let mut flipped = file.clone();
        flipped[at] ^= 1 << (at % 8);
        assert!(check(&flipped, None).is_err(), "byte {at}");
    }
}

#[test]
fn frames_that_lie_are_refused_before_anything_is_allocated() {
    let (_, key) = ceremony(1);
    let with = |at: usize, bytes: &[u8]| {
        let mut file = key.file();
        file[at..at + bytes.len()].copy_from_slice(bytes);
        refusal(&file)
    };
    assert!(with(0, b"wtns").contains("another kind of file"));
    assert!(with(4, &9u32.to_le_bytes()).contains("version 9"));
    assert!(with(8, &u32::MAX.to_le_bytes()).contains("4294967295 sections"));
    assert!(with(16, &u64::MAX.to_le_bytes()).contains("cut short"));
    refused(|key| key.0[0].1[0] = 2, "protocol 2");
    refused(|key| key.get(section::HEADER)[4] ^= 1, "another curve");
    for (at, what) in [(72, "variables"), (76, "public rows"), (80, "domain points")] {
        refused(|key| put(key, section::HEADER, at, &u32::MAX.to_le_bytes()), what);
    }
    refused(|key| key.0.push((section::H, Vec::new())), "section 9 twice");
    refused(|key| drop(key.0.remove(6)), "no section 7");
    refused(
        |key| key.get(section::L).truncate(G1_BYTES),
        "section 8 is 64 bytes long",
    );
    refused(
        |key| key.get(section::H).extend([0; G1_BYTES]),
        "section 9 is 576 bytes long",
    );
}

#[test]
fn points_that_are_none_are_refused() {
    let modulus = Fq::MODULUS.to_bytes_le();
    refused(
        |key| put(key, section::A, 0, &modulus),
        "point 0 of A (section 5): a coordinate is not below",
    );
    refused(
        |key| put(key, section::H, 2 * G1_BYTES, &[0xff; 32]),
        "point 2 of H (section 9): a coordinate",
    );
    refused(
        |key| key.get(section::L)[40] ^= 1,
        "point 0 of L (section 8): it is not on the curve",
    );
    refused(
        |key| key.get(section::HEADER)[ALPHA1] ^= 1,
        "alpha in G1: it is not on the curve",
    );
    let stray = outside_the_subgroup();
    refused(
        |key| put(key, section::HEADER, BETA2, &stray),
        "beta in G2: it is on the curve but not in the subgroup",
    );
    let (_, mut key) = ceremony(1);
    let place = key
        .get(section::B2)
        .chunks(G2_BYTES)
        .position(|point| point.iter().any(|byte| *byte != 0))
        .unwrap();
    refused(
        |key| put(key, section::B2, place * G2_BYTES, &stray),
        "of B in G2 (section 7): it is on the curve but",
    );
}

/// A point of the twist outside the subgroup, as files have it.
fn outside_the_subgroup() -> Vec<u8> {
    let rng = &mut StdRng::seed_from_u64(9);
    let mut bytes = Vec::new();
    while bytes.is_empty() {
        if let Some(point) = G2Affine::get_point_from_x_unchecked(Fq2::rand(rng), true) {
            write_g2(&point, &mut bytes);
        }
    }
    bytes
}

#[test]
fn identities_where_the_circuit_has_a_variable_are_refused_and_the_other_way_round() {
    refused(
        |key| put(key, section::A, 0, &[0; G1_BYTES]),
        "point 0 of A (section 5) is the identity",
    );
    refused(
        |key| put(key, section::H, G1_BYTES, &[0; G1_BYTES]),
        "point 1 of H (section 9) is the identity",
    );
    refused(
        |key| put(key, section::L, 0, &[0; G1_BYTES]),
        "point 0 of L (section 8) is the identity",
    );
    let unused = |key: &mut Sections| {
        key.get(section::B1)
            .chunks(G1_BYTES)
            .position(|point| point.iter().all(|byte| *byte == 0))
    };
    refused(
        |key| {
            let place = unused(key).unwrap();
            put(key, section::B1, place * G1_BYTES, &g1s([Fr::from(5u64)]));
        },
        "is not the identity, where the circuit does not use",
    );
    refused(
        |key| put(key, section::INPUTS, G1_BYTES, &[0; G1_BYTES]),
        "input point 1",
    );
    refused(|key| put(key, section::HEADER, DELTA2, &[0; G2_BYTES]), "delta");
}

#[test]
fn keys_that_nobody_contributed_to_are_refused() {
    let rng = &mut StdRng::seed_from_u64(1);
    let secrets = Secrets::random(rng);
    let mut untouched = secrets.zkey::<TwoNumbers>(&[], rng);
    assert!(refusal(&untouched.file()).contains("gamma equals delta"));
    // With somebody else's gamma the rest is as before.
    put(&mut untouched, section::HEADER, GAMMA2, &g2s([Fr::from(2u64)]));
    assert!(refusal(&untouched.file()).contains("gamma is not the group's generator"));
    // A delta that its maker knows, without a contribution to show for it.
    let mut known = secrets.zkey::<TwoNumbers>(&[Secret::Private(Fr::from(3u64))], rng);
    let (nobody, _) = contribute(&[], rng);
    *known.get(section::CONTRIBUTIONS) = nobody;
    assert!(refusal(&known.file()).contains("nobody contributed"));
    // The generator's negative is as well known as the generator.
    let minus = secrets.zkey::<TwoNumbers>(&[Secret::Private(-Fr::from(1u64))], rng);
    assert!(refusal(&minus.file()).contains("gamma equals delta"));
}

#[test]
fn gamma_chosen_by_somebody_is_refused() {
    // gamma = 2 delta: whoever knows the ratio forges.
    refused(
        |key| put(key, section::HEADER, GAMMA2, &g2s([Fr::from(2u64)])),
        "gamma is not the group's generator",
    );
    refused(
        |key| {
            let delta = key.get(section::HEADER)[DELTA2..].to_vec();
            put(key, section::HEADER, GAMMA2, &delta);
        },
        "gamma is not the group's generator",
    );
}

#[test]
fn another_circuits_key_is_refused_at_its_coefficients() {
    let rng = &mut StdRng::seed_from_u64(1);
    let other = Secrets::random(rng).zkey::<OneMore>(&[Secret::Private(Fr::rand(rng))], rng);
    let refusal_of_other = refusal(&other.file());
    assert!(
        refusal_of_other.contains("this program's circuit"),
        "{refusal_of_other}"
    );
    refused(
        |key| key.get(section::COEFFICIENTS)[4 + 44 + 12] ^= 1,
        "coefficient 1 of section 4",
    );
    refused(|key| key.get(section::COEFFICIENTS).truncate(4 + 44), "another circuit");
    refused(
        |key| key.get(section::COEFFICIENTS)[0] ^= 1,
        "coefficient 0 of section 4",
    );
}

#[test]
fn parts_that_do_not_belong_together_are_refused() {
    let seven = g1s([Fr::from(7u64)]);
    refused(
        |key| put(key, section::HEADER, BETA1, &seven),
        "beta in G1 and beta in G2",
    );
    refused(
        |key| put(key, section::B1, place_of_b(), &seven),
        "B in G1 (section 6) and B in G2 (section 7)",
    );
    refused(
        |key| put(key, section::A, 4 * G1_BYTES, &seven),
        "do not follow from A, B, alpha and beta",
    );
    refused(
        |key| put(key, section::HEADER, DELTA2, &g2s([Fr::from(7u64)])),
        "delta in G1 and delta in G2",
    );
    refused(
        |key| put(key, section::HEADER, DELTA1, &seven),
        "not that of its last contribution",
    );
}

/// Where a variable of `B` stands in section 6.
fn place_of_b() -> usize {
    let (_, mut key) = ceremony(1);
    let used = key
        .get(section::B1)
        .chunks(G1_BYTES)
        .position(|point| point.iter().any(|byte| *byte != 0));
    used.unwrap() * G1_BYTES
}

#[test]
fn contributions_that_prove_nothing_are_refused() {
    let first = 64 + 4;
    refused(
        |key| key.get(section::CONTRIBUTIONS)[3] ^= 1,
        "contribution 1 does not follow those before it",
    );
    refused(
        |key| {
            put(
                key,
                section::CONTRIBUTIONS,
                first + 3 * G1_BYTES,
                &g2s([Fr::from(5u64)]),
            );
        },
        "contribution 1 does not prove knowledge",
    );
    refused(
        |key| put(key, section::CONTRIBUTIONS, first, &g1s([Fr::from(5u64)])),
        "delta after contribution 1 does not follow",
    );
    refused(
        |key| put(key, section::CONTRIBUTIONS, 64, &u32::MAX.to_le_bytes()),
        "4294967295 contributions",
    );
    refused(
        |key| put(key, section::CONTRIBUTIONS, 64, &2u32.to_le_bytes()),
        "malformed at contribution 2",
    );
    refused(
        |key| key.get(section::CONTRIBUTIONS).push(0),
        "malformed at contribution 3",
    );
    // The list of another ceremony.
    let (_, mut other) = ceremony(2);
    let list = other.get(section::CONTRIBUTIONS).clone();
    refused(
        |key| *key.get(section::CONTRIBUTIONS) = list,
        "the transcript belongs to another key",
    );
}

#[test]
fn a_beacon_that_somebody_chose_is_refused() {
    let value_at = |key: &mut Sections| key.get(section::CONTRIBUTIONS).len() - 1;
    refused(
        |key| {
            let last = value_at(key);
            key.get(section::CONTRIBUTIONS)[last] ^= 1;
        },
        "contribution 3 calls itself a beacon",
    );
    refused(
        |key| {
            let exponent = value_at(key) - super::BEACON.len() - 2;
            key.get(section::CONTRIBUTIONS)[exponent] = 63;
        },
        "beacon of 2^63 iterations",
    );
}

#[test]
fn what_only_the_powers_of_tau_show_is_refused_with_them() {
    let (secrets, key) = ceremony(1);
    let ptau = secrets.ptau(3).file_as(super::super::super::ptau::KIND);
    let powers = powers(&ptau).unwrap();
    let with_powers = |change: &dyn Fn(&mut Sections)| {
        let mut key = key.clone();
        change(&mut key);
        check(&key.file(), Some(&powers)).unwrap_err().to_string()
    };
    let swapped = |kind| {
        move |key: &mut Sections| {
            let (first, rest) = key.get(kind).split_at_mut(G1_BYTES);
            first.swap_with_slice(&mut rest[..G1_BYTES]);
        }
    };
    assert!(with_powers(&swapped(section::H)).contains("H (section 9) is not that of these powers"));
    // Public rows 0 and 2 stand in C, so that without the powers nothing tells their points from others.
    let seven = g1s([Fr::from(7u64)]);
    let one_row = |key: &mut Sections| put(key, section::INPUTS, G1_BYTES, &seven);
    assert!(with_powers(&one_row).contains("the input points (section 3) are not the circuit's"));

    let (others, _) = ceremony(2);
    let others = super::powers(&others.ptau(3).file_as(super::super::super::ptau::KIND)).unwrap();
    let refusal = check(&key.file(), Some(&others)).unwrap_err().to_string();
    assert!(refusal.contains("alpha or beta is not that of the powers"), "{refusal}");
}

#[test]
fn powers_that_are_none_are_refused() {
    let kind = super::super::super::ptau::KIND;
    let (secrets, _) = ceremony(1);
    let refusal = |change: &dyn Fn(&mut Sections)| {
        let mut file = secrets.ptau(3);
        change(&mut file);
        powers(&file.file_as(kind)).unwrap_err().to_string()
    };
    let seven = g1s([Fr::from(7u64)]);
    for (section, count) in [(2, 15), (4, 8), (5, 8)] {
        for place in 0..count {
            let refusal = refusal(&|file| put(file, section, place * G1_BYTES, &seven));
            assert!(
                refusal.contains("powers"),
                "section {section}, point {place}: {refusal}"
            );
        }
    }
    assert!(refusal(&|file| put(file, 6, 0, &g2s([Fr::from(7u64)]))).contains("section 6"));
    assert!(refusal(&|file| put(file, 3, G2_BYTES, &g2s([Fr::from(7u64)]))).contains("powers of one number"));
    assert!(refusal(&|file| file.get(2).truncate(64)).contains("section 2 is 64 bytes long"));
    assert!(refusal(&|file| put(file, 1, 36, &99u32.to_le_bytes())).contains("2^99"));
    let small = powers(&secrets.ptau(2).file_as(kind)).unwrap_err().to_string();
    assert!(small.contains("reach to 2^2; this circuit needs 2^3"), "{small}");
}
