//! Writing and reading the fixed plaintexts: values one after the other, big-endian, zeros to the end.
//!
//! In scope: cursors that never panic and wipe what they held. Out of scope: the order of the values (`note`, `record`).

use tradeseal_primitives::Fr;
use tradeseal_primitives::field;
use zeroize::Zeroizing;

use super::OpenError;

/// A plaintext of `N` bytes in the making.
pub(super) struct Writer<const N: usize> {
    bytes: Zeroizing<[u8; N]>,
    at: usize,
}

impl<const N: usize> Writer<N> {
    pub(super) fn new() -> Self {
        Self {
            bytes: Zeroizing::new([0; N]),
            at: 0,
        }
    }

    /// Appends bytes; what does not fit is dropped, which no caller's constants let happen.
    pub(super) fn put(&mut self, bytes: &[u8]) {
        let end = (self.at + bytes.len()).min(N);
        let fits = end - self.at;
        self.bytes[self.at..end].copy_from_slice(&bytes[..fits]);
        self.at = end;
    }

    /// The plaintext, filled up with zeros.
    pub(super) fn finish(self) -> Zeroizing<[u8; N]> {
        self.bytes
    }
}

/// What is left to read of a plaintext.
pub(super) struct Reader<'b>(pub(super) &'b [u8]);

impl Reader<'_> {
    pub(super) fn take<const N: usize>(&mut self) -> Result<[u8; N], OpenError> {
        let (taken, rest) = self
            .0
            .split_first_chunk::<N>()
            .ok_or(OpenError::Malformed { why: "it is too short" })?;
        self.0 = rest;
        Ok(*taken)
    }

    pub(super) fn take_slice(&mut self, length: usize) -> Result<&[u8], OpenError> {
        let (taken, rest) = self
            .0
            .split_at_checked(length)
            .ok_or(OpenError::Malformed { why: "it is too short" })?;
        self.0 = rest;
        Ok(taken)
    }

    pub(super) fn take_field(&mut self) -> Result<Fr, OpenError> {
        field::from_bytes(&self.take()?).map_err(|_| OpenError::Malformed {
            why: "a value is no field element",
        })
    }

    /// Nothing but zeros follows.
    pub(super) fn finish(self) -> Result<(), OpenError> {
        if self.0.iter().all(|byte| *byte == 0) {
            return Ok(());
        }
        Err(OpenError::Malformed {
            why: "bytes are left over after its values",
        })
    }
}
