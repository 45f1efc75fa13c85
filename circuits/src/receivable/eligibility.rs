//! `receivable/eligibility/v2`: the owner of a note shows that it meets a verifier's policy, and nothing else.
//!
//! In scope: `docs/protocol.md` section 3.2. Out of scope: that the note is unspent and unlocked, which only the ledger knows (by the nullifier).
//! An attacker who finds a gap here finances what it does not own, or what no policy would accept.
//!
//! The policy is private and hashed into the request digest, which the verifier computes from its own request: its values need no range checks
//! here beyond what the comparisons themselves do, because the verifier's are 64- and 32-bit integers.
//!
//! The receivable's number needs no range check of its own: the minting statement has one, and here it lies between two integers of 64 bits
//! (`gadget::dilution`).

use ark_relations::gr1cs::SynthesisError;
use tradeseal_primitives::{
    Fr,
    eddsa::{PublicKey, Signature},
    hash::{Domain, hash},
    party::{Address, NullifierKey, PartyId},
    receivable::{
        AmountMinor, CurrencyCode, Day, DocumentHash, Flags, Note, NoteRandomness, Nullifier, ReceivableNumber,
        RemainingPpb, SaltedFingerprint, Terms, UnixSeconds,
    },
    tree::{
        DILUTION_DEPTH, MerklePath, NOTE_DEPTH, SET_DEPTH, SetTree, Siblings,
        dilution::{DilutionLeaf, DilutionProof},
    },
};
use tradeseal_verifier::request::Request;
use tradeseal_verifier::statement::{DilutionRoot, NoteRoot, RequestDigest, StatementId, receivable::eligibility};
use zeroize::Zeroize;

use super::mint::{blank_key, blank_signature};
use crate::{
    circuit::{Circuit, Wire},
    gadget::{
        dilution::{self, REMAINING_BITS},
        eddsa,
        edwards::EdwardsPoint,
        merkle, poseidon, range,
        receivable::{self as formula, AMOUNT_BITS, DAY_BITS, FLAG_BITS, TermsWires},
    },
    statement::{Statement, ensure},
};

pub use eligibility::Public;

/// The statement.
#[derive(Debug)]
pub struct Eligibility;

/// A request as the circuit sees it: the policy's values, what binds the rest of the request, and who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestInputs {
    /// Currency.
    pub currency: CurrencyCode,
    /// Least amount.
    pub min_amount: AmountMinor,
    /// First acceptable due day.
    pub due_from: Day,
    /// Last acceptable due day.
    pub due_to: Day,
    /// Root of the approved debtors.
    pub approved_debtors_root: Fr,
    /// Flags that must be set.
    pub required_flags: Flags,
    /// Flags that must not be set.
    pub forbidden_flags: Flags,
    /// Digest of the request's body, nonce included.
    pub context: Fr,
    /// The verifier's key as a field element.
    pub verifier_key: Fr,
    /// Latest end of a lock.
    pub lock_until: UnixSeconds,
}

impl From<&Request> for RequestInputs {
    fn from(request: &Request) -> Self {
        let policy = request.policy();
        Self {
            currency: policy.min_amount().currency.code(),
            min_amount: policy.min_amount().minor,
            due_from: policy.due().from,
            due_to: policy.due().to,
            approved_debtors_root: policy.debtors().root().to_fr(),
            required_flags: policy.required_flags(),
            forbidden_flags: policy.forbidden_flags(),
            context: request.context(),
            verifier_key: request.verifier_key_field(),
            lock_until: request.draft().lock_until,
        }
    }
}

impl RequestInputs {
    fn policy_values(&self) -> [Fr; 8] {
        [
            Fr::from(self.currency.0),
            Fr::from(self.min_amount.0),
            Fr::from(self.due_from.0),
            Fr::from(self.due_to.0),
            self.approved_debtors_root,
            Fr::from(self.required_flags.bits()),
            Fr::from(self.forbidden_flags.bits()),
            self.context,
        ]
    }

    /// `request_digest`.
    pub fn digest(&self) -> RequestDigest {
        let policy = hash(Domain::POLICY, &self.policy_values());
        RequestDigest::from_fr(hash(
            Domain::REQUEST,
            &[self.verifier_key, policy, Fr::from(self.lock_until.0)],
        ))
    }
}

/// Private inputs; secrets are wiped when dropped, and nothing of this is ever printed.
pub struct Private {
    /// Amount of the note.
    pub amount: AmountMinor,
    /// Terms of the receivable.
    pub terms: Terms,
    /// What hides the note.
    pub randomness: NoteRandomness,
    /// The owner's key.
    pub owner_key: PublicKey,
    /// The owner's nullifier key.
    pub nullifier_key: NullifierKey,
    /// The ledger's time of the note's entry.
    pub entry_time: UnixSeconds,
    /// Where the note is.
    pub note_path: MerklePath<NOTE_DEPTH>,
    /// What the ledger's tree of dilutions says of the receivable.
    pub dilution: DilutionProof,
    /// The request.
    pub request: RequestInputs,
    /// Where the debtor is among those approved.
    pub debtor_path: MerklePath<SET_DEPTH>,
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
    /// No such note under the root.
    #[error("the note is not in the tree of the note root")]
    NoteNotInTree,
    /// No such dilution under the root.
    #[error("the dilution leaf is not in the tree of the dilution root")]
    DilutionNotInTree,
    /// The leaf speaks for other receivables.
    #[error("the dilution leaf is neither that of the receivable's number nor the one that brackets it")]
    DilutionLeaf,
    /// The nullifier is another note's.
    #[error("the nullifier is not this note's")]
    Nullifier,
    /// The digest is another request's.
    #[error("the request digest is not that of the policy, context and verifier key")]
    RequestDigest,
    /// Another currency.
    #[error("the receivable is in currency {actual}, the request asks for {requested}")]
    Currency {
        /// Requested, ISO 4217 numeric.
        requested: u16,
        /// The note's.
        actual: u16,
    },
    /// A note of nothing, which any transfer can make under any terms.
    #[error("the note's amount is 0")]
    ZeroAmount,
    /// What remains is below the minimum. The amounts are not in the message: it may be logged.
    #[error("the amount, or what remains of it after dilution, is below the requested minimum")]
    AmountTooLow,
    /// Due outside the window.
    #[error("the due day is outside the requested window")]
    DueDay,
    /// The debtor is not approved.
    #[error("the debtor is not among those approved")]
    DebtorNotApproved,
    /// A required flag is not set.
    #[error("a required flag is not set")]
    FlagMissing,
    /// A forbidden flag is set.
    #[error("a forbidden flag is set")]
    FlagForbidden,
    /// The owner did not sign this.
    #[error("the owner's signature does not verify for this request and note")]
    Signature,
}

impl Private {
    /// The note.
    pub fn note(&self) -> Note {
        Note {
            amount: self.amount,
            terms: self.terms.hash(),
            owner: Address::derive(&self.owner_key, &self.nullifier_key),
            randomness: self.randomness.clone(),
        }
    }

    /// What remains of the receivable by the dilution leaf, if that leaf speaks for it.
    fn remaining(&self) -> Option<RemainingPpb> {
        let (number, leaf) = (self.terms.number, self.dilution.leaf);
        let in_order = leaf.next == 0 || number.get() < leaf.next;
        self.dilution.remaining_for(number).filter(|_| in_order)
    }
}

/// What the owner signs: `H(eligibility-sig; request_digest, nullifier)`.
pub fn signed_message(request: RequestDigest, nullifier: Nullifier) -> Fr {
    hash(Domain::ELIGIBILITY_SIGNATURE, &[request.to_fr(), nullifier.to_fr()])
}

/// The policy's conditions alone.
fn meets_policy(private: &Private, remaining: RemainingPpb) -> Result<(), Violation> {
    let (request, terms) = (&private.request, &private.terms);
    let (requested, actual) = (request.currency.0, terms.currency.0);
    ensure(requested == actual, Violation::Currency { requested, actual })?;
    ensure(private.amount.0 > 0, Violation::ZeroAmount)?;
    ensure(
        remaining.of(private.amount) >= request.min_amount,
        Violation::AmountTooLow,
    )?;
    ensure(
        (request.due_from..=request.due_to).contains(&terms.due_day),
        Violation::DueDay,
    )?;
    let debtor_root = private.debtor_path.root(SetTree::leaf(terms.debtor.to_fr()));
    ensure(
        debtor_root == request.approved_debtors_root,
        Violation::DebtorNotApproved,
    )?;
    ensure(terms.flags.contains(request.required_flags), Violation::FlagMissing)?;
    ensure(
        !terms.flags.intersects(request.forbidden_flags),
        Violation::FlagForbidden,
    )
}

impl Statement for Eligibility {
    const ID: StatementId = StatementId::RECEIVABLE_ELIGIBILITY_V2;
    type Public = Public;
    type Private = Private;
    type Violation = Violation;

    fn rows(public: &Public) -> Vec<Fr> {
        public.rows().to_vec()
    }

    fn check(public: &Public, private: &Private) -> Result<(), Violation> {
        let commitment = private.note().commitment();
        let root = private.note_path.root(commitment.leaf(private.entry_time));
        ensure(root == public.note_root.to_fr(), Violation::NoteNotInTree)?;
        ensure(
            commitment.nullifier(&private.nullifier_key) == public.nullifier,
            Violation::Nullifier,
        )?;
        ensure(
            private.request.digest() == public.request_digest,
            Violation::RequestDigest,
        )?;
        let root = private.dilution.path.root(private.dilution.leaf.hash());
        ensure(root == public.dilution_root.to_fr(), Violation::DilutionNotInTree)?;
        let remaining = private.remaining().ok_or(Violation::DilutionLeaf)?;
        meets_policy(private, remaining)?;
        let message = signed_message(public.request_digest, public.nullifier);
        private
            .owner_key
            .verify(message, &private.signature)
            .map_err(|_| Violation::Signature)
    }

    fn blank() -> (Public, Private) {
        let zero = Fr::from(0u64);
        let public = Public {
            note_root: NoteRoot::from_fr(zero),
            dilution_root: DilutionRoot::from_fr(zero),
            nullifier: Nullifier::from_fr(zero),
            request_digest: RequestDigest::from_fr(zero),
        };
        (public, blank_private())
    }

    fn constrain(circuit: &mut Circuit, public: &Public, private: &Private) -> Result<(), SynthesisError> {
        circuit.section("public rows");
        let note_root = circuit.public(public.note_root.to_fr())?;
        let dilution_root = circuit.public(public.dilution_root.to_fr())?;
        let nullifier = circuit.public(public.nullifier.to_fr())?;
        let request_digest = circuit.public(public.request_digest.to_fr())?;
        let terms = TermsWires::private(circuit, &private.terms)?;
        let amount = circuit.private(Fr::from(private.amount.0))?;
        let key = constrain_note(circuit, private, &terms, &amount, [&note_root, &nullifier])?;
        circuit.section("what remains");
        let remaining = dilution::remaining(circuit, &terms.number, &dilution_root, &private.dilution)?;
        constrain_policy(circuit, private, &terms, [&amount, &remaining], &request_digest)?;
        circuit.section("owner's signature");
        let message = poseidon::hash(circuit, Domain::ELIGIBILITY_SIGNATURE, &[&request_digest, &nullifier])?;
        eddsa::verify(circuit, &key, &message, &private.signature)
    }
}

/// The note is in the tree, its owner is H(A, nk), its nullifier is the public one. Returns A.
fn constrain_note(
    circuit: &mut Circuit,
    private: &Private,
    terms: &TermsWires,
    amount: &Wire,
    [note_root, nullifier]: [&Wire; 2],
) -> Result<EdwardsPoint, SynthesisError> {
    circuit.section("note");
    let key = eddsa::private_key_point(circuit, &private.owner_key)?;
    let nullifier_key = circuit.private(private.nullifier_key.expose())?;
    let owner = poseidon::hash(circuit, Domain::ADDRESS, &[&key.x, &key.y, &nullifier_key])?;
    let terms_hash = terms.hash(circuit)?;
    let commitment = formula::commitment(circuit, amount, &terms_hash, &owner, &private.randomness)?;
    let computed = poseidon::hash(circuit, Domain::NULLIFIER, &[&nullifier_key, &commitment])?;
    circuit.equal(&computed, nullifier)?;
    circuit.section("note in the tree");
    let entry_time = circuit.private(Fr::from(private.entry_time.0))?;
    let leaf = poseidon::hash(circuit, Domain::NOTE_LEAF, &[&commitment, &entry_time])?;
    let root = merkle::root(circuit, &leaf, &private.note_path)?;
    circuit.equal(&root, note_root)?;
    Ok(key)
}

/// The receivable meets the policy, and the policy is the request's.
fn constrain_policy(
    circuit: &mut Circuit,
    private: &Private,
    terms: &TermsWires,
    [amount, remaining]: [&Wire; 2],
    request_digest: &Wire,
) -> Result<(), SynthesisError> {
    circuit.section("request digest");
    let values = private
        .request
        .policy_values()
        .iter()
        .map(|value| circuit.private(*value))
        .collect::<Result<Vec<_>, SynthesisError>>()?;
    circuit.equal(&values[0], &terms.currency)?;
    let policy = poseidon::hash(circuit, Domain::POLICY, &values.iter().collect::<Vec<_>>())?;
    let verifier_key = circuit.private(private.request.verifier_key)?;
    let lock_until = circuit.private(Fr::from(private.request.lock_until.0))?;
    let digest = poseidon::hash(circuit, Domain::REQUEST, &[&verifier_key, &policy, &lock_until])?;
    circuit.equal(&digest, request_digest)?;
    circuit.section("amount and due day");
    formula::positive_amount(circuit, amount)?;
    // Both sides in billionths of the minor unit, below 2^94.
    let remains = circuit.product(amount, remaining)?;
    let least = values[1].scale(Fr::from(RemainingPpb::WHOLE.get()));
    range::at_most(circuit, &least, &remains, AMOUNT_BITS + REMAINING_BITS)?;
    range::bits_le(circuit, &terms.due_day, DAY_BITS)?;
    range::at_most(circuit, &values[2], &terms.due_day, DAY_BITS)?;
    range::at_most(circuit, &terms.due_day, &values[3], DAY_BITS)?;
    constrain_flags(circuit, private, terms, [&values[5], &values[6]])?;
    circuit.section("debtor approved");
    let leaf = poseidon::hash(circuit, Domain::SET_MEMBER, &[&terms.debtor])?;
    let root = merkle::root(circuit, &leaf, &private.debtor_path)?;
    circuit.equal(&root, &values[4])
}

/// Every required flag is set and no forbidden one, bit by bit.
fn constrain_flags(
    circuit: &mut Circuit,
    private: &Private,
    terms: &TermsWires,
    [required, forbidden]: [&Wire; 2],
) -> Result<(), SynthesisError> {
    circuit.section("flags");
    let (flags, integer) = formula::flag_bits(circuit, private.terms.flags)?;
    circuit.equal(&integer, &terms.flags)?;
    let required = range::bits_le(circuit, required, FLAG_BITS)?;
    let forbidden = range::bits_le(circuit, forbidden, FLAG_BITS)?;
    for ((flag, required), forbidden) in flags.iter().zip(&required).zip(&forbidden) {
        circuit.enforce(&flag.not(), required, &Wire::zero())?;
        circuit.enforce(flag, forbidden, &Wire::zero())?;
    }
    Ok(())
}

fn blank_private() -> Private {
    let zero = Fr::from(0u64);
    let (Some(note_path), Some(dilution_path), Some(debtor_path), Some(number)) = (
        MerklePath::new(0, [Siblings::default(); NOTE_DEPTH]),
        MerklePath::new(0, [Siblings::default(); DILUTION_DEPTH]),
        MerklePath::new(0, [Siblings::default(); SET_DEPTH]),
        ReceivableNumber::new(1),
    ) else {
        unreachable!("index 0 is in every tree, and 1 is a number")
    };
    let party = PartyId::from_fr(zero);
    Private {
        amount: AmountMinor(0),
        terms: Terms {
            currency: CurrencyCode(0),
            due_day: Day(0),
            debtor: party,
            creditor: party,
            document: DocumentHash::from_fr(zero),
            receivable: SaltedFingerprint::from_fr(zero),
            flags: Flags::NONE,
            number,
        },
        randomness: NoteRandomness { rho: zero, r: zero },
        owner_key: blank_key(),
        nullifier_key: NullifierKey::from_fr(zero),
        entry_time: UnixSeconds(0),
        note_path,
        dilution: DilutionProof {
            leaf: DilutionLeaf::FIRST,
            path: dilution_path,
        },
        request: RequestInputs {
            currency: CurrencyCode(0),
            min_amount: AmountMinor(0),
            due_from: Day(0),
            due_to: Day(0),
            approved_debtors_root: zero,
            required_flags: Flags::NONE,
            forbidden_flags: Flags::NONE,
            context: zero,
            verifier_key: zero,
            lock_until: UnixSeconds(0),
        },
        debtor_path,
        signature: blank_signature(),
    }
}
