//! Duplicate tags: an invoice becomes a receivable once, whoever mints it again, however it is blinded, and whenever.

use crate::fixture::*;
use crate::minting::{Evaluated, Minting, dilution_key, keys_of_era, proven, registry_key};
use std::sync::mpsc;
use tradeseal_ledger::rules::{KeyRole, ProofProblem, Refusal};
use tradeseal_ledger::view::Receivable;
use tradeseal_primitives::babyjubjub::{Point, base8, point_to_bytes};
use tradeseal_primitives::duplicate_tag::DleqError;
use tradeseal_primitives::receivable::RemainingPpb;
use tradeseal_verifier::entry::{Entry, EntryError, EntryKind, MintBody};

/// The invoice of mint 1 once more, with all else of mint 2.
fn copycat(world: &World) -> Minting {
    Minting {
        invoice: 1,
        ..world.minting(2)
    }
}

#[test]
fn an_invoice_is_minted_once_whoever_mints_it_and_however_it_is_blinded() {
    let world = World::new();
    let index = world.accept(world.mint(1)).index();
    let (first, again) = (world.minting(1).body(), copycat(&world).body());
    assert_ne!((first.blinded, first.evaluated), (again.blinded, again.evaluated));
    assert_eq!(first.duplicate_tag, again.duplicate_tag);
    let refused = world.refuse(world.mint_as(&copycat(&world)));
    assert_eq!(refused, Refusal::AlreadyMinted { index });
    assert_eq!(
        refused.to_string(),
        format!("this invoice is already on this ledger as a receivable (entry {index})")
    );
    let view = world.ledger.view().unwrap();
    assert_eq!(view.tag(first.duplicate_tag).unwrap(), Some(index));
    drop(view);

    let world = world.reopen();
    let refused = world.refuse(world.mint_as(&copycat(&world)));
    assert_eq!(refused, Refusal::AlreadyMinted { index });
}

#[test]
fn a_refused_mint_takes_neither_its_tag_nor_its_number_nor_its_note() {
    let world = World::new();
    world.accept(world.mint(1));
    let body = copycat(&world).body();
    world.refuse(world.mint_as(&copycat(&world)));
    let view = world.ledger.view().unwrap();
    assert_eq!(view.receivable(body.dilution_key.number()).unwrap(), None);
    assert_eq!(view.note(body.commitment).unwrap(), None);
    drop(view);
    let taken_number = Minting {
        dilution: 1,
        ..world.minting(2)
    };
    world.refuse(world.mint_as(&taken_number));
    let tag = Evaluated::of(2, 2, 0).tag;
    assert_eq!(world.ledger.view().unwrap().tag(tag).unwrap(), None);
    world.accept(world.mint(2));
}

/// Two mints of one invoice that wait for the same batch.
#[test]
fn the_second_of_two_in_one_batch_is_refused() {
    let world = World::new();
    let (sender, receiver) = mpsc::channel();
    let submit = |entry, sender: mpsc::Sender<_>| {
        let done = move |outcome: Result<tradeseal_ledger::Receipt, _>| sender.send(outcome).unwrap();
        world.ledger.submit_with(entry, done).unwrap();
    };
    let (first, second) = (world.mint(1), world.mint_as(&copycat(&world)));
    let hold = world.hold_sequencer(1);
    submit(first, sender.clone());
    submit(second, sender);
    drop(hold);
    // Refusals are told before receipts, so the order of outcomes is not that of the entries.
    let mut outcomes: Vec<_> = receiver.iter().collect();
    outcomes.sort_by_key(Result::is_err);
    let index = outcomes[0].as_ref().unwrap().index();
    assert_eq!(outcomes[1], Err(Refusal::AlreadyMinted { index }.into()));
    let view = world.ledger.view().unwrap();
    assert_eq!(
        view.entry(index).unwrap().state_index,
        index + 1,
        "no second entry in the batch"
    );
}

#[test]
fn a_number_is_taken_once_and_found_with_its_dilution_key_and_mint() {
    let world = World::new();
    let number = dilution_key(1).number();
    assert_eq!(world.ledger.view().unwrap().receivable(number).unwrap(), None);
    let index = world.accept(world.mint(1)).index();
    let known = Receivable {
        entry_index: index,
        dilution_key: *dilution_key(1).key(),
        remaining: RemainingPpb::WHOLE,
    };
    assert_eq!(world.ledger.view().unwrap().receivable(number).unwrap(), Some(known));
    let again = Minting {
        dilution: 1,
        ..world.minting(2)
    };
    let refused = world.refuse(world.mint_as(&again));
    assert_eq!(refused, Refusal::NumberTaken { number, index });
}

/// What a registry that is not this ledger's, or a holder that spoils its answer, could send.
#[test]
fn an_evaluation_by_another_key_or_of_another_point_is_refused() {
    let world = World::new();
    let body = world.minting(1).body();
    let changed = |change: &dyn Fn(&mut MintBody)| {
        let mut body = body.clone();
        change(&mut body);
        world.refuse(proven(body, world.ledger.genesis()))
    };
    let refused = Refusal::Evaluation {
        key: KeyRole::Current,
        cause: DleqError::WrongKeyOrPoint,
    };
    let by_another_key = Evaluated::of(1, 1, 1);
    let of_another_blinding = Evaluated::of(1, 2, 0);
    assert_ne!(registry_key(0).public(), registry_key(1).public());
    assert_eq!(
        changed(&|body| {
            body.duplicate_tag = by_another_key.tag;
            body.evaluated = by_another_key.evaluated;
            body.evaluation_proof = by_another_key.proof;
        }),
        refused
    );
    assert_eq!(changed(&|body| body.evaluated = by_another_key.evaluated), refused);
    assert_eq!(changed(&|body| body.evaluated = of_another_blinding.evaluated), refused);
    assert_eq!(changed(&|body| body.blinded = of_another_blinding.blinded), refused);
    assert_eq!(
        changed(&|body| body.evaluation_proof = of_another_blinding.proof),
        refused
    );
    world.accept(proven(body, world.ledger.genesis()));
}

/// The ledger cannot see whether a tag is its points': the proof's rows are what binds them.
#[test]
fn a_proof_serves_no_other_tag_points_days_or_dilution_key() {
    let world = World::new();
    let body = world.minting(1).body();
    let genesis = world.ledger.genesis();
    let Entry::Mint(honest) = proven(body.clone(), genesis) else {
        unreachable!()
    };
    let other = world.minting(2).body();
    let refused = |change: &dyn Fn(&mut MintBody)| {
        let mut forged = honest.clone();
        change(&mut forged.body);
        let refusal = world.refuse(Entry::Mint(forged));
        assert!(
            matches!(refusal, Refusal::Proof(ProofProblem::Invalid { .. })),
            "{refusal:?}"
        );
    };
    refused(&|body| body.duplicate_tag = other.duplicate_tag);
    refused(&|body| {
        body.blinded = other.blinded;
        body.evaluated = other.evaluated;
        body.evaluation_proof = other.evaluation_proof;
    });
    refused(&|body| body.issue_from.0 -= 1);
    refused(&|body| body.issue_to.0 += 1);
    refused(&|body| body.dilution_key = other.dilution_key);
    world.accept(Entry::Mint(honest));
}

/// Where `part` stands in these bytes.
fn find(bytes: &[u8], part: &[u8]) -> usize {
    bytes.windows(part.len()).position(|window| window == part).unwrap()
}

/// An entry with points outside the prime-order subgroup has no form that the ledger's rules could meet.
#[test]
fn points_that_are_none_of_the_prime_order_subgroup_are_no_entry() {
    let world = World::new();
    let body = Minting {
        keys: keys_of_era(1),
        ..world.minting(1)
    }
    .body();
    let points = [
        (8, body.blinded.to_bytes()),
        (9, body.evaluated.to_bytes()),
        (11, body.previous.as_ref().unwrap().evaluated.to_bytes()),
    ];
    let bytes = proven(body, world.ledger.genesis()).encode();
    assert!(Entry::decode(&bytes).is_ok());

    let order_two = Point::new_unchecked(0u64.into(), -tradeseal_primitives::Fr::from(1u64));
    let mixed = (base8() + order_two).into();
    let identity = Point::new_unchecked(0u64.into(), 1u64.into());
    let off_curve = Point::new_unchecked(1u64.into(), 2u64.into());
    for (field, honest) in points {
        let at = find(&bytes, &honest);
        let refused = |point: [u8; 64]| {
            let mut forged = bytes.clone();
            forged[at..at + 64].copy_from_slice(&point);
            let refused = Entry::decode(&forged);
            assert!(
                matches!(refused, Err(EntryError::Field { kind: EntryKind::Mint, field: found, .. }) if found == field),
                "{refused:?}"
            );
        };
        for point in [order_two, mixed, identity, off_curve] {
            refused(point_to_bytes(&point));
        }
        // A coordinate of the modulus or more, which another implementation might reduce.
        let mut unreduced = honest;
        unreduced[..32].copy_from_slice(&[0xff; 32]);
        refused(unreduced);
        refused([0; 64]);
    }
}
