//! A disclosure shows one receivable and no key.

use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};

use serde_json::Value;
use tradeseal_primitives::field;

use super::scenario::*;
use crate::disclosure::*;
use crate::entry::Entry;

/// Every text and number in a file, entries' bytes aside.
fn values(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => fields.values().for_each(|value| values(value, found)),
        Value::Array(items) => items.iter().for_each(|value| values(value, found)),
        Value::String(text) => {
            found.insert(text.clone());
        }
        Value::Number(number) => {
            found.insert(number.to_string());
        }
        _ => {}
    }
}

fn values_of(bytes: &[u8]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    values(&serde_json::from_slice(bytes).unwrap(), &mut found);
    found
}

#[test]
fn no_nullifier_key_is_in_a_file_in_any_form() {
    for (bytes, of) in both().iter().zip([SUPPLIER, SECOND]) {
        let key = owner(of).nullifier_key.expose();
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(!text.contains(&field::to_decimal(&key)));
        assert!(!text.contains(&hex::encode(field::to_bytes(&key))));
        for logged in &Disclosure::parse(bytes).unwrap().body().entries {
            assert!(!logged.entry.windows(32).any(|window| window == field::to_bytes(&key)));
        }
    }
}

/// The log holds another receivable's mint and another's nullifier. Neighbours of a nullifier that is shown absent are published anyway, and are
/// the only foreign ones.
#[test]
fn no_commitment_or_nullifier_of_another_receivable_is_in_a_file() {
    for bytes in both() {
        let found = values_of(bytes);
        let disclosure = Disclosure::parse(bytes).unwrap();
        let body = disclosure.body();
        assert!(!found.contains("987654321"), "the stranger's commitment");
        let stranger = &world().log[usize::try_from(STRANGER).unwrap()];
        assert!(body.entries.iter().all(|logged| logged.entry != *stranger));
        let opened: BTreeSet<_> = body.notes.iter().map(|note| note.nullifier).collect();
        for logged in &body.entries {
            if let Entry::Transfer(transfer) = Entry::decode(&logged.entry).unwrap() {
                let own = transfer
                    .body
                    .nullifiers
                    .iter()
                    .any(|nullifier| opened.contains(nullifier));
                let received = body
                    .notes
                    .iter()
                    .any(|note| transfer.body.commitments.contains(&commitment(&note.opening)));
                assert!(own || received);
            }
        }
        let neighbours: BTreeSet<String> = body
            .notes
            .iter()
            .filter_map(|note| match &note.fate {
                Fate::Unspent(unspent) => Some([unspent.absence.low.value, unspent.absence.low.next]),
                Fate::Spent(_) => None,
            })
            .flatten()
            .map(|value| field::to_decimal(&value))
            .collect();
        let published = "123456789".to_string();
        assert!(!found.contains(&published) || neighbours.contains(&published));
    }
}

/// The supplier cannot show what its supplier's nullifier is, nor the other way round.
#[test]
fn one_owners_file_holds_no_nullifier_of_the_others_unspent_note() {
    let [suppliers, seconds] = both();
    let of = |body: Body| body.notes[2].nullifier.to_string();
    assert!(!values_of(suppliers).contains(&of(world().seconds())));
    assert!(!values_of(seconds).contains(&of(world().suppliers())));
}

#[test]
fn what_hides_notes_is_not_printed_by_accident() {
    let disclosure = Disclosure::parse(&both()[0]).unwrap();
    let printed = alloc::format!("{disclosure:?}");
    assert!(printed.contains("NoteRandomness(hidden)"), "{printed}");
    assert!(!printed.contains("rho"), "{printed}");
}
