//! What a verifier requires of a receivable.
//!
//! In scope: the values, their bounds, their digest, and the file a clerk writes them in. Out of scope: who asks and
//! when (`request`), proving that a receivable meets them (crate `circuits`).
//! An attacker who owns this part could have a bank ask for less than it meant.

mod amount;
mod debtors;
mod digest;
mod file;
mod flags;
mod wire;

pub use amount::{Amount, AmountError};
pub use debtors::{ApprovedDebtors, DebtorsError, DebtorsRoot, MAX_DEBTORS};
pub use digest::PolicyDigest;
pub use file::{MAX_POLICY_FILE_BYTES, PolicyFile, PolicyFileError};
pub use flags::{FlagError, flag_names, flags_from_names};
pub(crate) use wire::WirePolicy;
pub use wire::WirePolicyError;

use tradeseal_primitives::receivable::{Day, Flags};

/// A policy for `receivable/eligibility/v2`, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    min_amount: Amount,
    due: DueWindow,
    debtors: ApprovedDebtors,
    required: Flags,
    forbidden: Flags,
}

/// First and last acceptable due day, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueWindow {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

/// Why values make no policy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// The minimum is zero: every note would meet it, and dummy notes too.
    #[error("the minimum amount must be at least one minor unit of the currency")]
    NoMinimum,
    /// The window ends before it begins.
    #[error("the due window ends on {to} before it begins on {from}", from = crate::calendar::format_day(window.from), to = crate::calendar::format_day(window.to))]
    WindowReversed {
        /// As given.
        window: DueWindow,
    },
    /// A flag is both required and forbidden.
    #[error("a flag cannot be both required and forbidden: {}", flag_names(*both).join(", "))]
    FlagsOverlap {
        /// The flags in both.
        both: Flags,
    },
    /// A bit without a name in version 1.
    #[error("flag bits {bits:#06x} have no meaning in version 1")]
    UnnamedFlags {
        /// The bits.
        bits: u16,
    },
}

impl Policy {
    /// A policy of these values.
    ///
    /// # Errors
    /// `PolicyError` naming the bound that is broken.
    pub fn new(
        min_amount: Amount,
        due: DueWindow,
        debtors: ApprovedDebtors,
        required: Flags,
        forbidden: Flags,
    ) -> Result<Self, PolicyError> {
        if min_amount.minor.0 == 0 {
            return Err(PolicyError::NoMinimum);
        }
        if due.from > due.to {
            return Err(PolicyError::WindowReversed { window: due });
        }
        let both = Flags::from_bits(required.bits() & forbidden.bits());
        if both != Flags::NONE {
            return Err(PolicyError::FlagsOverlap { both });
        }
        let unnamed = required.with(forbidden).bits() & !flags::all_named().bits();
        if unnamed != 0 {
            return Err(PolicyError::UnnamedFlags { bits: unnamed });
        }
        Ok(Self {
            min_amount,
            due,
            debtors,
            required,
            forbidden,
        })
    }

    /// Least acceptable amount, with its currency.
    pub fn min_amount(&self) -> Amount {
        self.min_amount
    }

    /// Acceptable due days.
    pub fn due(&self) -> DueWindow {
        self.due
    }

    /// Acceptable debtors.
    pub fn debtors(&self) -> &ApprovedDebtors {
        &self.debtors
    }

    /// Flags that must be set.
    pub fn required_flags(&self) -> Flags {
        self.required
    }

    /// Flags that must not be set.
    pub fn forbidden_flags(&self) -> Flags {
        self.forbidden
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;
    use tradeseal_primitives::Fr;
    use tradeseal_primitives::currency::Currency;
    use tradeseal_primitives::party::PartyId;

    fn build(minor: u64, window: (u32, u32), required: Flags, forbidden: Flags) -> Result<Policy, PolicyError> {
        let debtors = ApprovedDebtors::new([PartyId::from_fr(Fr::from(5u64))]).unwrap();
        let due = DueWindow {
            from: Day(window.0),
            to: Day(window.1),
        };
        Policy::new(
            Amount::new(minor, Currency::from_alpha("EUR").unwrap()),
            due,
            debtors,
            required,
            forbidden,
        )
    }

    #[test]
    fn a_policy_that_asks_nothing_or_the_impossible_is_refused() {
        assert_eq!(build(0, (1, 2), Flags::NONE, Flags::NONE), Err(PolicyError::NoMinimum));
        assert!(matches!(
            build(1, (2, 1), Flags::NONE, Flags::NONE),
            Err(PolicyError::WindowReversed { .. })
        ));
        let overlap = build(1, (1, 2), Flags::ACKNOWLEDGED, Flags::ACKNOWLEDGED).unwrap_err();
        assert_eq!(
            overlap.to_string(),
            "a flag cannot be both required and forbidden: acknowledged"
        );
        let unnamed = build(1, (1, 2), Flags::from_bits(4), Flags::NONE);
        assert_eq!(unnamed, Err(PolicyError::UnnamedFlags { bits: 4 }));
        assert!(build(1, (1, 1), Flags::ACKNOWLEDGED, Flags::OTHER_PAYEE_NAMED).is_ok());
    }
}
