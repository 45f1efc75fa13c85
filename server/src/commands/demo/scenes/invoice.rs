//! The debtor acknowledges an invoice; its supplier makes a receivable of it, once.
//!
//! In scope: enrolment, acknowledgment, minting, and minting again. Out of scope: what becomes of the receivable.

use tradeseal_primitives::receivable::Day;
use tradeseal_prover::Progress;
use tradeseal_verifier::statement::StatementId;

use super::super::cast::Role;
use super::super::stage::{Part, Stage};
use crate::Failure;
use crate::operations::acknowledge::acknowledge;
use crate::operations::mint::mint;
use crate::operations::{dilution_key, enrol};

/// Gives the minted receivable.
pub(super) fn play(
    stage: &mut Stage<'_>,
    (merchant, debtor): (&Role, &Role),
    given: Option<Day>,
    progress: &mut dyn Progress,
) -> Result<Part, Failure> {
    for Role { name, party } in [merchant, debtor] {
        enrol::enrol(&stage.local, name, party)?;
    }
    let handle = merchant.party.handle();
    let signing = (&debtor.name, &debtor.party);
    let key = dilution_key::unused(&debtor.party, &stage.local, stage.invoice.fingerprint())?;
    let signed = acknowledge(stage.invoice, signing, &handle, (stage.local.id(), key), given)?;
    stage.scene(
        "The debtor acknowledges the invoice",
        "done",
        "signed for this invoice, amount, currency, due day, owner and ledger",
    );
    let owner = (&merchant.name, &merchant.party);
    let world = (stage.context, &stage.wallet, &stage.local);
    let minted = mint(world, stage.invoice, owner, Some(&signed), progress)?;
    stage.proven(StatementId::RECEIVABLE_MINT_V2, &minted.proven);
    let sentence = format!(
        "entry {} of the log {}; the ledger sees a commitment and a duplicate tag, not the invoice",
        minted.receipt.index(),
        stage.local.origin()
    );
    stage.scene("The merchant mints the receivable", "done", sentence);
    let world = (stage.context, &stage.wallet, &stage.local);
    let again = mint(world, stage.invoice, owner, Some(&signed), progress);
    stage.expect_refusal(
        "The merchant mints the same invoice again",
        "invoice_already_minted",
        again,
    )?;
    Ok(Part {
        item: minted.item,
        amount: stage.invoice.amount_minor,
    })
}
