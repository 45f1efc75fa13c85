//! What every command that moves receivables begins with: the wallet, the ledger, and the wallet told what the ledger knows.
//!
//! In scope: opening and catching up. Out of scope: moving anything.
//! An attacker who owns this part has commands work on another wallet or ledger.

use crate::operations::LocalLedger;
use crate::operations::scan::catch_up;
use crate::wallet::Wallet;
use crate::{ConsoleProgress, Context, Failure};

/// An open wallet that knows what the ledger at hand knows.
pub(super) struct Opened {
    pub(super) wallet: Wallet,
    pub(super) local: LocalLedger,
}

impl Opened {
    pub(super) fn caught_up(context: &Context) -> Result<Self, Failure> {
        let (wallet, local) = context.wallet_and_ledger()?;
        catch_up(&wallet, &local, &mut ConsoleProgress::new(context.console()))?;
        Ok(Self { wallet, local })
    }
}
