//! Currencies: ISO 4217 codes as invoices write them.
//!
//! In scope: alphabetic code to numeric code and minor-unit exponent, and amounts shown in them. Out of scope:
//! exchange rates, reading amounts out of documents. An attacker who owns this part could make an invoice of yen count
//! as euros.

mod iso4217;

use alloc::{format, string::String};
use core::fmt;

use crate::receivable::{AmountMinor, CurrencyCode};

/// A currency in force, with its minor unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency {
    alpha: &'static str,
    numeric: u16,
    exponent: u8,
}

/// Why a currency code was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CurrencyProblem {
    /// Not in ISO 4217 list one.
    #[error("not an ISO 4217 code in force")]
    Unknown,
    /// Metals, test codes, units of account: the standard gives no minor unit.
    #[error("an ISO 4217 code without a minor unit, so no amount in it is exact")]
    NoMinorUnit,
}

impl Currency {
    /// From the alphabetic code, in capitals as the standard writes it.
    ///
    /// # Errors
    /// If the code is not in force, or has no minor unit.
    pub fn from_alpha(alpha: &str) -> Result<Self, CurrencyProblem> {
        let index = iso4217::LIST_ONE
            .binary_search_by_key(&alpha, |row| row.0)
            .map_err(|_| CurrencyProblem::Unknown)?;
        Self::from_row(iso4217::LIST_ONE[index])
    }

    /// From the numeric code, as a note's terms carry it.
    ///
    /// # Errors
    /// If the code is not in force, or has no minor unit.
    pub fn from_code(code: CurrencyCode) -> Result<Self, CurrencyProblem> {
        let row = iso4217::LIST_ONE.iter().find(|row| row.1 == code.0);
        Self::from_row(*row.ok_or(CurrencyProblem::Unknown)?)
    }

    fn from_row((alpha, numeric, exponent): iso4217::Row) -> Result<Self, CurrencyProblem> {
        let exponent = exponent.ok_or(CurrencyProblem::NoMinorUnit)?;
        Ok(Self {
            alpha,
            numeric,
            exponent,
        })
    }

    /// The alphabetic code, such as `EUR`.
    pub const fn alpha(self) -> &'static str {
        self.alpha
    }

    /// The numeric code, such as 978.
    pub const fn code(self) -> CurrencyCode {
        CurrencyCode(self.numeric)
    }

    /// How many decimals the minor unit has: 2 for cents, 0 for yen, 3 for Kuwaiti fils.
    pub const fn exponent(self) -> u8 {
        self.exponent
    }

    /// An amount of minor units as a decimal with all of the currency's decimals: 100 cents are `1.00`.
    pub fn decimal(self, amount: AmountMinor) -> String {
        let digits = usize::from(self.exponent);
        if digits == 0 {
            return format!("{}", amount.0);
        }
        let unit = 10u64.pow(u32::from(self.exponent));
        format!("{}.{:0digits$}", amount.0 / unit, amount.0 % unit)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.alpha)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::{borrow::ToOwned, vec::Vec};
    use iso_currency::{Currency as Oracle, IntoEnumIterator};

    #[test]
    fn the_table_is_sorted_and_no_code_is_there_twice() {
        assert!(iso4217::LIST_ONE.is_sorted_by(|a, b| a.0 < b.0));
        let mut numeric: Vec<u16> = iso4217::LIST_ONE.iter().map(|row| row.1).collect();
        numeric.sort_unstable();
        assert!(numeric.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn the_table_agrees_with_an_independent_one() {
        // The oracle counts VES as superseded by VED; the standard keeps both in force.
        let in_force = |c: &Oracle| c.is_superseded().is_none() || c.code() == "VES";
        let mut theirs: Vec<_> = Oracle::iter()
            .filter(in_force)
            .map(|c| (c.code().to_owned(), c.numeric(), c.exponent()))
            .collect();
        theirs.sort();
        let ours: Vec<_> = iso4217::LIST_ONE
            .iter()
            .map(|(alpha, numeric, exponent)| ((*alpha).to_owned(), *numeric, exponent.map(u16::from)))
            .collect();
        assert_eq!(ours, theirs);
    }

    #[test]
    fn minor_units_are_those_of_the_standard() {
        for (alpha, numeric, exponent) in [("EUR", 978, 2), ("JPY", 392, 0), ("KWD", 414, 3), ("CLF", 990, 4)] {
            let currency = Currency::from_alpha(alpha).unwrap();
            assert_eq!((currency.code().0, currency.exponent()), (numeric, exponent), "{alpha}");
            assert_eq!(Currency::from_code(CurrencyCode(numeric)), Ok(currency));
        }
    }

    #[test]
    fn withdrawn_lower_case_and_minorless_codes_are_refused() {
        for code in ["DEM", "BGN", "HRK", "eur", "EU", "", "EURO"] {
            assert_eq!(Currency::from_alpha(code), Err(CurrencyProblem::Unknown), "{code}");
        }
        for code in ["XAU", "XTS", "XXX", "XDR"] {
            assert_eq!(Currency::from_alpha(code), Err(CurrencyProblem::NoMinorUnit), "{code}");
        }
    }

    #[test]
    fn an_amount_is_shown_with_all_its_decimals() {
        let show = |alpha, minor| Currency::from_alpha(alpha).unwrap().decimal(AmountMinor(minor));
        assert_eq!(show("EUR", 100_000_000), "1000000.00");
        assert_eq!(show("EUR", 5), "0.05");
        assert_eq!(show("JPY", 5), "5");
        assert_eq!(show("KWD", 1_001), "1.001");
    }
}
