//! Reads arbitrary bytes as an invoice: no panic, no runaway, and what is accepted or refused is so for a stated reason.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tradeseal_documents::read_invoice;

fuzz_target!(|bytes: &[u8]| {
    match read_invoice(bytes) {
        Ok(invoice) => {
            assert!(invoice.amount_minor.0 > 0);
            assert!(!invoice.invoice_number.is_empty());
            // The same bytes are the same invoice.
            assert_eq!(read_invoice(bytes).as_ref(), Ok(&invoice));
        }
        Err(error) => {
            assert!(!error.code().is_empty() && !error.remedy().is_empty());
            assert!(error.to_string().len() < 4096);
        }
    }
});
