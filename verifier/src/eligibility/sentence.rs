//! The verdict in one sentence that a clerk can act on.

use alloc::format;
use alloc::string::String;

use tradeseal_primitives::receivable::Flags;

use super::Check;
use crate::calendar::format_day;
use crate::groth16::Provenance;
use crate::request::Request;
use crate::verdict::Checklist;

pub(super) fn sentence(request: &Request, checks: &Checklist<Check>, provenance: Option<Provenance>) -> String {
    checks.sentence(|| verified(request, provenance))
}

fn verified(request: &Request, provenance: Option<Provenance>) -> String {
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
        "the presenter owns a receivable of at least {}, owed by an approved debtor{acknowledged} and due from {} to {}, \
         that is neither spent nor locked by another financier.{warning}",
        policy.min_amount(),
        format_day(policy.due().from),
        format_day(policy.due().to),
    )
}
