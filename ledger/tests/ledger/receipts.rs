//! Receipts and the quorum: none before it is met, none lost when it is met later, by a log witness whose presence tests decide.

use crate::fixture::*;
use ed25519_dalek::SigningKey;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use tradeseal_ledger::publish::{Collected, LogHistory, Missing, MissingWitness, Quorum};
use tradeseal_ledger::{Ledger, LedgerOptions, Receipt, SubmitError};
use tradeseal_verifier::log::{Cosigner, KeyName, LogHash, SignedCheckpoint, verify_consistency};

/// A cosigner in this process: it checks consistency as a log witness does, and answers only while it is present.
struct Court {
    cosigner: Cosigner,
    present: AtomicBool,
    asked: AtomicUsize,
    last: Mutex<Option<(u64, LogHash)>>,
    /// While held, no answer leaves.
    gate: Mutex<()>,
}

impl Court {
    fn new() -> Arc<Self> {
        let name = KeyName::new("witness.example/court").unwrap();
        Arc::new(Self {
            cosigner: Cosigner::new(name, SigningKey::from_bytes(&[9; 32])).unwrap(),
            present: AtomicBool::new(true),
            asked: AtomicUsize::new(0),
            last: Mutex::new(None),
            gate: Mutex::new(()),
        })
    }

    fn set_present(&self, present: bool) {
        self.present.store(present, Ordering::SeqCst);
    }

    fn has_cosigned(&self, receipt: &Receipt) -> bool {
        self.is_met(receipt.checkpoint())
    }
}

impl Quorum for Court {
    fn is_met(&self, checkpoint: &SignedCheckpoint) -> bool {
        let keys = [self.cosigner.key().clone()];
        checkpoint.cosignatures(&keys).unwrap().len() == 1
    }

    fn collect(&self, checkpoint: &SignedCheckpoint, history: &LogHistory) -> Collected {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let _gate = self.gate.lock().unwrap();
        if !self.present.load(Ordering::SeqCst) {
            return Collected {
                checkpoint: checkpoint.clone(),
                missing: Some(Missing {
                    shortfall: "court".into(),
                    witnesses: vec![MissingWitness {
                        name: "court".into(),
                        answer: "is unreachable".into(),
                        saw_other_history: false,
                    }],
                }),
            };
        }
        let new = checkpoint.unchecked_checkpoint();
        let mut last = self.last.lock().unwrap();
        if let Some((size, root)) = *last {
            let proof = history.consistency_proof(size, new.size()).unwrap();
            verify_consistency(size, &root, new.size(), new.root(), &proof).unwrap();
        }
        *last = Some((new.size(), *new.root()));
        let line = self
            .cosigner
            .cosign(new, tradeseal_primitives::receivable::UnixSeconds(START));
        Collected {
            checkpoint: checkpoint.with_signature(line.unwrap()).unwrap(),
            missing: None,
        }
    }
}

fn reopen(world: World, court: &Arc<Court>) -> World {
    let path = world.path();
    let World {
        directory,
        clock,
        ledger,
    } = world;
    ledger.shut_down();
    let options = LedgerOptions {
        quorum: Some(court.clone()),
        ..options(&clock)
    };
    let ledger = Ledger::open(&path, log_secret(), proof_keys(), &options).unwrap();
    World {
        directory,
        clock,
        ledger,
    }
}

#[test]
fn a_receipt_is_cosigned_and_proves_its_entry() {
    let court = Court::new();
    let world = reopen(World::new(), &court);
    for number in 0..20 {
        let entry = enrol(number, 0);
        let receipt = world.accept(entry.clone());
        assert!(court.has_cosigned(&receipt));
        let proven = receipt.proof.verify(&entry.encode(), &world.keys()).unwrap();
        assert_eq!(proven.index, receipt.index());
        let view = world.ledger.view().unwrap();
        assert_eq!(
            view.cosigned_proof(receipt.index()).unwrap().unwrap().index(),
            receipt.index()
        );
    }
}

#[test]
fn no_receipt_leaves_before_the_quorum() {
    let court = Court::new();
    let world = reopen(World::new(), &court);
    world.ledger.wait_until_published().unwrap();
    let gate = court.gate.lock().unwrap();
    let (sender, receipts) = mpsc::channel();
    for number in 0..50 {
        let sender = sender.clone();
        let done = move |outcome| sender.send(outcome).unwrap();
        world.ledger.submit_with(enrol(number, 0), done).unwrap();
    }
    // All are durable, none has a receipt: the sequencer goes on without the quorum.
    while world.ledger.view().unwrap().latest_state().directory_count < 50 {
        std::thread::yield_now();
    }
    assert!(receipts.try_recv().is_err());
    let asked = court.asked.load(Ordering::SeqCst);
    drop(gate);
    for _ in 0..50 {
        assert!(court.has_cosigned(&receipts.recv().unwrap().unwrap()));
    }
    assert!(
        court.asked.load(Ordering::SeqCst) <= asked + 2,
        "checkpoints in between are left out"
    );
}

#[test]
fn without_its_quorum_an_entry_is_durable_and_its_receipt_comes_later() {
    let court = Court::new();
    let world = reopen(World::new(), &court);
    let before = world.accept(enrol(0, 0));
    court.set_present(false);
    let SubmitError::NoReceiptYet(durable) = world.ledger.submit(enrol(1, 0)).unwrap_err() else {
        panic!("the entry is accepted, without a receipt");
    };
    assert!(durable.index > before.index());
    assert_eq!(durable.missing.witnesses[0].name, "court");
    let view = world.ledger.view().unwrap();
    assert_eq!(view.entry(durable.index).unwrap().bytes, enrol(1, 0).encode());
    assert_eq!(view.cosigned_proof(durable.index).unwrap(), None);
    assert!(
        view.cosigned_proof(before.index()).unwrap().is_some(),
        "old receipts stay"
    );
    drop(view);
    assert_eq!(world.ledger.wait_until_published(), Err(durable.missing.clone()));

    court.set_present(true);
    world.ledger.wait_until_published().unwrap();
    let proof = world
        .ledger
        .view()
        .unwrap()
        .cosigned_proof(durable.index)
        .unwrap()
        .unwrap();
    proof.verify(&enrol(1, 0).encode(), &world.keys()).unwrap();
    assert!(court.is_met(proof.checkpoint()));
}

#[test]
fn a_restart_publishes_what_was_left() {
    let court = Court::new();
    court.set_present(false);
    let world = reopen(World::new(), &court);
    let SubmitError::NoReceiptYet(durable) = world.ledger.submit(enrol(1, 0)).unwrap_err() else {
        panic!("the entry is accepted, without a receipt");
    };
    court.set_present(true);
    let asked = court.asked.load(Ordering::SeqCst);
    let world = reopen(world, &court);
    world.ledger.wait_until_published().unwrap();
    assert!(
        world
            .ledger
            .view()
            .unwrap()
            .cosigned_proof(durable.index)
            .unwrap()
            .is_some()
    );
    let once = court.asked.load(Ordering::SeqCst);
    assert!(once > asked);
    // What is published is not asked about again.
    let world = reopen(world, &court);
    world.ledger.wait_until_published().unwrap();
    drop(world);
    assert_eq!(court.asked.load(Ordering::SeqCst), once);
}
