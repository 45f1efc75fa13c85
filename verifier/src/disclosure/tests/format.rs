//! One disclosure has one byte form, in bounds.

use alloc::string::String;
use alloc::vec::Vec;
use alloc::{format, vec};

use proptest::prelude::*;
use tradeseal_primitives::hash::{Domain, digest_field, sha256};

use super::scenario::*;
use crate::disclosure::*;
use crate::verdict::Verdict;

fn text() -> String {
    String::from_utf8(both()[0].clone()).unwrap()
}

#[test]
fn a_disclosure_reads_as_it_was_written() {
    for bytes in both() {
        let read = Disclosure::parse(bytes).unwrap();
        assert_eq!(read.to_json(), *bytes);
    }
    let read = Disclosure::parse(&both()[0]).unwrap();
    assert_eq!(read.body().terms, terms());
    assert_eq!(read.body().publics(), world().suppliers().publics());
}

/// Written by hand, not by the code under test.
#[test]
fn the_canonical_form_is_the_specifications() {
    let mut body = world().seconds();
    body.notes.truncate(1);
    body.transfers.clear();
    body.entries.truncate(1);
    body.entries[0].entry = vec![1, 2, 3];
    body.entries[0].tlog_proof = String::from("c2sp\n");
    let terms = terms();
    let note = &body.notes[0];
    let expected = format!(
        "{{\n  \"version\": 1,\n  \"origin\": \"ledger.example/tradeseal\",\n  \"ledger_id\": \"{}\",\n  \
         \"audience\": \"Commercial Court\",\n  \"made\": 1790009900,\n  \"nonce\": \"{}\",\n  \"terms\": {{\n    \
         \"currency\": 978,\n    \"due_day\": 20800,\n    \"debtor\": \"{}\",\n    \"creditor\": \"{}\",\n    \
         \"document\": \"{}\",\n    \"receivable\": \"{}\",\n    \"flags\": 1,\n    \"number\": \"{}\"\n  }},\n  \
         \"debtor\": null,\n  \"creditor\": null,\n  \"invoice\": null,\n  \"notes\": [\n    {{\n      \
         \"opening\": {{\n        \"amount_minor\": \"60000\",\n        \"owner\": \"9000000000002\",\n        \
         \"rho\": \"20\",\n        \"r\": \"520\"\n      }},\n      \"nullifier\": \"{}\",\n      \
         \"created\": {{\n        \"entry\": 4,\n        \"output\": 0\n      }},\n      \"fate\": {{\n        \
         \"spent\": {{\n          \"entry\": 6,\n          \"input\": 0\n        }}\n      }}\n    }}\n  ],\n  \
         \"transfers\": [],\n  \"remaining\": null,\n  \"entries\": [\n    {{\n      \"index\": 0,\n      \
         \"entry\": \"AQID\",\n      \"tlog_proof\": \"c2sp\\n\"\n    }}\n  ]\n}}\n",
        hex::encode(sha256(&crate::entry::Entry::Genesis(genesis()).encode())),
        "09".repeat(32),
        terms.debtor,
        terms.creditor,
        terms.document,
        terms.receivable,
        terms.number,
        note.nullifier,
    );
    let hashed = sha256(format!("tradeseal/disclosure/v1\n{expected}").as_bytes());
    assert_eq!(body.digest().to_fr(), digest_field(Domain::DISCLOSURE, &hashed));
    let whole = String::from_utf8(proven(body).to_json()).unwrap();
    let head = format!(
        "{{\n  \"statement\": \"receivable/disclosure/v1\",\n  \"key_id\": \"{}\",\n  \"body\": {{\n    \"version\": 1,\n",
        keys().verifying.key_id()
    );
    assert!(whole.starts_with(&head), "{whole}");
    assert!(whole.contains("\n  },\n  \"proofs\": [\n    \""), "{whole}");
}

#[test]
fn the_same_values_in_another_spelling_are_refused_at_the_first_byte_that_differs() {
    let text = text();
    for (from, to, at) in [
        ("{\n  \"st", "{ \n  \"st", 1),
        ("\n}\n", "\n}", text.len() - 1),
        ("receivable/d", "receivable\\/d", 28),
        ("\"VAT\"", "\"vat\"", text.find("\"VAT\"").unwrap() + 1),
        ("DE111111111", "DE 111111111", text.find("DE111111111").unwrap() + 2),
    ] {
        let changed = text.replacen(from, to, 1);
        assert!(changed != text, "{to}");
        match Disclosure::parse(changed.as_bytes()) {
            Err(DisclosureError::NotCanonical { at: found }) => assert_eq!(found, at, "{to:?}"),
            other => panic!("{to:?}: {other:?}"),
        }
    }
}

#[test]
fn values_that_cannot_be_read_are_refused_naming_why() {
    let number = format!("\"number\": \"{}\",\n      \"next\"", terms().number);
    for (from, to, message) in [
        ("\"version\": 1", "\"version\": 2", "only version"),
        ("Commercial Court", "Court\\u001b", "verifier's name"),
        (
            "receivable/disclosure/v1",
            "receivable/disclosure/v2",
            "unknown statement",
        ),
        ("\"output\": 0", "\"output\": 256", "invalid value"),
        (
            "\"amount_minor\": \"100000\"",
            "\"amount_minor\": \"0100000\"",
            "without leading zeros",
        ),
        (
            "\"amount_minor\": \"100000\"",
            "\"amount_minor\": 100000",
            "invalid type",
        ),
        ("\"made\"", "\"make\"", "unknown field `make`"),
        (
            "\"remaining_ppb\": 900000000",
            "\"remaining_ppb\": 1000000001",
            "more than 1000000000",
        ),
        (
            "\"spent\": {\n            \"entry\": 4",
            "\"burnt\": {\n            \"entry\": 4",
            "unknown variant `burnt`",
        ),
        (
            &format!("\"number\": \"{}\"\n    }},\n    \"debtor\"", terms().number),
            "\"number\": \"0\"\n    },\n    \"debtor\"",
            "not 0",
        ),
        (
            &number,
            "\"number\": \"-1\",\n      \"next\"",
            "decimal digits below 2^64",
        ),
    ] {
        let changed = text().replacen(from, to, 1);
        assert!(changed != text(), "{from}");
        let error = Disclosure::parse(changed.as_bytes()).unwrap_err();
        assert!(matches!(error, DisclosureError::Json { .. }), "{to}: {error:?}");
        assert!(error.to_string().contains(message), "{to}: {error}");
    }
    let other = text().replacen("receivable/disclosure/v1", "receivable/mint/v2", 1);
    assert!(matches!(
        Disclosure::parse(other.as_bytes()),
        Err(DisclosureError::Statement { .. })
    ));
    let huge = vec![b' '; MAX_DISCLOSURE_BYTES + 1];
    let too_long = Disclosure::parse(&huge).unwrap_err();
    assert_eq!(too_long, DisclosureError::TooLong { bytes: huge.len() });
}

#[test]
fn a_path_of_another_height_is_refused() {
    let text = text();
    let at = text.find("\"siblings\": [\n").unwrap();
    let level = &text[at..];
    let first = level.find("            [").unwrap();
    let end = level.find("],\n").unwrap() + 3;
    let shorter = [&text[..at + first], &text[at + end..]].concat();
    let error = Disclosure::parse(shorter.as_bytes()).unwrap_err().to_string();
    assert!(
        error.contains("a path has 16 levels and an index below 4^16"),
        "{error}"
    );
}

fn refused_body(edit: impl FnOnce(&mut Body)) -> DisclosureError {
    let mut body = world().suppliers();
    let proofs: Vec<_> = body
        .publics()
        .iter()
        .map(|public| keys().prove(&public.rows(), 2))
        .collect();
    edit(&mut body);
    Disclosure::new(keys().verifying.key_id(), body, &proofs).unwrap_err()
}

#[test]
fn lists_out_of_bounds_or_out_of_order_are_refused() {
    let count = |error: &DisclosureError, expected: &str| match error {
        DisclosureError::Count { what, .. } => assert_eq!(*what, expected),
        other => panic!("{expected}: {other:?}"),
    };
    count(&refused_body(|body| body.notes.clear()), "notes");
    count(&refused_body(|body| body.notes.truncate(2)), "proofs");
    count(&refused_body(|body| body.entries.clear()), "entries");
    let outputs = refused_body(|body| body.transfers[0].outputs.truncate(3));
    count(&outputs, "outputs of a transfer");
    let many = refused_body(|body| {
        body.entries = (0..=MAX_ENTRIES as u64)
            .map(|index| LoggedEntry {
                index,
                ..body.entries[0].clone()
            })
            .collect();
    });
    count(&many, "entries");
    let swapped = refused_body(|body| body.entries.swap(0, 1));
    assert_eq!(
        swapped,
        DisclosureError::NotAscending {
            what: "entries",
            position: 2
        }
    );
    let repeated = refused_body(|body| body.transfers.push(body.transfers[0].clone()));
    assert_eq!(
        repeated,
        DisclosureError::NotAscending {
            what: "opened transfers",
            position: 2
        }
    );
    let twice = refused_body(|body| body.notes[1] = body.notes[0].clone());
    assert_eq!(twice, DisclosureError::RepeatedNote { first: 1, second: 2 });
}

#[test]
fn a_file_that_cannot_be_read_is_refused_with_its_number() {
    for bytes in [&b""[..], b"{}", b"[[[["] {
        refused(&report_on(&[bytes]), &[Check::DisclosureFormat], "cannot be read");
        refused(
            &report_on(&[&both()[0], bytes]),
            &[Check::DisclosureFormat],
            "file 2: the disclosure cannot be read",
        );
    }
    refused(&report_on(&[]), &[Check::DisclosureFormat], "0 files were given");
    let many = vec![&both()[0][..]; MAX_FILES + 1];
    refused(&report_on(&many), &[Check::DisclosureFormat], "65 files were given");
    assert!(report_on(&[b"{}"]).claims.is_empty());
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(Disclosure::parse(&bytes).is_err());
    }

    #[test]
    fn whatever_parses_is_canonical(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = both()[1].clone();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(parsed) = Disclosure::parse(&bytes) {
            prop_assert_eq!(parsed.to_json(), bytes);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn no_byte_of_a_file_is_free(at in any::<prop::sample::Index>(), flip in 1u8..) {
        let mut bytes = both()[0].clone();
        let at = at.index(bytes.len());
        bytes[at] ^= flip;
        prop_assert_eq!(report_on(&[&bytes, &both()[1]]).verdict, Verdict::NotVerified);
    }
}
