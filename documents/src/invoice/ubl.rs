//! Where a UBL 2.1 Invoice or CreditNote keeps each attribute.
//!
//! In scope: element names of EN 16931's UBL binding. Out of scope: what values are acceptable (the modules beside this).
//! An attacker who owns this part could read the buyer for the seller.

use super::credit_note::{self, CreditNote};
use super::party::{self, Candidate, Identifiers, LEGAL, Party, is_vat, is_vat_of_a_country};
use super::{Invoice, Syntax, amount, currency, day, invoice_number, same_currency, type_code};
use crate::date::xs_date;
use crate::error::InvoiceError;
use crate::xml::{Element, ElementPath};
use tradeseal_primitives::currency::Currency;
use tradeseal_primitives::receivable::{AmountMinor, Day};

/// Reads the attributes below an `Invoice` root. The type comes first: of a credit note nothing else matters.
pub(super) fn read(root: &Element<'_>, doc_sha256: [u8; 32]) -> Result<Invoice, InvoiceError> {
    let type_code = type_code::read(&root.required("cbc:InvoiceTypeCode")?)?;
    let currency = currency(&root.required("cbc:DocumentCurrencyCode")?)?;
    Ok(Invoice {
        syntax: Syntax::Ubl,
        invoice_number: invoice_number(&root.required("cbc:ID")?)?,
        issue_day: day::read(&root.required("cbc:IssueDate")?, xs_date)?,
        type_code,
        currency,
        amount_minor: payable(root, currency)?,
        due_day: due_day(root)?,
        supplier: party(root, "cac:AccountingSupplierParty")?,
        debtor: party(root, "cac:AccountingCustomerParty")?,
        payee_named: root.optional("cac:PayeeParty")?.is_some(),
        doc_sha256,
    })
}

/// Reads the attributes below a `CreditNote` root, or an `Invoice` root whose type code says that it credits.
pub(super) fn read_credit_note(root: &Element<'_>, doc_sha256: [u8; 32]) -> Result<CreditNote, InvoiceError> {
    let type_code = match root.local_name() {
        "Invoice" => Some(root.required("cbc:InvoiceTypeCode")?),
        // Here the root says what the document is, and UBL's schema lets the code be absent.
        _ => root.optional("cbc:CreditNoteTypeCode")?,
    };
    type_code.as_ref().map(type_code::require_credit).transpose()?;
    let currency = currency(&root.required("cbc:DocumentCurrencyCode")?)?;
    Ok(CreditNote {
        syntax: Syntax::Ubl,
        number: invoice_number(&root.required("cbc:ID")?)?,
        issue_day: day::read(&root.required("cbc:IssueDate")?, xs_date)?,
        currency,
        amount_minor: payable(root, currency).map_err(credit_note::nothing_credited)?,
        supplier: party(root, "cac:AccountingSupplierParty")?,
        debtor: party(root, "cac:AccountingCustomerParty")?,
        invoice: credited_invoice(root)?,
        doc_sha256,
    })
}

/// BG-3: the one invoice that is credited.
fn credited_invoice(root: &Element<'_>) -> Result<credit_note::InvoiceReference, InvoiceError> {
    let mut references = Vec::new();
    for billing in root.all("cac:BillingReference") {
        if let Some(invoice) = billing.optional("cac:InvoiceDocumentReference")? {
            let issued = invoice.optional("cbc:IssueDate")?;
            let issue_day = issued.map(|element| day::read(&element, xs_date)).transpose()?;
            references.push((invoice.required("cbc:ID")?, issue_day));
        }
    }
    credit_note::one_invoice(&references, || {
        root.missing("cac:BillingReference/cac:InvoiceDocumentReference")
    })
}

/// BT-115. UBL's schema demands the currency on the amount itself.
fn payable(root: &Element<'_>, currency: Currency) -> Result<AmountMinor, InvoiceError> {
    let element = root.required("cac:LegalMonetaryTotal")?.required("cbc:PayableAmount")?;
    let stated = element.required_attribute("currencyID")?;
    same_currency(element.attribute_path("currencyID"), &stated, currency)?;
    amount::read(&element, currency)
}

/// BT-9: `cbc:DueDate`; else every `cbc:PaymentDueDate` of payment means and payment terms.
fn due_day(root: &Element<'_>) -> Result<Option<Day>, InvoiceError> {
    if let Some(element) = root.optional("cbc:DueDate")? {
        return day::read(&element, xs_date).map(Some);
    }
    let mut elements = Vec::new();
    for holder in ["cac:PaymentMeans", "cac:PaymentTerms"] {
        for payment in root.all(holder) {
            elements.extend(payment.optional("cbc:PaymentDueDate")?);
        }
    }
    day::one(&elements, |element| day::read(element, xs_date))
}

fn party(root: &Element<'_>, role: &'static str) -> Result<Party, InvoiceError> {
    party::identify(&UblParty(root.required(role)?.required("cac:Party")?))
}

struct UblParty<'d>(Element<'d>);

impl Identifiers for UblParty<'_> {
    const REMEDY: &'static str = "Have the invoice issued with one of these, best first: \
        cac:PartyTaxScheme/cbc:CompanyID (VAT number), \
        cac:PartyLegalEntity/cbc:CompanyID with its @schemeID, cbc:EndpointID with its @schemeID.";

    const COUNTRY_REMEDY: &'static str = "Have the invoice issued with the party's country in \
        cac:PostalAddress/cac:Country/cbc:IdentificationCode (ISO 3166, such as DE), as EN 16931 asks; a VAT number will do without if it \
        begins with its country's prefix.";

    fn tax(&self) -> Result<Vec<Candidate>, InvoiceError> {
        let mut found = Vec::new();
        for registration in self.0.all("cac:PartyTaxScheme") {
            let Some(company) = registration.optional("cbc:CompanyID")? else {
                continue;
            };
            let named = match registration.optional("cac:TaxScheme")? {
                Some(scheme) => scheme.optional("cbc:ID")?.map(|id| id.text()).transpose()?,
                None => None,
            };
            // Old profiles name the kind on the number itself, such as DKVAT: in place of a tax scheme, or beside a mere VAT to say whose.
            let on_number = company.attribute("schemeID")?;
            let says_whose = |vat: &str| is_vat(vat) && on_number.as_deref().is_some_and(is_vat_of_a_country);
            let named = named.filter(|named| !says_whose(named)).or_else(|| on_number.clone());
            found.push(Candidate::tax(named.as_deref(), &company)?);
        }
        Ok(found)
    }

    fn legal(&self) -> Result<Vec<Candidate>, InvoiceError> {
        let mut found = Vec::new();
        for entity in self.0.all("cac:PartyLegalEntity") {
            if let Some(company) = entity.optional("cbc:CompanyID")? {
                let scheme = company.attribute("schemeID")?;
                found.push(Candidate::new(scheme.as_deref().unwrap_or(LEGAL), &company)?);
            }
        }
        Ok(found)
    }

    fn endpoint(&self) -> Result<Vec<Candidate>, InvoiceError> {
        let endpoint = self.0.optional("cbc:EndpointID")?;
        let candidate = |element: Element<'_>| Candidate::new(&element.required_attribute("schemeID")?, &element);
        Ok(endpoint.map(candidate).transpose()?.into_iter().collect())
    }

    fn country(&self) -> Result<Option<Element<'_>>, InvoiceError> {
        let Some(address) = self.0.optional("cac:PostalAddress")? else {
            return Ok(None);
        };
        let country = address.optional("cac:Country")?;
        Ok(country
            .map(|country| country.optional("cbc:IdentificationCode"))
            .transpose()?
            .flatten())
    }

    fn path(&self) -> &ElementPath {
        self.0.path()
    }
}
