//! An owner moves a receivable, or a part of it: `receivable/transfer/v1` from one note to a recipient, the rest back to the owner.
//!
//! In scope: proof, entry, and the openings of what came out of it. Out of scope: recipients elsewhere, to whom openings would have to be sealed on
//! the ledger; so there is no command of its own.
//! An attacker who owns this part sees the receivable, but cannot move it without its owner's spending key.

use ark_std::rand::rngs::OsRng;
use tradeseal_circuits::Statement;
use tradeseal_circuits::receivable::transfer::{Input, Output, Private, Transfer};
use tradeseal_ledger::Receipt;
use tradeseal_primitives::party::Address;
use tradeseal_primitives::receivable::{AmountMinor, NoteRandomness, UnixSeconds};
use tradeseal_prover::{Progress, Proven, prove};
use tradeseal_verifier::entry::{self, Entry, TransferBody};

use super::LocalLedger;
use super::mint::position;
use crate::wallet::{HeldNote, ItemName, Party, Wallet, WalletError};
use crate::{Context, Failure, randomness, statements};

/// What came of a transfer.
pub struct Transferred {
    /// The recipient's note, opened.
    pub paid: HeldNote,
    /// The rest, under its name in the wallet; nothing if all was paid.
    pub rest: Option<ItemName>,
    /// The ledger's receipt.
    pub receipt: Receipt,
    /// The proof that was made.
    pub proven: Proven,
}

/// Pays `amount` of the note of this name to a party of this wallet, and keeps the rest. Both openings are in the wallet before the entry is
/// submitted, so that no crash loses them; after a refusal they stay there as not on the ledger.
///
/// # Errors
/// `amount_too_large` if the note holds less; the ledger's refusals, such as a live lock.
pub fn transfer(
    (context, wallet, local): (&Context, &Wallet, &LocalLedger),
    item: &ItemName,
    (to_name, to): (&ItemName, Address),
    amount: AmountMinor,
    progress: &mut dyn Progress,
) -> Result<Transferred, Failure> {
    let note: HeldNote = wallet.get(item)?;
    let owner: Party = wallet.get(&note.owner)?;
    let key = statements::insecure_dev_key::<Transfer>(&context.key_registry(), progress)?;
    let paid = part(&note, to_name, to, amount)?;
    let rest = part(&note, &note.owner, note.owner_address, rest_of(&note, amount)?)?;
    let view = local.ledger().view()?;
    let mut private = private_inputs(&view, item, &note, &owner, [&paid, &rest])?;
    let body = TransferBody {
        note_root: view.latest_state().note_root,
        nullifiers: private.nullifiers(),
        commitments: private.output_commitments(),
        sealed_notes: <[Vec<u8>; 4]>::default(),
        key_id: key.id(),
        bank: None,
    };
    let public = body.public(local.origin());
    private.signature = owner.spending_key().sign(public.digest.to_fr());
    Transfer::check(&public, &private).map_err(|violation| {
        Failure::new(
            "transfer_untrue",
            violation.to_string(),
            "this wallet's copy is not the ledger's: check --dir",
        )
    })?;
    let proven = prove::<Transfer>(&key, &public, &private, &mut OsRng, progress)?;
    keep(wallet, &paid)?;
    let rest_item = keep(wallet, &rest)?;
    let proof = Box::new(proven.proof.to_bytes());
    let entry = Entry::Transfer(Box::new(entry::Transfer {
        body,
        proof,
        bank_signature: None,
    }));
    let receipt = local.ledger().submit(entry)?;
    Ok(Transferred {
        paid,
        rest: rest_item,
        receipt,
        proven,
    })
}

fn rest_of(note: &HeldNote, amount: AmountMinor) -> Result<AmountMinor, Failure> {
    note.amount.0.checked_sub(amount.0).map(AmountMinor).ok_or_else(|| {
        Failure::new(
            "amount_too_large",
            "the receivable is worth less than what was to be paid",
            "pay less of it",
        )
    })
}

/// A note of the same receivable, for an owner, of an amount.
fn part(note: &HeldNote, owner: &ItemName, address: Address, amount: AmountMinor) -> Result<HeldNote, Failure> {
    let mut part = note.clone();
    part.owner = owner.clone();
    part.owner_address = address;
    part.amount = amount;
    part.rho = *randomness::field_element().map_err(WalletError::from)?;
    part.r = *randomness::field_element().map_err(WalletError::from)?;
    part.position = None;
    Ok(part)
}

/// Keeps a note's opening, unless there is nothing in it.
fn keep(wallet: &Wallet, note: &HeldNote) -> Result<Option<ItemName>, Failure> {
    if note.amount.0 == 0 {
        return Ok(None);
    }
    let name: ItemName = hex::encode(note.commitment().to_bytes()).parse()?;
    wallet.add(&name, note)?;
    Ok(Some(name))
}

fn private_inputs(
    view: &tradeseal_ledger::view::View<'_>,
    item: &ItemName,
    note: &HeldNote,
    owner: &Party,
    [paid, rest]: [&HeldNote; 2],
) -> Result<Private, Failure> {
    let place = position(view, note)?.ok_or_else(|| {
        Failure::new(
            "receivable_not_on_ledger",
            format!("the ledger has no note {item}"),
            "its minting was interrupted before the ledger took it: mint the invoice again",
        )
    })?;
    let path = view.note_path(place.leaf_index)?.path;
    let output = |note: &HeldNote| Output {
        amount: note.amount,
        owner: note.owner_address,
        randomness: note.note().randomness,
    };
    let nothing = || Ok::<_, Failure>(output(&part(note, &note.owner, note.owner_address, AmountMinor(0))?));
    let dummy = part(note, &note.owner, note.owner_address, AmountMinor(0))?;
    let randomness = |note: &HeldNote| -> NoteRandomness { note.note().randomness };
    Ok(Private {
        terms: note.terms().hash(),
        owner_key: owner.public_key(),
        nullifier_key: owner.nullifier_key().clone(),
        inputs: [
            Input {
                amount: note.amount,
                randomness: randomness(note),
                entry_time: place.entry_time,
                path: path.clone(),
            },
            Input {
                amount: AmountMinor(0),
                randomness: randomness(&dummy),
                entry_time: UnixSeconds(0),
                path,
            },
        ],
        outputs: [output(paid), output(rest), nothing()?, nothing()?],
        // Replaced once the entry's digest is known; a signature's shape is needed until then.
        signature: owner.spending_key().sign(note.terms().hash().to_fr()),
    })
}
