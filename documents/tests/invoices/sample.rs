//! The shipped samples, changed in one place at a time.

use tradeseal_documents::{Invoice, InvoiceError, SAMPLE_CII_INVOICE, SAMPLE_UBL_INVOICE, read_invoice};

/// The UBL sample with `from` replaced by `to`; `from` must be there.
pub(crate) fn ubl(from: &str, to: &str) -> String {
    replaced(SAMPLE_UBL_INVOICE, from, to)
}

/// The CII sample with `from` replaced by `to`; `from` must be there.
pub(crate) fn cii(from: &str, to: &str) -> String {
    replaced(SAMPLE_CII_INVOICE, from, to)
}

/// `text` with every `from` replaced by `to`; `from` must be there.
pub(crate) fn replaced(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "the text does not hold {from}");
    text.replace(from, to)
}

/// `text` with the first `from` replaced by `to`; `from` must be there.
pub(crate) fn replaced_once(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "the text does not hold {from}");
    text.replacen(from, to, 1)
}

/// `text` without the part from `start` up to and including the next `end`.
pub(crate) fn without(text: &str, start: &str, end: &str) -> String {
    let from = text.find(start).unwrap_or_else(|| panic!("no {start}"));
    let length = text[from..].find(end).unwrap_or_else(|| panic!("no {end}")) + end.len();
    format!("{}{}", &text[..from], &text[from + length..])
}

/// Reads what must be an invoice.
pub(crate) fn accepted(text: &str) -> Invoice {
    read_invoice(text.as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

/// Reads what must be refused, for the stated code, with a message that holds every one of `parts` and a remedy.
pub(crate) fn refused(text: impl AsRef<[u8]>, code: &str, parts: &[&str]) -> InvoiceError {
    let error = match read_invoice(text.as_ref()) {
        Ok(invoice) => panic!("accepted, where {code} was expected: {invoice:?}"),
        Err(error) => error,
    };
    let message = error.to_string();
    assert_eq!(error.code(), code, "{message}");
    for part in parts {
        assert!(message.contains(part), "no {part:?} in: {message}");
    }
    assert!(error.remedy().ends_with('.'), "no remedy for: {message}");
    error
}
