//! The figures as data and as a table. The JSON keys are a contract: more may be added, none renamed.

use std::fmt;
use std::time::Duration;

use serde::Serialize;
use tradeseal_trapdoor::figures::{Batched, Single};
use tradeseal_verifier::statement::StatementId;

use super::standalone::Standalone;

#[derive(Debug, Serialize)]
pub(super) struct Report {
    /// Of `receivable/eligibility`.
    single_ms: f64,
    ark_single_ms: f64,
    runs: u32,
    statements: Vec<StatementFigures>,
    batch: Vec<BatchFigures>,
    standalone: Option<Standalone>,
}

#[derive(Debug, Serialize)]
struct StatementFigures {
    statement: &'static str,
    rows: usize,
    single_ms: f64,
    ark_single_ms: f64,
    ratio: f64,
    from_bytes_ms: f64,
}

#[derive(Debug, Serialize)]
struct BatchFigures {
    n: usize,
    per_proof_ms: f64,
    one_at_a_time_ms: f64,
    times_cheaper: f64,
}

impl Report {
    pub(super) fn new(runs: u32, singles: &[Single], batches: &[Batched], standalone: Option<Standalone>) -> Self {
        let headline = singles
            .iter()
            .find(|single| single.statement == StatementId::RECEIVABLE_ELIGIBILITY_V2);
        Self {
            single_ms: headline.map_or(f64::NAN, |single| ms(single.ours)),
            ark_single_ms: headline.map_or(f64::NAN, |single| ms(single.ark_groth16)),
            runs,
            statements: singles.iter().map(StatementFigures::from).collect(),
            batch: batches.iter().map(BatchFigures::from).collect(),
            standalone,
        }
    }
}

impl From<&Single> for StatementFigures {
    fn from(single: &Single) -> Self {
        Self {
            statement: single.statement.as_str(),
            rows: single.statement.row_count(),
            single_ms: ms(single.ours),
            ark_single_ms: ms(single.ark_groth16),
            ratio: ms(single.ours) / ms(single.ark_groth16),
            from_bytes_ms: ms(single.from_bytes),
        }
    }
}

impl From<&Batched> for BatchFigures {
    fn from(batched: &Batched) -> Self {
        Self {
            n: batched.n,
            per_proof_ms: ms(batched.together),
            one_at_a_time_ms: ms(batched.alone),
            times_cheaper: ms(batched.alone) / ms(batched.together),
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "one at a time, median of {} runs, ms", self.runs)?;
        writeln!(
            f,
            "  {:<28} {:>4} {:>11} {:>8} {:>6}",
            "statement", "rows", "ark-groth16", "ours", "ratio"
        )?;
        for of in &self.statements {
            writeln!(
                f,
                "  {:<28} {:>4} {:>11.3} {:>8.3} {:>6.2}",
                of.statement, of.rows, of.ark_single_ms, of.single_ms, of.ratio
            )?;
        }
        writeln!(f, "\nin batches of mixed statements, from bytes, ms a proof")?;
        writeln!(
            f,
            "  {:>6} {:>8} {:>14} {:>13}",
            "n", "batch", "one at a time", "times cheaper"
        )?;
        for of in &self.batch {
            writeln!(
                f,
                "  {:>6} {:>8.3} {:>14.3} {:>13.1}",
                of.n, of.per_proof_ms, of.one_at_a_time_ms, of.times_cheaper
            )?;
        }
        match &self.standalone {
            None => Ok(()),
            Some(program) => write!(
                f,
                "\n{}\n  {} bytes, cold process to verdict {:.1} ms (best {:.1}; starting a process takes {:.1} of it)",
                program.path, program.bytes, program.cold_ms, program.cold_best_ms, program.start_ms
            ),
        }
    }
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
