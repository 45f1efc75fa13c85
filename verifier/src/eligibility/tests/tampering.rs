//! No byte of a presentation is free.

use alloc::vec::Vec;

use proptest::prelude::*;

use super::scenario::*;
use crate::verdict::{Outcome, Verdict};

fn is_refused_with_a_reason(bytes: &[u8], what: &str) {
    let report = verdict_on(bytes);
    assert_eq!(report.verdict, Verdict::NotVerified, "{what}: {report}");
    let reasoned = report
        .checks
        .iter()
        .any(|check| check.outcome == Outcome::Failed && !check.detail.is_empty());
    assert!(reasoned, "{what}: {report}");
}

#[test]
fn every_byte_flipped_in_several_ways_is_not_verified() {
    let good = presentation(&request()).to_json();
    assert_eq!(verdict_on(&good).verdict, Verdict::Verified);
    for at in 0..good.len() {
        let original = good[at];
        let next_digit = if original == b'9' {
            b'8'
        } else {
            original.wrapping_add(1)
        };
        let flips = [
            original ^ 0x01,
            original ^ 0x02,
            original ^ 0x20,
            original ^ 0x80,
            next_digit,
            b'0',
            b'f',
        ];
        for changed in flips.into_iter().filter(|byte| *byte != original) {
            let mut bytes = good.clone();
            bytes[at] = changed;
            is_refused_with_a_reason(&bytes, &alloc::format!("byte {at}: {original:#04x} as {changed:#04x}"));
        }
    }
}

#[test]
fn every_byte_removed_or_doubled_is_not_verified() {
    let good = presentation(&request()).to_json();
    for at in 0..good.len() {
        let mut shorter = good.clone();
        let byte = shorter.remove(at);
        let mut longer = good.clone();
        longer.insert(at, byte);
        is_refused_with_a_reason(&longer, &alloc::format!("byte {at} doubled"));
        is_refused_with_a_reason(&shorter, &alloc::format!("byte {at} removed"));
        is_refused_with_a_reason(&good[..at], &alloc::format!("cut to {at} bytes"));
    }
}

proptest! {
    #[test]
    fn arbitrary_bytes_are_not_verified(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert_eq!(verdict_on(&bytes).verdict, Verdict::NotVerified);
    }

    #[test]
    fn several_random_changes_are_not_verified(changes in proptest::collection::vec((any::<usize>(), any::<u8>()), 1..6)) {
        let good = presentation(&request()).to_json();
        let mut bytes = good.clone();
        for (at, byte) in changes {
            let at = at % bytes.len();
            bytes[at] = byte;
        }
        prop_assume!(bytes != good);
        prop_assert_eq!(verdict_on(&bytes).verdict, Verdict::NotVerified);
    }

    #[test]
    fn arbitrary_log_proofs_and_state_entries_never_panic(
        state_entry in proptest::collection::vec(any::<u8>(), 0..200), tlog_proof in "\\PC{0,200}",
    ) {
        let mut changed = presentation(&request());
        changed.anchor.state_entry = state_entry;
        changed.anchor.tlog_proof = tlog_proof;
        prop_assert_eq!(verdict_on(&changed.to_json()).verdict, Verdict::NotVerified);
    }
}

#[test]
fn a_presentation_given_twice_over_is_not_verified() {
    let good = presentation(&request()).to_json();
    let twice: Vec<u8> = [good.clone(), good].concat();
    is_refused_with_a_reason(&twice, "twice");
}
