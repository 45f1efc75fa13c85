//! Decimal numbers as C2SP texts write them.
//!
//! In scope: one form per number. Out of scope: signs and fractions. A reader that took two forms would let an attacker
//! change a signed or pinned text without changing its meaning.

use super::LogError;

/// Reads ASCII digits without leading zeros (`0` itself excepted) that fit 64 bits.
pub(super) fn parse(what: &'static str, text: &str) -> Result<u64, LogError> {
    let refuse = || LogError::Number {
        what,
        text: text.chars().take(24).collect(),
    };
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !digits || (text.len() > 1 && text.starts_with('0')) {
        return Err(refuse());
    }
    text.parse().map_err(|_| refuse())
}
