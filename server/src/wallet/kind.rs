//! The kinds of things a wallet keeps.
//!
//! In scope: their names on disk and in messages. Out of scope: their contents (`items`).
//! An attacker who could pass one kind off as another would have a key used for what it was not made for; hence the kind
//! is bound into every seal.

use std::fmt;

/// A kind of item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemKind {
    /// A party's spending, nullifier and encryption keys.
    Party,
    /// A verifier's (bank's) Ed25519 key, which signs requests, locks and releases.
    Bank,
    /// A registrar's Ed25519 key, which signs enrolments.
    Registrar,
    /// An Ed25519 key that signs anchors of items.
    Anchor,
    /// The Ed25519 key of the ledger's log.
    LogKey,
    /// A secret key of a ledger's duplicate registry.
    RegistryKey,
    /// The opening of a note.
    Note,
    /// How far a ledger was read.
    Scan,
    /// What was sent to somebody.
    Payment,
    /// A credit note or prepayment that was applied.
    Credit,
    /// A transfer that waits for its bank's consent.
    Offer,
}

impl ItemKind {
    /// The folder's name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Party => "party",
            Self::Bank => "bank",
            Self::Registrar => "registrar",
            Self::Anchor => "anchor-key",
            Self::LogKey => "log-key",
            Self::RegistryKey => "registry-key",
            Self::Note => "note",
            Self::Scan => "scan",
            Self::Payment => "payment",
            Self::Credit => "credit",
            Self::Offer => "offer",
        }
    }

    /// The command that shows what there is of this kind, or makes one.
    pub const fn remedy_when_unknown(self) -> &'static str {
        match self {
            Self::Party => "see your parties: tradeseal party show; make one: tradeseal party new NAME",
            Self::Bank => "a bank's key is made by its first request: tradeseal request new --bank NAME ...",
            Self::Anchor => "this key is made by its first anchor: tradeseal log anchor FILE --purpose TEXT --as NAME",
            Self::Registrar | Self::LogKey | Self::RegistryKey => {
                "this key is made where the ledger is started; use that --dir"
            }
            Self::Note | Self::Payment | Self::Credit => "see your receivables: tradeseal receivable list",
            Self::Scan => "read the ledger: tradeseal receivable scan",
            Self::Offer => "make the offer again: tradeseal receivable transfer ITEM ... --offer FILE",
        }
    }
}

impl fmt::Display for ItemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Party => "party",
            Self::Bank => "bank key",
            Self::Registrar => "registrar key",
            Self::Anchor => "anchor key",
            Self::LogKey => "log key",
            Self::RegistryKey => "registry key",
            Self::Note => "receivable",
            Self::Scan => "record of a ledger read",
            Self::Payment => "payment",
            Self::Credit => "credit",
            Self::Offer => "offered transfer",
        })
    }
}
