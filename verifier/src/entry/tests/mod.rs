//! What the entries' reader promises: one byte form, known kinds, bounds, and signatures that serve one log only.

mod bytes;
mod canonical;
mod digests;
mod signatures;

use super::*;
use crate::groth16::KeyId;
use crate::log::{KeyName, LogHash};
use crate::policy::PolicyDigest;
use crate::statement::{DepositRoot, DilutionRoot, DirectoryRoot, NoteRoot, StatementId};
use alloc::vec;
use ed25519_dalek::SigningKey;
use tradeseal_primitives::Fr;
use tradeseal_primitives::babyjubjub::{Scalar, base8, multiply, point_to_bytes, scalar_to_bytes};
use tradeseal_primitives::deposit::DepositCommitment;
use tradeseal_primitives::duplicate_tag::{BlindedPoint, DleqProof, DuplicateTag, EvaluatedPoint, RegistryPublicKey};
use tradeseal_primitives::eddsa::PublicKey;
use tradeseal_primitives::party::{Address, Handle, PartyId};
use tradeseal_primitives::receivable::{Commitment, Day, Nullifier, ReceivableNumber, RemainingPpb, UnixSeconds};

pub(super) fn origin() -> KeyName {
    KeyName::new("ledger.example/tradeseal").unwrap()
}

pub(super) fn secret(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

/// A multiple of Base8.
pub(super) fn point(factor: u64) -> [u8; 64] {
    point_to_bytes(&multiply(&base8(), &Scalar::from(factor)))
}

/// Two small scalars: a proof of evaluation in form, and of nothing.
pub(super) fn dleq(challenge: u64) -> DleqProof {
    let scalars = [challenge, challenge + 1].map(|value| scalar_to_bytes(&Scalar::from(value)));
    DleqProof::from_bytes(scalars.as_flattened().try_into().unwrap()).unwrap()
}

pub(super) fn genesis() -> Genesis {
    Genesis {
        origin: origin(),
        created: UnixSeconds(1_700_000_000),
        registrars: [Ed25519Key::of(&secret(1)), Ed25519Key::of(&secret(2))].into(),
        accepted_keys: [
            (
                StatementId::RECEIVABLE_ELIGIBILITY_V2,
                [KeyId::from_bytes([9; 32])].into(),
            ),
            (
                StatementId::RECEIVABLE_MINT_V2,
                [KeyId::from_bytes([8; 32]), KeyId::from_bytes([7; 32])].into(),
            ),
        ]
        .into(),
        root_grace_seconds: 86_400,
        registry_key: RegistryPublicKey::from_bytes(&point(2)).unwrap(),
        registry_era_seconds: 31_536_000,
    }
}

pub(super) fn enrol_body() -> EnrolBody {
    let point = base8();
    EnrolBody {
        party: PartyId::from_fr(Fr::from(5u64)),
        key: PublicKey::from_coordinates(point.x, point.y).unwrap(),
        handle: Handle {
            address: Address::from_fr(Fr::from(6u64)),
            encryption_key: [3; 32],
        },
        revision: 300,
        registrar: Ed25519Key::of(&secret(1)),
    }
}

/// A mint between two rotations of the registry's key.
pub(super) fn mint() -> Mint {
    let body = MintBody {
        commitment: Commitment::from_fr(Fr::from(7u64)),
        directory_root: DirectoryRoot::from_fr(Fr::from(8u64)),
        acknowledged: true,
        sealed_note: Box::new([1; SEALED_NOTE_BYTES]),
        key_id: KeyId::from_bytes([8; 32]),
        duplicate_tag: DuplicateTag::from_fr(Fr::from(40u64)),
        previous: Some(PreviousTag {
            tag: DuplicateTag::from_fr(Fr::from(41u64)),
            evaluated: EvaluatedPoint::from_bytes(&point(5)).unwrap(),
            proof: dleq(44),
        }),
        blinded: BlindedPoint::from_bytes(&point(3)).unwrap(),
        evaluated: EvaluatedPoint::from_bytes(&point(4)).unwrap(),
        evaluation_proof: dleq(42),
        issue_from: Day(0),
        issue_to: Day(20_000),
        dilution_key: DilutionKey::new(Ed25519Key::of(&secret(5))).unwrap(),
    };
    Mint {
        body,
        proof: Box::new([4; 256]),
    }
}

/// A mint while the registry has had one key only.
pub(super) fn first_era_mint() -> Mint {
    let mut mint = mint();
    mint.body.previous = None;
    mint
}

pub(super) fn lock_body() -> LockBody {
    LockBody {
        note_root: NoteRoot::from_fr(Fr::from(9u64)),
        nullifier: Nullifier::from_fr(Fr::from(10u64)),
        policy_digest: PolicyDigest::from_fr(Fr::from(11u64)),
        bank: Ed25519Key::of(&secret(3)),
        expires: UnixSeconds(1_700_000_600),
        lock_until: UnixSeconds(1_700_000_900),
        key_id: KeyId::from_bytes([9; 32]),
        proof: Box::new([5; 256]),
        dilution_root: DilutionRoot::from_fr(Fr::from(16u64)),
    }
}

pub(super) fn release_body() -> ReleaseBody {
    let nullifier = Nullifier::from_fr(Fr::from(10u64));
    ReleaseBody {
        nullifier,
        bank: Ed25519Key::of(&secret(3)),
        lock_index: 42,
    }
}

pub(super) fn state() -> StateRecord {
    StateRecord {
        time: UnixSeconds(1_700_000_001),
        log_size: 65_536,
        note_count: 24,
        note_root: NoteRoot::from_fr(Fr::from(12u64)),
        nullifier_count: 0,
        nullifier_root: Fr::from(13u64),
        directory_count: u64::MAX,
        directory_root: DirectoryRoot::from_fr(Fr::from(14u64)),
        revocation_root: Fr::from(15u64),
        dilution_count: 1,
        dilution_root: DilutionRoot::from_fr(Fr::from(16u64)),
        deposit_count: 70_000,
        deposit_root: DepositRoot::from_fr(Fr::from(17u64)),
    }
}

pub(super) fn registry_body() -> RegistryBody {
    RegistryBody {
        key: RegistryPublicKey::from_bytes(&point(6)).unwrap(),
        revision: 1,
        registrar: Ed25519Key::of(&secret(1)),
    }
}

pub(super) fn dilute_body() -> DiluteBody {
    DiluteBody {
        number: ReceivableNumber::new(u64::MAX).unwrap(),
        remaining: RemainingPpb::new(750_000_000).unwrap(),
        dilution_key: Ed25519Key::of(&secret(5)),
    }
}

pub(super) fn deposit() -> Deposit {
    Deposit {
        commitment: DepositCommitment::from_fr(Fr::from(50u64)),
    }
}

pub(super) fn anchor_body() -> AnchorBody {
    AnchorBody {
        count: ItemCount::MAX,
        root: LogHash([6; 32]),
        purpose: "Identity cards, lot 7".parse().unwrap(),
        key: Ed25519Key::of(&secret(6)),
    }
}

/// A transfer, with the consent of the bank of this seed if there is one.
pub(super) fn transfer(bank: Option<u8>) -> Transfer {
    let element = |n: u64| Fr::from(n);
    let body = TransferBody {
        note_root: NoteRoot::from_fr(element(30)),
        nullifiers: [31, 32].map(|n| Nullifier::from_fr(element(n))),
        commitments: [33, 34, 35, 36].map(|n| Commitment::from_fr(element(n))),
        sealed_notes: [1, 2, 3, 4].map(|byte| Box::new([byte; SEALED_NOTE_BYTES])),
        key_id: KeyId::from_bytes([7; 32]),
        bank: bank.map(|seed| Ed25519Key::of(&secret(seed))),
        sender_record: Box::new([5; SENDER_RECORD_BYTES]),
    };
    let bank_signature = bank.map(|seed| Transfer::consent(&body, &origin(), &secret(seed)));
    Transfer {
        body,
        proof: Box::new([8; 256]),
        bank_signature,
    }
}

/// One entry of every kind.
pub(super) fn every_kind() -> Vec<Entry> {
    let remove = RemoveBody {
        party: PartyId::from_fr(Fr::from(5u64)),
        revision: 301,
        registrar: Ed25519Key::of(&secret(1)),
    };
    vec![
        Entry::Genesis(genesis()),
        Entry::Enrol(Signed::sign(enrol_body(), &origin(), &secret(1)).unwrap()),
        Entry::Remove(Signed::sign(remove, &origin(), &secret(1)).unwrap()),
        Entry::Mint(mint()),
        Entry::Mint(first_era_mint()),
        Entry::Lock(Signed::sign(lock_body(), &origin(), &secret(3)).unwrap()),
        Entry::Release(Signed::sign(release_body(), &origin(), &secret(3)).unwrap()),
        Entry::Transfer(Box::new(transfer(None))),
        Entry::Transfer(Box::new(transfer(Some(3)))),
        Entry::Registry(Box::new(Signed::sign(registry_body(), &origin(), &secret(1)).unwrap())),
        Entry::Dilute(Signed::sign(dilute_body(), &origin(), &secret(5)).unwrap()),
        Entry::Deposit(deposit()),
        Entry::Anchor(Signed::sign(anchor_body(), &origin(), &secret(6)).unwrap()),
        Entry::State(Box::new(state())),
    ]
}
