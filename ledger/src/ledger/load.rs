//! Opening: what is stored must agree with the last signed checkpoint before anything is appended to it.
//!
//! In scope: the head, the log's edge, the last state record, the trees' roots; all of it a few dozen reads, whatever the
//! ledger's size. Out of scope: replaying every entry (an audit).

use crate::LedgerError;
use crate::log_tree::{HashReader, LogTree, root_at};
use crate::state::{AppendRows, DilutionRows, IndexedRows, NodeRows, Overlay, RegistryRecord, cosigned, lookup};
use crate::store::{Head, Store, Table};
use tradeseal_primitives::Fr;
use tradeseal_primitives::tree::{
    self, DEPOSIT_DEPTH, DILUTION_DEPTH, DIRECTORY_DEPTH, INDEXED_DEPTH, NOTE_DEPTH, Nodes, TreeError,
};
use tradeseal_verifier::entry::{Entry, Genesis, StateRecord, StateTree};
use tradeseal_verifier::log::{KeyName, LogKey, SignedCheckpoint, leaf_hash};

/// A ledger as it was stored.
pub(super) struct Loaded {
    pub(super) genesis: Genesis,
    pub(super) log: LogTree,
    pub(super) latest: StateRecord,
    pub(super) checkpoint: SignedCheckpoint,
    pub(super) registry: RegistryRecord,
}

/// The origin in entry 0.
pub(super) fn origin(store: &dyn Store) -> Result<KeyName, LedgerError> {
    let rows = Overlay::new(store.snapshot());
    head(&rows)?;
    Ok(genesis(&rows)?.origin)
}

/// Reads the head and holds everything near it against the checkpoint.
pub(super) fn load(store: &dyn Store, key: &LogKey) -> Result<Loaded, LedgerError> {
    let rows = Overlay::new(store.snapshot());
    let head = head(&rows)?;
    let signed = SignedCheckpoint::parse(&head.checkpoint)?;
    let checkpoint = signed
        .verify(std::slice::from_ref(key))
        .map_err(|cause| LedgerError::WrongLogKey {
            given: Box::new(key.clone()),
            cause: Box::new(cause),
        })?;
    let log = LogTree::load(&rows, head.size)?;
    if checkpoint.size() != head.size || log.root() != *checkpoint.root() {
        return Err(damaged("the log's tree is not the one in its checkpoint"));
    }
    require_kept(&rows, head.size)?;
    let latest = latest_state(&rows, head.size)?;
    check_roots(&rows, &latest)?;
    let genesis = genesis(&rows)?;
    Ok(Loaded {
        registry: registry(&rows, &genesis)?,
        genesis,
        log,
        latest,
        checkpoint: signed,
    })
}

/// What the quorum cosigned must be the beginning of this log.
fn require_kept(rows: &Overlay<'_>, size: u64) -> Result<(), LedgerError> {
    let Some(kept) = cosigned::latest(rows)? else {
        return Ok(());
    };
    let kept = kept.unchecked_checkpoint();
    if kept.size() > size || root_at(rows, kept.size())? != *kept.root() {
        return Err(damaged(
            "the log does not continue the checkpoint that was cosigned last",
        ));
    }
    Ok(())
}

fn head(rows: &Overlay<'_>) -> Result<Head, LedgerError> {
    use crate::store::Snapshot;
    (&rows).head()?.ok_or(LedgerError::NotCreated)
}

fn genesis(rows: &Overlay<'_>) -> Result<Genesis, LedgerError> {
    match read_entry(rows, 0)? {
        Entry::Genesis(genesis) => Ok(genesis),
        _ => Err(damaged("entry 0 is not a genesis entry")),
    }
}

/// The last entry, which must be a state record in its place.
fn latest_state(rows: &Overlay<'_>, size: u64) -> Result<StateRecord, LedgerError> {
    let last = size.checked_sub(1).ok_or_else(|| damaged("the log is empty"))?;
    match read_entry(rows, last)? {
        Entry::State(state) if state.log_size == last => Ok(*state),
        _ => Err(damaged("the last entry is not the state record of its place")),
    }
}

/// The duplicate registry's current key must be the one of the entry that its row names.
fn registry(rows: &Overlay<'_>, genesis: &Genesis) -> Result<RegistryRecord, LedgerError> {
    let record = lookup::registry(rows)?;
    let (revision, key) = match read_entry(rows, record.entry_index)? {
        Entry::Genesis(_) => (0, genesis.registry_key),
        Entry::Registry(rotation) => (rotation.body.revision, rotation.body.key),
        _ => return Err(damaged("the registry's row names an entry that has no registry key")),
    };
    if (record.revision, record.current) != (revision, key) {
        return Err(damaged("the registry's key is not the one of its entry"));
    }
    Ok(record)
}

/// An entry whose bytes are the ones in the log's tree.
fn read_entry(rows: &Overlay<'_>, index: u64) -> Result<Entry, LedgerError> {
    let entry = lookup::entry(rows, index)?.ok_or_else(|| damaged("an entry is missing"))?;
    if rows.subtree(0, index)? != leaf_hash(&entry.bytes) {
        return Err(damaged("an entry is not the one in the log's tree"));
    }
    Ok(Entry::decode(&entry.bytes)?)
}

/// The stored trees must have the roots that the last state record states.
fn check_roots(rows: &Overlay<'_>, latest: &StateRecord) -> Result<(), LedgerError> {
    for tree in StateTree::ALL {
        if stored_root(rows, tree)? != latest.root(tree) {
            return Err(LedgerError::Damaged {
                what: format!("the {tree} tree is not the one of the last state record"),
            });
        }
    }
    Ok(())
}

fn stored_root(rows: &Overlay<'_>, tree: StateTree) -> Result<Fr, LedgerError> {
    let mut rows = rows.over();
    match tree {
        StateTree::Notes => Ok(AppendRows::<NOTE_DEPTH>::new(&mut rows, Table::NoteNodes).root()?),
        StateTree::Directory => top::<DIRECTORY_DEPTH, _>(&NodeRows::new(&mut rows, Table::DirectoryNodes)),
        StateTree::Deposits => Ok(AppendRows::<DEPOSIT_DEPTH>::new(&mut rows, Table::DepositNodes).root()?),
        StateTree::Nullifiers => top::<INDEXED_DEPTH, _>(&IndexedRows::nullifiers(&mut rows, 0)),
        StateTree::Revocations => top::<INDEXED_DEPTH, _>(&IndexedRows::revocations(&mut rows, 0)),
        StateTree::Dilutions => top::<DILUTION_DEPTH, _>(&DilutionRows::new(&mut rows, 0)),
    }
}

fn top<const DEPTH: usize, N: Nodes<Error = crate::store::StoreError>>(nodes: &N) -> Result<Fr, LedgerError> {
    tree::root::<DEPTH, N>(nodes).map_err(|error| match error {
        TreeError::Store(cause) => cause.into(),
        full @ TreeError::Full { .. } => LedgerError::Damaged { what: full.to_string() },
    })
}

fn damaged(what: &str) -> LedgerError {
    LedgerError::Damaged { what: what.into() }
}
