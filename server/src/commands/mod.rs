//! The commands: a folder for each noun, a file for each verb.
//!
//! In scope: from arguments to output. Out of scope: everything that another caller could want too (the other crates).
//! An attacker who owns a command acts as its user.

pub mod bench;
pub mod demo;
pub mod evidence;
pub mod export;
pub mod keys;
pub mod log;
pub mod party;
pub mod prove;
pub mod receivable;
pub mod registry;
pub mod request;
pub mod trust;
pub mod verify;
pub mod witness;
