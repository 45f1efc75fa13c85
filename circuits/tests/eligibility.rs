//! `receivable/eligibility/v2`: native check and constraints agree, nothing tampered passes, nothing private is free.
#![allow(clippy::unwrap_used, clippy::semicolon_if_nothing_returned, missing_docs)]

mod support;

use ark_ff::One;
use ark_std::rand::SeedableRng;
use support::{
    TestRng, agree, assign, dilution,
    scenario::{EligibilityScenario, Party, eligible},
};
use tradeseal_circuits::{
    Statement,
    receivable::eligibility::{Eligibility, Violation},
};
use tradeseal_primitives::{
    Fr,
    party::{NullifierKey, PartyId},
    receivable::{AmountMinor, CurrencyCode, Day, DocumentHash, Flags, Nullifier, SaltedFingerprint},
    tree::{MerklePath, NOTE_DEPTH, SET_DEPTH, SetTree},
};
use tradeseal_verifier::statement::{DilutionRoot, NoteRoot, RequestDigest};

fn accepted(what: &str, scenario: &EligibilityScenario) -> bool {
    agree::<Eligibility>(what, &scenario.public, &scenario.private)
}

fn violation(scenario: &EligibilityScenario) -> Option<Violation> {
    Eligibility::check(&scenario.public, &scenario.private).err()
}

#[test]
fn random_eligible_notes_are_accepted() {
    for seed in 0..12 {
        assert!(accepted("eligible", &eligible(seed)), "seed {seed}");
    }
}

#[test]
fn no_private_variable_is_free() {
    let scenario = eligible(100);
    let assigned = assign::<Eligibility>(&scenario.public, &scenario.private);
    let free = assigned.free_private_variables(&mut TestRng::seed_from_u64(1));
    assert_eq!(free, Vec::<usize>::new(), "private variables that can change alone");
}

#[test]
fn every_public_row_is_constrained_against_private_variables() {
    let scenario = eligible(101);
    let assigned = assign::<Eligibility>(&scenario.public, &scenario.private);
    assert_eq!(assigned.idle_public_rows(), Vec::<usize>::new());
}

fn one() -> Fr {
    Fr::one()
}

type Change = (&'static str, fn(&mut EligibilityScenario));

fn changed_path<const DEPTH: usize>(path: &MerklePath<DEPTH>) -> MerklePath<DEPTH> {
    let mut siblings = *path.siblings();
    siblings[DEPTH / 2][1] += Fr::one();
    MerklePath::new(path.index(), siblings).unwrap()
}

/// Every field of both sides, each changed alone, nothing else adjusted, under what the native check then says.
const CHANGES: &[(Violation, &[Change])] = &[
    (
        Violation::NoteNotInTree,
        &[
            ("note root", |s| {
                s.public.note_root = NoteRoot::from_fr(s.public.note_root.to_fr() + one())
            }),
            ("amount", |s| s.private.amount.0 ^= 1),
            ("currency", |s| s.private.terms.currency.0 ^= 1),
            ("due day", |s| s.private.terms.due_day.0 ^= 1),
            ("debtor", |s| s.private.terms.debtor = PartyId::from_fr(one())),
            ("creditor", |s| s.private.terms.creditor = PartyId::from_fr(one())),
            ("document", |s| s.private.terms.document = DocumentHash::from_fr(one())),
            ("receivable", |s| {
                s.private.terms.receivable = SaltedFingerprint::from_fr(one())
            }),
            ("flags", |s| {
                s.private.terms.flags = Flags::from_bits(s.private.terms.flags.bits() ^ 0x8000)
            }),
            ("number", |s| {
                s.private.terms.number = dilution::number(s.private.terms.number.get() ^ 1)
            }),
            ("rho", |s| s.private.randomness.rho += one()),
            ("r", |s| s.private.randomness.r += one()),
            ("owner key", |s| {
                s.private.owner_key = Party::random(&mut TestRng::seed_from_u64(9)).secret.public()
            }),
            ("nullifier key", |s| {
                s.private.nullifier_key = NullifierKey::from_fr(s.private.nullifier_key.expose() + one())
            }),
            ("entry time", |s| s.private.entry_time.0 ^= 1),
            ("note path sibling", |s| {
                s.private.note_path = changed_path(&s.private.note_path)
            }),
            ("note path index", |s| {
                let path = &s.private.note_path;
                s.private.note_path = MerklePath::<NOTE_DEPTH>::new(path.index() ^ 2, *path.siblings()).unwrap();
            }),
        ],
    ),
    (
        Violation::Nullifier,
        &[("nullifier", |s| {
            s.public.nullifier = Nullifier::from_fr(s.public.nullifier.to_fr() + one())
        })],
    ),
    (
        Violation::RequestDigest,
        &[
            ("request digest", |s| {
                s.public.request_digest = RequestDigest::from_fr(s.public.request_digest.to_fr() + one())
            }),
            ("request currency", |s| s.private.request.currency.0 ^= 1),
            ("request minimum", |s| s.private.request.min_amount.0 ^= 1),
            ("request due from", |s| s.private.request.due_from.0 ^= 1),
            ("request due to", |s| s.private.request.due_to.0 ^= 1),
            ("request debtors", |s| s.private.request.approved_debtors_root += one()),
            ("request required flags", |s| {
                s.private.request.required_flags = Flags::from_bits(s.private.request.required_flags.bits() ^ 1)
            }),
            ("request forbidden flags", |s| {
                s.private.request.forbidden_flags = Flags::from_bits(s.private.request.forbidden_flags.bits() ^ 1)
            }),
            ("request context", |s| s.private.request.context += one()),
            ("verifier key", |s| s.private.request.verifier_key += one()),
            ("latest end of a lock", |s| s.private.request.lock_until.0 ^= 1),
        ],
    ),
    (
        Violation::DilutionNotInTree,
        &[
            ("dilution root", |s| {
                s.public.dilution_root = DilutionRoot::from_fr(s.public.dilution_root.to_fr() + one())
            }),
            ("dilution leaf's number", |s| s.private.dilution.leaf.number ^= 1),
            ("dilution leaf's next", |s| s.private.dilution.leaf.next ^= 1),
            ("dilution leaf's remainder", |s| {
                s.private.dilution.leaf.remaining = dilution::ppb(s.private.dilution.leaf.remaining.get() ^ 1)
            }),
            ("dilution path sibling", |s| {
                s.private.dilution.path = changed_path(&s.private.dilution.path)
            }),
            ("dilution path index", |s| {
                let path = &s.private.dilution.path;
                s.private.dilution.path = MerklePath::new(path.index() ^ 1, *path.siblings()).unwrap();
            }),
        ],
    ),
    (
        Violation::DebtorNotApproved,
        &[
            ("debtor path sibling", |s| {
                s.private.debtor_path = changed_path(&s.private.debtor_path)
            }),
            ("debtor path index", |s| {
                let path = &s.private.debtor_path;
                s.private.debtor_path = MerklePath::<SET_DEPTH>::new(path.index() ^ 1, *path.siblings()).unwrap();
            }),
        ],
    ),
    (
        Violation::Signature,
        &[
            ("signature R8", |s| s.private.signature.r8 = -s.private.signature.r8),
            ("signature S", |s| s.private.signature.s = -s.private.signature.s),
        ],
    ),
];

#[test]
fn one_changed_field_is_refused_by_both() {
    for (expected, changes) in CHANGES {
        for (what, change) in *changes {
            let mut scenario = eligible(7);
            change(&mut scenario);
            assert!(!accepted(what, &scenario), "{what}: accepted");
            assert_eq!(violation(&scenario), Some(*expected), "{what}");
        }
    }
}

/// What a dishonest owner could have an honest ledger hold and an honest bank ask: only the policy stands in its way.
#[test]
fn a_note_that_misses_the_policy_is_refused_for_that_reason() {
    type Miss = (&'static str, fn(&mut EligibilityScenario), Violation);
    let misses: &[Miss] = &[
        (
            "amount one below",
            |s| s.private.amount.0 = s.private.request.min_amount.0 - 1,
            Violation::AmountTooLow,
        ),
        ("amount 0", |s| s.private.amount = AmountMinor(0), Violation::ZeroAmount),
        (
            "due one day early",
            |s| s.private.terms.due_day = Day(s.private.request.due_from.0 - 1),
            Violation::DueDay,
        ),
        (
            "due one day late",
            |s| s.private.terms.due_day = Day(s.private.request.due_to.0 + 1),
            Violation::DueDay,
        ),
        (
            "due never",
            |s| s.private.terms.due_day = Day(u32::MAX),
            Violation::DueDay,
        ),
        (
            "debtor unknown",
            |s| s.private.terms.debtor = PartyId::from_fr(one()),
            Violation::DebtorNotApproved,
        ),
        (
            "debtor 0, the padding's value",
            |s| {
                s.private.terms.debtor = PartyId::from_fr(Fr::from(0u64));
                let empty = s.approved.members().len() as u64;
                let known = s.approved.path(s.approved.members()[0]).unwrap();
                s.private.debtor_path = MerklePath::new(empty, *known.siblings()).unwrap();
            },
            Violation::DebtorNotApproved,
        ),
        (
            "flag missing",
            |s| {
                s.private.terms.flags = Flags::NONE;
                s.private.request.required_flags = Flags::ACKNOWLEDGED;
                s.private.request.forbidden_flags = Flags::NONE;
            },
            Violation::FlagMissing,
        ),
        (
            "flag forbidden",
            |s| {
                s.private.terms.flags = Flags::OTHER_PAYEE_NAMED;
                s.private.request.required_flags = Flags::NONE;
                s.private.request.forbidden_flags = Flags::OTHER_PAYEE_NAMED;
            },
            Violation::FlagForbidden,
        ),
    ];
    for (what, change, expected) in misses {
        let mut scenario = eligible(8);
        change(&mut scenario);
        scenario.reseal();
        assert!(!accepted(what, &scenario), "{what}: accepted");
        assert_eq!(violation(&scenario), Some(*expected), "{what}");
    }
    let mut scenario = eligible(8);
    scenario.private.terms.currency = CurrencyCode(scenario.private.request.currency.0 ^ 1);
    scenario.reseal();
    assert!(!accepted("currency", &scenario));
    assert!(matches!(violation(&scenario), Some(Violation::Currency { .. })));
}

#[test]
fn the_edges_of_the_policy_are_accepted() {
    type Edge = (&'static str, fn(&mut EligibilityScenario));
    let edges: &[Edge] = &[
        ("amount equal to the minimum", |s| {
            s.private.amount = s.private.request.min_amount
        }),
        ("largest amount and minimum", |s| {
            s.private.amount = AmountMinor(u64::MAX);
            s.private.request.min_amount = AmountMinor(u64::MAX);
        }),
        ("first day", |s| s.private.terms.due_day = s.private.request.due_from),
        ("last day", |s| s.private.terms.due_day = s.private.request.due_to),
        ("day 0", |s| {
            s.private.terms.due_day = Day(0);
            s.private.request.due_from = Day(0);
        }),
        ("last day there is", |s| {
            s.private.terms.due_day = Day(u32::MAX);
            s.private.request.due_to = Day(u32::MAX);
        }),
        ("every flag required and set", |s| {
            s.private.terms.flags = Flags::from_bits(u16::MAX);
            s.private.request.required_flags = Flags::from_bits(u16::MAX);
            s.private.request.forbidden_flags = Flags::NONE;
        }),
        ("every flag forbidden and clear", |s| {
            s.private.terms.flags = Flags::NONE;
            s.private.request.required_flags = Flags::NONE;
            s.private.request.forbidden_flags = Flags::from_bits(u16::MAX);
        }),
    ];
    for (what, change) in edges {
        let mut scenario = eligible(9);
        change(&mut scenario);
        scenario.reseal();
        assert!(accepted(what, &scenario), "{what}: refused");
    }
}

/// A hosted prover holds everything but the spending key.
#[test]
fn a_signature_for_another_request_or_note_serves_nobody_else() {
    let (first, mut other) = (eligible(10), eligible(11));
    other.private.signature = first.private.signature;
    assert!(!accepted("another owner's signature", &other));
    let mut replay = eligible(10);
    let signature = replay.private.signature;
    replay.private.request.context += one();
    replay.reseal();
    replay.private.signature = signature;
    assert!(!accepted("the same owner's signature for an earlier request", &replay));
    let mut swap = eligible(10);
    let signature = swap.private.signature;
    swap.private.amount = AmountMinor(u64::MAX);
    swap.reseal();
    swap.private.signature = signature;
    assert!(!accepted("the same owner's signature for another note", &swap));
    assert_eq!(violation(&swap), Some(Violation::Signature));
}

#[test]
fn the_set_tree_of_padding_only_approves_nobody() {
    let mut scenario = eligible(12);
    let empty = SetTree::new([]).unwrap();
    scenario.private.request.approved_debtors_root = empty.root();
    scenario.private.debtor_path = MerklePath::new(
        0,
        core::array::from_fn(|level| [tradeseal_primitives::tree::empty_node(level); 3]),
    )
    .unwrap();
    for debtor in [Fr::from(0u64), one()] {
        scenario.private.terms.debtor = PartyId::from_fr(debtor);
        scenario.reseal();
        assert!(!accepted("member of the empty set", &scenario));
    }
}
