//! What was requested beside what is proven, claim by claim, without showing more than the proof does.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use tradeseal_primitives::receivable::Flags;

use super::Check;
use crate::calendar::format_day;
use crate::policy::Policy;
use crate::request::Request;
use crate::verdict::{Asked, Checklist, Claim};

/// The checks that together tie the policy to a note in the ledger, under a key whose proofs mean something.
const POLICY_CHECKS: [Check; 13] = [
    Check::PresentationFormat,
    Check::Statement,
    Check::RequestSignature,
    Check::RequestMatch,
    Check::KeyKnown,
    Check::KeyProvenance,
    Check::StateRecord,
    Check::CheckpointSignature,
    Check::Cosignatures,
    Check::LogInclusion,
    Check::RootInState,
    Check::DilutionInState,
    Check::Proof,
];

pub(super) fn asked(request: &Request, checks: &Checklist<Check>) -> Asked {
    let draft = request.draft();
    Asked {
        by: draft.verifier_name.to_string(),
        key: request.verifier_key().to_string(),
        authenticated: checks.all_passed(&[Check::RequestSignature]),
        statement: draft.statement.as_str(),
        issued: draft.issued.0,
        expires: draft.expires.0,
    }
}

/// What the policy asks for; nothing about what became of the receivable since.
pub(super) fn policy_claims(request: &Request, checks: &Checklist<Check>) -> Vec<Claim> {
    of_policy(request, checks).claims
}

fn of_policy(request: &Request, checks: &Checklist<Check>) -> Claims {
    let mut list = Claims {
        proven: checks.all_passed(&POLICY_CHECKS),
        claims: Vec::new(),
    };
    list.add(
        "owner",
        "the presenter controls the receivable",
        "its owner signed for this request",
    );
    list.add_policy(request.policy());
    list
}

pub(super) fn claims(request: &Request, checks: &Checklist<Check>) -> Vec<Claim> {
    let mut list = of_policy(request, checks);
    list.proven &= checks.all_passed(&[Check::NullifierUnspent]);
    list.add(
        "unspent",
        "not transferred or settled",
        "unspent on the ledger at the time of this check",
    );
    list.proven &= checks.all_passed(&[Check::NotLocked]);
    list.add(
        "not_locked",
        "not locked by another financier",
        "not locked by another financier",
    );
    list.claims
}

struct Claims {
    proven: bool,
    claims: Vec<Claim>,
}

impl Claims {
    fn add(&mut self, name: &'static str, requested: impl Into<String>, proven: impl Into<String>) {
        let proven = self.proven.then(|| proven.into());
        self.claims.push(Claim {
            name,
            requested: requested.into(),
            proven,
        });
    }

    fn add_policy(&mut self, policy: &Policy) {
        let minimum = policy.min_amount();
        self.add(
            "amount",
            format!("at least {minimum}"),
            format!("at least {minimum} after the credit notes and prepayments on record; the amount stays hidden"),
        );
        let due = policy.due();
        let window = format!("due from {} to {}", format_day(due.from), format_day(due.to));
        self.add("due_date", window.clone(), format!("{window}; the day stays hidden"));
        let debtors = match policy.debtors().members().len() {
            1 => "owed by the one approved debtor".to_string(),
            count => format!("owed by one of {count} approved debtors"),
        };
        let hidden = if policy.debtors().members().len() == 1 {
            ""
        } else {
            "; which one stays hidden"
        };
        self.add("debtor", debtors.clone(), format!("{debtors}{hidden}"));
        if policy.required_flags().contains(Flags::ACKNOWLEDGED) {
            self.add(
                "acknowledged",
                "acknowledged by the debtor",
                "the debtor's signature was verified at minting",
            );
        }
        if policy.forbidden_flags().contains(Flags::ACKNOWLEDGED) {
            self.add(
                "acknowledged",
                "not acknowledged by the debtor",
                "minted without the debtor's signature",
            );
        }
        if policy.required_flags().contains(Flags::OTHER_PAYEE_NAMED) {
            self.add(
                "other_payee_named",
                "names another payee",
                "names another payee, by the supplier's own word",
            );
        }
        if policy.forbidden_flags().contains(Flags::OTHER_PAYEE_NAMED) {
            self.add(
                "other_payee_named",
                "names no other payee",
                "names no other payee, by the supplier's own word",
            );
        }
    }
}
