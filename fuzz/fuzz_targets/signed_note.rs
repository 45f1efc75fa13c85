//! Reads arbitrary text as a signed note and as a log witness's key: what is read is written the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tradeseal_verifier::log::{CosignerKey, SignedNote};

fuzz_target!(|text: &str| {
    if let Ok(note) = SignedNote::parse(text) {
        assert_eq!(note.to_string(), text);
        assert!(note.verify(&[]).is_err());
    }
    if let Ok(key) = CosignerKey::parse(text) {
        assert_eq!(key.to_string(), text);
    }
});
