//! `receivable/eligibility/v2`: what remains of a receivable decides, and no other leaf of the dilution tree speaks for it.
#![allow(clippy::unwrap_used, missing_docs)]

mod support;

use ark_std::rand::{Rng, SeedableRng};
use support::{
    TestRng, agree, assign,
    dilution::{number, ppb},
    scenario::{EligibilityScenario, eligible},
};
use tradeseal_circuits::{
    Statement,
    receivable::eligibility::{Eligibility, Violation},
};
use tradeseal_primitives::{
    Fr,
    hash::{Domain, hash},
    poseidon,
    receivable::{AmountMinor, RemainingPpb},
    tree::{self, DILUTION_DEPTH, MemoryNodes, MerklePath, dilution::DilutionLeaf},
};
use tradeseal_verifier::statement::DilutionRoot;

fn accepted(what: &str, scenario: &EligibilityScenario) -> bool {
    agree::<Eligibility>(what, &scenario.public, &scenario.private)
}

fn violation(scenario: &EligibilityScenario) -> Option<Violation> {
    Eligibility::check(&scenario.public, &scenario.private).err()
}

fn refused_for(expected: Violation, what: &str, scenario: &EligibilityScenario) {
    assert!(!accepted(what, scenario), "{what}: accepted");
    assert_eq!(violation(scenario), Some(expected), "{what}");
}

/// A note of this amount, of which `remaining` is left, asked for at least `min`.
fn asked(seed: u64, amount: u64, remaining: u32, min: u64) -> EligibilityScenario {
    let mut scenario = eligible(seed);
    scenario.private.amount = AmountMinor(amount);
    scenario.private.request.min_amount = AmountMinor(min);
    if remaining < RemainingPpb::WHOLE.get() {
        scenario.dilute(ppb(remaining));
    } else {
        scenario.reseal();
    }
    scenario
}

#[test]
fn a_diluted_note_proves_exactly_what_remains_of_it() {
    let rng = &mut TestRng::seed_from_u64(1);
    for seed in 0..10 {
        let amount = rng.r#gen::<u64>() >> rng.gen_range(0..30) | 1;
        let remaining = match seed % 3 {
            0 => rng.gen_range(1..1000),
            1 => rng.gen_range(0..=1_000_000_000),
            _ => 999_999_999,
        };
        let left = u64::try_from(u128::from(amount) * u128::from(remaining) / 1_000_000_000).unwrap();
        let what = format!("{amount} * {remaining} ppb");
        if left > 0 {
            assert!(
                accepted(&what, &asked(seed, amount, remaining, left)),
                "{what}: refused"
            );
        }
        refused_for(
            Violation::AmountTooLow,
            &what,
            &asked(seed, amount, remaining, left + 1),
        );
    }
}

#[test]
fn the_largest_amounts_and_the_least_remainders_are_told_apart() {
    let (most, whole) = (u64::MAX, 1_000_000_000);
    let left = most / whole * (whole - 1) + most % whole * (whole - 1) / whole;
    for (amount, remaining, min) in [
        (most, 1_000_000_000, most),
        (most, 999_999_999, left),
        (1, 1_000_000_000, 1),
        (1_000_000_000, 1, 1),
        (most, 1, most / whole),
    ] {
        let what = format!("{amount} at {remaining} ppb for {min}");
        assert!(accepted(&what, &asked(2, amount, remaining, min)), "{what}: refused");
    }
    for (amount, remaining, min) in [
        (most - 1, 1_000_000_000, most),
        (most, 999_999_999, left + 1),
        (1, 999_999_999, 1),
        (999_999_999, 1, 1),
        (most, 1, most / whole + 1),
        (most, 0, 1),
        (1, 0, most),
    ] {
        let what = format!("{amount} at {remaining} ppb for {min}");
        refused_for(Violation::AmountTooLow, &what, &asked(3, amount, remaining, min));
    }
}

/// The condition is a product, so it is also held where the private minimum is 0, which no policy asks.
#[test]
fn of_a_receivable_that_was_credited_in_full_every_note_proves_0() {
    assert!(accepted("0 of it", &asked(4, 500, 0, 0)));
    refused_for(Violation::AmountTooLow, "1 of it", &asked(4, 500, 0, 1));
}

#[test]
fn a_diluted_receivable_does_not_pass_under_another_leaf() {
    let own = 1 << 40;
    let mut scenario = eligible(5);
    scenario.private.terms.number = number(own);
    for other in [1, own - 1, own + 1, u64::MAX] {
        support::dilution::record(&mut scenario.dilutions, number(other), ppb(7));
    }
    scenario.dilute(ppb(0));
    refused_for(Violation::AmountTooLow, "its own leaf", &scenario);
    for other in [1, 2, own - 1, own + 1, own + 2, u64::MAX - 1, u64::MAX] {
        scenario.show_leaf_of(number(other));
        refused_for(Violation::DilutionLeaf, &format!("the leaf of {other}"), &scenario);
    }
}

/// Of two roots each speaks for its own time; which is still good is the ledger's and the verifier's to say.
#[test]
fn the_leaf_from_before_a_dilution_serves_under_the_old_root_only() {
    let mut scenario = eligible(6);
    let before = (scenario.public.dilution_root, scenario.private.dilution.clone());
    scenario.dilute(ppb(0));
    let now = scenario.public.dilution_root;
    scenario.private.dilution = before.1;
    refused_for(
        Violation::DilutionNotInTree,
        "the old leaf under the new root",
        &scenario,
    );
    scenario.public.dilution_root = before.0;
    assert!(accepted("the old leaf under the old root", &scenario));
    assert_ne!(before.0, now);
}

#[test]
fn the_first_and_the_last_number_there_is_have_their_leaves() {
    for own in [1, 2, u64::MAX - 1, u64::MAX] {
        let mut scenario = eligible(7);
        scenario.private.terms.number = number(own);
        scenario.reseal();
        assert!(accepted("not diluted", &scenario), "{own}");
        scenario.dilute(ppb(999_999_999));
        scenario.private.request.min_amount = ppb(999_999_999).of(scenario.private.amount);
        scenario.reseal();
        assert!(accepted("diluted", &scenario), "{own}");
        scenario.private.request.min_amount = scenario.private.amount;
        scenario.reseal();
        refused_for(Violation::AmountTooLow, "diluted", &scenario);
    }
}

/// Whatever two numbers a leaf holds, in an honest tree or not: it speaks for what lies from the first up to, and without, the second.
#[test]
fn a_leaf_speaks_for_what_lies_between_its_numbers_and_for_nothing_else() {
    let own: u64 = 1 << 63;
    let mut scenario = eligible(8);
    scenario.private.terms.number = number(own);
    scenario.reseal();
    let edges = [0, 1, own - 1, own, own + 1, u64::MAX];
    for low in edges {
        for next in edges {
            let leaf = DilutionLeaf {
                number: low,
                next,
                remaining: RemainingPpb::WHOLE,
            };
            scenario.show_lone_leaf(leaf);
            let speaks = low <= own && (own < next || next == 0);
            let expected = (!speaks).then_some(Violation::DilutionLeaf);
            assert_eq!(accepted("lone leaf", &scenario), speaks, "{leaf:?}");
            assert_eq!(violation(&scenario), expected, "{leaf:?}");
        }
    }
}

/// The same two values under another tag, one of them alone, a node over the leaf, no leaf at all.
#[test]
fn nothing_but_a_dilution_leaf_is_one() {
    let mut scenario = eligible(9);
    let leaf = scenario.private.dilution.leaf;
    let packed = Fr::from(u128::from(leaf.next) << 30 | u128::from(leaf.remaining.get()));
    let parts = [Fr::from(leaf.number), packed];
    for (what, bottom) in [
        ("an indexed leaf", hash(Domain::INDEXED_LEAF, &parts)),
        ("a note leaf", hash(Domain::NOTE_LEAF, &parts)),
        ("a set member", hash(Domain::SET_MEMBER, &parts[..1])),
        ("a node", poseidon::node(&[leaf.hash(); 4])),
        ("nothing", Fr::from(0u64)),
    ] {
        let mut nodes = MemoryNodes::default();
        let root = tree::set_leaf::<DILUTION_DEPTH, _>(&mut nodes, 3, bottom).unwrap();
        scenario.private.dilution.path = tree::path(&nodes, 3).unwrap();
        scenario.public.dilution_root = DilutionRoot::from_fr(root);
        refused_for(Violation::DilutionNotInTree, what, &scenario);
    }
    let siblings = *scenario.private.dilution.path.siblings();
    scenario.private.dilution.path = MerklePath::new(3, siblings).unwrap();
    scenario.public.dilution_root = DilutionRoot::from_fr(scenario.private.dilution.path.root(leaf.hash()));
    assert!(accepted("the leaf itself", &scenario));
}

#[test]
fn no_private_variable_is_free_whichever_leaf_speaks() {
    let mut own = eligible(10);
    own.private.request.min_amount = AmountMinor(1);
    own.dilute(ppb(999_999_999));
    let mut first = eligible(11);
    first.show_lone_leaf(DilutionLeaf::FIRST);
    for scenario in [own, first] {
        let assigned = assign::<Eligibility>(&scenario.public, &scenario.private);
        let free = assigned.free_private_variables(&mut TestRng::seed_from_u64(1));
        assert_eq!(free, Vec::<usize>::new(), "private variables that can change alone");
    }
}
