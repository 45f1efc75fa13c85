//! The checks: their names, their order, and which needs which.
//!
//! In scope: the table. Out of scope: making them. A check left out of this table is a check nobody makes.

use crate::verdict::CheckTable;

/// A check of a credential's presentation. Names are stable; the order is the report's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// The file is a presentation in its canonical form.
    PresentationFormat,
    /// It is of the statement that the request asks for.
    Statement,
    /// The request carries its verifier's signature.
    RequestSignature,
    /// The request holds now.
    RequestValidity,
    /// The presentation answers this request.
    RequestMatch,
    /// It shows the values that the request has revealed, and those that the proof is about.
    Revealed,
    /// It has a number for the request's scope, or none without one.
    Scope,
    /// The trust file names the proof's key, for this statement.
    KeyKnown,
    /// The key's set-up secrets are gone, or the trust file says that it does not matter.
    KeyProvenance,
    /// The proof's points are well formed.
    ProofEncoding,
    /// The state record is one.
    StateRecord,
    /// The request's log signed the checkpoint.
    CheckpointSignature,
    /// The log witnesses that the trust file requires cosigned it. Left out where it requires none.
    Cosignatures,
    /// The state record is in the log under that checkpoint.
    LogInclusion,
    /// The state record holds the proof's root of revocations.
    RevocationsInState,
    /// That root stands, or was replaced recently enough.
    RevocationsFresh,
    /// The proof holds for the presentation's rows and this request.
    Proof,
}

impl Check {
    /// Every check, in order.
    pub const ALL: [Self; 17] = [
        Self::PresentationFormat,
        Self::Statement,
        Self::RequestSignature,
        Self::RequestValidity,
        Self::RequestMatch,
        Self::Revealed,
        Self::Scope,
        Self::KeyKnown,
        Self::KeyProvenance,
        Self::ProofEncoding,
        Self::StateRecord,
        Self::CheckpointSignature,
        Self::Cosignatures,
        Self::LogInclusion,
        Self::RevocationsInState,
        Self::RevocationsFresh,
        Self::Proof,
    ];

    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::PresentationFormat => "presentation_format",
            Self::Statement => "statement",
            Self::RequestSignature => "request_signature",
            Self::RequestValidity => "request_validity",
            Self::RequestMatch => "request_match",
            Self::Revealed => "revealed",
            Self::Scope => "scope",
            Self::KeyKnown => "key_known",
            Self::KeyProvenance => "key_provenance",
            Self::ProofEncoding => "proof_encoding",
            Self::StateRecord => "state_record",
            Self::CheckpointSignature => "checkpoint_signature",
            Self::Cosignatures => "cosignatures",
            Self::LogInclusion => "log_inclusion",
            Self::RevocationsInState => "revocations_in_state",
            Self::RevocationsFresh => "revocations_fresh",
            Self::Proof => "proof",
        }
    }
}

impl CheckTable for Check {
    const ALL: &'static [Self] = &Self::ALL;

    fn name(self) -> &'static str {
        self.name()
    }

    fn meaning(self) -> &'static str {
        match self {
            Self::PresentationFormat => "The presentation is whole and undamaged",
            Self::Statement => "It is of the kind that was asked for",
            Self::RequestSignature => "The request was signed by the verifier's key that it names",
            Self::RequestValidity => "The request holds at this time",
            Self::RequestMatch => "It answers this request and no other",
            Self::Revealed => "The values shown are those asked for, and those that the proof is about",
            Self::Scope => "It has a number for the place where the credential is used up, if the request names one",
            Self::KeyKnown => "Your trust file believes the key that it was proven under",
            Self::KeyProvenance => "Your trust file accepts the way that key was made",
            Self::ProofEncoding => "The proof is well formed",
            Self::StateRecord => "The ledger's state shown with it is readable",
            Self::CheckpointSignature => "The ledger signed the log that this state is said to be in",
            Self::Cosignatures => "Those whom your trust file names as log witnesses have cosigned that log",
            Self::LogInclusion => "That state is truly in the ledger's log",
            Self::RevocationsInState => "The proof counts the revocations of that state",
            Self::RevocationsFresh => "Those are recent enough",
            Self::Proof => "The proof holds: everything claimed of the credential is true of it",
        }
    }

    fn needs(self) -> &'static [Self] {
        match self {
            Self::PresentationFormat | Self::RequestSignature | Self::RequestValidity => &[],
            Self::Statement
            | Self::RequestMatch
            | Self::Revealed
            | Self::Scope
            | Self::ProofEncoding
            | Self::StateRecord
            | Self::CheckpointSignature => &[Self::PresentationFormat],
            Self::KeyKnown => &[Self::Statement],
            Self::KeyProvenance => &[Self::KeyKnown],
            Self::Cosignatures => &[Self::CheckpointSignature],
            Self::LogInclusion => &[Self::StateRecord, Self::CheckpointSignature],
            Self::RevocationsInState => &[Self::StateRecord],
            Self::RevocationsFresh => &[Self::LogInclusion, Self::RevocationsInState],
            Self::Proof => &[Self::KeyKnown, Self::ProofEncoding],
        }
    }
}
