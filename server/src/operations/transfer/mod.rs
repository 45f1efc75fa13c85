//! An owner moves a receivable or parts of it: `receivable/transfer/v1` from one or two notes to up to four.
//!
//! In scope: split, join, payment and settlement, which are all one entry. Out of scope: what is paid for it elsewhere; whose handle a recipient's is.
//! An attacker who owns this part sees the receivable, but cannot move it without its owner's spending key.

mod consent;
mod dummy;
mod inputs;
mod offer_file;
mod outputs;
#[cfg(test)]
mod tests;

use ark_std::rand::rngs::OsRng;
use tradeseal_circuits::Statement;
use tradeseal_circuits::receivable::transfer::Transfer;
use tradeseal_primitives::party::Handle;
use tradeseal_primitives::receivable::{AmountMinor, settled_address};
use tradeseal_prover::{Progress, Proven, prove};
use tradeseal_verifier::entry::{self, Ed25519Key, Entry, TransferBody};

pub use self::consent::{Completed, Consented, complete, consent, offer};
pub(crate) use self::dummy::dummy;
use self::inputs::Inputs;
pub use self::offer_file::{MAX_OFFER_BYTES, Offer, SignedConsent};
use self::outputs::Output;
use super::LocalLedger;
use super::append::{Accepted, append};
use super::scan::{catch_up, item_name};
use crate::sealing::{self, Memo, SealError};
use crate::wallet::{BankKey, ItemName, Wallet};
use crate::{Context, Failure, statements};

/// What is to be paid to whom.
#[derive(Clone)]
pub struct Payment {
    /// To whom; to oneself for a part that is split off.
    pub to: Handle,
    /// How much; at least 1.
    pub amount: AmountMinor,
    /// A word to the recipient; parts that stay with their owner keep the memo that they have.
    pub memo: Memo,
}

/// A note that a transfer made.
#[derive(Clone)]
pub struct MadeNote {
    /// Its name: its commitment.
    pub item: ItemName,
    /// Whose it is.
    pub owner: Handle,
    /// How much.
    pub amount: AmountMinor,
    /// Whether it stayed with the sender.
    pub kept: bool,
}

/// What came of a transfer.
pub struct Transferred {
    /// The notes made, payments first, then the rest.
    pub notes: Vec<MadeNote>,
    /// Its entry.
    pub receipt: Accepted,
    /// The proof that was made.
    pub proven: Proven,
}

/// A transfer that only wants sending, or a bank's consent before.
struct Prepared {
    transfer: entry::Transfer,
    notes: Vec<MadeNote>,
    proven: Proven,
}

/// Where a locked note's bank is.
enum Consenting<'a> {
    /// Its key is at hand, if the note is locked.
    Here(Option<&'a BankKey>),
    /// It is to be asked; the note must be locked.
    Elsewhere,
}

/// Spends one or two notes of one owner and receivable for these payments; what is left goes back to the owner. Every note is sealed to its owner in
/// the entry itself, so that no crash loses it.
///
/// # Errors
/// `amount_too_large` if the notes hold less; `receivable_locked` if a bank has to consent and `bank` is not its key; the ledger's refusals.
pub fn transfer(
    (context, wallet, local): (&Context, &Wallet, &LocalLedger),
    items: &[ItemName],
    payments: &[Payment],
    bank: Option<&BankKey>,
    progress: &mut dyn Progress,
) -> Result<Transferred, Failure> {
    let stage = (context, wallet, local);
    let Prepared {
        transfer,
        notes,
        proven,
    } = prepare(stage, items, payments, &Consenting::Here(bank), progress)?;
    let receipt = append(local, Entry::Transfer(Box::new(transfer)))?;
    catch_up(wallet, local, progress)?;
    Ok(Transferred { notes, receipt, proven })
}

/// Whom a settlement is made out to: the address that nobody owns, sealed to the debtor if the ledger knows it, so that it learns of it.
///
/// # Errors
/// The wallet's and the ledger's.
pub fn settlement_handle((wallet, local): (&Wallet, &LocalLedger), item: &ItemName) -> Result<Handle, Failure> {
    let note: crate::wallet::HeldNote = wallet.get(item)?;
    let enrolled = local.ledger().view()?.directory_entry(note.terms().debtor)?;
    let encryption_key = match enrolled {
        Some(debtor) => debtor.enrolment.handle.encryption_key,
        None => sealing::thrown_away_key()?,
    };
    Ok(Handle {
        address: settled_address(),
        encryption_key,
    })
}

fn prepare(
    (context, wallet, local): (&Context, &Wallet, &LocalLedger),
    items: &[ItemName],
    payments: &[Payment],
    consenting: &Consenting<'_>,
    progress: &mut dyn Progress,
) -> Result<Prepared, Failure> {
    let view = local.ledger().view()?;
    let inputs = Inputs::take(wallet, &view, items)?;
    let bank = inputs.consenting_bank(&view, consenting)?;
    let outputs = outputs::plan(&inputs, payments)?;
    let key = statements::proving_key::<Transfer>(&context.key_registry(), local.ledger().genesis(), progress)?;
    let mut private = inputs.private(&view, &outputs)?;
    let body = TransferBody {
        note_root: view.latest_state().note_root,
        nullifiers: private.nullifiers(),
        commitments: private.output_commitments(),
        sealed_notes: outputs::seal(&outputs, local.origin())?,
        key_id: key.id(),
        bank,
        sender_record: outputs::record(&outputs).seal_to(
            &inputs.owner.handle(),
            local.origin(),
            private.nullifiers()[0],
        )?,
    };
    let public = body.public(local.origin());
    private.signature = inputs.owner.spending_key().sign(public.digest.to_fr());
    Transfer::check(&public, &private).map_err(|violation| {
        Failure::new(
            "transfer_untrue",
            violation.to_string(),
            "this wallet's copy is not the ledger's: check --dir",
        )
    })?;
    let proven = prove::<Transfer>(&key, &public, &private, &mut OsRng, progress)?;
    let bank_signature = match consenting {
        Consenting::Here(Some(key)) => Some(entry::Transfer::consent(&body, local.origin(), key.signing_key())),
        _ => None,
    };
    Ok(Prepared {
        notes: made(&inputs, &outputs)?,
        transfer: entry::Transfer {
            body,
            proof: Box::new(proven.proof.to_bytes()),
            bank_signature,
        },
        proven,
    })
}

/// The notes made, without those of nothing.
fn made(inputs: &Inputs, outputs: &[Output; 4]) -> Result<Vec<MadeNote>, Failure> {
    let of_something = outputs.iter().filter(|output| output.opening.amount.0 > 0);
    of_something
        .map(|output| {
            Ok(MadeNote {
                item: item_name(output.note().commitment())?,
                owner: output.to,
                amount: output.opening.amount,
                kept: output.to.address == inputs.owner.address(),
            })
        })
        .collect()
}

impl From<SealError> for Failure {
    fn from(refused: SealError) -> Self {
        let message = refused.to_string();
        match refused {
            SealError::Randomness(cause) => crate::wallet::WalletError::from(cause).into(),
            _ => Self::new(
                "handle_refused",
                message,
                "have the recipient make a new party and send its handle: tradeseal party new NAME",
            ),
        }
    }
}

/// The key of a bank as entries name it.
fn key_of(bank: &BankKey) -> Ed25519Key {
    Ed25519Key::of(bank.signing_key())
}
