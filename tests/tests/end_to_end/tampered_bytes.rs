//! Every byte of a presentation counts: changed anywhere, it is Not verified, and the reason fits the place.

use std::ops::Range;

use tradeseal_verifier::verdict::Verdict;

use crate::financed::FIRST;
use crate::stage::{Stage, failed};

/// A value in the presentation's text.
struct Field {
    name: &'static str,
    place: Range<usize>,
}

const FIELDS: [&str; 9] = [
    "statement",
    "key_id",
    "request_digest",
    "note_root",
    "dilution_root",
    "nullifier",
    "proof",
    "state_entry",
    "tlog_proof",
];

fn fields(text: &str) -> Vec<Field> {
    FIELDS.map(|name| field(text, name)).into()
}

fn field(text: &str, name: &'static str) -> Field {
    let label = format!("\"{name}\": \"");
    let start = text.find(&label).unwrap() + label.len();
    let place = start..start + text[start..].find('"').unwrap();
    Field { name, place }
}

/// Whether these failed checks are the right reason for a change in this field. A change that leaves no canonical
/// presentation behind is told as that, wherever it is.
fn is_the_right_reason(field: Option<&str>, failed: &[&str]) -> bool {
    let among = |allowed: &[&str]| !failed.is_empty() && failed.iter().all(|name| allowed.contains(name));
    failed == ["presentation_format"]
        || match field {
            Some("statement") => failed == ["statement"],
            Some("key_id") => failed == ["key_known"],
            Some("request_digest") => failed == ["request_match"],
            Some("note_root") => failed == ["root_in_state", "proof"],
            Some("dilution_root") => failed == ["dilution_in_state", "proof"],
            Some("nullifier") => failed == ["proof"],
            Some("proof") => failed == ["proof_encoding"] || failed == ["proof"],
            Some("state_entry") => among(&["state_record", "log_inclusion", "root_in_state", "dilution_in_state"]),
            Some("tlog_proof") => among(&["checkpoint_signature", "log_inclusion"]),
            _ => false,
        }
}

/// Other values for a byte: one bit away, the neighbour among the characters of its kind (so that numbers stay numbers
/// and points are parsed), and one that is no text.
fn others(byte: u8) -> impl Iterator<Item = u8> {
    let neighbour = match byte {
        b'9' => b'0',
        b'f' => b'a',
        b'z' => b'b',
        b'Z' => b'B',
        b'0'..=b'8' | b'a'..=b'y' | b'A'..=b'Y' => byte + 1,
        _ => byte ^ 0x02,
    };
    let mut values = vec![byte ^ 0x01, neighbour, 0xff];
    values.dedup();
    values.into_iter()
}

#[test]
fn every_byte_of_a_presentation_changed_is_not_verified_for_the_right_reason() {
    let stage = Stage::financed();
    let (request, genuine) = (stage.request(FIRST), stage.presentation(FIRST).to_json());
    assert_eq!(stage.judge(&genuine, &request).verdict, Verdict::Verified);
    let fields = fields(std::str::from_utf8(&genuine).unwrap());
    let mut reached = [0_usize; 2];
    for at in 0..genuine.len() {
        let field = fields
            .iter()
            .find(|field| field.place.contains(&at))
            .map(|field| field.name);
        for byte in others(genuine[at]) {
            let mut changed = genuine.clone();
            changed[at] = byte;
            let report = stage.judge(&changed, &request);
            let failed = failed(&report);
            let place = format!("byte {at} ({field:?}) made {byte:#04x}: {}", report.sentence);
            assert_eq!(report.verdict, Verdict::NotVerified, "{place}");
            assert!(is_the_right_reason(field, &failed), "{place}: {failed:?}");
            assert!(report.claims.iter().all(|claim| claim.proven.is_none()), "{place}");
            reached[usize::from(failed != ["presentation_format"])] += 1;
        }
    }
    let [unread, read] = reached;
    println!(
        "{} bytes: {unread} changes leave no presentation, {read} are refused by what they say",
        genuine.len()
    );
    assert!(read > unread / 4, "changes must reach the checks behind the format");
}

#[test]
fn a_presentation_cut_short_or_added_to_is_not_verified() {
    let stage = Stage::financed();
    let (request, genuine) = (stage.request(FIRST), stage.presentation(FIRST).to_json());
    let cut = (0..genuine.len()).map(|length| genuine[..length].to_vec());
    let added = [&b"\n"[..], b" ", b"{}", b"\0"].map(|more| [&genuine, more].concat());
    let doubled = [&genuine[..], &genuine].concat();
    for bytes in cut.chain(added).chain([doubled]) {
        let report = stage.judge(&bytes, &request);
        assert_eq!(report.verdict, Verdict::NotVerified, "{} bytes", bytes.len());
        assert_eq!(failed(&report), ["presentation_format"], "{} bytes", bytes.len());
    }
}
