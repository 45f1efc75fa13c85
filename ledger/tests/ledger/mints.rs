//! Minting: accepted keys, proofs bound to their entry, directory roots and their age, new commitments.

use crate::fixture::*;
use crate::minting::Minting;
use crate::prover::{foreign_mint_prover, mint_prover};
use tradeseal_ledger::rules::{ProofProblem, Refusal};
use tradeseal_ledger::{Ledger, ProofKeys};
use tradeseal_primitives::Fr;
use tradeseal_primitives::receivable::{Commitment, UnixSeconds};
use tradeseal_primitives::tree::{MemoryNodes, NOTE_DEPTH, set_leaf};
use tradeseal_verifier::entry::{Entry, LedgerId, Mint, StateTree};
use tradeseal_verifier::log::KeyName;
use tradeseal_verifier::statement::{DirectoryRoot, StatementId};

#[test]
fn a_minted_note_is_a_leaf_with_its_entrys_time_and_a_path_to_the_note_root() {
    let world = World::new();
    let mut expected = MemoryNodes::default();
    for number in 0..5 {
        world.at(10 * number);
        let receipt = world.accept(world.mint(number));
        assert_eq!(receipt.entry_time, UnixSeconds(START + 10 * number));
        let leaf = commitment(number).leaf(receipt.entry_time);
        let root = set_leaf::<NOTE_DEPTH, _>(&mut expected, number, leaf).unwrap();
        let view = world.ledger.view().unwrap();
        let note = view.note(commitment(number)).unwrap().unwrap();
        assert_eq!(
            (note.position, note.entry_index, note.time),
            (number, receipt.index(), receipt.entry_time)
        );
        let path = view.note_path(note.position).unwrap();
        assert_eq!((path.root.to_fr(), path.path.root(leaf)), (root, root));
        assert!(view.note_path(number + 1).is_err());
    }
    assert_eq!(world.ledger.view().unwrap().note(commitment(99)), Ok(None));
}

#[test]
fn a_commitment_is_minted_once() {
    let world = World::new();
    let index = world.accept(world.mint(1)).index();
    let again = Minting {
        note: 1,
        ..world.minting(2)
    };
    assert_eq!(
        world.refuse(world.mint_as(&again)),
        Refusal::CommitmentExists {
            commitment: commitment(1),
            index
        }
    );
}

#[test]
fn a_proof_serves_the_entry_and_the_log_it_was_made_for() {
    let world = World::new();
    let (body, id) = (world.minting(1).body(), world.ledger.genesis().ledger_id());
    let proof = mint_prover().prove(&body.public(&origin(), &id).rows());
    let refused = |body, proof| {
        matches!(
            world.refuse(Entry::Mint(Mint { body, proof })),
            Refusal::Proof(ProofProblem::Invalid { .. })
        )
    };

    let mut other = body.clone();
    other.commitment = Commitment::from_fr(Fr::from(1u64));
    assert!(refused(other, proof.clone()), "another commitment");
    let mut other = body.clone();
    other.acknowledged = false;
    assert!(refused(other, proof.clone()), "no acknowledgment");
    let mut other = body.clone();
    other.sealed_note[0] ^= 1;
    assert!(refused(other, proof.clone()), "another sealed note");
    let elsewhere = body.public(&KeyName::new("other.example/log").unwrap(), &id);
    assert!(
        refused(body.clone(), mint_prover().prove(&elsewhere.rows())),
        "another log"
    );
    let same_name = body.public(&origin(), &LedgerId([8; 32]));
    assert!(
        refused(body.clone(), mint_prover().prove(&same_name.rows())),
        "another log of this name"
    );
    let mut changed = proof.clone();
    changed[255] ^= 1;
    assert!(refused(body.clone(), changed), "a changed proof");
    world.accept(Entry::Mint(Mint { body, proof }));
}

#[test]
fn a_key_that_the_genesis_entry_does_not_name_is_refused() {
    let world = World::new();
    let (mut body, id) = (world.minting(1).body(), world.ledger.genesis().ledger_id());
    body.key_id = foreign_mint_prover().key_id();
    let proof = foreign_mint_prover().prove(&body.public(&origin(), &id).rows());
    let (statement, key_id) = (StatementId::RECEIVABLE_MINT_V2, body.key_id);
    assert_eq!(
        world.refuse(Entry::Mint(Mint { body, proof })),
        Refusal::KeyNotAccepted { statement, key_id }
    );
}

#[test]
fn an_accepted_key_that_is_not_at_hand_is_named() {
    let world = World::new();
    let (path, options) = (world.path(), world.options());
    let entry = world.mint(1);
    world.ledger.shut_down();
    let ledger = Ledger::open(&path, log_secret(), std::sync::Arc::new(ProofKeys::default()), &options).unwrap();
    let (statement, key_id) = (StatementId::RECEIVABLE_MINT_V2, mint_prover().key_id());
    let missing = Refusal::Proof(ProofProblem::KeyMissing { statement, key_id });
    assert_eq!(ledger.submit(entry), Err(missing.into()));
}

#[test]
fn a_directory_root_serves_until_exactly_its_grace_after_its_replacement() {
    let world = World::new();
    let old = world.directory_root();
    world.at(1_000_000);
    world.accept(world.mint_as(&Minting::new(1, old)));
    world.accept(enrol(1, 0));
    world.at(1_000_000 + GRACE - 1);
    world.accept(world.mint_as(&Minting::new(2, old)));
    world.at(1_000_000 + GRACE);
    let refused = world.refuse(world.mint_as(&Minting::new(3, old)));
    let (replaced, now) = (UnixSeconds(START + 1_000_000), UnixSeconds(START + 1_000_000 + GRACE));
    let tree = StateTree::Directory;
    assert_eq!(
        refused,
        Refusal::RootStale {
            tree,
            superseded_at: replaced,
            grace_seconds: GRACE,
            now
        }
    );
    world.accept(world.mint(3));
}

#[test]
fn a_root_that_no_state_record_holds_is_unknown_and_a_note_root_is_no_directory_root() {
    let world = World::new();
    world.accept(world.mint(1));
    for root in [Fr::from(5u64), world.note_root().to_fr()] {
        let refused = world.refuse(world.mint_as(&Minting::new(2, DirectoryRoot::from_fr(root))));
        assert_eq!(
            refused,
            Refusal::RootUnknown {
                tree: StateTree::Directory,
                root
            }
        );
    }
}
