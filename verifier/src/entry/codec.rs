//! Deterministic CBOR (RFC 8949 section 4.2.1) for entries: a map with ascending small keys.
//!
//! In scope: shortest heads, definite lengths, each kind's fields in order. Out of scope: what fields mean.
//! The reader tells what is wrong where; that nothing else than the one encoding passes is made sure by encoding what was
//! read once more and comparing (`Entry::decode`), so that an attacker finds no second form even in a reader's oversight.

use super::{Ed25519Key, EntryError, EntryKind, MAX_ENTRY_BYTES};
use alloc::vec::Vec;
use minicbor::Decoder;
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_primitives::{Fr, field};

const UNSIGNED: u8 = 0;
const BYTES: u8 = 2;
const TEXT: u8 = 3;
const ARRAY: u8 = 4;
const MAP: u8 = 5;
const FALSE: u8 = 0xf4;
const TRUE: u8 = 0xf5;

/// Fields of one kind, in ascending order of their keys, field 0 (the kind) left out.
pub trait Fields: Sized {
    /// The kind these fields belong to.
    const KIND: EntryKind;
    /// How many there are.
    const COUNT: usize;

    /// Appends every field.
    fn write(&self, writer: &mut FieldWriter);

    /// Reads every field.
    fn read(reader: &mut FieldReader<'_>) -> Result<Self, EntryError>;

    /// An entry of these fields and no others.
    fn encode_fields(&self) -> Vec<u8> {
        let mut writer = FieldWriter::new(Self::KIND, Self::COUNT);
        self.write(&mut writer);
        writer.finish()
    }

    /// Reads an entry of these fields and no others.
    fn read_all(reader: &mut FieldReader<'_>) -> Result<Self, EntryError> {
        reader.expect_fields(Self::COUNT)?;
        Self::read(reader)
    }
}

/// Writes an entry's map.
pub struct FieldWriter(Vec<u8>);

impl FieldWriter {
    /// A map of the kind and `fields` further fields.
    pub(super) fn new(kind: EntryKind, fields: usize) -> Self {
        let mut writer = Self(Vec::with_capacity(256));
        writer.head(MAP, fields as u64 + 1);
        writer.uint(0, u64::from(kind.number()));
        writer
    }

    pub(super) fn uint(&mut self, key: u8, value: u64) {
        self.key(key);
        self.head(UNSIGNED, value);
    }

    pub(super) fn bool(&mut self, key: u8, value: bool) {
        self.key(key);
        self.0.push(if value { TRUE } else { FALSE });
    }

    pub(super) fn bytes(&mut self, key: u8, value: &[u8]) {
        self.key(key);
        self.byte_string(value);
    }

    /// The bytes, or an empty string.
    pub(super) fn optional_bytes<const N: usize>(&mut self, key: u8, value: Option<[u8; N]>) {
        self.bytes(key, value.as_ref().map_or(&[], |bytes| &bytes[..]));
    }

    pub(super) fn element(&mut self, key: u8, value: &Fr) {
        self.bytes(key, &field::to_bytes(value));
    }

    pub(super) fn text(&mut self, key: u8, value: &str) {
        self.key(key);
        self.text_string(value);
    }

    /// Begins a map of `count` pairs; the caller appends them in order.
    pub(super) fn map(&mut self, key: u8, count: usize) {
        self.key(key);
        self.head(MAP, count as u64);
    }

    /// Begins an array of byte strings and appends them.
    pub(super) fn byte_strings<'a>(&mut self, key: u8, items: impl ExactSizeIterator<Item = &'a [u8]>) {
        self.key(key);
        self.array_items(items);
    }

    /// An array of byte strings without a key: a value within a map.
    pub(super) fn array_items<'a>(&mut self, items: impl ExactSizeIterator<Item = &'a [u8]>) {
        self.head(ARRAY, items.len() as u64);
        items.for_each(|item| self.byte_string(item));
    }

    /// A text string without a key: a key within a map.
    pub(super) fn text_string(&mut self, value: &str) {
        self.head(TEXT, value.len() as u64);
        self.0.extend_from_slice(value.as_bytes());
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.0
    }

    fn key(&mut self, key: u8) {
        self.head(UNSIGNED, u64::from(key));
    }

    fn byte_string(&mut self, value: &[u8]) {
        self.head(BYTES, value.len() as u64);
        self.0.extend_from_slice(value);
    }

    /// The shortest head of a major type with this argument.
    fn head(&mut self, major: u8, argument: u64) {
        let bytes = argument.to_be_bytes();
        let (info, used) = match argument {
            0..24 => (bytes[7], 0),
            24..0x100 => (24, 1),
            0x100..0x1_0000 => (25, 2),
            0x1_0000..0x1_0000_0000 => (26, 4),
            _ => (27, 8),
        };
        self.0.push(major << 5 | info);
        self.0.extend_from_slice(&bytes[8 - used..]);
    }
}

/// Reads an entry's map, field by field.
pub struct FieldReader<'b> {
    decoder: Decoder<'b>,
    kind: EntryKind,
    fields: u64,
}

impl<'b> FieldReader<'b> {
    /// Reads the map's head and the kind.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, EntryError> {
        if bytes.len() > MAX_ENTRY_BYTES {
            return Err(EntryError::TooLong {
                actual: bytes.len(),
                max: MAX_ENTRY_BYTES,
            });
        }
        let mut decoder = Decoder::new(bytes);
        let fields = decoder
            .map()
            .ok()
            .flatten()
            .filter(|fields| *fields > 0)
            .ok_or(EntryError::NoKind)?;
        if decoder.u64().ok() != Some(0) {
            return Err(EntryError::NoKind);
        }
        let number = decoder.u64().map_err(|_| EntryError::NoKind)?;
        let known = u8::try_from(number).ok().and_then(EntryKind::from_number);
        Ok(Self {
            decoder,
            kind: known.ok_or(EntryError::UnknownKind { number })?,
            fields,
        })
    }

    pub(super) fn kind(&self) -> EntryKind {
        self.kind
    }

    /// Requires this many fields besides the kind.
    pub(super) fn expect_fields(&self, count: usize) -> Result<(), EntryError> {
        if self.fields != count as u64 + 1 {
            return Err(EntryError::FieldCount {
                kind: self.kind,
                expected: count + 1,
                actual: self.fields,
            });
        }
        Ok(())
    }

    pub(super) fn uint(&mut self, key: u8) -> Result<u64, EntryError> {
        self.field(key, "an unsigned integer", |d| d.u64().ok())
    }

    pub(super) fn seconds(&mut self, key: u8) -> Result<UnixSeconds, EntryError> {
        self.uint(key).map(UnixSeconds)
    }

    pub(super) fn bool(&mut self, key: u8) -> Result<bool, EntryError> {
        self.field(key, "true or false", |d| d.bool().ok())
    }

    /// A byte string of no bytes, or of `N`.
    pub(super) fn optional_bytes<const N: usize>(
        &mut self,
        key: u8,
        expected: &'static str,
    ) -> Result<Option<[u8; N]>, EntryError> {
        self.parsed(key, expected, |bytes| match bytes {
            [] => Some(None),
            _ => bytes.try_into().ok().map(Some),
        })
    }

    /// A byte string that `parse` accepts.
    pub(super) fn parsed<T>(
        &mut self,
        key: u8,
        expected: &'static str,
        parse: impl FnOnce(&[u8]) -> Option<T>,
    ) -> Result<T, EntryError> {
        self.field(key, expected, |d| parse(d.bytes().ok()?))
    }

    pub(super) fn bytes<const N: usize>(&mut self, key: u8, expected: &'static str) -> Result<[u8; N], EntryError> {
        self.parsed(key, expected, |bytes| bytes.try_into().ok())
    }

    pub(super) fn ed25519_key(&mut self, key: u8) -> Result<Ed25519Key, EntryError> {
        self.bytes(key, "a 32-byte Ed25519 key").map(Ed25519Key)
    }

    pub(super) fn element(&mut self, key: u8) -> Result<Fr, EntryError> {
        self.parsed(key, "a canonical 32-byte field element", |bytes| {
            field::from_bytes(bytes.try_into().ok()?).ok()
        })
    }

    pub(super) fn text<T>(
        &mut self,
        key: u8,
        expected: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, EntryError> {
        self.field(key, expected, |d| parse(d.str().ok()?))
    }

    /// One field: its key must come next, and `read` must accept its value.
    pub(super) fn field<T>(
        &mut self,
        key: u8,
        expected: &'static str,
        read: impl FnOnce(&mut Decoder<'b>) -> Option<T>,
    ) -> Result<T, EntryError> {
        let here = self.decoder.u8().ok() == Some(key);
        let value = if here { read(&mut self.decoder) } else { None };
        value.ok_or(EntryError::Field {
            kind: self.kind,
            field: key,
            expected,
        })
    }
}

/// A point: x then y, 32 bytes each, accepted by its type.
pub(super) fn read_point<T, E>(
    reader: &mut FieldReader<'_>,
    key: u8,
    parse: impl FnOnce(&[u8; 64]) -> Result<T, E>,
) -> Result<T, EntryError> {
    let expected = "a BabyJubJub point of the prime-order subgroup (64 bytes) other than the identity";
    reader.parsed(key, expected, |bytes| point_of(bytes, parse))
}

pub(super) fn point_of<T, E>(bytes: &[u8], parse: impl FnOnce(&[u8; 64]) -> Result<T, E>) -> Option<T> {
    parse(bytes.try_into().ok()?).ok()
}

/// An array of at most `max` 32-byte strings.
pub(super) fn read_digests<T: Ord>(
    decoder: &mut Decoder<'_>,
    max: usize,
    wrap: impl Fn([u8; 32]) -> T,
) -> Option<alloc::collections::BTreeSet<T>> {
    let count = decoder.array().ok()??;
    if count > max as u64 {
        return None;
    }
    (0..count)
        .map(|_| Some(wrap(decoder.bytes().ok()?.try_into().ok()?)))
        .collect()
}
