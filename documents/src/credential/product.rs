//! Products as events name them: EPC URIs and GS1 Digital Links.
//!
//! In scope: GTIN, serial number, lot. Out of scope: other keys (pallets, assets, places), which are no products.
//! An attacker who finds two readings of one URI has one item pass for another. Source: GS1 EPC Tag Data Standard 2.0, section 6.3;
//! GS1 Digital Link: URI syntax 1.4.

use core::fmt;

/// A product, or a class of them where there is no serial number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Product {
    /// Fourteen digits with their check digit.
    pub gtin: String,
    /// Which item.
    pub serial: Option<String>,
    /// Which lot.
    pub lot: Option<String>,
}

impl Product {
    /// From an EPC URI or a digital link; `None` for anything else.
    pub fn parse(uri: &str) -> Option<Self> {
        let urn = |prefix: &str| uri.strip_prefix(prefix);
        if let Some(rest) = urn("urn:epc:id:sgtin:") {
            let (gtin, serial) = gtin_of_urn(rest)?;
            return Some(Self {
                gtin,
                serial: Some(decoded(serial)?),
                lot: None,
            });
        }
        if let Some(rest) = urn("urn:epc:class:lgtin:") {
            let (gtin, lot) = gtin_of_urn(rest)?;
            return Some(Self {
                gtin,
                serial: None,
                lot: Some(decoded(lot)?),
            });
        }
        if let Some(rest) = urn("urn:epc:idpat:sgtin:") {
            let (gtin, any) = gtin_of_urn(rest)?;
            return (any == "*").then_some(Self {
                gtin,
                serial: None,
                lot: None,
            });
        }
        Self::of_link(uri)
    }

    /// `https://any.host/01/<gtin>/10/<lot>/21/<serial>`.
    fn of_link(uri: &str) -> Option<Self> {
        let path = uri.strip_prefix("https://").or_else(|| uri.strip_prefix("http://"))?;
        let path = path.split(['?', '#']).next()?;
        let segments: Vec<&str> = path.split('/').skip(1).collect();
        let at = segments.iter().position(|segment| *segment == "01")?;
        let gtin = segments.get(at + 1)?;
        let qualifier = |key: &str| {
            let mut pairs = segments[at + 2..].chunks_exact(2);
            pairs.find(|pair| pair[0] == key).map(|pair| decoded(pair[1]))
        };
        let (serial, lot) = (qualifier("21"), qualifier("10"));
        let padded = format!("{gtin:0>14}");
        let good = matches!(gtin.len(), 8 | 12 | 13 | 14) && padded.bytes().all(|byte| byte.is_ascii_digit());
        if !good || check_digit(&padded[..13])? != padded.chars().last()? {
            return None;
        }
        Some(Self {
            gtin: padded,
            serial: flipped(serial)?,
            lot: flipped(lot)?,
        })
    }

    /// Whether this is the same item, or an item of this class or lot.
    pub(super) fn covers(&self, item: &Self) -> bool {
        let same = |own: &Option<String>, other: &Option<String>| own.is_none() || own == other;
        self.gtin == item.gtin && same(&self.serial, &item.serial) && same(&self.lot, &item.lot)
    }
}

impl fmt::Display for Product {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "/01/{}", self.gtin)?;
        if let Some(lot) = &self.lot {
            write!(f, "/10/{lot}")?;
        }
        match &self.serial {
            Some(serial) => write!(f, "/21/{serial}"),
            None => Ok(()),
        }
    }
}

#[expect(clippy::option_option, reason = "absent, present and malformed are three things")]
fn flipped(value: Option<Option<String>>) -> Option<Option<String>> {
    match value {
        None => Some(None),
        Some(decoded) => decoded.map(Some),
    }
}

/// `CompanyPrefix.IndicatorItemReference.Rest`: 13 digits, to which the check digit is added after the indicator has gone first.
fn gtin_of_urn(rest: &str) -> Option<(String, &str)> {
    let (prefix, rest) = rest.split_once('.')?;
    let (item, rest) = rest.split_once('.')?;
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !(6..=12).contains(&prefix.len()) || prefix.len() + item.len() != 13 || !digits(prefix) || !digits(item) {
        return None;
    }
    let (indicator, reference) = item.split_at_checked(1)?;
    let bare = format!("{indicator}{prefix}{reference}");
    let check = check_digit(&bare)?;
    Some((format!("{bare}{check}"), rest))
}

fn check_digit(thirteen: &str) -> Option<char> {
    let weighted = thirteen.bytes().zip([3u32, 1].into_iter().cycle());
    let sum: u32 = weighted.map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    char::from_digit((10 - sum % 10) % 10, 10)
}

/// Percent-encoding undone; `None` if it is none, or nothing is left.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, others @ ..] = rest {
        if *first == b'%' {
            let (digits, after) = others.split_at_checked(2)?;
            let hex = core::str::from_utf8(digits)
                .ok()
                .filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()))?;
            bytes.push(u8::from_str_radix(hex, 16).ok()?);
            rest = after;
        } else {
            bytes.push(*first);
            rest = others;
        }
    }
    String::from_utf8(bytes).ok().filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn uris_and_links_of_one_item_are_one_product() {
        let item = Product::parse("urn:epc:id:sgtin:0614141.107346.2017").unwrap();
        assert_eq!(
            (item.gtin.as_str(), item.serial.as_deref()),
            ("10614141073464", Some("2017"))
        );
        for link in [
            "https://id.gs1.org/01/10614141073464/21/2017",
            "http://shop.example.com/some/path/01/10614141073464/21/2017?17=290101#top",
            "https://id.gs1.org/01/10614141073464/21/%32017",
        ] {
            assert_eq!(Product::parse(link), Some(item.clone()), "{link}");
        }
        let lot = Product::parse("https://id.gs1.org/01/70614141123451/10/998877").unwrap();
        assert_eq!((lot.serial, lot.lot.as_deref()), (None, Some("998877")));
        assert!(
            Product::parse("urn:epc:idpat:sgtin:0614141.107346.*")
                .unwrap()
                .covers(&item)
        );
        assert!(!item.covers(&Product::parse("urn:epc:id:sgtin:0614141.107346.2018").unwrap()));
    }

    #[test]
    fn what_is_no_product_is_none() {
        for uri in [
            "",
            "urn:epc:id:sscc:0614141.1234567890",
            "urn:epc:id:sgtin:0614141.107346",
            "urn:epc:id:sgtin:0614141.107346.",
            "urn:epc:id:sgtin:0614141.10734.2017",
            "urn:epc:id:sgtin:061414x.107346.2017",
            "urn:epc:id:sgtin:0614141.107346.%4",
            "urn:epc:idpat:sgtin:0614141.107346.1",
            "https://id.gs1.org/01/10614141073465/21/2017",
            "https://id.gs1.org/01/1061414107346/21/2017",
            "https://id.gs1.org/414/4012345000054",
            "https://id.gs1.org/01/10614141073464/21/%zz",
            "ftp://id.gs1.org/01/10614141073464",
        ] {
            assert_eq!(Product::parse(uri), None, "{uri}");
        }
    }

    proptest! {
        #[test]
        fn arbitrary_text_never_panics(text in "\\PC{0,60}") {
            let _ = Product::parse(&text);
            let _ = Product::parse(&format!("urn:epc:id:sgtin:{text}"));
            let _ = Product::parse(&format!("https://a/01/{text}"));
        }
    }
}
