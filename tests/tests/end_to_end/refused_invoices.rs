//! Documents that make no claim to finance: a reason, a remedy, exit code 2, and nothing else happens.

use tradeseal_documents::SAMPLE_UBL_INVOICE;

use crate::financed;
use crate::folder::NONE;
use crate::machine::{Answer, Machine};
use crate::real_documents;
use crate::real_invoices::REFUSED;

/// A real UBL invoice that is financeable as it is.
const REAL: &str = "kosit-01.08a-INVOICE_ubl.xml";

/// One change that ends an invoice's use, with the code of the reason.
type Spoiled = (&'static str, String, &'static str);

/// A financeable UBL invoice, spoiled in one place at a time.
fn spoiled(invoice: &str) -> Vec<Spoiled> {
    let payable = |amount: &str| between(invoice, "<cbc:PayableAmount currencyID=\"EUR\">", "</", amount);
    let nameless = ["cbc:EndpointID", "cac:PartyTaxScheme", "cbc:CompanyID"]
        .iter()
        .fold(invoice.to_owned(), |text, element| without_in_customer(&text, element));
    let typed = |code: &str| between(invoice, "<cbc:InvoiceTypeCode>", "</", code);
    let declared = invoice.replacen(
        "?>",
        "?>\n<!DOCTYPE Invoice SYSTEM \"http://localhost/invoice.dtd\">",
        1,
    );
    let expanding = "?>\n<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>";
    vec![
        ("no buyer id", nameless, "no_party_id"),
        ("nothing payable", payable("0.00"), "not_positive"),
        ("a negative amount", payable("-1.00"), "not_positive"),
        ("a third of a cent", payable("1.003"), "excess_decimals"),
        ("a document type", declared, "document_type_declaration"),
        (
            "an entity",
            invoice.replacen("?>", expanding, 1),
            "document_type_declaration",
        ),
        ("a credit note's type", typed("381"), "credit_note"),
        ("a factored invoice's type", typed("393"), "factored_invoice"),
    ]
}

/// The text with what stands between two marks replaced, at the first place.
fn between(text: &str, from: &str, to: &str, with: &str) -> String {
    let start = text.find(from).unwrap() + from.len();
    let end = start + text[start..].find(to).unwrap();
    format!("{}{with}{}", &text[..start], &text[end..])
}

/// The text without these elements in the customer's party.
fn without_in_customer(text: &str, element: &str) -> String {
    let party = text.find("<cac:AccountingCustomerParty>").unwrap();
    let end = text.find("</cac:AccountingCustomerParty>").unwrap();
    let Some(start) = text[party..end].find(&format!("<{element}")).map(|at| party + at) else {
        return text.to_owned();
    };
    let close = format!("</{element}>");
    let after = start + text[start..].find(&close).unwrap() + close.len();
    without_in_customer(&format!("{}{}", &text[..start], &text[after..]), element)
}

#[test]
fn a_refused_document_is_told_with_reason_and_remedy_and_changes_neither_wallet_nor_ledger() {
    let machine = financed::machine();
    let checkpoint = machine.run(&["log", "checkpoint"]).data();
    let receivables = machine.run(&["receivable", "list"]).data();
    let before = machine.contents();
    for (what, code, refusals) in attempts(&machine) {
        for refusal in refusals {
            let error = refusal.error();
            assert_eq!(error["code"], code, "{what}: {error}");
        }
        // Not even RocksDB's own files: a refused document does not open the ledger.
        assert_eq!(machine.contents().differences(&before), NONE, "{what}");
    }
    assert_eq!(machine.run(&["log", "checkpoint"]).data(), checkpoint);
    assert_eq!(machine.run(&["receivable", "list"]).data(), receivables);
}

#[test]
fn a_refused_document_leaves_nothing_on_a_fresh_machine() {
    let machine = Machine::new();
    for (what, code, refusals) in attempts(&machine) {
        for refusal in refusals {
            assert_eq!(refusal.error()["code"], code, "{what}");
        }
    }
    assert!(!machine.state().exists());
}

/// What came of the demo and of minting, for every document that must be refused.
fn attempts(machine: &Machine) -> impl Iterator<Item = (String, &'static str, [Answer; 2])> {
    let real = |name| real_documents::text("ubl", name);
    let mut documents = spoiled(SAMPLE_UBL_INVOICE);
    documents.extend(real(REAL).iter().flat_map(|invoice| spoiled(invoice)));
    documents.extend(
        REFUSED
            .iter()
            .filter_map(|(name, code)| Some((*name, real(name)?, *code))),
    );
    documents.into_iter().map(|(what, document, code)| {
        let file = machine.file("refused.xml", document);
        let commands: [&[&str]; 2] = [
            &["demo", "--invoice", &file],
            &["receivable", "mint", &file, "--owner", "anyone"],
        ];
        (what.to_owned(), code, commands.map(|arguments| machine.run(arguments)))
    })
}

#[test]
fn people_read_the_reason_then_the_remedy() {
    let machine = Machine::new();
    let (_, document, _) = spoiled(SAMPLE_UBL_INVOICE).swap_remove(6);
    let file = machine.file("credit-note.xml", document);
    let answer = machine.run_as_typed(&["demo", "--invoice", &file]);
    assert_eq!((answer.code, answer.stdout.as_str()), (2, ""));
    let (reason, remedy) = answer.stderr.split_once("\n\n").unwrap();
    assert!(
        reason.starts_with("error: ") && reason.contains(&file) && reason.contains("381"),
        "{reason}"
    );
    assert!(!remedy.trim().is_empty());
}
