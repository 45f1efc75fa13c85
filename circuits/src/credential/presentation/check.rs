//! The native check: holds exactly if the constraints can be satisfied.
//!
//! In scope: every condition of the statement, with its name. Out of scope: constraints.
//! An attacker who finds a difference between the two proves what is refused here, or has an honest holder refused.

use ark_ff::{AdditiveGroup, Field};
use tradeseal_primitives::{
    Fr,
    credential::{Op, PredicateForm, SetKey, SetProof},
    tree::SetTree,
};

use super::{Private, Public};
use crate::statement::ensure;

/// Which condition fails. No value is in the messages: they may be logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Violation {
    /// Another schema.
    #[error("the credential follows another schema than the one asked for")]
    Schema,
    /// The issuer is not trusted.
    #[error("the issuer, with these days of trust, is not in the set of trusted issuers")]
    IssuerNotTrusted,
    /// Issued outside of the issuer's days.
    #[error("the credential begins to be valid on a day on which its issuer is not trusted")]
    IssuerPeriod,
    /// The issuer did not sign this, or it was issued to somebody else.
    #[error("the issuer's signature does not verify for this credential and holder")]
    IssuerSignature,
    /// Not valid yet.
    #[error("the credential is not valid yet on the day asked for")]
    NotYetValid,
    /// Not valid any more.
    #[error("the credential is not valid any more on the day asked for")]
    Expired,
    /// Revoked, or the proof is of another tree.
    #[error("the credential's revocation is not shown to be absent from the tree of the revocation root")]
    Revoked,
    /// The nullifier is another's.
    #[error("the nullifier is not this credential's in the scope asked for")]
    Nullifier,
    /// Other values are revealed.
    #[error("the revealed digest is not that of the attributes asked for")]
    RevealedDigest,
    /// The digest is another request's.
    #[error("the request digest is not that of the query and verifier key")]
    RequestDigest,
    /// A predicate fails.
    #[error("predicate {number}: {violation}", number = index + 1)]
    Predicate {
        /// Which, from 0.
        index: usize,
        /// Why.
        violation: PredicateViolation,
    },
    /// The holder did not sign this.
    #[error("the holder's signature does not verify for this request and credential")]
    Signature,
}

/// Why a predicate fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PredicateViolation {
    /// The attribute is absent.
    #[error("the credential does not have the attribute asked for")]
    Absent,
    /// Another value than the one asked for.
    #[error("the attribute is not the value asked for")]
    NotEqual,
    /// The value that it must not be.
    #[error("the attribute is the value that it must not be")]
    Equal,
    /// Outside of the range, or no integer.
    #[error("the attribute is outside of the range asked for")]
    OutOfRange,
    /// Not in the set.
    #[error("the attribute is not shown to be in the set asked for")]
    NotInSet,
    /// In the set.
    #[error("the attribute is not shown to be absent from the set asked for")]
    InSet,
}

pub(super) fn check(public: &Public, private: &Private) -> Result<(), Violation> {
    check_rows(public, private)?;
    check_issuer(private)?;
    let query = &private.request.query;
    ensure(private.schema == query.schema, Violation::Schema)?;
    ensure(private.valid_from <= query.day, Violation::NotYetValid)?;
    ensure(query.day <= private.valid_until, Violation::Expired)?;
    let root = private.not_revoked.path.root(private.not_revoked.low.hash());
    let absent = is_absent(private.revocation_handle().key(), private);
    ensure(absent && root == public.revocation_root.to_fr(), Violation::Revoked)?;
    for (index, (form, proof)) in query.predicates.iter().zip(&private.set_proofs).enumerate() {
        let value = private.attributes.get(form.slot).to_fr();
        check_predicate(form, &value, proof).map_err(|violation| Violation::Predicate { index, violation })?;
    }
    private
        .holder_key
        .verify(private.message(), &private.signature)
        .map_err(|_| Violation::Signature)
}

fn check_rows(public: &Public, private: &Private) -> Result<(), Violation> {
    ensure(
        private.request.digest() == public.request_digest,
        Violation::RequestDigest,
    )?;
    ensure(private.nullifier() == public.nullifier, Violation::Nullifier)?;
    ensure(
        private.revealed_digest() == public.revealed_digest,
        Violation::RevealedDigest,
    )
}

fn check_issuer(private: &Private) -> Result<(), Violation> {
    let issuer = &private.issuer;
    let root = private.issuer_path.root(SetTree::leaf(issuer.member()));
    ensure(
        root == private.request.query.trusted_issuers_root,
        Violation::IssuerNotTrusted,
    )?;
    ensure(issuer.trusted_on(private.valid_from), Violation::IssuerPeriod)?;
    issuer
        .key
        .verify(private.credential().hash().to_fr(), &private.issuer_signature)
        .map_err(|_| Violation::IssuerSignature)
}

/// The leaf brackets the key, and its value is a set key: a larger one would be in no honest tree.
fn is_absent(key: SetKey, private: &Private) -> bool {
    let low = &private.not_revoked.low;
    SetKey::whole(&low.value).is_some() && between(key, low.value + Fr::ONE, last_absent(&low.next))
}

/// The largest key below the next value, which 0 does not bound.
fn last_absent(next: &Fr) -> Fr {
    if *next == Fr::ZERO {
        SetKey::MAX.to_fr()
    } else {
        *next - Fr::ONE
    }
}

/// `low <= key <= high` as the circuit compares: both differences have 120 bits.
fn between(key: SetKey, low: Fr, high: Fr) -> bool {
    [key.to_fr() - low, high - key.to_fr()]
        .iter()
        .all(|difference| SetKey::whole(difference).is_some())
}

fn check_predicate(form: &PredicateForm, value: &Fr, proof: &SetProof) -> Result<(), PredicateViolation> {
    use PredicateViolation as Fails;
    let key = SetKey::of(value);
    if form.op.asks() {
        ensure(key != SetKey::ZERO, Fails::Absent)?;
    }
    let leads_to_root = || proof.root() == form.a;
    match form.op {
        Op::None | Op::Reveal => Ok(()),
        Op::Equal => ensure(*value == form.a, Fails::NotEqual),
        Op::NotEqual => ensure(*value != form.a, Fails::Equal),
        Op::Range => ensure(
            SetKey::whole(value).is_some() && between(key, form.a, form.b),
            Fails::OutOfRange,
        ),
        Op::InSet => ensure(key.to_fr() == proof.leaf.value && leads_to_root(), Fails::NotInSet),
        Op::NotInSet => {
            let absent = between(key, proof.leaf.value + Fr::ONE, last_absent(&proof.leaf.next));
            ensure(absent && leads_to_root(), Fails::InSet)
        }
    }
}
