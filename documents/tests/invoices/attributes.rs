//! Type, number, dates, currency and amount, in either syntax.

use crate::sample::{accepted, cii, refused, replaced, ubl, without};
use tradeseal_documents::{SAMPLE_CII_INVOICE, SAMPLE_UBL_INVOICE};
use tradeseal_primitives::receivable::{Day, Flags};

const ISSUE: &str = "<cbc:IssueDate>2026-09-14</cbc:IssueDate>";
const DUE: &str = "<cbc:DueDate>2026-12-13</cbc:DueDate>";
const PAYABLE: &str = "<cbc:PayableAmount currencyID=\"EUR\">1000000.00</cbc:PayableAmount>";
const CII_PAYABLE: &str = "<ram:DuePayableAmount>1000000.00</ram:DuePayableAmount>";

fn payable(text: &str) -> String {
    ubl(
        PAYABLE,
        &format!("<cbc:PayableAmount currencyID=\"EUR\">{text}</cbc:PayableAmount>"),
    )
}

fn in_currency(code: &str, amount: &str) -> String {
    let text = payable(amount);
    replaced(
        &replaced(&text, ">EUR<", &format!(">{code}<")),
        "\"EUR\"",
        &format!("\"{code}\""),
    )
}

fn typed(code: &str) -> [String; 2] {
    [ubl(">380<", &format!(">{code}<")), cii(">380<", &format!(">{code}<"))]
}

#[test]
fn self_billed_corrected_and_construction_invoices_are_accepted() {
    for code in ["389", "384", "326", "386", "875", "780"] {
        for text in typed(code) {
            assert_eq!(accepted(&text).type_code.to_string(), code);
        }
    }
}

#[test]
fn a_type_code_that_claims_nothing_new_is_refused_naming_it() {
    for (code, reason) in [
        ("381", "credit_note"),
        ("261", "credit_note"),
        ("393", "factored_invoice"),
        ("396", "factored_invoice"),
        ("325", "pro_forma_invoice"),
        ("751", "not_a_claim"),
        ("935", "not_a_claim"),
        ("999", "unknown_type_code"),
    ] {
        for text in typed(code) {
            refused(text, reason, &["TypeCode", &format!("\"{code}\"")]);
        }
    }
}

#[test]
fn an_absent_type_code_is_refused() {
    let text = without(SAMPLE_UBL_INVOICE, "<cbc:InvoiceTypeCode>", "</cbc:InvoiceTypeCode>");
    refused(text, "missing_element", &["Invoice/cbc:InvoiceTypeCode is missing"]);
}

#[test]
fn an_invoice_number_is_read_as_it_is_typed_anywhere() {
    let plain = accepted(SAMPLE_UBL_INVOICE).fingerprint();
    for number in [
        "nw-2026-0914",
        "\n   NW-2026-0914\n",
        "NW-<!-- page 1 -->2026-0914",
        "<![CDATA[NW-2026-0914]]>",
    ] {
        let text = ubl("<cbc:ID>NW-2026-0914</cbc:ID>", &format!("<cbc:ID>{number}</cbc:ID>"));
        assert_eq!(accepted(&text).fingerprint(), plain, "{number}");
    }
}

#[test]
fn an_invoice_number_that_only_looks_the_same_is_refused() {
    for (hidden, point) in [
        ('\u{200b}', "U+200B"),
        ('\u{ad}', "U+00AD"),
        ('\u{202e}', "U+202E"),
        ('\u{3164}', "U+3164"),
    ] {
        let text = ubl("<cbc:ID>NW-", &format!("<cbc:ID>NW{hidden}-"));
        refused(text, "invisible_character", &["Invoice/cbc:ID", point]);
    }
    refused(
        ubl("<cbc:ID>NW-", "<cbc:ID>NW&#x85;-"),
        "invisible_character",
        &["U+0085"],
    );
}

#[test]
fn values_without_content_with_structure_or_without_end_are_refused() {
    refused(
        ubl(">NW-2026-0914</cbc:ID>", "> \n\t</cbc:ID>"),
        "empty_element",
        &["Invoice/cbc:ID"],
    );
    refused(
        ubl("<cbc:ID>NW-", "<cbc:ID><b/>NW-"),
        "unexpected_child",
        &["Invoice/cbc:ID", "\"b\""],
    );
    let long = "9".repeat(513);
    let error = refused(
        ubl("<cbc:ID>NW-", &format!("<cbc:ID>{long}")),
        "value_too_long",
        &["512 bytes"],
    );
    assert!(error.to_string().len() < 200, "{error}");
}

#[test]
fn a_value_with_control_characters_is_escaped_in_the_message() {
    let text = ubl(ISSUE, "<cbc:IssueDate>14.09.\n2026\"x</cbc:IssueDate>");
    refused(
        text,
        "bad_date",
        &["Invoice/cbc:IssueDate", r#""14.09.\n2026\"x""#, "YYYY-MM-DD"],
    );
}

#[test]
fn dates_are_real_days_since_1970() {
    for (date, reason) in [
        ("2026-02-29", "no such day"),
        ("1969-12-31", "before 1970"),
        ("14.09.2026", "YYYY-MM-DD"),
        ("2026-9-14", "YYYY-MM-DD"),
    ] {
        let text = ubl(ISSUE, &format!("<cbc:IssueDate>{date}</cbc:IssueDate>"));
        refused(text, "bad_date", &["Invoice/cbc:IssueDate", date, reason]);
    }
    let zoned = ubl(ISSUE, "<cbc:IssueDate>2026-09-14+02:00</cbc:IssueDate>");
    assert_eq!(accepted(&zoned).issue_day, Day(20_710));
}

#[test]
fn a_cii_date_of_another_format_is_refused() {
    let text = cii("format=\"102\">20260914", "format=\"203\">202609141200");
    let at = "CrossIndustryInvoice/rsm:ExchangedDocument/ram:IssueDateTime/udt:DateTimeString/@format";
    refused(text, "date_format", &[at, "\"203\""]);
    let unnamed = cii(" format=\"102\">20260914", ">20260914");
    refused(unnamed, "missing_element", &[at]);
    let dashed = cii("format=\"102\">20260914", "format=\"102\">2026-09-14");
    refused(dashed, "bad_date", &["YYYYMMDD"]);
}

#[test]
fn without_any_due_date_the_due_day_is_left_to_the_debtor() {
    assert_eq!(accepted(&ubl(DUE, "")).due_day, None);
    let text = without(SAMPLE_CII_INVOICE, "<ram:DueDateDateTime>", "</ram:DueDateDateTime>");
    assert_eq!(accepted(&text).due_day, None);
}

#[test]
fn a_payment_due_date_serves_where_the_due_date_is_absent() {
    let dated = |date: &str| format!("</cbc:PaymentMeansCode><cbc:PaymentDueDate>{date}</cbc:PaymentDueDate>");
    let late = replaced(&ubl(DUE, ""), "</cbc:PaymentMeansCode>", &dated("2026-12-31"));
    assert_eq!(accepted(&late).due_day, Some(Day(20_818)));
    let both = ubl("</cbc:PaymentMeansCode>", &dated("2026-12-31"));
    assert_eq!(accepted(&both).due_day, Some(Day(20_800)), "DueDate comes first");

    let terms = "<cbc:Note>90 days net</cbc:Note>";
    let in_terms = |date: &str| format!("{terms}<cbc:PaymentDueDate>{date}</cbc:PaymentDueDate>");
    assert_eq!(
        accepted(&replaced(&late, terms, &in_terms("2026-12-31"))).due_day,
        Some(Day(20_818))
    );
    let parts = replaced(&late, terms, &in_terms("2027-01-31"));
    refused(
        parts,
        "several_due_dates",
        &["cac:PaymentTerms/cbc:PaymentDueDate", "2026-12-31", "2027-01-31"],
    );
}

#[test]
fn cii_instalments_are_refused_and_repeated_dates_are_not() {
    let terms = |date: &str| {
        format!(
            "</ram:SpecifiedTradePaymentTerms><ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime>\
             <udt:DateTimeString format=\"102\">{date}</udt:DateTimeString></ram:DueDateDateTime>\
             </ram:SpecifiedTradePaymentTerms>"
        )
    };
    let end = "</ram:SpecifiedTradePaymentTerms>";
    assert_eq!(accepted(&cii(end, &terms("20261213"))).due_day, Some(Day(20_800)));
    refused(
        cii(end, &terms("20270113")),
        "several_due_dates",
        &["SpecifiedTradePaymentTerms[2]", "20270113"],
    );
}

#[test]
fn an_invoice_due_before_it_was_issued_is_read_as_it_stands() {
    assert_eq!(
        accepted(&ubl(DUE, "<cbc:DueDate>2026-09-01</cbc:DueDate>")).due_day,
        Some(Day(20_697))
    );
}

#[test]
fn amounts_become_minor_units_of_their_currency() {
    for (code, text, minor) in [
        ("EUR", "336.9", 33_690),
        ("EUR", "10.500", 1_050),
        ("EUR", " 12 ", 1_200),
        ("JPY", "1200", 1_200),
        ("JPY", "1200.00", 1_200),
        ("KWD", "1.234", 1_234),
        ("CLF", "0.0001", 1),
        ("EUR", "184467440737095516.15", u64::MAX),
    ] {
        let invoice = accepted(&in_currency(code, text));
        assert_eq!(
            (invoice.currency.alpha(), invoice.amount_minor.0),
            (code, minor),
            "{text}"
        );
    }
}

#[test]
fn amounts_that_are_not_exact_or_not_owed_are_refused() {
    let at = "Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount";
    refused(payable("0.00"), "not_positive", &[at, "\"0.00\""]);
    refused(payable("-5"), "not_positive", &[at]);
    refused(payable("10.005"), "excess_decimals", &[at, "EUR has 2 decimals"]);
    refused(in_currency("JPY", "10.5"), "excess_decimals", &["JPY has 0 decimals"]);
    refused(payable("184467440737095516.16"), "amount_too_large", &[at]);
    for text in ["1.000,50", "1e6", "1 000", "ten", "1.0.0"] {
        refused(payable(text), "not_a_decimal", &[at, text]);
    }
    let cii_amount = cii(CII_PAYABLE, "<ram:DuePayableAmount>0</ram:DuePayableAmount>");
    refused(cii_amount, "not_positive", &["ram:DuePayableAmount"]);
}

#[test]
fn the_amount_is_stated_in_the_documents_currency() {
    let at = "Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount/@currencyID";
    let dollars = ubl(PAYABLE, &PAYABLE.replace("EUR", "USD"));
    refused(dollars, "currency_mismatch", &[at, "\"USD\"", "is EUR"]);
    refused(
        ubl(PAYABLE, &PAYABLE.replace(" currencyID=\"EUR\"", "")),
        "missing_element",
        &[at],
    );

    let stated = |code: &str| {
        cii(
            CII_PAYABLE,
            &CII_PAYABLE.replace("Amount>1", &format!("Amount currencyID=\"{code}\">1")),
        )
    };
    assert_eq!(accepted(&stated("EUR")).amount_minor.0, 100_000_000);
    refused(
        stated("USD"),
        "currency_mismatch",
        &["ram:DuePayableAmount/@currencyID"],
    );
}

#[test]
fn currencies_are_iso_4217_codes_in_force() {
    let at = "Invoice/cbc:DocumentCurrencyCode";
    for code in ["DEM", "BGN", "eur", "Euro"] {
        refused(in_currency(code, "1"), "unknown_currency", &[at, code]);
    }
    refused(in_currency("XAU", "1"), "currency_without_minor_unit", &[at]);
    let absent = without(
        SAMPLE_UBL_INVOICE,
        "<cbc:DocumentCurrencyCode>",
        "</cbc:DocumentCurrencyCode>",
    );
    refused(absent, "missing_element", &[at]);
}

#[test]
fn an_element_given_twice_is_refused_even_if_both_agree() {
    for (element, at) in [
        ("<cbc:ID>NW-2026-0914</cbc:ID>", "Invoice/cbc:ID"),
        (ISSUE, "Invoice/cbc:IssueDate"),
        (DUE, "Invoice/cbc:DueDate"),
        (
            "<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>",
            "Invoice/cbc:InvoiceTypeCode",
        ),
        (
            "<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>",
            "Invoice/cbc:DocumentCurrencyCode",
        ),
        (PAYABLE, "Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount"),
    ] {
        refused(
            ubl(element, &element.repeat(2)),
            "repeated_element",
            &[&format!("{at} is there 2 times")],
        );
    }
    for element in [
        CII_PAYABLE,
        "<ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>",
        "<ram:TypeCode>380</ram:TypeCode>",
    ] {
        refused(cii(element, &element.repeat(2)), "repeated_element", &["2 times"]);
    }
}

#[test]
fn another_payee_is_flagged_in_either_syntax() {
    let payee =
        "<cac:PayeeParty><cac:PartyName><cbc:Name>Hafenbank Factoring AG</cbc:Name></cac:PartyName></cac:PayeeParty>";
    let invoice = accepted(&ubl("<cac:Delivery>", &format!("{payee}<cac:Delivery>")));
    assert_eq!(invoice.flags(), Flags::OTHER_PAYEE_NAMED);
    let settlement = "<ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>";
    let payee = "<ram:PayeeTradeParty><ram:Name>Hafenbank Factoring AG</ram:Name></ram:PayeeTradeParty>";
    assert!(accepted(&cii(settlement, &format!("{settlement}{payee}"))).payee_named);
    assert!(!accepted(SAMPLE_CII_INVOICE).payee_named);
}
