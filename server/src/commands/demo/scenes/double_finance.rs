//! A bank that accepts locks; from then on other banks are refused, and so are owners and thieves who move the receivable without that bank.
//!
//! In scope: locks and what they stop, consent. Out of scope: what a bank pays.

use tradeseal_prover::Progress;
use tradeseal_verifier::entry::{Entry, Transfer};
use tradeseal_verifier::request::Request;
use tradeseal_verifier::verdict::Verdict;

use super::super::cast::Bank;
use super::super::stage::{Part, Stage, unexpected};
use super::Chain;
use crate::Failure;
use crate::operations::lock;
use crate::operations::present::Presented;
use crate::operations::transfer::{self, Payment};
use crate::sealing::Memo;
use crate::wallet::OfferedTransfer;

/// What a bank financed.
pub(super) struct Financed {
    pub(super) request: Request,
    pub(super) presented: Presented,
}

/// The bank asks, verifies and locks.
pub(super) fn finance(
    stage: &mut Stage<'_>,
    bank: &Bank,
    part: &Part,
    progress: &mut dyn Progress,
) -> Result<Financed, Failure> {
    let (request, presented) = stage.ask(bank, part, progress)?;
    let report = stage.verify(&request, &presented);
    let title = format!("{} verifies a part worth at least what it asks", bank.name);
    stage.expect(title, Verdict::Verified, &report, "")?;
    let expires = request.draft().lock_until;
    let receipt = lock::lock(&stage.local, &bank.key, (&request, &presented.presentation), expires)?;
    let sentence = format!("entry {} locks it for 90 days", receipt.index());
    stage.scene(format!("{} accepts, and locks it", bank.name), "done", sentence);
    Ok(Financed { request, presented })
}

/// The request and presentation that anyone can verify again.
pub(super) fn left_in_the_folder(stage: &mut Stage<'_>, financed: &Financed) -> Result<(), Failure> {
    stage.write("bank-a.request.json", &financed.request.to_json())?;
    stage.write("bank-a.presentation.json", &financed.presented.presentation.to_json())
}

/// Another bank is shown what the first has locked.
pub(super) fn second_bank_comes_late(
    stage: &mut Stage<'_>,
    bank: &Bank,
    part: &Part,
    first: &Financed,
    progress: &mut dyn Progress,
) -> Result<(), Failure> {
    let (request, presented) = stage.ask(bank, part, progress)?;
    stage.write("bank-b.request.json", &request.to_json())?;
    stage.write("bank-b.presentation.json", &presented.presentation.to_json())?;
    let report = stage.verify(&request, &presented);
    let title = "Second Bank is shown what First Bank has locked";
    stage.expect(title, Verdict::NotVerified, &report, "not_locked")?;
    let expires = request.draft().lock_until;
    let locked = lock::lock(&stage.local, &bank.key, (&request, &presented.presentation), expires);
    stage.expect_refusal("Second Bank locks it all the same", "receivable_locked", locked)?;
    let report = stage.verify(&first.request, &first.presented);
    stage.expect(
        "First Bank, which holds the lock, verifies it again",
        Verdict::Verified,
        &report,
        "",
    )
}

/// The owner moves a locked part alone; a prover that made the owner's proof redirects it; then all is done as it should be.
pub(super) fn thieves_try(
    stage: &mut Stage<'_>,
    bank: &Bank,
    chain: &Chain,
    progress: &mut dyn Progress,
) -> Result<Part, Failure> {
    let part = chain.lowest[2].1.clone();
    let alone = stage.pay(&part, &[(&chain.middle.0, part.amount.0)], progress);
    stage.expect_refusal("An owner spends what is locked", "receivable_locked", alone)?;

    let payment = Payment {
        to: bank.owner.party.handle(),
        amount: part.amount,
        memo: Memo::default(),
    };
    let world = (stage.context, &stage.wallet, &stage.local);
    let items = std::slice::from_ref(&part.item);
    let (offer, ..) = transfer::offer(world, items, &[payment], progress)?;
    let stolen = redirected(stage, bank)?;
    stage.expect_refusal(
        "A prover that made the owner's proof redirects it",
        "proof_refused",
        stolen,
    )?;
    let consented = transfer::consent(&stage.local, &bank.key, &offer)?;
    let completed = transfer::complete((&stage.wallet, &stage.local), &consented.consent, progress)?;
    let sentence = format!("entry {}: the part is the bank's now", completed.receipt.index());
    let title = "Its owner sells it to Third Bank, which consents";
    stage.scene(title, "done", sentence);
    let item = completed.found.into_iter().next();
    Ok(Part {
        item: item.ok_or_else(|| unexpected(title, "the bank finds nothing on the ledger"))?,
        amount: part.amount,
    })
}

/// The prover knows everything of the offered transfer but the spending key, and even has the bank on its side: it puts another commitment in
/// the place of the payment's.
fn redirected(stage: &Stage<'_>, bank: &Bank) -> Result<Result<(), Failure>, Failure> {
    let offered = stage.wallet.list::<OfferedTransfer>()?.into_iter().next();
    let Some((_, OfferedTransfer(mut transfer))) = offered else {
        return Err(unexpected("A prover redirects", "there is no offer"));
    };
    transfer.body.commitments.swap(0, 3);
    let signature = Transfer::consent(&transfer.body, stage.local.origin(), bank.key.signing_key());
    transfer.bank_signature = Some(signature);
    let submitted = stage.local.ledger().submit(Entry::Transfer(transfer));
    Ok(submitted.map(|_| ()).map_err(Failure::from))
}
