//! The command line's manners, on the real binary: exit codes, what goes to which stream, the form of errors, and that every
//! command explains itself.
#![allow(clippy::unwrap_used, missing_docs)]

mod gate;
mod invoices;
mod keys;
mod log;
mod machine;
mod manners;
mod other_verifiers;
mod parties;
mod receivables;
mod requests;
mod verdicts;
mod witnesses;
