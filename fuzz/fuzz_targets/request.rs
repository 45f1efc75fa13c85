//! Reads arbitrary bytes as a request: what is read can be written and read again as the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tradeseal_verifier::request::Request;

fuzz_target!(|bytes: &[u8]| {
    match Request::parse_unchecked_signature(bytes) {
        Ok(request) => {
            let again = Request::parse_unchecked_signature(&request.to_json());
            assert_eq!(again.as_ref(), Ok(&request));
            assert_eq!(Request::parse(bytes).is_ok(), request.check_signature().is_ok());
        }
        Err(refused) => assert!(!refused.remedy().is_empty() && refused.to_string().len() < 4096),
    }
});
