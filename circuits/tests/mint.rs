//! `receivable/mint/v2`: native check and constraints agree, nothing tampered passes, nothing private is free.
#![allow(clippy::unwrap_used, clippy::semicolon_if_nothing_returned, missing_docs)]

mod support;

use ark_ff::{One, UniformRand};
use ark_std::rand::SeedableRng;
use support::{
    TestRng, agree, assign,
    minting::{MintScenario, minting},
    scenario::Party,
};
use tradeseal_circuits::{
    Statement,
    receivable::mint::{Mint, Violation},
};
use tradeseal_primitives::{
    Fr,
    duplicate_tag::{BlindedPoint, Blinding, DuplicateTag, EvaluatedPoint},
    party::{Address, PartyId},
    receivable::{AmountMinor, Commitment, CurrencyCode, Day, DilutionRight, DocumentHash, Flags, ReceivableNumber},
    tree::{DIRECTORY_DEPTH, MerklePath},
};
use tradeseal_verifier::statement::{DirectoryRoot, EntryDigest};

fn accepted(what: &str, scenario: &MintScenario) -> bool {
    agree::<Mint>(what, &scenario.public, &scenario.private)
}

fn violation(scenario: &MintScenario) -> Option<Violation> {
    Mint::check(&scenario.public, &scenario.private).err()
}

fn one() -> Fr {
    Fr::one()
}

#[test]
fn random_mints_are_accepted_acknowledged_or_not() {
    for seed in 0..8 {
        assert!(accepted("acknowledged", &minting(seed, true)), "seed {seed}");
        assert!(accepted("unacknowledged", &minting(seed, false)), "seed {seed}");
    }
}

#[test]
fn no_private_variable_of_an_acknowledged_mint_is_free() {
    let scenario = minting(100, true);
    let assigned = assign::<Mint>(&scenario.public, &scenario.private);
    assert_eq!(
        assigned.free_private_variables(&mut TestRng::seed_from_u64(1)),
        Vec::<usize>::new()
    );
}

/// Without an acknowledgment nothing is asked of the debtor's variables, but they still carry one consistent computation: a single
/// change breaks it.
#[test]
fn no_private_variable_of_an_unacknowledged_mint_changes_alone() {
    let scenario = minting(101, false);
    let assigned = assign::<Mint>(&scenario.public, &scenario.private);
    assert_eq!(
        assigned.free_private_variables(&mut TestRng::seed_from_u64(1)),
        Vec::<usize>::new()
    );
}

#[test]
fn every_public_row_is_constrained_against_private_variables() {
    for acknowledged in [true, false] {
        let scenario = minting(102, acknowledged);
        let assigned = assign::<Mint>(&scenario.public, &scenario.private);
        assert_eq!(assigned.idle_public_rows(), Vec::<usize>::new());
    }
}

fn changed_path(path: &MerklePath<DIRECTORY_DEPTH>, bit: u64) -> MerklePath<DIRECTORY_DEPTH> {
    let mut siblings = *path.siblings();
    if bit == 0 {
        siblings[5][0] += Fr::one();
    }
    MerklePath::new(path.index() ^ bit, siblings).unwrap()
}

type Change = (&'static str, fn(&mut MintScenario));

/// Every field of both sides, each changed alone, nothing else adjusted.
const CHANGES: &[Change] = &[
    ("commitment", |s| {
        s.public.commitment = Commitment::from_fr(s.public.commitment.to_fr() + one())
    }),
    ("directory root", |s| {
        s.public.directory_root = DirectoryRoot::from_fr(s.public.directory_root.to_fr() + one())
    }),
    ("acknowledged", |s| s.public.acknowledged ^= true),
    ("duplicate tag", |s| {
        s.public.duplicate_tag = DuplicateTag::from_fr(s.public.duplicate_tag.to_fr() + one())
    }),
    ("previous tag", |s| {
        s.public.previous_tag = DuplicateTag::from_fr(s.public.previous_tag.to_fr() + one())
    }),
    ("blinded point", |s| s.public.blinded = BlindedPoint::base8()),
    ("evaluated point", |s| s.public.evaluated = EvaluatedPoint::base8()),
    ("previous evaluated point", |s| {
        s.public.previous_evaluated = EvaluatedPoint::base8()
    }),
    ("window's first day", |s| {
        s.public.issue_from = Day(s.private.invoice.issue_day.0 + 1)
    }),
    ("window's last day", |s| {
        s.public.issue_to = Day(s.private.invoice.issue_day.0 - 1)
    }),
    ("number in the entry", |s| {
        s.public.number = ReceivableNumber::new(s.public.number.get() ^ 2).unwrap()
    }),
    ("dilution right in the entry", |s| {
        s.public.dilution_right = DilutionRight::from_fr(one())
    }),
    ("digest", |s| {
        s.public.digest = EntryDigest::from_fr(s.public.digest.to_fr() + one())
    }),
    ("invoice number", |s| s.private.invoice.number += one()),
    ("issue day", |s| s.private.invoice.issue_day.0 ^= 1),
    ("amount", |s| s.private.invoice.amount.0 ^= 2),
    ("currency", |s| s.private.invoice.currency.0 ^= 1),
    ("due day", |s| s.private.invoice.due_day.0 ^= 1),
    ("debtor", |s| s.private.invoice.debtor = PartyId::from_fr(one())),
    ("document", |s| {
        s.private.invoice.document = DocumentHash::from_fr(one())
    }),
    ("other flags", |s| {
        s.private.invoice.other_flags = Flags::from_bits(s.private.invoice.other_flags.bits() ^ 2)
    }),
    ("salt", |s| s.private.salt += one()),
    ("number", |s| {
        s.private.number = ReceivableNumber::new(s.private.number.get() ^ 2).unwrap()
    }),
    ("dilution right", |s| {
        s.private.dilution_right = DilutionRight::from_fr(one())
    }),
    ("blinding", |s| {
        s.private.blinding = Blinding::random(&mut TestRng::seed_from_u64(3))
    }),
    ("rho", |s| s.private.randomness.rho += one()),
    ("r", |s| s.private.randomness.r += one()),
    ("supplier id", |s| s.private.supplier.party = PartyId::from_fr(one())),
    ("supplier key", |s| s.private.supplier.key = s.debtor.secret.public()),
    ("supplier address", |s| {
        s.private.supplier.address = Address::from_fr(one())
    }),
    ("supplier path sibling", |s| {
        s.private.supplier.path = changed_path(&s.private.supplier.path, 0)
    }),
    ("supplier path index", |s| {
        s.private.supplier.path = changed_path(&s.private.supplier.path, 1)
    }),
    ("owner's signature R8", |s| {
        s.private.owner_signature.r8 = -s.private.owner_signature.r8
    }),
    ("owner's signature S", |s| {
        s.private.owner_signature.s = -s.private.owner_signature.s
    }),
];

/// What the native check says of each of [`CHANGES`].
fn named(what: &str, scenario: &MintScenario) -> Violation {
    let (issued, from, to) = (
        scenario.private.invoice.issue_day,
        scenario.public.issue_from,
        scenario.public.issue_to,
    );
    match what {
        "acknowledged" => Violation::AcknowledgedFlag,
        "duplicate tag" | "evaluated point" => Violation::DuplicateTag,
        "previous tag" | "previous evaluated point" => Violation::PreviousTag,
        "blinded point" | "blinding" | "invoice number" | "issue day" | "supplier id" => Violation::Blinded,
        "window's first day" | "window's last day" => Violation::IssueDay { issued, from, to },
        "number in the entry" | "number" => Violation::Number,
        "dilution right in the entry" | "dilution right" => Violation::DilutionRight,
        "directory root" | "supplier key" | "supplier path sibling" | "supplier path index" => {
            Violation::SupplierNotEnrolled
        }
        "digest" | "owner's signature R8" | "owner's signature S" => Violation::OwnerSignature,
        _ => Violation::Commitment,
    }
}

/// What belongs to an acknowledgment.
const ACKNOWLEDGMENT_CHANGES: &[Change] = &[
    ("debtor's id", |s| {
        s.private.acknowledged.as_mut().unwrap().debtor.party = PartyId::from_fr(one())
    }),
    ("debtor's key", |s| {
        s.private.acknowledged.as_mut().unwrap().debtor.key = s.supplier.secret.public()
    }),
    ("debtor's address", |s| {
        s.private.acknowledged.as_mut().unwrap().debtor.address = Address::from_fr(one())
    }),
    ("debtor's path sibling", |s| {
        let debtor = &mut s.private.acknowledged.as_mut().unwrap().debtor;
        debtor.path = changed_path(&debtor.path, 0);
    }),
    ("debtor's path index", |s| {
        let debtor = &mut s.private.acknowledged.as_mut().unwrap().debtor;
        debtor.path = changed_path(&debtor.path, 4);
    }),
    ("debtor's signature R8", |s| {
        let signature = &mut s.private.acknowledged.as_mut().unwrap().signature;
        signature.r8 = -signature.r8;
    }),
    ("debtor's signature S", |s| {
        let signature = &mut s.private.acknowledged.as_mut().unwrap().signature;
        signature.s = -signature.s;
    }),
];

#[test]
fn one_changed_field_is_refused_by_both() {
    for (what, change) in CHANGES {
        for acknowledged in [true, false] {
            let mut scenario = minting(7, acknowledged);
            change(&mut scenario);
            assert!(
                !accepted(what, &scenario),
                "{what}: accepted (acknowledged: {acknowledged})"
            );
            assert_eq!(violation(&scenario), Some(named(what, &scenario)), "{what}");
        }
    }
    for (what, change) in ACKNOWLEDGMENT_CHANGES {
        let mut scenario = minting(7, true);
        change(&mut scenario);
        if scenario.private.acknowledged.as_ref().unwrap().debtor.party == scenario.private.invoice.debtor {
            assert!(!accepted(what, &scenario), "{what}: accepted");
        } else {
            // The circuit takes the debtor's id from the terms, so this copy of it exists in the native check only.
            assert_eq!(violation(&scenario), Some(Violation::WrongDebtor), "{what}");
        }
    }
}

/// A dishonest supplier adjusts commitment and signature to its lie; the debtor's signature is what it cannot adjust.
#[test]
fn what_the_debtor_acknowledged_cannot_be_changed_by_the_supplier() {
    let changes: &[Change] = &[
        ("amount", |s| {
            s.private.invoice.amount = AmountMinor(s.private.invoice.amount.0 ^ 2)
        }),
        ("currency", |s| {
            s.private.invoice.currency = CurrencyCode(s.private.invoice.currency.0 ^ 1)
        }),
        ("due day", |s| {
            s.private.invoice.due_day = Day(s.private.invoice.due_day.0 ^ 1)
        }),
        ("invoice number", |s| s.private.invoice.number += one()),
        ("issue day", |s| {
            s.private.invoice.issue_day = Day(s.private.invoice.issue_day.0 ^ 1)
        }),
        ("what else the document says", |s| {
            s.private.invoice.other_flags = Flags::from_bits(s.private.invoice.other_flags.bits() ^ 2)
        }),
        ("who may dilute it, and on which ledger", |s| {
            s.private.dilution_right = DilutionRight::from_fr(one());
            s.public.dilution_right = s.private.dilution_right;
        }),
    ];
    for (what, change) in changes {
        let mut scenario = minting(8, true);
        change(&mut scenario);
        scenario.reseal();
        assert!(!accepted(what, &scenario), "{what}: accepted");
        assert_eq!(violation(&scenario), Some(Violation::Acknowledgment), "{what}");
        let mut honest = minting(8, true);
        change(&mut honest);
        honest.acknowledge();
        honest.reseal();
        assert!(accepted(what, &honest), "{what}: refused though the debtor signed it");
    }
}

#[test]
fn only_the_enrolled_supplier_can_mint() {
    let thief = Party::random(&mut TestRng::seed_from_u64(77));
    let mut own_key = minting(9, true);
    own_key.private.supplier.key = thief.secret.public();
    own_key.private.supplier.address = thief.address();
    own_key.supplier = thief;
    own_key.reseal();
    assert!(!accepted("a thief's key under the supplier's id", &own_key));
    assert_eq!(violation(&own_key), Some(Violation::SupplierNotEnrolled));
    let mut forged = minting(9, true);
    forged.private.owner_signature = forged.debtor.secret.sign(Fr::from(5u64));
    assert!(!accepted("a signature by another", &forged));
    assert_eq!(violation(&forged), Some(Violation::OwnerSignature));
}

/// The debtor signs for one owner; a copycat with the same invoice and its own enrolment gains nothing from that signature.
#[test]
fn an_acknowledgment_serves_only_the_owner_it_names() {
    let mut scenario = minting(10, true);
    scenario.private.supplier = scenario.rival_place.clone();
    std::mem::swap(&mut scenario.supplier, &mut scenario.rival);
    scenario.reseal();
    assert!(!accepted("another enrolled party", &scenario));
    assert_eq!(violation(&scenario), Some(Violation::Acknowledgment));
}

#[test]
fn a_company_cannot_owe_itself() {
    for acknowledged in [true, false] {
        let mut scenario = minting(13, acknowledged);
        scenario.private.invoice.debtor = scenario.supplier.id;
        if let Some(acknowledged) = &mut scenario.private.acknowledged {
            acknowledged.debtor = scenario.private.supplier.clone();
        }
        std::mem::swap(&mut scenario.debtor, &mut scenario.supplier);
        scenario.acknowledge();
        std::mem::swap(&mut scenario.debtor, &mut scenario.supplier);
        scenario.reseal();
        assert!(!accepted("debtor and supplier are one", &scenario));
        assert_eq!(violation(&scenario), Some(Violation::SelfOwed));
    }
}

#[test]
fn an_amount_of_zero_and_a_flag_set_by_hand_are_refused() {
    let mut nothing = minting(11, false);
    nothing.private.invoice.amount = AmountMinor(0);
    nothing.reseal();
    assert!(!accepted("amount 0", &nothing));
    assert_eq!(violation(&nothing), Some(Violation::ZeroAmount));
    let mut by_hand = minting(11, false);
    by_hand.private.invoice.other_flags = Flags::ACKNOWLEDGED;
    by_hand.reseal();
    assert!(!accepted("acknowledged by hand, public flag false", &by_hand));
    by_hand.public.acknowledged = true;
    assert!(!accepted("acknowledged by hand, public flag true", &by_hand));
}

#[test]
fn random_changes_get_the_same_answer_from_both() {
    let rng = &mut TestRng::seed_from_u64(12);
    let all: Vec<&Change> = CHANGES.iter().chain(&ACKNOWLEDGMENT_CHANGES[1..]).collect();
    for seed in 0..30u64 {
        let mut scenario = minting(1000 + seed, true);
        let pick = |rng: &mut TestRng| usize::try_from(u32::rand(rng)).unwrap() % all.len();
        for _ in 0..2 {
            all[pick(rng)].1(&mut scenario);
        }
        if u32::rand(rng).is_multiple_of(2) {
            scenario.reseal();
        }
        let both = "two random changes";
        accepted(both, &scenario);
    }
}
