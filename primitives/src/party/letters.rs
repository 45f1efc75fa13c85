//! Letters of registers' numbers, folded so that no two letters become one.
//!
//! In scope: capitals of letters beyond ASCII. Out of scope: schemes that are ASCII (`identifier`). An attacker who owns this part
//! could give a company the id of another whose name looks like it.

use alloc::string::String;
use unicode_normalization::{IsNormalized, UnicodeNormalization, char::is_combining_mark, is_nfkc_quick};

/// Capital letters and digits of `value` after NFKC; the first character that cannot be folded is the error. The result is NFKC as it stands:
/// every character in it is a starter that composes with none before it.
pub(super) fn fold(value: &str) -> Result<String, char> {
    let mut folded = String::new();
    for c in value.nfkc() {
        if is_combining_mark(c) {
            return Err(c);
        }
        if c.is_alphanumeric() {
            folded.push(capital(c).ok_or(c)?);
        }
    }
    Ok(folded)
}

/// The one capital of a letter, or the character itself if it has no case. None for `ß` (two capitals), `ı` (its capital is that of `i`) and the
/// like: a capital and a small letter must lead to each other and nowhere else.
fn capital(c: char) -> Option<char> {
    let capital = only(c.to_uppercase())?;
    let small = only(capital.to_lowercase())?;
    let is_pair = only(small.to_uppercase())? == capital && (c == capital || c == small);
    let stays = is_nfkc_quick(core::iter::once(capital)) == IsNormalized::Yes;
    (is_pair && stays).then_some(capital)
}

fn only(mut mapped: impl Iterator<Item = char>) -> Option<char> {
    let first = mapped.next()?;
    mapped.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_letters_become_their_capitals() {
        for (text, folded) in [
            ("hrb-90017 hl", "HRB90017HL"),
            ("Übersee 7", "ÜBERSEE7"),
            ("u\u{308}bersee 7", "ÜBERSEE7"),
            ("ооо №12", "ОООNO12"),
            ("Αθήνα", "ΑΘΉΝΑ"),
            ("株式会社", "株式会社"),
            ("ＡＢ", "AB"),
        ] {
            assert_eq!(fold(text).as_deref(), Ok(folded), "{text}");
        }
    }

    #[test]
    fn a_letter_without_a_capital_of_its_own_is_refused() {
        for (text, letter) in [
            ("straße", 'ß'),
            ("STRAẞE", 'ẞ'),
            ("\u{131}bm", '\u{131}'),
            ("\u{130}BM", '\u{130}'),
            ("οδός", 'ς'),
            ("x\u{301}", '\u{301}'),
            ("ᄀ-\u{1161}", '\u{1161}'),
        ] {
            assert_eq!(fold(text), Err(letter), "{text}");
        }
    }

    /// So that no second NFKC is needed after the capitals: over every character and every pair with one that could join it.
    #[test]
    fn what_is_folded_is_nfkc_and_stays_itself() {
        for c in char::MIN..=char::MAX {
            let Ok(folded) = fold(&String::from(c)) else { continue };
            assert!(folded.nfkc().eq(folded.chars()), "{c:?}");
            assert_eq!(fold(&folded).as_ref(), Ok(&folded), "{c:?}");
            for kept in folded.chars() {
                assert_eq!(is_nfkc_quick(core::iter::once(kept)), IsNormalized::Yes, "{kept:?}");
                assert_eq!(
                    unicode_normalization::char::canonical_combining_class(kept),
                    0,
                    "{kept:?}"
                );
            }
        }
    }
}
