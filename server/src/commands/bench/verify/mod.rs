//! `tradeseal bench verify`: single and batched verification beside ark-groth16's, and the stand-alone verifier's size and cold start.
//!
//! In scope: choosing what to measure, printing. Out of scope: measuring (`tradeseal_trapdoor::figures`). The proofs are of keys whose secrets are
//! known; a verifier cannot tell.

mod report;
mod standalone;

use std::path::PathBuf;

use ark_std::rand::SeedableRng;
use ark_std::rand::rngs::StdRng;
use clap::Args;
use tradeseal_trapdoor::figures::{batches, singles};

use crate::{Context, Failure, Outcome};
use report::Report;

pub(super) const EXAMPLES: &str = "\
Examples:
  tradeseal bench verify
  tradeseal bench verify --largest 256 --json

Medians of processor time on one thread, all kinds measured in turns. The headline is receivable/eligibility. The stand-alone verifier is measured where it
stands beside this program or as `make tiny` leaves it; --standalone names another.";

/// Sizes of batches measured, up to `--largest`.
const BATCHES: [usize; 5] = [1, 8, 64, 256, 1024];

/// Arguments of `bench verify`.
#[derive(Debug, Args)]
pub struct BenchVerify {
    /// Single verifications of each kind and statement
    #[arg(long, value_name = "N", default_value = "100", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    runs: u32,
    /// Proofs in the largest batch
    #[arg(long, value_name = "N", default_value = "1024", value_parser = clap::value_parser!(u32).range(1..=65_536))]
    largest: u32,
    /// The stand-alone verifier, `tradeseal-verify`
    #[arg(long, value_name = "FILE")]
    standalone: Option<PathBuf>,
}

impl BenchVerify {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let mut rng = StdRng::seed_from_u64(1);
        let largest = usize::try_from(self.largest).unwrap_or(usize::MAX);
        let mut sizes: Vec<usize> = BATCHES.into_iter().filter(|n| *n < largest).collect();
        sizes.push(largest);
        let singles = singles(usize::try_from(self.runs).unwrap_or(usize::MAX), &mut rng);
        let batches = batches(&sizes, &mut rng);
        let standalone = standalone::measure(self.standalone.as_deref(), &mut rng)?;
        if standalone.is_none() {
            context
                .console()
                .notice("tradeseal-verify was not found, so its cold start was not measured; build it: make tiny");
        }
        context
            .console()
            .print(&Report::new(self.runs, &singles, &batches, standalone))?;
        Ok(Outcome::Done)
    }
}
