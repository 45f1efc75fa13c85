//! Who a party is: the best official identifier that its element gives.
//!
//! In scope: the order tax id, legal id, endpoint id (DESIGN 4.1), ambiguity, the country that scopes a national number. Out of scope:
//! where a syntax keeps them (`ubl`, `cii`), normalising (`primitives::party`), whether the identifier exists. An attacker who
//! owns this part could put one company's debt on another.

use tradeseal_primitives::party::{Country, IdentifierError, PartyIdentifier, Scheme};

use crate::error::InvoiceError;
use crate::quoted::Quoted;
use crate::xml::{Element, ElementPath};

/// A party of an invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Its identifier, normalised.
    pub identifier: PartyIdentifier,
    /// The element that the identifier came from.
    pub source: ElementPath,
}

/// Scheme of a tax number other than VAT.
const TAX: &str = "TAX";
/// Scheme of a legal registration whose register is not named.
pub(super) const LEGAL: &str = "LEGAL";

/// An identifier as an element gives it.
pub(super) struct Candidate {
    scheme: String,
    value: String,
    source: ElementPath,
}

impl Candidate {
    /// The element's text under a scheme.
    pub(super) fn new(scheme: &str, element: &Element<'_>) -> Result<Self, InvoiceError> {
        Ok(Self {
            scheme: scheme.to_owned(),
            value: element.text()?,
            source: element.path().clone(),
        })
    }

    /// A tax number under the VAT scheme that its element names, or else TAX, since both syntaxes have but two kinds
    /// (BT-31, BT-32) and what stands for the second differs from one to the other.
    pub(super) fn tax(named: Option<&str>, element: &Element<'_>) -> Result<Self, InvoiceError> {
        Self::new(named.filter(|scheme| is_vat(scheme)).unwrap_or(TAX), element)
    }

    /// The party of this identifier, with the country that its element gives if the identifier is not one without it.
    fn party<I: Identifiers>(&self, holder: &I) -> Result<Party, InvoiceError> {
        let stated = |country| PartyIdentifier::in_country(&self.scheme, &self.value, country);
        let identifier = match stated(None) {
            Err(IdentifierError::NoCountry { .. }) => stated(Some(self.country(holder)?)),
            found => found,
        };
        Ok(Party {
            identifier: identifier.map_err(|problem| InvoiceError::PartyId {
                path: self.source.clone(),
                value: Quoted::new(&self.value),
                problem,
            })?,
            source: self.source.clone(),
        })
    }

    /// BT-40 and BT-55.
    fn country<I: Identifiers>(&self, holder: &I) -> Result<Country, InvoiceError> {
        let element = holder.country()?.ok_or_else(|| InvoiceError::NoPartyCountry {
            path: self.source.clone(),
            value: Quoted::new(&self.value),
            remedy: I::COUNTRY_REMEDY,
        })?;
        let value = element.text()?;
        Country::from_alpha2(&value).ok_or_else(|| InvoiceError::UnknownCountry {
            path: element.path().clone(),
            value: Quoted::new(&value),
        })
    }
}

/// Whether a scheme is one of VAT.
pub(super) fn is_vat(scheme: &str) -> bool {
    matches!(Scheme::parse(scheme), Ok(Scheme::Vat(_)))
}

/// Whether a scheme is VAT of a country that it names, such as `DKVAT`.
pub(super) fn is_vat_of_a_country(scheme: &str) -> bool {
    matches!(Scheme::parse(scheme), Ok(Scheme::Vat(Some(_))))
}

/// Where a syntax keeps each kind of identifier. Asked in this order, and only until one is found.
pub(super) trait Identifiers {
    /// What to do about a party without any: the elements that would do, best first.
    const REMEDY: &'static str;
    /// What to do about a national number without a country: the element to add.
    const COUNTRY_REMEDY: &'static str;

    /// Tax numbers.
    fn tax(&self) -> Result<Vec<Candidate>, InvoiceError>;
    /// Legal registrations.
    fn legal(&self) -> Result<Vec<Candidate>, InvoiceError>;
    /// Electronic addresses.
    fn endpoint(&self) -> Result<Vec<Candidate>, InvoiceError>;
    /// The country of the party's address.
    fn country(&self) -> Result<Option<Element<'_>>, InvoiceError>;
    /// The party's own place.
    fn path(&self) -> &ElementPath;
}

/// The party's best identifier.
pub(super) fn identify<I: Identifiers>(party: &I) -> Result<Party, InvoiceError> {
    // "Godkänd för F-skatt" and "Foretaksregisteret" stand as tax numbers on Swedish and Norwegian invoices and are
    // the same for every company: a tax number has a digit.
    let numbers: Vec<Candidate> = party.tax()?.into_iter().filter(has_digit).collect();
    let (vat, other_tax): (Vec<_>, Vec<_>) = numbers.into_iter().partition(|tax| is_vat(&tax.scheme));
    for tax in [vat, other_tax] {
        if let Some(found) = only(party, &tax)? {
            return Ok(found);
        }
    }
    if let Some(found) = only(party, &party.legal()?)? {
        return Ok(found);
    }
    only(party, &party.endpoint()?)?.ok_or_else(|| InvoiceError::NoPartyId {
        path: party.path().clone(),
        remedy: I::REMEDY,
    })
}

fn has_digit(candidate: &Candidate) -> bool {
    candidate.value.chars().any(char::is_numeric)
}

/// The one party that all candidates of a kind name; `None` if there are no candidates.
fn only<I: Identifiers>(holder: &I, candidates: &[Candidate]) -> Result<Option<Party>, InvoiceError> {
    let Some((first, others)) = candidates.split_first() else {
        return Ok(None);
    };
    let found = first.party(holder)?;
    for other in others {
        let second = other.party(holder)?;
        if second.identifier != found.identifier {
            return Err(InvoiceError::SeveralPartyIds {
                path: second.source,
                first: Quoted::new(&first.value),
                second: Quoted::new(&other.value),
            });
        }
    }
    Ok(Some(found))
}
