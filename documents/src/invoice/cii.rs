//! Where a UN/CEFACT CrossIndustryInvoice (D16B), invoice or credit note, keeps each attribute.
//!
//! In scope: element names of EN 16931's CII binding, which Factur-X and ZUGFeRD 2 use too. Out of scope: what values
//! are acceptable (the modules beside this). An attacker who owns this part could read the buyer for the seller.

use super::credit_note::{self, CreditNote};
use super::party::{self, Candidate, Identifiers, LEGAL};
use super::{Invoice, Syntax, amount, currency, day, invoice_number, same_currency, type_code};
use crate::date::format_102;
use crate::error::InvoiceError;
use crate::quoted::Quoted;
use crate::xml::{Element, ElementPath};
use tradeseal_primitives::currency::Currency;
use tradeseal_primitives::receivable::{AmountMinor, Day};

/// Reads the attributes below a `CrossIndustryInvoice` root. The type comes first, as in `ubl`.
pub(super) fn read(root: &Element<'_>, doc_sha256: [u8; 32]) -> Result<Invoice, InvoiceError> {
    let document = root.required("rsm:ExchangedDocument")?;
    let type_code = type_code::read(&document.required("ram:TypeCode")?)?;
    let transaction = root.required("rsm:SupplyChainTradeTransaction")?;
    let agreement = transaction.required("ram:ApplicableHeaderTradeAgreement")?;
    let settlement = transaction.required("ram:ApplicableHeaderTradeSettlement")?;
    let currency = currency(&settlement.required("ram:InvoiceCurrencyCode")?)?;
    Ok(Invoice {
        syntax: Syntax::Cii,
        invoice_number: invoice_number(&document.required("ram:ID")?)?,
        issue_day: date(&document.required("ram:IssueDateTime")?.required("udt:DateTimeString")?)?,
        type_code,
        currency,
        amount_minor: payable(&settlement, currency)?,
        due_day: due_day(&settlement)?,
        supplier: party::identify(&CiiParty(agreement.required("ram:SellerTradeParty")?))?,
        debtor: party::identify(&CiiParty(agreement.required("ram:BuyerTradeParty")?))?,
        payee_named: settlement.optional("ram:PayeeTradeParty")?.is_some(),
        doc_sha256,
    })
}

/// Reads the attributes below a `CrossIndustryInvoice` root whose type code says that it credits.
pub(super) fn read_credit_note(root: &Element<'_>, doc_sha256: [u8; 32]) -> Result<CreditNote, InvoiceError> {
    let document = root.required("rsm:ExchangedDocument")?;
    type_code::require_credit(&document.required("ram:TypeCode")?)?;
    let transaction = root.required("rsm:SupplyChainTradeTransaction")?;
    let agreement = transaction.required("ram:ApplicableHeaderTradeAgreement")?;
    let settlement = transaction.required("ram:ApplicableHeaderTradeSettlement")?;
    let currency = currency(&settlement.required("ram:InvoiceCurrencyCode")?)?;
    Ok(CreditNote {
        syntax: Syntax::Cii,
        number: invoice_number(&document.required("ram:ID")?)?,
        issue_day: date(&document.required("ram:IssueDateTime")?.required("udt:DateTimeString")?)?,
        currency,
        amount_minor: payable(&settlement, currency).map_err(credit_note::nothing_credited)?,
        supplier: party::identify(&CiiParty(agreement.required("ram:SellerTradeParty")?))?,
        debtor: party::identify(&CiiParty(agreement.required("ram:BuyerTradeParty")?))?,
        invoice: credited_invoice(&settlement)?,
        doc_sha256,
    })
}

/// BG-3: the one invoice that is credited.
fn credited_invoice(settlement: &Element<'_>) -> Result<credit_note::InvoiceReference, InvoiceError> {
    let mut references = Vec::new();
    for invoice in settlement.all("ram:InvoiceReferencedDocument") {
        let issued = match invoice.optional("ram:FormattedIssueDateTime")? {
            Some(issued) => Some(date(&issued.required("qdt:DateTimeString")?)?),
            None => None,
        };
        references.push((invoice.required("ram:IssuerAssignedID")?, issued));
    }
    credit_note::one_invoice(&references, || settlement.missing("ram:InvoiceReferencedDocument"))
}

/// BT-115. CII states the currency once; a second statement on the amount must agree.
fn payable(settlement: &Element<'_>, currency: Currency) -> Result<AmountMinor, InvoiceError> {
    let sums = settlement.required("ram:SpecifiedTradeSettlementHeaderMonetarySummation")?;
    let element = sums.required("ram:DuePayableAmount")?;
    if let Some(stated) = element.attribute("currencyID")? {
        same_currency(element.attribute_path("currencyID"), &stated, currency)?;
    }
    amount::read(&element, currency)
}

/// BT-9: the due date of the payment terms.
fn due_day(settlement: &Element<'_>) -> Result<Option<Day>, InvoiceError> {
    let mut elements = Vec::new();
    for terms in settlement.all("ram:SpecifiedTradePaymentTerms") {
        if let Some(due) = terms.optional("ram:DueDateDateTime")? {
            elements.push(due.required("udt:DateTimeString")?);
        }
    }
    day::one(&elements, date)
}

/// A `DateTimeString`. EN 16931 allows only format 102.
fn date(element: &Element<'_>) -> Result<Day, InvoiceError> {
    let format = element.required_attribute("format")?;
    if format != "102" {
        return Err(InvoiceError::DateFormat {
            path: element.attribute_path("format"),
            value: Quoted::new(&format),
        });
    }
    day::read(element, format_102)
}

struct CiiParty<'d>(Element<'d>);

impl Identifiers for CiiParty<'_> {
    const REMEDY: &'static str = "Have the invoice issued with one of these, best first: \
        ram:SpecifiedTaxRegistration/ram:ID with @schemeID VA (VAT number), \
        ram:SpecifiedLegalOrganization/ram:ID with its @schemeID, \
        ram:URIUniversalCommunication/ram:URIID with its @schemeID.";

    const COUNTRY_REMEDY: &'static str = "Have the invoice issued with the party's country in \
        ram:PostalTradeAddress/ram:CountryID (ISO 3166, such as DE), as EN 16931 asks; a VAT number will do without if it begins with its \
        country's prefix.";

    fn tax(&self) -> Result<Vec<Candidate>, InvoiceError> {
        let mut found = Vec::new();
        for registration in self.0.all("ram:SpecifiedTaxRegistration") {
            if let Some(id) = registration.optional("ram:ID")? {
                found.push(Candidate::tax(id.attribute("schemeID")?.as_deref(), &id)?);
            }
        }
        Ok(found)
    }

    fn legal(&self) -> Result<Vec<Candidate>, InvoiceError> {
        let Some(organization) = self.0.optional("ram:SpecifiedLegalOrganization")? else {
            return Ok(Vec::new());
        };
        let id = organization.optional("ram:ID")?;
        let candidate = |element: Element<'_>| {
            let scheme = element.attribute("schemeID")?;
            Candidate::new(scheme.as_deref().unwrap_or(LEGAL), &element)
        };
        Ok(id.map(candidate).transpose()?.into_iter().collect())
    }

    fn endpoint(&self) -> Result<Vec<Candidate>, InvoiceError> {
        let mut found = Vec::new();
        for communication in self.0.all("ram:URIUniversalCommunication") {
            if let Some(uri) = communication.optional("ram:URIID")? {
                found.push(Candidate::new(&uri.required_attribute("schemeID")?, &uri)?);
            }
        }
        Ok(found)
    }

    fn country(&self) -> Result<Option<Element<'_>>, InvoiceError> {
        let address = self.0.optional("ram:PostalTradeAddress")?;
        Ok(address
            .map(|address| address.optional("ram:CountryID"))
            .transpose()?
            .flatten())
    }

    fn path(&self) -> &ElementPath {
        self.0.path()
    }
}
