//! What one check found, with a reason for people beside the detail for the curious.

use alloc::string::{String, ToString};
use core::fmt::Display;

/// The result of one check; `T` is what later checks may then rely on.
pub(crate) enum Finding<T> {
    Passed {
        detail: String,
        value: T,
    },
    Failed {
        reason: String,
        detail: String,
    },
    NotChecked {
        reason: String,
        remedy: &'static str,
        detail: String,
    },
}

impl<T> Finding<T> {
    pub(crate) fn passed(detail: impl Display, value: T) -> Self {
        Self::Passed {
            detail: detail.to_string(),
            value,
        }
    }

    /// `reason` completes the sentence "Not verified: ...".
    pub(crate) fn failed(reason: impl Display, detail: impl Display) -> Self {
        Self::Failed {
            reason: reason.to_string(),
            detail: detail.to_string(),
        }
    }

    /// `reason` completes the sentence "Inconclusive: nothing speaks against it, but ...", `remedy` the one after it,
    /// "To settle it, ...".
    pub(crate) fn not_checked(reason: impl Display, remedy: &'static str, detail: impl Display) -> Self {
        Self::NotChecked {
            reason: reason.to_string(),
            remedy,
            detail: detail.to_string(),
        }
    }
}
