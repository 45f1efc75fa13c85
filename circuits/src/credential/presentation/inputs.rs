//! What the prover knows: the credential with its issuer's signature, the holder's keys, the request, and where everything stands in its tree.
//!
//! In scope: the shape of the private inputs and what is computed from them. Out of scope: what must hold (`check`, `constraints`).
//! An attacker who reads them knows the credential; it cannot present it, as the holder's signing key is not among them.

use tradeseal_primitives::{
    Fr,
    credential::{
        Attributes, CredentialBody, Op, PREDICATES, Predicate, Query, REVEALED_VALUES, RevocationHandle, RevocationId,
        SchemaId, Scope, ScopeNullifier, SetProof, TrustedIssuer, presentation_message, request_digest,
        revealed_digest,
    },
    eddsa::{PublicKey, Signature},
    party::{Address, NullifierKey},
    receivable::{Day, UnixSeconds},
    tree::{AbsenceProof, INDEXED_DEPTH, IndexedLeaf, MerklePath, SET_DEPTH, Siblings},
};
use tradeseal_verifier::statement::{RequestDigest, RevealedDigest};

use crate::receivable::mint::{blank_key, blank_signature};

/// A request as the circuit sees it: the query, who asks, and until when a claim may be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestInputs {
    /// What is asked.
    pub query: Query,
    /// The verifier's key as a field element.
    pub verifier_key: Fr,
    /// Latest time at which a claim may be recorded.
    pub claim_until: UnixSeconds,
}

impl RequestInputs {
    /// `request_digest`.
    pub fn digest(&self) -> RequestDigest {
        RequestDigest::from_fr(request_digest(self.verifier_key, self.query.digest(), self.claim_until))
    }
}

/// Private inputs. Attributes and nullifier key wipe themselves when dropped, and nothing of this is ever printed.
pub struct Private {
    /// The schema.
    pub schema: SchemaId,
    /// The attributes.
    pub attributes: Attributes,
    /// First day of validity.
    pub valid_from: Day,
    /// Last day of validity.
    pub valid_until: Day,
    /// What the issuer revokes it by.
    pub revocation_id: RevocationId,
    /// The issuer, as the verifier's set has it.
    pub issuer: TrustedIssuer,
    /// Where the issuer is in that set.
    pub issuer_path: MerklePath<SET_DEPTH>,
    /// The issuer's signature over the credential.
    pub issuer_signature: Signature,
    /// That the credential's revocation is not in the tree.
    pub not_revoked: AbsenceProof,
    /// The holder's key.
    pub holder_key: PublicKey,
    /// The holder's nullifier key.
    pub nullifier_key: NullifierKey,
    /// The request.
    pub request: RequestInputs,
    /// For each predicate about a set: the leaf that speaks for the attribute. For others any: [`SetProof::unused`].
    pub set_proofs: [SetProof; PREDICATES],
    /// The holder's signature over [`Private::message`].
    pub signature: Signature,
}

impl Private {
    /// The credential.
    pub fn credential(&self) -> CredentialBody {
        CredentialBody {
            schema: self.schema,
            holder: Address::derive(&self.holder_key, &self.nullifier_key),
            attributes: self.attributes.clone(),
            valid_from: self.valid_from,
            valid_until: self.valid_until,
            revocation_id: self.revocation_id,
        }
    }

    /// What names the credential's revocation.
    pub fn revocation_handle(&self) -> RevocationHandle {
        RevocationHandle::derive(&self.issuer.key, self.revocation_id)
    }

    /// The nullifier in the request's scope.
    pub fn nullifier(&self) -> ScopeNullifier {
        ScopeNullifier::derive(&self.nullifier_key, self.request.query.scope, self.revocation_handle())
    }

    /// For each predicate the attribute, if it reveals it; else 0.
    pub fn revealed(&self) -> [Fr; REVEALED_VALUES] {
        self.request.query.predicates.map(|form| match form.op {
            Op::Reveal => self.attributes.get(form.slot).to_fr(),
            _ => Fr::from(0u64),
        })
    }

    /// Their digest.
    pub fn revealed_digest(&self) -> RevealedDigest {
        RevealedDigest::from_fr(revealed_digest(&self.revealed()))
    }

    /// What the holder signs.
    pub fn message(&self) -> Fr {
        presentation_message(
            self.request.digest().to_fr(),
            self.nullifier(),
            self.revealed_digest().to_fr(),
            self.credential().hash(),
        )
    }

    pub(super) fn blank() -> Self {
        let zero = Fr::from(0u64);
        let no_siblings: Siblings = [zero; 3];
        let (Some(issuer_path), Some(path)) = (
            MerklePath::new(0, [no_siblings; SET_DEPTH]),
            MerklePath::new(0, [no_siblings; INDEXED_DEPTH]),
        ) else {
            unreachable!("index 0 is in every tree")
        };
        Self {
            schema: SchemaId::from_fr(zero),
            attributes: Attributes::default(),
            valid_from: Day(0),
            valid_until: Day(0),
            revocation_id: RevocationId::from_fr(zero),
            issuer: TrustedIssuer {
                key: blank_key(),
                from: Day(0),
                until: Day(0),
            },
            issuer_path,
            issuer_signature: blank_signature(),
            not_revoked: AbsenceProof {
                low: IndexedLeaf::FIRST,
                path,
            },
            holder_key: blank_key(),
            nullifier_key: NullifierKey::from_fr(zero),
            request: RequestInputs {
                query: Query {
                    schema: SchemaId::from_fr(zero),
                    trusted_issuers_root: zero,
                    day: Day(0),
                    scope: Scope::NONE,
                    predicates: [Predicate::None.form(); PREDICATES],
                    context: zero,
                },
                verifier_key: zero,
                claim_until: UnixSeconds(0),
            },
            set_proofs: core::array::from_fn(|_| SetProof::unused()),
            signature: blank_signature(),
        }
    }
}
