//! The verifier for a browser: bytes in, a report as JSON out.
//!
//! In scope: one verification, of a presentation or of evidence, offline, at the time the page names; the few functions that a page calls. Out of scope: the checks
//! (crate `verifier`), files, clocks, drawing. The module imports nothing: it can reach neither the network nor the page.
//! An attacker who owns this part shows the page's reader what it likes.

mod abi;

use serde_json::{Value, json};
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_verifier::eligibility::verify_eligibility;
use tradeseal_verifier::evidence::verify_evidence as judge_evidence;
use tradeseal_verifier::ledger_view::Offline;
use tradeseal_verifier::request::Request;
use tradeseal_verifier::trust::Trust;

/// `{"report", "request_digest"}`, or `{"error": {"code", "message", "remedy"}}` where request or trust file cannot be used.
///
/// `request_digest` is the last public row, in decimal: what a second verifier needs beside the files.
pub fn verify_presentation(presentation: &[u8], request: &[u8], trust: &[u8], now: u64) -> Vec<u8> {
    let answer = judged(presentation, request, trust, UnixSeconds(now)).unwrap_or_else(|error| error);
    answer.to_string().into_bytes()
}

/// `{"report"}`, or `{"error"}` as [`verify_presentation`].
pub fn verify_evidence(evidence: &[u8], trust: &[u8], now: u64) -> Vec<u8> {
    let answer = trusted(trust).map(|trust| json!({ "report": judge_evidence(evidence, &trust, UnixSeconds(now)) }));
    answer.unwrap_or_else(|error| error).to_string().into_bytes()
}

fn trusted(trust: &[u8]) -> Result<Trust, Value> {
    Trust::parse(trust).map_err(|refused| error("trust_refused", &refused.to_string(), refused.remedy()))
}

fn judged(presentation: &[u8], request: &[u8], trust: &[u8], now: UnixSeconds) -> Result<Value, Value> {
    let trust = trusted(trust)?;
    let request = Request::parse_unchecked_signature(request)
        .map_err(|refused| error("request_refused", &refused.to_string(), refused.remedy()))?;
    let report = verify_eligibility(presentation, &request, &trust, now, &Offline);
    Ok(json!({ "report": report, "request_digest": request.digest().to_string() }))
}

fn error(code: &str, message: &str, remedy: &str) -> Value {
    json!({ "error": { "code": code, "message": message, "remedy": remedy } })
}
