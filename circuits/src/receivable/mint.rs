//! `receivable/mint/v2`: an enrolled supplier makes a note of an invoice it issued, acknowledged by the debtor or not, under the invoice's one tag.
//!
//! In scope: `docs/protocol.md` sections 3.1 and 3.4. Out of scope: that a tag is new, that the registry evaluated the blinded point, that the number and
//! the dilution right are those of the entry's key (the ledger's rules).
//! An attacker who finds a gap here makes receivables of nothing, or in another's name, or one invoice twice.
//!
//! Of an unacknowledged receivable the flags, the document hash and the debtor are the supplier's own word; an acknowledgment makes flags and
//! debtor the debtor's word too. Whose address a supplier is enrolled with is the registrar's duty: the owner of the new note is that address.

mod check;
mod constraints;
mod inputs;

use ark_relations::gr1cs::SynthesisError;
use tradeseal_primitives::{
    Fr,
    duplicate_tag::{BlindedPoint, DuplicateTag, EvaluatedPoint},
    eddsa::{PrivateKey, PublicKey, Signature},
    hash::{Domain, hash},
    receivable::Commitment,
};
use tradeseal_verifier::statement::{DirectoryRoot, EntryDigest, StatementId, receivable::mint};

use crate::{circuit::Circuit, statement::Statement};

pub use check::Violation;
pub use inputs::{Acknowledged, Enrolled, Invoice, Private};
pub use mint::Public;

/// The statement.
#[derive(Debug)]
pub struct Mint;

/// What the first owner signs: `H(mint-signature; digest, cm)`.
pub fn signed_message(digest: EntryDigest, commitment: Commitment) -> Fr {
    hash(Domain::MINT_SIGNATURE, &[digest.to_fr(), commitment.to_fr()])
}

impl Statement for Mint {
    const ID: StatementId = StatementId::RECEIVABLE_MINT_V2;
    type Public = Public;
    type Private = Private;
    type Violation = Violation;

    fn rows(public: &Public) -> Vec<Fr> {
        public.rows().to_vec()
    }

    fn check(public: &Public, private: &Private) -> Result<(), Violation> {
        check::check(public, private)
    }

    fn blank() -> (Public, Private) {
        let zero = Fr::from(0u64);
        let private = Private::blank();
        let public = Public {
            commitment: Commitment::from_fr(zero),
            directory_root: DirectoryRoot::from_fr(zero),
            acknowledged: false,
            duplicate_tag: DuplicateTag::from_fr(zero),
            previous_tag: DuplicateTag::from_fr(zero),
            blinded: BlindedPoint::base8(),
            evaluated: EvaluatedPoint::base8(),
            previous_evaluated: EvaluatedPoint::base8(),
            issue_from: private.invoice.issue_day,
            issue_to: private.invoice.issue_day,
            number: private.number,
            dilution_right: private.dilution_right,
            digest: EntryDigest::from_fr(zero),
        };
        (public, private)
    }

    fn constrain(circuit: &mut Circuit, public: &Public, private: &Private) -> Result<(), SynthesisError> {
        constraints::constrain(circuit, public, private)
    }
}

/// A key for making circuits; its private key is public knowledge and signs nothing.
pub(crate) fn blank_key() -> PublicKey {
    PrivateKey::from_bytes([0; 32]).public()
}

/// A signature of the right shape.
pub(crate) fn blank_signature() -> Signature {
    PrivateKey::from_bytes([0; 32]).sign(Fr::from(0u64))
}
