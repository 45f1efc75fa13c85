//! Signing a batch's checkpoint and committing both at once.
//!
//! The signature is in the same write as the entries: there is no moment at which one is durable and the other is not, and
//! a checkpoint that was not committed never leaves this function.

use crate::LedgerError;
use crate::state::ClosedBatch;
use crate::store::{Epoch, Head, Store};
use tradeseal_verifier::log::{Checkpoint, LogSigner, SignedCheckpoint};

/// Commits a batch after a log of `old_size` entries; durable when it returns.
pub(crate) fn sign_and_commit(
    store: &dyn Store,
    epoch: Epoch,
    old_size: u64,
    closed: &ClosedBatch<'_>,
    signer: &LogSigner,
) -> Result<SignedCheckpoint, LedgerError> {
    let checkpoint = Checkpoint::new(signer.key().name().as_str(), closed.log.size(), closed.log.root())?;
    let signed = SignedCheckpoint::sign(checkpoint, signer)?;
    let head = Head {
        size: closed.log.size(),
        checkpoint: signed.to_string(),
    };
    store.commit(epoch, old_size, closed.overlay.rows(), &head)?;
    Ok(signed)
}
