//! A ledger in this process as the verifier's source of what only a ledger knows.

use super::{NullifierStatus, QueryError};
use crate::Ledger;
use crate::state::RootStatus;
use tradeseal_primitives::Fr;
use tradeseal_primitives::receivable::Nullifier;
use tradeseal_verifier::entry::StateTree;
use tradeseal_verifier::ledger_view::{self, LedgerView, Unavailable};
use tradeseal_verifier::log::KeyName;
use tradeseal_verifier::statement::{DilutionRoot, NoteRoot, RevocationRoot};

impl LedgerView for Ledger {
    fn origin(&self) -> Result<KeyName, Unavailable> {
        Ok(self.genesis().origin.clone())
    }

    fn root_status(&self, root: NoteRoot) -> Result<ledger_view::RootStatus, Unavailable> {
        status(self, StateTree::Notes, root.to_fr())
    }

    fn dilution_root_status(&self, root: DilutionRoot) -> Result<ledger_view::RootStatus, Unavailable> {
        status(self, StateTree::Dilutions, root.to_fr())
    }

    fn revocation_root_status(&self, root: RevocationRoot) -> Result<ledger_view::RootStatus, Unavailable> {
        status(self, StateTree::Revocations, root.to_fr())
    }

    fn nullifier_status(&self, nullifier: Nullifier) -> Result<ledger_view::NullifierStatus, Unavailable> {
        let status = self.view().and_then(|view| view.nullifier_status(nullifier));
        Ok(match status.map_err(|error| unavailable(&error))? {
            NullifierStatus::Unspent => ledger_view::NullifierStatus::Unspent,
            NullifierStatus::Spent { .. } => ledger_view::NullifierStatus::Spent,
            NullifierStatus::Locked { by, until, .. } => ledger_view::NullifierStatus::Locked { by, until },
        })
    }
}

fn status(ledger: &Ledger, tree: StateTree, root: Fr) -> Result<ledger_view::RootStatus, Unavailable> {
    let status = ledger.view().and_then(|view| view.root_status(tree, root));
    Ok(match status.map_err(|error| unavailable(&error))? {
        RootStatus::Unknown => ledger_view::RootStatus::Unknown,
        RootStatus::Current { .. } => ledger_view::RootStatus::Current,
        RootStatus::Superseded { at, .. } => ledger_view::RootStatus::Replaced {
            at,
            grace_seconds: ledger.genesis().root_grace_seconds,
        },
    })
}

fn unavailable(error: &QueryError) -> Unavailable {
    Unavailable {
        reason: error.to_string(),
    }
}
