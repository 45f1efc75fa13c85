//! The kinds of entries: a number in field 0, a name in what is signed.
//!
//! In scope: the closed list. Out of scope: fields. Two kinds under one name would let a signature serve for both.

use core::fmt;

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKind {
    /// Entry 0 of a log.
    Genesis,
    /// Enrolment or key change of a party.
    Enrol,
    /// Removal of a party.
    Remove,
    /// A new receivable.
    Mint,
    /// A bank's lock.
    Lock,
    /// The end of a bank's lock.
    Release,
    /// Notes change hands.
    Transfer,
    /// A new key of the duplicate registry.
    Registry,
    /// Less remains of a receivable.
    Dilute,
    /// A commitment that the ledger dates.
    Deposit,
    /// The root over many items that the ledger dates.
    Anchor,
    /// The state record that closes a batch.
    State,
}

impl EntryKind {
    /// Every kind with its number and name.
    const ALL: [(Self, u8, &'static str); 12] = [
        (Self::Genesis, 0, "genesis"),
        (Self::Enrol, 1, "enrol"),
        (Self::Remove, 2, "remove"),
        (Self::Mint, 3, "mint"),
        (Self::Lock, 4, "lock"),
        (Self::Release, 5, "release"),
        (Self::Transfer, 6, "transfer"),
        (Self::Registry, 7, "registry"),
        (Self::Dilute, 8, "dilute"),
        (Self::Deposit, 9, "deposit"),
        (Self::Anchor, 10, "anchor"),
        (Self::State, 255, "state"),
    ];

    /// The number in field 0.
    pub fn number(self) -> u8 {
        self.row().1
    }

    /// The name in what is signed.
    pub fn name(self) -> &'static str {
        self.row().2
    }

    pub(super) fn from_number(number: u8) -> Option<Self> {
        Self::ALL.iter().find(|row| row.1 == number).map(|row| row.0)
    }

    fn row(self) -> (Self, u8, &'static str) {
        match self {
            Self::Genesis => Self::ALL[0],
            Self::Enrol => Self::ALL[1],
            Self::Remove => Self::ALL[2],
            Self::Mint => Self::ALL[3],
            Self::Lock => Self::ALL[4],
            Self::Release => Self::ALL[5],
            Self::Transfer => Self::ALL[6],
            Self::Registry => Self::ALL[7],
            Self::Dilute => Self::ALL[8],
            Self::Deposit => Self::ALL[9],
            Self::Anchor => Self::ALL[10],
            Self::State => Self::ALL[11],
        }
    }
}

impl fmt::Display for EntryKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
