//! The predicates of `credential/presentation/v1`: each kind holds where it should, has its refused twin, and meets its boundaries.
#![allow(clippy::unwrap_used, clippy::semicolon_if_nothing_returned, missing_docs)]

mod support;

use ark_ff::{Field, One, UniformRand};
use ark_std::rand::{Rng, SeedableRng};
use support::{
    TestRng,
    presenting::{PresentationScenario, agree, integer, key, presenting, slot},
};
use tradeseal_circuits::{
    Statement,
    credential::presentation::{PredicateViolation, Presentation, Violation},
};
use tradeseal_primitives::{
    Fr,
    credential::{Attribute, KeySet, Op, Predicate, SetKey, revealed_digest},
};
use tradeseal_verifier::statement::RevealedDigest;

fn outcome(what: &str, scenario: &PresentationScenario) -> Result<(), PredicateViolation> {
    agree(what, scenario);
    match Presentation::check(&scenario.public, &scenario.private) {
        Ok(()) => Ok(()),
        Err(Violation::Predicate { index: 1, violation }) => Err(violation),
        Err(other) => panic!("{what}: {other}"),
    }
}

/// A credential that is asked one thing, in the second place, of what slot 7 holds.
fn asked(value: Attribute, predicate: Predicate, set: Option<&KeySet>) -> Result<(), PredicateViolation> {
    let mut scenario = presenting(1);
    scenario.set_attribute(7, value);
    scenario.ask(1, predicate, set);
    outcome(&format!("{predicate:?} of {value}"), &scenario)
}

fn top() -> u128 {
    SetKey::MAX.get()
}

fn above_keys() -> Attribute {
    Attribute::from_fr(Fr::from(1u128 << 120))
}

#[test]
fn equal_and_not_equal_compare_whole_elements() {
    let seven = slot(7);
    let text = Attribute::of_text("DE");
    // The same key as 5, another value.
    let twin = Attribute::from_fr(above_keys().to_fr() + Fr::from(5u64));
    for value in [integer(5), text, twin, Attribute::from_fr(-Fr::ONE)] {
        assert_eq!(asked(value, Predicate::Equal(seven, value), None), Ok(()));
        let refused = Err(PredicateViolation::Equal);
        assert_eq!(asked(value, Predicate::NotEqual(seven, value), None), refused);
        let next = Attribute::from_fr(value.to_fr() + Fr::one());
        let refused = Err(PredicateViolation::NotEqual);
        assert_eq!(asked(value, Predicate::Equal(seven, next), None), refused);
        assert_eq!(asked(value, Predicate::NotEqual(seven, next), None), Ok(()));
    }
    assert_eq!(asked(twin, Predicate::NotEqual(seven, integer(5)), None), Ok(()));
    let refused = Err(PredicateViolation::NotEqual);
    assert_eq!(asked(twin, Predicate::Equal(seven, integer(5)), None), refused);
}

#[test]
fn a_range_holds_from_its_first_to_its_last_integer() {
    let out = Err(PredicateViolation::OutOfRange);
    for (value, from, to, expected) in [
        (61, 61, 63, Ok(())),
        (63, 61, 63, Ok(())),
        (60, 61, 63, out),
        (64, 61, 63, out),
        (61, 61, 61, Ok(())),
        (61, 63, 60, out),
        (1, 0, top(), Ok(())),
        (top(), 0, top(), Ok(())),
        (top(), top(), top(), Ok(())),
        (top() - 1, top(), top(), out),
        (top(), 0, top() - 1, out),
        (1 << 119, 1 << 119, 1 << 119, Ok(())),
    ] {
        let range = Predicate::Range(slot(7), [key(from), key(to)]);
        assert_eq!(asked(integer(value), range, None), expected, "{value} in {from}..={to}");
    }
}

/// A text's low bits may well lie in a range; it is no integer.
#[test]
fn what_is_no_integer_is_in_no_range() {
    let everything = Predicate::Range(slot(7), [key(0), key(top())]);
    let high = [
        above_keys().to_fr() + Fr::from(5u64),
        Fr::from((1u128 << 127) + 3),
        -Fr::ONE,
        Attribute::of_text("61").to_fr(),
        Fr::from(2u64).pow([253]) + Fr::from(61u64),
    ];
    for value in high {
        let refused = Err(PredicateViolation::OutOfRange);
        assert_eq!(asked(Attribute::from_fr(value), everything, None), refused, "{value}");
    }
}

#[test]
fn sets_of_none_one_and_many_hold_their_members_and_no_other() {
    let many: Vec<SetKey> = (1..=40).map(|i| key(i * 10)).chain([key(top())]).collect();
    for (members, candidates) in [
        (vec![], vec![1, 5, top()]),
        (vec![key(5)], vec![1, 4, 5, 6, top()]),
        (vec![key(1)], vec![1, 2]),
        (vec![key(top())], vec![1, top() - 1, top()]),
        (many, vec![1, 9, 10, 11, 19, 20, 395, 400, 401, top() - 1, top()]),
    ] {
        let set = KeySet::new(members).unwrap();
        for candidate in candidates {
            let member = set.contains(key(candidate));
            let inside = asked(integer(candidate), Predicate::InSet(slot(7), set.root()), Some(&set));
            let outside = asked(integer(candidate), Predicate::NotInSet(slot(7), set.root()), Some(&set));
            let (yes, no) = (Ok(()), PredicateViolation::NotInSet);
            assert_eq!(inside, if member { yes } else { Err(no) }, "{candidate} in set");
            let no = PredicateViolation::InSet;
            assert_eq!(outside, if member { Err(no) } else { yes }, "{candidate} not in set");
        }
    }
}

#[test]
fn a_full_set_of_65_535_is_searched_to_its_ends() {
    let set = KeySet::new((1..=65_535).map(|i| key(2 * i))).unwrap();
    for (candidate, member) in [
        (1, false),
        (2, true),
        (3, false),
        (131_069, false),
        (131_070, true),
        (131_071, false),
    ] {
        let inside = asked(integer(candidate), Predicate::InSet(slot(7), set.root()), Some(&set));
        let outside = asked(integer(candidate), Predicate::NotInSet(slot(7), set.root()), Some(&set));
        assert_eq!((inside.is_ok(), outside.is_ok()), (member, !member), "{candidate}");
    }
}

#[test]
fn texts_are_looked_up_by_their_keys() {
    let texts = ["DE", "FR", "IT"].map(Attribute::of_text);
    let set = KeySet::new(texts.iter().map(|text| SetKey::of(&text.to_fr()))).unwrap();
    for (text, member) in [("FR", true), ("fr", false), ("RU", false)] {
        let value = Attribute::of_text(text);
        let inside = asked(value, Predicate::InSet(slot(7), set.root()), Some(&set));
        let outside = asked(value, Predicate::NotInSet(slot(7), set.root()), Some(&set));
        assert_eq!((inside.is_ok(), outside.is_ok()), (member, !member), "{text}");
    }
}

/// A leaf that speaks for another key, an honest one or a made-up one, serves no key.
#[test]
fn a_leaf_of_another_key_or_of_no_tree_does_not_serve() {
    let set = KeySet::new([10, 20, 30].map(key)).unwrap();
    for predicate in [
        Predicate::InSet(slot(7), set.root()),
        Predicate::NotInSet(slot(7), set.root()),
    ] {
        let member = matches!(predicate, Predicate::InSet(..));
        let value = if member { 25 } else { 20 };
        for other in [10, 20, 25, 30] {
            let mut scenario = presenting(2);
            scenario.set_attribute(7, integer(value));
            scenario.ask(1, predicate, Some(&set));
            scenario.private.set_proofs[1] = set.proof(key(other));
            assert!(
                outcome("another leaf", &scenario).is_err(),
                "{predicate:?}, leaf of {other}"
            );
        }
        let mut scenario = presenting(2);
        scenario.set_attribute(7, integer(value));
        scenario.ask(1, predicate, Some(&set));
        let forged = &mut scenario.private.set_proofs[1].leaf;
        (forged.value, forged.next) = (
            Fr::from(u64::from(member) * 25 + u64::from(!member) * 10),
            Fr::from(30u64),
        );
        assert!(outcome("made-up leaf", &scenario).is_err(), "{predicate:?}");
    }
}

/// What an issuer left out can neither be shown to be good nor to be on no list.
#[test]
fn an_absent_attribute_satisfies_nothing_and_reveals_nothing() {
    let set = KeySet::new([10, 20].map(key)).unwrap();
    let seven = slot(7);
    // 2^120 has the key 0 too.
    for absent in [Attribute::ABSENT, above_keys()] {
        for predicate in [
            Predicate::Equal(seven, absent),
            Predicate::NotEqual(seven, integer(5)),
            Predicate::Range(seven, [key(0), key(top())]),
            Predicate::InSet(seven, set.root()),
            Predicate::NotInSet(seven, set.root()),
        ] {
            let refused = Err(PredicateViolation::Absent);
            assert_eq!(asked(absent, predicate, Some(&set)), refused, "{predicate:?}");
        }
        assert_eq!(asked(absent, Predicate::None, None), Ok(()));
        assert_eq!(asked(absent, Predicate::Reveal(seven), None), Ok(()));
    }
}

#[test]
fn what_is_revealed_is_the_attribute_of_the_slot_asked_for_and_nothing_else() {
    for number in 0..16 {
        let mut scenario = presenting(3);
        scenario.ask(1, Predicate::Reveal(slot(number)), None);
        assert_eq!(outcome("revealed", &scenario), Ok(()));
        let value = scenario.private.attributes.get(slot(number)).to_fr();
        let zero = Fr::from(0u64);
        let expected = RevealedDigest::from_fr(revealed_digest(&[zero, value, zero, zero]));
        assert_eq!(scenario.public.revealed_digest, expected, "slot {number}");
        for forged in [
            [value, zero, zero, zero],
            [zero, value + Fr::one(), zero, zero],
            [zero; 4],
        ] {
            if forged[1] == value {
                continue;
            }
            scenario.public.revealed_digest = RevealedDigest::from_fr(revealed_digest(&forged));
            let violation = Presentation::check(&scenario.public, &scenario.private);
            assert_eq!(violation, Err(Violation::RevealedDigest));
            assert!(!agree("forged", &scenario));
        }
    }
}

/// Every slot, with the kinds by turns: the predicate is about that slot's value and no other's.
#[test]
fn every_slot_is_read_and_no_other_in_its_place() {
    let asking: Vec<Op> = Op::ALL.into_iter().filter(|op| op.asks()).collect();
    for (number, op) in (0..16).zip(asking.into_iter().cycle()) {
        let mut scenario = presenting(4);
        let value = 7_000 + u128::from(number);
        scenario.set_attribute(number, integer(value));
        let [own, other] = [value, value + 1].map(|member| KeySet::new([key(member)]).unwrap());
        let at = slot(number);
        let (holds, fails) = match op {
            Op::Equal => (
                Predicate::Equal(at, integer(value)),
                Predicate::Equal(at, integer(value + 1)),
            ),
            Op::NotEqual => (
                Predicate::NotEqual(at, integer(value + 1)),
                Predicate::NotEqual(at, integer(value)),
            ),
            Op::InSet => (Predicate::InSet(at, own.root()), Predicate::InSet(at, other.root())),
            Op::NotInSet => (
                Predicate::NotInSet(at, other.root()),
                Predicate::NotInSet(at, own.root()),
            ),
            _ => (
                Predicate::Range(at, [key(value); 2]),
                Predicate::Range(at, [key(value + 1); 2]),
            ),
        };
        let (good, bad) = if op == Op::InSet {
            (&own, &other)
        } else {
            (&other, &own)
        };
        scenario.ask(1, holds, Some(good));
        assert_eq!(outcome("holds", &scenario), Ok(()), "{op:?} of slot {number}");
        scenario.ask(1, fails, Some(bad));
        assert!(outcome("fails", &scenario).is_err(), "{op:?} of slot {number}");
    }
}

/// Four predicates about one slot, of four kinds, at once; and random elements with random questions.
#[test]
fn random_questions_get_the_same_answer_natively_and_in_circuit() {
    let rng = &mut TestRng::seed_from_u64(6);
    let mut answers = [0, 0];
    for _ in 0..12 {
        let mut scenario = presenting(rng.r#gen());
        let value = match rng.gen_range(0..3) {
            0 => Fr::rand(rng),
            1 => Fr::from(rng.gen_range(0u64..8)),
            _ => Fr::from(rng.r#gen::<u128>()),
        };
        scenario.set_attribute(7, Attribute::from_fr(value));
        let set = KeySet::new((0..rng.gen_range(0..8)).map(|_| key(rng.gen_range(1..8)))).unwrap();
        for index in 0..4 {
            let [a, b] = [(); 2].map(|()| key(rng.gen_range(0..8)));
            let predicate = match rng.gen_range(0..5) {
                0 => Predicate::Range(slot(7), [a.min(b), SetKey::MAX]),
                1 => Predicate::NotInSet(slot(7), set.root()),
                2 => Predicate::InSet(slot(7), set.root()),
                3 => Predicate::NotEqual(slot(7), Attribute::from_fr(a.to_fr())),
                _ => Predicate::Reveal(slot(7)),
            };
            scenario.ask(index, predicate, Some(&set));
        }
        let accepted = agree("random", &scenario);
        answers[usize::from(accepted)] += 1;
    }
    assert!(
        answers.iter().all(|count| *count > 0),
        "both answers occur: {answers:?}"
    );
}
