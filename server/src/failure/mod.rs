//! Errors as users see them: a stable code, the cause, then the remedy.
//!
//! In scope: the form; one file per crate or module whose errors are given codes and remedies. Out of scope: the errors.
//! An attacker who owns this part talks users into the wrong remedy.

mod files;
mod keys;
mod ledger;
mod submission;
mod verifier;
mod wallet;
mod witness;

use std::fmt;

use serde_json::json;

/// Why a command did not do its work. Exit code 2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    code: &'static str,
    message: String,
    remedy: String,
}

impl Failure {
    /// A failure with a code that scripts may rely on, what went wrong, and what to do about it.
    pub fn new(code: &'static str, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            remedy: remedy.into(),
        }
    }

    /// The stable code, such as `file_missing`.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// What went wrong.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to do about it.
    pub fn remedy(&self) -> &str {
        &self.remedy
    }

    /// `{"error":{"code","message","remedy"}}`, with `notices` beside it where something was told on the way.
    pub(crate) fn to_json(&self, notices: &[String]) -> String {
        let mut object = json!({
            "error": { "code": self.code, "message": self.message, "remedy": self.remedy }
        });
        if !notices.is_empty() {
            object["notices"] = json!(notices);
        }
        object.to_string()
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}", self.message)?;
        if self.remedy.is_empty() {
            return Ok(());
        }
        write!(f, "\n\n{}", self.remedy)
    }
}
