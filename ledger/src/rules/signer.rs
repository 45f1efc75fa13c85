//! Registrars: only those named in the genesis entry enrol and remove parties.

use super::Refusal;
use tradeseal_verifier::entry::{Genesis, Signed, SignedBody};

/// The signer must be a registrar of this log, and the signature its own.
pub(super) fn check_registrar<B: SignedBody>(entry: &Signed<B>, genesis: &Genesis) -> Result<(), Refusal> {
    let registrar = *entry.body.signer();
    if !genesis.registrars.contains(&registrar) {
        return Err(Refusal::NotRegistrar { key: registrar });
    }
    Ok(entry.verify(&genesis.origin)?)
}
