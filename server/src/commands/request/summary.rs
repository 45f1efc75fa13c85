//! A request in words.
//!
//! In scope: what is asked, by whom, until when. Out of scope: judging it.
//! An attacker who owns this part shows a holder another question than the one signed.

use std::fmt;

use serde::Serialize;
use serde_json::Value;
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_verifier::calendar::{format_day, format_utc};
use tradeseal_verifier::policy::flag_names;
use tradeseal_verifier::request::Request;

/// A request as it is printed.
#[derive(Debug, Serialize)]
pub(super) struct Summary {
    request: Value,
    request_digest: String,
    policy_digest: String,
    /// `valid`, `not_yet_valid` or `expired`, at the time of printing.
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    #[serde(skip)]
    text: String,
}

impl Summary {
    /// For a request whose signature has been checked.
    pub(super) fn of(request: &Request, now: UnixSeconds, file: Option<String>) -> Self {
        Self {
            // The request's own JSON always parses.
            request: serde_json::from_slice(&request.to_json()).unwrap_or_default(),
            request_digest: request.digest().to_string(),
            policy_digest: request.policy_digest().to_string(),
            status: status(request, now),
            file,
            text: in_words(request),
        }
    }
}

fn status(request: &Request, now: UnixSeconds) -> &'static str {
    match request.draft() {
        draft if now < draft.issued => "not_yet_valid",
        draft if now >= draft.expires => "expired",
        _ => "valid",
    }
}

fn in_words(request: &Request) -> String {
    let (draft, policy) = (request.draft(), request.policy());
    let flags = |flags| match flag_names(flags).join(", ") {
        none if none.is_empty() => "none".to_owned(),
        names => names,
    };
    [
        format!("asked by        {} ({})", draft.verifier_name, request.verifier_key()),
        format!("statement       {}", draft.statement),
        format!("ledger          {}", draft.origin),
        format!(
            "valid           {} to {}",
            format_utc(draft.issued),
            format_utc(draft.expires)
        ),
        format!("may lock until  {}", format_utc(draft.lock_until)),
        format!("minimum amount  {}", policy.min_amount()),
        format!(
            "due             {} to {}",
            format_day(policy.due().from),
            format_day(policy.due().to)
        ),
        format!("debtors         {} approved", policy.debtors().members().len()),
        format!("required flags  {}", flags(policy.required_flags())),
        format!("forbidden flags {}", flags(policy.forbidden_flags())),
    ]
    .join("\n")
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            writeln!(f, "written to      {file}")?;
        }
        writeln!(f, "{}", self.text)?;
        write!(
            f,
            "status          signature verifies; {}",
            self.status.replace('_', " ")
        )
    }
}
