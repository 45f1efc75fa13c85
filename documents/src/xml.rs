//! XML as documents bring it: bytes to a tree that costs little and means one thing only.
//!
//! In scope: encoding, refusing DTDs, bounds on what parsing may cost, walking elements by namespace. Out of scope: what
//! any element means (`invoice`). An attacker who owns this part could show this program another document than the one
//! that other software reads from the same bytes.

mod element;
mod encoding;
mod limits;

pub(crate) use element::Element;
pub use element::ElementPath;
pub use encoding::MAX_BYTES;

use crate::error::InvoiceError;
use crate::quoted::Quoted;

/// Decodes and parses a document, then hands its root element to `read`.
pub(crate) fn with_root<T>(
    bytes: &[u8],
    read: impl FnOnce(&Element<'_>) -> Result<T, InvoiceError>,
) -> Result<T, InvoiceError> {
    let text = encoding::decode(bytes)?;
    limits::check(text)?;
    let options = roxmltree::ParsingOptions {
        allow_dtd: false,
        nodes_limit: limits::MAX_NODES,
        entity_resolver: None,
    };
    let document = roxmltree::Document::parse_with_options(text, options).map_err(|error| refusal(&error))?;
    read(&Element::root(document.root_element()))
}

fn refusal(error: &roxmltree::Error) -> InvoiceError {
    match error {
        roxmltree::Error::DtdDetected => InvoiceError::DocumentType,
        roxmltree::Error::NodesLimitReached => limits::too_many_nodes(),
        // Without a DTD only the five predefined entities exist.
        roxmltree::Error::UnknownEntityReference(name, _) => InvoiceError::Entity {
            name: Quoted::new(name),
        },
        other => InvoiceError::NotWellFormed {
            detail: Quoted::message(&other.to_string()),
        },
    }
}
