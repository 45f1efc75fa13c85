//! What a disclosure promises: one byte form, the whole of one receivable's history or what is missing of it, and nothing else.

mod dishonest_discloser;
mod format;
mod history;
mod locks;
mod log;
mod notes;
mod proofs;
mod report;
pub(crate) mod scenario;
mod secrecy;
pub(crate) mod world;
