//! Memory for tables: tens of megabytes that are read at random, so in pages as large as the system gives.
//!
//! In scope: allocation. Out of scope: contents. An attacker who owns this part makes proofs fail.

use std::io;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

use memmap2::MmapMut;
use zerocopy::{FromBytes, Immutable, IntoBytes};

/// A slice of `T`, at first all zero bytes.
pub(crate) struct TableMemory<T> {
    map: Option<MmapMut>,
    bytes: usize,
    items: PhantomData<T>,
}

impl<T: FromBytes + IntoBytes + Immutable> TableMemory<T> {
    /// Memory for so many items.
    ///
    /// # Errors
    /// `OutOfMemory`, or whatever the system says.
    pub(crate) fn zeroed(items: usize) -> io::Result<Self> {
        let bytes = items.checked_mul(size_of::<T>()).ok_or(io::ErrorKind::OutOfMemory)?;
        let map = (bytes > 0).then(|| MmapMut::map_anon(bytes)).transpose()?;
        #[cfg(target_os = "linux")]
        if let Some(map) = &map {
            // Only a hint: the same table in small pages is slower, not wrong.
            let _ = map.advise(memmap2::Advice::HugePage);
        }
        Ok(Self {
            map,
            bytes,
            items: PhantomData,
        })
    }
}

impl<T: FromBytes + Immutable> Deref for TableMemory<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        // Maps begin at a page, so the alignment of any item holds, and the length is a whole number of items.
        self.map
            .as_ref()
            .and_then(|map| <[T]>::ref_from_bytes(&map[..self.bytes]).ok())
            .unwrap_or_default()
    }
}

impl<T: FromBytes + IntoBytes + Immutable> DerefMut for TableMemory<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        self.map
            .as_mut()
            .and_then(|map| <[T]>::mut_from_bytes(&mut map[..self.bytes]).ok())
            .unwrap_or_default()
    }
}
