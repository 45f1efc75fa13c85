//! The verdict in one sentence that a clerk can act on.

use alloc::format;
use alloc::string::String;

use tradeseal_primitives::receivable::Flags;

use super::checklist::Checklist;
use crate::calendar::format_day;
use crate::groth16::Provenance;
use crate::request::Request;
use crate::verdict::{Outcome, Verdict};

pub(super) fn sentence(
    verdict: Verdict,
    request: &Request,
    checks: &Checklist,
    provenance: Option<Provenance>,
) -> String {
    let label = verdict.label();
    match verdict {
        Verdict::Verified => verified(label, request, provenance),
        Verdict::Inconclusive => format!(
            "{label}: nothing speaks against it, but {}. To settle it, {}.",
            checks.reasons(Outcome::NotChecked).join(", and "),
            checks.remedies(Outcome::NotChecked).join(", and "),
        ),
        Verdict::NotVerified => {
            format!(
                "{label}: {}.",
                checks.reasons(Outcome::Failed).first().copied().unwrap_or_default()
            )
        }
    }
}

fn verified(label: &str, request: &Request, provenance: Option<Provenance>) -> String {
    let policy = request.policy();
    let acknowledged = if policy.required_flags().contains(Flags::ACKNOWLEDGED) {
        ", acknowledged by it"
    } else {
        ""
    };
    let warning = match provenance {
        Some(Provenance::InsecureDev) => {
            " Development keys were used, so anyone who made them could have forged this proof."
        }
        _ => "",
    };
    format!(
        "{label}: the presenter owns a receivable of at least {}, owed by an approved debtor{acknowledged} and due from {} \
         to {}, that is neither spent nor locked by another financier.{warning}",
        policy.min_amount(),
        format_day(policy.due().from),
        format_day(policy.due().to),
    )
}
