//! Schemas: what each of a credential's sixteen slots means, how its values are encoded, and for which purpose who may ask what of it.
//!
//! In scope: reading a schema's JSON, its id, values to attributes and back. Out of scope: documents that hold such values (crate `documents`).
//! An attacker who changes a schema changes its id, so no credential of the old one answers a request about the new one.

mod builtin;
mod encoding;
mod error;
mod values;

pub use builtin::{BUILTIN, builtin};
pub use encoding::{CodeList, Encoding, MAX_TEXT_BYTES, Shown};
pub use error::{SchemaError, ValueError, ValuesError};
pub use values::Values;

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use tradeseal_primitives::credential::{SLOTS, SchemaId, Slot};

use crate::encoding as json;

/// Largest schema read.
pub const MAX_SCHEMA_BYTES: usize = 64 * 1024;

const MAX_NAME_BYTES: usize = 32;
const MAX_TITLE_BYTES: usize = 200;
const MAX_PURPOSES: usize = 16;

/// A schema whose parts are in bounds and fit each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schema {
    content: Content,
    id: SchemaId,
}

/// A schema as it is written, in the order in which it is hashed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    name: String,
    version: u32,
    title: String,
    purposes: Vec<Purpose>,
    slots: Vec<SlotDefinition>,
}

/// What a request may be for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Purpose {
    /// Name in policies.
    pub name: String,
    /// For people.
    pub title: String,
}

/// What a slot holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SlotDefinition {
    /// Name in documents and policies.
    pub name: String,
    /// For people.
    pub title: String,
    /// How its values become attributes.
    pub encoding: Encoding,
    /// Whether every credential of the schema has it.
    pub required: bool,
    /// Whether it may be looked up in lists.
    pub in_sets: bool,
    /// Purposes for which a condition on it is in place.
    pub ask_for: Vec<String>,
    /// Purposes for which its value may be revealed.
    pub reveal_for: Vec<String>,
}

impl Schema {
    /// Reads a schema.
    ///
    /// # Errors
    /// `SchemaError` naming what is malformed or contradicts itself.
    pub fn parse(bytes: &[u8]) -> Result<Self, SchemaError> {
        if bytes.len() > MAX_SCHEMA_BYTES {
            return Err(SchemaError::TooLong { bytes: bytes.len() });
        }
        let content: Content = serde_json::from_slice(bytes).map_err(|cause| SchemaError::Json {
            cause: json::printable(&cause.to_string()),
        })?;
        content.check()?;
        let id = SchemaId::of(&content.canonical());
        Ok(Self { content, id })
    }

    /// `digest_field(schema, SHA-256(canonical))`; canonical is the schema's JSON with its fields in order and no white space.
    pub const fn id(&self) -> SchemaId {
        self.id
    }

    /// Name with version, such as `trade-passport/v1`.
    pub fn full_name(&self) -> String {
        alloc::format!("{}/v{}", self.content.name, self.content.version)
    }

    /// Name without version.
    pub fn name(&self) -> &str {
        &self.content.name
    }

    /// For people.
    pub fn title(&self) -> &str {
        &self.content.title
    }

    /// What a request may be for.
    pub fn purposes(&self) -> &[Purpose] {
        &self.content.purposes
    }

    /// A purpose by its name.
    pub fn purpose(&self, name: &str) -> Option<&Purpose> {
        self.content.purposes.iter().find(|purpose| purpose.name == name)
    }

    /// Every slot that has a meaning, in order: the first is slot 0.
    pub fn slots(&self) -> impl Iterator<Item = (Slot, &SlotDefinition)> {
        let numbered = (0..).zip(&self.content.slots);
        numbered.filter_map(|(number, definition)| Some((Slot::new(number).ok()?, definition)))
    }

    /// A slot by its name.
    pub fn slot(&self, name: &str) -> Option<(Slot, &SlotDefinition)> {
        self.slots().find(|(_, definition)| definition.name == name)
    }

    /// What a slot holds; `None` where the schema gives it no meaning.
    pub fn definition(&self, slot: Slot) -> Option<&SlotDefinition> {
        self.content.slots.get(slot.index())
    }
}

impl Content {
    fn canonical(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("our types have text keys and cannot fail to serialise")
    }

    fn check(&self) -> Result<(), SchemaError> {
        check_name(&self.name)?;
        check_title(&self.title)?;
        if self.slots.is_empty() || self.slots.len() > SLOTS {
            return Err(SchemaError::SlotCount {
                count: self.slots.len(),
            });
        }
        if self.purposes.len() > MAX_PURPOSES {
            return Err(SchemaError::PurposeCount {
                count: self.purposes.len(),
            });
        }
        let names = self.purposes.iter().map(|purpose| &purpose.name);
        distinct(names.chain(self.slots.iter().map(|slot| &slot.name)))?;
        for purpose in &self.purposes {
            check_name(&purpose.name)?;
            check_title(&purpose.title)?;
        }
        self.slots.iter().try_for_each(|slot| self.check_slot(slot))
    }

    fn check_slot(&self, slot: &SlotDefinition) -> Result<(), SchemaError> {
        check_name(&slot.name)?;
        check_title(&slot.title)?;
        slot.encoding.check().map_err(|problem| SchemaError::Encoding {
            slot: slot.name.clone(),
            problem,
        })?;
        for purpose in slot.ask_for.iter().chain(&slot.reveal_for) {
            if !self.purposes.iter().any(|known| known.name == *purpose) {
                return Err(SchemaError::UnknownPurpose {
                    slot: slot.name.clone(),
                    purpose: json::printable(purpose),
                });
            }
        }
        Ok(())
    }
}

fn check_name(name: &str) -> Result<(), SchemaError> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-');
    let good = name.bytes().all(plain) && name.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase());
    if good && name.len() <= MAX_NAME_BYTES {
        return Ok(());
    }
    Err(SchemaError::Name {
        name: json::printable(name),
    })
}

fn check_title(title: &str) -> Result<(), SchemaError> {
    if !title.is_empty() && title.len() <= MAX_TITLE_BYTES && title.chars().all(json::is_plain) {
        return Ok(());
    }
    Err(SchemaError::Title {
        title: json::printable(title),
    })
}

fn distinct<'a>(names: impl Iterator<Item = &'a String>) -> Result<(), SchemaError> {
    let mut seen: Vec<&String> = Vec::new();
    for name in names {
        if seen.contains(&name) {
            return Err(SchemaError::Repeated { name: name.clone() });
        }
        seen.push(name);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
