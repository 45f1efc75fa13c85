//! The policy file that a verifier writes.
//!
//! In scope: its shorthands: today, and days ahead. Out of scope: everything that requests have too (`wire`).

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::Deserialize;
use tradeseal_primitives::receivable::Day;

use super::wire::{WireCondition, WireIssuer, read_conditions, read_issuers};
use super::{ConditionError, MAX_POLICY_BYTES, Policy, PolicyError, PolicyTerms};
use crate::calendar::{format_day, parse_day};
use crate::credential::schema::{Encoding, Schema};
use crate::encoding::printable;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: String,
    purpose: String,
    trusted_issuers: Vec<WireIssuer>,
    #[serde(default)]
    day: Option<String>,
    #[serde(default)]
    once_in: Option<String>,
    conditions: Vec<WireCondition>,
}

impl Policy {
    /// Reads a policy file. Where it names no day, `today` is meant; `days_ahead` count from that day.
    ///
    /// # Errors
    /// `PolicyError` naming what is malformed or what the schema does not allow.
    pub fn from_file(bytes: &[u8], find: &dyn Fn(&str) -> Option<Schema>, today: Day) -> Result<Self, PolicyError> {
        if bytes.len() > MAX_POLICY_BYTES {
            return Err(PolicyError::TooLong { bytes: bytes.len() });
        }
        let file: File = serde_json::from_slice(bytes).map_err(|cause| PolicyError::Json {
            cause: printable(&cause.to_string()),
        })?;
        let schema = find(&file.schema).ok_or_else(|| PolicyError::UnknownSchema {
            schema: printable(&file.schema),
        })?;
        let day = file.day.as_deref().map_or(Ok(today), parse_day)?;
        let mut conditions = file.conditions;
        for condition in &mut conditions {
            resolve_days_ahead(condition, &schema, day)?;
        }
        Self::new(PolicyTerms {
            schema,
            purpose: printable(&file.purpose),
            issuers: read_issuers(file.trusted_issuers)?,
            day,
            once_in: file.once_in,
            conditions: read_conditions(conditions)?,
        })
    }
}

fn resolve_days_ahead(condition: &mut WireCondition, schema: &Schema, day: Day) -> Result<(), PolicyError> {
    let Some(ahead) = condition.days_ahead else {
        return Ok(());
    };
    let slot = printable(condition.slot());
    let refuse = |problem| PolicyError::Condition {
        slot: slot.clone(),
        problem,
    };
    let is_day = schema
        .slot(condition.slot())
        .is_some_and(|(_, definition)| definition.encoding == Encoding::Day {});
    let on = day.0.checked_add(ahead).map(|on| format_day(Day(on)));
    match on.filter(|on| is_day && parse_day(on).is_ok()) {
        Some(on) => condition.set_from(on).map_err(refuse),
        None => Err(refuse(ConditionError::NotADay)),
    }
}
