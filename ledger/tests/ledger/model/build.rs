//! Entries of operations, with real signatures, points and proofs, or with the fault that the operation names.

use super::operation::{
    Anchor, Dilute, Lock, Mint, Operation, Party, Proof, Release, Root, Rotate, Signer, Transfer, Tree, ZERO,
};
use crate::fixture::*;
use crate::minting::{Minting, dilution_key, dilution_secret, registry_key};
use crate::prover::{Prover, eligibility_prover, foreign_mint_prover, mint_prover, transfer_prover};
use std::collections::BTreeMap;
use std::sync::OnceLock;
use tradeseal_primitives::Fr;
use tradeseal_primitives::receivable::{Nullifier, RemainingPpb, UnixSeconds};
use tradeseal_verifier::entry::{
    AnchorBody, DiluteBody, Ed25519Key, Entry, Genesis, ItemCount, LockBody, RegistryBody, ReleaseBody, RemoveBody,
    Signed, SignedBody, TransferBody,
};
use tradeseal_verifier::groth16::KeyId;
use tradeseal_verifier::log::leaf_hash;
use tradeseal_verifier::policy::PolicyDigest;
use tradeseal_verifier::statement::{DilutionRoot, DirectoryRoot, NoteRoot};

const FIRST_BANK: u8 = 50;

/// The bank of this number.
pub fn bank_key(number: u8) -> Ed25519Key {
    bank(FIRST_BANK + number)
}

pub fn nullifier_of(input: u64) -> Nullifier {
    match input {
        ZERO => Nullifier::from_fr(Fr::from(0u64)),
        _ => nullifier(input),
    }
}

/// What only the ledger could tell the model: roots, and where entries went.
pub struct Told {
    pub genesis: Genesis,
    pub roots: BTreeMap<Tree, Vec<Fr>>,
    pub index_of: BTreeMap<usize, u64>,
}

impl Told {
    fn root(&self, tree: Tree, root: Root) -> Fr {
        match root {
            Root::Seen(number) => self.roots[&tree][number],
            Root::Unknown => Fr::from(0xbadu64),
        }
    }

    pub fn entry(&self, operation: &Operation) -> Entry {
        match operation {
            Operation::Mint(mint) => self.mint(mint),
            Operation::Transfer(transfer) => self.transfer(transfer),
            Operation::Lock(lock) => self.lock(lock),
            Operation::Release(release) => self.release(release),
            Operation::Dilute(dilute) => diluted(dilute),
            Operation::Rotate(rotate) => rotated(rotate),
            Operation::Party(party) => party_changed(party),
            Operation::Deposit(number) => deposit(*number),
            Operation::Anchor(anchor) => anchored(anchor),
        }
    }

    fn mint(&self, mint: &Mint) -> Entry {
        let minting = Minting {
            note: mint.note,
            invoice: mint.invoice,
            dilution: mint.receivable,
            blinding: mint.note,
            keys: mint.keys,
            issue: mint.issue,
            directory_root: DirectoryRoot::from_fr(self.root(Tree::Directory, mint.directory)),
        };
        let mut body = minting.body();
        body.key_id = key_id(mint_prover(), mint.proof);
        let rows = body.public(&origin(), &self.genesis.ledger_id()).rows();
        let proof = proof(mint_prover(), mint.proof, &rows);
        Entry::Mint(tradeseal_verifier::entry::Mint { body, proof })
    }

    fn transfer(&self, transfer: &Transfer) -> Entry {
        let body = TransferBody {
            note_root: NoteRoot::from_fr(self.root(Tree::Notes, transfer.notes)),
            nullifiers: transfer.inputs.map(nullifier_of),
            commitments: transfer.outputs.map(|output| commitment(output.note)),
            sealed_notes: [1, 2, 3, 4].map(|filling| Box::new([filling; 496])),
            key_id: key_id(transfer_prover(), transfer.proof),
            bank: transfer.bank.map(bank_key),
            sender_record: Box::new([5; 624]),
        };
        let proof = proof(transfer_prover(), transfer.proof, &body.public(&origin()).rows());
        let consent =
            |signer| tradeseal_verifier::entry::Transfer::consent(&body, &origin(), &secret(FIRST_BANK + signer));
        let bank_signature = transfer.signed_by.map(consent);
        Entry::Transfer(Box::new(tradeseal_verifier::entry::Transfer {
            body,
            proof,
            bank_signature,
        }))
    }

    fn lock(&self, lock: &Lock) -> Entry {
        let mut body = LockBody {
            note_root: NoteRoot::from_fr(self.root(Tree::Notes, lock.notes)),
            nullifier: nullifier_of(lock.input),
            policy_digest: PolicyDigest::from_fr(Fr::from(99u64)),
            bank: bank_key(lock.bank),
            expires: UnixSeconds(lock.expires),
            lock_until: UnixSeconds(lock.lock_until),
            key_id: key_id(eligibility_prover(), lock.proof),
            proof: Box::new([0; 256]),
            dilution_root: DilutionRoot::from_fr(self.root(Tree::Dilutions, lock.dilutions)),
        };
        body.proof = proof(eligibility_prover(), lock.proof, &body.public().rows());
        Entry::Lock(signed(body, FIRST_BANK + lock.bank, lock.signed_by == lock.bank))
    }

    fn release(&self, release: &Release) -> Entry {
        let body = ReleaseBody {
            nullifier: nullifier_of(release.input),
            bank: bank_key(release.bank),
            lock_index: self.index_of[&release.lock] + u64::from(release.misses),
        };
        let honest = release.signed_by == release.bank;
        Entry::Release(signed(body, FIRST_BANK + release.bank, honest))
    }
}

fn diluted(dilute: &Dilute) -> Entry {
    let body = DiluteBody {
        number: dilution_key(dilute.receivable).number(),
        remaining: RemainingPpb::new(dilute.remaining).unwrap(),
        dilution_key: *dilution_key(dilute.key).key(),
    };
    let mut signed = Signed::sign(body, &origin(), &dilution_secret(dilute.key)).unwrap();
    if !dilute.signed {
        signed.signature.0[0] ^= 1;
    }
    Entry::Dilute(signed)
}

/// The bank of this number anchors a lot.
fn anchored(anchor: &Anchor) -> Entry {
    let body = AnchorBody {
        count: ItemCount::new(anchor.items).unwrap(),
        root: leaf_hash(&anchor.lot.to_be_bytes()),
        purpose: "identity cards".parse().unwrap(),
        key: bank_key(anchor.signer),
    };
    Entry::Anchor(signed(body, FIRST_BANK + anchor.signer, anchor.signed))
}

fn rotated(rotate: &Rotate) -> Entry {
    let body = RegistryBody {
        key: registry_key(rotate.key).public(),
        revision: rotate.revision,
        registrar: Ed25519Key::of(&secret(registrar_seed(rotate.signer))),
    };
    Entry::Registry(Box::new(by_registrar(body, rotate.signer)))
}

fn party_changed(change: &Party) -> Entry {
    let registrar = Ed25519Key::of(&secret(registrar_seed(change.signer)));
    if change.removes {
        let body = RemoveBody {
            party: party(change.party),
            revision: change.revision,
            registrar,
        };
        return Entry::Remove(by_registrar(body, change.signer));
    }
    let mut body = enrol_body(change.party, change.revision);
    body.registrar = registrar;
    Entry::Enrol(by_registrar(body, change.signer))
}

fn registrar_seed(signer: Signer) -> u8 {
    if signer == Signer::Stranger { 9 } else { 1 }
}

fn by_registrar<B: SignedBody>(body: B, signer: Signer) -> Signed<B> {
    signed(body, registrar_seed(signer), signer != Signer::Forger)
}

/// Signed by the one that the body names, or not by it.
fn signed<B: SignedBody>(body: B, seed: u8, honest: bool) -> Signed<B> {
    let mut signed = Signed::sign(body, &origin(), &secret(seed)).unwrap();
    if !honest {
        signed.signature.0[0] ^= 1;
    }
    signed
}

/// The prover's own, or one that no ledger here accepts for any statement.
fn key_id(prover: &Prover, proof: Proof) -> KeyId {
    match proof {
        Proof::OfUnacceptedKey => foreign_mint_prover().key_id(),
        Proof::Good | Proof::OfOtherRows => prover.key_id(),
    }
}

fn proof(prover: &Prover, proof: Proof, rows: &[Fr]) -> Box<[u8; 256]> {
    static OF_OTHER_ROWS: OnceLock<Box<[u8; 256]>> = OnceLock::new();
    match proof {
        Proof::Good => prover.prove(rows),
        Proof::OfOtherRows | Proof::OfUnacceptedKey => OF_OTHER_ROWS
            .get_or_init(|| transfer_prover().prove(&[Fr::from(1u64); 8]))
            .clone(),
    }
}
