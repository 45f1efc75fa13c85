//! An auditor is shown the receivable's history by its owners, and sees where one of them holds something back.
//!
//! In scope: disclosures of two owners, joined; an incomplete one. Out of scope: why the auditor asks.

use tradeseal_prover::Progress;
use tradeseal_verifier::disclosure::{DisclosureReport, verify_disclosures};
use tradeseal_verifier::request::VerifierName;
use tradeseal_verifier::statement::StatementId;
use tradeseal_verifier::verdict::Verdict;

use super::super::stage::{Part, Stage, unexpected};
use crate::operations::disclose::disclose;
use crate::{Failure, clock};

/// The merchant, by any part that it ever had, opens what it knows; then its supplier does too.
pub(super) fn play(
    stage: &mut Stage<'_>,
    (merchants, suppliers): (&Part, &Part),
    progress: &mut dyn Progress,
) -> Result<(), Failure> {
    let merchants = disclosed(stage, merchants, true, progress)?;
    stage.write("merchant.disclosure.json", &merchants)?;
    let suppliers = disclosed(stage, suppliers, false, progress)?;
    stage.write("supplier.disclosure.json", &suppliers)?;
    judged(
        stage,
        "An auditor reads the merchant's disclosure",
        &[&merchants],
        Verdict::Verified,
    )?;
    judged(
        stage,
        "The auditor joins it with the supplier's",
        &[&merchants, &suppliers],
        Verdict::Verified,
    )
}

fn disclosed(
    stage: &mut Stage<'_>,
    part: &Part,
    names_the_invoice: bool,
    progress: &mut dyn Progress,
) -> Result<Vec<u8>, Failure> {
    let audience: VerifierName = "Auditor, yearly accounts".parse().map_err(|cause| {
        Failure::new(
            "demo_auditor",
            format!("{cause}"),
            "report this: the demo's auditor has no usable name",
        )
    })?;
    let invoice = names_the_invoice.then_some(stage.invoice);
    let world = (stage.context, &stage.wallet, &stage.local);
    let disclosed = disclose(world, &part.item, &audience, invoice, progress)?;
    for proven in &disclosed.proven {
        stage.proven(StatementId::RECEIVABLE_DISCLOSURE_V1, proven);
    }
    Ok(disclosed.disclosure.to_json())
}

fn judged(stage: &mut Stage<'_>, title: &str, files: &[&[u8]], verdict: Verdict) -> Result<(), Failure> {
    let report: DisclosureReport = verify_disclosures(files, &stage.trust, clock::now(), stage.local.ledger());
    if report.verdict != verdict {
        return Err(unexpected(title, &report.sentence));
    }
    stage.scene(title, report.verdict.label(), report.sentence.clone());
    Ok(())
}
