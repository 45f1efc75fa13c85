//! The checks: their names, their order, and which needs which.
//!
//! In scope: the table. Out of scope: making them. A check left out of this table is a check nobody makes.

use crate::verdict::CheckTable;

/// A check of a presentation. Names are stable; the order is the report's.
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
    /// The state record holds the proof's root of notes.
    RootInState,
    /// That root stands, or was replaced recently enough.
    RootFresh,
    /// The state record holds the proof's root of dilutions.
    DilutionInState,
    /// That root stands, or was replaced recently enough.
    DilutionFresh,
    /// The proof holds for the presentation's rows and this request.
    Proof,
    /// The receivable was not transferred or settled.
    NullifierUnspent,
    /// The receivable is not locked by somebody else.
    NotLocked,
}

impl Check {
    /// Every check, in order.
    pub const ALL: [Self; 19] = [
        Self::PresentationFormat,
        Self::Statement,
        Self::RequestSignature,
        Self::RequestValidity,
        Self::RequestMatch,
        Self::KeyKnown,
        Self::KeyProvenance,
        Self::ProofEncoding,
        Self::StateRecord,
        Self::CheckpointSignature,
        Self::Cosignatures,
        Self::LogInclusion,
        Self::RootInState,
        Self::RootFresh,
        Self::DilutionInState,
        Self::DilutionFresh,
        Self::Proof,
        Self::NullifierUnspent,
        Self::NotLocked,
    ];

    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::PresentationFormat => "presentation_format",
            Self::Statement => "statement",
            Self::RequestSignature => "request_signature",
            Self::RequestValidity => "request_validity",
            Self::RequestMatch => "request_match",
            Self::KeyKnown => "key_known",
            Self::KeyProvenance => "key_provenance",
            Self::ProofEncoding => "proof_encoding",
            Self::StateRecord => "state_record",
            Self::CheckpointSignature => "checkpoint_signature",
            Self::Cosignatures => "cosignatures",
            Self::LogInclusion => "log_inclusion",
            Self::RootInState => "root_in_state",
            Self::RootFresh => "root_fresh",
            Self::DilutionInState => "dilution_in_state",
            Self::DilutionFresh => "dilution_fresh",
            Self::Proof => "proof",
            Self::NullifierUnspent => "nullifier_unspent",
            Self::NotLocked => "not_locked",
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
            Self::RequestSignature => "The request was signed by the financier's key that it names",
            Self::RequestValidity => "The request holds at this time",
            Self::RequestMatch => "It answers this request and no other",
            Self::KeyKnown => "Your trust file believes the key that it was proven under",
            Self::KeyProvenance => "Your trust file accepts the way that key was made",
            Self::ProofEncoding => "The proof is well formed",
            Self::StateRecord => "The ledger's state shown with it is readable",
            Self::CheckpointSignature => "The ledger signed the log that this state is said to be in",
            Self::Cosignatures => "Those whom your trust file names as log witnesses have cosigned that log",
            Self::LogInclusion => "That state is truly in the ledger's log",
            Self::RootInState => "The proof is about receivables of that state",
            Self::RootFresh => "That state is recent enough, by the ledger's own word",
            Self::DilutionInState => "The proof counts the credit notes and prepayments of that state",
            Self::DilutionFresh => "Those are recent enough, by the ledger's own word",
            Self::Proof => "The proof holds: everything claimed of the receivable is true of it",
            Self::NullifierUnspent => "The receivable was not transferred or settled, by the ledger's own word",
            Self::NotLocked => "No other financier has locked it, by the ledger's own word",
        }
    }

    fn needs(self) -> &'static [Self] {
        match self {
            Self::PresentationFormat | Self::RequestSignature | Self::RequestValidity => &[],
            Self::Statement
            | Self::RequestMatch
            | Self::ProofEncoding
            | Self::StateRecord
            | Self::CheckpointSignature => &[Self::PresentationFormat],
            Self::KeyKnown => &[Self::Statement],
            Self::KeyProvenance => &[Self::KeyKnown],
            Self::Cosignatures => &[Self::CheckpointSignature],
            Self::LogInclusion => &[Self::StateRecord, Self::CheckpointSignature],
            Self::RootInState | Self::DilutionInState => &[Self::StateRecord],
            Self::RootFresh => &[Self::LogInclusion, Self::RootInState],
            Self::DilutionFresh => &[Self::LogInclusion, Self::DilutionInState],
            Self::Proof => &[Self::KeyKnown, Self::ProofEncoding],
            Self::NullifierUnspent => &[Self::Proof],
            Self::NotLocked => &[Self::NullifierUnspent],
        }
    }
}
