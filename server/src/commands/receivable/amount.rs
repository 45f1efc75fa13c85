//! Amounts on the command line: `400000.00`, in the receivable's own currency, which may stand behind it.
//!
//! In scope: exact decimals. Out of scope: exchange; another currency is refused.
//! An attacker who owns this part shifts a decimal point.

use tradeseal_primitives::currency::Currency;
use tradeseal_primitives::receivable::{AmountMinor, CurrencyCode};
use tradeseal_verifier::policy::Amount;

use crate::Failure;

/// The amount, in minor units of `currency`.
pub(super) fn parse_amount(text: &str, currency: Currency) -> Result<AmountMinor, Failure> {
    let refuse = |message: String| {
        Failure::new(
            "amount_refused",
            message,
            format!("write it with digits and one point, such as 400000.00, in {currency}"),
        )
    };
    let stated = if text.contains(' ') {
        text.to_owned()
    } else {
        format!("{text} {currency}")
    };
    let amount: Amount = stated.parse().map_err(|cause| refuse(format!("{cause}")))?;
    if amount.currency != currency {
        return Err(refuse(format!(
            "{amount} is not in the receivable's currency, {currency}"
        )));
    }
    Ok(amount.minor)
}

/// The currency of a receivable, if this program knows it.
pub(super) fn currency_of(code: CurrencyCode) -> Result<Currency, Failure> {
    Currency::from_code(code).map_err(|cause| {
        Failure::new(
            "currency_unknown",
            format!("the receivable's currency, {}, cannot be written: {cause}", code.0),
            "use a newer version of tradeseal",
        )
    })
}

/// An amount for people: `400000.00 EUR`, or minor units where the currency is not known.
pub(super) fn shown(amount: AmountMinor, code: CurrencyCode) -> String {
    match Currency::from_code(code) {
        Ok(currency) => format!("{} {currency}", currency.decimal(amount)),
        Err(_) => format!("{} minor units of currency {}", amount.0, code.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_exact_and_in_the_receivables_currency() {
        let euro = Currency::from_alpha("EUR").unwrap();
        let yen = Currency::from_alpha("JPY").unwrap();
        assert_eq!(parse_amount("400000.00", euro).unwrap(), AmountMinor(40_000_000));
        assert_eq!(parse_amount("400000 EUR", euro).unwrap(), AmountMinor(40_000_000));
        assert_eq!(parse_amount("7", yen).unwrap(), AmountMinor(7));
        for (text, currency) in [
            ("1 JPY", euro),
            ("0.001", euro),
            ("0.5", yen),
            ("-1", euro),
            ("1e3", euro),
            ("1,50", euro),
            ("", euro),
        ] {
            let refused = parse_amount(text, currency).unwrap_err();
            assert_eq!(refused.code(), "amount_refused", "{text}");
        }
    }
}
