use super::read;
use tradeseal_documents::SAMPLE_EPCIS_EVENTS;
use tradeseal_documents::credential::{ImportError, custody_digest, read_document};
use tradeseal_verifier::credential::schema::builtin;

const SCHEMA: &str = "product-identity-card";

#[test]
fn events_become_a_card_with_its_chain_of_custody_in_order() {
    let imported = read(SAMPLE_EPCIS_EVENTS, SCHEMA).unwrap();
    let steps: Vec<(&str, &str)> = imported
        .custody
        .iter()
        .map(|step| (step.step.as_str(), step.read_point.as_str()))
        .collect();
    assert_eq!(
        steps,
        [
            ("commissioning", "urn:epc:id:sgln:4006381.00001.0"),
            ("shipping", "urn:epc:id:sgln:4006381.00001.0"),
            ("retail_selling", "urn:epc:id:sgln:4006381.00002.0"),
        ],
        "in order of time, without the event that was declared erroneous"
    );
    let digest = custody_digest(&imported.custody);
    for (slot, value) in [
        ("gtin", "04006381333931"),
        ("serial", "NL-000417"),
        ("batch", "2026-W38"),
        ("origin", "DE"),
        ("custody_events", "3"),
        ("custody_digest", digest.as_str()),
        ("last_event_day", "2026-10-14"),
        ("last_step", "retail_selling"),
        ("holder_location", "urn:epc:id:sgln:4006381.00003.0"),
    ] {
        assert_eq!(imported.values.get(slot), Some(value), "{slot}");
    }
}

#[test]
fn a_step_left_out_moved_or_changed_is_another_digest() {
    let steps = read(SAMPLE_EPCIS_EVENTS, SCHEMA).unwrap().custody;
    let whole = custody_digest(&steps);
    assert_ne!(custody_digest(&steps[1..]), whole);
    let mut swapped = steps.clone();
    swapped.swap(0, 1);
    assert_ne!(custody_digest(&swapped), whole);
    let mut moved = steps;
    let place = core::mem::take(&mut moved[2].location);
    moved[2].read_point.push_str(&place);
    assert_ne!(custody_digest(&moved), whole);
}

#[test]
fn of_several_products_one_must_be_named() {
    let second = SAMPLE_EPCIS_EVENTS.replacen("sgtin:4006381.033393.NL-000417", "sgtin:4006381.033393.NL-000418", 1);
    let refused = read(&second, SCHEMA).unwrap_err();
    assert!(
        matches!(&refused, ImportError::WhichProduct { count: 2, .. }),
        "{refused}"
    );
    let schema = builtin(SCHEMA).unwrap();
    let meant = |uri: &str| read_document(second.as_bytes(), &schema, Some(uri));
    let card = meant("https://example.com/01/04006381333931/21/NL-000418").unwrap();
    assert_eq!(card.values.get("custody_events"), Some("1"));
    assert!(matches!(
        meant("https://example.com/01/04006381333931/21/NL-000419"),
        Err(ImportError::WhichProduct { .. })
    ));
    assert!(matches!(meant("nonsense"), Err(ImportError::WhichProduct { .. })));
}

#[test]
fn events_without_a_time_or_a_product_are_refused() {
    let timeless = SAMPLE_EPCIS_EVENTS.replacen("2026-09-18T06:00:00Z", "last week", 1);
    assert!(matches!(read(&timeless, SCHEMA), Err(ImportError::Day { .. })));
    let nothing = r#"{"type":"EPCISDocument","epcisBody":{"eventList":[]}}"#;
    assert!(matches!(
        read(nothing, SCHEMA),
        Err(ImportError::WhichProduct { count: 0, .. })
    ));
}
