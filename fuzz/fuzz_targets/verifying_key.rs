//! Reads arbitrary bytes as a verifying key: one encoding per key.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tradeseal_verifier::groth16::VerifyingKey;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(key) = VerifyingKey::from_bytes(bytes) {
        assert_eq!(key.to_bytes(), bytes);
        assert_eq!(key.input_points().len(), key.statement().row_count() + 1);
    }
});
