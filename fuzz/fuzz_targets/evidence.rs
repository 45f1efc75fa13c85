//! Reads arbitrary bytes as evidence: no byte of a file is free, and no verdict on it panics or verifies without a trusted log.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_verifier::evidence::html::{Repeat, page};
use tradeseal_verifier::evidence::{Evidence, verify_evidence};
use tradeseal_verifier::trust::Trust;
use tradeseal_verifier::verdict::Verdict;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(evidence) = Evidence::parse(bytes) {
        assert_eq!(evidence.to_json(), bytes);
    }
    let trust = Trust::new(Vec::new(), Vec::new(), true, None).expect("an empty trust file");
    let report = verify_evidence(bytes, &trust, UnixSeconds(2_000_000_000));
    assert_ne!(report.verdict, Verdict::Verified);
    let repeat = Repeat {
        file: "evidence.json",
        trust: "trust.json",
        trust_sha256: "",
        program: "",
    };
    assert!(!page(&report, &repeat).contains("<script"));
});
