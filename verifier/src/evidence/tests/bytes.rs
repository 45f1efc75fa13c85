//! No byte of an evidence file is free.

use alloc::format;
use alloc::vec::Vec;

use proptest::prelude::*;

use super::scenario::*;

/// Under a judge who knows the log witnesses, and under one who does not: lines that nobody asks for are not free either.
fn is_refused_with_a_reason(bytes: &[u8], unwitnessed: &Trust, what: &str) {
    for trust in [judge(), unwitnessed] {
        let report = verify_evidence(bytes, trust, UnixSeconds(YEARS_LATER));
        assert_eq!(report.verdict, Verdict::NotVerified, "{what}: {report}");
        let reasoned =
            |check: &&crate::verdict::CheckResult| check.outcome == Outcome::Failed && !check.detail.is_empty();
        assert!(report.checks.iter().any(|check| reasoned(&check)), "{what}: {report}");
    }
}

/// Set to try every byte; otherwise every 41st from a place that differs from run to run.
const EVERY_BYTE: &str = "TRADESEAL_EVERY_BYTE";

#[test]
#[allow(clippy::print_stdout)]
fn every_byte_changed_is_not_verified() {
    let good = good().to_json();
    let unwitnessed = trust_in(None, CEREMONY, false);
    assert_eq!(verdict_on(&good).verdict, Verdict::Verified);
    let stride = if std::env::var_os(EVERY_BYTE).is_some() { 1 } else { 41 };
    let first = std::process::id() as usize % stride;
    let changed: Vec<usize> = (first..good.len()).step_by(stride).collect();
    std::thread::scope(|scope| {
        for places in changed.chunks(changed.len().div_ceil(2)) {
            let (good, unwitnessed) = (&good, &unwitnessed);
            scope.spawn(move || {
                for at in places {
                    let mut bytes = good.clone();
                    bytes[*at] = neighbour(bytes[*at]);
                    is_refused_with_a_reason(&bytes, unwitnessed, &format!("byte {at} as {:#04x}", bytes[*at]));
                }
            });
        }
    });
    std::println!("changed {} of {} bytes, each alone", changed.len(), good.len());
}

/// A byte that is most likely to be read as well as the one that it replaces.
fn neighbour(byte: u8) -> u8 {
    match byte {
        b'0'..=b'8' | b'a'..=b'e' | b'A'..=b'Y' | b'g'..=b'y' => byte + 1,
        b'9' => b'8',
        b'f' => b'e',
        _ => byte ^ 0x01,
    }
}

#[test]
fn every_truncation_is_not_verified() {
    let good = good().to_json();
    for length in 0..good.len() {
        let report = verdict_on(&good[..length]);
        assert_eq!(report.verdict, Verdict::NotVerified, "{length} bytes");
        assert_eq!(
            with_outcome(&report, Outcome::Failed),
            ["evidence_format"],
            "{length} bytes"
        );
    }
}

#[test]
fn more_bytes_than_a_file_may_have_are_refused_unread() {
    let huge = alloc::vec![b' '; MAX_EVIDENCE_BYTES + 1];
    let report = verdict_on(&huge);
    refused(
        &report,
        &["evidence_format"],
        "more than the 16777216 bytes that are read",
    );
    let twice: Vec<u8> = [good().to_json(), good().to_json()].concat();
    refused(&verdict_on(&twice), &["evidence_format"], "trailing characters");
}

proptest! {
    #[test]
    fn arbitrary_bytes_are_not_verified(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert_eq!(verdict_on(&bytes).verdict, Verdict::NotVerified);
    }
}
