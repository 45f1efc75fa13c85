//! Elements by namespace, never by prefix, with the path that errors name.
//!
//! In scope: children, text, attributes, cardinality. Out of scope: meaning. An attacker who owns this part could have a
//! second amount overlooked, or half of one read.

use core::fmt;

use crate::error::InvoiceError;
use crate::quoted::{Quoted, is_invisible};

/// Longest value read out of an element or attribute, in bytes.
const MAX_VALUE_BYTES: usize = 512;

/// The namespaces that names below are written in, under the prefixes that the standards' own texts use.
const NAMESPACES: [(&str, &str); 6] = [
    (
        "cbc",
        "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
    ),
    (
        "cac",
        "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    ),
    ("rsm", "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"),
    (
        "ram",
        "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    ),
    ("udt", "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"),
    ("qdt", "urn:un:unece:uncefact:data:standard:QualifiedDataType:100"),
];

/// Where in a document something stands, as an XPath with the standards' prefixes, whatever prefixes the document uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ElementPath(String);

impl ElementPath {
    /// The path as text, such as `Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn child(&self, name: &str) -> Self {
        Self(format!("{}/{name}", self.0))
    }
}

impl fmt::Display for ElementPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An element of a parsed document.
#[derive(Debug, Clone)]
pub(crate) struct Element<'d> {
    node: roxmltree::Node<'d, 'd>,
    path: ElementPath,
}

impl<'d> Element<'d> {
    pub(super) fn root(node: roxmltree::Node<'d, 'd>) -> Self {
        let path = ElementPath(node.tag_name().name().to_owned());
        Self { node, path }
    }

    pub(crate) const fn path(&self) -> &ElementPath {
        &self.path
    }

    pub(crate) fn local_name(&self) -> &'d str {
        self.node.tag_name().name()
    }

    pub(crate) fn namespace(&self) -> Option<&'d str> {
        self.node.tag_name().namespace()
    }

    /// Every child of this name, which is written `prefix:Local` with a prefix of [`NAMESPACES`].
    pub(crate) fn all(&self, name: &'static str) -> Vec<Self> {
        let mut found: Vec<Self> = self
            .node
            .children()
            .filter(|node| node.is_element() && is_named(*node, name))
            .map(|node| Self {
                node,
                path: self.path.child(name),
            })
            .collect();
        if found.len() > 1 {
            for (index, element) in found.iter_mut().enumerate() {
                element.path.0.push_str(&format!("[{}]", index + 1));
            }
        }
        found
    }

    /// The child of this name where the standard allows at most one.
    pub(crate) fn optional(&self, name: &'static str) -> Result<Option<Self>, InvoiceError> {
        let mut found = self.all(name);
        match found.len() {
            0 | 1 => Ok(found.pop()),
            count => Err(InvoiceError::Repeated {
                path: self.path.child(name),
                count,
            }),
        }
    }

    /// The child of this name where exactly one is needed.
    pub(crate) fn required(&self, name: &'static str) -> Result<Self, InvoiceError> {
        self.optional(name)?.ok_or_else(|| self.missing(name))
    }

    /// The error of a child, or a path of children, that is not there.
    pub(crate) fn missing(&self, name: &'static str) -> InvoiceError {
        InvoiceError::Missing {
            path: self.path.child(name),
        }
    }

    /// The element's value: all of its text (a comment inside splits it for the parser, not for us), trimmed.
    pub(crate) fn text(&self) -> Result<String, InvoiceError> {
        let mut text = String::new();
        for child in self.node.children() {
            if child.is_element() {
                return Err(InvoiceError::UnexpectedChild {
                    path: self.path.clone(),
                    child: Quoted::new(child.tag_name().name()),
                });
            }
            if child.is_text() {
                text.push_str(child.text().unwrap_or_default());
            }
        }
        bounded(&self.path, &text)
    }

    /// An attribute without a namespace, trimmed; `None` if it is not there.
    pub(crate) fn attribute(&self, name: &'static str) -> Result<Option<String>, InvoiceError> {
        let value = self.node.attribute(name);
        value
            .map(|value| bounded(&self.attribute_path(name), value))
            .transpose()
    }

    /// An attribute that must be there.
    pub(crate) fn required_attribute(&self, name: &'static str) -> Result<String, InvoiceError> {
        self.attribute(name)?.ok_or_else(|| InvoiceError::Missing {
            path: self.attribute_path(name),
        })
    }

    pub(crate) fn attribute_path(&self, name: &'static str) -> ElementPath {
        self.path.child(&format!("@{name}"))
    }
}

fn is_named(node: roxmltree::Node<'_, '_>, name: &'static str) -> bool {
    NAMESPACES.iter().any(|(prefix, uri)| {
        let local = name.strip_prefix(prefix).and_then(|rest| rest.strip_prefix(':'));
        local.is_some_and(|local| node.tag_name().name() == local && node.tag_name().namespace() == Some(uri))
    })
}

/// A value that is there, of sane length, and that looks like what it is.
fn bounded(path: &ElementPath, text: &str) -> Result<String, InvoiceError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(InvoiceError::Empty { path: path.clone() });
    }
    if text.len() > MAX_VALUE_BYTES {
        return Err(InvoiceError::TooLong {
            path: path.clone(),
            value: Quoted::new(text),
            limit: MAX_VALUE_BYTES,
        });
    }
    if let Some(character) = text
        .chars()
        .find(|c| is_invisible(*c) || (c.is_control() && !c.is_ascii_whitespace()))
    {
        return Err(InvoiceError::InvisibleCharacter {
            path: path.clone(),
            value: Quoted::new(text),
            code_point: character as u32,
        });
    }
    Ok(text.to_owned())
}
