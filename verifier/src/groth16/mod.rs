//! Groth16 over BN254: keys, proofs and the verification equation.
//!
//! In scope: the canonical encodings of `docs/protocol.md` section 6 and the pairing equation, on curve arithmetic alone.
//! Out of scope: what the rows mean (`statement`), which keys to believe (`trust`), making proofs (crate `prover`).
//! An attacker who owns this part can have any false statement accepted.

mod batch;
mod comb;
mod equation;
mod key_id;
mod pairing;
mod point;
mod proof;
mod provenance;
mod subgroup;
mod verifying_key;

pub use batch::{BatchItem, BatchRefusal, BatchReport, verify_batch};
pub use equation::{PreparedKey, ProofRefusal, verify};
pub use key_id::{KeyId, KeyIdError};
pub use point::PointError;
pub use proof::{Proof, ProofError, ProofPoint};
pub use provenance::{Provenance, TranscriptDigest};
pub use verifying_key::{KeyError, KeyPart, VerifyingKey};

#[cfg(test)]
mod tests;
