//! Every file of the folder of real documents is read into a schema, or refused with the fields named. Read in place.

use std::path::PathBuf;

use tradeseal_documents::credential::{ImportError, Imported, read_document};
use tradeseal_verifier::credential::schema::{BUILTIN, builtin};

/// Files of a folder; none, with a line saying so, where the folder is absent.
fn files(folder: &str) -> Vec<(String, Vec<u8>)> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data");
    let root = std::env::var_os("TRADESEAL_SHARED_DATA").map_or_else(|| PathBuf::from(default), PathBuf::from);
    let Ok(entries) = std::fs::read_dir(root.join(folder)) else {
        eprintln!("skipped: no shared data (set TRADESEAL_SHARED_DATA to read {folder})");
        return Vec::new();
    };
    let paths = entries.map(|entry| entry.unwrap().path());
    let mut json: Vec<PathBuf> = paths
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .collect();
    json.sort();
    let read = |path: PathBuf| {
        (
            path.file_stem().unwrap().to_str().unwrap().to_string(),
            std::fs::read(path).unwrap(),
        )
    };
    json.into_iter().map(read).collect()
}

fn read_into(bytes: &[u8], schema: &str, product: Option<&str>) -> Result<Imported, ImportError> {
    read_document(bytes, &builtin(schema).unwrap(), product)
}

/// Every schema's answer is either values for each required slot or problems that name their fields.
#[test]
fn every_real_document_is_read_or_refused_by_field() {
    for folder in ["traceability-vocab", "epcis"] {
        for (name, bytes) in files(folder) {
            let mut told = 0;
            for (schema, _) in BUILTIN {
                match read_into(&bytes, schema, None) {
                    Ok(imported) => {
                        assert!(
                            imported.values.attributes(&imported.schema).is_ok(),
                            "{name} into {schema}"
                        );
                        told += 1;
                    }
                    Err(ImportError::Refused { problems }) => {
                        assert!(
                            !problems.is_empty() && problems.iter().all(|p| !p.remedy().is_empty()),
                            "{name}"
                        );
                        told += 1;
                    }
                    Err(ImportError::WhichProduct { .. }) => told += 1,
                    Err(ImportError::OtherKind { .. }) => {}
                    Err(other) => panic!("{name} into {schema}: {other}"),
                }
            }
            assert!(told > 0, "{name}: no schema is for it");
        }
    }
}

#[test]
fn certificates_of_origin_are_read_with_their_attributes() {
    for (name, bytes) in files("traceability-vocab") {
        let expected: &[(&str, &str)] = match name.as_str() {
            "CertificationOfOrigin" => &[
                ("origin", "IT"),
                ("hs_code", "851671"),
                ("goods", "Espresso Italiano"),
                ("certified_by", "North Italy Chamber of Commerce"),
                ("export_day", "2022-02-02"),
                ("certified_day", "2019-12-11"),
            ],
            "USMCACertificationOfOrigin" => &[
                ("origin", "MX"),
                ("hs_chapter", "72"),
                ("agreement", "USMCA"),
                ("origin_criterion", "A"),
                ("blanket_until", "2023-12-31"),
            ],
            _ => continue,
        };
        let imported = read_into(&bytes, "certificate-of-origin", None).unwrap();
        for (slot, value) in expected {
            assert_eq!(imported.values.get(slot), Some(*value), "{name}: {slot}");
        }
    }
}

#[test]
fn bills_and_passports_are_read_with_their_attributes() {
    for (name, bytes) in files("traceability-vocab") {
        let (schema, expected): (&str, &[(&str, &str)]) = match name.as_str() {
            "CommercialInvoiceCredential" => (
                "electronic-bill",
                &[
                    ("number", "INV-1000288"),
                    ("kind", "INVOICE"),
                    ("amount", "9600"),
                    ("currency", "USD"),
                    ("seller_country", "MX"),
                ],
            ),
            "MultiModalBillOfLadingCredential" => (
                "electronic-bill",
                &[
                    ("number", "EX600822199A"),
                    ("kind", "BILL-OF-LADING"),
                    ("gross_weight", "15960"),
                    ("port_of_discharge", "USLGB"),
                ],
            ),
            "CBP7501EntrySummaryCredential" => (
                "trade-passport",
                &[
                    ("origin", "SG"),
                    ("destination", "US"),
                    ("hs_code", "220421"),
                    ("hs_chapter", "22"),
                    ("gross_weight", "7420"),
                    ("export_day", "2022-02-06"),
                ],
            ),
            _ => continue,
        };
        let imported = read_into(&bytes, schema, None).unwrap();
        for (slot, value) in expected {
            assert_eq!(imported.values.get(slot), Some(*value), "{name}: {slot}");
        }
    }
}

/// Countries by name instead of code, and weights in pounds, are refused or left out, never guessed.
#[test]
fn what_real_documents_write_another_way_is_named() {
    for (name, bytes) in files("traceability-vocab") {
        match name.as_str() {
            "PhytosanitaryCredential" => {
                let refused = read_into(&bytes, "certificate-of-origin", None)
                    .unwrap_err()
                    .to_string();
                assert!(
                    refused.contains("origin: ") && refused.contains("Virgin Islands, U.S."),
                    "{refused}"
                );
            }
            "CommercialInvoiceCredential" => {
                let imported = read_into(&bytes, "electronic-bill", None).unwrap();
                let weight = imported
                    .left_out
                    .iter()
                    .find(|problem| problem.slot == "gross_weight")
                    .unwrap();
                assert!(weight.to_string().contains("\"lbs\""), "{weight}");
                let goods = imported.left_out.iter().find(|problem| problem.slot == "goods");
                assert!(goods.is_none_or(|problem| problem.to_string().contains("different values")));
            }
            _ => {}
        }
    }
}

#[test]
fn real_events_become_cards_of_the_products_that_they_name() {
    for (name, bytes) in files("epcis") {
        let (product, events) = match name.as_str() {
            "ObjectEvent" => ("urn:epc:id:sgtin:0614141.107346.2018", "2"),
            // Of two events, one was declared erroneous.
            "ObjectEvent_with_error_declaration" => ("urn:epc:id:sgtin:0614141.107346.2018", "1"),
            "TransformationEvent" => ("https://id.gs1.org/01/04012345778892/21/27", "1"),
            _ => continue,
        };
        let card = match read_into(&bytes, "product-identity-card", Some(product)) {
            Ok(card) => card,
            Err(error) => panic!("{name}: {error}"),
        };
        assert_eq!(card.values.get("custody_events"), Some(events), "{name}");
    }
}
