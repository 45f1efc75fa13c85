//! Keys and rows as bytes: big-endian numbers and fixed-length strings, one after another.
//!
//! In scope: writing and reading them whole. Out of scope: which record has which (`record`, `registry`).

use crate::store::StoreError;
use tradeseal_primitives::{Fr, field};

/// Builds a key or a row.
pub(crate) struct Key(Vec<u8>);

impl Key {
    pub(crate) fn new() -> Self {
        Self(Vec::with_capacity(64))
    }

    pub(crate) fn byte(mut self, byte: u8) -> Self {
        self.0.push(byte);
        self
    }

    pub(crate) fn number(self, number: u64) -> Self {
        self.bytes(&number.to_be_bytes())
    }

    pub(crate) fn bytes(mut self, bytes: &[u8]) -> Self {
        self.0.extend_from_slice(bytes);
        self
    }

    pub(crate) fn done(self) -> Vec<u8> {
        self.0
    }
}

/// Reads a row.
pub(crate) struct Row<'r> {
    what: &'static str,
    rest: &'r [u8],
}

impl<'r> Row<'r> {
    pub(crate) fn new(what: &'static str, row: &'r [u8]) -> Self {
        Self { what, rest: row }
    }

    fn damaged(&self) -> StoreError {
        StoreError::Damaged { what: self.what.into() }
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], StoreError> {
        let (array, rest) = self.rest.split_first_chunk::<N>().ok_or_else(|| self.damaged())?;
        self.rest = rest;
        Ok(*array)
    }

    pub(crate) fn number(&mut self) -> Result<u64, StoreError> {
        self.array().map(u64::from_be_bytes)
    }

    pub(crate) fn flag(&mut self) -> Result<bool, StoreError> {
        match self.array()? {
            [0] => Ok(false),
            [1] => Ok(true),
            _ => Err(self.damaged()),
        }
    }

    pub(crate) fn element(&mut self) -> Result<Fr, StoreError> {
        field::from_bytes(&self.array()?).map_err(|_| self.damaged())
    }

    pub(crate) fn last_element(mut self) -> Result<Fr, StoreError> {
        let element = self.element()?;
        self.end(element)
    }

    pub(crate) fn rest(self) -> &'r [u8] {
        self.rest
    }

    /// The value, if the row has no more bytes.
    pub(crate) fn end<T>(self, value: T) -> Result<T, StoreError> {
        if self.rest.is_empty() {
            Ok(value)
        } else {
            Err(self.damaged())
        }
    }
}
