//! `receivable/mint/v2` and the duplicate tag: one tag for each invoice and registry key, the window of issue days, the receivable's number.
#![allow(clippy::unwrap_used, missing_docs)]

mod support;

use ark_ff::{One, UniformRand};
use ark_std::rand::SeedableRng;
use support::{
    TestRng, agree,
    minting::{MintScenario, WINDOW_DAYS, minting},
};
use tradeseal_circuits::{
    Statement,
    receivable::mint::{Mint, Violation},
};
use tradeseal_primitives::{
    Fr,
    duplicate_tag::{Blinding, RegistryKey, blind},
    receivable::{Day, DilutionRight, DocumentHash, ReceivableNumber},
};

fn accepted(what: &str, scenario: &MintScenario) -> bool {
    agree::<Mint>(what, &scenario.public, &scenario.private)
}

fn violation(scenario: &MintScenario) -> Option<Violation> {
    Mint::check(&scenario.public, &scenario.private).err()
}

#[test]
fn the_same_invoice_has_the_same_tag_however_it_is_minted_again() {
    let rng = &mut TestRng::seed_from_u64(1);
    let first = minting(1, true);
    let mut again = minting(1, true);
    again.private.blinding = Blinding::random(rng);
    again.private.salt = Fr::rand(rng);
    again.private.randomness.rho = Fr::rand(rng);
    again.private.number = ReceivableNumber::new(5).unwrap();
    again.private.dilution_right = DilutionRight::from_fr(Fr::rand(rng));
    again.public.number = again.private.number;
    again.public.dilution_right = again.private.dilution_right;
    // The same invoice in the other syntax, over another amount, due on another day.
    again.private.invoice.document = DocumentHash::from_fr(Fr::rand(rng));
    again.private.invoice.amount.0 ^= 2;
    again.private.invoice.due_day.0 ^= 2;
    again.acknowledge();
    again.reseal();
    assert!(accepted("the invoice again", &again));
    assert_eq!(first.public.duplicate_tag, again.public.duplicate_tag);
    assert_eq!(first.public.previous_tag, again.public.previous_tag);
    assert_ne!(first.public.blinded, again.public.blinded);
    assert_ne!(first.public.evaluated, again.public.evaluated);
    assert_ne!(first.public.commitment, again.public.commitment);
}

#[test]
fn another_invoice_has_another_tag() {
    let first = minting(2, false);
    let changes: [fn(&mut MintScenario); 3] = [
        |s| s.private.invoice.number += Fr::one(),
        |s| s.private.invoice.issue_day.0 += 1,
        |s| {
            s.private.supplier = s.rival_place.clone();
            std::mem::swap(&mut s.supplier, &mut s.rival);
        },
    ];
    for change in changes {
        let mut other = minting(2, false);
        change(&mut other);
        other.reseal();
        assert!(accepted("another invoice", &other));
        assert_ne!(first.public.duplicate_tag, other.public.duplicate_tag);
        assert_ne!(first.public.previous_tag, other.public.previous_tag);
    }
}

/// What was minted before a rotation is found by the previous tag of what is minted after it.
#[test]
fn an_invoice_minted_before_a_rotation_has_the_previous_tag_after_it() {
    let mut before = minting(3, true);
    before.previous_registry = None;
    before.reseal();
    assert!(accepted("before any rotation", &before));
    assert_eq!(before.public.previous_tag, before.public.duplicate_tag);
    let mut after = minting(3, true);
    after.previous_registry = Some(after.registry.clone());
    after.registry = RegistryKey::generate(&mut TestRng::seed_from_u64(4));
    after.private.blinding = Blinding::random(&mut TestRng::seed_from_u64(5));
    after.reseal();
    assert!(accepted("after a rotation", &after));
    assert_eq!(after.public.previous_tag, before.public.duplicate_tag);
    assert_ne!(after.public.duplicate_tag, before.public.duplicate_tag);
}

/// The supplier asks the registry about another invoice, or about this one in two ways, and mints with what it is answered.
#[test]
fn an_answer_serves_only_the_invoice_and_the_blinding_that_were_asked_for() {
    let rng = &mut TestRng::seed_from_u64(6);
    let honest = minting(4, true);
    let elsewhere = blind(minting(5, true).private.fingerprint(), &honest.private.blinding);
    let again = blind(honest.private.fingerprint(), &Blinding::random(rng));
    for (what, asked) in [
        ("another invoice's point", elsewhere),
        ("another blinding's point", again),
    ] {
        let mut both = minting(4, true);
        both.public.blinded = asked;
        both.public.evaluated = both.evaluation(&both.registry);
        both.public.duplicate_tag = both.private.tag(&both.public.evaluated);
        assert!(!accepted(what, &both));
        assert_eq!(violation(&both), Some(Violation::Blinded), "{what}");
        let mut answer = minting(4, true);
        answer.public.evaluated = both.public.evaluated;
        assert!(!accepted(what, &answer));
        assert_eq!(violation(&answer), Some(Violation::DuplicateTag), "{what}");
        let mut previous = minting(4, true);
        previous.public.previous_evaluated = both.public.evaluated;
        assert!(!accepted(what, &previous));
        assert_eq!(violation(&previous), Some(Violation::PreviousTag), "{what}");
    }
}

/// No row names the registry's key: that the answer is the registry's is what the ledger checks by its proof.
#[test]
fn the_circuit_leaves_it_to_the_ledger_which_key_answered() {
    let mut scenario = minting(6, true);
    scenario.registry = RegistryKey::generate(&mut TestRng::seed_from_u64(7));
    scenario.reseal();
    assert!(accepted("a key of the supplier's own", &scenario));
}

#[test]
fn an_invoice_is_minted_within_the_window_only() {
    let day = minting(7, true).private.invoice.issue_day.0;
    for (from, to, inside) in [
        (day, day, true),
        (0, u32::MAX, true),
        (day - 1, day - 1, false),
        (day + 1, day + 1, false),
        (day + 1, day - 1, false),
        (0, 0, false),
        (u32::MAX, u32::MAX, false),
    ] {
        let mut scenario = minting(7, true);
        scenario.public.issue_from = Day(from);
        scenario.public.issue_to = Day(to);
        let what = format!("day {day} in {from} to {to}");
        assert_eq!(accepted(&what, &scenario), inside, "{what}");
        if !inside {
            let (issued, from, to) = (Day(day), Day(from), Day(to));
            assert_eq!(violation(&scenario), Some(Violation::IssueDay { issued, from, to }));
        }
    }
    let slack = minting(7, true);
    assert!(day - slack.public.issue_from.0 >= WINDOW_DAYS && slack.public.issue_to.0 - day >= WINDOW_DAYS);
}

#[test]
fn the_first_and_the_last_day_there_are_can_be_minted() {
    for day in [0, u32::MAX] {
        let mut scenario = minting(8, true);
        scenario.private.invoice.issue_day = Day(day);
        scenario.public.issue_from = Day(0);
        scenario.public.issue_to = Day(u32::MAX);
        scenario.acknowledge();
        scenario.reseal();
        assert!(accepted("the first or the last day", &scenario), "day {day}");
    }
}

#[test]
fn any_number_but_the_entrys_is_refused_and_the_largest_serves() {
    let mut largest = minting(9, true);
    largest.private.number = ReceivableNumber::new(u64::MAX).unwrap();
    largest.public.number = largest.private.number;
    largest.reseal();
    assert!(accepted("the largest number", &largest));
    let mut other = minting(9, true);
    other.private.number = ReceivableNumber::new(1).unwrap();
    other.reseal();
    assert!(!accepted("a note with another number", &other));
    assert_eq!(violation(&other), Some(Violation::Number));
}

/// Without an acknowledgment nobody signs the dilution right; the row still has to be the private one, so that both checks agree.
#[test]
fn the_dilution_right_is_the_entrys_with_and_without_an_acknowledgment() {
    for acknowledged in [true, false] {
        let mut scenario = minting(10, acknowledged);
        scenario.private.dilution_right = DilutionRight::from_fr(Fr::one());
        scenario.acknowledge();
        scenario.reseal();
        assert!(!accepted("another ledger's right", &scenario));
        assert_eq!(violation(&scenario), Some(Violation::DilutionRight));
        scenario.public.dilution_right = scenario.private.dilution_right;
        assert!(accepted("the right that the debtor signed", &scenario));
    }
}
