//! Playing one invoice twice in one folder: no ledger takes it twice, so what the earlier play left is set aside and the demo begins anew.
//!
//! In scope: folders that a demo began, and no others: what a user made is never moved. Out of scope: playing.
//! An attacker who owns this part hides a ledger; it deletes none.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tradeseal_documents::Invoice;
use tradeseal_primitives::receivable::Fingerprint;
use tradeseal_prover::Progress;
use tradeseal_prover::durable_file::{self, Readers};

use crate::operations::{LocalLedger, local_ledger, scan, witness_policy};
use crate::wallet::{HeldNote, Wallet};
use crate::{Context, Failure};

/// Says that a demo began the folder.
const MARK: &str = "begun-by-demo";
/// What makes up a play.
const PARTS: [&str; 7] = [
    "ledger",
    "wallet",
    "wallet.key",
    "anchors",
    "public",
    "witnesses",
    "witness-policy",
];
/// Its name while parts are still being moved into it.
const UNFINISHED: &str = "earlier-unfinished";

/// Makes the folder ready for this invoice.
///
/// # Errors
/// `demo_already_played` if the invoice is on a ledger that no demo began.
pub(super) fn make_ready(context: &Context, invoice: &Invoice, progress: &mut dyn Progress) -> Result<(), Failure> {
    let dir = context.dir();
    let failed = |cause: io::Error| Failure::file("set aside", dir, &cause);
    if dir.join(MARK).exists() {
        // An interrupted play's log witnesses are gone.
        witness_policy::clear(context)?;
    }
    if dir.join(UNFINISHED).is_dir() {
        set_aside(dir).map_err(failed)?;
    }
    if !Wallet::exists(dir) && !local_ledger::exists(context) {
        fs::create_dir_all(dir).map_err(failed)?;
        return durable_file::replace(&dir.join(MARK), b"", Readers::Everyone).map_err(failed);
    }
    if !is_on_ledger(context, invoice.fingerprint(), progress)? {
        return Ok(());
    }
    if !dir.join(MARK).is_file() {
        return Err(Failure::new(
            "demo_already_played",
            "this invoice is on the folder's ledger already, which takes no invoice twice",
            "play in another folder: tradeseal --dir OTHER demo, or with another invoice",
        ));
    }
    context
        .console()
        .notice("this invoice was played in this folder before: that ledger and its wallet are set aside");
    set_aside(dir).map_err(failed)
}

fn is_on_ledger(context: &Context, fingerprint: Fingerprint, progress: &mut dyn Progress) -> Result<bool, Failure> {
    if !local_ledger::exists(context) {
        return Ok(false);
    }
    // Without its wallet, the play itself will say what is missing.
    let Some(wallet) = context.existing_wallet()? else {
        return Ok(false);
    };
    let local = match LocalLedger::open(context, &wallet, progress) {
        // Its beginning was interrupted; the play begins it again.
        Err(missing) if missing.code() == "ledger_missing" => return Ok(false),
        opened => opened?,
    };
    scan::catch_up(&wallet, &local, progress)?;
    let notes = wallet.list::<HeldNote>()?;
    let sources = notes.iter().filter_map(|(_, note)| note.opening.source);
    let mut fingerprints = sources.map(|source| source.fingerprint);
    Ok(fingerprints.any(|known| known == fingerprint))
}

/// Moves the parts into `earlier-N`. Killed in between, it goes on from where it was when it is called again.
fn set_aside(dir: &Path) -> io::Result<()> {
    let unfinished = dir.join(UNFINISHED);
    fs::create_dir_all(&unfinished)?;
    for part in PARTS {
        let from = dir.join(part);
        if from.exists() {
            fs::rename(from, unfinished.join(part))?;
        }
    }
    fs::rename(unfinished, free_name(dir))
}

fn free_name(dir: &Path) -> PathBuf {
    let names = (1u32..).map(|number| dir.join(format!("earlier-{number}")));
    names
        .into_iter()
        .find(|path| !path.exists())
        .unwrap_or_else(|| dir.join("earlier"))
}
