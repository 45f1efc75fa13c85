//! Reads arbitrary bytes as evidence, and judges them as evidence: no byte is free, and nothing is verified under no trust.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_verifier::evidence::{Evidence, verify_evidence};
use tradeseal_verifier::trust::Trust;
use tradeseal_verifier::verdict::Verdict;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(evidence) = Evidence::parse(bytes) {
        assert_eq!(evidence.to_json(), bytes);
    }
    let nobody = Trust::new(Vec::new(), Vec::new(), false, None).expect("no keys are no repeats");
    let report = verify_evidence(bytes, &nobody, UnixSeconds(2_000_000_000));
    assert_ne!(report.verdict, Verdict::Verified);
});
