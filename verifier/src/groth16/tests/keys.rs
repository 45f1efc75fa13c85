//! A verifying key is its statement's, whole, and not one that anybody can forge under.

use alloc::vec::Vec;

use ark_bn254::{G1Affine, G2Affine};
use ark_ec::AffineRepr;
use proptest::prelude::*;

use super::case::{Case, STATEMENTS, outside_the_subgroup};
use crate::groth16::{KeyError, KeyPart, PointError, VerifyingKey};
use crate::statement::StatementId;

fn rebuilt(key: &VerifyingKey, edit: impl FnOnce(&mut Parts)) -> Result<VerifyingKey, KeyError> {
    let mut parts = Parts {
        alpha: key.alpha,
        beta: key.beta,
        gamma: key.gamma,
        delta: key.delta,
        inputs: key.inputs.clone(),
    };
    edit(&mut parts);
    VerifyingKey::from_points(
        key.statement(),
        parts.alpha,
        parts.beta,
        parts.gamma,
        parts.delta,
        parts.inputs,
    )
}

struct Parts {
    alpha: G1Affine,
    beta: G2Affine,
    gamma: G2Affine,
    delta: G2Affine,
    inputs: Vec<G1Affine>,
}

#[test]
fn keys_that_nobody_contributed_to_are_refused() {
    let key = Case::random(STATEMENTS[0], 6).key;
    let generator = G2Affine::generator();
    assert_eq!(
        rebuilt(&key, |parts| parts.delta = parts.gamma),
        Err(KeyError::GammaIsDelta)
    );
    assert_eq!(
        rebuilt(&key, |parts| parts.delta = -parts.gamma),
        Err(KeyError::GammaIsDelta)
    );
    assert_eq!(
        rebuilt(&key, |parts| parts.delta = generator),
        Err(KeyError::DeltaIsGenerator)
    );
    assert_eq!(
        rebuilt(&key, |parts| parts.delta = -generator),
        Err(KeyError::DeltaIsGenerator)
    );
    // Every key of snarkjs has the generator as gamma, contributed to or not.
    assert!(rebuilt(&key, |parts| parts.gamma = generator).is_ok());
}

#[test]
fn degenerate_and_stray_points_in_a_key_are_refused_naming_the_part() {
    let key = Case::random(STATEMENTS[0], 7).key;
    let refused = |part, cause| Err(KeyError::Point { part, cause });
    let stray = outside_the_subgroup(1);
    let identity = PointError::Identity;
    assert_eq!(
        rebuilt(&key, |p| p.alpha = G1Affine::zero()),
        refused(KeyPart::Alpha, identity)
    );
    assert_eq!(
        rebuilt(&key, |p| p.beta = G2Affine::zero()),
        refused(KeyPart::Beta, identity)
    );
    assert_eq!(
        rebuilt(&key, |p| p.gamma = G2Affine::zero()),
        refused(KeyPart::Gamma, identity)
    );
    assert_eq!(
        rebuilt(&key, |p| p.delta = G2Affine::zero()),
        refused(KeyPart::Delta, identity)
    );
    assert_eq!(
        rebuilt(&key, |p| p.beta = stray),
        refused(KeyPart::Beta, PointError::WrongSubgroup)
    );
    assert_eq!(
        rebuilt(&key, |p| p.gamma = stray),
        refused(KeyPart::Gamma, PointError::WrongSubgroup)
    );
    assert_eq!(
        rebuilt(&key, |p| p.delta = stray),
        refused(KeyPart::Delta, PointError::WrongSubgroup)
    );
    for at in 0..5 {
        let zero = rebuilt(&key, |p| p.inputs[at] = G1Affine::zero());
        assert_eq!(zero, refused(KeyPart::Input(at), identity));
    }
    let few = rebuilt(&key, |p| p.inputs.truncate(4));
    assert!(matches!(
        few,
        Err(KeyError::InputCount {
            expected: 5,
            got: 4,
            ..
        })
    ));
    let many = rebuilt(&key, |p| p.inputs.push(p.alpha));
    assert!(matches!(
        many,
        Err(KeyError::InputCount {
            expected: 5,
            got: 6,
            ..
        })
    ));
}

#[test]
fn key_bytes_round_trip_and_every_other_length_or_head_is_refused() {
    for (statement, seed) in STATEMENTS.into_iter().zip(0..) {
        let key = Case::random(statement, seed).key;
        let bytes = key.to_bytes();
        assert_eq!(VerifyingKey::from_bytes(&bytes).as_ref(), Ok(&key));
        assert_eq!(key.key_id().to_bytes(), tradeseal_primitives::hash::sha256(&bytes));
        for length in 0..bytes.len() {
            assert!(VerifyingKey::from_bytes(&bytes[..length]).is_err(), "{length}");
        }
        let trailing = [bytes.as_slice(), &[0]].concat();
        assert!(matches!(
            VerifyingKey::from_bytes(&trailing),
            Err(KeyError::Length { .. })
        ));
        let magic = [b"x", &bytes[1..]].concat();
        assert_eq!(VerifyingKey::from_bytes(&magic), Err(KeyError::Magic));
        let text = bytes.iter().position(|byte| *byte == b'v').unwrap();
        let mut version = bytes.clone();
        version[text + 3] = b'2';
        assert_eq!(VerifyingKey::from_bytes(&version), Err(KeyError::Magic));
    }
}

#[test]
fn a_keys_count_of_input_points_must_be_its_statements() {
    let bytes = Case::random(StatementId::RECEIVABLE_ELIGIBILITY_V2, 1).key.to_bytes();
    let head = "tradeseal/vk/v1\nreceivable/eligibility/v2\n".len();
    let count = head + 64 + 3 * 128;
    assert_eq!(bytes[count..count + 4], [0, 0, 0, 5]);
    for wrong in [0u32, 4, 6, u32::MAX] {
        let mut other = bytes.clone();
        other[count..count + 4].copy_from_slice(&wrong.to_be_bytes());
        assert!(
            matches!(VerifyingKey::from_bytes(&other), Err(KeyError::InputCount { .. })),
            "{wrong}"
        );
    }
    let mut renamed = bytes[..16].to_vec();
    renamed.extend_from_slice(b"receivable/unheard-of/v1\n");
    renamed.extend_from_slice(&bytes[head..]);
    assert!(matches!(
        VerifyingKey::from_bytes(&renamed),
        Err(KeyError::Statement(_))
    ));
}

proptest! {
    #[test]
    fn arbitrary_bytes_are_no_key_and_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..900)) {
        prop_assert!(VerifyingKey::from_bytes(&bytes).is_err());
        let mut headed = b"tradeseal/vk/v1\nreceivable/mint/v2\n".to_vec();
        headed.extend(bytes);
        prop_assert!(VerifyingKey::from_bytes(&headed).is_err());
    }
}
