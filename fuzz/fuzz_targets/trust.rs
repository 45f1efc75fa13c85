//! Reads arbitrary bytes as a trust file: what is read can be written and read again as the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tradeseal_verifier::trust::Trust;

fuzz_target!(|bytes: &[u8]| {
    match Trust::parse(bytes) {
        Ok(trust) => {
            let written = trust.to_json();
            let again = Trust::parse(&written).expect("a written trust file is read");
            assert_eq!(again.to_json(), written);
        }
        Err(refused) => assert!(!refused.remedy().is_empty() && refused.to_string().len() < 8192),
    }
});
