//! The report's JSON keys and the order of its text are a contract.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde_json::Value;
use tradeseal_primitives::receivable::UnixSeconds;

use super::scenario::*;
use crate::eligibility::{Check, verify_eligibility};
use crate::ledger_view::Offline;
use crate::verdict::CheckTable;
use crate::verdict::{Report, Verdict};

fn json(report: &Report) -> Value {
    serde_json::from_slice(&report.to_json()).unwrap()
}

fn keys_of(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

fn verified() -> Report {
    verdict_on(&presentation(&request()).to_json())
}

#[test]
fn the_json_keys_are_the_contracts() {
    for report in [verified(), verdict_on(b"")] {
        let json = json(&report);
        let top = [
            "asked",
            "basis",
            "checks",
            "claims",
            "not_established",
            "sentence",
            "verdict",
        ];
        assert_eq!(keys_of(&json), top);
        for check in json["checks"].as_array().unwrap() {
            assert_eq!(keys_of(check), ["detail", "meaning", "name", "outcome"]);
        }
        for claim in json["claims"].as_array().unwrap() {
            assert_eq!(keys_of(claim), ["name", "proven", "requested"]);
        }
        assert!(json["not_established"].as_array().unwrap().iter().all(Value::is_string));
        assert_eq!(
            keys_of(&json["asked"]),
            ["authenticated", "by", "expires", "issued", "key", "statement"]
        );
        assert_eq!(keys_of(&json["basis"]), ["key_id", "log", "provenance", "state_time"]);
    }
}

#[test]
fn every_check_is_listed_once_in_the_same_order_whatever_the_verdict() {
    let names = [
        "presentation_format",
        "statement",
        "request_signature",
        "request_validity",
        "request_match",
        "key_known",
        "key_provenance",
        "proof_encoding",
        "state_record",
        "checkpoint_signature",
        "cosignatures",
        "log_inclusion",
        "root_in_state",
        "root_fresh",
        "dilution_in_state",
        "dilution_fresh",
        "proof",
        "nullifier_unspent",
        "not_locked",
    ];
    assert_eq!(Check::ALL.map(Check::name), names);
    // The trust file of these tests asks for no log witnesses.
    let names: Vec<&str> = names.into_iter().filter(|name| *name != "cosignatures").collect();
    for report in [verified(), verdict_on(b""), verdict_on(b"{}")] {
        let listed: Vec<&str> = report.checks.iter().map(|check| check.name).collect();
        assert_eq!(listed, names);
    }
}

/// The order of a table and of an enum are two lists; they must be one.
#[test]
fn the_order_of_checks_is_that_of_their_numbers_and_needs_point_backwards_or_to_checks_made_first() {
    for (at, check) in Check::ALL.into_iter().enumerate() {
        assert_eq!(check as usize, at);
        assert!(
            check.needs().iter().all(|needed| (*needed as usize) < at),
            "{}",
            check.name()
        );
    }
}

#[test]
fn a_verified_report_says_what_was_asked_and_what_is_proven_without_showing_more() {
    let json = json(&verified());
    assert_eq!(json["verdict"], "verified");
    assert_eq!(
        json["sentence"],
        "Verified: the presenter owns a receivable of at least 1000.00 EUR, owed by an approved debtor, acknowledged by it \
         and due from 2026-12-01 to 2027-03-31, that is neither spent nor locked by another financier."
    );
    let claims: Vec<(&str, &str, Option<&str>)> = json["claims"]
        .as_array()
        .unwrap()
        .iter()
        .map(|claim| {
            let text = |key: &str| claim[key].as_str();
            (text("name").unwrap(), text("requested").unwrap(), text("proven"))
        })
        .collect();
    let owed = "owed by one of 3 approved debtors";
    assert_eq!(
        claims,
        [
            (
                "owner",
                "the presenter controls the receivable",
                Some("its owner signed for this request")
            ),
            (
                "amount",
                "at least 1000.00 EUR",
                Some("at least 1000.00 EUR after the credit notes and prepayments on record; the amount stays hidden")
            ),
            (
                "due_date",
                "due from 2026-12-01 to 2027-03-31",
                Some("due from 2026-12-01 to 2027-03-31; the day stays hidden")
            ),
            (
                "debtor",
                owed,
                Some("owed by one of 3 approved debtors; which one stays hidden")
            ),
            (
                "acknowledged",
                "acknowledged by the debtor",
                Some("the debtor's signature was verified at minting")
            ),
            (
                "other_payee_named",
                "names no other payee",
                Some("names no other payee, by the supplier's own word")
            ),
            (
                "unspent",
                "not transferred or settled",
                Some("unspent on the ledger at the time of this check")
            ),
            (
                "not_locked",
                "not locked by another financier",
                Some("not locked by another financier")
            ),
        ]
    );
}

#[test]
fn the_basis_names_key_log_entry_and_time() {
    let json = json(&verified());
    assert_eq!(json["basis"]["key_id"], keys().verifying.key_id().to_string());
    assert_eq!(json["basis"]["provenance"]["ceremony"]["transcript"], "ce".repeat(32));
    assert_eq!(
        json["basis"]["log"],
        serde_json::json!({"origin": ORIGIN, "index": 3, "size": 7})
    );
    assert_eq!(json["basis"]["state_time"], STATE_TIME);
    let nothing = self::json(&verdict_on(b""));
    assert!(
        nothing["basis"].as_object().unwrap().values().all(Value::is_null),
        "{nothing}"
    );
}

#[test]
fn the_text_begins_with_the_sentence_and_keeps_its_order() {
    let bytes = presentation(&request()).to_json();
    let offline = verify_eligibility(
        &bytes,
        &request(),
        &trust(CEREMONY, false, None),
        UnixSeconds(NOW),
        &Offline,
    );
    for report in [verified(), offline, verdict_on(b"")] {
        let text = report.to_string();
        assert!(text.starts_with(&report.sentence), "{text}");
        let headings = [
            "Asked by   Bank A",
            "Requested and proven",
            "Checks",
            "This does not establish",
            "Rests on",
        ];
        let places: Vec<usize> = headings.iter().map(|heading| text.find(heading).unwrap()).collect();
        assert!(places.is_sorted(), "{text}");
        for check in &report.checks {
            assert!(text.contains(check.name) && text.contains(&check.detail), "{text}");
        }
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
    }
}

#[test]
fn limits_are_said_with_every_verdict() {
    for report in [verified(), verdict_on(b"")] {
        let all = report.not_established.join("\n");
        for limit in [
            "goods exist",
            "can or will pay",
            "minted on another ledger",
            "under two invoice numbers",
            "credit note or prepayment was recorded after",
            "outside this ledger",
        ] {
            assert!(all.contains(limit), "{limit}: {all}");
        }
        // The request demands the debtor's acknowledgment, so its absence is no limit here.
        assert!(!all.contains("agrees to the debt"), "{all}");
    }
}

#[test]
fn input_from_outside_cannot_steer_the_terminal() {
    let report = verdict_on(b"{\"\\u001b[2J\\u202everified\": 1}");
    assert_eq!(report.verdict, Verdict::NotVerified);
    let text = report.to_string();
    assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'), "{text:?}");
}
