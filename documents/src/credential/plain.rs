//! Plain JSON by schema: `{"schema": .., "valid_from": .., "valid_until": .., "attributes": {slot: value}}`.
//!
//! In scope: that form and no other. Out of scope: encodings (schemas).

use tradeseal_primitives::receivable::Day;
use tradeseal_verifier::calendar::parse_day;
use tradeseal_verifier::credential::schema::Schema;

use super::imported::Imported;
use super::json::Json;
use super::problem::{ImportError, Problem, ProblemCause};
use crate::quoted::Quoted;

const MEMBERS: [&str; 4] = ["schema", "valid_from", "valid_until", "attributes"];

pub(super) fn read(document: &Json, schema: &Schema) -> Result<Imported, ImportError> {
    let named = document.member("schema").and_then(Json::scalar).unwrap_or_default();
    if named != schema.name() && named != schema.full_name() {
        return Err(ImportError::OtherKind {
            found: Quoted::new(named),
            schema: schema.full_name(),
            known: vec![schema.full_name()],
        });
    }
    let mut imported = Imported::empty(schema);
    imported.valid_from = day(document, "valid_from")?;
    imported.valid_until = day(document, "valid_until")?;
    let attributes = document.member("attributes").unwrap_or(&Json::Null);
    for (_, definition) in schema.slots() {
        let found = match attributes.member(&definition.name) {
            None | Some(Json::Null) => Err(ProblemCause::Missing {
                looked_for: vec![definition.name.clone()],
            }),
            Some(value) => value_of(value, &definition.name, |text| {
                definition.encoding.encode(text).map(|_| ())
            }),
        };
        let is_wrong = matches!(&found, Err(cause) if !matches!(cause, ProblemCause::Missing { .. }));
        match found {
            // Whoever writes this form means every value in it.
            Err(cause) if is_wrong => imported.refused.push(Problem::new(&definition.name, cause)),
            found => imported.record(schema, definition, found),
        }
    }
    imported.refused.extend(unknown(document, schema));
    imported.finish()
}

fn value_of(
    value: &Json,
    path: &str,
    check: impl Fn(&str) -> Result<(), tradeseal_verifier::credential::schema::ValueError>,
) -> Result<String, ProblemCause> {
    let path = path.to_string();
    let Some(text) = value.scalar() else {
        return Err(ProblemCause::NotAValue { path });
    };
    match check(text) {
        Ok(()) => Ok(text.to_string()),
        Err(problem) => Err(ProblemCause::Value {
            path,
            value: Quoted::new(text),
            problem,
        }),
    }
}

/// Names that neither the form nor the schema has.
fn unknown(document: &Json, schema: &Schema) -> Vec<Problem> {
    let members = |value: Option<&Json>| match value {
        Some(Json::Object(members)) => members.iter().map(|(name, _)| name.clone()).collect(),
        _ => Vec::new(),
    };
    let outer = members(Some(document))
        .into_iter()
        .filter(|name| !MEMBERS.contains(&name.as_str()));
    let inner = members(document.member("attributes"))
        .into_iter()
        .filter(|name| schema.slot(name).is_none());
    let escaped = |name: String| Quoted::new(&name).as_str().to_string();
    outer
        .chain(inner)
        .map(|name| Problem::new(&escaped(name), ProblemCause::UnknownSlot))
        .collect()
}

fn day(document: &Json, name: &str) -> Result<Option<Day>, ImportError> {
    match document.member(name) {
        None | Some(Json::Null) => Ok(None),
        Some(value) => {
            let text = value.scalar().unwrap_or_default();
            parse_day(text).map(Some).map_err(|_| ImportError::Day {
                path: name.to_string(),
                value: Quoted::new(text),
            })
        }
    }
}
