//! A credit note or a prepayment leaves less of a receivable: whoever may dilute it says so on the ledger.
//!
//! In scope: what remains, so that it is exact however many credits there are, and that no credit counts twice. Out of scope: whether
//! the credit is due; a receivable's owners are not asked.
//! An attacker who owns this part lowers what receivables prove, of parties whose keys are here.
//!
//! What is about to be applied is kept before the ledger hears of it: it counts as applied once the ledger says that no more remains than it left.

use tradeseal_documents::{CreditNote, Invoice};
use tradeseal_ledger::view::Receivable;
use tradeseal_primitives::hash::sha256;
use tradeseal_primitives::receivable::{AmountMinor, ReceivableNumber, RemainingPpb};
use tradeseal_verifier::entry::{Dilute, DiluteBody, Entry};

use super::LocalLedger;
use super::append::{Accepted, append};
use super::dilution_key::{DilutionSecret, used_and_next};
use crate::Failure;
use crate::wallet::{AppliedCredit, HeldNote, ItemName, NoteWay, Party, Wallet};

/// Why less is owed.
pub enum Credit<'a> {
    /// By a credit note.
    Note(&'a CreditNote),
    /// Because this much was paid already.
    Prepaid(AmountMinor),
}

/// What came of it.
pub struct Diluted {
    /// The receivable's number.
    pub number: ReceivableNumber,
    /// What was owed at first.
    pub face: AmountMinor,
    /// What is owed now.
    pub left: AmountMinor,
    /// What every part of it proves at most.
    pub remaining: RemainingPpb,
    /// Its entry.
    pub receipt: Accepted,
}

/// Lowers what every part of the invoice's receivable can prove.
///
/// # Errors
/// `credit_note_differs` naming what is not the invoice's; `not_yours_to_dilute`; `credit_already_applied`; `credit_too_large`.
pub fn dilute(
    (wallet, local): (&Wallet, &LocalLedger),
    invoice: &Invoice,
    (name, party): (&ItemName, &Party),
    credit: &Credit<'_>,
) -> Result<Diluted, Failure> {
    let credited = credited_amount(invoice, credit)?;
    let face = face_amount(wallet, invoice)?;
    let view = local.ledger().view()?;
    let (used, _) = used_and_next(party, &view, (&local.id(), invoice.fingerprint()))?;
    // Which of several was made of this invoice, the debtor cannot tell: whoever takes a number with its key can only be diluted by it.
    let each = used
        .iter()
        .map(|key| dilute_one((wallet, local), invoice, key, (credited, face), credit));
    let (done, refused): (Vec<_>, Vec<_>) = each.partition(Result::is_ok);
    let mut outcomes = done.into_iter().chain(refused);
    outcomes.next().unwrap_or_else(|| {
        Err(Failure::new(
            "not_yours_to_dilute",
            format!("no receivable on this ledger was made of this invoice with a dilution key of {name}"),
            "dilute as the debtor that acknowledged the invoice, else as its supplier: --as NAME",
        ))
    })
}

/// Lowers the receivable of one dilution key.
fn dilute_one(
    (wallet, local): (&Wallet, &LocalLedger),
    invoice: &Invoice,
    key: &DilutionSecret,
    (credited, face): (AmountMinor, AmountMinor),
    credit: &Credit<'_>,
) -> Result<Diluted, Failure> {
    let receivable = receivable(local, key)?;
    let number = key.public.number();
    let applied = applied(wallet, number, receivable.remaining)?;
    let item = credit_name(number, credit, applied.len())?;
    if applied.iter().any(|(name, _)| *name == item) {
        return Err(Failure::new(
            "credit_already_applied",
            "this credit note was applied to the receivable before",
            "nothing is to be done; see what remains: tradeseal receivable list",
        ));
    }
    let left = owed_now(face, &applied, receivable.remaining).and_then(|owed| owed.0.checked_sub(credited.0));
    let left = left.map(AmountMinor).ok_or_else(|| too_large(invoice))?;
    let remaining = RemainingPpb::after_credit(face, AmountMinor(face.0 - left.0)).ok_or_else(|| too_large(invoice))?;
    let intent = AppliedCredit {
        number,
        credited,
        remaining,
    };
    wallet.replace(&item, &intent)?;
    let receipt = submit(local, key, remaining)?;
    Ok(Diluted {
        number,
        face,
        left,
        remaining,
        receipt,
    })
}

fn credited_amount(invoice: &Invoice, credit: &Credit<'_>) -> Result<AmountMinor, Failure> {
    match credit {
        Credit::Prepaid(AmountMinor(0)) => Err(Failure::new(
            "amount_zero",
            "a prepayment of nothing lowers nothing",
            "give an amount above 0",
        )),
        Credit::Prepaid(amount) => Ok(*amount),
        Credit::Note(note) => match note.differs_from(invoice) {
            None => Ok(note.amount_minor),
            Some(what) => Err(Failure::new(
                "credit_note_differs",
                format!("the credit note is for something else: {what} differs"),
                "give the invoice that the credit note names, or the credit note for this invoice",
            )),
        },
    }
}

/// What was minted: the invoice's amount, held against the wallet's own memory of it where there is one.
fn face_amount(wallet: &Wallet, invoice: &Invoice) -> Result<AmountMinor, Failure> {
    let fingerprint = invoice.fingerprint();
    for (_, note) in wallet.list::<HeldNote>()? {
        let same = note.way == NoteWay::Minted
            && note
                .opening
                .source
                .is_some_and(|source| source.fingerprint == fingerprint);
        if same && note.amount() != invoice.amount_minor {
            return Err(Failure::new(
                "invoice_differs",
                "the receivable was minted with another amount than this file of the invoice states",
                "give the file that was minted",
            ));
        }
    }
    Ok(invoice.amount_minor)
}

/// The receivable that this key may dilute.
fn receivable(local: &LocalLedger, key: &DilutionSecret) -> Result<Receivable, Failure> {
    let found = local.ledger().view()?.receivable(key.public.number())?;
    found
        .filter(|receivable| receivable.dilution_key == *key.public.key())
        .ok_or_else(|| {
            Failure::new(
                "not_yours_to_dilute",
                "a receivable on this ledger has the number of this party's dilution key, and another key",
                "dilute as the debtor that acknowledged the invoice, else as its supplier: --as NAME",
            )
        })
}

/// The credits that the ledger has taken; those that it has not, because this program was stopped in between, are forgotten.
fn applied(
    wallet: &Wallet,
    number: ReceivableNumber,
    remaining: RemainingPpb,
) -> Result<Vec<(ItemName, AppliedCredit)>, Failure> {
    let mut credits = wallet.list::<AppliedCredit>()?;
    credits.retain(|(_, credit)| credit.number == number);
    for (name, credit) in &credits {
        if credit.remaining < remaining {
            wallet.remove::<AppliedCredit>(name)?;
        }
    }
    credits.retain(|(_, credit)| credit.remaining >= remaining);
    Ok(credits)
}

/// What is owed before this credit: exactly, from all credits that were applied, where they explain what the ledger says; else the least that
/// it can mean, which is less than a billionth of the face amount below it.
fn owed_now(face: AmountMinor, applied: &[(ItemName, AppliedCredit)], recorded: RemainingPpb) -> Option<AmountMinor> {
    let credited = applied
        .iter()
        .try_fold(0u64, |sum, (_, credit)| sum.checked_add(credit.credited.0));
    let exact = credited.filter(|credited| RemainingPpb::after_credit(face, AmountMinor(*credited)) == Some(recorded));
    if let Some(credited) = exact {
        return Some(AmountMinor(face.0 - credited));
    }
    let billionths = u128::from(face.0) * u128::from(recorded.get());
    let least = billionths.div_ceil(u128::from(RemainingPpb::WHOLE.get()));
    u64::try_from(least).ok().map(AmountMinor)
}

/// One name for each credit note, whatever its file; prepayments are counted.
fn credit_name(number: ReceivableNumber, credit: &Credit<'_>, before: usize) -> Result<ItemName, Failure> {
    let which = match credit {
        Credit::Prepaid(_) => format!("prepayment {before}"),
        Credit::Note(note) => {
            let identity = [
                &note.supplier.identifier.id().to_bytes()[..],
                &note.issue_day.0.to_be_bytes(),
                note.number.as_bytes(),
            ];
            hex::encode(sha256(&identity.concat()))
        }
    };
    Ok(format!("{number} {which}").parse()?)
}

fn submit(local: &LocalLedger, key: &DilutionSecret, remaining: RemainingPpb) -> Result<Accepted, Failure> {
    let body = DiluteBody {
        number: key.public.number(),
        remaining,
        dilution_key: *key.public.key(),
    };
    let signed = Dilute::sign(body, local.origin(), &key.secret).map_err(|cause| {
        Failure::new(
            "dilution",
            cause.to_string(),
            "report this: the entry could not be signed",
        )
    })?;
    Ok(append(local, Entry::Dilute(signed))?)
}

fn too_large(invoice: &Invoice) -> Failure {
    Failure::new(
        "credit_too_large",
        format!(
            "more is credited than is still owed of the {} {} that were invoiced",
            invoice.currency.decimal(invoice.amount_minor),
            invoice.currency
        ),
        "check the credit notes and prepayments applied before: tradeseal receivable list shows what remains",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number() -> ReceivableNumber {
        ReceivableNumber::new(7).unwrap()
    }

    fn credit(credited: u64, face: u64, total: u64) -> (ItemName, AppliedCredit) {
        let remaining = RemainingPpb::after_credit(AmountMinor(face), AmountMinor(total)).unwrap();
        let credit = AppliedCredit {
            number: number(),
            credited: AmountMinor(credited),
            remaining,
        };
        ("credit".parse().unwrap(), credit)
    }

    #[test]
    fn what_is_owed_is_exact_while_the_credits_explain_what_the_ledger_says() {
        // So much that a billionth of it is many units.
        let face = 3 * 10u64.pow(17) + 7;
        let applied = [credit(1, face, 1), credit(10u64.pow(16), face, 1 + 10u64.pow(16))];
        let recorded = applied[1].1.remaining;
        let owed = owed_now(AmountMinor(face), &applied, recorded);
        assert_eq!(owed, Some(AmountMinor(face - 1 - 10u64.pow(16))));
    }

    #[test]
    fn without_their_records_no_more_is_taken_to_be_owed_than_is_and_at_most_a_billionth_less() {
        for (face, credited) in [
            (100_000_000u64, 5_000_000u64),
            (u64::MAX, 1),
            (u64::MAX, u64::MAX / 3),
            (7, 3),
            (9, 9),
        ] {
            let recorded = RemainingPpb::after_credit(AmountMinor(face), AmountMinor(credited)).unwrap();
            let owed = owed_now(AmountMinor(face), &[], recorded).unwrap().0;
            assert!(owed <= face - credited, "{face} {credited}");
            assert!(
                face - credited - owed <= face / 1_000_000_000,
                "{face} {credited} {owed}"
            );
        }
    }

    #[test]
    fn credits_that_do_not_explain_the_ledger_are_not_summed() {
        let face = 1000;
        let recorded = RemainingPpb::new(500_000_000).unwrap();
        let owed = owed_now(AmountMinor(face), &[credit(100, face, 100)], recorded);
        assert_eq!(owed, Some(AmountMinor(500)));
    }
}
