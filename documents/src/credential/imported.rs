//! What a document gave, slot by slot.
//!
//! In scope: collecting values and problems. Out of scope: where they stood.
//! An attacker who owns this part hides from an issuer that something was left out.

use tradeseal_primitives::receivable::Day;
use tradeseal_verifier::credential::schema::{Schema, SlotDefinition, Values};

use super::custody::CustodyStep;
use super::problem::{ImportError, Problem, ProblemCause};

/// A document read into a schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The schema.
    pub schema: Schema,
    /// The values found; every required slot has one.
    pub values: Values,
    /// First day of validity, if the document names one.
    pub valid_from: Option<Day>,
    /// Last day of validity, if the document names one.
    pub valid_until: Option<Day>,
    /// Slots without a value, each with the reason.
    pub left_out: Vec<Problem>,
    /// For a product: its chain of custody, in order of time.
    pub custody: Vec<CustodyStep>,
    pub(super) refused: Vec<Problem>,
}

impl Imported {
    pub(super) fn empty(schema: &Schema) -> Self {
        Self {
            schema: schema.clone(),
            values: Values::new(),
            valid_from: None,
            valid_until: None,
            left_out: Vec::new(),
            refused: Vec::new(),
            custody: Vec::new(),
        }
    }

    /// Sets a slot, or notes why it has no value: required ones are refused in the end, others left out.
    pub(super) fn record(&mut self, schema: &Schema, definition: &SlotDefinition, found: Result<String, ProblemCause>) {
        let set = found.and_then(|text| {
            self.values
                .set(schema, &definition.name, &text)
                .map_err(|_| ProblemCause::NotAValue {
                    path: definition.name.clone(),
                })
        });
        if let Err(cause) = set {
            let problem = Problem::new(&definition.name, cause);
            if definition.required {
                self.refused.push(problem);
            } else {
                self.left_out.push(problem);
            }
        }
    }

    /// Nothing required is missing.
    pub(super) fn finish(mut self) -> Result<Self, ImportError> {
        if self.refused.is_empty() {
            return Ok(self);
        }
        Err(ImportError::Refused {
            problems: core::mem::take(&mut self.refused),
        })
    }
}
