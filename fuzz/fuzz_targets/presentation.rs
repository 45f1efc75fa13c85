//! Reads arbitrary bytes as a presentation: no byte of one is free.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tradeseal_verifier::presentation::Presentation;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(presentation) = Presentation::parse(bytes) {
        assert_eq!(presentation.to_json(), bytes);
    }
});
