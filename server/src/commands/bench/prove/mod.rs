//! `tradeseal bench prove`: proving times of every statement, with ark-groth16, and snarkjs if asked, in the same run.
//!
//! In scope: what to measure. Out of scope: measuring (`tradeseal_prover::measure`), running snarkjs (`snarkjs`), figures (`report`).
//! An attacker who owns this part has wrong figures published.

mod report;
mod snarkjs;

use std::collections::BTreeSet;
use std::num::NonZeroU8;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use clap::Args;
use tradeseal_circuits::sample::Sampled;
use tradeseal_prover::keys::{BucketSets, LoadedKey};
use tradeseal_prover::measure::{self, MeasureError, Round};
use tradeseal_prover::{Progress, Silent, State};
use tradeseal_verifier::statement::StatementId;

pub(crate) use report::Report;

use crate::statements::Provable;
use crate::{ConsoleProgress, Context, Failure, Outcome};

pub(super) const EXAMPLES: &str = "\
Examples:
  tradeseal bench prove
  tradeseal bench prove --json --statement receivable/mint --runs 15 > figures.json
  tradeseal bench prove --bucket-sets 1,2,4 --statement receivable/transfer
  tradeseal bench prove --snarkjs interop/node_modules/snarkjs/build/cli.cjs

median_ms is from an assignment to a proof: ours checks every constraint in that time, ark-groth16 does not. Every pair of
proofs is compared bit for bit. Figures of a busy machine say little; ratios within one run say more.";

/// Arguments of `bench prove`.
#[derive(Debug, Args)]
pub struct BenchProve {
    /// Only this statement
    #[arg(long, value_name = "STATEMENT", value_parser = StatementId::from_typed)]
    statement: Option<StatementId>,
    /// Proofs of each prover for each number of threads
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=1000))]
    runs: u64,
    /// Numbers of threads
    #[arg(long, value_name = "N,...", value_delimiter = ',', default_values_t = [1, 2], value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Vec<u16>,
    /// Proofs under load, to count them a second; 0 leaves that out
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u64).range(0..=1000))]
    load: u64,
    /// Sizes of the prover's tables to measure with: sets of buckets, 1 the fastest and largest
    #[arg(long, value_name = "N,...", value_delimiter = ',', default_value = "1")]
    bucket_sets: Vec<NonZeroU8>,
    /// snarkjs' command line (build/cli.cjs), to prove under the same key with; needs Node.js
    #[arg(long, value_name = "FILE")]
    snarkjs: Option<PathBuf>,
}

impl BenchProve {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let mut progress = ConsoleProgress::new(context.console());
        let mut report = Report::default();
        for provable in Provable::ALL {
            if self.statement.is_none_or(|wanted| wanted == provable.statement) {
                (provable.measure)(self, context, &mut report, &mut progress)?;
            }
        }
        drop(progress);
        context.console().print(&report)?;
        Ok(Outcome::Done)
    }
}

/// Measures one statement.
pub(crate) fn measure<S: Sampled<Public: Send + Sync + 'static, Private: Send + Sync + 'static>>(
    options: &BenchProve,
    context: &Context,
    report: &mut Report,
    progress: &mut dyn Progress,
) -> Result<(), Failure> {
    let registry = context.key_registry();
    let provable = Provable::by_id(S::ID)?;
    let load = |progress: &mut dyn Progress| (provable.insecure_dev_key)(&registry, progress);
    // The first time makes key and tables where there are none; the second is what a start takes.
    load(progress)?.make_ready::<S>(progress)?;
    let start = Instant::now();
    let key = load(&mut Silent)?;
    key.make_ready::<S>(&mut Silent)?;
    report.start(S::ID, start.elapsed());
    let mut key = Some(key);
    for (index, sets) in options.bucket_sets.iter().copied().enumerate() {
        let sets = BucketSets::new(sets);
        let this = match key.take() {
            Some(key) if index == 0 && sets == BucketSets::ONE => key,
            _ => load(&mut Silent)?.with_bucket_sets_in_memory(sets),
        };
        measure_key::<S>(options, &Arc::new(this), sets, report, progress)?;
    }
    if let Some(cli) = &options.snarkjs {
        progress.enter(State::named("proving with snarkjs", S::ID.as_str()));
        let key = load(&mut Silent)?;
        report.snarkjs(&key, &snarkjs::prove(cli, provable, &key, options.runs)?);
    }
    Ok(())
}

fn measure_key<S: Sampled<Public: Send + Sync + 'static, Private: Send + Sync + 'static>>(
    options: &BenchProve,
    key: &Arc<LoadedKey>,
    sets: BucketSets,
    report: &mut Report,
    progress: &mut dyn Progress,
) -> Result<(), Failure> {
    progress.enter(State::named("building tables and counting additions", S::ID.as_str()));
    let (floor, size) = measure::floor::<S>(key)?;
    report.floor(S::ID, sets, floor, size);
    let threads: BTreeSet<usize> = options.threads.iter().map(|threads| usize::from(*threads)).collect();
    for threads in threads {
        progress.enter(State::named(
            "proving in turns with ark-groth16",
            format!("{} on {threads} threads", S::ID),
        ));
        let rounds: Vec<Round> = measure::in_turns::<S>(key, threads, options.runs)?;
        report.rounds(key, threads, sets, &rounds, size);
        if options.load > 0 {
            progress.enter(State::named(
                "proving under load",
                format!("{} on {threads} threads", S::ID),
            ));
            let per_second = measure::under_load::<S>(key, threads, options.load)?;
            report.load(S::ID, threads, sets, options.load, per_second);
        }
    }
    Ok(())
}

impl From<MeasureError> for Failure {
    fn from(refused: MeasureError) -> Self {
        match refused {
            MeasureError::Proof(cause) => cause.into(),
            other => Self::new(
                "bench",
                other.to_string(),
                "run it again on an idle machine; report it if it stays",
            ),
        }
    }
}
