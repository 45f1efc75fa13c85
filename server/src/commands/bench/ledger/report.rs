//! The figures as data and as text. The JSON keys are a contract: more may be added, none renamed.

use std::fmt;
use std::time::Duration;

use serde::Serialize;

/// What so many deposits took.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub(super) struct Cost {
    deposits: u64,
    per_second: f64,
    /// Processor time of one deposit, all threads together.
    cpu_us: Option<f64>,
}

impl Cost {
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    pub(super) fn new(deposits: u64, seconds: f64, cpu_seconds: Option<f64>) -> Self {
        let count = deposits.max(1) as f64;
        Self {
            deposits,
            per_second: rounded(count / seconds.max(1e-9)),
            cpu_us: cpu_seconds.map(|cpu| rounded(cpu * 1e6 / count)),
        }
    }
}

/// How long receipts took.
#[derive(Debug, Clone, Copy)]
pub(super) struct Times {
    count: usize,
    pub(super) p50_ms: f64,
    p99_ms: f64,
    max_ms: f64,
}

impl Times {
    pub(super) fn of_sorted(times: &[Duration]) -> Self {
        let at = |percent: usize| {
            let index = (times.len() * percent).div_ceil(100).saturating_sub(1);
            times
                .get(index)
                .map_or(0.0, |time| rounded(time.as_secs_f64() * 1000.0))
        };
        Self {
            count: times.len(),
            p50_ms: at(50),
            p99_ms: at(99),
            max_ms: at(100),
        }
    }
}

/// What is on disk in the end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stored {
    pub(super) deposits: u64,
    pub(super) entries: u64,
    pub(super) bytes: u64,
    pub(super) open_ms: f64,
}

/// The cost of growing to a size.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Growth {
    /// Deposits at the end of this part.
    pub(super) size: u64,
    #[serde(flatten)]
    pub(super) cost: Cost,
    /// Time to the receipt of a deposit that comes alone.
    pub(super) alone_p50_ms: f64,
    /// Of all files, the log of writes included.
    pub(super) bytes: u64,
    pub(super) resident_mib: Option<u64>,
}

/// What `bench ledger` prints.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    entries: u64,
    per_second: f64,
    receipt_p50_ms: f64,
    receipt_p99_ms: f64,
    receipt_max_ms: f64,
    witnesses: u8,
    bytes_per_entry: f64,
    cpu_us_per_entry: Option<f64>,
    rate: u64,
    timed_receipts: usize,
    log_size: u64,
    open_ms: f64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    growth: Vec<Growth>,
}

impl Report {
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    pub(super) fn new(
        rate: u64,
        witnesses: u8,
        filled: Cost,
        times: Times,
        stored: Stored,
        growth: Vec<Growth>,
    ) -> Self {
        Self {
            entries: stored.deposits,
            per_second: filled.per_second,
            receipt_p50_ms: times.p50_ms,
            receipt_p99_ms: times.p99_ms,
            receipt_max_ms: times.max_ms,
            witnesses,
            bytes_per_entry: rounded(stored.bytes as f64 / stored.deposits.max(1) as f64),
            cpu_us_per_entry: filled.cpu_us,
            rate,
            timed_receipts: times.count,
            log_size: stored.entries,
            open_ms: rounded(stored.open_ms),
            growth,
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "deposits           {}", self.entries)?;
        writeln!(f, "per second         {}", self.per_second)?;
        if let Some(cpu) = self.cpu_us_per_entry {
            writeln!(f, "processor time     {cpu} us a deposit")?;
        }
        writeln!(
            f,
            "receipts           {} at {} a second: half within {} ms, 99 of 100 within {} ms, the last {} ms",
            self.timed_receipts, self.rate, self.receipt_p50_ms, self.receipt_p99_ms, self.receipt_max_ms
        )?;
        writeln!(f, "log witnesses      {}", self.witnesses)?;
        writeln!(f, "bytes a deposit    {}", self.bytes_per_entry)?;
        write!(f, "opening            {} ms", self.open_ms)?;
        for part in &self.growth {
            let cpu = part.cost.cpu_us.unwrap_or_default();
            write!(
                f,
                "\nto {:>10}      {} a second, {cpu} us of processor time, {} ms alone, {} bytes",
                part.size, part.cost.per_second, part.alone_p50_ms, part.bytes
            )?;
        }
        Ok(())
    }
}

/// To two places.
fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_values_that_were_measured() {
        let times: Vec<Duration> = (1..=200).map(Duration::from_millis).collect();
        let of = Times::of_sorted(&times);
        assert_eq!((of.p50_ms, of.p99_ms, of.max_ms), (100.0, 198.0, 200.0));
        let one = Times::of_sorted(&times[..1]);
        assert_eq!((one.p50_ms, one.p99_ms, one.max_ms), (1.0, 1.0, 1.0));
        assert_eq!(Times::of_sorted(&[]).p99_ms, 0.0);
    }
}
