//! Each note's nullifier is proven by its owner, for this file and no other, under a believed key; or it is not established.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use tradeseal_primitives::Fr;
use tradeseal_primitives::receivable::{Nullifier, UnixSeconds};

use super::scenario::*;
use crate::disclosure::*;
use crate::groth16::{KeyId, Proof, Provenance};
use crate::ledger_view::Offline;
use crate::statement::StatementId;
use crate::test_circuit::CircuitKeys;
use crate::test_log;
use crate::trust::{Trust, TrustedKey};
use crate::verdict::{Outcome, Verdict};

/// The supplier's file with these proofs in place of its own.
fn with_proofs(body: Body, proofs: &[Proof]) -> DisclosureReport {
    let bytes = Disclosure::new(keys().verifying.key_id(), body, proofs)
        .unwrap()
        .to_json();
    report_on(&[&bytes, &both()[1]])
}

fn proofs_of(body: &Body) -> Vec<Proof> {
    body.publics()
        .iter()
        .map(|public| keys().prove(&public.rows(), 5))
        .collect()
}

#[test]
fn proofs_made_anew_hold_too() {
    let body = world().suppliers();
    let proofs = proofs_of(&body);
    assert_eq!(with_proofs(body, &proofs).verdict, Verdict::Verified);
}

#[test]
fn a_proof_serves_one_note_of_one_file() {
    let body = world().suppliers();
    let mut swapped = proofs_of(&body);
    swapped.swap(0, 1);
    refused(
        &with_proofs(body.clone(), &swapped),
        &[Check::Proof],
        "file 1: note 1: ",
    );
    for edit in [
        (|body: &mut Body| body.audience = "Another Court".parse().unwrap()) as fn(&mut Body),
        |body| body.nonce = crate::request::Nonce::from_bytes([8; 32]),
        |body| body.made.0 -= 1,
        |body| body.invoice = None,
        |body| body.debtor = None,
        |body| body.remaining = None,
        |body| {
            body.entries.remove(1);
        },
    ] {
        let mut other = body.clone();
        edit(&mut other);
        refused(
            &with_proofs(other, &proofs_of(&body)),
            &[Check::Proof],
            "file 1: note 1: ",
        );
    }
}

#[test]
fn a_nullifier_that_no_proof_vouches_for_is_refused() {
    let body = world().suppliers();
    let proofs = proofs_of(&body);
    let mut lying = body;
    lying.notes[2].nullifier = Nullifier::from_fr(Fr::from(5u64));
    let report = with_proofs(lying, &proofs);
    let failed = with_outcome(&report, Outcome::Failed);
    assert!(failed.contains(&Check::Proof.name()), "{report}");
    assert!(
        !report
            .claims
            .iter()
            .any(|claim| claim.name == "unspent" && claim.established),
        "{report}"
    );
}

#[test]
fn a_damaged_proof_is_refused_naming_its_number() {
    let text = String::from_utf8(both()[0].clone()).unwrap();
    let at = text.rfind("\"proofs\"").unwrap();
    let first = at + text[at..].find("[\n    \"").unwrap() + 7;
    let broken = |to: &str| [&text[..first], to, &text[first + 64..]].concat();
    let zero = report_on(&[broken(&"0".repeat(64)).as_bytes(), &both()[1]]);
    assert!(
        with_outcome(&zero, Outcome::Failed).contains(&Check::ProofEncoding.name()),
        "{zero}"
    );
    let cut = report_on(&[broken("").as_bytes(), &both()[1]]);
    refused(
        &cut,
        &[Check::ProofEncoding],
        "file 1: proof 1: a proof is 256 bytes, got 224",
    );
}

#[test]
fn an_unknown_key_or_one_of_another_statement_is_refused() {
    let body = world().suppliers();
    let unknown = Disclosure::new(KeyId::from_bytes([1; 32]), body.clone(), &proofs_of(&body)).unwrap();
    refused(&report_on(&[&unknown.to_json()]), &[Check::KeyKnown], "no key 0101");
    let transfer = CircuitKeys::new(StatementId::RECEIVABLE_TRANSFER_V1, 3).verifying;
    let file = Disclosure::new(transfer.key_id(), body.clone(), &proofs_of(&body)).unwrap();
    let keys = vec![TrustedKey::new(transfer, CEREMONY)];
    let trust = Trust::new(vec![test_log::signer().key().clone()], keys, false, None).unwrap();
    let report = verify_disclosures(&[&file.to_json()], &trust, UnixSeconds(NOW), &Offline);
    refused(&report, &[Check::KeyKnown], "is for receivable/transfer/v1");
}

#[test]
fn development_keys_are_inconclusive_unless_allowed_and_then_said_aloud() {
    let files = [&both()[0][..], &both()[1]];
    let report = |allow| {
        let trust = trust(Provenance::InsecureDev, allow);
        verify_disclosures(&files, &trust, UnixSeconds(NOW), &Offline)
    };
    let refused = report(false);
    assert_eq!(refused.verdict, Verdict::Inconclusive, "{refused}");
    assert_eq!(
        with_outcome(&refused, Outcome::NotChecked),
        [Check::KeyProvenance.name()]
    );
    let established = |report: &DisclosureReport, name: &str| {
        report
            .claims
            .iter()
            .any(|claim| claim.name == name && claim.established)
    };
    // What the log alone shows stands; what owners proved does not.
    assert!(established(&refused, "minted") && !established(&refused, "unspent") && !established(&refused, "moved"));
    let allowed = report(true);
    assert_eq!(allowed.verdict, Verdict::Verified, "{allowed}");
    assert!(
        allowed.sentence.contains("Development keys were used"),
        "{}",
        allowed.sentence
    );
    assert!(allowed.not_established[0].contains("development keys"), "{allowed}");
    assert!(!report_on(&files).to_string().to_lowercase().contains("development"));
}
