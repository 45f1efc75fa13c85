//! Text out of a document, made fit for a message.
//!
//! In scope: bounding its length, escaping what a terminal or a log would obey. Out of scope: what is done with the
//! message. An attacker who owns this part could write escape sequences or false log lines through an error.

use core::fmt;

/// Longest excerpt of a value, in characters.
const MAX_CHARS: usize = 64;
/// Longest excerpt of a parser's message, which names a place at its end.
const MAX_MESSAGE_CHARS: usize = 200;

/// An excerpt of a document: bounded (64 characters of a value), with everything invisible escaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted(String);

impl Quoted {
    /// An excerpt of a value.
    pub(crate) fn new(text: &str) -> Self {
        Self::up_to(MAX_CHARS, text)
    }

    /// A parser's message, which quotes the document.
    pub(crate) fn message(text: &str) -> Self {
        Self::up_to(MAX_MESSAGE_CHARS, text)
    }

    fn up_to(limit: usize, text: &str) -> Self {
        let mut excerpt: String = text.chars().take(limit).flat_map(escaped).collect();
        if text.chars().nth(limit).is_some() {
            excerpt.push('…');
        }
        Self(excerpt)
    }

    /// The excerpt, escaped.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn escaped(c: char) -> impl Iterator<Item = char> {
    let (plain, escape) = if c.is_control() || is_invisible(c) || c == '"' {
        (None, Some(c.escape_default()))
    } else {
        (Some(c), None)
    };
    plain.into_iter().chain(escape.into_iter().flatten())
}

impl fmt::Display for Quoted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.0)
    }
}

/// Characters that print nothing or turn the writing direction (Unicode's Default_Ignorable_Code_Point, and the
/// interlinear marks). In an identifier they would make two that look alike differ.
pub(crate) const fn is_invisible(c: char) -> bool {
    matches!(c as u32,
        0xAD | 0x34F | 0x61C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F
        | 0x202A..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFB
        | 0x1BCA0..=0x1BCA3 | 0x1D173..=0x1D17A | 0xE0000..=0xE0FFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_is_bounded_and_holds_nothing_a_terminal_obeys() {
        assert_eq!(Quoted::new("RE 1").to_string(), "\"RE 1\"");
        assert_eq!(
            Quoted::new("a\u{1b}[2J\nb\u{202e}\"").as_str(),
            "a\\u{1b}[2J\\nb\\u{202e}\\\""
        );
        let long = Quoted::new(&"ä".repeat(100));
        assert_eq!(long.as_str().chars().count(), MAX_CHARS + 1);
        assert!(long.as_str().ends_with('…'));
    }
}
