//! The embedded store: RocksDB with one column family per table.
//!
//! In scope: synced, atomic batches; the lock that keeps a second process out. Out of scope: backups. A torn last record of
//! the write-ahead log was never acknowledged and is dropped; damage anywhere else keeps the store from opening.

use super::{CommitError, Epoch, Head, KeyedRow, Rows, Snapshot, Store, StoreError, Table};
use rocksdb::{
    BlockBasedIndexType, BlockBasedOptions, Cache, ColumnFamily, ColumnFamilyDescriptor, DB, DBCompressionType,
    DBRecoveryMode, LogLevel, Options, SnapshotWithThreadMode, WriteBatch, WriteOptions,
};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

const HEAD_KEY: &[u8] = b"head";
const EPOCH_KEY: &[u8] = b"epoch";
/// Memory bounds: block cache and unflushed writes, each over all tables, whatever the ledger's size.
const CACHE_BYTES: usize = 64 << 20;
const WRITE_BUFFER_BYTES: usize = 64 << 20;

/// A store in a directory of its own, which one process has open at a time.
pub struct RocksStore {
    db: DB,
    /// Held while the head is compared and swapped.
    head: Mutex<()>,
    /// Whether a commit waits until the disk has it.
    synced: bool,
}

impl RocksStore {
    /// Opens or creates the store in this directory.
    ///
    /// # Errors
    /// `InUse` if another process has it open; `Open` with the database's word otherwise.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::opened(path, true)
    }

    /// The same for what can be made again, an audit's replay: nothing in it outlives a power cut.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_scratch(path: &Path) -> Result<Self, StoreError> {
        Self::opened(path, false)
    }

    fn opened(path: &Path, synced: bool) -> Result<Self, StoreError> {
        let cache = Cache::new_lru_cache(CACHE_BYTES);
        let families = Table::ALL
            .iter()
            .map(|(_, name)| ColumnFamilyDescriptor::new(*name, table_options(&cache)));
        match DB::open_cf_descriptors(&database_options(), path, families) {
            Ok(db) => Ok(Self {
                db,
                head: Mutex::new(()),
                synced,
            }),
            Err(error) => Err(opening_failed(path, &error)),
        }
    }

    fn family(&self, table: Table) -> Result<&ColumnFamily, StoreError> {
        let missing = || StoreError::Damaged {
            what: format!("table {} is missing", table.name()),
        };
        self.db.cf_handle(table.name()).ok_or_else(missing)
    }

    fn read_epoch(&self) -> Result<Epoch, StoreError> {
        let row = self
            .db
            .get_cf(self.family(Table::Head)?, EPOCH_KEY)
            .map_err(read_failed)?;
        let Some(row) = row else { return Ok(Epoch(0)) };
        let bytes = row[..].try_into().map_err(|_| StoreError::Damaged {
            what: "the epoch row".into(),
        })?;
        Ok(Epoch(u64::from_be_bytes(bytes)))
    }

    fn batch(&self, rows: &Rows) -> Result<WriteBatch, StoreError> {
        let mut writes = WriteBatch::default();
        for (table, rows) in rows.tables() {
            let family = self.family(table)?;
            for (key, value) in rows {
                writes.put_cf(family, key, value);
            }
        }
        Ok(writes)
    }

    fn write(&self, batch: WriteBatch) -> Result<(), StoreError> {
        let mut options = WriteOptions::default();
        options.set_sync(self.synced);
        self.db.write_opt(batch, &options).map_err(|error| StoreError::Write {
            cause: error.into_string(),
        })
    }
}

impl Store for RocksStore {
    fn snapshot(&self) -> Box<dyn Snapshot + '_> {
        Box::new(RocksSnapshot {
            store: self,
            snapshot: self.db.snapshot(),
        })
    }

    fn claim(&self) -> Result<Epoch, StoreError> {
        let _held = self.head.lock().unwrap_or_else(PoisonError::into_inner);
        let epoch = Epoch(self.read_epoch()?.0 + 1);
        let mut batch = WriteBatch::default();
        batch.put_cf(self.family(Table::Head)?, EPOCH_KEY, epoch.0.to_be_bytes());
        self.write(batch)?;
        Ok(epoch)
    }

    fn commit(&self, owner: Epoch, expected_size: u64, rows: &Rows, head: &Head) -> Result<(), CommitError> {
        let _held = self.head.lock().unwrap_or_else(PoisonError::into_inner);
        let epoch = self.read_epoch()?;
        let size = self.snapshot().head()?.map_or(0, |head| head.size);
        if (epoch, size) != (owner, expected_size) {
            return Err(CommitError::HeadMoved {
                expected: format!("epoch {}, size {expected_size}", owner.0),
                found: format!("epoch {}, size {size}", epoch.0),
            });
        }
        let mut writes = self.batch(rows)?;
        writes.put_cf(self.family(Table::Head)?, HEAD_KEY, encode_head(head));
        Ok(self.write(writes)?)
    }

    /// Outside the head's lock, so that a batch and this share one sync. The folder's lock keeps other owners out meanwhile.
    fn keep(&self, owner: Epoch, rows: &Rows) -> Result<(), CommitError> {
        let epoch = self.read_epoch()?;
        if epoch != owner {
            return Err(CommitError::HeadMoved {
                expected: format!("epoch {}", owner.0),
                found: format!("epoch {}", epoch.0),
            });
        }
        Ok(self.write(self.batch(rows)?)?)
    }
}

struct RocksSnapshot<'a> {
    store: &'a RocksStore,
    snapshot: SnapshotWithThreadMode<'a, DB>,
}

impl Snapshot for RocksSnapshot<'_> {
    fn head(&self) -> Result<Option<Head>, StoreError> {
        self.get(Table::Head, HEAD_KEY)?
            .map(|row| decode_head(&row))
            .transpose()
    }

    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.snapshot
            .get_cf(self.store.family(table)?, key)
            .map_err(read_failed)
    }

    fn at_or_below(&self, table: Table, key: &[u8]) -> Result<Option<KeyedRow>, StoreError> {
        let mut rows = self.snapshot.raw_iterator_cf(self.store.family(table)?);
        rows.seek_for_prev(key);
        let found = rows.item().map(|(key, value)| (key.to_vec(), value.to_vec()));
        rows.status().map_err(read_failed)?;
        Ok(found)
    }
}

fn database_options() -> Options {
    let mut options = Options::default();
    options.create_if_missing(true);
    options.create_missing_column_families(true);
    options.set_paranoid_checks(true);
    options.set_wal_recovery_mode(DBRecoveryMode::TolerateCorruptedTailRecords);
    options.set_track_and_verify_wals_in_manifest(true);
    options.set_db_write_buffer_size(WRITE_BUFFER_BYTES);
    options.set_max_open_files(512);
    options.set_keep_log_file_num(4);
    options.set_log_level(LogLevel::Warn);
    options
}

/// All tables share one block cache: one for each would multiply the bound.
fn table_options(cache: &Cache) -> Options {
    let mut blocks = BlockBasedOptions::default();
    blocks.set_block_cache(cache);
    blocks.set_bloom_filter(10.0, false);
    // Index and filter of a large file in blocks of their own: whole, they outgrow a share of the cache and are read from the disk
    // at each lookup.
    blocks.set_index_type(BlockBasedIndexType::TwoLevelIndexSearch);
    blocks.set_partition_filters(true);
    blocks.set_metadata_block_size(4096);
    blocks.set_cache_index_and_filter_blocks(true);
    blocks.set_pin_top_level_index_and_filter(true);
    blocks.set_pin_l0_filter_and_index_blocks_in_cache(true);
    let mut options = Options::default();
    options.set_block_based_table_factory(&blocks);
    options.set_compression_type(DBCompressionType::None);
    options
}

/// RocksDB tells in words only that another process, or this one, holds its lock.
fn opening_failed(path: &Path, error: &rocksdb::Error) -> StoreError {
    let cause = error.to_string();
    let path = path.to_path_buf();
    let held = cause.contains("While lock file") || cause.contains("lock hold by current process");
    if held {
        StoreError::InUse { path }
    } else {
        StoreError::Open { path, cause }
    }
}

fn read_failed(error: rocksdb::Error) -> StoreError {
    StoreError::Read {
        cause: error.into_string(),
    }
}

/// Size (8 bytes), then the checkpoint's text.
fn encode_head(head: &Head) -> Vec<u8> {
    [&head.size.to_be_bytes()[..], head.checkpoint.as_bytes()].concat()
}

fn decode_head(row: &[u8]) -> Result<Head, StoreError> {
    let damaged = || StoreError::Damaged {
        what: "the head row".into(),
    };
    let (size, checkpoint) = row.split_first_chunk::<8>().ok_or_else(damaged)?;
    let checkpoint = String::from_utf8(checkpoint.to_vec()).map_err(|_| damaged())?;
    Ok(Head {
        size: u64::from_be_bytes(*size),
        checkpoint,
    })
}
