//! Mappings: which fields of which documents become which slots, as data files in `mappings/`.
//!
//! In scope: reading values by a mapping, with what is missing or given twice. Out of scope: events (`epcis`), plain JSON (`plain`).
//! An attacker who changes a mapping has an issuer sign the importer's name as the exporter's.

use std::collections::BTreeMap;

use serde::Deserialize;
use tradeseal_primitives::receivable::Day;
use tradeseal_verifier::calendar::parse_day;
use tradeseal_verifier::credential::schema::{Schema, SlotDefinition};

use super::convert::{Conversion, day_of};
use super::imported::Imported;
use super::json::Json;
use super::path::values;
use super::problem::{ImportError, ProblemCause};
use crate::quoted::Quoted;

/// The mappings that come with this version: one for each schema that verifiable credentials are read into.
const BUILTIN: [&str; 4] = [
    include_str!("../../mappings/trade-passport.json"),
    include_str!("../../mappings/electronic-bill.json"),
    include_str!("../../mappings/certificate-of-origin.json"),
    include_str!("../../mappings/kyc.json"),
];

/// A mapping.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mapping {
    /// Name of the schema.
    schema: String,
    /// Types of documents.
    kinds: Vec<String>,
    /// First day of validity.
    valid_from: Vec<String>,
    /// Last day of validity.
    valid_until: Vec<String>,
    /// For each slot where its value may stand, best first.
    slots: BTreeMap<String, Vec<Source>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    path: String,
    #[serde(default, rename = "as")]
    conversion: Conversion,
    /// Only for documents of this type.
    #[serde(default)]
    kind: Option<String>,
    /// A value that the type of document itself says, instead of one at the path.
    #[serde(default)]
    constant: Option<String>,
}

impl Mapping {
    /// The mapping into a schema.
    pub(super) fn into_schema(schema: &Schema) -> Option<Self> {
        let mappings = BUILTIN
            .iter()
            .filter_map(|text| serde_json::from_str::<Self>(text).ok());
        mappings.into_iter().find(|mapping| mapping.schema == schema.name())
    }

    /// Reads a document of one of the mapping's kinds.
    pub(super) fn read(&self, document: &Json, schema: &Schema) -> Result<Imported, ImportError> {
        let types: Vec<&str> = values(document, "type[]")
            .into_iter()
            .filter_map(Json::scalar)
            .collect();
        let kind = types.iter().find(|kind| self.kinds.iter().any(|known| known == *kind));
        let Some(kind) = kind else {
            return Err(ImportError::OtherKind {
                found: Quoted::new(&types.join(", ")),
                schema: schema.full_name(),
                known: self.kinds.clone(),
            });
        };
        let mut imported = Imported::empty(schema);
        for (_, definition) in schema.slots() {
            let sources = self.slots.get(&definition.name).map_or(&[][..], Vec::as_slice);
            let found = read_slot(document, definition, sources, kind);
            imported.record(schema, definition, found);
        }
        imported.valid_from = day(document, &self.valid_from)?;
        imported.valid_until = day(document, &self.valid_until)?;
        imported.finish()
    }
}

/// The slot's value from the first of its sources that has any.
fn read_slot(
    document: &Json,
    definition: &SlotDefinition,
    sources: &[Source],
    kind: &str,
) -> Result<String, ProblemCause> {
    let sources = sources
        .iter()
        .filter(|source| source.kind.as_deref().is_none_or(|only| only == kind));
    let mut looked_for = Vec::new();
    for source in sources {
        if let Some(constant) = &source.constant {
            return Ok(constant.clone());
        }
        let found = values(document, &source.path);
        if !found.is_empty() {
            return one_value(definition, source, &found);
        }
        looked_for.push(source.path.clone());
    }
    Err(ProblemCause::Missing { looked_for })
}

/// All values of one source are one value.
fn one_value(definition: &SlotDefinition, source: &Source, found: &[&Json]) -> Result<String, ProblemCause> {
    let mut distinct: Vec<String> = Vec::new();
    for value in found {
        let text = source.conversion.read(&source.path, value)?;
        check_value(definition, &source.path, &text)?;
        if !distinct.contains(&text) {
            distinct.push(text);
        }
    }
    match distinct.as_slice() {
        [one] => Ok(one.clone()),
        [first, second, ..] => Err(ProblemCause::Several {
            path: source.path.clone(),
            first: Quoted::new(first),
            second: Quoted::new(second),
            count: distinct.len(),
        }),
        [] => Err(ProblemCause::Missing {
            looked_for: vec![source.path.clone()],
        }),
    }
}

fn check_value(definition: &SlotDefinition, path: &str, text: &str) -> Result<(), ProblemCause> {
    definition
        .encoding
        .encode(text)
        .map(|_| ())
        .map_err(|problem| ProblemCause::Value {
            path: path.to_string(),
            value: Quoted::new(text),
            problem,
        })
}

fn day(document: &Json, paths: &[String]) -> Result<Option<Day>, ImportError> {
    for path in paths {
        if let Some(text) = values(document, path).first().and_then(|value| value.scalar()) {
            let parsed = parse_day(day_of(text));
            return parsed.map(Some).map_err(|_| ImportError::Day {
                path: path.clone(),
                value: Quoted::new(text),
            });
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tradeseal_verifier::credential::schema::builtin;

    #[test]
    fn every_mapping_reads_and_names_slots_that_its_schema_has() {
        for text in BUILTIN {
            let mapping: Mapping = serde_json::from_str(text).unwrap();
            let schema = builtin(&mapping.schema).unwrap();
            assert!(Mapping::into_schema(&schema).is_some());
            for (slot, sources) in &mapping.slots {
                let (_, definition) = schema.slot(slot).unwrap();
                for source in sources {
                    assert_ne!(source.path.is_empty(), source.constant.is_none(), "{slot}");
                    if let Some(constant) = &source.constant {
                        assert!(definition.encoding.encode(constant).is_ok(), "{slot}");
                    }
                }
            }
        }
    }
}
