//! A bank asks, the merchant answers; asking too much, forging an answer, and showing what was spent come to nothing.
//!
//! In scope: requests and verdicts on one receivable. Out of scope: locks (`double_finance`).

use tradeseal_primitives::Fr;
use tradeseal_primitives::receivable::Nullifier;
use tradeseal_prover::Progress;
use tradeseal_verifier::request::Request;
use tradeseal_verifier::verdict::Verdict;

use super::super::cast::Bank;
use super::super::stage::{Part, Stage};
use crate::Failure;
use crate::operations::present::Presented;

/// The first bank verifies; too much is asked; a forger tries.
pub(super) fn play(
    stage: &mut Stage<'_>,
    bank: &Bank,
    whole: &Part,
    progress: &mut dyn Progress,
) -> Result<(), Failure> {
    let (request, presented) = stage.ask(bank, whole, progress)?;
    let report = stage.verify(&request, &presented);
    stage.expect("First Bank verifies eligibility", Verdict::Verified, &report, "")?;
    // No minimum is above the largest amount there is.
    if let Some(too_much) = whole.amount.0.checked_add(1) {
        let request = stage.request(bank, too_much)?;
        let answer = stage.present(&request, &whole.item, progress);
        stage.expect_refusal("A minimum above the amount is asked for", "not_eligible", answer)?;
    }
    a_forger_tries(stage, &request, &presented)
}

/// The proof of a true statement, passed off as one about another note.
fn a_forger_tries(stage: &mut Stage<'_>, request: &Request, presented: &Presented) -> Result<(), Failure> {
    let mut forged = presented.presentation.clone();
    forged.rows.nullifier = Nullifier::from_fr(forged.rows.nullifier.to_fr() + Fr::from(1u64));
    let report = stage.verify_bytes(request, &forged.to_json());
    stage.expect(
        "A forger alters the presentation",
        Verdict::NotVerified,
        &report,
        "proof",
    )
}

/// A receivable that is free may be shown to as many banks as its owner likes.
pub(super) fn second_bank_is_shown_it(
    stage: &mut Stage<'_>,
    bank: &Bank,
    whole: &Part,
    progress: &mut dyn Progress,
) -> Result<(Request, Presented), Failure> {
    let (request, presented) = stage.ask(bank, whole, progress)?;
    let report = stage.verify(&request, &presented);
    stage.expect(
        "Second Bank verifies the same receivable",
        Verdict::Verified,
        &report,
        "",
    )?;
    Ok((request, presented))
}

/// What it was shown has been spent meanwhile.
pub(super) fn second_bank_looks_after_spending(
    stage: &mut Stage<'_>,
    (request, presented): &(Request, Presented),
) -> Result<(), Failure> {
    let report = stage.verify(request, presented);
    let title = "Second Bank verifies what it was shown before";
    stage.expect(title, Verdict::NotVerified, &report, "nullifier_unspent")
}
