//! The ledger's witness policy: whose cosignatures a receipt waits for.
//!
//! In scope: the file `witness-policy` in the state folder, C2SP tlog-policy text, and what makes a policy fit this ledger. Out of
//! scope: asking log witnesses. An attacker who writes this file decides who must have seen the log's history.

use std::fs;
use std::io;
use std::path::PathBuf;

use tradeseal_prover::durable_file::{self, Readers};
use tradeseal_verifier::log::{LogKey, MAX_POLICY_BYTES, WitnessPolicy};

use super::local_ledger;
use crate::wallet::LedgerLogKey;
use crate::{Context, Failure};

/// A policy with the text that it was read from.
#[derive(Debug, Clone)]
pub struct PolicyText {
    /// As its operator wrote it.
    pub text: String,
    /// What it says.
    pub policy: WitnessPolicy,
}

/// The policy in force, if any.
///
/// # Errors
/// [`Failure`] if the file is there and does not read: receipts without the cosignatures it asks for would be a surprise.
pub fn current(context: &Context) -> Result<Option<PolicyText>, Failure> {
    let path = path(context);
    match durable_file::read_bounded(&path, MAX_POLICY_BYTES as u64) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(Failure::file("read", &path, &cause)),
        Ok(bytes) => parse(bytes).map(Some),
    }
}

/// Puts a policy in force, if it fits this folder's ledger.
///
/// # Errors
/// `witness_policy` if it does not read, does not name this log's key, asks for no cosignature, or names a log witness
/// without a URL; `ledger_missing` if no ledger was begun here.
pub fn set(context: &Context, bytes: Vec<u8>) -> Result<PolicyText, Failure> {
    let new = parse(bytes)?;
    require_fit(&new.policy, &log_key(context)?)?;
    let path = path(context);
    durable_file::replace(&path, new.text.as_bytes(), Readers::Everyone)
        .map_err(|cause| Failure::file("write", &path, &cause))?;
    Ok(new)
}

/// Receipts wait for nobody any more. Says whether there was a policy.
///
/// # Errors
/// [`Failure`] if the file cannot be removed.
pub fn clear(context: &Context) -> Result<bool, Failure> {
    let path = path(context);
    match fs::remove_file(&path) {
        Ok(()) => Ok(true),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(cause) => Err(Failure::file("remove", &path, &cause)),
    }
}

/// Refuses a policy that cannot be met for this log, or asks for nothing.
///
/// # Errors
/// As [`set`].
pub fn require_fit(policy: &WitnessPolicy, log: &LogKey) -> Result<(), Failure> {
    let refuse = |message: String, remedy: String| Err(Failure::new("witness_policy", message, remedy));
    if !policy.logs().iter().any(|named| named.key == *log) {
        return refuse(
            "the witness policy does not name this ledger's log".into(),
            format!("add the line: log {log}"),
        );
    }
    if !policy.asks_for_cosignatures() {
        return refuse(
            "the witness policy asks for no cosignature (quorum none)".into(),
            "name a quorum, or do without a policy: tradeseal log policy clear".into(),
        );
    }
    if let Some(witness) = policy.witnesses().iter().find(|witness| witness.url.is_none()) {
        return refuse(
            format!("the witness policy has no URL for the log witness {}", witness.name),
            "add the URL below which it takes add-checkpoint, at the end of its line".into(),
        );
    }
    Ok(())
}

fn parse(bytes: Vec<u8>) -> Result<PolicyText, Failure> {
    let text = String::from_utf8(bytes).map_err(|_| {
        Failure::new(
            "witness_policy",
            "the witness policy is not UTF-8 text",
            "write it as https://c2sp.org/tlog-policy says",
        )
    })?;
    let policy = WitnessPolicy::parse(&text)?;
    Ok(PolicyText { text, policy })
}

/// Read from the wallet, so that a running ledger need not be stopped for a new policy.
fn log_key(context: &Context) -> Result<LogKey, Failure> {
    let missing = || Failure::from(tradeseal_ledger::LedgerError::NotCreated);
    if !local_ledger::exists(context) {
        return Err(missing());
    }
    let wallet = context
        .existing_wallet()?
        .ok_or_else(local_ledger::without_its_wallet)?;
    let (name, key) = wallet.list::<LedgerLogKey>()?.into_iter().next().ok_or_else(missing)?;
    local_ledger::log_key_of(&name, &key)
}

fn path(context: &Context) -> PathBuf {
    context.dir().join("witness-policy")
}
