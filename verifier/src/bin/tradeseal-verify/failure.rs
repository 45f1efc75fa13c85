//! What went wrong before there was anything to judge: cause, then remedy.
//!
//! In scope: errors, exit code 2. Out of scope: verdicts, which are no errors.

use std::fmt::Display;
use std::path::Path;

use tradeseal_verifier::request::RequestError;
use tradeseal_verifier::trust::TrustError;

#[derive(Debug)]
pub(crate) struct Failure {
    code: &'static str,
    message: String,
    remedy: &'static str,
}

impl Failure {
    pub(crate) fn new(code: &'static str, message: String, remedy: &'static str) -> Self {
        Self { code, message, remedy }
    }

    pub(crate) fn file(path: &Path, cause: &dyn Display) -> Self {
        let message = format!("cannot read {}: {cause}", path.display());
        Self::new("file", message, "check the path and who may read it")
    }

    pub(crate) fn output(cause: &dyn Display) -> Self {
        let message = format!("cannot write the result: {cause}");
        Self::new("output", message, "check where stdout goes, then run it again")
    }

    /// For stderr.
    pub(crate) fn text(&self, json: bool) -> String {
        if json {
            let error = serde_json::json!({ "code": self.code, "message": self.message, "remedy": self.remedy });
            serde_json::json!({ "error": error }).to_string()
        } else {
            format!("error: {}\n\n{}", self.message, self.remedy)
        }
    }
}

impl From<RequestError> for Failure {
    fn from(refused: RequestError) -> Self {
        Self::new("request_refused", refused.to_string(), refused.remedy())
    }
}

impl From<TrustError> for Failure {
    fn from(refused: TrustError) -> Self {
        Self::new("trust_refused", refused.to_string(), refused.remedy())
    }
}
