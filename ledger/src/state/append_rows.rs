//! An append-only 4-ary tree as rows of sixteen nodes with the four above them.
//!
//! In scope: appending a batch's leaves, each touched node hashed once, on every core; roots and paths. Out of scope: what leaves
//! are, and trees whose leaves change (`nodes`).
//!
//! A row holds two levels: row `index` of group `g` has nodes `16 * index..` of level `2g`, as many as there are, then the nodes
//! of level `2g + 1` over them. So a leaf costs a fifteenth of a row, and a path one row for every two levels.

use super::Overlay;
use super::row::{Key, Row};
use crate::store::{StoreError, Table};
use rayon::prelude::*;
use tradeseal_primitives::tree::{ARITY, MerklePath, Siblings, capacity, empty_node};
use tradeseal_primitives::{Fr, field, poseidon};

/// Nodes of the lower level in one row.
const ROW: usize = ARITY * ARITY;
const FIELD_BYTES: usize = 32;

/// One tree's rows in a table.
pub struct AppendRows<'o, 's, const DEPTH: usize> {
    overlay: &'o mut Overlay<'s>,
    table: Table,
}

/// What a row holds.
#[derive(Default)]
struct Group {
    /// 1 to 16 nodes of the lower level.
    lower: Vec<Fr>,
    /// The nodes above them, one for every four.
    upper: Vec<Fr>,
}

impl<'o, 's, const DEPTH: usize> AppendRows<'o, 's, DEPTH> {
    const GROUPS: usize = {
        assert!(DEPTH.is_multiple_of(2), "a row holds two levels");
        DEPTH / 2
    };

    /// The tree in this table.
    pub fn new(overlay: &'o mut Overlay<'s>, table: Table) -> Self {
        Self { overlay, table }
    }

    /// The root.
    ///
    /// # Errors
    /// The store's.
    pub fn root(&self) -> Result<Fr, StoreError> {
        let row = self.overlay.get(self.table, &row_key(Self::GROUPS, 0))?;
        row.map_or(Ok(empty_node(DEPTH)), |row| {
            Row::new("a tree's root", &row).last_element()
        })
    }

    /// Appends leaves after the first `count`; returns the root. The caller leaves room for them.
    ///
    /// # Errors
    /// `Damaged` if the tree does not have `count` leaves; the store's.
    pub fn append(&mut self, count: u64, leaves: Vec<Fr>) -> Result<Fr, StoreError> {
        if leaves.is_empty() {
            return self.root();
        }
        let (mut first, mut nodes) = (count, leaves);
        for group in 0..Self::GROUPS {
            (first, nodes) = self.set_group(group, first, nodes)?;
        }
        let root = nodes[0];
        self.overlay
            .put(self.table, row_key(Self::GROUPS, 0), field::to_bytes(&root).to_vec());
        Ok(root)
    }

    /// The path of the leaf at this position, set or not.
    ///
    /// # Errors
    /// `Damaged` if the position is outside the tree; the store's.
    pub fn path(&self, position: u64) -> Result<MerklePath<DEPTH>, StoreError> {
        let mut siblings = [[Fr::from(0u64); ARITY - 1]; DEPTH];
        for (group, pair) in siblings.chunks_exact_mut(2).enumerate() {
            let node = position >> (4 * group);
            let row = self.group(group, node >> 4)?.unwrap_or_default();
            let (lower, upper) = (within(node, ROW), within(node >> 2, ARITY));
            pair[0] = others(&row.lower, lower & !3, lower & 3, 2 * group);
            pair[1] = others(&row.upper, 0, upper, 2 * group + 1);
        }
        MerklePath::new(position, siblings).ok_or_else(|| StoreError::Damaged {
            what: format!("leaf {position} of a tree of {}", capacity(DEPTH)),
        })
    }

    /// Sets nodes of level `2 * group` from position `first` on, and the nodes above them in their rows; gives the first
    /// changed node of level `2 * group + 2`, and it and those after it.
    fn set_group(&mut self, group: usize, first: u64, nodes: Vec<Fr>) -> Result<(u64, Vec<Fr>), StoreError> {
        let kept = within(first, ROW);
        let before = if kept == 0 {
            None
        } else {
            self.group(group, first >> 4)?
        };
        let before = before.unwrap_or_default();
        let mut all = before.lower;
        // Leaves are never replaced; of the levels above, the last node is.
        if all.len() < kept || (group == 0 && all.len() > kept) {
            return Err(damaged(self.table, group));
        }
        all.truncate(kept);
        all.extend(nodes);
        // Nodes over four that all stay as they were.
        let unchanged = &before.upper[..before.upper.len().min(kept / ARITY)];
        let rows: Vec<(Vec<u8>, Fr)> = all
            .par_chunks(ROW)
            .enumerate()
            .map(|(at, lower)| make_row(group, lower, if at == 0 { unchanged } else { &[] }))
            .collect();
        let mut above = Vec::with_capacity(rows.len());
        for (index, (row, top)) in (first >> 4..).zip(rows) {
            self.overlay.put(self.table, row_key(group, index), row);
            above.push(top);
        }
        Ok((first >> 4, above))
    }

    fn group(&self, group: usize, index: u64) -> Result<Option<Group>, StoreError> {
        let row = self.overlay.get(self.table, &row_key(group, index))?;
        row.map(|row| read_row(&row).ok_or_else(|| damaged(self.table, group))?)
            .transpose()
    }
}

/// A row's bytes, and the node above it.
fn make_row(group: usize, lower: &[Fr], unchanged: &[Fr]) -> (Vec<u8>, Fr) {
    let mut upper = unchanged.to_vec();
    upper.extend(
        lower
            .chunks(ARITY)
            .skip(unchanged.len())
            .map(|children| parent(2 * group, children)),
    );
    let mut row = Vec::with_capacity((lower.len() + upper.len()) * FIELD_BYTES);
    for node in lower.iter().chain(&upper) {
        row.extend(field::to_bytes(node));
    }
    (row, parent(2 * group + 1, &upper))
}

/// The node over up to four nodes of this level.
fn parent(level: usize, children: &[Fr]) -> Fr {
    let mut four = [empty_node(level); ARITY];
    four[..children.len()].copy_from_slice(children);
    poseidon::node(&four)
}

/// The other three of four nodes of this level, which begin at `from`.
fn others(nodes: &[Fr], from: usize, but: usize, level: usize) -> Siblings {
    let mut found = (0..ARITY)
        .filter(|at| *at != but)
        .map(|at| nodes.get(from + at).copied().unwrap_or_else(|| empty_node(level)));
    core::array::from_fn(|_| found.next().unwrap_or_default())
}

/// `None` if it has not the length of any row.
fn read_row(row: &[u8]) -> Option<Result<Group, StoreError>> {
    let nodes = row.len() / FIELD_BYTES;
    // Every five nodes or fewer end with the one above the others.
    let upper = nodes.div_ceil(ARITY + 1);
    let lower = nodes.checked_sub(upper)?;
    let fits = (1..=ROW).contains(&lower) && lower.div_ceil(ARITY) == upper && nodes * FIELD_BYTES == row.len();
    fits.then(|| {
        let mut row = Row::new("tree nodes", row);
        let lower = (0..lower).map(|_| row.element()).collect::<Result<_, _>>()?;
        let upper = (0..upper).map(|_| row.element()).collect::<Result<_, _>>()?;
        row.end(Group { lower, upper })
    })
}

/// A position's place in a run of so many.
fn within(position: u64, run: usize) -> usize {
    usize::try_from(position % run as u64).unwrap_or_default()
}

fn row_key(group: usize, index: u64) -> Vec<u8> {
    // No tree is deeper than 16 levels, so the group fits the byte that keeps groups apart.
    Key::new().byte(group.to_le_bytes()[0]).number(index).done()
}

fn damaged(table: Table, group: usize) -> StoreError {
    StoreError::Damaged {
        what: format!("table {}, nodes of level {}", table.name(), 2 * group),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Head, KeyedRow, Snapshot};
    use tradeseal_primitives::tree::{MemoryNodes, path, set_leaf};

    /// A store without rows.
    struct Nothing;

    impl Snapshot for Nothing {
        fn head(&self) -> Result<Option<Head>, StoreError> {
            Ok(None)
        }

        fn get(&self, _: Table, _: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
            Ok(None)
        }

        fn at_or_below(&self, _: Table, _: &[u8]) -> Result<Option<KeyedRow>, StoreError> {
            Ok(None)
        }
    }

    /// Batches of every size around a row's and a level's border, against the tree that sets one leaf after another.
    #[test]
    fn batches_of_leaves_give_the_roots_and_paths_of_single_ones() {
        let mut overlay = Overlay::new(Box::new(Nothing));
        let mut rows = AppendRows::<6>::new(&mut overlay, Table::NoteNodes);
        let mut plain = MemoryNodes::default();
        let mut expected = empty_node(6);
        assert_eq!(rows.root().unwrap(), expected);
        let mut count = 0u64;
        for size in [0, 1, 1, 2, 1, 3, 7, 1, 0, 16, 17, 200, 5, 11, 256, 1, 90, 300] {
            let leaves: Vec<Fr> = (count..count + size).map(|at| Fr::from(at + 1)).collect();
            for (at, leaf) in (count..).zip(&leaves) {
                expected = set_leaf::<6, _>(&mut plain, at, *leaf).unwrap();
            }
            assert_eq!(rows.append(count, leaves).unwrap(), expected, "{size} after {count}");
            count += size;
            assert_eq!(rows.root().unwrap(), expected);
            for at in (0..count + 3).step_by(1 + usize::try_from(count / 40).unwrap()) {
                assert_eq!(
                    rows.path(at).unwrap(),
                    path::<6, _>(&plain, at).unwrap(),
                    "leaf {at} of {count}"
                );
            }
        }
        assert!(rows.path(4096).is_err(), "a leaf outside the tree");
    }

    #[test]
    fn a_row_that_is_missing_or_cut_is_damage() {
        let mut overlay = Overlay::new(Box::new(Nothing));
        let mut rows = AppendRows::<6>::new(&mut overlay, Table::NoteNodes);
        assert!(matches!(
            rows.append(3, vec![Fr::from(1u64)]),
            Err(StoreError::Damaged { .. })
        ));
        rows.append(0, vec![Fr::from(1u64); 5]).unwrap();
        let row = rows.overlay.get(Table::NoteNodes, &row_key(0, 0)).unwrap().unwrap();
        assert_eq!(row.len(), 7 * 32);
        for length in [0, 32, 6 * 32, row.len() - 1] {
            rows.overlay
                .put(Table::NoteNodes, row_key(0, 0), row[..length].to_vec());
            assert!(
                matches!(rows.path(0), Err(StoreError::Damaged { .. })),
                "{length} bytes"
            );
        }
    }
}
