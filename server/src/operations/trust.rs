//! The trust file for this installation's ledger and keys: what a verifier of its presentations needs to know.
//!
//! In scope: writing it. Out of scope: deciding to trust it; a bank takes it from someone it knows.
//! An attacker who owns this part has banks trust its log and its keys.

use tradeseal_prover::Progress;
use tradeseal_verifier::groth16::VerifyingKey;
use tradeseal_verifier::trust::{Trust, TrustedKey};

use super::{LocalLedger, local_ledger};
use crate::{Context, Failure};

/// Trust in this ledger's log and in every key that this ledger accepts.
///
/// # Errors
/// [`Failure`] if the keys cannot be read or are too many.
pub fn trust(
    context: &Context,
    local: &LocalLedger,
    allow_insecure_dev: bool,
    progress: &mut dyn Progress,
) -> Result<Trust, Failure> {
    let accepts = |key: &VerifyingKey| local.ledger().genesis().accepts(key.statement(), &key.key_id());
    let keys = local_ledger::verifying_keys(context, progress)?
        .into_iter()
        .filter(|(key, _)| accepts(key))
        .map(|(key, provenance)| TrustedKey::new(key, provenance))
        .collect();
    Ok(Trust::new(
        vec![local.ledger().log_key().clone()],
        keys,
        allow_insecure_dev,
        None,
    )?)
}
