//! The merchant pays its supplier with a part of the receivable, and that one pays three suppliers of its own; each finances its part.
//!
//! In scope: two tiers, overspending, three banks. Out of scope: two banks on one part (`double_finance`).

use tradeseal_prover::Progress;

use super::super::cast::{self, Bank};
use super::super::stage::{Part, Stage, unexpected};
use super::Chain;
use super::double_finance::{self, Financed};
use crate::Failure;

/// Pays down two tiers. Three fifths go to the second tier, and a quarter of that to each of the third.
pub(super) fn play(stage: &mut Stage<'_>, whole: &Part, progress: &mut dyn Progress) -> Result<Chain, Failure> {
    let middle = cast::tier(&stage.wallet, "tailor")?;
    let share = whole.amount.0 / 5 * 3;
    let (paid, parts) = stage.pay(whole, &[(&middle, share)], progress)?;
    let [middle_part, kept] = <[Part; 2]>::try_from(parts).map_err(|_| not_all("The merchant pays its supplier"))?;
    stage.scene(
        "The merchant pays its supplier with three fifths",
        "done",
        format!(
            "entry {} spends one note and makes four; which of them are worth anything, and whose they are, the ledger does not see",
            paid.receipt.index()
        ),
    );
    let over = stage.pay(&middle_part, &[(&middle, share + 1)], progress);
    stage.expect_refusal("The supplier pays with more than it holds", "amount_too_large", over)?;

    let [first, second, third] = [
        cast::tier(&stage.wallet, "weaver")?,
        cast::tier(&stage.wallet, "dyer")?,
        cast::tier(&stage.wallet, "spinner")?,
    ];
    let quarter = share / 4;
    let to = [(&first, quarter), (&second, quarter), (&third, quarter)];
    let (paid, parts) = stage.pay(&middle_part, &to, progress)?;
    let [one, two, three, left] =
        <[Part; 4]>::try_from(parts).map_err(|_| not_all("The supplier pays three suppliers of its own"))?;
    stage.scene(
        "The supplier pays three suppliers of its own",
        "done",
        format!(
            "entry {}; each found its {} on the ledger with its own key",
            paid.receipt.index(),
            stage.money(one.amount)
        ),
    );
    Ok(Chain {
        kept,
        middle: (middle, left),
        lowest: [(first, one), (second, two), (third, three)],
    })
}

/// The whole goes to the second tier.
pub(super) fn all_of_it(stage: &mut Stage<'_>, whole: &Part, progress: &mut dyn Progress) -> Result<Part, Failure> {
    let middle = cast::tier(&stage.wallet, "tailor")?;
    let title = "The merchant pays its supplier with all of it";
    let (paid, parts) = stage.pay(whole, &[(&middle, whole.amount.0)], progress)?;
    let [part] = <[Part; 1]>::try_from(parts).map_err(|_| not_all(title))?;
    stage.scene(title, "done", format!("entry {}", paid.receipt.index()));
    Ok(part)
}

/// Each of the three finances its part with another bank.
pub(super) fn each_finances_with_its_bank(
    stage: &mut Stage<'_>,
    banks: &[Bank; 3],
    chain: &Chain,
    progress: &mut dyn Progress,
) -> Result<[Financed; 3], Failure> {
    let mut financed = Vec::new();
    for (bank, (_, part)) in banks.iter().zip(&chain.lowest) {
        financed.push(double_finance::finance(stage, bank, part, progress)?);
    }
    <[Financed; 3]>::try_from(financed).map_err(|_| not_all("Each finances with its bank"))
}

fn not_all(title: &str) -> Failure {
    unexpected(title, "there are other parts than were to be made")
}
