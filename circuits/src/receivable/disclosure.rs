//! `receivable/disclosure/v1`: the owner of a note shows which nullifier is its own, and so which entry spends it or that none does.
//!
//! In scope: `docs/protocol.md` section 3.7. Out of scope: that the note is on a ledger and what spends it (the disclosure's file holds those
//! entries); what is in the note, which is opened natively.
//! An attacker who finds a gap here shows a court the wrong fate of a note.
//!
//! The alternative would be to hand out nk, which links all notes of an address. The amount needs no range check: the commitment binds it, and what
//! put the commitment on the ledger checked.

use ark_relations::gr1cs::SynthesisError;
use tradeseal_primitives::{
    Fr,
    eddsa::{PublicKey, Signature},
    hash::{Domain, hash},
    party::{Address, NullifierKey},
    receivable::{AmountMinor, Commitment, Note, NoteRandomness, Nullifier, TermsHash},
};
use tradeseal_verifier::statement::{DisclosureDigest, StatementId, receivable::disclosure};
use zeroize::Zeroize;

use super::mint::{blank_key, blank_signature};
use crate::{
    circuit::Circuit,
    gadget::{eddsa, poseidon, receivable as formula},
    statement::{Statement, ensure},
};

pub use disclosure::Public;

/// The statement.
#[derive(Debug)]
pub struct Disclosure;

/// Private inputs; secrets are wiped when dropped, and nothing of this is ever printed.
pub struct Private {
    /// Amount of the note.
    pub amount: AmountMinor,
    /// The receivable it is of.
    pub terms: TermsHash,
    /// What hides the note.
    pub randomness: NoteRandomness,
    /// The owner's key.
    pub owner_key: PublicKey,
    /// The owner's nullifier key.
    pub nullifier_key: NullifierKey,
    /// The owner's signature over [`signed_message`].
    pub signature: Signature,
}

impl Drop for Private {
    fn drop(&mut self) {
        self.amount.0.zeroize();
    }
}

/// Which condition of the native check fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Violation {
    /// The commitment is another note's, or this note is another owner's.
    #[error("the commitment is not that of the note and its owner")]
    Commitment,
    /// The nullifier is another note's.
    #[error("the nullifier is not this note's")]
    Nullifier,
    /// The owner did not sign this.
    #[error("the owner's signature does not verify for this disclosure and note")]
    Signature,
}

impl Private {
    /// The note.
    pub fn note(&self) -> Note {
        Note {
            amount: self.amount,
            terms: self.terms,
            owner: Address::derive(&self.owner_key, &self.nullifier_key),
            randomness: self.randomness.clone(),
        }
    }
}

/// What the owner signs: `H(disclosure-sig; digest, nullifier)`.
pub fn signed_message(digest: DisclosureDigest, nullifier: Nullifier) -> Fr {
    hash(Domain::DISCLOSURE_SIGNATURE, &[digest.to_fr(), nullifier.to_fr()])
}

impl Statement for Disclosure {
    const ID: StatementId = StatementId::RECEIVABLE_DISCLOSURE_V1;
    type Public = Public;
    type Private = Private;
    type Violation = Violation;

    fn rows(public: &Public) -> Vec<Fr> {
        public.rows().to_vec()
    }

    fn check(public: &Public, private: &Private) -> Result<(), Violation> {
        let commitment = private.note().commitment();
        ensure(commitment == public.commitment, Violation::Commitment)?;
        ensure(
            commitment.nullifier(&private.nullifier_key) == public.nullifier,
            Violation::Nullifier,
        )?;
        private
            .owner_key
            .verify(signed_message(public.digest, public.nullifier), &private.signature)
            .map_err(|_| Violation::Signature)
    }

    fn blank() -> (Public, Private) {
        let zero = Fr::from(0u64);
        let public = Public {
            commitment: Commitment::from_fr(zero),
            nullifier: Nullifier::from_fr(zero),
            digest: DisclosureDigest::from_fr(zero),
        };
        let private = Private {
            amount: AmountMinor(0),
            terms: TermsHash::from_fr(zero),
            randomness: NoteRandomness { rho: zero, r: zero },
            owner_key: blank_key(),
            nullifier_key: NullifierKey::from_fr(zero),
            signature: blank_signature(),
        };
        (public, private)
    }

    fn constrain(circuit: &mut Circuit, public: &Public, private: &Private) -> Result<(), SynthesisError> {
        circuit.section("public rows");
        let commitment = circuit.public(public.commitment.to_fr())?;
        let nullifier = circuit.public(public.nullifier.to_fr())?;
        let digest = circuit.public(public.digest.to_fr())?;
        circuit.section("note");
        let key = eddsa::private_key_point(circuit, &private.owner_key)?;
        let nullifier_key = circuit.private(private.nullifier_key.expose())?;
        let owner = poseidon::hash(circuit, Domain::ADDRESS, &[&key.x, &key.y, &nullifier_key])?;
        let amount = circuit.private(Fr::from(private.amount.0))?;
        let terms = circuit.private(private.terms.to_fr())?;
        let computed = formula::commitment(circuit, &amount, &terms, &owner, &private.randomness)?;
        circuit.equal(&computed, &commitment)?;
        circuit.section("nullifier");
        let computed = poseidon::hash(circuit, Domain::NULLIFIER, &[&nullifier_key, &commitment])?;
        circuit.equal(&computed, &nullifier)?;
        circuit.section("owner's signature");
        let message = poseidon::hash(circuit, Domain::DISCLOSURE_SIGNATURE, &[&digest, &nullifier])?;
        eddsa::verify(circuit, &key, &message, &private.signature)
    }
}
