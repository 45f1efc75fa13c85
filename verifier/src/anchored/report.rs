//! The report as data and as text. Its JSON keys are a contract: more may be added, none renamed.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::Serialize;
use tradeseal_primitives::receivable::UnixSeconds;

use super::Check;
use crate::calendar::format_utc;
use crate::encoding;
use crate::verdict::{CheckResult, Claim, LogPosition, Verdict, write_checks, write_limits};

/// What the verdict rests on, as far as the checks got.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct AnchoredBasis {
    /// Where in the log the anchor is.
    pub log: Option<LogPosition>,
    /// Time of the state record after it, unix seconds: by then the item existed.
    pub state_time: Option<u64>,
    /// SHA-256 of the item, hexadecimal.
    pub item_sha256: Option<String>,
}

/// A verdict on one item with its reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AnchoredItemReport {
    /// The verdict.
    pub verdict: Verdict,
    /// The verdict in a sentence for people, reason and remedy included.
    pub sentence: String,
    /// What the file says beside what is established of it.
    pub claims: Vec<Claim>,
    /// Every check, in a fixed order.
    pub checks: Vec<CheckResult>,
    /// What the verdict does not establish, whatever it is.
    pub not_established: Vec<String>,
    /// What it rests on.
    pub basis: AnchoredBasis,
}

impl AnchoredItemReport {
    /// The result of one check.
    pub fn check(&self, check: Check) -> Option<&CheckResult> {
        self.checks.iter().find(|result| result.name == check.name())
    }

    /// JSON with a final newline.
    pub fn to_json(&self) -> Vec<u8> {
        encoding::pretty_json(self)
    }
}

impl fmt::Display for AnchoredItemReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.sentence)?;
        writeln!(f, "\nSaid and established")?;
        for claim in &self.claims {
            let proven = claim.proven.as_deref().unwrap_or("nothing");
            writeln!(f, "  {:<12} said         {}", claim.name, claim.requested)?;
            writeln!(f, "  {:<12} established  {proven}", "")?;
        }
        write_checks(f, &self.checks)?;
        write_limits(f, &self.not_established)?;
        if let Some(log) = &self.basis.log {
            writeln!(
                f,
                "\nRests on\n  log   {}, entry {} of {}",
                log.origin, log.index, log.size
            )?;
        }
        if let Some(time) = self.basis.state_time {
            writeln!(f, "  state of {}", format_utc(UnixSeconds(time)))?;
        }
        Ok(())
    }
}
