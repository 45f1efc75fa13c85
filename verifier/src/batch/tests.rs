//! A folder's results are what each file alone would get.

use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

use super::*;
use crate::eligibility::tests::scenario::{CEREMONY, FREE, NOW, bank, draft, presentation, request, trust};
use crate::eligibility::verify_eligibility;
use crate::request::{Nonce, Request};
use crate::verdict::Verdict;

fn other_request() -> Request {
    let mut draft = draft();
    draft.nonce = Nonce::from_bytes([11; 32]);
    Request::sign(draft, &bank(7)).unwrap()
}

fn files() -> Vec<HandedFile> {
    let mut damaged = presentation(&request());
    damaged.proof[70] ^= 1;
    let mut another_proof = presentation(&other_request());
    another_proof.proof = presentation(&request()).proof;
    let mut unknown_key = presentation(&request());
    unknown_key.key_id = crate::groth16::KeyId::from_bytes([0; 32]);
    let named = [
        ("a", presentation(&request())),
        ("b", presentation(&other_request())),
        ("c", damaged),
        ("d", presentation(&request())),
        ("e", another_proof),
        ("f", unknown_key),
    ];
    named
        .into_iter()
        .map(|(name, presentation)| HandedFile {
            name: name.to_string(),
            kind: FileKind::Presentation,
            bytes: presentation.to_json(),
        })
        .collect()
}

#[test]
fn each_file_gets_the_report_that_it_gets_alone_under_its_own_request() {
    let trust = trust(CEREMONY, false, None);
    let questions = Questions::new(vec![request(), other_request(), request()]);
    let files = files();
    let results = verify_all(&files, &questions, &trust, UnixSeconds(NOW), &FREE);
    for (file, result) in files.iter().zip(&results.results) {
        let asked = questions.asked(&file.bytes).unwrap();
        let alone = verify_eligibility(&file.bytes, asked, &trust, UnixSeconds(NOW), &FREE);
        let expected = FileReport::Presentation(alone);
        assert_eq!(result.outcome.as_ref().unwrap(), &expected, "{}", file.name);
    }
    assert_eq!(results.not_verified, ["c", "e", "f"]);
    assert_eq!(results.verdict, Verdict::NotVerified);
    // All but the one whose key nobody knows.
    assert_eq!(results.proofs_together, 5);
}

#[test]
fn good_ones_alone_are_verified_and_none_at_all_establish_nothing() {
    let trust = trust(CEREMONY, false, None);
    let questions = Questions::new(vec![request(), other_request()]);
    let good: Vec<_> = files().into_iter().filter(|file| "abd".contains(&file.name)).collect();
    let results = verify_all(&good, &questions, &trust, UnixSeconds(NOW), &FREE);
    assert_eq!((results.verdict, results.not_verified.len()), (Verdict::Verified, 0));
    let nothing = verify_all(&[], &questions, &trust, UnixSeconds(NOW), &FREE);
    assert_eq!(nothing.verdict, Verdict::Inconclusive);
}

#[test]
fn what_names_no_request_at_hand_is_said_and_does_not_hide_the_others() {
    let trust = trust(CEREMONY, false, None);
    let third = {
        let mut draft = draft();
        draft.nonce = Nonce::from_bytes([12; 32]);
        Request::sign(draft, &bank(7)).unwrap()
    };
    let questions = Questions::new(vec![request(), third]);
    let mut files: Vec<_> = files().into_iter().filter(|file| "ab".contains(&file.name)).collect();
    let verdict = |files: &[HandedFile]| verify_all(files, &questions, &trust, UnixSeconds(NOW), &FREE);
    let open = verdict(&files);
    assert_eq!(open.results[0].verdict(), Verdict::Verified);
    assert_eq!(open.results[1].outcome, Err(Unanswered::NoRequest));
    assert_eq!(open.verdict, Verdict::Inconclusive);
    files.push(HandedFile {
        name: "z".to_string(),
        kind: FileKind::Presentation,
        bytes: b"no presentation".to_vec(),
    });
    let bad = verdict(&files);
    assert_eq!(
        (bad.verdict, &bad.not_verified[..]),
        (Verdict::NotVerified, &["z".to_string()][..])
    );
    let text = bad.to_string();
    assert!(
        text.starts_with("Not verified: of 3 files 1 are verified, 1 inconclusive, 1 not verified"),
        "{text}"
    );
    let json: serde_json::Value = serde_json::from_slice(&bad.to_json()).unwrap();
    assert_eq!(json["results"][1]["error"]["code"], "no_request");
    assert_eq!(json["results"][2]["error"]["code"], "presentation_refused");
    assert_eq!(json["results"][0]["report"]["verdict"], "verified");
}

#[test]
fn evidence_among_them_is_judged_as_evidence_and_needs_no_request() {
    let trust = trust(CEREMONY, false, None);
    let mut files = files();
    files.truncate(1);
    files.push(HandedFile {
        name: "e".to_string(),
        kind: FileKind::Evidence,
        bytes: b"no evidence".to_vec(),
    });
    let results = verify_all(
        &files,
        &Questions::new(vec![request()]),
        &trust,
        UnixSeconds(NOW),
        &FREE,
    );
    assert_eq!(results.results[0].verdict(), Verdict::Verified);
    let expected = FileReport::Evidence(verify_evidence(b"no evidence", &trust, UnixSeconds(NOW)));
    assert_eq!(results.results[1].outcome, Ok(expected));
    assert_eq!(
        (results.verdict, &results.not_verified[..]),
        (Verdict::NotVerified, &["e".to_string()][..])
    );
}
