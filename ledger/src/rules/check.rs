//! What can be checked about an entry before its place is known: its signer, its key id, its signature, its proof.
//!
//! None of it changes once the log has begun, so many entries are checked at once.

use super::{ProofChecker, Refusal, lock, mint, signer, transfer};
use tradeseal_verifier::entry::{Entry, Genesis};

/// Checks an entry on its own, cheap checks first.
///
/// # Errors
/// The first check that fails.
pub fn check(entry: &Entry, genesis: &Genesis, proofs: &dyn ProofChecker) -> Result<(), Refusal> {
    match entry {
        Entry::Enrol(enrol) => signer::check_registrar(enrol, genesis),
        Entry::Remove(remove) => signer::check_registrar(remove, genesis),
        Entry::Mint(mint) => mint::check(mint, genesis, proofs),
        Entry::Transfer(transfer) => transfer::check(transfer, genesis, proofs),
        Entry::Lock(lock) => lock::check(lock, genesis, proofs),
        Entry::Release(release) => Ok(release.verify(&genesis.origin)?),
        Entry::Genesis(_) | Entry::State(_) => Err(Refusal::NotSubmitted { kind: entry.kind() }),
    }
}
