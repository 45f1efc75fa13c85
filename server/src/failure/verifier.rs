//! Requests, policies and trust files that are refused: codes, and the verifier's own remedies.
//!
//! In scope: errors of the verifier's readers. Out of scope: verdicts, which are no errors.
//! An attacker who owns this part talks a user into a forged request or trust file.

use tradeseal_verifier::evidence::EvidenceError;
use tradeseal_verifier::policy::PolicyFileError;
use tradeseal_verifier::request::RequestError;
use tradeseal_verifier::trust::TrustError;

use super::Failure;

impl From<RequestError> for Failure {
    fn from(refused: RequestError) -> Self {
        let code = match refused {
            RequestError::Signature => "request_signature",
            _ => "request_refused",
        };
        Self::new(code, refused.to_string(), refused.remedy())
    }
}

impl From<PolicyFileError> for Failure {
    fn from(refused: PolicyFileError) -> Self {
        Self::new("policy_refused", refused.to_string(), refused.remedy())
    }
}

impl From<TrustError> for Failure {
    fn from(refused: TrustError) -> Self {
        Self::new("trust_refused", refused.to_string(), refused.remedy())
    }
}

impl From<EvidenceError> for Failure {
    fn from(refused: EvidenceError) -> Self {
        Self::new("evidence_refused", refused.to_string(), refused.remedy())
    }
}
