//! Requests that do not fit: too old, another's, altered.

use std::fs;

use serde_json::Value;
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_server::wallet::BankKey;
use tradeseal_verifier::request::{Request, RequestDraft};
use tradeseal_verifier::verdict::Verdict;

use crate::files::Files;
use crate::financed::{self, FIRST, SECOND};
use crate::flow::{edited, only_receivable, text};
use crate::machine::{Machine, checks};
use crate::stage::{Stage, failed, open_wallet};

/// Signs a draft with a bank's key; gives the request's path.
fn signed(machine: &Machine, draft: RequestDraft, bank: &str) -> String {
    let key: BankKey = open_wallet(machine).get(&bank.parse().unwrap()).unwrap();
    let request = Request::sign(draft, key.signing_key()).unwrap();
    machine.file("signed.json", request.to_json())
}

fn draft(request: &str) -> RequestDraft {
    Request::parse(&fs::read(request).unwrap()).unwrap().draft().clone()
}

#[test]
fn a_request_holds_from_its_issue_to_the_second_before_it_expires() {
    let stage = Stage::financed();
    let (request, presentation) = (stage.request(FIRST), stage.presentation(FIRST).to_json());
    let RequestDraft { issued, expires, .. } = *request.draft();
    let verdict_at = |time| {
        let report = stage.judge_at(&presentation, &request, UnixSeconds(time));
        (report.verdict, failed(&report))
    };
    assert_eq!(verdict_at(issued.0), (Verdict::Verified, vec![]));
    assert_eq!(verdict_at(expires.0 - 1), (Verdict::Verified, vec![]));
    assert_eq!(verdict_at(expires.0), (Verdict::NotVerified, vec!["request_validity"]));
    assert_eq!(
        verdict_at(issued.0 - 1),
        (Verdict::NotVerified, vec!["request_validity"])
    );
}

#[test]
fn an_expired_request_is_neither_answered_nor_verified() {
    let machine = financed::machine();
    let files = Files::of(&machine, FIRST);
    let genuine = draft(&files.request);
    let past = RequestDraft {
        issued: UnixSeconds(genuine.issued.0 - 7200),
        expires: UnixSeconds(genuine.issued.0 - 3600),
        ..genuine
    };
    let expired = signed(&machine, past, FIRST);
    assert_eq!(machine.run(&["request", "show", &expired]).data()["status"], "expired");
    let (item, output) = (text(&only_receivable(&machine), "item"), machine.path("none.json"));
    let answered = machine.run(&["prove", &expired, "--item", &item, "-o", &output]);
    assert_eq!(answered.error()["code"], "request_expired");
    let report = machine.verify(&files.with_request(&expired)).report(1);
    assert_eq!(
        checks(&report, "failed"),
        ["request_validity", "request_match", "proof"]
    );
}

#[test]
fn a_presentation_answers_one_request_only() {
    let machine = financed::machine();
    let (first, second) = (Files::of(&machine, FIRST), Files::of(&machine, SECOND));
    let report = machine.verify(&first.with_request(&second.request)).report(1);
    assert_eq!(checks(&report, "failed"), ["request_match", "proof"]);
}

#[test]
fn a_request_altered_or_signed_by_another_key_is_not_verified() {
    let machine = financed::machine();
    let files = Files::of(&machine, FIRST);
    let verify = |request: &str| checks(&machine.verify(&files.with_request(request)).report(1), "failed");

    let from_another = signed(&machine, draft(&files.request), SECOND);
    assert_eq!(verify(&from_another), ["request_match", "proof"]);
    let signature = serde_json::from_slice::<Value>(&fs::read(&from_another).unwrap()).unwrap()["signature"].clone();
    let forged = edited(&machine, &files.request, "forged.json", |it| {
        it["signature"] = signature;
    });
    assert_eq!(verify(&forged), ["request_signature"]);
    let lower = edited(&machine, &files.request, "lower.json", |it| {
        it["policy"]["min_amount_minor"] = "1".into();
    });
    assert_eq!(verify(&lower), ["request_signature", "request_match", "proof"]);
    let longer = edited(&machine, &files.request, "longer.json", |it| {
        it["expires"] = (it["expires"].as_u64().unwrap() + 1).into();
    });
    assert_eq!(verify(&longer), ["request_signature", "request_match", "proof"]);
    for altered in [&forged, &lower, &longer] {
        let shown = machine.run(&["request", "show", altered]);
        assert_eq!(shown.error()["code"], "request_signature");
    }
}

#[test]
fn a_lock_is_only_taken_on_a_verified_presentation_by_the_bank_that_asked() {
    let machine = financed::machine();
    let (first, second) = (Files::of(&machine, FIRST), Files::of(&machine, SECOND));
    let entries = machine.run(&["log", "checkpoint"]).data();
    let strict = edited(&machine, &first.trust, "strict.json", |it| {
        it["allow_insecure_dev"] = false.into();
    });
    machine.lock(&first.with_trust(&strict), FIRST).report(3);
    let late = machine.lock(&second, SECOND).report(1);
    assert_eq!(checks(&late, "failed"), ["not_locked"]);
    machine
        .lock(&first.with_presentation(&second.presentation), FIRST)
        .report(1);
    assert_eq!(machine.lock(&first, SECOND).error()["code"], "not_your_request");
    assert_eq!(machine.run(&["log", "checkpoint"]).data(), entries);
}
