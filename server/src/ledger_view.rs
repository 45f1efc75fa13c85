//! Whom `verify` asks whether a receivable is still free: this installation's ledger if there is one, else nobody.
//!
//! In scope: choosing, and saying why a ledger that is there cannot be asked. Out of scope: the answers (crate `ledger`).
//! An attacker who owns this part hides that a receivable is spent or locked.

use tradeseal_primitives::receivable::Nullifier;
use tradeseal_verifier::ledger_view::{LedgerView, NullifierStatus, Offline, RootStatus, Unavailable};
use tradeseal_verifier::log::KeyName;
use tradeseal_verifier::statement::{DilutionRoot, NoteRoot, RevocationRoot};

use crate::Context;
use crate::operations::{LocalLedger, local_ledger};

/// The ledger within reach. One that cannot be asked leaves a verdict inconclusive; it is no error.
pub(crate) fn within_reach(context: &Context) -> Box<dyn LedgerView> {
    if !local_ledger::exists(context) {
        return Box::new(Offline);
    }
    match context.ledger() {
        Ok(local) => Box::new(Local(local)),
        Err(failure) => Box::new(Unreachable {
            reason: failure.message().to_owned(),
        }),
    }
}

/// Keeps the ledger open while it is asked.
struct Local(LocalLedger);

impl LedgerView for Local {
    fn origin(&self) -> Result<KeyName, Unavailable> {
        self.0.ledger().origin()
    }

    fn root_status(&self, root: NoteRoot) -> Result<RootStatus, Unavailable> {
        self.0.ledger().root_status(root)
    }

    fn dilution_root_status(&self, root: DilutionRoot) -> Result<RootStatus, Unavailable> {
        self.0.ledger().dilution_root_status(root)
    }

    fn revocation_root_status(&self, root: RevocationRoot) -> Result<RootStatus, Unavailable> {
        self.0.ledger().revocation_root_status(root)
    }

    fn nullifier_status(&self, nullifier: Nullifier) -> Result<NullifierStatus, Unavailable> {
        self.0.ledger().nullifier_status(nullifier)
    }
}

/// A ledger that is there and cannot be asked.
struct Unreachable {
    reason: String,
}

impl Unreachable {
    fn unavailable<T>(&self) -> Result<T, Unavailable> {
        Err(Unavailable {
            reason: self.reason.clone(),
        })
    }
}

impl LedgerView for Unreachable {
    fn origin(&self) -> Result<KeyName, Unavailable> {
        self.unavailable()
    }

    fn root_status(&self, _: NoteRoot) -> Result<RootStatus, Unavailable> {
        self.unavailable()
    }

    fn dilution_root_status(&self, _: DilutionRoot) -> Result<RootStatus, Unavailable> {
        self.unavailable()
    }

    fn revocation_root_status(&self, _: RevocationRoot) -> Result<RootStatus, Unavailable> {
        self.unavailable()
    }

    fn nullifier_status(&self, _: Nullifier) -> Result<NullifierStatus, Unavailable> {
        self.unavailable()
    }
}
