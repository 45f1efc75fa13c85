//! Each value that a presentation brings, replaced by another that is just as valid by itself: a root that the ledger
//! knows, a nullifier that could be, a proof that holds for something else.

use ark_bn254::G1Affine;
use tradeseal_primitives::Fr;
use tradeseal_primitives::receivable::Nullifier;
use tradeseal_verifier::entry::StateRecord;
use tradeseal_verifier::groth16::Proof;
use tradeseal_verifier::log::{LogSigner, SignedCheckpoint, TlogProof};
use tradeseal_verifier::presentation::Presentation;
use tradeseal_verifier::statement::{DilutionRoot, NoteRoot, StatementId};
use tradeseal_verifier::verdict::Verdict;

use crate::financed::{FIRST, SECOND};
use crate::stage::{Stage, failed};

/// A replacement, and the checks that must fail for it: these and no others.
struct Replacement {
    what: &'static str,
    make: fn(&Stage, &mut Presentation),
    failed: &'static [&'static str],
}

#[rustfmt::skip]
const REPLACEMENTS: &[Replacement] = &[
    Replacement { what: "another statement", failed: &["statement"],
        make: |_, it| it.statement = StatementId::RECEIVABLE_MINT_V2 },
    Replacement { what: "a trusted key of another statement", failed: &["key_known"],
        make: |stage, it| it.key_id = key_of(stage, StatementId::RECEIVABLE_MINT_V2) },
    Replacement { what: "the digest of another bank's request", failed: &["request_match"],
        make: |stage, it| it.request_digest = stage.request(SECOND).digest() },
    Replacement { what: "an earlier root of the same ledger", failed: &["root_in_state", "proof"],
        make: |stage, it| it.rows.note_root = first_state(stage).note_root },
    Replacement { what: "an earlier root of the same ledger, with its state record", failed: &["proof"],
        make: |stage, it| { it.rows.note_root = first_state(stage).note_root; it.anchor = stage.anchor(stage.states()[0]); } },
    Replacement { what: "a root that the ledger never had", failed: &["root_in_state", "proof"],
        make: |_, it| it.rows.note_root = NoteRoot::from_fr(Fr::from(1u64)) },
    Replacement { what: "a root of dilutions that the ledger never had", failed: &["dilution_in_state", "proof"],
        make: |_, it| it.rows.dilution_root = DilutionRoot::from_fr(Fr::from(1u64)) },
    Replacement { what: "another nullifier", failed: &["proof"],
        make: |_, it| it.rows.nullifier = Nullifier::from_fr(it.rows.nullifier.to_fr() + Fr::from(1u64)) },
    Replacement { what: "the nullifier 0", failed: &["proof"],
        make: |_, it| it.rows.nullifier = Nullifier::from_fr(Fr::from(0u64)) },
    Replacement { what: "the proof for another bank's request", failed: &["proof"],
        make: |stage, it| it.proof = stage.presentation(SECOND).proof },
    Replacement { what: "the proof with its first point negated", failed: &["proof"],
        make: |_, it| it.proof = with_points(it, |a, c| (-a, c)) },
    Replacement { what: "the proof with two points exchanged", failed: &["proof"],
        make: |_, it| it.proof = with_points(it, |a, c| (c, a)) },
    Replacement { what: "a proof of no bytes", failed: &["proof_encoding"],
        make: |_, it| it.proof = Vec::new() },
    Replacement { what: "a proof with a byte more", failed: &["proof_encoding"],
        make: |_, it| it.proof.push(0) },
    Replacement { what: "a proof of zeros: the identity", failed: &["proof_encoding"],
        make: |_, it| it.proof = vec![0; Proof::BYTES] },
    Replacement { what: "the newest state record without its proof", failed: &["log_inclusion"],
        make: |stage, it| it.anchor.state_entry = newest_anchor(stage).state_entry },
    Replacement { what: "the newest proof without its state record", failed: &["log_inclusion"],
        make: |stage, it| it.anchor.tlog_proof = newest_anchor(stage).tlog_proof },
    Replacement { what: "an entry that is no state record, with its proof", failed: &["state_record"],
        make: |stage, it| it.anchor = stage.anchor(0) },
    Replacement { what: "a checkpoint that another key signed", failed: &["checkpoint_signature"],
        make: |stage, it| it.anchor.tlog_proof = signed_by_another(stage, &it.anchor.tlog_proof) },
];

fn key_of(stage: &Stage, statement: StatementId) -> tradeseal_verifier::groth16::KeyId {
    stage
        .trust
        .keys()
        .iter()
        .find(|key| key.statement() == statement)
        .unwrap()
        .id()
}

fn first_state(stage: &Stage) -> StateRecord {
    StateRecord::decode(&stage.anchor(stage.states()[0]).state_entry).unwrap()
}

fn newest_anchor(stage: &Stage) -> tradeseal_verifier::presentation::Anchor {
    stage.anchor(*stage.states().last().unwrap())
}

fn with_points(it: &Presentation, change: fn(G1Affine, G1Affine) -> (G1Affine, G1Affine)) -> Vec<u8> {
    let proof = Proof::from_bytes(&it.proof).unwrap();
    let (a, b, c) = proof.points();
    let (a, c) = change(*a, *c);
    Proof::from_points(a, *b, c).unwrap().to_bytes().into()
}

/// The same proof under the same checkpoint, signed by a key that the trust file does not name.
fn signed_by_another(stage: &Stage, tlog_proof: &str) -> String {
    let genuine = TlogProof::parse(tlog_proof).unwrap();
    let key = ed25519_dalek::SigningKey::from_bytes(&[7; 32]);
    let signer = LogSigner::new(stage.local().origin().clone(), key).unwrap();
    let checkpoint = genuine.checkpoint().unchecked_checkpoint().clone();
    let forged = SignedCheckpoint::sign(checkpoint, &signer).unwrap();
    TlogProof::new(genuine.index(), genuine.hashes().to_vec(), forged)
        .unwrap()
        .to_string()
}

#[test]
fn each_value_replaced_by_another_valid_one_is_not_verified_by_the_check_that_names_it() {
    let stage = Stage::financed();
    let request = stage.request(FIRST);
    for replacement in REPLACEMENTS {
        let mut presentation = stage.presentation(FIRST);
        (replacement.make)(&stage, &mut presentation);
        let report = stage.judge(&presentation.to_json(), &request);
        assert_eq!(
            report.verdict,
            Verdict::NotVerified,
            "{}: {}",
            replacement.what,
            report.sentence
        );
        assert_eq!(
            failed(&report),
            replacement.failed,
            "{}: {}",
            replacement.what,
            report.sentence
        );
        assert!(
            report.claims.iter().all(|claim| claim.proven.is_none()),
            "{}",
            replacement.what
        );
    }
}

/// So that the table above fails for what was replaced, not for replacing.
#[test]
fn a_newer_state_record_with_its_own_proof_verifies_while_the_root_stands() {
    let stage = Stage::financed();
    let mut presentation = stage.presentation(FIRST);
    let newest = newest_anchor(&stage);
    assert_ne!(newest, presentation.anchor);
    presentation.anchor = newest;
    let report = stage.judge(&presentation.to_json(), &stage.request(FIRST));
    assert_eq!(report.verdict, Verdict::Verified, "{}", report.sentence);
}
