//! Amounts (BT-115): an exact decimal to minor units.
//!
//! In scope: the lexical form of `xs:decimal`, the currency's exponent, range. Out of scope: rounding, which would make
//! another amount than the one owed. An attacker who owns this part could move a decimal point.

use tradeseal_primitives::receivable::AmountMinor;

use crate::error::InvoiceError;
use crate::quoted::Quoted;
use crate::xml::Element;
use tradeseal_primitives::currency::Currency;

/// Why a decimal is no amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Problem {
    NotADecimal,
    NotPositive,
    ExcessDecimals,
    TooLarge,
}

/// The amount in an element, in minor units of `currency`.
pub(super) fn read(element: &Element<'_>, currency: Currency) -> Result<AmountMinor, InvoiceError> {
    let text = element.text()?;
    let (path, value) = (element.path().clone(), Quoted::new(&text));
    minor_units(&text, currency.exponent())
        .map(AmountMinor)
        .map_err(|problem| match problem {
            Problem::NotADecimal => InvoiceError::NotADecimal { path, value },
            Problem::NotPositive => InvoiceError::NotPositive { path, value },
            Problem::TooLarge => InvoiceError::AmountTooLarge { path, value },
            Problem::ExcessDecimals => InvoiceError::ExcessDecimals {
                path,
                value,
                currency: currency.alpha(),
                exponent: currency.exponent(),
            },
        })
}

/// `xs:decimal`: a sign or none, digits, and a point with digits or none; no exponent. Zeros that change nothing (leading, or
/// trailing after the point) are taken off first, so that 10.500 EUR is exactly 1050 cents.
fn minor_units(text: &str, exponent: u8) -> Result<u64, Problem> {
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(whole) || !is_digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
        return Err(Problem::NotADecimal);
    }
    let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
    if negative || (whole.is_empty() && fraction.is_empty()) {
        return Err(Problem::NotPositive);
    }
    let exponent = usize::from(exponent);
    if fraction.len() > exponent {
        return Err(Problem::ExcessDecimals);
    }
    let digits = format!("{whole}{fraction:0<exponent$}");
    digits.parse().map_err(|_| Problem::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn decimals_are_exact() {
        for (text, exponent, minor) in [
            ("120", 2, 12_000),
            ("336.9", 2, 33_690),
            ("10.500", 2, 1_050),
            ("+0001.10", 2, 110),
            (".5", 2, 50),
            ("7.", 2, 700),
            ("0.01", 2, 1),
            ("100.00", 0, 100),
            ("1.234", 3, 1_234),
            ("184467440737095516.15", 2, u64::MAX),
        ] {
            assert_eq!(minor_units(text, exponent), Ok(minor), "{text}");
        }
    }

    #[test]
    fn what_is_not_an_amount_says_why() {
        for (text, exponent, problem) in [
            ("0", 2, Problem::NotPositive),
            ("-0.00", 2, Problem::NotPositive),
            ("-1.005", 2, Problem::NotPositive),
            ("1.005", 2, Problem::ExcessDecimals),
            ("0.001", 2, Problem::ExcessDecimals),
            ("1.5", 0, Problem::ExcessDecimals),
            ("184467440737095516.16", 2, Problem::TooLarge),
            ("99999999999999999999999999999999999999999", 0, Problem::TooLarge),
        ] {
            assert_eq!(minor_units(text, exponent), Err(problem), "{text}");
        }
        for text in [
            "", ".", "-", "+", "1,5", "1.000,50", "1 000", "1e3", "0x10", "1.2.3", "--1", "+-1", "NaN", "INF", "１",
        ] {
            assert_eq!(minor_units(text, 2), Err(Problem::NotADecimal), "{text}");
        }
    }

    /// The same rule by integer arithmetic: scale, and see what remains.
    fn oracle(negative: bool, whole: &str, fraction: &str, exponent: u32) -> Result<u64, Problem> {
        let scaled: u128 = format!("{whole}{fraction}").parse().unwrap();
        let unit = 10u128.pow(u32::try_from(fraction.len()).unwrap());
        let minor = scaled * 10u128.pow(exponent);
        if negative || scaled == 0 {
            Err(Problem::NotPositive)
        } else if !minor.is_multiple_of(unit) {
            Err(Problem::ExcessDecimals)
        } else {
            u64::try_from(minor / unit).map_err(|_| Problem::TooLarge)
        }
    }

    proptest! {
        #[test]
        fn the_reader_agrees_with_integer_arithmetic(
            negative in any::<bool>(),
            whole in "[0-9]{1,22}",
            fraction in "[0-9]{0,4}0{0,6}",
            exponent in 0u8..=4,
        ) {
            let sign = if negative { "-" } else { "" };
            let expected = oracle(negative, &whole, &fraction, u32::from(exponent));
            let point = if fraction.is_empty() { "" } else { "." };
            prop_assert_eq!(minor_units(&format!("{sign}{whole}{point}{fraction}"), exponent), expected);
        }

        #[test]
        fn only_digits_signs_and_one_point_are_ever_taken(text in "[-+.,0-9eE _']{0,12}") {
            if minor_units(&text, 2).is_ok() {
                prop_assert!(text.parse::<f64>().is_ok_and(|value| value > 0.0));
                prop_assert!(!text.contains(['e', 'E', '-']));
            }
        }

        #[test]
        fn an_amount_survives_being_written_and_read(minor in 1u64.., alpha in prop::sample::select(vec!["EUR", "JPY", "KWD", "CLF"])) {
            let currency = Currency::from_alpha(alpha).unwrap();
            prop_assert_eq!(minor_units(&currency.decimal(AmountMinor(minor)), currency.exponent()), Ok(minor));
        }
    }
}
