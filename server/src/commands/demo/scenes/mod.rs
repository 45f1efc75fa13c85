//! The play. Every scene says what must come of it; anything else ends the demo with an error.
//!
//! In scope: order and expectations. Out of scope: how each act is done (`operations`).
//! An attacker who owns this part hides an act that went wrong.

mod aftermath;
mod audit;
mod court;
mod double_finance;
mod invoice;
mod one_bank;
mod public_log;
mod supply_chain;
mod witnessed;

use tradeseal_documents::Invoice;
use tradeseal_primitives::receivable::Day;
use tradeseal_prover::Progress;
use tradeseal_verifier::calendar::format_day;

use super::cast::{self, Bank, Role};
use super::stage::{Part, Stage};
use super::table::{InvoiceRow, Table};
use crate::operations::acknowledge::agreed_due_day;
use crate::operations::{LocalLedger, trust};
use crate::{Context, Failure};
use court::Exhibits;

/// Terms of payment that the debtor's acknowledgment supplies where the invoice states no due day.
const USUAL_TERM_DAYS: u32 = 30;
/// An invoice of less has no parts that could be parted again.
const LEAST_TO_PART_MINOR: u64 = 20;

/// Plays all scenes.
pub(super) fn play(context: &Context, invoice: &Invoice, progress: &mut dyn Progress) -> Result<Table, Failure> {
    let wallet = context.wallet()?;
    let local = LocalLedger::open_or_begin(context, &wallet, progress)?;
    let trust = trust::trust(context, &local, (true, None), progress)?;
    let given = invoice
        .due_day
        .is_none()
        .then(|| Day(invoice.issue_day.0 + USUAL_TERM_DAYS));
    let due_day = agreed_due_day(invoice, given)?;
    let mut stage = Stage {
        context,
        wallet,
        local,
        trust,
        invoice,
        due_day,
        scenes: Vec::new(),
        statements: Vec::new(),
        files: Vec::new(),
        evidence: Vec::new(),
    };
    let exhibits = acts(&mut stage, given, progress)?;
    let (mut stage, mut watch) = witnessed::begin(stage, progress)?;
    witnessed::a_notary_is_away(&mut stage, &mut watch)?;
    court::play(&mut stage, exhibits, &watch, progress)?;
    public_log::play(&mut stage, &watch.trust, progress)?;
    let courts = witnessed::end(&stage, watch)?.to_json();
    stage.write("court.trust.json", &courts)?;
    let trust = stage.trust.to_json();
    stage.write("trust.json", &trust)?;
    Ok(table(stage))
}

fn acts(stage: &mut Stage<'_>, given: Option<Day>, progress: &mut dyn Progress) -> Result<Exhibits, Failure> {
    let banks = [
        cast::bank(&stage.wallet, "First Bank")?,
        cast::bank(&stage.wallet, "Second Bank")?,
        cast::bank(&stage.wallet, "Third Bank")?,
    ];
    let merchant = cast::party(&stage.wallet, "merchant", &stage.invoice.supplier.identifier)?;
    let debtor = cast::party(&stage.wallet, "debtor", &stage.invoice.debtor.identifier)?;
    let whole = invoice::play(stage, (&merchant, &debtor), given, progress)?;
    one_bank::play(stage, &banks[0], &whole, progress)?;
    if whole.amount.0 < LEAST_TO_PART_MINOR {
        return too_little_to_part(stage, &banks, &whole, progress);
    }
    let shown = one_bank::second_bank_is_shown_it(stage, &banks[1], &whole, progress)?;
    let chain = supply_chain::play(stage, &whole, progress)?;
    one_bank::second_bank_looks_after_spending(stage, &shown)?;
    let [first, ..] = supply_chain::each_finances_with_its_bank(stage, &banks, &chain, progress)?;
    double_finance::left_in_the_folder(stage, &first)?;
    double_finance::second_bank_comes_late(stage, &banks[1], &chain.lowest[0].1, &first, progress)?;
    let bought = double_finance::thieves_try(stage, &banks[2], &chain, progress)?;
    aftermath::play(stage, &debtor, (&banks[1], &chain), progress)?;
    let [(_, one), (_, two), (_, three)] = &chain.lowest;
    let others = [&chain.middle.1, one, two, three, &bought];
    let disclosures = audit::play(stage, (&chain.kept, &others), progress)?;
    Ok(Exhibits {
        answer: first,
        disclosures,
    })
}

/// A few cents change hands as a whole.
fn too_little_to_part(
    stage: &mut Stage<'_>,
    banks: &[Bank; 3],
    whole: &Part,
    progress: &mut dyn Progress,
) -> Result<Exhibits, Failure> {
    let part = supply_chain::all_of_it(stage, whole, progress)?;
    let financed = double_finance::finance(stage, &banks[0], &part, progress)?;
    double_finance::left_in_the_folder(stage, &financed)?;
    double_finance::second_bank_comes_late(stage, &banks[1], &part, &financed, progress)?;
    let disclosures = audit::play(stage, (whole, &[&part]), progress)?;
    Ok(Exhibits {
        answer: financed,
        disclosures,
    })
}

/// Parties of the supply chain below the merchant.
struct Chain {
    /// What the merchant keeps.
    kept: Part,
    /// The merchant's supplier, and what it keeps.
    middle: (Role, Part),
    /// Its suppliers in turn.
    lowest: [(Role, Part); 3],
}

fn table(stage: Stage<'_>) -> Table {
    Table {
        invoice: InvoiceRow {
            number: stage.invoice.invoice_number.clone(),
            amount: stage.money(stage.invoice.amount_minor),
            due_date: format_day(stage.due_day),
        },
        scenes: stage.scenes,
        statements: stage.statements,
        evidence: stage.evidence,
        provenance: "insecure_dev",
        files: stage.files,
    }
}
