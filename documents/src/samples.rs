//! Sample documents of our own making, shipped with the program. Every name and number in them is invented.
//!
//! In scope: the text. Out of scope: what reading it gives. An attacker who owns this part could embarrass a demonstration.

/// A UBL 2.1 invoice in the Peppol BIS Billing 3.0 profile: EUR 1,000,000.00 for machine tools, due in 90 days.
pub const SAMPLE_UBL_INVOICE: &str = include_str!("../samples/invoice-ubl.xml");

/// A credit note of EUR 50,000.00 for the sample invoice, in UBL 2.1.
pub const SAMPLE_UBL_CREDIT_NOTE: &str = include_str!("../samples/credit-note-ubl.xml");

/// The same invoice in CII syntax: another file, the same fingerprint.
pub const SAMPLE_CII_INVOICE: &str = include_str!("../samples/invoice-cii.xml");

/// A sample for each schema, as plain JSON: schema name and document. All names and numbers are invented.
pub const SAMPLE_CREDENTIALS: [(&str, &str); 5] = [
    (
        "trade-passport",
        include_str!("../samples/credentials/trade-passport.json"),
    ),
    (
        "product-identity-card",
        include_str!("../samples/credentials/product-identity-card.json"),
    ),
    (
        "electronic-bill",
        include_str!("../samples/credentials/electronic-bill.json"),
    ),
    (
        "certificate-of-origin",
        include_str!("../samples/credentials/certificate-of-origin.json"),
    ),
    ("kyc", include_str!("../samples/credentials/kyc.json")),
];

/// A product's events in EPCIS 2.0, one of them declared erroneous.
pub const SAMPLE_EPCIS_EVENTS: &str = include_str!("../samples/credentials/product-events.json");

/// A certificate of origin as a verifiable credential.
pub const SAMPLE_VERIFIABLE_CREDENTIAL: &str = include_str!("../samples/credentials/certificate-of-origin.vc.json");
