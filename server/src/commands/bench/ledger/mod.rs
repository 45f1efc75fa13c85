//! `tradeseal bench ledger`: deposits per second, time to the receipt, bytes per entry, and whether they stay so as a log grows.
//!
//! In scope: a ledger of its own in a temporary folder below `--dir`, so that it is on the disk that a ledger would be on; the
//! figures. Out of scope: proofs, which other benches measure. The ledger's own ways are used, with durable batches.

mod report;
mod run;
mod system;
mod witnesses;

use clap::Args;

use crate::{Context, Failure, Outcome};
use report::Report;
use run::Bench;

pub(super) const EXAMPLES: &str = "\
Examples:
  tradeseal bench ledger
  tradeseal bench ledger --json --entries 200000 --rate 1000
  tradeseal bench ledger --json --growth --entries 10000000 > growth.json

Everything is done in a temporary folder below --dir and deleted afterwards; 10 million entries take some 3 GB there.";

/// Arguments of `bench ledger`.
#[derive(Debug, Args)]
pub struct BenchLedger {
    /// Deposits that are appended as fast as the ledger takes them
    #[arg(long, value_name = "N", default_value_t = 50_000, value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
    entries: u64,
    /// Deposits a second at which receipts are timed afterwards
    #[arg(long, value_name = "R", default_value_t = 1_000, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    rate: u64,
    /// For how many seconds receipts are timed
    #[arg(long, value_name = "S", default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=600))]
    seconds: u64,
    /// Log witnesses that must all cosign before a receipt goes out, each a process of its own
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u8).range(0..=16))]
    witnesses: u8,
    /// Measure at 1000 entries, 2000, 5000 and so on up to --entries
    #[arg(long)]
    growth: bool,
}

impl BenchLedger {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let mut bench = Bench::begin(context, usize::from(self.witnesses))?;
        let growth = if self.growth {
            self.grow(&mut bench)?
        } else {
            Vec::new()
        };
        let filled = if self.growth {
            growth.last().map_or_else(Default::default, |last| last.cost)
        } else {
            bench.fill(self.entries)?
        };
        let times = bench.time_receipts(self.rate, self.rate * self.seconds)?;
        let stored = bench.end()?;
        context
            .console()
            .print(&Report::new(self.rate, self.witnesses, filled, times, stored, growth))?;
        Ok(Outcome::Done)
    }

    /// Fills the ledger from size to size; each part's cost is that of its size.
    fn grow(&self, bench: &mut Bench) -> Result<Vec<report::Growth>, Failure> {
        let sizes = (3..).flat_map(|exponent| [1, 2, 5].map(|digit| digit * 10u64.pow(exponent)));
        let sizes = sizes.take_while(|size| *size < self.entries).chain([self.entries]);
        let mut parts = Vec::new();
        for size in sizes {
            let cost = bench.fill(size - bench.deposits())?;
            let alone = bench.time_one_by_one(50)?;
            parts.push(report::Growth {
                size: bench.deposits(),
                cost,
                alone_p50_ms: alone.p50_ms,
                bytes: bench.folder_bytes(),
                resident_mib: system::resident_mib(),
            });
        }
        Ok(parts)
    }
}
