//! What a document lacks, says twice or says in another form, field by field, and what to do about it.

use tradeseal_verifier::credential::schema::ValueError;

use super::json::JsonError;
use crate::quoted::Quoted;

/// What is wrong with one slot of the schema, as the document has it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{slot}: {cause}")]
pub struct Problem {
    /// The slot.
    pub slot: String,
    /// What is wrong.
    pub cause: ProblemCause,
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProblemCause {
    /// The document does not have it.
    #[error("missing; looked for {}", looked_for.join(", "))]
    Missing {
        /// Where it would stand.
        looked_for: Vec<String>,
    },
    /// Two different values.
    #[error("{path} gives {count} different values, {first} and {second} among them")]
    Several {
        /// Where they stand.
        path: String,
        /// One of them.
        first: Quoted,
        /// Another.
        second: Quoted,
        /// How many.
        count: usize,
    },
    /// A value that the slot cannot hold.
    #[error("{path} is {value}: {problem}")]
    Value {
        /// Where it stands.
        path: String,
        /// The value.
        value: Quoted,
        /// Why not.
        problem: ValueError,
    },
    /// Another unit than the slot's.
    #[error("{path} is in {unit}, the slot is in {wanted}")]
    Unit {
        /// Where it stands.
        path: String,
        /// The unit found.
        unit: Quoted,
        /// The unit wanted.
        wanted: &'static str,
    },
    /// An object or a list where a value belongs.
    #[error("{path} holds no text or number")]
    NotAValue {
        /// Where it stands.
        path: String,
    },
    /// A name that the schema does not have.
    #[error("the schema has no such slot")]
    UnknownSlot,
}

impl Problem {
    pub(super) fn new(slot: &str, cause: ProblemCause) -> Self {
        Self {
            slot: slot.to_string(),
            cause,
        }
    }

    /// What to do about it.
    pub const fn remedy(&self) -> &'static str {
        match &self.cause {
            ProblemCause::Missing { .. } => "have the document issued with it, or give it beside the document",
            ProblemCause::Several { .. } => "issue one credential for each value, or say which one is meant",
            ProblemCause::Value { problem, .. } => problem.remedy(),
            ProblemCause::Unit { .. } => "give the value in the slot's unit beside the document",
            ProblemCause::NotAValue { .. } => "give the value as text or number",
            ProblemCause::UnknownSlot => "use the schema's own names",
        }
    }
}

/// Why a document was not read into a schema.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// No JSON.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// JSON of a kind that is not read into this schema.
    #[error("{found} is not read into the schema {schema}; {} are", known.join(", "))]
    OtherKind {
        /// What the document says it is.
        found: Quoted,
        /// The schema.
        schema: String,
        /// What is read into it.
        known: Vec<String>,
    },
    /// Events about several products, or about none.
    #[error("the events name {count} products, {} among them", named.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))]
    WhichProduct {
        /// How many.
        count: usize,
        /// The first of them.
        named: Vec<Quoted>,
    },
    /// A day of validity that is none.
    #[error("{path} is {value}, which is no day such as 2026-12-31")]
    Day {
        /// Where it stands.
        path: String,
        /// The value.
        value: Quoted,
    },
    /// Required values are missing, given twice or in another form.
    #[error("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Refused {
        /// Each of them.
        problems: Vec<Problem>,
    },
}

impl ImportError {
    /// What to do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Json(_) => "export the document again as JSON, without repeated names",
            Self::OtherKind { .. } => {
                "choose the schema for this kind of document, or write the values as plain JSON by schema"
            }
            Self::WhichProduct { count: 0, .. } => "give events that name a product by GTIN and serial number",
            Self::WhichProduct { .. } => "say which product is meant, by its URI",
            Self::Day { .. } => "write days as 2026-12-31",
            Self::Refused { problems } => problems.first().map_or("", Problem::remedy),
        }
    }
}
