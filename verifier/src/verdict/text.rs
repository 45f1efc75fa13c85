//! The report for a terminal: the sentence first, then who asked, claims, checks, limits and what it rests on.

use alloc::string::String;
use core::fmt;

use tradeseal_primitives::receivable::UnixSeconds;

use super::{CheckResult, Cosigned, Outcome, Report};
use crate::calendar::format_utc;
use crate::groth16::Provenance;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.sentence)?;
        self.write_asked(f)?;
        self.write_claims(f)?;
        write_checks(f, &self.checks)?;
        write_limits(f, &self.not_established)?;
        self.write_basis(f)
    }
}

impl Report {
    fn write_asked(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let asked = &self.asked;
        let note = if asked.authenticated {
            ""
        } else {
            " (unauthenticated: the request's signature does not verify)"
        };
        writeln!(f, "\nAsked by   {}{note}", asked.by)?;
        writeln!(f, "Key        {}", asked.key)?;
        writeln!(f, "Statement  {}", asked.statement)?;
        let (issued, expires) = (UnixSeconds(asked.issued), UnixSeconds(asked.expires));
        writeln!(f, "Valid      {} to {}", format_utc(issued), format_utc(expires))
    }

    fn write_claims(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\nRequested and proven")?;
        self.claims.iter().try_for_each(|claim| {
            writeln!(f, "  {:<18} requested  {}", claim.name, claim.requested)?;
            writeln!(
                f,
                "  {:<18} proven     {}",
                "",
                claim.proven.as_deref().unwrap_or("nothing")
            )
        })
    }

    fn write_basis(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\nRests on")?;
        if let Some(id) = self.basis.key_id {
            let provenance = match self.basis.provenance {
                None => "not in the trust file",
                Some(Provenance::InsecureDev) => "development set-up",
                Some(Provenance::Ceremony { .. }) => "ceremony",
            };
            writeln!(f, "  key   {id} ({provenance})")?;
        }
        if let Some(log) = &self.basis.log {
            writeln!(f, "  log   {}, entry {} of {}", log.origin, log.index, log.size)?;
        }
        if let Some(time) = self.basis.state_time {
            writeln!(f, "  state of {}", format_utc(UnixSeconds(time)))?;
        }
        write_cosigned(f, &self.basis.cosigned)?;
        if self.basis == super::Basis::default() {
            writeln!(f, "  nothing that could be read")?;
        }
        Ok(())
    }
}

/// The tally, then two lines for each check: what holds if it passed, and what was found.
///
/// # Errors
/// The formatter's.
pub fn write_checks(f: &mut fmt::Formatter<'_>, checks: &[CheckResult]) -> fmt::Result {
    let count = |outcome| checks.iter().filter(|check| check.outcome == outcome).count();
    writeln!(
        f,
        "\nChecks: {} passed, {} failed, {} not checked",
        count(Outcome::Passed),
        count(Outcome::Failed),
        count(Outcome::NotChecked)
    )?;
    checks.iter().try_for_each(|check| {
        let outcome = match check.outcome {
            Outcome::Passed => "passed",
            Outcome::Failed => "FAILED",
            Outcome::NotChecked => "not checked",
        };
        writeln!(f, "  {outcome:<11}  {}", check.meaning)?;
        writeln!(f, "  {:<11}  {}: {}", "", check.name, check.detail)
    })
}

pub(crate) fn write_cosigned(f: &mut fmt::Formatter<'_>, cosigned: &[Cosigned]) -> fmt::Result {
    cosigned.iter().try_for_each(|Cosigned { name, time }| {
        writeln!(f, "  cosigned by {name} on {}", format_utc(UnixSeconds(*time)))
    })
}

/// What a verdict does not establish, a line each.
///
/// # Errors
/// The formatter's.
pub fn write_limits(f: &mut fmt::Formatter<'_>, not_established: &[String]) -> fmt::Result {
    writeln!(f, "\nThis does not establish")?;
    not_established.iter().try_for_each(|limit| writeln!(f, "  - {limit}"))
}
