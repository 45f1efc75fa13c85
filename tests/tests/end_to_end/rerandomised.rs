//! Groth16 proofs can be re-randomised by anyone: the bytes change, the statement does not. So bytes are no identity;
//! the nullifier is.

use ark_bn254::{Fr, G2Affine};
use ark_ec::CurveGroup;
use ark_ff::Field;
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_server::operations::lock::lock;
use tradeseal_verifier::groth16::Proof;
use tradeseal_verifier::ledger_view::{LedgerView, NullifierStatus};
use tradeseal_verifier::presentation::Presentation;
use tradeseal_verifier::verdict::Verdict;

use crate::financed::{FIRST, SECOND};
use crate::stage::{Stage, failed, now};

/// `(A/r, rB + rs*delta, C + sA)`: the pairings gain `e(A, s*delta)` on both sides of the equation.
fn rerandomise(proof: &Proof, delta: &G2Affine, r: Fr, s: Fr) -> Proof {
    let (a, b, c) = proof.points();
    let b = *b * r + *delta * (r * s);
    Proof::from_points(
        (*a * r.inverse().unwrap()).into_affine(),
        b.into_affine(),
        (*a * s + c).into_affine(),
    )
    .unwrap()
}

fn rerandomised(stage: &Stage, genuine: &Presentation, r: u64, s: u64) -> Presentation {
    let key = stage.trust.key(genuine.key_id).unwrap().key();
    let (.., delta) = key.group_points();
    let proof = Proof::from_bytes(&genuine.proof).unwrap();
    let other = rerandomise(&proof, delta, Fr::from(r), Fr::from(s));
    assert_ne!(other, proof);
    Presentation {
        proof: other.to_bytes().to_vec(),
        ..genuine.clone()
    }
}

#[test]
fn a_rerandomised_proof_gets_the_very_report_of_the_original() {
    let stage = Stage::financed();
    let (request, genuine) = (stage.request(FIRST), stage.presentation(FIRST));
    let now = now();
    let report = stage.judge_at(&genuine.to_json(), &request, now);
    assert_eq!(report.verdict, Verdict::Verified);
    for (r, s) in [(1, 1), (3, 0), (3, 5), (u64::MAX, 77)] {
        let other = rerandomised(&stage, &genuine, r, s);
        assert_eq!(
            stage.judge_at(&other.to_json(), &request, now),
            report,
            "r = {r}, s = {s}"
        );
    }
}

#[test]
fn a_rerandomised_proof_is_no_second_receivable() {
    let stage = Stage::financed();
    let nullifier = stage.presentation(FIRST).rows.nullifier;
    let holder = stage.bank_key(FIRST);
    let expires = UnixSeconds(now().0 + 3600);

    let (request, genuine) = (stage.request(SECOND), stage.presentation(SECOND));
    let other = rerandomised(&stage, &genuine, 3, 5);
    assert_eq!(other.rows.nullifier, nullifier);
    let report = stage.judge(&other.to_json(), &request);
    assert_eq!(
        (report.verdict, failed(&report)),
        (Verdict::NotVerified, vec!["not_locked"])
    );
    let second = stage.bank_key(SECOND);
    let refused = lock(stage.local(), &second, (&request, &other), expires).unwrap_err();
    assert_eq!(refused.code(), "receivable_locked");

    // Its holder may lock again, with whichever bytes: there is still one lock, and it is the holder's.
    let (request, genuine) = (stage.request(FIRST), stage.presentation(FIRST));
    let other = rerandomised(&stage, &genuine, 7, 11);
    lock(stage.local(), &holder, (&request, &other), expires).unwrap();
    let status = stage.ledger().nullifier_status(nullifier).unwrap();
    assert!(
        matches!(status, NullifierStatus::Locked { by, until } if by.0 == holder.public_key() && until == expires),
        "{status:?}"
    );
}
