//! The tables of a store.

/// A table: keys in byte order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// The head and the epoch; written by the store alone.
    Head,
    /// Entry index -> time, index of the closing state record, entry bytes.
    Entries,
    /// RFC 6962 leaf hash -> entry index and, for a deposit, its position among deposits.
    EntryIndex,
    /// Level of rows, index -> sixteen hashes of the log's tree.
    LogNodes,
    /// Group of levels, index -> nodes of the note tree.
    NoteNodes,
    /// Level, index -> node of the directory tree.
    DirectoryNodes,
    /// Level, index -> node of the nullifiers' tree.
    NullifierNodes,
    /// Level, index -> node of the revocations' tree.
    RevocationNodes,
    /// Nullifier -> its leaf's index and next nullifier.
    NullifierLeaves,
    /// Revoked value -> its leaf's index and next value.
    RevocationLeaves,
    /// Note commitment -> position, entry, time.
    Notes,
    /// Party id -> place in the directory, revision, entry.
    Parties,
    /// Nullifier -> the last lock on it.
    Locks,
    /// Nullifier -> the entry that spent it.
    Spent,
    /// Tree, root -> the state record that brought it, and when it was replaced.
    Roots,
    /// Duplicate tag -> the mint entry that carries it.
    Tags,
    /// Receivable number -> its dilution key and mint entry.
    Numbers,
    /// Level, index -> node of the dilutions' tree.
    DilutionNodes,
    /// Receivable number -> its leaf's index, next number, what remains.
    DilutionLeaves,
    /// Group of levels, index -> nodes of the tree of deposits.
    DepositNodes,
    /// One row: the duplicate registry's keys and the times of their rotations.
    Registry,
    /// Minute -> the last checkpoint that a quorum cosigned in it.
    Cosigned,
}

impl Table {
    /// Every table with its name in a store.
    pub const ALL: [(Self, &'static str); 22] = [
        (Self::Head, "head"),
        (Self::Entries, "entries"),
        (Self::EntryIndex, "entry_index"),
        (Self::LogNodes, "log_nodes"),
        (Self::NoteNodes, "note_nodes"),
        (Self::DirectoryNodes, "directory_nodes"),
        (Self::NullifierNodes, "nullifier_nodes"),
        (Self::RevocationNodes, "revocation_nodes"),
        (Self::NullifierLeaves, "nullifier_leaves"),
        (Self::RevocationLeaves, "revocation_leaves"),
        (Self::Notes, "notes"),
        (Self::Parties, "parties"),
        (Self::Locks, "locks"),
        (Self::Spent, "spent"),
        (Self::Roots, "roots"),
        (Self::Tags, "tags"),
        (Self::Numbers, "numbers"),
        (Self::DilutionNodes, "dilution_nodes"),
        (Self::DilutionLeaves, "dilution_leaves"),
        (Self::DepositNodes, "deposit_nodes"),
        (Self::Registry, "registry"),
        (Self::Cosigned, "cosigned"),
    ];

    /// The table's name in a store.
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_has_its_own_name() {
        for (position, (table, name)) in Table::ALL.iter().enumerate() {
            assert_eq!((*table as usize, table.name()), (position, *name));
            assert!(Table::ALL[..position].iter().all(|(_, other)| other != name));
        }
    }
}
