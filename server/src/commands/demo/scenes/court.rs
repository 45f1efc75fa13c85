//! A court is handed two files, and needs neither the ledger nor anybody's word: what First Bank was shown, and the receivable's history.
//!
//! In scope: making evidence, judging it offline, leaving it in the folder. Out of scope: the report that a court prints.

use tradeseal_prover::Progress;
use tradeseal_verifier::disclosure::Disclosure;
use tradeseal_verifier::evidence::verify_evidence;
use tradeseal_verifier::trust::Trust;
use tradeseal_verifier::verdict::Verdict;

use super::super::stage::{Stage, unexpected};
use super::double_finance::Financed;
use super::witnessed::Watch;
use crate::operations::evidence::{MadeEvidence, of_disclosures, of_presentation};
use crate::{Failure, clock};

/// What the play leaves to be judged.
pub(super) struct Exhibits {
    pub(super) answer: Financed,
    pub(super) disclosures: Vec<Vec<u8>>,
}

pub(super) fn play(
    stage: &mut Stage<'_>,
    exhibits: Exhibits,
    watch: &Watch,
    progress: &mut dyn Progress,
) -> Result<(), Failure> {
    let kept = watch.kept(stage)?;
    let answered = (exhibits.answer.request, exhibits.answer.presented.presentation);
    let made = of_presentation((stage.context, &stage.local), answered, &kept, progress)?;
    let title = "A court checks, without the ledger, what First Bank was shown";
    judged(stage, title, "bank-a.evidence.json", &made, &watch.trust)?;
    let disclosures = exhibits.disclosures.iter().map(|file| Disclosure::parse(file));
    let disclosures = disclosures.collect::<Result<Vec<_>, _>>();
    let disclosures = disclosures.map_err(|cause| unexpected("The owners' disclosures", &cause.to_string()))?;
    let made = of_disclosures((stage.context, &stage.local), disclosures, &kept, progress)?;
    let title = "The court checks the receivable's whole history the same way";
    judged(stage, title, "receivable.evidence.json", &made, &watch.trust)
}

fn judged(stage: &mut Stage<'_>, title: &str, name: &str, made: &MadeEvidence, trust: &Trust) -> Result<(), Failure> {
    let bytes = made.evidence.to_json();
    let report = verify_evidence(&bytes, trust, clock::now());
    if report.verdict != Verdict::Verified {
        return Err(unexpected(title, &report.sentence));
    }
    stage.write_evidence(name, &bytes)?;
    stage.scene(title, report.verdict.label(), report.sentence);
    Ok(())
}
