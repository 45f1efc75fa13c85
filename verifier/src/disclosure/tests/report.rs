//! The report's JSON keys and the order of its text are a contract; a reachable ledger adds what happened since.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde_json::Value;
use tradeseal_primitives::receivable::{Nullifier, UnixSeconds};

use super::scenario::*;
use crate::disclosure::*;
use crate::entry::Ed25519Key;
use crate::ledger_view::{LedgerView, NullifierStatus, RootStatus, Unavailable};
use crate::log::KeyName;
use crate::statement::{DilutionRoot, NoteRoot, RevocationRoot};
use crate::test_log::ORIGIN;
use crate::verdict::{CheckTable, Verdict};

fn files() -> [&'static [u8]; 2] {
    [&both()[0], &both()[1]]
}

#[test]
fn every_check_is_listed_once_in_the_same_order_whatever_the_verdict() {
    let names = [
        "disclosure_format",
        "one_receivable",
        "made",
        "entries",
        "checkpoint_signature",
        "cosignatures",
        "log_inclusion",
        "ledger",
        "nothing_else",
        "openings",
        "minting",
        "invoice",
        "key_known",
        "key_provenance",
        "proof_encoding",
        "proof",
        "spent",
        "unspent",
        "amounts",
        "remaining",
        "complete",
    ];
    assert_eq!(Check::ALL.map(Check::name), names);
    // The trust file of these tests asks for no log witnesses.
    let names: Vec<&str> = names.into_iter().filter(|name| *name != "cosignatures").collect();
    for report in [report_on(&files()), report_on(&[b"{}"]), report_on(&files()[..1])] {
        let listed: Vec<&str> = report.checks.iter().map(|check| check.name).collect();
        assert_eq!(listed, names);
    }
    for (at, check) in Check::ALL.into_iter().enumerate() {
        let before = |needed: &Check| Check::ALL[..at].contains(needed);
        assert!(check.needs().iter().all(before), "{}", check.name());
    }
}

#[test]
fn the_json_keys_are_the_contracts() {
    let keys_of = |value: &Value| -> BTreeSet<String> { value.as_object().unwrap().keys().cloned().collect() };
    let set = |names: &[&str]| -> BTreeSet<String> { names.iter().map(ToString::to_string).collect() };
    for report in [report_on(&files()), report_on(&[b"{}"])] {
        let json: Value = serde_json::from_slice(&report.to_json()).unwrap();
        let top = [
            "basis",
            "checks",
            "claims",
            "made_for",
            "not_established",
            "sentence",
            "verdict",
        ];
        assert_eq!(keys_of(&json), set(&top));
        for claim in json["claims"].as_array().unwrap() {
            assert_eq!(keys_of(claim), set(&["established", "name", "text"]));
        }
        for made_for in json["made_for"].as_array().unwrap() {
            assert_eq!(keys_of(made_for), set(&["made", "name", "notes"]));
        }
        assert_eq!(
            keys_of(&json["basis"]),
            set(&["as_of", "key_ids", "log", "log_size", "provenances"])
        );
    }
    let json: Value = serde_json::from_slice(&report_on(&files()).to_json()).unwrap();
    assert_eq!(json["basis"]["log"], ORIGIN);
    assert_eq!(json["basis"]["log_size"], 11);
    assert_eq!(json["basis"]["as_of"], START + 1_000);
    assert_eq!(
        json["made_for"][0],
        serde_json::json!({"name": "Commercial Court", "made": NOW - 100, "notes": 3})
    );
}

#[test]
fn the_history_is_told_in_order_in_words() {
    let report = report_on(&files());
    let (supplier, second) = (owner(SUPPLIER).address, owner(SECOND).address);
    let told: Vec<(&str, &str)> = report
        .claims
        .iter()
        .map(|claim| (claim.name, claim.text.as_str()))
        .collect();
    let terms = terms();
    let expected = [
        (
            "terms",
            format!(
                "receivable number {}, due on 2026-12-13, owed by party {} to party {}",
                terms.number, terms.debtor, terms.creditor
            ),
        ),
        ("debtor", "the debtor is VAT:FR22222222222".to_string()),
        ("supplier", "the minting supplier is VAT:DE111111111".to_string()),
        ("invoice", "it is invoice \"re 2026/7\", issued on 2026-09-04".to_string()),
        (
            "minted",
            "entry 2, between 2026-09-21 14:15:00 UTC and 2026-09-21 14:18:20 UTC: 1000.00 EUR minted, acknowledged by the \
             debtor, whose signature was checked"
                .to_string(),
        ),
        (
            "moved",
            format!(
                "entry 4, between 2026-09-21 14:18:20 UTC and 2026-09-21 14:21:40 UTC: {supplier} moved 600.00 EUR to \
                 {second}, 300.00 EUR kept, 100.00 EUR settled"
            ),
        ),
        (
            "moved",
            format!(
                "entry 6, between 2026-09-21 14:21:40 UTC and 2026-09-21 14:26:40 UTC: {second} moved 250.00 EUR settled, \
                 350.00 EUR kept"
            ),
        ),
        (
            "diluted",
            "entry 7, between 2026-09-21 14:21:40 UTC and 2026-09-21 14:26:40 UTC: credit notes or prepayments left 90 % of \
             the face amount"
                .to_string(),
        ),
        (
            "remaining",
            "credit notes and prepayments on record by 2026-09-21 14:30:00 UTC leave 90 % of each amount".to_string(),
        ),
    ];
    for (expected, told) in expected.iter().zip(&told) {
        assert_eq!((expected.0, expected.1.as_str()), *told);
    }
    let unspent: BTreeSet<&str> = told[expected.len()..].iter().map(|(_, text)| *text).collect();
    let left = [(300, supplier, 4), (350, second, 6)].map(|(amount, of, entry)| {
        format!("{amount}.00 EUR of {of}, from entry {entry}, unspent on 2026-09-21 14:30:00 UTC")
    });
    assert_eq!(unspent, left.iter().map(String::as_str).collect());
}

#[test]
fn the_text_begins_with_the_sentence_and_keeps_its_order() {
    for report in [report_on(&files()), report_on(&files()[1..]), report_on(&[b"\x1b[2J"])] {
        let text = report.to_string();
        assert!(text.starts_with(&report.sentence), "{text}");
        let headings = ["History", "Checks", "This does not establish", "Rests on"];
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
    for report in [report_on(&files()), report_on(&[b"{}"])] {
        let all = report.not_established.join("\n");
        for limit in [
            "after the times given",
            "stands behind an address",
            "outside this ledger",
            "no financier has reserved a note",
            "log witnesses",
        ] {
            assert!(all.contains(limit), "{limit}: {all}");
        }
    }
}

/// A ledger that gives one answer for every nullifier, and holds that only proven ones are asked about.
struct Told(&'static str, NullifierStatus);

impl LedgerView for Told {
    fn origin(&self) -> Result<KeyName, Unavailable> {
        Ok(KeyName::new(self.0).unwrap())
    }

    fn root_status(&self, _: NoteRoot) -> Result<RootStatus, Unavailable> {
        panic!("a disclosure asks about no root")
    }

    fn dilution_root_status(&self, _: DilutionRoot) -> Result<RootStatus, Unavailable> {
        panic!("a disclosure asks about no root")
    }

    fn revocation_root_status(&self, _: RevocationRoot) -> Result<RootStatus, Unavailable> {
        panic!("no credential is asked about")
    }

    fn nullifier_status(&self, nullifier: Nullifier) -> Result<NullifierStatus, Unavailable> {
        let asked = [
            world().suppliers().notes[2].nullifier,
            world().seconds().notes[2].nullifier,
        ];
        assert!(
            asked.contains(&nullifier),
            "asked about a note that is not shown unspent"
        );
        Ok(self.1)
    }
}

fn seen_by(ledger: &Told) -> DisclosureReport {
    verify_disclosures(&files(), &trust(CEREMONY, false), UnixSeconds(NOW), ledger)
}

fn unspent_claims(report: &DisclosureReport) -> Vec<&str> {
    let unspent = report.claims.iter().filter(|claim| claim.name == "unspent");
    unspent.map(|claim| claim.text.as_str()).collect()
}

#[test]
fn a_reachable_ledger_adds_what_happened_since_and_leaves_the_verdict() {
    let spent = seen_by(&Told(ORIGIN, NullifierStatus::Spent));
    assert_eq!(spent.verdict, Verdict::Verified, "{spent}");
    assert!(
        unspent_claims(&spent)
            .iter()
            .all(|text| text.ends_with("UTC; spent since")),
        "{spent}"
    );
    assert!(
        spent
            .sentence
            .ends_with("Since then 2 notes of it were spent: ask for a new disclosure to see where they went."),
        "{}",
        spent.sentence
    );
    let free = seen_by(&Told(ORIGIN, NullifierStatus::Unspent));
    assert!(
        unspent_claims(&free)
            .iter()
            .all(|text| text.ends_with("; still unspent")),
        "{free}"
    );
    assert!(!free.sentence.contains("Since then"), "{}", free.sentence);
    let lock = |until| NullifierStatus::Locked {
        by: Ed25519Key([1; 32]),
        until: UnixSeconds(until),
    };
    let locked = seen_by(&Told(ORIGIN, lock(NOW + 1)));
    assert!(
        unspent_claims(&locked)[0].contains("reserved by a financier until"),
        "{locked}"
    );
    let over = seen_by(&Told(ORIGIN, lock(NOW)));
    assert!(unspent_claims(&over)[0].ends_with("; still unspent"), "{over}");
    let elsewhere = seen_by(&Told("elsewhere.example", NullifierStatus::Spent));
    assert!(
        unspent_claims(&elsewhere).iter().all(|text| text.ends_with("UTC")),
        "{elsewhere}"
    );
}
