//! The whole path, end to end: the real program on real and hostile input, and the libraries where a finer grip is needed.
//!
//! In scope: what issue by issue is promised to banks, merchants and operators. Out of scope: what one crate promises by
//! itself (its own tests). An attacker who owns these tests hides that a promise is broken.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

mod assembly;
mod audits;
mod credits;
mod demo;
mod duplicates;
mod evidence;
mod files;
mod financed;
mod flow;
mod folder;
mod foreign_reader;
mod forged_ledger;
mod key_files;
mod kills;
mod ledgers;
mod lost_parts;
mod machine;
mod passphrase;
mod real_documents;
mod real_invoices;
mod recovery;
mod refused_invoices;
mod requests;
mod rerandomised;
mod rows;
mod secrets;
mod separate_commands;
mod spending;
mod stage;
mod staleness;
mod tampered_bytes;
mod trust_files;
