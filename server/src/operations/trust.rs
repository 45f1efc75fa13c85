//! The trust file for this installation's ledger and keys: what a verifier of its presentations needs to know.
//!
//! In scope: writing it. Out of scope: deciding to trust it; a bank takes it from someone it knows.
//! An attacker who owns this part has banks trust its log and its keys.

use tradeseal_prover::Progress;
use tradeseal_verifier::groth16::VerifyingKey;
use tradeseal_verifier::trust::{Trust, TrustedKey, TrustedLog};

use super::{LocalLedger, local_ledger};
use crate::{Context, Failure};

/// Trust in this ledger's log and in every key that this ledger accepts: whether development keys count, and the C2SP
/// tlog-policy whose log witnesses must have cosigned, if any.
///
/// # Errors
/// [`Failure`] if the keys cannot be read or are too many, or the policy is not one for this log.
pub fn trust(
    context: &Context,
    local: &LocalLedger,
    (allow_insecure_dev, witness_policy): (bool, Option<&str>),
    progress: &mut dyn Progress,
) -> Result<Trust, Failure> {
    let accepts = |key: &VerifyingKey| local.ledger().genesis().accepts(key.statement(), &key.key_id());
    let keys = local_ledger::verifying_keys(context, progress)?
        .into_iter()
        .filter(|(key, _)| accepts(key))
        .map(|(key, provenance)| TrustedKey::new(key, provenance))
        .collect();
    let key = local.ledger().log_key().clone();
    let log = match witness_policy {
        Some(policy) => TrustedLog::witnessed(key, policy)?,
        None => TrustedLog::new(key),
    };
    Ok(Trust::in_logs(vec![log], keys, allow_insecure_dev, None)?)
}
