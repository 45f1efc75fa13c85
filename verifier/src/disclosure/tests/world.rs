//! A ledger's signed log, and what each owner knows of it. Everything is real but the entries' own proofs, which nothing here checks.
//!
//! The log: 0 genesis; 2 the supplier mints 1000.00 EUR; 4 it pays 600.00 to its own supplier, settles 100.00 and keeps 300.00; 6 the
//! second supplier settles 250.00 and keeps 350.00; 7 a credit note leaves 90 %; 9 an unrelated mint; 1, 3, 5, 8 and 10: states.

use alloc::boxed::Box;
use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

use tradeseal_primitives::Fr;
use tradeseal_primitives::babyjubjub::{Scalar, scalar_to_bytes};
use tradeseal_primitives::duplicate_tag::{BlindedPoint, DleqProof, DuplicateTag, EvaluatedPoint};
use tradeseal_primitives::receivable::{Commitment, Day, Nullifier, RemainingPpb, UnixSeconds};
use tradeseal_primitives::tree::{MemoryDilutions, MemoryIndexed, absence, dilution, insert};

use super::scenario::*;
use crate::disclosure::*;
use crate::entry::*;
use crate::groth16::KeyId;
use crate::log::LogSigner;
use crate::request::Nonce;
use crate::statement::{DepositRoot, DilutionRoot, DirectoryRoot, NoteRoot};
use crate::test_log;

pub(crate) const MINT: u64 = 2;
pub(crate) const PAYMENT: u64 = 4;
pub(crate) const SETTLING: u64 = 6;
pub(crate) const DILUTION: u64 = 7;
pub(crate) const STRANGER: u64 = 9;
pub(crate) const LAST: u64 = 10;

/// A log and the trees at its end.
pub(crate) struct World {
    pub(crate) plan: Plan,
    pub(crate) log: Vec<Vec<u8>>,
    nullifiers: MemoryIndexed,
    dilutions: MemoryDilutions,
}

pub(crate) fn mint_of(commitment: Commitment, acknowledged: bool, dilution_key: DilutionKey) -> Entry {
    let scalars = [scalar_to_bytes(&Scalar::from(3u64)); 2];
    let body = MintBody {
        commitment,
        directory_root: DirectoryRoot::from_fr(Fr::from(8u64)),
        acknowledged,
        sealed_note: Box::new([1; SEALED_NOTE_BYTES]),
        key_id: KeyId::from_bytes([8; 32]),
        duplicate_tag: DuplicateTag::from_fr(Fr::from(40u64)),
        previous: None,
        blinded: BlindedPoint::base8(),
        evaluated: EvaluatedPoint::base8(),
        evaluation_proof: DleqProof::from_bytes(scalars.as_flattened().try_into().unwrap()).unwrap(),
        issue_from: Day(0),
        issue_to: Day(20_800),
        dilution_key,
    };
    Entry::Mint(Mint {
        body,
        proof: Box::new([4; 256]),
    })
}

fn transfer_of(nullifiers: [Nullifier; 2], outputs: &[Opening]) -> Entry {
    let commitments: Vec<Commitment> = outputs.iter().map(commitment).collect();
    let body = TransferBody {
        note_root: NoteRoot::from_fr(Fr::from(30u64)),
        nullifiers,
        commitments: commitments.try_into().unwrap(),
        sealed_notes: [1, 2, 3, 4].map(|byte| Box::new([byte; SEALED_NOTE_BYTES])),
        key_id: KeyId::from_bytes([7; 32]),
        bank: None,
        sender_record: Box::new([5; SENDER_RECORD_BYTES]),
    };
    Entry::Transfer(Box::new(Transfer {
        body,
        proof: Box::new([8; 256]),
        bank_signature: None,
    }))
}

impl World {
    pub(crate) fn new(plan: Plan) -> Self {
        let mut world = Self::until_payment(plan);
        let plan = world.plan.clone();
        let inputs = [nullifier(&plan.paid[0], SECOND), nullifier(&plan.dummies[1], SECOND)];
        world.transfer(inputs, &plan.settled);
        world.dilute();
        world.close();
        let stranger = DilutionKey::new(Ed25519Key::of(&secret(6))).unwrap();
        world.push(&mint_of(Commitment::from_fr(Fr::from(987_654_321u64)), false, stranger));
        world.close();
        world
    }

    /// The log as it was at entry 5.
    pub(crate) fn until_payment(plan: Plan) -> Self {
        let mut world = Self {
            log: Vec::new(),
            nullifiers: MemoryIndexed::default(),
            dilutions: MemoryDilutions::default(),
            plan,
        };
        let plan = world.plan.clone();
        // Somebody else's note was spent before.
        world.spend(Nullifier::from_fr(Fr::from(123_456_789u64)));
        world.push(&Entry::Genesis(genesis()));
        world.close();
        world.push(&mint_of(commitment(&plan.minted), plan.acknowledged, plan.mint_key));
        world.close();
        let inputs = [nullifier(&plan.minted, SUPPLIER), nullifier(&plan.dummies[0], SUPPLIER)];
        world.transfer(inputs, &plan.paid);
        world.close();
        world
    }

    pub(crate) fn push(&mut self, entry: &Entry) {
        self.log.push(entry.encode());
    }

    fn spend(&mut self, nullifier: Nullifier) {
        insert(&mut self.nullifiers, nullifier.to_fr()).unwrap();
    }

    fn transfer(&mut self, nullifiers: [Nullifier; 2], outputs: &[Opening]) {
        nullifiers.iter().for_each(|nullifier| self.spend(*nullifier));
        self.push(&transfer_of(nullifiers, outputs));
    }

    fn dilute(&mut self) {
        let body = DiluteBody {
            number: terms().number,
            remaining: RemainingPpb::new(900_000_000).unwrap(),
            dilution_key: Ed25519Key::of(&self.plan.dilution_signer),
        };
        dilution::lower(&mut self.dilutions, body.number, body.remaining).unwrap();
        self.push(&Entry::Dilute(
            Signed::sign(body, &origin(), &self.plan.dilution_signer).unwrap(),
        ));
    }

    pub(crate) fn close(&mut self) {
        let log_size = self.log.len() as u64;
        let state = StateRecord {
            time: UnixSeconds(START + 100 * log_size),
            log_size,
            note_count: 1,
            note_root: NoteRoot::from_fr(Fr::from(1u64)),
            nullifier_count: 1,
            nullifier_root: self.nullifiers.root(),
            directory_count: 2,
            directory_root: DirectoryRoot::from_fr(Fr::from(2u64)),
            revocation_root: Fr::from(3u64),
            dilution_count: 1,
            dilution_root: DilutionRoot::from_fr(self.dilutions.root()),
            deposit_count: 0,
            deposit_root: DepositRoot::from_fr(Fr::from(4u64)),
        };
        self.log.push(state.encode());
    }

    pub(crate) fn logged(&self, index: u64, signer: &LogSigner) -> LoggedEntry {
        let at = usize::try_from(index).unwrap();
        LoggedEntry {
            index,
            entry: self.log[at].clone(),
            tlog_proof: test_log::proof(&self.log, at, signer).to_string(),
        }
    }

    /// As of the last state.
    pub(crate) fn unspent(&self, nullifier: Nullifier) -> Fate {
        Fate::Unspent(Unspent {
            state: LAST,
            absence: absence(&self.nullifiers, &nullifier.to_fr()).unwrap(),
        })
    }

    /// The ledger forgets that this was spent, in its last state.
    pub(crate) fn forget(&mut self, forgotten: Nullifier) {
        let entries: Vec<Entry> = self.log.iter().map(|entry| Entry::decode(entry).unwrap()).collect();
        self.nullifiers = MemoryIndexed::default();
        for entry in &entries {
            let Entry::Transfer(transfer) = entry else { continue };
            let kept = transfer
                .body
                .nullifiers
                .into_iter()
                .filter(|nullifier| *nullifier != forgotten);
            kept.collect::<Vec<_>>()
                .into_iter()
                .for_each(|nullifier| self.spend(nullifier));
        }
        self.log.pop();
        self.close();
    }

    pub(crate) fn note(
        &self,
        of: u64,
        opening: &Opening,
        created: Option<(u64, u8)>,
        spent: Option<(u64, u8)>,
    ) -> DisclosedNote {
        let nullifier = nullifier(opening, of);
        let fate = match spent {
            Some((entry, input)) => Fate::Spent(Input { entry, input }),
            None => self.unspent(nullifier),
        };
        DisclosedNote {
            opening: opening.clone(),
            nullifier,
            created: created.map(|(entry, output)| Output { entry, output }),
            fate,
        }
    }

    pub(crate) fn body(&self, notes: Vec<DisclosedNote>, transfers: Vec<OpenedTransfer>, entries: &[u64]) -> Body {
        let signer = test_log::signer();
        Body {
            version: BodyVersion::V1,
            origin: origin(),
            ledger_id: genesis().ledger_id(),
            audience: "Commercial Court".parse().unwrap(),
            made: UnixSeconds(NOW - 100),
            nonce: Nonce::from_bytes([9; 32]),
            terms: terms(),
            debtor: None,
            creditor: None,
            invoice: None,
            notes,
            transfers,
            remaining: None,
            entries: entries.iter().map(|index| self.logged(*index, &signer)).collect(),
        }
    }

    /// All that the minting supplier knows.
    pub(crate) fn suppliers(&self) -> Body {
        let plan = &self.plan;
        let notes = vec![
            self.note(SUPPLIER, &plan.minted, Some((MINT, 0)), Some((PAYMENT, 0))),
            self.note(SUPPLIER, &plan.dummies[0], None, Some((PAYMENT, 1))),
            self.note(SUPPLIER, &plan.paid[1], Some((PAYMENT, 1)), None),
        ];
        let transfers = vec![OpenedTransfer {
            entry: PAYMENT,
            outputs: plan.paid.clone(),
        }];
        let mut body = self.body(notes, transfers, &[0, 1, MINT, 3, PAYMENT, 5, DILUTION, LAST]);
        body.debtor = Some(identifier("FR22222222222"));
        body.creditor = Some(identifier("DE111111111"));
        body.invoice = Some(invoice());
        body.remaining = Some(Remaining {
            state: LAST,
            proof: dilution::lookup(&self.dilutions, terms().number).unwrap(),
        });
        body
    }

    /// All that its supplier knows.
    pub(crate) fn seconds(&self) -> Body {
        let plan = &self.plan;
        let notes = vec![
            self.note(SECOND, &plan.paid[0], Some((PAYMENT, 0)), Some((SETTLING, 0))),
            self.note(SECOND, &plan.dummies[1], None, Some((SETTLING, 1))),
            self.note(SECOND, &plan.settled[1], Some((SETTLING, 1)), None),
        ];
        let transfers = vec![OpenedTransfer {
            entry: SETTLING,
            outputs: plan.settled.clone(),
        }];
        self.body(notes, transfers, &[0, PAYMENT, SETTLING, 8, LAST])
    }
}
