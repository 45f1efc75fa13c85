//! Reads arbitrary text as a checkpoint, signed and bare, and as a log's key: what is read is written the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tradeseal_verifier::log::{Checkpoint, LogKey, SignedCheckpoint};

fuzz_target!(|text: &str| {
    if let Ok(checkpoint) = Checkpoint::parse(text) {
        assert_eq!(checkpoint.to_string(), text);
    }
    if let Ok(signed) = SignedCheckpoint::parse(text) {
        assert_eq!(signed.to_string(), text);
        assert!(signed.verify(&[]).is_err());
    }
    if let Ok(key) = LogKey::parse(text) {
        assert_eq!(key.to_string(), text);
    }
});
