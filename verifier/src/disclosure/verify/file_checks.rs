//! The files themselves: readable, of one receivable, not from the future, true to the invoice and the parties they name.

use alloc::format;
use alloc::vec::Vec;

use tradeseal_primitives::party::{PartyId, PartyIdentifier};
use tradeseal_primitives::receivable::UnixSeconds;

use super::MAX_FILES;
use super::case::{File, Refusal, counted, every_file};
use crate::calendar::format_utc;
use crate::disclosure::Disclosure;
use crate::verdict::Finding;

pub(super) fn disclosure_format(inputs: &[&[u8]]) -> Finding<Vec<File>> {
    let unreadable = "a file handed over is not an intact disclosure";
    let count = inputs.len();
    if !(1..=MAX_FILES).contains(&count) {
        return Finding::failed(
            format!("1 to {MAX_FILES} disclosures are checked together"),
            format!("{count} files were given"),
        );
    }
    let mut files = Vec::with_capacity(count);
    for (number, bytes) in (1..).zip(inputs) {
        let label = File::label(number, count);
        match Disclosure::parse(bytes) {
            Ok(disclosure) => files.push(File {
                disclosure,
                entries: Default::default(),
                label,
            }),
            Err(cause) => return Finding::failed(unreadable, format!("{label}{cause}")),
        }
    }
    let passed = format!("{} in canonical form", counted(count, "file"));
    Finding::passed(passed, files)
}

pub(super) fn one_receivable(files: &[File]) -> Finding<()> {
    let [first, others @ ..] = files else {
        return Finding::passed("no file", ());
    };
    let first = first.body();
    for other in others {
        let body = other.body();
        if (&body.origin, body.ledger_id) != (&first.origin, first.ledger_id) {
            let detail = format!(
                "{}it names the ledger {} of log {}",
                other.label, body.ledger_id, body.origin
            );
            return Finding::failed(
                "the files are of several ledgers; check those of each ledger apart",
                detail,
            );
        }
        if body.terms != first.terms {
            let detail = format!(
                "{}its terms are {}, not {}",
                other.label,
                body.terms.hash(),
                first.terms.hash()
            );
            return Finding::failed(
                "the files are of several receivables; check those of each apart",
                detail,
            );
        }
    }
    Finding::passed(format!("terms {}", first.terms.hash()), ())
}

pub(super) fn made(files: &[File], now: UnixSeconds) -> Finding<()> {
    match files.iter().find(|file| file.body().made > now) {
        Some(file) => Finding::not_checked(
            "a file says that it was made in the future",
            "set your clock, or ask the discloser to set its own and make the file again",
            format!(
                "{}made on {}, it is {}",
                file.label,
                format_utc(file.body().made),
                format_utc(now)
            ),
        ),
        None => Finding::passed(format!("by their makers' clocks, before {}", format_utc(now)), ()),
    }
}

/// What is named must be what the terms hold; nothing need be named.
pub(super) fn invoice(files: &[File]) -> Finding<()> {
    let named = files.iter().any(|file| {
        let body = file.body();
        body.invoice.is_some() || body.debtor.is_some() || body.creditor.is_some()
    });
    let passed = if named {
        "what is named leads to the terms"
    } else {
        "no file names the invoice or a party"
    };
    every_file(files, passed, |file| {
        let body = file.body();
        party(body.debtor.as_ref(), body.terms.debtor, "debtor")?;
        party(body.creditor.as_ref(), body.terms.creditor, "supplier")?;
        let Some(invoice) = &body.invoice else { return Ok(()) };
        let given = invoice.receivable(&body.terms);
        if given == body.terms.receivable {
            return Ok(());
        }
        Err(Refusal::new(
            "the invoice that a file names is not the one behind the receivable",
            format!("it leads to {given}, the terms hold {}", body.terms.receivable),
        ))
    })
}

fn party(named: Option<&PartyIdentifier>, held: PartyId, role: &str) -> Result<(), Refusal> {
    match named {
        Some(identifier) if identifier.id() != held => Err(Refusal::new(
            "a party that a file names is not the one in the receivable's terms",
            format!(
                "the {role} given has party id {}, the terms hold {held}",
                identifier.id()
            ),
        )),
        _ => Ok(()),
    }
}
