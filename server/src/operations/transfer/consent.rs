//! Moving a receivable that a bank elsewhere has locked: the owner offers, the bank consents, the owner completes.
//!
//! In scope: the three steps. The owner's half, proof included, stays in its wallet; the bank signs exactly the entry's body. Out of scope:
//! delivering the files.
//! An attacker in between can keep the files back. A bank cannot complete an offer, nor an owner change what the bank consented to.

use tradeseal_ledger::SubmitError;
use tradeseal_ledger::view::{NullifierStatus, View};
use tradeseal_primitives::receivable::{Nullifier, UnixSeconds};
use tradeseal_prover::{Progress, Proven};
use tradeseal_verifier::entry::{Entry, Transfer};
use tradeseal_verifier::statement::EntryDigest;

use super::{Consenting, MadeNote, Offer, Payment, Prepared, SignedConsent, key_of, prepare};
use crate::operations::LocalLedger;
use crate::operations::append::{Accepted, append};
use crate::operations::scan::catch_up;
use crate::wallet::{BankKey, ItemName, OfferedTransfer, Wallet, WalletError};
use crate::{Context, Failure};

/// A bank's answer to an offer.
pub struct Consented {
    /// For the owner.
    pub consent: SignedConsent,
    /// The note that the bank lets go.
    pub nullifier: Nullifier,
    /// Until when it was locked.
    pub locked_until: UnixSeconds,
}

/// A transfer that was completed.
pub struct Completed {
    /// Its entry.
    pub receipt: Accepted,
    /// Parts of it that are this wallet's.
    pub found: Vec<ItemName>,
}

/// Proves the transfer, keeps it in the wallet, and gives what the bank has to see.
///
/// # Errors
/// As [`super::transfer`]; `receivable_not_locked` if there is nobody to ask.
pub fn offer(
    stage: (&Context, &Wallet, &LocalLedger),
    items: &[ItemName],
    payments: &[Payment],
    progress: &mut dyn Progress,
) -> Result<(Offer, Vec<MadeNote>, Proven), Failure> {
    let (_, wallet, local) = stage;
    let Prepared {
        transfer,
        notes,
        proven,
    } = prepare(stage, items, payments, &Consenting::Elsewhere, progress)?;
    let offer = Offer {
        origin: local.origin().clone(),
        body: transfer.body.clone(),
    };
    let name = offer_name(transfer.body.body_digest(local.origin()))?;
    wallet.add(&name, &OfferedTransfer(Box::new(transfer)))?;
    Ok((offer, notes, proven))
}

/// The bank lets the receivable go that it has locked.
///
/// # Errors
/// `offer_other_ledger`, or `not_your_lock` if the bank holds no lock on what the offer spends.
pub fn consent(local: &LocalLedger, bank: &BankKey, offer: &Offer) -> Result<Consented, Failure> {
    require_origin(&offer.origin, local)?;
    let view = local.ledger().view()?;
    let (nullifier, locked_until) = held_by(&view, bank, offer)?.ok_or_else(|| {
        Failure::new(
            "not_your_lock",
            "the offer spends nothing that this bank has locked now",
            "consent with the bank that holds the lock; if the lock has ended, no consent is needed",
        )
    })?;
    if offer.body.bank != Some(key_of(bank)) {
        return Err(Failure::new(
            "not_your_lock",
            "the offer asks another bank to consent",
            "consent with the bank that it names",
        ));
    }
    Ok(Consented {
        consent: SignedConsent {
            origin: offer.origin.clone(),
            digest: offer.body.body_digest(&offer.origin),
            signature: Transfer::consent(&offer.body, &offer.origin, bank.signing_key()),
        },
        nullifier,
        locked_until,
    })
}

/// Sends the offered transfer with its bank's consent.
///
/// # Errors
/// `offer_unknown` if this wallet made no such offer; `consent_refused` if the bank did not sign it; `offer_dead` if the ledger takes it no more.
pub fn complete(
    (wallet, local): (&Wallet, &LocalLedger),
    consent: &SignedConsent,
    progress: &mut dyn Progress,
) -> Result<Completed, Failure> {
    require_origin(&consent.origin, local)?;
    let name = offer_name(consent.digest)?;
    let offered: OfferedTransfer = wallet.find(&name)?.ok_or_else(|| {
        Failure::new(
            "offer_unknown",
            "this wallet has no offer that the consent is for: it was made elsewhere, completed, or is dead",
            "make the offer again: tradeseal receivable transfer ITEM ... --offer FILE",
        )
    })?;
    let mut transfer = offered.0;
    transfer.bank_signature = Some(consent.signature);
    transfer.verify_consent(local.origin()).map_err(|cause| {
        Failure::new(
            "consent_refused",
            cause.to_string(),
            "ask the bank that holds the lock to consent again",
        )
    })?;
    let receipt = match append(local, Entry::Transfer(transfer)) {
        Ok(receipt) => receipt,
        Err(SubmitError::Refused(refusal)) => {
            wallet.remove::<OfferedTransfer>(&name)?;
            return Err(Failure::new(
                "offer_dead",
                format!("the ledger takes the offered transfer no more: {refusal}"),
                "make the offer again, and complete it within the hour for which the ledger remembers its proof's root",
            ));
        }
        Err(other) => return Err(other.into()),
    };
    wallet.remove::<OfferedTransfer>(&name)?;
    let scanned = catch_up(wallet, local, progress)?;
    Ok(Completed {
        receipt,
        found: scanned.found,
    })
}

fn offer_name(digest: EntryDigest) -> Result<ItemName, WalletError> {
    digest.to_string().parse()
}

/// What of the offer the bank has locked.
fn held_by(view: &View<'_>, bank: &BankKey, offer: &Offer) -> Result<Option<(Nullifier, UnixSeconds)>, Failure> {
    for nullifier in offer.body.nullifiers {
        match view.nullifier_status(nullifier)? {
            NullifierStatus::Locked { by, until, .. } if by == key_of(bank) => return Ok(Some((nullifier, until))),
            _ => {}
        }
    }
    Ok(None)
}

fn require_origin(origin: &tradeseal_verifier::log::KeyName, local: &LocalLedger) -> Result<(), Failure> {
    if origin == local.origin() {
        return Ok(());
    }
    Err(Failure::new(
        "offer_other_ledger",
        format!(
            "this is for the ledger {origin}, and the one at hand is {}",
            local.origin()
        ),
        "name the folder of that ledger with --dir",
    ))
}
