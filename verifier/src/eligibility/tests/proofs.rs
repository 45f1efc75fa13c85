//! The proof is under a believed key, well formed, and holds for exactly these rows, or is refused.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;

use ark_bn254::{Fq, Fq2, G2Affine};
use ark_ec::AffineRepr;
use ark_ff::{BigInteger, One, PrimeField};
use tradeseal_primitives::Fr;
use tradeseal_primitives::receivable::{Nullifier, UnixSeconds};

use super::scenario::*;
use crate::eligibility::{Check, verify_eligibility};
use crate::groth16::{KeyId, Provenance, VerifyingKey};
use crate::statement::{DilutionRoot, NoteRoot, RequestDigest, StatementId};
use crate::trust::{Trust, TrustedKey};
use crate::verdict::{Outcome, Verdict};

#[test]
fn a_presentation_that_holds_is_verified() {
    let report = verdict_on(&presentation(&request()).to_json());
    assert_eq!(report.verdict, Verdict::Verified, "{report}");
    assert_eq!(
        with_outcome(&report, Outcome::Passed).len(),
        Check::ALL.len() - 1,
        "all but cosignatures, which nobody requires"
    );
}

#[test]
fn a_proof_made_anew_from_the_same_secret_is_verified_too_and_has_the_same_nullifier() {
    let mut again = presentation(&request());
    again.proof = prove(&public(request().digest()), 99).to_bytes().to_vec();
    assert_ne!(again.proof, presentation(&request()).proof);
    assert_eq!(verdict_on(&again.to_json()).verdict, Verdict::Verified);
    assert_eq!(again.rows, presentation(&request()).rows);
}

#[test]
fn an_unknown_key_is_refused() {
    let report = edited(|presentation| presentation.key_id = KeyId::from_bytes([1; 32]));
    refused(&report, &[Check::KeyKnown], "no key 0101");
    assert_eq!(
        detail(&report, Check::Proof),
        "not reached: it needs key_known, which failed"
    );
}

#[test]
fn a_key_of_another_statement_is_refused() {
    let key = &keys().verifying;
    let (alpha, beta, gamma, delta) = key.group_points();
    let mut inputs = key.input_points().to_vec();
    inputs.resize(StatementId::RECEIVABLE_MINT_V2.row_count() + 1, *alpha);
    let mint = VerifyingKey::from_points(StatementId::RECEIVABLE_MINT_V2, *alpha, *beta, *gamma, *delta, inputs);
    let mint = TrustedKey::new(mint.unwrap(), CEREMONY);
    let mut presentation = presentation(&request());
    presentation.key_id = mint.id();
    let trust = Trust::new(vec![log_signer().key().clone()], vec![mint], false, None).unwrap();
    let report = verify_eligibility(&presentation.to_json(), &request(), &trust, UnixSeconds(NOW), &FREE);
    refused(&report, &[Check::KeyKnown], "is for receivable/mint/v2");
}

#[test]
fn development_keys_are_inconclusive_unless_allowed_and_then_said_aloud() {
    let bytes = presentation(&request()).to_json();
    let verdict = |allow| {
        let trust = trust(Provenance::InsecureDev, allow, None);
        verify_eligibility(&bytes, &request(), &trust, UnixSeconds(NOW), &FREE)
    };
    let refused = verdict(false);
    assert_eq!(refused.verdict, Verdict::Inconclusive, "{refused}");
    assert_eq!(
        with_outcome(&refused, Outcome::NotChecked),
        [Check::KeyProvenance.name()]
    );
    assert!(
        refused.sentence.contains("development key") && refused.sentence.contains("forged"),
        "{}",
        refused.sentence
    );
    assert!(refused.claims.iter().all(|claim| claim.proven.is_none()), "{refused}");
    let allowed = verdict(true);
    assert_eq!(allowed.verdict, Verdict::Verified, "{allowed}");
    assert!(
        allowed.sentence.contains("Development keys were used"),
        "{}",
        allowed.sentence
    );
    assert!(allowed.not_established[0].contains("development keys"), "{allowed}");
    // A verdict under ceremony keys does not cry wolf.
    let ceremony = verdict_on(&bytes);
    assert!(
        !ceremony.to_string().to_lowercase().contains("development"),
        "{ceremony}"
    );
}

#[test]
fn a_proof_of_the_wrong_length_is_refused() {
    for length in [0, 255, 257] {
        let report = edited(|presentation| presentation.proof.resize(length, 0));
        refused(
            &report,
            &[Check::ProofEncoding],
            &format!("a proof is 256 bytes, got {length}"),
        );
    }
}

#[test]
fn proof_points_that_are_not_canonical_on_the_curve_in_the_subgroup_or_nonzero_are_refused() {
    let modulus = Fq::MODULUS.to_bytes_be();
    let coordinate =
        |at: usize, value: &[u8]| edited(|presentation| presentation.proof[at * 32..][..32].copy_from_slice(value));
    refused(
        &coordinate(0, &modulus),
        &[Check::ProofEncoding],
        "point A of the proof: a coordinate is not below",
    );
    refused(
        &coordinate(5, &[0xff; 32]),
        &[Check::ProofEncoding],
        "point B of the proof: a coordinate is not below",
    );
    refused(
        &coordinate(1, &[1; 32]),
        &[Check::ProofEncoding],
        "point A of the proof: the point is not on the curve",
    );
    refused(
        &coordinate(7, &[1; 32]),
        &[Check::ProofEncoding],
        "point C of the proof: the point is not on the curve",
    );
    let zero = edited(|presentation| presentation.proof[192..].fill(0));
    refused(
        &zero,
        &[Check::ProofEncoding],
        "point C of the proof: the point is the identity",
    );

    let stray = (0u64..)
        .filter_map(|x| G2Affine::get_point_from_x_unchecked(Fq2::new(Fq::from(x), Fq::one()), true))
        .find(|point| !point.is_in_correct_subgroup_assuming_on_curve())
        .unwrap();
    let (x, y) = stray.xy().unwrap();
    let stray = edited(|presentation| {
        for (at, value) in [x.c1, x.c0, y.c1, y.c0].iter().enumerate() {
            presentation.proof[64 + at * 32..][..32].copy_from_slice(&value.into_bigint().to_bytes_be());
        }
    });
    refused(
        &stray,
        &[Check::ProofEncoding],
        "point B of the proof: the point is on the curve but not in the subgroup",
    );
}

#[test]
fn a_row_not_below_the_modulus_is_refused_even_where_its_residue_is_right() {
    let text = String::from_utf8(presentation(&request()).to_json()).unwrap();
    // 2002 + r, the nullifier's other name.
    let aliased = "21888242871839275222246405745257275088548364400416034343698204186575808497619";
    let report = verdict_on(text.replace("\"2002\"", &format!("\"{aliased}\"")).as_bytes());
    refused(
        &report,
        &[Check::PresentationFormat],
        "not below the BN254 scalar field's modulus",
    );
}

#[test]
fn each_public_row_changed_is_refused() {
    let root = edited(|presentation| presentation.rows.note_root = NoteRoot::from_fr(Fr::from(1_002u64)));
    refused(
        &root,
        &[Check::RootInState, Check::Proof],
        "the state's root of notes is 1001",
    );
    // With a state record to match, the proof still tells.
    let moved = NoteRoot::from_fr(Fr::from(1_002u64));
    let matched = edited(|presentation| {
        presentation.rows.note_root = moved;
        presentation.anchor = anchor(moved, presentation.rows.dilution_root);
    });
    refused(&matched, &[Check::Proof], "does not hold");
    let other = DilutionRoot::from_fr(Fr::from(3_004u64));
    let undiluted = edited(|presentation| presentation.rows.dilution_root = other);
    refused(
        &undiluted,
        &[Check::DilutionInState, Check::Proof],
        "the state's root of dilutions is 3003",
    );
    let matched = edited(|presentation| {
        presentation.rows.dilution_root = other;
        presentation.anchor = anchor(presentation.rows.note_root, other);
    });
    refused(&matched, &[Check::Proof], "does not hold");
    let nullifier = edited(|presentation| presentation.rows.nullifier = Nullifier::from_fr(Fr::from(2_003u64)));
    refused(&nullifier, &[Check::Proof], "does not hold");
    assert_eq!(
        detail(&nullifier, Check::NullifierUnspent),
        "not reached: it needs proof, which failed"
    );
    let digest = edited(|presentation| {
        presentation.request_digest = RequestDigest::from_fr(Fr::from(5u64));
    });
    refused(&digest, &[Check::RequestMatch], "the presentation names 5");
}
