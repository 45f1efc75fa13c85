//! What can be checked about an entry before its place is known: its signer, its key id, its signature, its proof.
//!
//! None of it changes once the log has begun, except the registry's keys; a [`Checked`] mint remembers with which it was
//! checked. So many entries are checked at once, and only what passed can be decided.

use super::tag::EvaluatedWith;
use super::{ProofChecker, Refusal, lock, mint, signer, transfer};
use crate::state::RegistryRecord;
use tradeseal_verifier::entry::{Entry, Genesis};
use tradeseal_verifier::log::{LogHash, leaf_hash};

/// An entry that passed [`check`], with its bytes.
#[derive(Debug, Clone)]
pub struct Checked {
    pub(super) entry: Entry,
    pub(super) bytes: Vec<u8>,
    pub(super) leaf: LogHash,
    /// There exactly for a mint.
    pub(super) evaluated_with: Option<EvaluatedWith>,
}

impl Checked {
    /// The entry.
    pub fn entry(&self) -> &Entry {
        &self.entry
    }

    /// The bytes that the log hashes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Their RFC 6962 leaf hash.
    pub fn leaf(&self) -> &LogHash {
        &self.leaf
    }
}

/// Checks an entry on its own, cheap checks first; `registry` is the duplicate registry as the log has it, which need not be
/// its latest state.
///
/// # Errors
/// The first check that fails.
pub fn check(
    entry: Entry,
    genesis: &Genesis,
    registry: &RegistryRecord,
    proofs: &dyn ProofChecker,
) -> Result<Checked, Refusal> {
    let mut evaluated_with = None;
    match &entry {
        Entry::Enrol(enrol) => signer::check_registrar(enrol, genesis)?,
        Entry::Remove(remove) => signer::check_registrar(remove, genesis)?,
        Entry::Registry(registry) => signer::check_registrar(registry, genesis)?,
        Entry::Mint(mint) => evaluated_with = Some(mint::check(mint, genesis, registry, proofs)?),
        Entry::Transfer(transfer) => transfer::check(transfer, genesis, proofs)?,
        Entry::Lock(lock) => lock::check(lock, genesis, proofs)?,
        Entry::Release(release) => release.verify(&genesis.origin)?,
        Entry::Dilute(dilute) => dilute.verify(&genesis.origin)?,
        Entry::Anchor(anchor) => anchor.verify(&genesis.origin)?,
        // Nobody signs it, and its commitment was read as a field element.
        Entry::Deposit(_) => {}
        Entry::Genesis(_) | Entry::State(_) => return Err(Refusal::NotSubmitted { kind: entry.kind() }),
    }
    let bytes = entry.encode();
    Ok(Checked {
        entry,
        leaf: leaf_hash(&bytes),
        bytes,
        evaluated_with,
    })
}
