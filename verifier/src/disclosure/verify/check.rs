//! The checks: their names, their order, and which needs which.
//!
//! In scope: the table. Out of scope: making them. A check left out of this table is a check nobody makes.

use crate::verdict::CheckTable;

/// A check of disclosures. Names are stable; the order is the report's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// Each file is a disclosure in its canonical form.
    DisclosureFormat,
    /// All files are of one receivable on one ledger.
    OneReceivable,
    /// None was made in the future.
    Made,
    /// Each entry is one.
    Entries,
    /// The log signed the checkpoints.
    CheckpointSignature,
    /// The log witnesses that the trust file requires cosigned them. Left out where it requires none.
    Cosignatures,
    /// Each entry is in the log under its checkpoint.
    LogInclusion,
    /// The log's first entry is the genesis of the ledger named.
    Ledger,
    /// No file holds an entry that has nothing to do with the receivable.
    NothingElse,
    /// Each opened note is the one that its entry made.
    Openings,
    /// The mint is of these terms, and the only one.
    Minting,
    /// The invoice and the parties named are those in the terms.
    Invoice,
    /// The trust file names the proofs' keys, for this statement.
    KeyKnown,
    /// The keys' set-up secrets are gone, or the trust file says that it does not matter.
    KeyProvenance,
    /// The proofs' points are well formed.
    ProofEncoding,
    /// Each note has the nullifier given, by its owner's word.
    Proof,
    /// Each spent note is spent by the entry given, whose outputs are opened.
    Spent,
    /// Each unspent note was unspent in the state given.
    Unspent,
    /// No transfer made or lost an amount.
    Amounts,
    /// Credit notes and prepayments are those on record.
    Remaining,
    /// The history has no gap.
    Complete,
}

impl Check {
    /// Every check, in order.
    pub const ALL: [Self; 21] = [
        Self::DisclosureFormat,
        Self::OneReceivable,
        Self::Made,
        Self::Entries,
        Self::CheckpointSignature,
        Self::Cosignatures,
        Self::LogInclusion,
        Self::Ledger,
        Self::NothingElse,
        Self::Openings,
        Self::Minting,
        Self::Invoice,
        Self::KeyKnown,
        Self::KeyProvenance,
        Self::ProofEncoding,
        Self::Proof,
        Self::Spent,
        Self::Unspent,
        Self::Amounts,
        Self::Remaining,
        Self::Complete,
    ];

    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::DisclosureFormat => "disclosure_format",
            Self::OneReceivable => "one_receivable",
            Self::Made => "made",
            Self::Entries => "entries",
            Self::CheckpointSignature => "checkpoint_signature",
            Self::Cosignatures => "cosignatures",
            Self::LogInclusion => "log_inclusion",
            Self::Ledger => "ledger",
            Self::NothingElse => "nothing_else",
            Self::Openings => "openings",
            Self::Minting => "minting",
            Self::Invoice => "invoice",
            Self::KeyKnown => "key_known",
            Self::KeyProvenance => "key_provenance",
            Self::ProofEncoding => "proof_encoding",
            Self::Proof => "proof",
            Self::Spent => "spent",
            Self::Unspent => "unspent",
            Self::Amounts => "amounts",
            Self::Remaining => "remaining",
            Self::Complete => "complete",
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
            Self::DisclosureFormat => "Each file is whole and undamaged",
            Self::OneReceivable => "All files tell of one receivable on one ledger",
            Self::Made => "No file claims to be made later than now",
            Self::Entries => "Each ledger entry shown is readable",
            Self::CheckpointSignature => "The ledger signed the logs that these entries are said to be in",
            Self::Cosignatures => "Those whom your trust file names as log witnesses have cosigned those logs",
            Self::LogInclusion => "Each entry is truly in the ledger's log",
            Self::Ledger => "The log is that of the ledger named",
            Self::NothingElse => "No entry shown is foreign to the receivable",
            Self::Openings => "Each part shown is the one that its entry made",
            Self::Minting => "The receivable was brought onto the ledger once, on these terms",
            Self::Invoice => "Invoice and parties named are those of the terms",
            Self::KeyKnown => "Your trust file believes the keys that the owners' proofs were made under",
            Self::KeyProvenance => "Your trust file accepts the way those keys were made",
            Self::ProofEncoding => "The owners' proofs are well formed",
            Self::Proof => "Each part's owner says what became of it, and proves to be its owner",
            Self::Spent => "Each part passed on was passed on by the entry shown",
            Self::Unspent => "Each part said to be unspent was so in the state shown",
            Self::Amounts => "No transfer made or lost any amount",
            Self::Remaining => "Credit notes and prepayments are those on record",
            Self::Complete => "Nothing is missing between the beginning and what is left",
        }
    }

    fn needs(self) -> &'static [Self] {
        match self {
            Self::DisclosureFormat => &[],
            Self::OneReceivable
            | Self::Made
            | Self::Entries
            | Self::CheckpointSignature
            | Self::Invoice
            | Self::KeyKnown
            | Self::ProofEncoding => &[Self::DisclosureFormat],
            Self::Cosignatures => &[Self::CheckpointSignature],
            Self::LogInclusion => &[Self::Entries, Self::CheckpointSignature],
            Self::Ledger | Self::NothingElse | Self::Openings => &[Self::Entries],
            Self::Minting => &[Self::OneReceivable, Self::Openings],
            Self::KeyProvenance => &[Self::KeyKnown],
            Self::Proof => &[Self::KeyKnown, Self::ProofEncoding],
            Self::Spent | Self::Remaining => &[Self::OneReceivable, Self::Entries],
            Self::Unspent => &[Self::OneReceivable, Self::Entries, Self::Spent],
            Self::Amounts => &[Self::Openings, Self::Spent],
            Self::Complete => &[Self::Minting, Self::Spent, Self::Unspent, Self::Amounts],
        }
    }
}
