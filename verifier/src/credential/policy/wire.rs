//! A policy's JSON, in files and in requests.
//!
//! In scope: shape; unknown fields are refused. Out of scope: bounds between values (`Policy`, `file`).

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use tradeseal_primitives::Fr;
use tradeseal_primitives::credential::{SchemaId, TrustedIssuer};
use tradeseal_primitives::eddsa::PublicKey;

use super::{
    Ask, Condition, ConditionError, Issuer, List, MAX_LINE_BYTES, Policy, PolicyError, PolicyTerms, TrustedIssuers,
};
use crate::calendar::{format_day, parse_day};
use crate::credential::schema::Schema;
use crate::encoding::{self, printable};

/// One line of visible text.
pub(crate) fn is_one_line(text: &str) -> bool {
    !text.is_empty() && text.len() <= MAX_LINE_BYTES && text.trim() == text && text.chars().all(encoding::is_plain)
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireIssuer {
    name: String,
    #[serde(with = "encoding::field_element")]
    x: Fr,
    #[serde(with = "encoding::field_element")]
    y: Fr,
    from: String,
    until: String,
}

impl WireIssuer {
    pub(super) fn read(self) -> Result<Issuer, PolicyError> {
        let key = PublicKey::from_coordinates(self.x, self.y).map_err(|_| PolicyError::Issuer {
            name: printable(&self.name),
            cause: "its x and y are no public key: a point of the curve's prime-order subgroup",
        })?;
        let trusted = TrustedIssuer {
            key,
            from: parse_day(&self.from)?,
            until: parse_day(&self.until)?,
        };
        Ok(Issuer {
            name: self.name,
            trusted,
        })
    }

    fn write(issuer: &Issuer) -> Self {
        let trusted = &issuer.trusted;
        Self {
            name: issuer.name.clone(),
            x: trusted.key.x(),
            y: trusted.key.y(),
            from: format_day(trusted.from),
            until: format_day(trusted.until),
        }
    }
}

#[derive(Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct WireCondition {
    slot: String,
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    reveal: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    is: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_not: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    r#in: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_in: Option<Vec<String>>,
    /// What people call the list.
    #[serde(skip_serializing_if = "Option::is_none")]
    list: Option<String>,
    /// In files only: at least so many days after the policy's day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) days_ahead: Option<u32>,
}

impl WireCondition {
    pub(super) fn slot(&self) -> &str {
        &self.slot
    }

    /// Days ahead become a day.
    pub(super) fn set_from(&mut self, day: String) -> Result<(), ConditionError> {
        if self.from.is_some() {
            return Err(ConditionError::Kinds { count: 2 });
        }
        self.from = Some(day);
        self.days_ahead = None;
        Ok(())
    }

    pub(super) fn read(self) -> Result<Condition, PolicyError> {
        let slot = self.slot.clone();
        self.ask()
            .map(|ask| Condition {
                slot: slot.clone(),
                ask,
            })
            .map_err(|problem| PolicyError::Condition {
                slot: printable(&slot),
                problem,
            })
    }

    fn ask(self) -> Result<Ask, ConditionError> {
        if self.days_ahead.is_some() {
            return Err(ConditionError::Relative);
        }
        let ranged = self.from.is_some() || self.to.is_some();
        let listed = usize::from(self.r#in.is_some()) + usize::from(self.not_in.is_some());
        let single = [self.reveal, self.is.is_some(), self.is_not.is_some(), ranged];
        let count = single.iter().filter(|given| **given).count() + listed;
        if count != 1 || (self.list.is_some() && listed == 0) {
            return Err(ConditionError::Kinds { count });
        }
        if self.list.as_ref().is_some_and(|name| !is_one_line(name)) {
            return Err(ConditionError::ListName);
        }
        let name = self.list;
        let between = Ask::Between {
            from: self.from,
            to: self.to,
        };
        Ok(match (self.is, self.is_not, self.r#in, self.not_in) {
            (Some(value), ..) => Ask::Is(value),
            (_, Some(value), ..) => Ask::IsNot(value),
            (_, _, Some(members), _) => Ask::In(List { name, members }),
            (_, _, _, Some(members)) => Ask::NotIn(List { name, members }),
            _ if self.reveal => Ask::Reveal,
            _ => between,
        })
    }

    fn write(condition: &Condition) -> Self {
        let mut wire = Self {
            slot: condition.slot.clone(),
            ..Self::default()
        };
        match condition.ask.clone() {
            Ask::Reveal => wire.reveal = true,
            Ask::Is(value) => wire.is = Some(value),
            Ask::IsNot(value) => wire.is_not = Some(value),
            Ask::Between { from, to } => (wire.from, wire.to) = (from, to),
            Ask::In(list) => (wire.r#in, wire.list) = (Some(list.members), list.name),
            Ask::NotIn(list) => (wire.not_in, wire.list) = (Some(list.members), list.name),
        }
        wire
    }
}

/// A policy as it stands in a request.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WirePolicy {
    schema: String,
    #[serde(with = "encoding::text")]
    schema_id: SchemaId,
    purpose: String,
    trusted_issuers: Vec<WireIssuer>,
    day: String,
    once_in: Option<String>,
    conditions: Vec<WireCondition>,
}

impl WirePolicy {
    pub(crate) fn write(policy: &Policy) -> Self {
        Self {
            schema: policy.schema().full_name(),
            schema_id: policy.schema().id(),
            purpose: policy.purpose().to_string(),
            trusted_issuers: policy.issuers().list().iter().map(WireIssuer::write).collect(),
            day: format_day(policy.day()),
            once_in: policy.once_in().map(ToString::to_string),
            conditions: policy.conditions().iter().map(WireCondition::write).collect(),
        }
    }

    /// The schema is looked up by its name and must have the id given.
    pub(crate) fn read(self, find: &dyn Fn(&str) -> Option<Schema>) -> Result<Policy, PolicyError> {
        let schema = find(&self.schema)
            .filter(|schema| schema.id() == self.schema_id && schema.full_name() == self.schema)
            .ok_or_else(|| PolicyError::UnknownSchema {
                schema: printable(&self.schema),
            })?;
        Policy::new(PolicyTerms {
            schema,
            purpose: printable(&self.purpose),
            issuers: read_issuers(self.trusted_issuers)?,
            day: parse_day(&self.day)?,
            once_in: self.once_in,
            conditions: read_conditions(self.conditions)?,
        })
    }
}

pub(super) fn read_issuers(wire: Vec<WireIssuer>) -> Result<TrustedIssuers, PolicyError> {
    if wire.len() > super::MAX_ISSUERS {
        return Err(PolicyError::TooManyIssuers { count: wire.len() });
    }
    TrustedIssuers::new(wire.into_iter().map(WireIssuer::read).collect::<Result<_, _>>()?)
}

pub(super) fn read_conditions(wire: Vec<WireCondition>) -> Result<Vec<Condition>, PolicyError> {
    if wire.len() > tradeseal_primitives::credential::PREDICATES {
        return Err(PolicyError::TooManyConditions { count: wire.len() });
    }
    wire.into_iter().map(WireCondition::read).collect()
}
