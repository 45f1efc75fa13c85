//! Invoice type codes (BT-3): which documents of UNTDID 1001 claim a payment from the buyer.
//!
//! In scope: the codes that EN 16931 lists for BT-3 and the French extensions to them. Out of scope: what is claimed.
//! An attacker who owns this part could have a claim financed that its owner already sold.

use core::fmt;

use crate::error::InvoiceError;
use crate::quoted::Quoted;
use crate::xml::Element;

/// An accepted invoice type code: one of a document that claims payment. All are of type class 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeCode(u16);

impl TypeCode {
    /// The code of UNTDID 1001, such as 380.
    pub const fn number(self) -> u16 {
        self.0
    }
}

impl fmt::Display for TypeCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// Why a type code was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TypeRefusal {
    /// It credits the buyer.
    #[error("a credit note ({name}), which claims no payment")]
    CreditNote {
        /// The code's name.
        name: &'static str,
    },
    /// The claim belongs to a factor.
    #[error("a factored document ({name}), whose claim is already assigned")]
    Factored {
        /// The code's name.
        name: &'static str,
    },
    /// An offer in the form of an invoice.
    #[error("a pro-forma invoice, which claims no payment")]
    ProForma,
    /// A document about a claim, which is not the claim.
    #[error("{name}, which is not itself a claim for payment")]
    NotAClaim {
        /// The code's name.
        name: &'static str,
    },
    /// A document that credits nothing, or not one invoice, where a credit note is wanted.
    #[error("not the type code of a credit note for one invoice")]
    NotACredit,
    /// Not a code of the list.
    #[error("not an invoice type code of UNTDID 1001")]
    Unknown,
}

/// Codes of documents that claim a payment, in order.
#[rustfmt::skip]
const CLAIMS: &[u16] = &[
    80,  // debit note for goods or services
    82,  // metered services
    84,  // debit note for financial adjustments
    218, // final payment request on completion of work
    219, // payment request for completed units
    295, // price variation
    326, // partial
    331, // commercial, with packing list
    380, // commercial
    383, // debit note
    384, // corrected
    385, // consolidated
    386, // prepayment
    387, // hire
    388, // tax
    389, // self-billed
    390, // delcredere
    394, // lease
    395, // consignment
    471, // self-billed corrective
    480, // out of scope of tax
    500, // self-billed prepayment
    527, // self-billed debit note
    575, // insurer's
    623, // forwarder's
    633, // port charges
    780, // freight
    875, // partial construction
    876, // partial final construction
    877, // final construction
];

/// Codes of documents that take something off one earlier claim, in order.
#[rustfmt::skip]
const CREDITS: &[u16] = &[
    81,  // goods or services
    83,  // financial adjustments
    261, // self-billed
    296, // price variation
    308, // delcredere
    381, // commercial
    532, // forwarder's
];

const fn credit(name: &'static str) -> TypeRefusal {
    TypeRefusal::CreditNote { name }
}

const fn factored(name: &'static str) -> TypeRefusal {
    TypeRefusal::Factored { name }
}

const fn no_claim(name: &'static str) -> TypeRefusal {
    TypeRefusal::NotAClaim { name }
}

/// Codes that are refused by name, in order.
const REFUSED: &[(u16, TypeRefusal)] = &[
    (71, no_claim("a request for payment of past-due invoices")),
    (81, credit("goods or services")),
    (83, credit("financial adjustments")),
    (102, no_claim("a tax notification")),
    (130, no_claim("an invoicing data sheet")),
    (202, no_claim("a direct payment valuation")),
    (203, no_claim("a provisional payment valuation")),
    (204, no_claim("a payment valuation")),
    (211, no_claim("an interim application for payment")),
    (261, credit("self-billed")),
    (262, credit("consolidated, goods and services")),
    (296, credit("price variation")),
    (308, credit("delcredere")),
    (325, TypeRefusal::ProForma),
    (381, credit("commercial")),
    (382, no_claim("a commission note")),
    (393, factored("invoice")),
    (396, factored("credit note")),
    (420, credit("optical character reading payment")),
    (456, no_claim("a debit advice")),
    (457, no_claim("a reversal of a debit")),
    (458, credit("reversal of a credit")),
    (472, factored("corrective invoice")),
    (473, factored("self-billed corrective invoice")),
    (501, factored("self-billed invoice")),
    (502, factored("self-billed credit note")),
    (503, credit("prepayment")),
    (532, credit("forwarder's")),
    (553, no_claim("a forwarder's invoice discrepancy report")),
    (751, no_claim("invoice information for accounting purposes")),
    (817, no_claim("a claim notification")),
    (870, no_claim("a consular invoice")),
    (935, no_claim("a customs invoice")),
];

/// BT-3 of a credit note: that it is one.
pub(super) fn require_credit(element: &Element<'_>) -> Result<(), InvoiceError> {
    let value = element.text()?;
    if CREDITS.iter().any(|code| code.to_string() == value) {
        return Ok(());
    }
    let refusal = match classify(&value) {
        Err(TypeRefusal::Unknown) => TypeRefusal::Unknown,
        _ => TypeRefusal::NotACredit,
    };
    Err(InvoiceError::TypeCode {
        path: element.path().clone(),
        value: Quoted::new(&value),
        refusal,
    })
}

/// BT-3 of an invoice.
pub(super) fn read(element: &Element<'_>) -> Result<TypeCode, InvoiceError> {
    let value = element.text()?;
    classify(&value).map_err(|refusal| InvoiceError::TypeCode {
        path: element.path().clone(),
        value: Quoted::new(&value),
        refusal,
    })
}

fn classify(value: &str) -> Result<TypeCode, TypeRefusal> {
    // `parse` alone would take a sign and leading zeros, which the code list does not have.
    let is_code = value.bytes().all(|byte| byte.is_ascii_digit()) && !value.starts_with('0');
    let code: u16 = value.parse().ok().filter(|_| is_code).ok_or(TypeRefusal::Unknown)?;
    if CLAIMS.contains(&code) {
        return Ok(TypeCode(code));
    }
    let refused = REFUSED.iter().find(|(refused, _)| *refused == code);
    Err(refused.map_or(TypeRefusal::Unknown, |(_, refusal)| *refusal))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The list of EN 16931 for BT-3, invoices and credit notes together.
    const EN_16931: [u16; 57] = [
        71, 80, 81, 82, 83, 84, 102, 130, 202, 203, 204, 211, 218, 219, 261, 262, 295, 296, 308, 325, 326, 331, 380,
        381, 382, 383, 384, 385, 386, 387, 388, 389, 390, 393, 394, 395, 396, 420, 456, 457, 458, 527, 532, 553, 575,
        623, 633, 751, 780, 817, 870, 875, 876, 877, 935, 502, 503,
    ];

    #[test]
    fn every_code_of_en_16931_is_known_and_none_is_both_accepted_and_refused() {
        for code in EN_16931 {
            assert_ne!(classify(&code.to_string()), Err(TypeRefusal::Unknown), "{code}");
        }
        assert!(CLAIMS.is_sorted_by(|a, b| a < b) && REFUSED.is_sorted_by(|a, b| a.0 < b.0));
        assert!(REFUSED.iter().all(|(code, _)| !CLAIMS.contains(code)));
    }

    #[test]
    fn credit_notes_factored_and_pro_forma_documents_are_refused_by_name() {
        for code in [
            "81", "83", "261", "262", "296", "308", "381", "420", "458", "503", "532",
        ] {
            assert!(matches!(classify(code), Err(TypeRefusal::CreditNote { .. })), "{code}");
        }
        for code in ["393", "396", "472", "473", "501", "502"] {
            assert!(matches!(classify(code), Err(TypeRefusal::Factored { .. })), "{code}");
        }
        assert_eq!(classify("325"), Err(TypeRefusal::ProForma));
    }

    #[test]
    fn every_code_that_is_read_as_a_credit_is_refused_as_a_claim() {
        assert!(CREDITS.is_sorted_by(|a, b| a < b));
        for code in CREDITS {
            let refused = classify(&code.to_string());
            assert!(matches!(refused, Err(TypeRefusal::CreditNote { .. })), "{code}");
        }
    }

    #[test]
    fn anything_that_is_not_a_code_is_unknown() {
        for value in [
            "0",
            "1",
            "999",
            "1380",
            "0380",
            "+380",
            "380.0",
            "65916",
            "TD01",
            "３８０",
        ] {
            assert_eq!(classify(value), Err(TypeRefusal::Unknown), "{value}");
        }
    }
}
