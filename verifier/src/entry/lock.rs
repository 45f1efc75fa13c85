//! Kind 4, lock: a bank reserves a receivable that was presented to it, by a proof of `receivable/eligibility/v2`.
//!
//! In scope: fields, the public rows they give. Out of scope: whether the nullifier is free. Without the proof in it,
//! anyone could lock anything; without the bank's signature, anyone who saw a presentation could lock in its name.

use super::codec::{FieldReader, FieldWriter, Fields};
use super::{Ed25519Key, EntryError, EntryKind, Signed, SignedBody};
use crate::groth16::KeyId;
use crate::policy::PolicyDigest;
use crate::request::request_digest;
use crate::statement::receivable::eligibility::Public;
use crate::statement::{DilutionRoot, NoteRoot, RequestDigest};
use alloc::boxed::Box;
use tradeseal_primitives::receivable::{Nullifier, UnixSeconds};

/// A lock with its bank's signature.
pub type Lock = Signed<LockBody>;

/// What is locked, for whom and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockBody {
    /// The tree of notes in the presentation.
    pub note_root: NoteRoot,
    /// The note's nullifier.
    pub nullifier: Nullifier,
    /// The policy in the bank's request.
    pub policy_digest: PolicyDigest,
    /// Who locks.
    pub bank: Ed25519Key,
    /// From when on the lock no longer holds.
    pub expires: UnixSeconds,
    /// The latest end of a lock that the owner consented to by answering.
    pub lock_until: UnixSeconds,
    /// The verifying key of the proof.
    pub key_id: KeyId,
    /// The proof's 256 bytes (`docs/protocol.md` section 6), not yet parsed.
    pub proof: Box<[u8; 256]>,
    /// The tree of dilutions in the presentation.
    pub dilution_root: DilutionRoot,
}

impl LockBody {
    /// `H(request; verifier_key, policy_digest, lock_until)` for this bank.
    pub fn request_digest(&self) -> RequestDigest {
        request_digest(&self.bank, self.policy_digest, self.lock_until)
    }

    /// The public rows of the proof.
    pub fn public(&self) -> Public {
        Public {
            note_root: self.note_root,
            dilution_root: self.dilution_root,
            nullifier: self.nullifier,
            request_digest: self.request_digest(),
        }
    }
}

impl Fields for LockBody {
    const KIND: EntryKind = EntryKind::Lock;
    const COUNT: usize = 9;

    fn write(&self, writer: &mut FieldWriter) {
        writer.element(1, &self.note_root.to_fr());
        writer.element(2, &self.nullifier.to_fr());
        writer.element(3, &self.policy_digest.to_fr());
        writer.bytes(4, &self.bank.0);
        writer.uint(5, self.expires.0);
        writer.uint(6, self.lock_until.0);
        writer.bytes(7, &self.key_id.to_bytes());
        writer.bytes(8, &self.proof[..]);
        writer.element(9, &self.dilution_root.to_fr());
    }

    fn read(reader: &mut FieldReader<'_>) -> Result<Self, EntryError> {
        Ok(Self {
            note_root: NoteRoot::from_fr(reader.element(1)?),
            nullifier: Nullifier::from_fr(reader.element(2)?),
            policy_digest: PolicyDigest::from_fr(reader.element(3)?),
            bank: reader.ed25519_key(4)?,
            expires: reader.seconds(5)?,
            lock_until: reader.seconds(6)?,
            key_id: reader.bytes(7, "a 32-byte key id").map(KeyId::from_bytes)?,
            proof: reader.bytes(8, "a 256-byte proof").map(Box::new)?,
            dilution_root: DilutionRoot::from_fr(reader.element(9)?),
        })
    }
}

impl SignedBody for LockBody {
    const SIGNATURE_FIELD: u8 = 10;

    fn signer(&self) -> &Ed25519Key {
        &self.bank
    }
}
