//! Trade documents that become credentials: verifiable credentials, events of the supply chain, plain JSON by schema.
//!
//! In scope: values for a schema's slots, with what a document lacks or says twice (`docs/credentials.md`). Out of scope: whether the document is
//! genuine: whoever issues a credential on it must know; proofs inside of documents are not checked here.
//! An attacker who owns this part decides what an issuer believes that a document says.

mod convert;
mod custody;
mod epcis;
mod imported;
mod json;
mod mapping;
mod path;
mod plain;
mod problem;
mod product;

pub use custody::{CustodyStep, custody_digest};
pub use imported::Imported;
pub use json::{JsonError, MAX_JSON_BYTES};
pub use problem::{ImportError, Problem, ProblemCause};
pub use product::Product;

use json::Json;
use mapping::Mapping;
use tradeseal_verifier::credential::schema::Schema;

use crate::quoted::Quoted;

/// Reads a document into a schema. `product` says which one is meant where events name several, by URI or digital link.
///
/// # Errors
/// `ImportError` naming every required field that is missing, given twice or in another form.
pub fn read_document(bytes: &[u8], schema: &Schema, product: Option<&str>) -> Result<Imported, ImportError> {
    let document = Json::parse(bytes)?;
    if document.member("attributes").is_some() {
        return plain::read(&document, schema);
    }
    let is_events = path::values(&document, "type[]")
        .iter()
        .any(|kind| kind.scalar() == Some(epcis::DOCUMENT));
    if is_events && schema.name() == epcis::SCHEMA {
        return epcis::read(&document, schema, product);
    }
    match Mapping::into_schema(schema) {
        Some(mapping) => mapping.read(&document, schema),
        None => Err(ImportError::OtherKind {
            found: Quoted::new("the document"),
            schema: schema.full_name(),
            known: vec![epcis::DOCUMENT.to_string(), "plain JSON by schema".to_string()],
        }),
    }
}
