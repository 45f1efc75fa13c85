//! A ledger in a temporary directory, with a clock that tests set, one registrar and two banks.

use crate::minting::{Minting, dilution_key, dilution_secret, registry_key};
use crate::prover::{eligibility_prover, mint_prover, transfer_prover};
use ed25519_dalek::SigningKey;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;
use tempfile::TempDir;
use tradeseal_ledger::rules::Refusal;
use tradeseal_ledger::{
    BatchLimits, Clock, GenesisParams, Ledger, LedgerError, LedgerOptions, ProofKeys, Receipt, SubmitError,
};
use tradeseal_primitives::Fr;
use tradeseal_primitives::babyjubjub::base8;
use tradeseal_primitives::deposit::DepositCommitment;
use tradeseal_primitives::eddsa::PublicKey;
use tradeseal_primitives::party::{Address, Handle, PartyId};
use tradeseal_primitives::receivable::{Commitment, Nullifier, RemainingPpb, UnixSeconds};
use tradeseal_verifier::entry::{
    Deposit, DiluteBody, Ed25519Key, EnrolBody, Entry, LockBody, ReleaseBody, RemoveBody, Signed, Transfer,
    TransferBody,
};
use tradeseal_verifier::log::{KeyName, LogKey};
use tradeseal_verifier::policy::PolicyDigest;
use tradeseal_verifier::statement::{DilutionRoot, DirectoryRoot, NoteRoot, StatementId};

pub const START: u64 = 1_700_000_000;
pub const GRACE: u64 = 600;
/// The registry's keys serve at least ten days.
pub const ERA: u64 = 10 * 86_400;

/// A clock that stands still until a test sets it.
pub struct TestClock(AtomicU64);

impl TestClock {
    pub fn set(&self, seconds: u64) {
        self.0.store(seconds, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> UnixSeconds {
        UnixSeconds(self.0.load(Ordering::SeqCst))
    }
}

pub fn secret(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

pub fn log_secret() -> SigningKey {
    secret(100)
}

pub fn registrar() -> SigningKey {
    secret(1)
}

pub fn origin() -> KeyName {
    KeyName::new("ledger.example/test").unwrap()
}

pub fn genesis_params() -> GenesisParams {
    GenesisParams {
        accepted_keys: [
            (StatementId::RECEIVABLE_MINT_V2, [mint_prover().key_id()].into()),
            (StatementId::RECEIVABLE_TRANSFER_V1, [transfer_prover().key_id()].into()),
            (
                StatementId::RECEIVABLE_ELIGIBILITY_V2,
                [eligibility_prover().key_id()].into(),
            ),
        ]
        .into(),
        ..genesis_params_without_keys()
    }
}

/// The same, accepting no proofs: the keys of the small circuits take a moment to make.
pub fn genesis_params_without_keys() -> GenesisParams {
    GenesisParams {
        origin: origin(),
        registrars: [Ed25519Key::of(&registrar())].into(),
        accepted_keys: [].into(),
        root_grace_seconds: GRACE,
        registry_key: registry_key(0).public(),
        registry_era_seconds: ERA,
    }
}

pub fn proof_keys() -> Arc<ProofKeys> {
    Arc::new(ProofKeys::new([
        mint_prover().verifying.clone(),
        transfer_prover().verifying.clone(),
        eligibility_prover().verifying.clone(),
    ]))
}

/// A ledger and all that a test needs around it.
pub struct World {
    pub directory: TempDir,
    pub clock: Arc<TestClock>,
    pub ledger: Ledger,
}

impl World {
    pub fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let clock = Arc::new(TestClock(AtomicU64::new(START)));
        let path = directory.path().join("ledger");
        let ledger = Ledger::create(&path, genesis_params(), log_secret(), proof_keys(), &options(&clock)).unwrap();
        Self {
            directory,
            clock,
            ledger,
        }
    }

    pub fn path(&self) -> std::path::PathBuf {
        self.directory.path().join("ledger")
    }

    pub fn options(&self) -> LedgerOptions {
        options(&self.clock)
    }

    /// Shuts the ledger down and opens it again.
    pub fn reopen(self) -> Self {
        let Self {
            directory,
            clock,
            ledger,
        } = self;
        ledger.shut_down();
        let ledger = open(&directory.path().join("ledger"), &clock).unwrap();
        Self {
            directory,
            clock,
            ledger,
        }
    }

    pub fn accept(&self, entry: Entry) -> Receipt {
        self.ledger.submit(entry).unwrap()
    }

    pub fn refuse(&self, entry: Entry) -> Refusal {
        let size = self.ledger.view().unwrap().size();
        let refused = self.ledger.submit(entry).unwrap_err();
        assert_eq!(
            self.ledger.view().unwrap().size(),
            size,
            "a refusal leaves the log as it was"
        );
        match refused {
            SubmitError::Refused(refusal) => refusal,
            other => panic!("{other}"),
        }
    }

    /// Holds the sequencer up behind a batch of its own until what is given is dropped: what is submitted meanwhile is checked
    /// against the state as it is now, and decided in one batch.
    pub fn hold_sequencer(&self, party: u64) -> mpsc::Sender<()> {
        let (hold, held) = mpsc::channel();
        let (entered, inside) = mpsc::channel();
        let wait = move |outcome: Result<Receipt, SubmitError>| {
            entered.send(outcome).unwrap();
            held.recv().unwrap_or(());
        };
        self.ledger.submit_with(enrol(party, 0), wait).unwrap();
        inside.recv().unwrap().unwrap();
        hold
    }

    /// Moves the clock to this many seconds after the start.
    pub fn at(&self, seconds: u64) {
        self.clock.set(START + seconds);
    }

    pub fn note_root(&self) -> NoteRoot {
        self.ledger.view().unwrap().latest_state().note_root
    }

    pub fn directory_root(&self) -> DirectoryRoot {
        self.ledger.view().unwrap().latest_state().directory_root
    }

    /// What a lock is proven against: the roots of notes and of dilutions.
    pub fn roots(&self) -> (NoteRoot, DilutionRoot) {
        (self.note_root(), self.dilution_root())
    }

    pub fn dilution_root(&self) -> DilutionRoot {
        self.ledger.view().unwrap().latest_state().dilution_root
    }

    /// The minting of this number against the present directory, under the registry's first key.
    pub fn minting(&self, number: u64) -> Minting {
        Minting::new(number, self.directory_root())
    }

    pub fn mint_as(&self, minting: &Minting) -> Entry {
        minting.entry(self.ledger.genesis())
    }

    pub fn mint(&self, number: u64) -> Entry {
        self.mint_as(&self.minting(number))
    }

    pub fn keys(&self) -> [LogKey; 1] {
        [self.ledger.log_key().clone()]
    }
}

pub fn options(clock: &Arc<TestClock>) -> LedgerOptions {
    LedgerOptions {
        clock: clock.clone(),
        // A batch is what waits: most tests wait for each answer.
        batch: BatchLimits {
            gather: Duration::ZERO,
            ..BatchLimits::default()
        },
        ..LedgerOptions::default()
    }
}

pub fn open(path: &Path, clock: &Arc<TestClock>) -> Result<Ledger, LedgerError> {
    Ledger::open(path, log_secret(), proof_keys(), &options(clock))
}

pub fn party(number: u64) -> PartyId {
    PartyId::from_fr(Fr::from(1000 + number))
}

pub fn enrol_body(number: u64, revision: u64) -> EnrolBody {
    let point = base8();
    let address = Address::from_fr(Fr::from(2000 + number + revision));
    EnrolBody {
        party: party(number),
        key: PublicKey::from_coordinates(point.x, point.y).unwrap(),
        handle: Handle {
            address,
            encryption_key: [3; 32],
        },
        revision,
        registrar: Ed25519Key::of(&registrar()),
    }
}

pub fn enrol(number: u64, revision: u64) -> Entry {
    Entry::Enrol(Signed::sign(enrol_body(number, revision), &origin(), &registrar()).unwrap())
}

pub fn remove(number: u64, revision: u64) -> Entry {
    let body = RemoveBody {
        party: party(number),
        revision,
        registrar: Ed25519Key::of(&registrar()),
    };
    Entry::Remove(Signed::sign(body, &origin(), &registrar()).unwrap())
}

pub fn commitment(number: u64) -> Commitment {
    Commitment::from_fr(Fr::from(3000 + number))
}

/// The commitment of the note of the same number, deposited.
pub fn deposit_commitment(number: u64) -> DepositCommitment {
    DepositCommitment::from_fr(commitment(number).to_fr())
}

pub fn deposit(number: u64) -> Entry {
    Entry::Deposit(Deposit {
        commitment: deposit_commitment(number),
    })
}

pub fn nullifier(number: u64) -> Nullifier {
    Nullifier::from_fr(Fr::from(4000 + number))
}

pub fn bank(seed: u8) -> Ed25519Key {
    Ed25519Key::of(&secret(seed))
}

/// A transfer that spends nullifiers 2n and 2n + 1 into commitments from 100n on.
pub fn transfer_body(number: u64, note_root: NoteRoot, bank_seed: Option<u8>) -> TransferBody {
    TransferBody {
        note_root,
        nullifiers: [2 * number, 2 * number + 1].map(nullifier),
        commitments: [0, 1, 2, 3].map(|output| commitment(100 * number + output)),
        sealed_notes: [1, 2, 3, 4].map(|filling| Box::new([filling; 496])),
        sender_record: Box::new([5; 624]),
        key_id: transfer_prover().key_id(),
        bank: bank_seed.map(bank),
    }
}

/// The entry of a body, proven, with the consent of the bank of this seed.
pub fn transfer(body: TransferBody, bank_seed: Option<u8>) -> Entry {
    let proof = transfer_prover().prove(&body.public(&origin()).rows());
    let bank_signature = bank_seed.map(|seed| Transfer::consent(&body, &origin(), &secret(seed)));
    Entry::Transfer(Box::new(Transfer {
        body,
        proof,
        bank_signature,
    }))
}

/// A lock by the bank of this seed, until that many seconds after the start.
pub fn lock_body(number: u64, roots: (NoteRoot, DilutionRoot), bank_seed: u8, expires: u64) -> LockBody {
    let mut body = LockBody {
        note_root: roots.0,
        nullifier: nullifier(number),
        policy_digest: PolicyDigest::from_fr(Fr::from(expires + u64::from(bank_seed))),
        bank: bank(bank_seed),
        expires: UnixSeconds(START + expires),
        lock_until: UnixSeconds(START + 400 * 86_400),
        key_id: eligibility_prover().key_id(),
        proof: Box::new([0; 256]),
        dilution_root: roots.1,
    };
    body.proof = eligibility_prover().prove(&body.public().rows());
    body
}

pub fn lock(number: u64, roots: (NoteRoot, DilutionRoot), bank_seed: u8, expires: u64) -> Entry {
    signed_lock(lock_body(number, roots, bank_seed, expires), bank_seed)
}

pub fn signed_lock(body: LockBody, bank_seed: u8) -> Entry {
    Entry::Lock(Signed::sign(body, &origin(), &secret(bank_seed)).unwrap())
}

pub fn release(number: u64, bank_seed: u8, lock_index: u64) -> Entry {
    let body = ReleaseBody {
        nullifier: nullifier(number),
        bank: bank(bank_seed),
        lock_index,
    };
    Entry::Release(Signed::sign(body, &origin(), &secret(bank_seed)).unwrap())
}

/// A dilution of the receivable whose dilution key has this number, signed by that key.
pub fn dilute(number: u64, remaining: u32) -> Entry {
    dilute_with(number, remaining, number)
}

/// A dilution of one receivable with the dilution key of another.
pub fn dilute_with(number: u64, remaining: u32, key: u64) -> Entry {
    let body = DiluteBody {
        number: dilution_key(number).number(),
        remaining: RemainingPpb::new(remaining).unwrap(),
        dilution_key: *dilution_key(key).key(),
    };
    Entry::Dilute(Signed::sign(body, &origin(), &dilution_secret(key)).unwrap())
}
