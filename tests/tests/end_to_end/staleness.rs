//! A root of notes serves for an hour after it was replaced, and as long as it stands before that: an hour from when the
//! proof was made would have every busy ledger refuse good presentations.

use tradeseal_documents::SAMPLE_UBL_INVOICE;
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_verifier::ledger_view::{LedgerView, RootStatus};
use tradeseal_verifier::verdict::Verdict;

use crate::financed::{self, FIRST};
use crate::stage::{Stage, failed, now};

const DAY_SECONDS: u64 = 86_400;

#[test]
fn a_presentation_grows_old_only_after_its_root_was_replaced() {
    let machine = financed::machine();
    let unchanged = Stage::on(financed::machine());
    let (request, presentation) = (unchanged.request(FIRST), unchanged.presentation(FIRST));
    let later = UnixSeconds(now().0 + 10 * DAY_SECONDS);
    assert_eq!(
        unchanged.judge_at(&presentation.to_json(), &request, later).verdict,
        Verdict::Verified
    );

    let invoice = machine.file(
        "another.xml",
        SAMPLE_UBL_INVOICE.replace("NW-2026-0914", "NW-2026-0915"),
    );
    machine.run(&["receivable", "mint", &invoice, "--owner", "acme"]).data();
    let stage = Stage::on(machine);
    let Ok(RootStatus::Replaced { at, grace_seconds }) = stage.ledger().root_status(presentation.rows.note_root) else {
        panic!("the mint left the root of notes in place");
    };
    assert_eq!(grace_seconds, 3600);
    let verdict_at = |seconds| {
        let report = stage.judge_at(&presentation.to_json(), &request, UnixSeconds(seconds));
        (report.verdict, failed(&report))
    };
    assert_eq!(verdict_at(at.0 + 3599), (Verdict::Verified, vec![]));
    assert_eq!(verdict_at(at.0 + 3600), (Verdict::NotVerified, vec!["root_fresh"]));
}
