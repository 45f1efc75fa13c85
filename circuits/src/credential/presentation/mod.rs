//! `credential/presentation/v1`: the holder of an unrevoked credential of a trusted issuer shows that it satisfies a query, and nothing else.
//!
//! In scope: `docs/protocol.md` section 8.2. Out of scope: whose the revocation root is and how old (the verifier's), that the nullifier is new
//! (only whoever records claims knows), what a slot means (schemas).
//! An attacker who finds a gap here passes customs with what nobody issued, with another's credential, or with a revoked one.
//!
//! One circuit serves every schema: the query is private and hashed into the request digest, which the verifier computes from its own request.
//! So its days, ranges and roots need no checks here beyond what the comparisons do; the verifier's are integers of 32 and 120 bits, and
//! roots of sets that it builds itself.

mod check;
mod constraints;
mod inputs;
mod predicate;

pub use check::{PredicateViolation, Violation};
pub use inputs::{Private, RequestInputs};
pub use tradeseal_verifier::statement::credential::presentation::Public;

use ark_relations::gr1cs::SynthesisError;
use tradeseal_primitives::{Fr, credential::ScopeNullifier};
use tradeseal_verifier::statement::{RequestDigest, RevealedDigest, RevocationRoot, StatementId};

use crate::{circuit::Circuit, statement::Statement};

/// The statement.
#[derive(Debug)]
pub struct Presentation;

impl Statement for Presentation {
    const ID: StatementId = StatementId::CREDENTIAL_PRESENTATION_V1;
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
        let public = Public {
            revocation_root: RevocationRoot::from_fr(zero),
            nullifier: ScopeNullifier::NONE,
            revealed_digest: RevealedDigest::from_fr(zero),
            request_digest: RequestDigest::from_fr(zero),
        };
        (public, Private::blank())
    }

    fn constrain(circuit: &mut Circuit, public: &Public, private: &Private) -> Result<(), SynthesisError> {
        constraints::constrain(circuit, public, private)
    }
}
