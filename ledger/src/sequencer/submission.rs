//! What waits to be sequenced.

use crate::receipt::{Receipt, SubmitError};
use tradeseal_verifier::entry::Entry;

/// Called once with the outcome, on the sequencing thread.
pub(crate) type Done = Box<dyn FnOnce(Result<Receipt, SubmitError>) + Send>;

/// One submitter's wish.
pub(crate) struct Submission {
    pub(crate) work: Work,
    pub(crate) done: Done,
}

/// What is to be appended.
pub(crate) enum Work {
    /// An entry that was checked.
    Entry {
        /// The entry.
        entry: Box<Entry>,
        /// Its bytes.
        bytes: Vec<u8>,
    },
    /// Nothing but the state record.
    StateOnly,
}

impl Work {
    pub(crate) fn entry(entry: Entry) -> Self {
        let bytes = entry.encode();
        Self::Entry {
            entry: Box::new(entry),
            bytes,
        }
    }
}
