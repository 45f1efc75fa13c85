//! The checks of an item proof: their names, their order, and which needs which.

use crate::verdict::CheckTable;

/// A check of an item proof. Names are stable; the order is the report's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// The file is an item proof in its canonical form.
    ItemFormat,
    /// It holds an anchor and a state record.
    Entries,
    /// A trusted log signed the checkpoint, one for both entries.
    CheckpointSignature,
    /// Both entries are in the log under that checkpoint, the anchor first.
    LogInclusion,
    /// The anchor carries its signer's signature for this log.
    AnchorSignature,
    /// The item is under the anchor's root.
    ItemInclusion,
}

impl Check {
    /// Every check, in order.
    pub const ALL: [Self; 6] = [
        Self::ItemFormat,
        Self::Entries,
        Self::CheckpointSignature,
        Self::LogInclusion,
        Self::AnchorSignature,
        Self::ItemInclusion,
    ];

    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ItemFormat => "item_format",
            Self::Entries => "entries",
            Self::CheckpointSignature => "checkpoint_signature",
            Self::LogInclusion => "log_inclusion",
            Self::AnchorSignature => "anchor_signature",
            Self::ItemInclusion => "item_inclusion",
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
            Self::ItemFormat => "The file is whole and undamaged",
            Self::Entries => "It holds the ledger's entries that it needs",
            Self::CheckpointSignature => "The ledger signed the log that these entries are said to be in",
            Self::LogInclusion => "Both entries are truly in the ledger's log, in this order",
            Self::AnchorSignature => "Whoever anchored the item signed for this ledger",
            Self::ItemInclusion => "The item is among those that were anchored",
        }
    }

    fn needs(self) -> &'static [Self] {
        match self {
            Self::ItemFormat => &[],
            Self::Entries | Self::CheckpointSignature => &[Self::ItemFormat],
            Self::LogInclusion | Self::AnchorSignature => &[Self::Entries, Self::CheckpointSignature],
            Self::ItemInclusion => &[Self::Entries],
        }
    }
}
