//! The state that entries make: trees, records, and the changes of one batch over a store.
//!
//! In scope: what a batch reads and writes, the roots after it. Out of scope: whether an entry may make its change (`rules`).
//! Nodes and records are read one by one, so that 10^7 notes need no more memory than ten. Whoever could write here without
//! an entry would be found out by anyone who replays the log.

mod append_rows;
mod batch;
pub(crate) mod cosigned;
pub(crate) mod dilutions;
mod indexed;
pub(crate) mod lookup;
mod nodes;
mod overlay;
mod record;
mod registry;
pub(crate) mod row;

pub use append_rows::AppendRows;
pub use batch::{BatchState, ClosedBatch};
pub use dilutions::DilutionRows;
pub use indexed::IndexedRows;
pub use nodes::{NodeRows, set_leaves};
pub use overlay::Overlay;
pub use record::{
    DepositRecord, LockRecord, LoggedEntry, NoteRecord, NumberRecord, PartyRecord, RootRecord, RootStatus,
};
pub use registry::RegistryRecord;
