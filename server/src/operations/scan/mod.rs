//! Reading the ledger for this wallet: notes sealed to its parties, notes that were spent, payments that its parties sent.
//!
//! In scope: going on where the last reading stopped, and from the start, so that keys alone bring everything back. Out of scope: what a single
//! entry holds for this wallet (`entries`), the live state of locks (the ledger's view).
//! An attacker who owns this part hides notes from their owner. A ledger cannot have the wallet believe in a note that is not its own.
//!
//! A crash at any time loses nothing and repeats nothing: what an entry brings is kept under names that follow from the entry, before the
//! wallet takes note that it was read.

mod entries;
#[cfg(test)]
mod tests;

pub(crate) use entries::item_name;

use tradeseal_ledger::view::{MAX_SCAN_ENTRIES, NullifierStatus, View};
use tradeseal_prover::{Count, Progress, State};
use tradeseal_verifier::log::LogHash;

use self::entries::EntryReader;
use super::LocalLedger;
use crate::Failure;
use crate::wallet::{ItemName, OfferedTransfer, ScanState, Wallet};

/// From where to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// From where the last reading stopped.
    Resume,
    /// From entry 0, whatever was read before.
    FromStart,
}

/// What reading brought.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scanned {
    /// The first entry read.
    pub from: u64,
    /// The first entry not read: the log's size.
    pub to: u64,
    /// Notes found, by their names in the wallet.
    pub found: Vec<ItemName>,
    /// Notes of the wallet that turned out to be spent.
    pub spent: Vec<ItemName>,
    /// Payments that the wallet's parties sent.
    pub payments: Vec<ItemName>,
}

/// Reads the ledger from where the last reading stopped, so that the wallet knows what the ledger knows.
///
/// # Errors
/// As [`scan`].
pub fn catch_up(wallet: &Wallet, local: &LocalLedger, progress: &mut dyn Progress) -> Result<Scanned, Failure> {
    scan(wallet, local, Extent::Resume, progress)
}

/// Reads the ledger up to its present end.
///
/// # Errors
/// `ledger_other_history` if this is not the log that was read before; the wallet's and the ledger's.
pub fn scan(
    wallet: &Wallet,
    local: &LocalLedger,
    extent: Extent,
    progress: &mut dyn Progress,
) -> Result<Scanned, Failure> {
    let view = local.ledger().view()?;
    let origin: ItemName = local.origin().as_str().parse()?;
    let known: Option<ScanState> = wallet.find(&origin)?;
    let (seen_size, seen_root) = (view.size(), view.log_root(view.size())?);
    if let Some(known) = &known {
        require_continued(&view, known)?;
    }
    let mut next = known.filter(|_| extent == Extent::Resume).map_or(0, |known| known.next);
    let mut scanned = Scanned {
        from: next,
        ..Scanned::default()
    };
    if next < seen_size {
        let mut reader = EntryReader::open(wallet, local.origin())?;
        while next < seen_size {
            tell(progress, local, next - scanned.from, seen_size - scanned.from);
            let part = view.scan(next, MAX_SCAN_ENTRIES)?;
            for entry in &part.entries {
                reader.read(entry, &mut scanned)?;
            }
            next = part.next;
            let state = ScanState {
                next,
                seen_size,
                seen_root,
            };
            wallet.replace(&origin, &state)?;
        }
        forget_dead_offers(wallet, &view)?;
    }
    scanned.to = next;
    Ok(scanned)
}

/// Says how far a long reading is; a short one is over before it is read.
fn tell(progress: &mut dyn Progress, local: &LocalLedger, done: u64, total: u64) {
    if total > MAX_SCAN_ENTRIES as u64 {
        let unit = "entries";
        progress
            .enter(State::named("reading the ledger", local.origin().as_str()).counted(Count { done, total, unit }));
    }
}

/// A ledger that is shorter than it was, or begins otherwise, is not the one that was read.
fn require_continued(view: &View<'_>, known: &ScanState) -> Result<(), Failure> {
    let other = |what: String| {
        Failure::new(
            "ledger_other_history",
            what,
            "name the --dir of the ledger that this wallet belongs to, or restore that ledger's newest copy; if it is the newest, keep it: \
             two histories under one log key show that its operator rewrote it",
        )
    };
    let size = view.size();
    if size < known.seen_size {
        return Err(other(format!(
            "the ledger has {size} entries, but this wallet has seen {} of it",
            known.seen_size
        )));
    }
    let root: LogHash = view.log_root(known.seen_size)?;
    if root != known.seen_root {
        return Err(other(format!(
            "the first {} entries of the ledger are not those that this wallet has seen",
            known.seen_size
        )));
    }
    Ok(())
}

/// An offer whose note is spent can be completed no more.
fn forget_dead_offers(wallet: &Wallet, view: &View<'_>) -> Result<(), Failure> {
    for (name, offer) in wallet.list::<OfferedTransfer>()? {
        for nullifier in offer.0.body.nullifiers {
            if matches!(view.nullifier_status(nullifier)?, NullifierStatus::Spent { .. }) {
                wallet.remove::<OfferedTransfer>(&name)?;
            }
        }
    }
    Ok(())
}
