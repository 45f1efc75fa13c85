//! A debtor acknowledges an invoice: a signature that the supplier's proof verifies in circuit.
//!
//! In scope: what is signed, the file that carries it. Out of scope: the debtor's own checks of goods and amount.
//! An attacker who owns this part has debtors owe what they never agreed to.

use serde::{Deserialize, Serialize};
use tradeseal_documents::Invoice;
use tradeseal_primitives::eddsa::Signature;
use tradeseal_primitives::party::{Address, Handle, PartyId};
use tradeseal_primitives::receivable::{Acknowledgment, AmountMinor, CurrencyCode, Day, Fingerprint, Flags};
use tradeseal_verifier::entry::{DilutionKey, Ed25519Key, LedgerId};

use crate::Failure;
use crate::wallet::{ItemName, Party};

/// Largest acknowledgment file read.
pub const MAX_ACKNOWLEDGMENT_BYTES: u64 = 4096;

/// A signed acknowledgment.
#[derive(Debug, Clone)]
pub struct SignedAcknowledgment {
    /// What is acknowledged; its dilution right is that of the two below.
    pub content: Acknowledgment,
    /// The ledger that it serves on.
    pub ledger: LedgerId,
    /// The debtor's key for this receivable, which alone may dilute it.
    pub dilution_key: DilutionKey,
    /// The debtor's signature over it.
    pub signature: Signature,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    kind: String,
    fingerprint: String,
    amount_minor: u64,
    currency: u16,
    due_day: u32,
    debtor: String,
    first_owner: String,
    other_flags: u16,
    ledger_id: String,
    dilution_key: String,
    signature: String,
}

const KIND: &str = "tradeseal/acknowledgment/v2";

impl SignedAcknowledgment {
    /// The JSON form.
    pub fn to_json(&self) -> String {
        let content = &self.content;
        serde_json::json!({
            "kind": KIND,
            "fingerprint": content.fingerprint.to_string(),
            "amount_minor": content.amount.0,
            "currency": content.currency.0,
            "due_day": content.due_day.0,
            "debtor": content.debtor.to_string(),
            "first_owner": content.first_owner.to_string(),
            "other_flags": content.other_flags.bits(),
            "ledger_id": self.ledger.to_string(),
            "dilution_key": hex::encode(self.dilution_key.key().0),
            "signature": hex::encode(self.signature.to_bytes()),
        })
        .to_string()
    }

    /// Parses the JSON form.
    ///
    /// # Errors
    /// `acknowledgment_malformed` with what is wrong.
    pub fn parse(bytes: &[u8]) -> Result<Self, Failure> {
        let refuse = |why: String| {
            Failure::new(
                "acknowledgment_malformed",
                format!("not an acknowledgment: {why}"),
                "ask the debtor for it again: tradeseal receivable acknowledge FILE --debtor NAME --owner HANDLE -o FILE",
            )
        };
        let wire: Wire = serde_json::from_slice(bytes).map_err(|cause| refuse(cause.to_string()))?;
        if wire.kind != KIND {
            return Err(refuse(format!("its kind is not {KIND}")));
        }
        let mut signature = [0; 96];
        hex::decode_to_slice(&wire.signature, &mut signature).map_err(|cause| refuse(cause.to_string()))?;
        let signature = Signature::from_bytes(&signature).map_err(|cause| refuse(cause.to_string()))?;
        let ledger: LedgerId = wire
            .ledger_id
            .parse()
            .map_err(|cause| refuse(format!("ledger_id: {cause}")))?;
        let mut key = [0; 32];
        hex::decode_to_slice(&wire.dilution_key, &mut key).map_err(|cause| refuse(format!("dilution_key: {cause}")))?;
        let dilution_key =
            DilutionKey::new(Ed25519Key(key)).ok_or_else(|| refuse("dilution_key: its number is 0".to_owned()))?;
        let content = Acknowledgment {
            fingerprint: wire
                .fingerprint
                .parse::<Fingerprint>()
                .map_err(|cause| refuse(cause.to_string()))?,
            amount: AmountMinor(wire.amount_minor),
            currency: CurrencyCode(wire.currency),
            due_day: Day(wire.due_day),
            debtor: wire
                .debtor
                .parse::<PartyId>()
                .map_err(|cause| refuse(cause.to_string()))?,
            first_owner: wire
                .first_owner
                .parse::<Address>()
                .map_err(|cause| refuse(cause.to_string()))?,
            other_flags: Flags::from_bits(wire.other_flags),
            dilution_right: dilution_key.right(&ledger),
        };
        Ok(Self {
            content,
            ledger,
            dilution_key,
            signature,
        })
    }

    /// What of it is not for this invoice, first owner and ledger, in words; `None` if all is.
    pub fn differs_from(&self, invoice: &Invoice, owner: Address, ledger: &LedgerId) -> Option<&'static str> {
        let content = &self.content;
        let compared = [
            (self.ledger == *ledger, "the ledger"),
            (
                content.fingerprint == invoice.fingerprint(),
                "the invoice (its supplier, number or issue day)",
            ),
            (content.amount == invoice.amount_minor, "the amount"),
            (content.currency == invoice.currency.code(), "the currency"),
            (invoice.due_day.is_none_or(|day| day == content.due_day), "the due day"),
            (content.debtor == invoice.debtor.identifier.id(), "the debtor"),
            (content.first_owner == owner, "the first owner"),
            (
                content.other_flags == invoice.flags(),
                "the flags, such as that another payee is named",
            ),
        ];
        compared.iter().find(|(same, _)| !same).map(|(_, what)| *what)
    }
}

/// The debtor signs: this invoice, this amount, due on this day, first owned at this handle, on this ledger, with this dilution key.
///
/// # Errors
/// If the invoice names another debtor, or states another due day, or none and none is given.
pub fn acknowledge(
    invoice: &Invoice,
    (name, debtor): (&ItemName, &Party),
    owner: &Handle,
    (ledger, dilution_key): (LedgerId, DilutionKey),
    due_day: Option<Day>,
) -> Result<SignedAcknowledgment, Failure> {
    let named = &invoice.debtor.identifier;
    if debtor.identifier() != Some(named) {
        return Err(Failure::new(
            "not_the_debtor",
            format!("the invoice is owed by {named}, which is not how {name} is named"),
            "acknowledge with the party that the invoice names as customer",
        ));
    }
    let fingerprint = invoice.fingerprint();
    let content = Acknowledgment {
        fingerprint,
        amount: invoice.amount_minor,
        currency: invoice.currency.code(),
        due_day: agreed_due_day(invoice, due_day)?,
        debtor: named.id(),
        first_owner: owner.address,
        other_flags: invoice.flags(),
        dilution_right: dilution_key.right(&ledger),
    };
    let signature = debtor.spending_key().sign(content.message());
    Ok(SignedAcknowledgment {
        content,
        ledger,
        dilution_key,
        signature,
    })
}

/// The invoice's due day, or the one given where it states none.
///
/// # Errors
/// `due_day_missing`, or `due_day_differs` if both are there and disagree.
pub fn agreed_due_day(invoice: &Invoice, given: Option<Day>) -> Result<Day, Failure> {
    match (invoice.due_day, given) {
        (Some(stated), Some(given)) if stated != given => Err(Failure::new(
            "due_day_differs",
            "the invoice states another due day than the one given",
            "leave the due day out, or have the supplier issue the invoice again",
        )),
        (Some(day), _) | (None, Some(day)) => Ok(day),
        (None, None) => Err(Failure::new(
            "due_day_missing",
            "the invoice states no due day (cbc:DueDate, cbc:PaymentDueDate, or ram:DueDateDateTime)",
            "have the debtor acknowledge it with a due day: tradeseal receivable acknowledge FILE --due 2026-12-31 ...",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::dilution_key;
    use tradeseal_documents::{SAMPLE_UBL_INVOICE, read_invoice};
    use tradeseal_primitives::currency::Currency;
    use tradeseal_primitives::party::PartyIdentifier;

    const LEDGER: LedgerId = LedgerId([7; 32]);

    fn invoice() -> Invoice {
        read_invoice(SAMPLE_UBL_INVOICE.as_bytes()).unwrap()
    }

    fn signed(owner: &Handle) -> SignedAcknowledgment {
        let debtor = Party::generate(Some(PartyIdentifier::new("VAT", "NL805174962B01").unwrap())).unwrap();
        let name = "buyer".parse().unwrap();
        let key = dilution_key::derive(&debtor, &LEDGER, invoice().fingerprint(), 0)
            .unwrap()
            .public;
        acknowledge(&invoice(), (&name, &debtor), owner, (LEDGER, key), None).unwrap()
    }

    #[test]
    fn an_acknowledgment_comes_back_as_it_was_signed() {
        let owner = Party::generate(None).unwrap().handle();
        let signed = signed(&owner);
        let back = SignedAcknowledgment::parse(signed.to_json().as_bytes()).unwrap();
        assert_eq!(back.content, signed.content);
        assert_eq!((back.ledger, back.dilution_key), (LEDGER, signed.dilution_key));
        assert_eq!(back.content.dilution_right, signed.dilution_key.right(&LEDGER));
        for (from, to) in [
            ("acknowledgment/v2", "acknowledgment/v1"),
            ("\"ledger_id\":\"0707", "\"ledger_id\":\"07"),
            ("\"dilution_key\":\"", "\"dilution_key\":\"00"),
            ("\"kind\"", "\"surplus\":1,\"kind\""),
        ] {
            let json = signed.to_json();
            assert!(json.contains(from), "{from}");
            let refused = SignedAcknowledgment::parse(json.replacen(from, to, 1).as_bytes()).unwrap_err();
            assert_eq!(refused.code(), "acknowledgment_malformed", "{from}");
        }
    }

    #[test]
    fn what_differs_from_the_invoice_is_named() {
        let owner = Party::generate(None).unwrap().handle();
        let signed = signed(&owner);
        let differs = |invoice: &Invoice| signed.differs_from(invoice, owner.address, &LEDGER);
        assert_eq!(differs(&invoice()), None);
        let changed = |change: &dyn Fn(&mut Invoice)| {
            let mut invoice = invoice();
            change(&mut invoice);
            differs(&invoice).unwrap_or("nothing")
        };
        assert!(changed(&|i| i.invoice_number.push('X')).contains("number"));
        assert!(changed(&|i| i.issue_day.0 += 1).contains("issue day"));
        assert_eq!(changed(&|i| i.amount_minor.0 += 1), "the amount");
        assert_eq!(
            changed(&|i| i.currency = Currency::from_alpha("USD").unwrap()),
            "the currency"
        );
        assert_eq!(changed(&|i| i.due_day = Some(Day(1))), "the due day");
        assert_eq!(changed(&|i| i.debtor = i.supplier.clone()), "the debtor");
        assert!(changed(&|i| i.payee_named = true).contains("flags"));
        let other = Party::generate(None).unwrap().address();
        assert_eq!(signed.differs_from(&invoice(), other, &LEDGER), Some("the first owner"));
        let elsewhere = signed.differs_from(&invoice(), owner.address, &LedgerId([8; 32]));
        assert_eq!(elsewhere, Some("the ledger"));
    }
}
