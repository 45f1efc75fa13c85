//! What a transfer makes: payments, the rest for its owner, and notes of nothing that fill it up to four.
//!
//! In scope: that nothing is made or lost, and that all four look alike. Out of scope: what is spent (`inputs`).
//! An attacker who owns this part pays somebody else.

use tradeseal_circuits::receivable::transfer;
use tradeseal_primitives::party::Handle;
use tradeseal_primitives::receivable::{AmountMinor, Note, NoteRandomness};
use tradeseal_verifier::entry::SealedNote;
use tradeseal_verifier::log::KeyName;

use super::Payment;
use super::inputs::Inputs;
use crate::sealing::{self, Memo, NoteOpening, RecordedOutput, SenderRecord};
use crate::wallet::WalletError;
use crate::{Failure, randomness};

/// Notes that a transfer makes.
const OUTPUTS: usize = 4;

/// A note to be made, and to whom it is sealed.
pub(super) struct Output {
    pub(super) to: Handle,
    pub(super) opening: NoteOpening,
}

impl Output {
    pub(super) fn note(&self) -> Note {
        self.opening.note(self.to.address)
    }

    pub(super) fn for_proof(&self) -> transfer::Output {
        transfer::Output {
            amount: self.opening.amount,
            owner: self.to.address,
            randomness: self.opening.randomness.clone(),
        }
    }
}

/// Fresh `rho` and `r`.
fn fresh_randomness() -> Result<NoteRandomness, Failure> {
    Ok(NoteRandomness {
        rho: *randomness::field_element().map_err(WalletError::from)?,
        r: *randomness::field_element().map_err(WalletError::from)?,
    })
}

/// The payments in their order, the rest to the owner, and nothing to nobody.
pub(super) fn plan(inputs: &Inputs, payments: &[Payment]) -> Result<[Output; OUTPUTS], Failure> {
    let own = inputs.owner.handle();
    let mut outputs = Vec::with_capacity(OUTPUTS);
    for payment in payments {
        if payment.amount.0 == 0 {
            return Err(Failure::new(
                "amount_zero",
                "a part of nothing cannot be paid",
                "give an amount above 0",
            ));
        }
        outputs.push(output(inputs, payment.to, payment.amount, &payment.memo)?);
    }
    let rest = rest(inputs, payments)?;
    if rest.0 > 0 {
        outputs.push(output(inputs, own, rest, &Memo::default())?);
    }
    while outputs.len() < OUTPUTS {
        let nobody = Handle {
            address: own.address,
            encryption_key: sealing::thrown_away_key()?,
        };
        outputs.push(output(inputs, nobody, AmountMinor(0), &Memo::default())?);
    }
    outputs.try_into().map_err(|_| {
        Failure::new(
            "too_many_parts",
            "a transfer makes at most four parts, the rest that goes back included",
            "pay in several transfers",
        )
    })
}

/// What the payments leave.
fn rest(inputs: &Inputs, payments: &[Payment]) -> Result<AmountMinor, Failure> {
    let paid: u128 = payments.iter().map(|payment| u128::from(payment.amount.0)).sum();
    let rest = inputs.total().checked_sub(paid).ok_or_else(|| {
        Failure::new(
            "amount_too_large",
            "the receivable is worth less than what was to be paid",
            "pay less of it: tradeseal receivable list shows the amounts",
        )
    })?;
    u64::try_from(rest).map(AmountMinor).map_err(|_| {
        Failure::new(
            "amount_too_large",
            "the parts together are worth more than one receivable can hold (2^64 - 1 minor units)",
            "leave them apart",
        )
    })
}

/// A note of the receivable. What stays with its owner keeps what the owner knows of it; nobody else is told which invoice it is.
fn output(inputs: &Inputs, to: Handle, amount: AmountMinor, memo: &Memo) -> Result<Output, Failure> {
    let note = &inputs.first.opening;
    let stays = to == inputs.owner.handle();
    Ok(Output {
        to,
        opening: NoteOpening {
            amount,
            terms: note.terms,
            randomness: fresh_randomness()?,
            source: note.source.filter(|_| stays),
            memo: if stays { note.memo.clone() } else { memo.clone() },
        },
    })
}

/// Each output, sealed to whom it is for.
pub(super) fn seal(outputs: &[Output; OUTPUTS], origin: &KeyName) -> Result<[SealedNote; OUTPUTS], Failure> {
    let sealed: Vec<SealedNote> = outputs
        .iter()
        .map(|output| output.opening.seal_to(&output.to, origin, output.note().commitment()))
        .collect::<Result<_, _>>()?;
    sealed.try_into().map_err(|_| {
        Failure::new(
            "sealing",
            "not every output was sealed",
            "report this: a transfer has four outputs",
        )
    })
}

/// What its sender will want to know again.
pub(super) fn record(outputs: &[Output; OUTPUTS]) -> SenderRecord {
    SenderRecord {
        outputs: outputs.each_ref().map(|output| RecordedOutput {
            amount: output.opening.amount,
            recipient: output.to,
            randomness: output.opening.randomness.clone(),
        }),
    }
}
