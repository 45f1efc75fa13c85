//! Reads arbitrary bytes as a disclosure, and judges them as one: no byte is free, and nothing is verified under no trust.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_verifier::disclosure::{Disclosure, verify_disclosures};
use tradeseal_verifier::ledger_view::Offline;
use tradeseal_verifier::trust::Trust;
use tradeseal_verifier::verdict::Verdict;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(disclosure) = Disclosure::parse(bytes) {
        assert_eq!(disclosure.to_json(), bytes);
    }
    let nobody = Trust::new(Vec::new(), Vec::new(), false, None).expect("no keys are no repeats");
    let report = verify_disclosures(&[bytes], &nobody, UnixSeconds(2_000_000_000), &Offline);
    assert_ne!(report.verdict, Verdict::Verified);
});
