//! Sealing on the ledger: openings of notes to their owners, and to senders the record of what they sent (protocol.md section 3.5).
//!
//! In scope: the two plaintexts, byte for byte, and HPKE around them. Out of scope: who a recipient is (`operations`), whether an opening is
//! true: whoever opens one compares it with the entry's commitment.
//! An attacker without the recipient's key learns neither content nor recipient; the sealed forms are of one length each, and hold no key of anybody's.

mod bytes;
mod hpke;
mod memo;
mod note;
mod record;

pub use hpke::{OpenError, SealError, thrown_away_key};
pub use memo::{MAX_MEMO_BYTES, Memo, MemoError};
pub use note::{InvoiceSource, NoteOpening};
pub use record::{RecordedOutput, SenderRecord};

#[cfg(test)]
mod tests;
