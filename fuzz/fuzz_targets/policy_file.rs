//! Reads arbitrary bytes as the policy file that a clerk writes: a refusal says what is wrong.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tradeseal_verifier::policy::PolicyFile;

fuzz_target!(|bytes: &[u8]| {
    if let Err(refused) = PolicyFile::parse(bytes) {
        let text = refused.to_string();
        assert!(!text.is_empty() && text.len() < 8192);
    }
});
