//! Amounts as people write them: `1000.00 EUR`.
//!
//! In scope: exact decimals to minor units and back. Out of scope: signs, thousands separators, exchange.
//! An attacker who owns this part could shift a decimal point.

use alloc::format;
use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use tradeseal_primitives::currency::{Currency, CurrencyProblem};
use tradeseal_primitives::receivable::AmountMinor;

/// An amount in its currency's minor unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// Number of minor units.
    pub minor: AmountMinor,
    /// Currency.
    pub currency: Currency,
}

/// Why text is no amount.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// Not a decimal number, a space and a currency code.
    #[error("{text:?} is not an amount; write it as 1000.00 EUR, with a point and without separators")]
    Form {
        /// The beginning of the text.
        text: String,
    },
    /// No such currency, or none that is exact.
    #[error("currency {code:?}: {problem}")]
    Currency {
        /// The beginning of the code.
        code: String,
        /// What is wrong with it.
        problem: CurrencyProblem,
    },
    /// More decimals than the currency has.
    #[error("{currency} has {places} decimal places, {given} were given")]
    Decimals {
        /// The currency.
        currency: Currency,
        /// Its decimal places.
        places: u8,
        /// Decimals given.
        given: usize,
    },
    /// Over 64 bits of minor units.
    #[error("the amount does not fit 64 bits of minor units")]
    TooLarge,
}

impl Amount {
    /// `minor` units of `currency`.
    pub const fn new(minor: u64, currency: Currency) -> Self {
        Self {
            minor: AmountMinor(minor),
            currency,
        }
    }
}

impl FromStr for Amount {
    type Err = AmountError;

    fn from_str(text: &str) -> Result<Self, AmountError> {
        let form = || AmountError::Form {
            text: text.chars().take(32).collect(),
        };
        let (number, code) = text.split_once(' ').ok_or_else(form)?;
        let (whole, decimals) = match number.split_once('.') {
            Some((_, "")) => return Err(form()),
            Some(parts) => parts,
            None => (number, ""),
        };
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let leading_zero = whole.len() > 1 && whole.starts_with('0');
        if whole.is_empty() || leading_zero || !digits(whole) || !digits(decimals) {
            return Err(form());
        }
        let currency = Currency::from_alpha(code).map_err(|problem| AmountError::Currency {
            code: code.chars().take(8).collect(),
            problem,
        })?;
        let places = currency.exponent();
        if decimals.len() > usize::from(places) {
            return Err(AmountError::Decimals {
                currency,
                places,
                given: decimals.len(),
            });
        }
        let minor = format!("{whole}{decimals:0<width$}", width = usize::from(places));
        // All digits by now, so only the size can be wrong.
        minor
            .parse()
            .map(|minor| Self::new(minor, currency))
            .map_err(|_| AmountError::TooLarge)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.currency.decimal(self.minor), self.currency)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_exact_in_their_minor_unit() {
        for (text, minor) in [
            ("1000.00 EUR", 100_000),
            ("1000 EUR", 100_000),
            ("0.5 EUR", 50),
            ("0.01 EUR", 1),
            ("1000 JPY", 1_000),
            ("1.234 KWD", 1_234),
            ("184467440737095516.15 EUR", u64::MAX),
        ] {
            assert_eq!(text.parse::<Amount>().unwrap().minor, AmountMinor(minor), "{text}");
        }
    }

    #[test]
    fn anything_but_a_plain_decimal_and_a_currency_is_refused() {
        for text in [
            "",
            "EUR",
            "1000",
            "1000.00EUR",
            "1,000.00 EUR",
            "1000,00 EUR",
            "-1 EUR",
            "+1 EUR",
            "1e3 EUR",
            ".5 EUR",
            "5. EUR",
            "01 EUR",
            "1  EUR",
            "1 EUR ",
            "1.0.0 EUR",
            "١ EUR",
            "1 eur",
            "1 XXQ",
        ] {
            assert!(text.parse::<Amount>().is_err(), "{text:?}");
        }
        assert!(matches!(
            "1.001 EUR".parse::<Amount>(),
            Err(AmountError::Decimals {
                places: 2,
                given: 3,
                ..
            })
        ));
        assert!(matches!(
            "1.5 JPY".parse::<Amount>(),
            Err(AmountError::Decimals {
                places: 0,
                given: 1,
                ..
            })
        ));
        assert_eq!(
            "184467440737095516.16 EUR".parse::<Amount>(),
            Err(AmountError::TooLarge)
        );
    }

    proptest! {
        #[test]
        fn an_amount_reads_as_it_prints(minor in any::<u64>(), which in 0usize..3) {
            let currency = Currency::from_alpha(["EUR", "JPY", "BHD"][which]).unwrap();
            let amount = Amount::new(minor, currency);
            prop_assert_eq!(amount.to_string().parse::<Amount>(), Ok(amount));
        }

        #[test]
        fn arbitrary_text_never_panics(text in "\\PC{0,40}") {
            let _ = text.parse::<Amount>();
        }
    }
}
