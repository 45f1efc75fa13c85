//! Rows not yet written, over a store's snapshot.

use crate::store::{Head, KeyedRow, Rows, Snapshot, StoreError, Table};

/// Reads fall through to the snapshot; writes stay here until they are committed.
pub struct Overlay<'s> {
    below: Box<dyn Snapshot + 's>,
    rows: Rows,
}

impl<'s> Overlay<'s> {
    /// Nothing written yet.
    pub fn new(below: Box<dyn Snapshot + 's>) -> Self {
        Self {
            below,
            rows: Rows::default(),
        }
    }

    /// Another one over this, whose writes do not reach it.
    pub fn over(&self) -> Overlay<'_> {
        Overlay::new(Box::new(self))
    }

    /// The row of this key.
    ///
    /// # Errors
    /// The store's.
    pub fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        match self.rows.get(table, key) {
            Some(row) => Ok(Some(row.to_vec())),
            None => self.below.get(table, key),
        }
    }

    /// The row with the largest key not above this one, with its key.
    ///
    /// # Errors
    /// The store's.
    pub fn at_or_below(&self, table: Table, key: &[u8]) -> Result<Option<KeyedRow>, StoreError> {
        let above = self
            .rows
            .at_or_below(table, key)
            .map(|(key, row)| (key.to_vec(), row.to_vec()));
        // At equal keys the row above is the newer one.
        Ok(match (above, self.below.at_or_below(table, key)?) {
            (Some(above), Some(below)) => Some(if below.0 > above.0 { below } else { above }),
            (above, below) => above.or(below),
        })
    }

    /// Adds or replaces a row.
    pub fn put(&mut self, table: Table, key: Vec<u8>, value: Vec<u8>) {
        self.rows.put(table, key, value);
    }

    /// What was written.
    pub fn rows(&self) -> &Rows {
        &self.rows
    }
}

impl Snapshot for &Overlay<'_> {
    fn head(&self) -> Result<Option<Head>, StoreError> {
        self.below.head()
    }

    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        Overlay::get(self, table, key)
    }

    fn at_or_below(&self, table: Table, key: &[u8]) -> Result<Option<KeyedRow>, StoreError> {
        Overlay::at_or_below(self, table, key)
    }
}
