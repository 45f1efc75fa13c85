//! Countries, as scopes of national numbers and as prefixes of VAT numbers.
//!
//! In scope: which two letters are a country, Greece's and Britain's second spellings. Out of scope: who lives there.
//! An attacker who owns this part could move a company's number to another country.

/// ISO 3166-1 alpha-2, and the two codes that invoices use beside it: XI (Northern Ireland) and XK (Kosovo).
const CODES: &str = "\
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC \
    CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD \
    GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH \
    KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW \
    MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC \
    SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY \
    UZ VA VC VE VG VI VN VU WF WS XI XK YE YT ZA ZM ZW";

/// Second spellings: `EL` is Greece on VAT numbers, `UK` is Britain in old schemes (`UK:VAT`).
const OTHER_SPELLINGS: [(&str, &str); 2] = [("EL", "GR"), ("UK", "GB")];

/// A country whose registers and tax offices give numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Country(&'static str);

impl Country {
    /// From two capital letters: a code of ISO 3166-1 alpha-2, `XI` or `XK`; `EL` is read as `GR` and `UK` as `GB`.
    pub fn from_alpha2(text: &str) -> Option<Self> {
        let other = OTHER_SPELLINGS.iter().find(|(spelling, _)| *spelling == text);
        let code = other.map_or(text, |(_, code)| code);
        CODES.split(' ').find(|known| *known == code).map(Self)
    }

    /// The code, such as `DE`.
    pub const fn alpha2(self) -> &'static str {
        self.0
    }

    /// What the country's VAT numbers begin with: its code, but `EL` for Greece.
    pub(super) fn vat_prefix(self) -> &'static str {
        if self.0 == "GR" { "EL" } else { self.0 }
    }
}

impl core::fmt::Display for Country {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.0)
    }
}

/// The prefix that a VAT number begins with, in its one spelling: a country's, or `EU` (businesses outside the Union).
pub(super) fn leading_vat_prefix(number: &str) -> Option<&'static str> {
    match number.get(..2)? {
        "EU" => Some("EU"),
        letters => Country::from_alpha2(letters).map(Country::vat_prefix),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;
    use iso_currency::{Currency, IntoEnumIterator};

    #[test]
    fn every_country_that_has_a_currency_is_one() {
        for currency in Currency::iter() {
            for country in currency.used_by() {
                let code = country.to_string();
                assert!(code.is_empty() || Country::from_alpha2(&code).is_some(), "{code}");
            }
        }
        let codes: Vec<&str> = CODES.split(' ').collect();
        assert!(codes.is_sorted_by(|a, b| a < b) && codes.iter().all(|code| code.len() == 2));
        assert_eq!(codes.len(), 249 + 2);
    }

    #[test]
    fn nothing_but_two_capitals_of_the_list_is_a_country() {
        for text in ["", "D", "de", "DEU", "QQ", "EU", "AD AE", "1A", "Ä", "D "] {
            assert_eq!(Country::from_alpha2(text), None, "{text}");
        }
    }

    #[test]
    fn greece_and_britain_are_one_country_each() {
        assert_eq!(Country::from_alpha2("EL"), Country::from_alpha2("GR"));
        assert_eq!(Country::from_alpha2("UK"), Country::from_alpha2("GB"));
        for number in ["GR1", "EL1"] {
            assert_eq!(leading_vat_prefix(number), Some("EL"));
        }
        assert_eq!(leading_vat_prefix("UK1"), Some("GB"));
        assert_eq!(leading_vat_prefix("AB1"), None);
    }
}
