//! What waits to be sequenced.

use crate::receipt::{Receipt, SubmitError};
use crate::rules::Checked;

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
    Entry(Box<Checked>),
    /// Nothing but the state record.
    StateOnly,
}
