//! An auditor is shown the receivable's history by its owners, and sees what one of them alone cannot show.
//!
//! In scope: disclosures of all owners, joined; an incomplete one. Out of scope: why the auditor asks.

use tradeseal_prover::Progress;
use tradeseal_verifier::disclosure::{DisclosureReport, verify_disclosures};
use tradeseal_verifier::request::VerifierName;
use tradeseal_verifier::statement::StatementId;
use tradeseal_verifier::verdict::Verdict;

use super::super::stage::{Part, Stage, unexpected};
use crate::operations::disclose::disclose;
use crate::{Failure, clock};

/// The merchant, by any part that it ever had, opens what it knows; then all others who owned any of it do. Gives all that was opened.
pub(super) fn play(
    stage: &mut Stage<'_>,
    (merchants, others): (&Part, &[&Part]),
    progress: &mut dyn Progress,
) -> Result<Vec<Vec<u8>>, Failure> {
    let mut disclosures = vec![disclosed(stage, merchants, true, progress)?];
    stage.write("merchant.disclosure.json", &disclosures[0])?;
    let title = "An auditor reads the merchant's disclosure";
    judged(stage, title, &disclosures, Verdict::Inconclusive)?;
    for (number, part) in (1..).zip(others) {
        let disclosure = disclosed(stage, part, false, progress)?;
        stage.write(&format!("owner-{number}.disclosure.json"), &disclosure)?;
        disclosures.push(disclosure);
    }
    let title = "All who owned a part disclose it too, and the auditor joins them";
    judged(stage, title, &disclosures, Verdict::Verified)?;
    Ok(disclosures)
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

fn judged(stage: &mut Stage<'_>, title: &str, files: &[Vec<u8>], verdict: Verdict) -> Result<(), Failure> {
    let files: Vec<&[u8]> = files.iter().map(Vec::as_slice).collect();
    let report: DisclosureReport = verify_disclosures(&files, &stage.trust, clock::now(), stage.local.ledger());
    if report.verdict != verdict {
        return Err(unexpected(title, &report.sentence));
    }
    stage.scene(title, report.verdict.label(), report.sentence.clone());
    Ok(())
}
