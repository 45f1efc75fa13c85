//! What a verdict on a receivable does not establish, said every time.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use tradeseal_primitives::receivable::Flags;

use crate::groth16::Provenance;
use crate::request::Request;
use crate::verdict::NOBODY_INDEPENDENT;

pub(super) fn not_established(request: &Request, provenance: Option<Provenance>, unwitnessed: bool) -> Vec<String> {
    let mut limits = of_policy(request, provenance);
    if unwitnessed {
        let after_keys = usize::from(provenance == Some(Provenance::InsecureDev));
        limits.insert(after_keys, NOBODY_INDEPENDENT.to_string());
    }
    let presenter = limits.pop();
    limits.push(
        "that no credit note or prepayment was recorded after the ledger state that the proof rests on".to_string(),
    );
    limits.push("that the receivable stays free after this check, unless it is locked now".to_string());
    limits.extend(presenter);
    limits
}

/// Whenever it is looked at. Last, who the presenter is.
pub(super) fn of_policy(request: &Request, provenance: Option<Provenance>) -> Vec<String> {
    let policy = request.policy();
    let mut limits = Vec::new();
    if provenance == Some(Provenance::InsecureDev) {
        limits.push(
            "that the proof is genuine: it was made under development keys, and whoever made them could forge it",
        );
    }
    limits.push("that the goods exist or the service was done");
    limits.push("that the debtor can or will pay");
    if policy.required_flags().contains(Flags::ACKNOWLEDGED) {
        limits.push("that the debtor did not acknowledge the same debt twice, under two invoice numbers or issue days");
        limits.push("that every credit note and prepayment is on record: only the debtor can record them");
    } else {
        limits.push("that the debtor agrees to the debt: the request does not require its acknowledgment");
        limits.push("that the supplier did not mint the same debt twice, under two invoice numbers or issue days");
        limits.push(
            "that every credit note and prepayment is on record: where no debtor acknowledged, only the supplier can \
             record them",
        );
    }
    limits.push("that the same invoice was not minted on another ledger: on this one it is not minted twice");
    limits.push("that the receivable was not pledged or sold outside this ledger");
    if policy.forbidden_flags().contains(Flags::OTHER_PAYEE_NAMED) {
        limits.push("that the invoice truly names no other payee: that is the supplier's own word");
    }
    limits.push("who the presenter is, beyond its control of the receivable");
    limits.into_iter().map(|limit: &str| limit.to_string()).collect()
}
