//! Which circuit a key is for: its statement and the digest of its matrices.
//!
//! In scope: the pair. Out of scope: computing digests (crate `circuits`).
//! An attacker who owns this part could have a key used with a circuit that proves less.

use tradeseal_circuits::CircuitDigest;
use tradeseal_verifier::statement::StatementId;

/// A statement and the circuit that this program has for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CircuitPin {
    /// The statement.
    pub statement: StatementId,
    /// Digest of its circuit's matrices.
    pub digest: CircuitDigest,
}
