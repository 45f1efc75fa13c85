//! The verdict in one sentence that a clerk can act on.

use alloc::format;
use alloc::string::String;

use tradeseal_primitives::receivable::Flags;

use crate::calendar::format_day;
use crate::groth16::Provenance;
use crate::request::Request;

pub(super) fn verified(request: &Request, provenance: Option<Provenance>) -> String {
    let warning = match provenance {
        Some(Provenance::InsecureDev) => {
            " Development keys were used, so anyone who made them could have forged this proof."
        }
        _ => "",
    };
    format!(
        "the presenter owns {}, that is neither spent nor locked by another financier.{warning}",
        policy(request)
    )
}

/// The receivable that the policy asks for.
pub(super) fn policy(request: &Request) -> String {
    let policy = request.policy();
    let acknowledged = if policy.required_flags().contains(Flags::ACKNOWLEDGED) {
        ", acknowledged by it"
    } else {
        ""
    };
    format!(
        "a receivable of at least {}, owed by an approved debtor{acknowledged} and due from {} to {}",
        policy.min_amount(),
        format_day(policy.due().from),
        format_day(policy.due().to),
    )
}
