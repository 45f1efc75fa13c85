//! `credential/presentation/v1`: native check and constraints agree, nothing tampered passes, nothing private is free.
#![allow(clippy::unwrap_used, clippy::semicolon_if_nothing_returned, missing_docs)]

mod support;

use ark_ff::One;
use ark_std::rand::SeedableRng;
use support::{
    TestRng, assign,
    presenting::{PresentationScenario, agree, integer, presenting, presenting_all_kinds, slot},
    scenario::Party,
};
use tradeseal_circuits::{
    Statement,
    credential::presentation::{PredicateViolation, Presentation, Violation},
};
use tradeseal_primitives::{
    Fr,
    credential::{Predicate, RevocationId, SchemaId, Scope, ScopeNullifier, SetProof},
    hash::{Domain, hash},
    party::NullifierKey,
    receivable::{Day, UnixSeconds},
    tree::{INDEXED_DEPTH, MerklePath, SET_DEPTH},
};
use tradeseal_verifier::statement::{RequestDigest, RevealedDigest, RevocationRoot};

fn accepted(what: &str, scenario: &PresentationScenario) -> bool {
    agree(what, scenario)
}

fn refused_for(expected: Violation, what: &str, scenario: &PresentationScenario) {
    assert!(!accepted(what, scenario), "{what}: accepted");
    let violation = Presentation::check(&scenario.public, &scenario.private).err();
    assert_eq!(violation, Some(expected), "{what}");
}

fn one() -> Fr {
    Fr::one()
}

fn holds(index: usize, violation: PredicateViolation) -> Violation {
    Violation::Predicate { index, violation }
}

#[test]
fn random_credentials_satisfy_random_requests() {
    for seed in 0..2 {
        assert!(accepted("nothing asked", &presenting(seed)), "seed {seed}");
        assert!(accepted("all kinds", &presenting_all_kinds(seed)), "seed {seed}");
    }
}

/// Everything that can be constrained is, where each kind of predicate is asked somewhere.
#[test]
fn no_private_variable_is_free() {
    for (seed, first) in [
        (100, Predicate::Reveal(slot(3))),
        (101, Predicate::Equal(slot(2), integer(102))),
        (102, Predicate::NotEqual(slot(2), integer(103))),
        (103, Predicate::None),
    ] {
        let mut scenario = presenting_all_kinds(seed);
        scenario.ask(0, first, None);
        let assigned = assign::<Presentation>(&scenario.public, &scenario.private);
        let free = assigned.free_private_variables(&mut TestRng::seed_from_u64(1));
        assert_eq!(
            free,
            Vec::<usize>::new(),
            "{first:?}: private variables that can change alone"
        );
    }
    let mut scenario = presenting_all_kinds(104);
    scenario.set_scope(Scope::NONE);
    let assigned = assign::<Presentation>(&scenario.public, &scenario.private);
    let free = assigned.free_private_variables(&mut TestRng::seed_from_u64(2));
    assert_eq!(free, Vec::<usize>::new(), "without a scope");
}

#[test]
fn every_public_row_is_constrained_against_private_variables() {
    let scenario = presenting_all_kinds(110);
    let assigned = assign::<Presentation>(&scenario.public, &scenario.private);
    assert_eq!(assigned.idle_public_rows(), Vec::<usize>::new());
}

type Change = (&'static str, fn(&mut PresentationScenario));

/// Every field of both sides, each changed alone, nothing else adjusted, under what the native check then says.
const CHANGES: &[(Violation, &[Change])] = &[
    (
        Violation::RequestDigest,
        &[
            ("request digest", |s| {
                s.public.request_digest = RequestDigest::from_fr(one())
            }),
            ("query's schema", |s| {
                s.private.request.query.schema = SchemaId::from_fr(one())
            }),
            ("trusted issuers", |s| {
                s.private.request.query.trusted_issuers_root += one()
            }),
            ("day", |s| s.private.request.query.day.0 += 1),
            ("scope", |s| s.private.request.query.scope = Scope::named("another")),
            ("no scope", |s| s.private.request.query.scope = Scope::NONE),
            ("predicate's kind", |s| {
                s.private.request.query.predicates[0] = Predicate::None.form()
            }),
            ("predicate's slot", |s| {
                s.private.request.query.predicates[3].slot = slot(5)
            }),
            ("predicate's a", |s| s.private.request.query.predicates[3].a -= one()),
            ("predicate's b", |s| s.private.request.query.predicates[3].b += one()),
            ("unused b", |s| s.private.request.query.predicates[0].b += one()),
            ("context", |s| s.private.request.query.context += one()),
            ("verifier key", |s| s.private.request.verifier_key += one()),
            ("claim until", |s| s.private.request.claim_until = UnixSeconds(7)),
        ],
    ),
    (
        Violation::Nullifier,
        &[
            ("nullifier", |s| s.public.nullifier = ScopeNullifier::from_fr(one())),
            ("no nullifier", |s| s.public.nullifier = ScopeNullifier::NONE),
            ("nullifier key", |s| {
                s.private.nullifier_key = NullifierKey::from_fr(s.private.nullifier_key.expose() + one())
            }),
            ("revocation id", |s| {
                s.private.revocation_id = RevocationId::from_fr(s.private.revocation_id.to_fr() + one())
            }),
            ("issuer", |s| s.private.issuer.key = s.private.holder_key),
        ],
    ),
    (
        Violation::RevealedDigest,
        &[
            ("revealed digest", |s| {
                s.public.revealed_digest = RevealedDigest::from_fr(one())
            }),
            ("revealed attribute", |s| s.private.attributes.set(slot(3), integer(1))),
        ],
    ),
    (
        Violation::IssuerNotTrusted,
        &[
            ("trusted from", |s| s.private.issuer.from.0 -= 1),
            ("trusted until", |s| s.private.issuer.until.0 += 1),
            ("issuer's path", |s| {
                s.private.issuer_path = MerklePath::new(0, [[one(); 3]; SET_DEPTH]).unwrap()
            }),
        ],
    ),
    (
        Violation::IssuerSignature,
        &[
            ("schema", |s| s.private.schema = SchemaId::from_fr(one())),
            ("hidden attribute", |s| s.private.attributes.set(slot(15), integer(1))),
            ("valid from", |s| s.private.valid_from.0 += 1),
            ("valid until", |s| s.private.valid_until.0 += 1),
            ("holder's key", |s| {
                s.private.holder_key = Party::random(&mut TestRng::seed_from_u64(9)).secret.public()
            }),
            ("issuer's R8", |s| {
                s.private.issuer_signature.r8 = -s.private.issuer_signature.r8
            }),
            ("issuer's S", |s| {
                s.private.issuer_signature.s = -s.private.issuer_signature.s
            }),
        ],
    ),
    (
        Violation::Revoked,
        &[
            ("revocation root", |s| {
                s.public.revocation_root = RevocationRoot::from_fr(one())
            }),
            ("low value", |s| s.private.not_revoked.low.value += one()),
            ("next value", |s| s.private.not_revoked.low.next += one()),
            ("its path", |s| {
                s.private.not_revoked.path = MerklePath::new(0, [[one(); 3]; INDEXED_DEPTH]).unwrap()
            }),
        ],
    ),
    (
        Violation::Predicate {
            index: 1,
            violation: PredicateViolation::NotInSet,
        },
        &[
            ("member's leaf", |s| s.private.set_proofs[1].leaf.value += one()),
            ("member's next", |s| s.private.set_proofs[1].leaf.next += one()),
            ("member's path", |s| s.private.set_proofs[1] = SetProof::unused()),
        ],
    ),
    (
        Violation::Predicate {
            index: 2,
            violation: PredicateViolation::InSet,
        },
        &[("neighbour's leaf", |s| s.private.set_proofs[2].leaf.value -= one())],
    ),
    (
        Violation::Signature,
        &[
            ("holder's R8", |s| s.private.signature.r8 = -s.private.signature.r8),
            ("holder's S", |s| s.private.signature.s = -s.private.signature.s),
        ],
    ),
];

#[test]
fn one_changed_field_is_refused_by_both() {
    for (expected, changes) in CHANGES {
        for (what, change) in *changes {
            let mut scenario = presenting_all_kinds(7);
            change(&mut scenario);
            refused_for(*expected, what, &scenario);
        }
    }
}

#[test]
fn an_untrusted_issuer_and_one_out_of_its_days_are_refused() {
    let mut scenario = presenting(20);
    scenario.issuers.pop();
    scenario.reseal();
    refused_for(Violation::IssuerNotTrusted, "not in the set", &scenario);

    for (what, from, until, trusted) in [
        ("begins on its first day", 0, 5, true),
        ("begins on its last day", -5, 0, true),
        ("begins before it", 1, 5, false),
        ("begins after it", -5, -1, false),
    ] {
        let mut scenario = presenting(21);
        let day = scenario.private.valid_from.0;
        scenario.private.issuer.from = Day(day.wrapping_add_signed(from));
        scenario.private.issuer.until = Day(day.wrapping_add_signed(until));
        scenario.issuers.push(scenario.private.issuer);
        scenario.reseal();
        if trusted {
            assert!(accepted(what, &scenario), "{what}");
        } else {
            refused_for(Violation::IssuerPeriod, what, &scenario);
        }
    }
}

#[test]
fn a_credential_is_valid_from_its_first_to_its_last_day() {
    for (what, day_is, expected) in [
        ("first day", [0, 10], None),
        ("last day", [-10, 0], None),
        ("one day only", [0, 0], None),
        ("the day before", [1, 10], Some(Violation::NotYetValid)),
        ("the day after", [-10, -1], Some(Violation::Expired)),
    ] {
        let mut scenario = presenting(30);
        let day = scenario.private.request.query.day.0;
        scenario.private.valid_from = Day(day.wrapping_add_signed(day_is[0]));
        scenario.private.valid_until = Day(day.wrapping_add_signed(day_is[1]));
        scenario.private.issuer.from = Day(0);
        scenario.private.issuer.until = Day(u32::MAX);
        scenario.issuers.push(scenario.private.issuer);
        scenario.reseal();
        match expected {
            None => assert!(accepted(what, &scenario), "{what}"),
            Some(violation) => refused_for(violation, what, &scenario),
        }
    }
}

#[test]
fn days_at_the_ends_of_32_bits_compare() {
    let mut scenario = presenting(31);
    scenario.private.valid_from = Day(0);
    scenario.private.valid_until = Day(u32::MAX);
    scenario.private.issuer.from = Day(0);
    scenario.private.issuer.until = Day(u32::MAX);
    scenario.issuers.push(scenario.private.issuer);
    for day in [0, u32::MAX] {
        scenario.private.request.query.day = Day(day);
        scenario.reseal();
        assert!(accepted("whole range", &scenario), "{day}");
    }
}

/// Whoever has a copy of the credential but not the holder's key.
#[test]
fn only_the_holder_presents() {
    let thief = Party::random(&mut TestRng::seed_from_u64(40));
    let mut scenario = presenting_all_kinds(41);
    scenario.private.signature = thief.secret.sign(scenario.private.message());
    refused_for(Violation::Signature, "the thief's signature", &scenario);

    let mut scenario = presenting_all_kinds(41);
    scenario.private.holder_key = thief.secret.public();
    scenario.private.nullifier_key = thief.nullifier_key.clone();
    scenario.holder = thief;
    scenario.present();
    refused_for(Violation::IssuerSignature, "the thief as holder", &scenario);
}

/// A hosted prover holds nk, the credential, and signatures of the same holder for other requests and purposes.
#[test]
fn a_signature_for_another_request_nullifier_disclosure_or_credential_does_not_present() {
    let donor = presenting_all_kinds(50);
    for (what, change) in [
        (
            "another request",
            (|s| s.private.request.query.context += one()) as fn(&mut PresentationScenario),
        ),
        ("another scope", |s| {
            s.private.request.query.scope = Scope::named("elsewhere")
        }),
        ("another revealed value", |s| {
            s.private.request.query.predicates[0] = Predicate::Reveal(slot(1)).form()
        }),
        ("another credential", |s| {
            s.private.revocation_id = RevocationId::from_fr(one());
            s.issue();
            s.prove_absence();
        }),
    ] {
        let mut scenario = presenting_all_kinds(50);
        change(&mut scenario);
        scenario.present();
        assert!(accepted(what, &scenario), "{what}, signed anew");
        scenario.private.signature = donor.private.signature;
        refused_for(Violation::Signature, what, &scenario);
    }
    let rows = [donor.public.request_digest.to_fr(), donor.public.nullifier.to_fr()];
    for domain in [Domain::ELIGIBILITY_SIGNATURE, Domain::DISCLOSURE_SIGNATURE] {
        let mut scenario = presenting_all_kinds(50);
        scenario.private.signature = donor.holder.secret.sign(hash(domain, &rows));
        refused_for(Violation::Signature, domain.text(), &scenario);
    }
}

#[test]
fn a_credential_of_another_schema_is_refused_even_if_it_is_genuine() {
    let mut scenario = presenting(60);
    scenario.private.schema = SchemaId::from_fr(one());
    scenario.reseal();
    refused_for(Violation::Schema, "another schema", &scenario);
}

#[test]
fn a_nullifier_is_one_per_credential_and_scope_and_none_without_a_scope() {
    let mut scenario = presenting(70);
    assert_eq!(scenario.public.nullifier, ScopeNullifier::NONE);
    let mut seen = vec![ScopeNullifier::NONE];
    for scope in ["court", "customs"] {
        scenario.set_scope(Scope::named(scope));
        assert!(accepted(scope, &scenario));
        assert!(!seen.contains(&scenario.public.nullifier), "{scope}");
        seen.push(scenario.public.nullifier);
        let first = scenario.public.nullifier;
        scenario.private.request.query.context += one();
        scenario.present();
        assert_eq!(scenario.public.nullifier, first, "another request in the same scope");
    }
    // Who was given a scope cannot leave the nullifier out, nor name another credential's.
    for forged in [ScopeNullifier::NONE, presenting_all_kinds(71).public.nullifier] {
        scenario.public.nullifier = forged;
        refused_for(Violation::Nullifier, "forged", &scenario);
    }
    // Without a scope no nullifier can be slipped in, which would be a mark to follow the holder by.
    let mut scenario = presenting(72);
    scenario.public.nullifier = ScopeNullifier::from_fr(one());
    refused_for(Violation::Nullifier, "a mark", &scenario);
}

#[test]
fn every_predicate_of_the_four_is_held() {
    for index in 0..4 {
        let mut scenario = presenting(80);
        scenario.ask(index, Predicate::Equal(slot(2), integer(102)), None);
        assert!(accepted("equal", &scenario), "{index}");
        scenario.ask(index, Predicate::Equal(slot(2), integer(103)), None);
        refused_for(holds(index, PredicateViolation::NotEqual), "another value", &scenario);
    }
}
