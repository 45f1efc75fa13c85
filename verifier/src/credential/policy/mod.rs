//! What a verifier accepts, in people's terms, compiled to the query that a proof answers.
//!
//! In scope: the policy's form in files and requests, its compilation, what its holder will show by answering. Out of scope: who asks
//! and until when (`request`).
//! An attacker who owns this part has a request say one thing to its reader and ask another.

mod condition;
mod error;
mod file;
mod issuers;
mod learnt;
mod wire;

pub use condition::{Ask, Condition, List};
pub use error::{ConditionError, PolicyError};
pub use issuers::{Issuer, MAX_ISSUERS, TrustedIssuers};
pub use learnt::{Excess, Learnt};
pub(crate) use wire::{WirePolicy, is_one_line};

use alloc::string::String;
use alloc::vec::Vec;

use tradeseal_primitives::Fr;
use tradeseal_primitives::credential::{KeySet, PREDICATES, Predicate, PredicateForm, Query, Scope};
use tradeseal_primitives::receivable::Day;

use super::schema::Schema;

/// Largest policy file read.
pub const MAX_POLICY_BYTES: usize = 8 * 1024 * 1024;

/// Longest name of a scope or a list.
const MAX_LINE_BYTES: usize = 128;

/// What a verifier accepts: at most four conditions on one schema's credentials, each of them with its compiled form.
#[derive(Debug, Clone)]
pub struct Policy {
    schema: Schema,
    purpose: String,
    issuers: TrustedIssuers,
    day: Day,
    once_in: Option<String>,
    conditions: Vec<Condition>,
    sets: Vec<Option<KeySet>>,
    forms: [PredicateForm; PREDICATES],
}

/// What a verifier decides; [`Policy::new`] holds it to the schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyTerms {
    /// Of which schema.
    pub schema: Schema,
    /// For which of the schema's purposes.
    pub purpose: String,
    /// From whom.
    pub issuers: TrustedIssuers,
    /// Valid on which day.
    pub day: Day,
    /// Where it may be used once, if it is used up.
    pub once_in: Option<String>,
    /// What is asked of its attributes.
    pub conditions: Vec<Condition>,
}

impl Policy {
    /// Compiles terms.
    ///
    /// # Errors
    /// `PolicyError` naming the term that the schema does not allow.
    pub fn new(terms: PolicyTerms) -> Result<Self, PolicyError> {
        let PolicyTerms {
            schema,
            purpose,
            issuers,
            day,
            once_in,
            conditions,
        } = terms;
        if schema.purpose(&purpose).is_none() {
            let known = schema.purposes().iter().map(|purpose| purpose.name.clone()).collect();
            return Err(PolicyError::UnknownPurpose { purpose, known });
        }
        if conditions.len() > PREDICATES {
            return Err(PolicyError::TooManyConditions {
                count: conditions.len(),
            });
        }
        if let Some(scope) = once_in.as_ref().filter(|scope| !is_one_line(scope)) {
            return Err(PolicyError::Scope {
                scope: crate::encoding::printable(scope),
            });
        }
        let mut forms = [Predicate::None.form(); PREDICATES];
        let mut sets = Vec::with_capacity(conditions.len());
        for (form, condition) in forms.iter_mut().zip(&conditions) {
            let (predicate, set) = condition.compile(&schema)?;
            *form = predicate.form();
            sets.push(set);
        }
        Ok(Self {
            schema,
            purpose,
            issuers,
            day,
            once_in,
            conditions,
            sets,
            forms,
        })
    }

    /// The query, with what binds the rest of the request.
    pub fn query(&self, context: Fr) -> Query {
        Query {
            schema: self.schema.id(),
            trusted_issuers_root: self.issuers.root(),
            day: self.day,
            scope: self.scope(),
            predicates: self.forms,
            context,
        }
    }

    /// The scope, 0 if the credential is not used up.
    pub fn scope(&self) -> Scope {
        self.once_in.as_deref().map_or(Scope::NONE, Scope::named)
    }

    /// The schema.
    pub const fn schema(&self) -> &Schema {
        &self.schema
    }

    /// What it is asked for.
    pub fn purpose(&self) -> &str {
        &self.purpose
    }

    /// Whose credentials count.
    pub const fn issuers(&self) -> &TrustedIssuers {
        &self.issuers
    }

    /// The day on which the credential must be valid.
    pub const fn day(&self) -> Day {
        self.day
    }

    /// Where the credential is used up, if anywhere.
    pub fn once_in(&self) -> Option<&str> {
        self.once_in.as_deref()
    }

    /// The conditions, in order of predicates.
    pub fn conditions(&self) -> &[Condition] {
        &self.conditions
    }

    /// The set of a condition, where it is about one.
    pub fn set(&self, index: usize) -> Option<&KeySet> {
        self.sets.get(index).and_then(Option::as_ref)
    }

    /// The compiled predicates.
    pub const fn forms(&self) -> &[PredicateForm; PREDICATES] {
        &self.forms
    }
}

/// Two policies are one if they ask the same; sets follow from the conditions.
impl PartialEq for Policy {
    fn eq(&self, other: &Self) -> bool {
        let [one, two] = [self, other].map(|p| (&p.schema, &p.purpose, &p.issuers, p.day, &p.once_in, &p.conditions));
        one == two
    }
}

impl Eq for Policy {}

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) use tests::test_policy;
