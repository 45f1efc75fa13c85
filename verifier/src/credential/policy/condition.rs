//! One condition on one attribute, and the predicate it is compiled to.
//!
//! In scope: which kinds there are, what each becomes. Out of scope: predicates' meaning (`primitives::credential`).
//! An attacker who owns this part has "not on the list" compiled to something that holds for everybody.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use tradeseal_primitives::credential::{Attribute, KeySet, Predicate, SetKey, Slot};

use super::{ConditionError, PolicyError};
use crate::credential::schema::{Encoding, Schema, SlotDefinition};
use crate::encoding::printable;

/// What is asked of one slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The slot's name in the schema.
    pub slot: String,
    /// What is asked.
    pub ask: Ask,
}

/// The kinds of conditions; values are written as documents write them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// The value itself.
    Reveal,
    /// It is this one.
    Is(String),
    /// It is there, and another than this one.
    IsNot(String),
    /// It lies between these, both included; an open end has no bound.
    Between {
        /// The least.
        from: Option<String>,
        /// The greatest.
        to: Option<String>,
    },
    /// It is one of these.
    In(List),
    /// It is there, and none of these.
    NotIn(List),
}

/// A list of values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// What people call it.
    pub name: Option<String>,
    /// Its members.
    pub members: Vec<String>,
}

impl Condition {
    /// The predicate, with the set that it is about.
    pub(super) fn compile(&self, schema: &Schema) -> Result<(Predicate, Option<KeySet>), PolicyError> {
        let (slot, definition) = schema.slot(&self.slot).ok_or_else(|| PolicyError::UnknownSlot {
            schema: schema.full_name(),
            slot: printable(&self.slot),
        })?;
        compile(slot, definition, &self.ask).map_err(|problem| PolicyError::Condition {
            slot: self.slot.clone(),
            problem,
        })
    }
}

fn compile(slot: Slot, definition: &SlotDefinition, ask: &Ask) -> Result<(Predicate, Option<KeySet>), ConditionError> {
    let encode = |text: &String| encoded(&definition.encoding, text);
    Ok(match ask {
        Ask::Reveal => (Predicate::Reveal(slot), None),
        Ask::Is(value) => (Predicate::Equal(slot, encode(value)?), None),
        Ask::IsNot(value) => (Predicate::NotEqual(slot, encode(value)?), None),
        Ask::Between { from, to } => (Predicate::Range(slot, range(&definition.encoding, from, to)?), None),
        Ask::In(list) => {
            let set = key_set(definition, list)?;
            (Predicate::InSet(slot, set.root()), Some(set))
        }
        Ask::NotIn(list) => {
            let set = key_set(definition, list)?;
            (Predicate::NotInSet(slot, set.root()), Some(set))
        }
    })
}

fn encoded(encoding: &Encoding, text: &str) -> Result<Attribute, ConditionError> {
    encoding.encode(text).map_err(|problem| ConditionError::Value {
        value: printable(text),
        problem,
    })
}

fn key_set(definition: &SlotDefinition, list: &List) -> Result<KeySet, ConditionError> {
    if !definition.in_sets {
        return Err(ConditionError::NoLists);
    }
    if list.members.is_empty() {
        return Err(ConditionError::EmptyList);
    }
    let keys = list
        .members
        .iter()
        .map(|member| Ok(SetKey::of(&encoded(&definition.encoding, member)?.to_fr())))
        .collect::<Result<Vec<_>, ConditionError>>()?;
    KeySet::new(keys).map_err(ConditionError::List)
}

fn range(encoding: &Encoding, from: &Option<String>, to: &Option<String>) -> Result<[SetKey; 2], ConditionError> {
    if !encoding.is_ordered() {
        return Err(ConditionError::NoOrder);
    }
    let least = SetKey::new(1).unwrap_or(SetKey::MAX);
    let bounds = [
        bound(encoding, from, '0', least)?,
        bound(encoding, to, '9', SetKey::MAX)?,
    ];
    match (from, to) {
        (None, None) => Err(ConditionError::NoBounds),
        _ if bounds[0] > bounds[1] => Err(ConditionError::Reversed),
        _ => Ok(bounds),
    }
}

/// A code of digits may be cut short: chapter 61 to 63 is 610000 to 639999.
fn bound(encoding: &Encoding, text: &Option<String>, fill: char, open: SetKey) -> Result<SetKey, ConditionError> {
    let Some(text) = text else { return Ok(open) };
    let full = match encoding {
        Encoding::Digits { length } => {
            let given = text.trim().to_string();
            let missing = usize::from(*length).saturating_sub(given.chars().filter(char::is_ascii_digit).count());
            format!("{given}{}", fill.to_string().repeat(missing))
        }
        _ => text.clone(),
    };
    Ok(SetKey::of(&encoded(encoding, &full)?.to_fr()))
}
