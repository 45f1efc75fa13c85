//! The commands: a folder for each noun, a file for each verb.
//!
//! In scope: from arguments to output. Out of scope: everything that another caller could want too (the other crates).
//! An attacker who owns a command acts as its user.

pub mod demo;
pub mod keys;
pub mod log;
pub mod party;
pub mod prove;
pub mod receivable;
pub mod request;
pub mod trust;
pub mod verify;

use tradeseal_verifier::statement::{StatementId, UnknownStatement};

/// A statement's id; version 1 is meant where none is named.
fn parse_statement(text: &str) -> Result<StatementId, UnknownStatement> {
    text.parse()
        .or_else(|unknown| format!("{text}/v1").parse().map_err(|_| unknown))
}
