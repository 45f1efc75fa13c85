//! The checks of the file and its log: their names, their order, and which needs which. Each statement has its own beside them.
//!
//! In scope: the table. Out of scope: making them. A check left out of this table is a check nobody makes.

use crate::verdict::CheckTable;

/// A check of evidence of any statement. Names are stable; the order is the report's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// The file is evidence in its canonical form.
    EvidenceFormat,
    /// Its summary is the one that its content gives.
    Summary,
    /// It was not made in the future.
    Made,
    /// The verifying keys in it are those that its proofs name.
    KeyBytes,
    /// The log signed the chain of checkpoints.
    LogCheckpoints,
    /// Every signature line of every checkpoint in it verifies, under keys in it, and no key is there for nothing.
    SignatureLines,
    /// The log witnesses that the trust file requires cosigned each checkpoint of the chain. Left out where it requires none.
    Cosignatures,
    /// Each checkpoint in it is continued by the next, up to the last.
    LogHistory,
    /// The log witnesses' times do not contradict the ledger's. Left out where no log witnesses are required.
    LedgerTime,
}

impl Check {
    /// Every check, in order.
    pub const ALL: [Self; 9] = [
        Self::EvidenceFormat,
        Self::Summary,
        Self::Made,
        Self::KeyBytes,
        Self::LogCheckpoints,
        Self::SignatureLines,
        Self::Cosignatures,
        Self::LogHistory,
        Self::LedgerTime,
    ];

    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::EvidenceFormat => "evidence_format",
            Self::Summary => "summary",
            Self::Made => "evidence_made",
            Self::KeyBytes => "key_bytes",
            Self::LogCheckpoints => "log_checkpoints",
            Self::SignatureLines => "signature_lines",
            Self::Cosignatures => "cosignatures",
            Self::LogHistory => "log_history",
            Self::LedgerTime => "ledger_time",
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
            Self::EvidenceFormat => "The evidence is whole and undamaged",
            Self::Summary => "Its summary says what its content says",
            Self::Made => "It was not made later than now",
            Self::KeyBytes => "The keys in it are those that its proofs name",
            Self::LogCheckpoints => "The ledger signed every state of the log shown in it",
            Self::SignatureLines => "Every signature in it is genuine, and none is there for nothing",
            Self::Cosignatures => {
                "Those whom your trust file names as log witnesses have cosigned each of these states"
            }
            Self::LogHistory => "Each of these states continues the one before",
            Self::LedgerTime => "The log witnesses' clocks agree with the ledger's",
        }
    }

    fn needs(self) -> &'static [Self] {
        match self {
            Self::EvidenceFormat => &[],
            Self::Summary | Self::Made | Self::KeyBytes | Self::LogCheckpoints => &[Self::EvidenceFormat],
            Self::SignatureLines | Self::Cosignatures | Self::LogHistory => &[Self::LogCheckpoints],
            Self::LedgerTime => &[Self::Cosignatures, Self::LogHistory],
        }
    }
}
