//! What comes after: a prepayment that was forgotten, and payment.
//!
//! In scope: dilution, settlement. Out of scope: goods and money.

use tradeseal_primitives::receivable::AmountMinor;
use tradeseal_prover::Progress;
use tradeseal_verifier::verdict::Verdict;

use super::super::cast::{Bank, Role};
use super::super::stage::Stage;
use super::Chain;
use crate::Failure;
use crate::operations::dilute::{Credit, dilute};
use crate::operations::transfer::{Payment, settlement_handle, transfer};
use crate::sealing::Memo;

/// Plays both.
pub(super) fn play(
    stage: &mut Stage<'_>,
    debtor: &Role,
    (bank, chain): (&Bank, &Chain),
    progress: &mut dyn Progress,
) -> Result<(), Failure> {
    a_prepayment_lowers_every_part(stage, debtor, (bank, chain), progress)?;
    the_debtor_pays_the_merchant(stage, chain, progress)
}

/// A twentieth was paid in advance: the debtor says so, and no owner can hide it.
fn a_prepayment_lowers_every_part(
    stage: &mut Stage<'_>,
    debtor: &Role,
    (bank, chain): (&Bank, &Chain),
    progress: &mut dyn Progress,
) -> Result<(), Failure> {
    let (_, part) = &chain.middle;
    let prepaid = AmountMinor(stage.invoice.amount_minor.0 / 20);
    let party = (&debtor.name, &debtor.party);
    let diluted = dilute(
        (&stage.wallet, &stage.local),
        stage.invoice,
        party,
        &Credit::Prepaid(prepaid),
    )?;
    let sentence = format!(
        "entry {}: every part of receivable {} proves a twentieth less, whoever owns it",
        diluted.receipt.index(),
        diluted.number
    );
    stage.scene("The debtor records a prepayment of a twentieth", "done", sentence);
    let request = stage.request(bank, part.amount.0)?;
    let answer = stage.present(&request, &part.item, progress);
    stage.expect_refusal("The supplier proves its part at its old worth", "not_eligible", answer)?;
    let (request, presented) = stage.ask(bank, part, progress)?;
    let report = stage.verify(&request, &presented);
    stage.expect("Second Bank asks for four fifths of it", Verdict::Verified, &report, "")
}

/// What the merchant kept is paid: it is nobody's from now on.
fn the_debtor_pays_the_merchant(
    stage: &mut Stage<'_>,
    chain: &Chain,
    progress: &mut dyn Progress,
) -> Result<(), Failure> {
    let kept = &chain.kept;
    let payment = Payment {
        to: settlement_handle((&stage.wallet, &stage.local), &kept.item)?,
        amount: kept.amount,
        memo: Memo::default(),
    };
    let world = (stage.context, &stage.wallet, &stage.local);
    let items = std::slice::from_ref(&kept.item);
    let settled = transfer(world, items, &[payment], None, progress)?;
    let sentence = format!(
        "entry {}: {} can prove nothing any more, and the debtor finds its receipt on the ledger",
        settled.receipt.index(),
        stage.money(kept.amount)
    );
    stage.scene(
        "The debtor pays the merchant, which settles what it kept",
        "done",
        sentence,
    );
    Ok(())
}
