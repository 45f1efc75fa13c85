//! Reads arbitrary bytes as a ledger entry: deterministic CBOR, one encoding per entry.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tradeseal_verifier::entry::Entry;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(entry) = Entry::decode(bytes) {
        assert_eq!(entry.encode(), bytes);
    }
});
