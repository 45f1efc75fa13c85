//! Sealed notes and sender's records: byte strings of one length each, so that none tells anything by its own.
//!
//! In scope: their lengths (`docs/protocol.md` section 3.5). Out of scope: sealing and opening them; nothing here can.

use super::EntryError;
use super::codec::FieldReader;
use alloc::boxed::Box;

/// Length of a sealed note: encapsulated key, 448 bytes of plaintext, authenticator.
pub const SEALED_NOTE_BYTES: usize = 496;
/// Length of a transfer's record for its sender: encapsulated key, 576 bytes of plaintext, authenticator.
pub const SENDER_RECORD_BYTES: usize = 624;

/// A note sealed to its owner.
pub type SealedNote = Box<[u8; SEALED_NOTE_BYTES]>;
/// What a transfer's sender seals to itself.
pub type SenderRecord = Box<[u8; SENDER_RECORD_BYTES]>;

pub(super) fn read_note(reader: &mut FieldReader<'_>, key: u8) -> Result<SealedNote, EntryError> {
    reader.bytes(key, "a sealed note of 496 bytes").map(Box::new)
}

pub(super) fn read_four_notes(reader: &mut FieldReader<'_>, key: u8) -> Result<[SealedNote; 4], EntryError> {
    reader.field(key, "an array of four sealed notes of 496 bytes each", |decoder| {
        if decoder.array().ok()? != Some(4) {
            return None;
        }
        let mut note = || Some(Box::new(decoder.bytes().ok()?.try_into().ok()?));
        Some([note()?, note()?, note()?, note()?])
    })
}

pub(super) fn read_sender_record(reader: &mut FieldReader<'_>, key: u8) -> Result<SenderRecord, EntryError> {
    reader.bytes(key, "a sender's record of 624 bytes").map(Box::new)
}
