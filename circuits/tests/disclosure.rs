//! `receivable/disclosure/v1`: native check and constraints agree, nothing tampered passes, nothing private is free.
#![allow(clippy::unwrap_used, clippy::semicolon_if_nothing_returned, missing_docs)]

mod support;

use ark_ff::One;
use ark_std::rand::SeedableRng;
use support::{
    TestRng, agree, assign,
    disclosure::{DisclosureScenario, disclosing},
    scenario::Party,
};
use tradeseal_circuits::{
    Statement,
    receivable::disclosure::{Disclosure, Violation},
};
use tradeseal_primitives::{
    Fr,
    hash::{Domain, hash},
    party::NullifierKey,
    receivable::{AmountMinor, Commitment, Nullifier, TermsHash},
};
use tradeseal_verifier::statement::DisclosureDigest;

fn accepted(what: &str, scenario: &DisclosureScenario) -> bool {
    agree::<Disclosure>(what, &scenario.public, &scenario.private)
}

fn violation(scenario: &DisclosureScenario) -> Option<Violation> {
    Disclosure::check(&scenario.public, &scenario.private).err()
}

fn refused_for(expected: Violation, what: &str, scenario: &DisclosureScenario) {
    assert!(!accepted(what, scenario), "{what}: accepted");
    assert_eq!(violation(scenario), Some(expected), "{what}");
}

fn one() -> Fr {
    Fr::one()
}

#[test]
fn random_notes_can_be_disclosed_also_notes_of_nothing() {
    for seed in 0..12 {
        assert!(accepted("disclosed", &disclosing(seed)), "seed {seed}");
    }
    for amount in [0, 1, u64::MAX] {
        let mut scenario = disclosing(20);
        scenario.private.amount = AmountMinor(amount);
        scenario.reseal();
        assert!(accepted("edge", &scenario), "{amount}");
    }
}

#[test]
fn no_private_variable_is_free() {
    let scenario = disclosing(100);
    let assigned = assign::<Disclosure>(&scenario.public, &scenario.private);
    let free = assigned.free_private_variables(&mut TestRng::seed_from_u64(1));
    assert_eq!(free, Vec::<usize>::new(), "private variables that can change alone");
}

#[test]
fn every_public_row_is_constrained_against_private_variables() {
    let scenario = disclosing(101);
    let assigned = assign::<Disclosure>(&scenario.public, &scenario.private);
    assert_eq!(assigned.idle_public_rows(), Vec::<usize>::new());
}

type Change = (&'static str, fn(&mut DisclosureScenario));

/// Every field of both sides, each changed alone, nothing else adjusted, under what the native check then says.
const CHANGES: &[(Violation, &[Change])] = &[
    (
        Violation::Commitment,
        &[
            ("commitment", |s| s.public.commitment = Commitment::from_fr(one())),
            ("amount", |s| s.private.amount.0 ^= 1),
            ("terms", |s| s.private.terms = TermsHash::from_fr(one())),
            ("rho", |s| s.private.randomness.rho += one()),
            ("r", |s| s.private.randomness.r += one()),
            ("owner key", |s| {
                s.private.owner_key = Party::random(&mut TestRng::seed_from_u64(9)).secret.public()
            }),
            ("nullifier key", |s| {
                s.private.nullifier_key = NullifierKey::from_fr(s.private.nullifier_key.expose() + one())
            }),
        ],
    ),
    (
        Violation::Nullifier,
        &[("nullifier", |s| s.public.nullifier = Nullifier::from_fr(one()))],
    ),
    (
        Violation::Signature,
        &[
            ("digest", |s| s.public.digest = DisclosureDigest::from_fr(one())),
            ("signature R8", |s| s.private.signature.r8 = -s.private.signature.r8),
            ("signature S", |s| s.private.signature.s = -s.private.signature.s),
        ],
    ),
];

#[test]
fn one_changed_field_is_refused_by_both() {
    for (expected, changes) in CHANGES {
        for (what, change) in *changes {
            let mut scenario = disclosing(7);
            change(&mut scenario);
            refused_for(*expected, what, &scenario);
        }
    }
}

/// To show a spent note as unspent, its owner would have to name another nullifier for it.
#[test]
fn a_note_has_one_nullifier_to_show_even_if_its_owner_signs_another() {
    let other = disclosing(31);
    let mut scenario = disclosing(30);
    scenario.public.nullifier = other.public.nullifier;
    scenario.sign();
    refused_for(Violation::Nullifier, "another note's nullifier", &scenario);

    let mut scenario = disclosing(30);
    let key = NullifierKey::from_fr(scenario.private.nullifier_key.expose() + one());
    scenario.public.nullifier = scenario.public.commitment.nullifier(&key);
    scenario.private.nullifier_key = key;
    scenario.sign();
    refused_for(Violation::Commitment, "under a second nk", &scenario);
}

/// Who sold a note knows all that is in it, and says nothing of its fate afterwards.
#[test]
fn only_the_owner_discloses() {
    let mut scenario = disclosing(40);
    let seller = Party::random(&mut TestRng::seed_from_u64(41));
    let message = hash(
        Domain::DISCLOSURE_SIGNATURE,
        &[scenario.public.digest.to_fr(), scenario.public.nullifier.to_fr()],
    );
    scenario.private.signature = seller.secret.sign(message);
    refused_for(Violation::Signature, "the seller's signature", &scenario);
    scenario.private.owner_key = seller.secret.public();
    refused_for(Violation::Commitment, "the seller's key", &scenario);
}

/// A hosted prover holds nk and every opening, and signatures of the same owner for other purposes.
#[test]
fn a_signature_for_another_purpose_digest_or_note_does_not_disclose() {
    let scenario = disclosing(50);
    let rows = [scenario.public.digest.to_fr(), scenario.public.nullifier.to_fr()];
    for domain in [Domain::ELIGIBILITY_SIGNATURE, Domain::MINT_SIGNATURE] {
        let mut replayed = disclosing(50);
        replayed.private.signature = scenario.owner.secret.sign(hash(domain, &rows));
        refused_for(Violation::Signature, domain.text(), &replayed);
    }
    let mut transferred = disclosing(50);
    transferred.private.signature = scenario.owner.secret.sign(rows[0]);
    refused_for(Violation::Signature, "a transfer's, over the bare digest", &transferred);
    let mut second = disclosing(50);
    second.private.randomness.rho += one();
    second.reseal();
    second.private.signature = scenario.private.signature;
    refused_for(Violation::Signature, "another note's", &second);
}
