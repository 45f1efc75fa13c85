//! What was requested beside what is proven, condition by condition, without showing more than the proof does.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Check, Verification};
use crate::calendar::format_day;
use crate::credential::policy::Ask;
use crate::credential::request::Request;
use crate::verdict::{Asked, Checklist, Claim};

/// The checks that together tie the query to a credential, under a key whose proofs mean something.
const QUERY_CHECKS: [Check; 14] = [
    Check::PresentationFormat,
    Check::Statement,
    Check::RequestSignature,
    Check::RequestMatch,
    Check::Revealed,
    Check::Scope,
    Check::KeyKnown,
    Check::KeyProvenance,
    Check::StateRecord,
    Check::CheckpointSignature,
    Check::Cosignatures,
    Check::LogInclusion,
    Check::RevocationsInState,
    Check::Proof,
];

pub(super) fn asked(request: &Request, checks: &Checklist<Check>) -> Asked {
    let draft = request.draft();
    Asked {
        by: draft.verifier_name.to_string(),
        key: request.verifier_key().to_string(),
        authenticated: checks.all_passed(&[Check::RequestSignature]),
        statement: Request::STATEMENT.as_str(),
        issued: draft.issued.0,
        expires: draft.expires.0,
    }
}

pub(super) fn claims(verification: &Verification<'_>) -> Vec<Claim> {
    let (request, checks) = (verification.request, &verification.checks);
    let proven = checks.all_passed(&QUERY_CHECKS);
    let policy = request.policy();
    let mut list = Vec::new();
    let mut add = |name, requested: String, holds: bool, found: String| {
        let proven = holds.then_some(found);
        list.push(Claim {
            name,
            requested,
            proven,
        });
    };
    let issuers = match policy.issuers().list() {
        [one] => format!("issued by {}", one.name),
        many => format!("issued by one of {} issuers", many.len()),
    };
    let which = if policy.issuers().list().len() == 1 {
        ""
    } else {
        "; which one stays hidden"
    };
    add("issuer", issuers.clone(), proven, format!("{issuers}{which}"));
    let valid = format!("valid on {}", format_day(policy.day()));
    add("validity", valid.clone(), proven, valid);
    let unrevoked = proven && checks.all_passed(&[Check::RevocationsFresh]);
    let found = "not revoked, by the ledger's state that it rests on".to_string();
    add("not_revoked", "not revoked".to_string(), unrevoked, found);
    add(
        "holder",
        "the presenter holds it".to_string(),
        proven,
        "its holder signed for this request".to_string(),
    );
    let mut shown = verification.shown.iter();
    for condition in policy.conditions() {
        let requested = policy.sentence(condition);
        let found = match &condition.ask {
            Ask::Reveal => match shown.next() {
                Some((_, value)) => value.clone(),
                None => String::new(),
            },
            _ => format!("{requested}; the value stays hidden"),
        };
        add("condition", requested, proven, found);
    }
    if let (Some(scope), Some(presentation)) = (policy.once_in(), &verification.presentation) {
        let requested = format!("used up in \"{scope}\"");
        let found = format!("its number there is {}", presentation.rows.nullifier);
        add("once_in", requested, proven, found);
    }
    list
}
