//! Reads arbitrary text as an inclusion proof: what is read is written the same, and nothing is included without a key.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tradeseal_verifier::log::TlogProof;

fuzz_target!(|text: &str| {
    if let Ok(proof) = TlogProof::parse(text) {
        assert_eq!(proof.to_string(), text);
        assert!(proof.verify(b"entry", &[]).is_err());
    }
});
