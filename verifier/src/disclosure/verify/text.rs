//! The report for a terminal: the sentence first, then whom it was made for, the history, checks, limits and what it rests on.

use core::fmt;

use tradeseal_primitives::receivable::UnixSeconds;

use super::report::{DisclosureBasis, DisclosureReport};
use crate::calendar::format_utc;
use crate::groth16::Provenance;
use crate::verdict::{write_checks, write_cosigned, write_limits};

impl fmt::Display for DisclosureReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.sentence)?;
        for made_for in &self.made_for {
            let made = format_utc(UnixSeconds(made_for.made));
            writeln!(f, "\nMade for   {} on {made}, by its maker's clock", made_for.name)?;
        }
        self.write_claims(f)?;
        write_checks(f, &self.checks)?;
        write_limits(f, &self.not_established)?;
        self.write_basis(f)
    }
}

impl DisclosureReport {
    fn write_claims(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\nHistory")?;
        if self.claims.is_empty() {
            writeln!(f, "  nothing that could be read")?;
        }
        self.claims.iter().try_for_each(|claim| {
            let note = if claim.established { "" } else { " (not established)" };
            writeln!(f, "  - {}{note}", claim.text)
        })
    }

    fn write_basis(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\nRests on")?;
        for (at, id) in self.basis.key_ids.iter().enumerate() {
            let provenance = match self.basis.provenances.get(at) {
                None => "not checked against the trust file",
                Some(Provenance::InsecureDev) => "development set-up",
                Some(Provenance::Ceremony { .. }) => "ceremony",
            };
            writeln!(f, "  key   {id} ({provenance})")?;
        }
        if let (Some(log), Some(size)) = (&self.basis.log, self.basis.log_size) {
            writeln!(f, "  log   {log}, {size} entries")?;
        }
        if let Some(time) = self.basis.as_of {
            writeln!(f, "  state of {}", format_utc(UnixSeconds(time)))?;
        }
        write_cosigned(f, &self.basis.cosigned)?;
        if self.basis == DisclosureBasis::default() {
            writeln!(f, "  nothing that could be read")?;
        }
        Ok(())
    }
}
