//! Beginning a ledger: entry 0 and the first state record, in one batch.

use crate::LedgerError;
use crate::sequencer::sign_and_commit;
use crate::state::{BatchState, Overlay};
use crate::store::Store;
use std::collections::{BTreeMap, BTreeSet};
use tradeseal_primitives::duplicate_tag::RegistryPublicKey;
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_verifier::entry::{Ed25519Key, Entry, Genesis};
use tradeseal_verifier::groth16::KeyId;
use tradeseal_verifier::log::{KeyName, LogSigner};
use tradeseal_verifier::statement::StatementId;

/// By which rules a new ledger is to run. They cannot be changed later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GenesisParams {
    /// The log's unique name.
    pub origin: KeyName,
    /// Who may enrol and remove parties.
    pub registrars: BTreeSet<Ed25519Key>,
    /// Which verifying keys proofs may be made for, by statement.
    pub accepted_keys: BTreeMap<StatementId, BTreeSet<KeyId>>,
    /// For how many seconds after its replacement a root still serves in a proof.
    pub root_grace_seconds: u64,
    /// The duplicate registry's first key.
    pub registry_key: RegistryPublicKey,
    /// How long each of the registry's keys serves at least, in seconds. Two eras on, invoices of the first can no longer be minted.
    pub registry_era_seconds: u64,
}

/// Writes the first batch into an empty store.
pub(super) fn begin(
    store: &dyn Store,
    params: GenesisParams,
    signer: &LogSigner,
    created: UnixSeconds,
) -> Result<(), LedgerError> {
    if store.snapshot().head()?.is_some() {
        return Err(LedgerError::AlreadyCreated {
            origin: super::load::origin(store)?,
        });
    }
    let GenesisParams {
        origin,
        registrars,
        accepted_keys,
        root_grace_seconds,
        registry_key,
        registry_era_seconds,
    } = params;
    let genesis = Genesis {
        origin,
        created,
        registrars,
        accepted_keys,
        root_grace_seconds,
        registry_key,
        registry_era_seconds,
    };
    let bytes = Entry::Genesis(genesis.clone()).encode();
    // Lists longer than a reader takes must not become an entry that nobody can read.
    Entry::decode(&bytes)?;
    let epoch = store.claim()?;
    let mut batch = BatchState::begin(Overlay::new(store.snapshot()), &genesis)?;
    batch.append(&bytes);
    sign_and_commit(store, epoch, 0, &batch.close()?, signer)?;
    Ok(())
}
