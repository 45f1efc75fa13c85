//! The figures of a run, as JSON and as tables.
//!
//! In scope: medians and spreads. Out of scope: measuring.
//! An attacker who owns this part prints figures that nobody measured.

use std::fmt;
use std::time::Duration;

use serde::Serialize;
use tradeseal_prover::keys::{BucketSets, LoadedKey, ProverSize};
use tradeseal_prover::measure::{Floor, Round};
use tradeseal_verifier::statement::StatementId;

/// Everything that was measured.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Report {
    results: Vec<Line>,
    load: Vec<Load>,
    floor: Vec<FloorLine>,
    start: Vec<Start>,
}

#[derive(Debug, Serialize)]
struct Line {
    statement: &'static str,
    constraints: usize,
    prover: &'static str,
    threads: usize,
    /// From an assignment to a proof.
    median_ms: f64,
    runs: usize,
    min_ms: f64,
    /// Between the quarter below and the quarter above.
    spread_ms: f64,
    /// How many times as fast as ark-groth16's median of the same rounds.
    #[serde(skip_serializing_if = "Option::is_none")]
    times_faster_than_ark: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phases: Option<Phases>,
    /// Memory that one proof took beyond what was in use, at most.
    peak_bytes: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    table_bytes: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bucket_sets: Option<u8>,
}

/// Medians of each phase; they need not add up to the whole's median.
#[derive(Debug, Serialize)]
struct Phases {
    assignment_ms: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    check_ms: Option<f64>,
    proof_ms: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    verification_ms: Option<f64>,
}

#[derive(Debug, Serialize)]
struct Load {
    statement: &'static str,
    threads: usize,
    bucket_sets: u8,
    proofs: u64,
    tradeseal_per_second: f64,
    ark_groth16_per_second: f64,
}

#[derive(Debug, Serialize)]
struct FloorLine {
    statement: &'static str,
    bucket_sets: u8,
    g1_additions: usize,
    g2_additions: usize,
    g1_addition_ns: f64,
    g2_addition_ns: f64,
    /// All additions on one thread.
    floor_ms: f64,
    table_bytes: u64,
    proof_bytes_bound: u64,
}

#[derive(Debug, Serialize)]
struct Start {
    statement: &'static str,
    /// From the key's files to a prover that is ready.
    start_ms: f64,
}

impl Report {
    pub(super) fn start(&mut self, statement: StatementId, took: Duration) {
        self.start.push(Start {
            statement: statement.as_str(),
            start_ms: milliseconds(took),
        });
    }

    pub(super) fn floor(&mut self, statement: StatementId, sets: BucketSets, floor: Floor, size: ProverSize) {
        self.floor.push(FloorLine {
            statement: statement.as_str(),
            bucket_sets: sets.get(),
            g1_additions: floor.g1_additions,
            g2_additions: floor.g2_additions,
            g1_addition_ns: milliseconds(floor.g1_addition) * 1e6,
            g2_addition_ns: milliseconds(floor.g2_addition) * 1e6,
            floor_ms: milliseconds(floor.total()),
            table_bytes: size.table_bytes,
            proof_bytes_bound: size.proof_bytes,
        });
    }

    pub(super) fn rounds(
        &mut self,
        key: &LoadedKey,
        threads: usize,
        sets: BucketSets,
        rounds: &[Round],
        size: ProverSize,
    ) {
        let of = |time: fn(&Round) -> Duration| Times::of(rounds.iter().map(time));
        let ours = of(|round| round.ours.check + round.ours.proof);
        let arks = of(|round| round.ark_proof);
        let line = |prover, times: &Times| Line {
            statement: key.record().statement.as_str(),
            constraints: key.record().constraints,
            prover,
            threads,
            median_ms: times.median,
            runs: rounds.len(),
            min_ms: times.min,
            spread_ms: times.spread,
            times_faster_than_ark: None,
            phases: None,
            peak_bytes: None,
            table_bytes: None,
            bucket_sets: None,
        };
        self.results.push(Line {
            times_faster_than_ark: Some(arks.median / ours.median),
            phases: Some(Phases {
                assignment_ms: of(|round| round.ours.synthesis).median,
                check_ms: Some(of(|round| round.ours.check).median),
                proof_ms: of(|round| round.ours.proof).median,
                verification_ms: Some(of(|round| round.ours.verification).median),
            }),
            peak_bytes: rounds.iter().filter_map(|round| round.our_peak_bytes).max(),
            table_bytes: Some(size.table_bytes),
            bucket_sets: Some(sets.get()),
            ..line("tradeseal", &ours)
        });
        self.results.push(Line {
            phases: Some(Phases {
                assignment_ms: of(|round| round.ark_synthesis).median,
                check_ms: None,
                proof_ms: arks.median,
                verification_ms: None,
            }),
            peak_bytes: rounds.iter().filter_map(|round| round.ark_peak_bytes).max(),
            ..line("ark-groth16", &arks)
        });
    }

    pub(super) fn load(
        &mut self,
        statement: StatementId,
        threads: usize,
        sets: BucketSets,
        proofs: u64,
        [ours, arks]: [f64; 2],
    ) {
        self.load.push(Load {
            statement: statement.as_str(),
            threads,
            bucket_sets: sets.get(),
            proofs,
            tradeseal_per_second: ours,
            ark_groth16_per_second: arks,
        });
    }

    pub(super) fn snarkjs(&mut self, key: &LoadedKey, proofs: &[Duration]) {
        let times = Times::of(proofs.iter().copied());
        self.results.push(Line {
            statement: key.record().statement.as_str(),
            constraints: key.record().constraints,
            prover: "snarkjs",
            threads: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            median_ms: times.median,
            runs: proofs.len(),
            min_ms: times.min,
            spread_ms: times.spread,
            times_faster_than_ark: None,
            phases: None,
            peak_bytes: None,
            table_bytes: None,
            bucket_sets: None,
        });
    }
}

struct Times {
    median: f64,
    min: f64,
    spread: f64,
}

impl Times {
    /// In milliseconds.
    fn of(times: impl Iterator<Item = Duration>) -> Self {
        let mut sorted: Vec<f64> = times.map(milliseconds).collect();
        sorted.sort_unstable_by(f64::total_cmp);
        let at = |place: usize| sorted.get(place).copied().unwrap_or_default();
        let last = sorted.len().saturating_sub(1);
        Self {
            median: f64::midpoint(at(last / 2), at(last.div_ceil(2))),
            min: at(0),
            spread: at(last * 3 / 4) - at(last / 4),
        }
    }
}

pub(super) fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "statement                    threads  prover       median ms  spread ms  x ark  peak MiB  tables MiB"
        )?;
        let mebibytes = |bytes: Option<u64>| bytes.map_or_else(|| "-".to_owned(), |bytes| (bytes >> 20).to_string());
        for line in &self.results {
            let ratio = line
                .times_faster_than_ark
                .map_or_else(String::new, |ratio| format!("{ratio:.2}"));
            writeln!(
                f,
                "{:<28} {:>7}  {:<11} {:>10.1} {:>10.1}  {:>5}  {:>8}  {:>10}",
                line.statement,
                line.threads,
                line.prover,
                line.median_ms,
                line.spread_ms,
                ratio,
                mebibytes(line.peak_bytes),
                mebibytes(line.table_bytes),
            )?;
        }
        for line in &self.load {
            writeln!(
                f,
                "{} under load, {} threads: {:.2} proofs a second, ark-groth16 {:.2}",
                line.statement, line.threads, line.tradeseal_per_second, line.ark_groth16_per_second
            )?;
        }
        for line in &self.floor {
            writeln!(
                f,
                "{} with {} bucket sets: {} + {} additions in G1 and G2, {:.0} and {:.0} ns each: {:.1} ms at least on one thread",
                line.statement,
                line.bucket_sets,
                line.g1_additions,
                line.g2_additions,
                line.g1_addition_ns,
                line.g2_addition_ns,
                line.floor_ms
            )?;
        }
        for line in &self.start {
            writeln!(
                f,
                "{}: ready in {:.0} ms from the key's files",
                line.statement, line.start_ms
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_median_is_the_middle_and_the_spread_what_half_of_all_lie_in() {
        let times = Times::of([5, 1, 4, 2, 3].into_iter().map(Duration::from_millis));
        assert!(
            (times.median - 3.0).abs() < 1e-9 && (times.min - 1.0).abs() < 1e-9 && (times.spread - 2.0).abs() < 1e-9
        );
        let even = Times::of([4, 1, 2, 3].into_iter().map(Duration::from_millis));
        assert!((even.median - 2.5).abs() < 1e-9);
    }
}
