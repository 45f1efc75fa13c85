//! Attacks on `receivable/disclosure/v1`: showing a note's owner or its fate as another, or a file made for one reader as made for another.
//! Everything that follows from the lie is recomputed; what is left broken is what stops it.
#![allow(clippy::unwrap_used, missing_docs)]

mod attack_forger;
mod support;

use ark_ec::{AffineRepr, CurveGroup};
use ark_ff::{MontFp, One, PrimeField, UniformRand};
use ark_std::rand::SeedableRng;
use attack_forger::{Edits, Forger, PublicRows, forger};
use support::{
    TestRng, agree,
    disclosure::{DisclosureScenario, disclosing},
    scenario::Party,
};
use tradeseal_circuits::receivable::disclosure::{self, Disclosure};
use tradeseal_primitives::{
    Fr,
    babyjubjub::{Point, Scalar},
    eddsa::Signature,
    hash::{Domain, hash},
    party::NullifierKey,
    receivable::{Nullifier, TermsHash},
};
use tradeseal_verifier::statement::DisclosureDigest;

fn attack(seed: u64, rows: PublicRows) -> (DisclosureScenario, Forger) {
    let scenario = disclosing(seed);
    let forger = forger::<Disclosure>(rows, &scenario.public, &scenario.private);
    (scenario, forger)
}

/// Column of the third row.
const DIGEST: usize = 3;

/// The reader of a file, or a hosted prover that holds nk and every opening: the file's digest names its audience, time and every entry.
#[test]
fn a_file_made_for_one_reader_is_not_readdressed_to_another() {
    let (scenario, forger) = attack(1, PublicRows::Chosen);
    let edits = Edits::from([(DIGEST, Fr::from(7u64))]);
    let forged = forger.propagate(&edits);
    assert_eq!(forger.broken_sections(&forged), ["owner's signature"]);
    // Nor with the signature of anyone else.
    let rng = &mut TestRng::seed_from_u64(2);
    let thief = Party::random(rng);
    let message = hash(
        Domain::DISCLOSURE_SIGNATURE,
        &[Fr::from(7u64), scenario.public.nullifier.to_fr()],
    );
    let signature = thief.secret.sign(message);
    let mut edits = edits;
    let section = "owner's signature";
    forger.with_signature(
        section,
        &scenario.owner.secret.public(),
        message,
        &signature,
        &mut edits,
    );
    assert_eq!(forger.broken_sections(&forger.propagate(&edits)), [section]);
}

/// An owner who signs anything, of a note that the ledger holds: no private value leads from that commitment to a second nullifier.
#[test]
fn an_owner_has_no_second_fate_to_show() {
    let (scenario, forger) = attack(3, PublicRows::Fixed);
    let rng = &mut TestRng::seed_from_u64(4);
    let key = scenario.private.nullifier_key.expose();
    for column in forger.inputs() {
        let held = forger.assigned.values[*column];
        for value in [Fr::rand(rng), held + Fr::one(), -held, Fr::from(0u64)] {
            if value == held {
                continue;
            }
            let forged = forger.propagate(&Edits::from([(*column, value)]));
            let broken = forger.broken_sections(&forged);
            assert!(!broken.is_empty(), "column {column} can change");
            if held == key {
                assert!(broken.contains(&"note") && broken.contains(&"nullifier"), "{broken:?}");
            }
        }
    }
}

/// With all rows its own to choose, the owner shows the fate of a note that is on no ledger: the circuit holds, the log's proofs do not.
#[test]
fn what_is_not_on_the_ledger_only_the_commitment_shows() {
    let (mut scenario, _) = attack(5, PublicRows::Chosen);
    scenario.private.terms = TermsHash::from_fr(Fr::from(1u64));
    let other_key = NullifierKey::from_fr(scenario.private.nullifier_key.expose() + Fr::one());
    scenario.private.nullifier_key = other_key;
    let on_the_ledger = scenario.public.commitment;
    scenario.reseal();
    assert!(agree::<Disclosure>("invented", &scenario.public, &scenario.private));
    assert_ne!(scenario.public.commitment, on_the_ledger);
}

/// The eight points of small order.
fn torsion() -> Vec<Point> {
    let generator = Point::new_unchecked(
        MontFp!("995203441582195749578291179787384436505546430278305826713579947235728471134"),
        MontFp!("5472060717959818805561601436314318772137091100104008585924551046643952123905"),
    );
    let small = generator.mul_bigint(Scalar::MODULUS).into_affine();
    (0..8u64).map(|i| small.mul_bigint([i]).into_affine()).collect()
}

/// A + T signs with A's key and is another owner: the note of A's address is not its.
#[test]
fn a_key_with_a_part_of_small_order_does_not_own_the_same_note() {
    for (order, small) in torsion().into_iter().enumerate().skip(1) {
        let (scenario, forger) = attack(7, PublicRows::Fixed);
        let key = scenario.owner.secret.public();
        let tainted = (key.point().into_group() + small).into_affine();
        let columns = [key.point().x, key.point().y].map(|coordinate| {
            *forger
                .inputs()
                .iter()
                .find(|column| forger.assigned.values[**column] == coordinate)
                .unwrap()
        });
        let edits = Edits::from([(columns[0], tainted.x), (columns[1], tainted.y)]);
        let broken = forger.broken_sections(&forger.propagate(&edits));
        assert!(broken.contains(&"note"), "{order}: {broken:?}");
    }
}

/// The message holds the nullifier: one owner's word about one note is none about another of its notes in the same file.
#[test]
fn one_signature_serves_one_note_of_a_file() {
    let first = disclosing(8);
    let mut second = disclosing(8);
    second.private.randomness.r += Fr::one();
    second.public.commitment = second.private.note().commitment();
    second.public.nullifier = second.public.commitment.nullifier(&second.private.nullifier_key);
    assert_eq!(second.public.digest, first.public.digest);
    second.private.signature = Signature {
        r8: first.private.signature.r8,
        s: first.private.signature.s,
    };
    assert!(!agree::<Disclosure>(
        "the first's signature",
        &second.public,
        &second.private
    ));
    second.sign();
    assert!(agree::<Disclosure>("its own", &second.public, &second.private));
    // Rows are told apart by their place: a nullifier where the digest stands.
    let mut exchanged = disclosing(8);
    exchanged.public.digest = DisclosureDigest::from_fr(first.public.nullifier.to_fr());
    exchanged.public.nullifier = Nullifier::from_fr(first.public.digest.to_fr());
    let message = disclosure::signed_message(exchanged.public.digest, exchanged.public.nullifier);
    exchanged.private.signature = exchanged.owner.secret.sign(message);
    assert!(!agree::<Disclosure>(
        "rows exchanged",
        &exchanged.public,
        &exchanged.private
    ));
}
