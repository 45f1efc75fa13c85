//! Memos: a few words from the sender of a note to its recipient.
//!
//! In scope: their length, and what of them a terminal is shown. Out of scope: whether they are true; the sender writes what it likes.

use std::fmt;
use std::str::FromStr;

use zeroize::{Zeroize, ZeroizeOnDrop};

/// Longest memo in bytes.
pub const MAX_MEMO_BYTES: usize = 150;

/// Why text is no memo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MemoError {
    /// Too long.
    #[error("a memo has at most {MAX_MEMO_BYTES} bytes of UTF-8; this one has {bytes}")]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// A character that does something to a terminal.
    #[error("a memo holds no control characters")]
    ControlCharacter,
}

/// A memo. Displayed with everything escaped that a terminal would obey.
#[derive(Clone, PartialEq, Eq, Default, Zeroize, ZeroizeOnDrop)]
pub struct Memo(String);

impl Memo {
    /// As much of `text` as fits.
    pub fn beginning_of(text: &str) -> Self {
        let mut end = text.len().min(MAX_MEMO_BYTES);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        Self(text[..end].to_owned())
    }

    /// From bytes that somebody sealed: any UTF-8, as a strange memo is no reason to lose the note.
    pub(super) fn sealed(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        (text.len() <= MAX_MEMO_BYTES).then(|| Self(text.to_owned()))
    }

    /// The text as it was written: not fit for a terminal.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing was written.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromStr for Memo {
    type Err = MemoError;

    fn from_str(text: &str) -> Result<Self, MemoError> {
        if text.len() > MAX_MEMO_BYTES {
            return Err(MemoError::TooLong { bytes: text.len() });
        }
        if text.chars().any(char::is_control) {
            return Err(MemoError::ControlCharacter);
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for Memo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            // Bidirectional overrides turn what follows them around.
            let turns = matches!(c, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            if c.is_control() || turns {
                write!(f, "{}", c.escape_default())?;
            } else {
                write!(f, "{c}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Memo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Memo(hidden)")
    }
}
