//! A document's values by the names of their slots, and the attributes they make.
//!
//! In scope: both directions, what is missing. Out of scope: where the values come from.
//! An attacker who owns this part has an issuer sign another value than it read.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use tradeseal_primitives::credential::Attributes;

use super::{Schema, ValuesError};
use crate::encoding::printable;

/// Values by slot, as text: each is one of its slot's encoding.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Values(BTreeMap<String, String>);

impl Values {
    /// No value yet.
    pub const fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// Sets a slot's value if it is one of its encoding.
    ///
    /// # Errors
    /// `UnknownSlot`, `Value`; nothing is set then.
    pub fn set(&mut self, schema: &Schema, slot: &str, text: &str) -> Result<(), ValuesError> {
        let (_, definition) = schema.slot(slot).ok_or_else(|| ValuesError::UnknownSlot {
            schema: schema.full_name(),
            slot: printable(slot),
        })?;
        let encoded = definition.encoding.encode(text);
        encoded.map_err(|problem| ValuesError::Value {
            slot: slot.to_string(),
            problem,
        })?;
        self.0.insert(slot.to_string(), text.trim().to_string());
        Ok(())
    }

    /// A slot's value.
    pub fn get(&self, slot: &str) -> Option<&str> {
        self.0.get(slot).map(String::as_str)
    }

    /// Slots with their values, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(slot, value)| (slot.as_str(), value.as_str()))
    }

    /// Required slots without a value.
    pub fn missing(&self, schema: &Schema) -> Vec<String> {
        let required = schema.slots().filter(|(_, definition)| definition.required);
        let missing = required.filter(|(_, definition)| !self.0.contains_key(&definition.name));
        missing.map(|(_, definition)| definition.name.clone()).collect()
    }

    /// The attributes that an issuer signs.
    ///
    /// # Errors
    /// `Missing` if a required slot has no value; `UnknownSlot` and `Value` if the values were set under another schema.
    pub fn attributes(&self, schema: &Schema) -> Result<Attributes, ValuesError> {
        let slots = self.missing(schema);
        if !slots.is_empty() {
            return Err(ValuesError::Missing {
                schema: schema.full_name(),
                slots,
            });
        }
        let mut attributes = Attributes::default();
        for (name, text) in &self.0 {
            let (slot, definition) = schema.slot(name).ok_or_else(|| ValuesError::UnknownSlot {
                schema: schema.full_name(),
                slot: name.clone(),
            })?;
            let attribute = definition.encoding.encode(text).map_err(|problem| ValuesError::Value {
                slot: name.clone(),
                problem,
            })?;
            attributes.set(slot, attribute);
        }
        Ok(attributes)
    }
}
