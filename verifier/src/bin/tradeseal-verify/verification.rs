//! One verification: the library's, offline, at this machine's time.
//!
//! In scope: bringing the trust file, the clock and no ledger. Out of scope: the checks.
//! An attacker who sets this machine's clock makes expired requests look alive on it.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_verifier::batch::{BatchResults, HandedFile, Questions, verify_all};
use tradeseal_verifier::eligibility::verify_eligibility;
use tradeseal_verifier::evidence::{EvidenceReport, verify_evidence};
use tradeseal_verifier::ledger_view::Offline;
use tradeseal_verifier::request::{MAX_REQUEST_BYTES, Request};
use tradeseal_verifier::trust::{MAX_TRUST_BYTES, Trust};
use tradeseal_verifier::verdict::Report;

use crate::{Failure, files};

pub(crate) struct Verifier {
    trust: Trust,
    now: UnixSeconds,
}

impl Verifier {
    /// `at`: as of when to judge; absent, now.
    pub(crate) fn read(trust: &Path, at: Option<UnixSeconds>) -> Result<Self, Failure> {
        Ok(Self {
            trust: Trust::parse(&files::read(trust, MAX_TRUST_BYTES)?)?,
            now: at.unwrap_or_else(now),
        })
    }

    pub(crate) fn verify(&self, presentation: &[u8], request: &Request) -> Report {
        verify_eligibility(presentation, request, &self.trust, self.now, &Offline)
    }

    pub(crate) fn verify_evidence(&self, evidence: &[u8]) -> EvidenceReport {
        verify_evidence(evidence, &self.trust, self.now)
    }

    pub(crate) fn verify_all(&self, files: &[HandedFile], questions: &Questions) -> BatchResults {
        verify_all(files, questions, &self.trust, self.now, &Offline)
    }
}

/// The request's signature is among the checks of a verification, and so is not checked here.
pub(crate) fn read_request(path: &Path) -> Result<Request, Failure> {
    Ok(Request::parse_unchecked_signature(&files::read(
        path,
        MAX_REQUEST_BYTES,
    )?)?)
}

/// Seconds since 1970; a clock set before then reads as 0.
fn now() -> UnixSeconds {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    UnixSeconds(since.map_or(0, |since| since.as_secs()))
}
