//! The report for a terminal: the sentence first, then who asked, claims, checks, limits, what it rests on and the file.

use core::fmt;

use tradeseal_primitives::receivable::UnixSeconds;

use super::report::{EvidenceReport, Moment};
use crate::calendar::format_utc;
use crate::groth16::Provenance;
use crate::verdict::{write_checks, write_limits};

impl fmt::Display for EvidenceReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.sentence)?;
        self.write_asked(f)?;
        writeln!(f, "\nRequested and proven")?;
        if self.claims.is_empty() {
            writeln!(f, "  nothing that could be read")?;
        }
        for claim in &self.claims {
            writeln!(f, "  {:<18} requested  {}", claim.name, claim.requested)?;
            let proven = claim.proven.as_deref().unwrap_or("nothing");
            writeln!(f, "  {:<18} proven     {proven}", "")?;
        }
        write_checks(f, &self.checks)?;
        write_limits(f, &self.not_established)?;
        self.write_basis(f)?;
        writeln!(
            f,
            "\nFile       {} bytes, SHA-256 {}",
            self.file.bytes, self.file.sha256
        )
    }
}

impl EvidenceReport {
    fn write_asked(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(asked) = &self.asked {
            let note = if asked.authenticated {
                ""
            } else {
                " (unauthenticated: the request's signature does not verify)"
            };
            let (issued, expires) = (UnixSeconds(asked.issued), UnixSeconds(asked.expires));
            writeln!(f, "\nAsked by   {}{note}", asked.by)?;
            writeln!(f, "Key        {}", asked.key)?;
            writeln!(f, "Statement  {}", asked.statement)?;
            writeln!(f, "Valid      {} to {}", format_utc(issued), format_utc(expires))?;
        }
        for made_for in &self.made_for {
            let made = format_utc(UnixSeconds(made_for.made));
            writeln!(f, "\nMade for   {} on {made}, by its maker's clock", made_for.name)?;
        }
        Ok(())
    }

    fn write_basis(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\nRests on")?;
        for key in &self.basis.keys {
            let provenance = match key.provenance {
                None => "not in the trust file",
                Some(Provenance::InsecureDev) => "development set-up",
                Some(Provenance::Ceremony { .. }) => "ceremony",
            };
            writeln!(f, "  key   {} ({provenance})", key.key_id)?;
        }
        if let Some(log) = &self.basis.log {
            writeln!(f, "  log   {log}")?;
        }
        for checkpoint in &self.basis.checkpoints {
            writeln!(
                f,
                "  checkpoint of {} entries, root {}",
                checkpoint.size, checkpoint.root
            )?;
            for by in &checkpoint.cosigned {
                writeln!(f, "    cosigned by {} on {}", by.name, format_utc(UnixSeconds(by.time)))?;
            }
        }
        if let Some(Moment { index, .. }) = self.basis.moment {
            let moment = self.basis.moment.as_ref().map(Moment::in_words).unwrap_or_default();
            writeln!(f, "  state entry {index}, of {moment}")?;
        }
        Ok(())
    }
}
