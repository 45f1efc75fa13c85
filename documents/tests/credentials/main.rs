//! What reading a document into a schema promises: the shipped samples, hostile JSON, and every real document.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod events;
mod problems;
mod real_documents;
mod shipped_samples;

use tradeseal_documents::credential::{ImportError, Imported, read_document};
use tradeseal_verifier::credential::schema::builtin;

fn read(text: &str, schema: &str) -> Result<Imported, ImportError> {
    read_document(text.as_bytes(), &builtin(schema).unwrap(), None)
}
