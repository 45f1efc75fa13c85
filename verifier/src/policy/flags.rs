//! Flags by name, as JSON and people write them.
//!
//! In scope: names to bits and back. Out of scope: what a flag proves (`docs/protocol.md` section 3).
//! An attacker who owns this part could have one flag read as another.

use alloc::string::String;
use alloc::vec::Vec;

use tradeseal_primitives::receivable::Flags;

/// Why names are no flags.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FlagError {
    /// No such flag.
    #[error("unknown flag {name:?}; the flags are acknowledged and other_payee_named")]
    Unknown {
        /// The beginning of the name.
        name: String,
    },
    /// Named twice.
    #[error("flag {name} is named twice")]
    Repeated {
        /// The name.
        name: &'static str,
    },
}

/// Names of the flags that are set, in order of their bits.
pub fn flag_names(flags: Flags) -> Vec<&'static str> {
    Flags::NAMED
        .iter()
        .filter(|(_, flag)| flags.contains(*flag))
        .map(|(name, _)| *name)
        .collect()
}

/// The flags of these names.
///
/// # Errors
/// `FlagError` for a name that is unknown or occurs twice.
pub fn flags_from_names<S: AsRef<str>>(names: &[S]) -> Result<Flags, FlagError> {
    names.iter().try_fold(Flags::NONE, |flags, name| {
        let name = name.as_ref();
        let (known, flag) =
            Flags::NAMED
                .iter()
                .find(|(known, _)| *known == name)
                .ok_or_else(|| FlagError::Unknown {
                    name: name.chars().take(32).collect(),
                })?;
        if flags.contains(*flag) {
            return Err(FlagError::Repeated { name: known });
        }
        Ok(flags.with(*flag))
    })
}

/// Every flag that has a name.
pub(super) fn all_named() -> Flags {
    Flags::NAMED.iter().fold(Flags::NONE, |all, (_, flag)| all.with(*flag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_round_trip_and_others_are_refused() {
        for bits in 0..4 {
            let flags = Flags::from_bits(bits);
            assert_eq!(flags_from_names(&flag_names(flags)), Ok(flags));
        }
        assert!(matches!(
            flags_from_names(&["Acknowledged"]),
            Err(FlagError::Unknown { .. })
        ));
        let twice = flags_from_names(&["acknowledged", "acknowledged"]);
        assert_eq!(twice, Err(FlagError::Repeated { name: "acknowledged" }));
    }
}
