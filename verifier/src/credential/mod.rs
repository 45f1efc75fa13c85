//! Credentials as verifiers and holders see them: schemas, policies in people's terms, requests, presentations, verdicts.
//!
//! In scope: what is asked and what an answer establishes (`docs/credentials.md`). Out of scope: proving (crate `circuits`), reading documents
//! (crate `documents`), issuing.
//! An attacker who owns this part has an officer read an answer to another question.

pub mod policy;
pub mod presentation;
pub mod request;
pub mod schema;
pub mod verification;
