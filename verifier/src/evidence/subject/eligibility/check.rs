//! The checks that evidence of an answer has beside the answer's own.

use crate::verdict::CheckTable;

/// A check of what surrounds the answer. Names are stable; the order is the report's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super::super) enum Check {
    /// The answer rests on a ledger state from before the request expired.
    RequestValidity,
    /// Later entries shown are of this receivable, in the log, and what they say. Left out where none is shown.
    LaterEntries,
    /// The receivable was unspent in the later state shown. Left out where none is shown.
    UnspentLater,
}

impl Check {
    pub(in super::super::super) const ALL: [Self; 3] = [Self::RequestValidity, Self::LaterEntries, Self::UnspentLater];
}

impl CheckTable for Check {
    const ALL: &'static [Self] = &Self::ALL;

    fn name(self) -> &'static str {
        match self {
            Self::RequestValidity => "request_validity",
            Self::LaterEntries => "later_entries",
            Self::UnspentLater => "unspent_later",
        }
    }

    fn meaning(self) -> &'static str {
        match self {
            Self::RequestValidity => "The answer was given while the request held",
            Self::LaterEntries => "What is shown of later times is in the ledger, and is about this receivable",
            Self::UnspentLater => "The receivable was still unspent in the later state shown",
        }
    }

    fn needs(self) -> &'static [Self] {
        &[]
    }
}
