//! Names that users give to what their wallet keeps.
//!
//! In scope: which names are accepted. Out of scope: where they stand (`store` blinds them).
//! An attacker who chooses a name could play with terminals and folders; hence no control characters, and no name is ever
//! part of a path.

use std::fmt;
use std::str::FromStr;

use super::WalletError;

/// Longest name in bytes.
const MAX_BYTES: usize = 255;

/// The name of a party, key or note: 1 to 255 bytes, no control characters, no space at either end.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemName(String);

impl ItemName {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ItemName {
    type Err = WalletError;

    fn from_str(text: &str) -> Result<Self, WalletError> {
        let refuse = |why| Err(WalletError::Name { why });
        match text {
            "" => refuse("it is empty"),
            _ if text.len() > MAX_BYTES => refuse("it has more than 255 bytes"),
            _ if text.chars().any(char::is_control) => refuse("it holds a control character"),
            _ if text.trim() != text => refuse("it begins or ends with a space"),
            _ => Ok(Self(text.to_owned())),
        }
    }
}

impl fmt::Display for ItemName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
