//! Every step by hand, each in its own process: what is acknowledged in one is there in the next.

use serde_json::Value;
use tradeseal_documents::SAMPLE_UBL_INVOICE;

use crate::files::Files;
use crate::financed::{FIRST, SECOND};
use crate::flow::{self, DEBTOR, POLICY, SUPPLIER, text};
use crate::machine::{Machine, checks};

#[test]
fn from_two_parties_to_a_lock_by_separate_commands() {
    let machine = Machine::new();
    let invoice = flow::enrol_both(&machine);
    for (name, id) in [("acme", SUPPLIER), ("buyer", DEBTOR)] {
        let shown = machine.run(&["party", "show", name]).data();
        assert_eq!(text(&shown, "identifier"), id);
        assert!(text(&shown, "handle").starts_with("tradeseal1"));
        // Again changes nothing: the ledger has these keys.
        assert!(machine.run(&["party", "enrol", name]).data()["entry_index"].is_null());
    }
    let read = machine.run(&["receivable", "read", &invoice]).data();

    let acknowledgment = flow::acknowledge(&machine, &invoice);
    let item = flow::mint(&machine, &invoice, &acknowledgment);
    let held = flow::only_receivable(&machine);
    assert_eq!(
        (text(&held, "item"), text(&held, "status")),
        (item.clone(), "free".to_owned())
    );
    assert_eq!(
        (text(&held, "owner"), &held["amount_minor"]),
        ("acme".to_owned(), &read["amount_minor"])
    );
    assert_eq!(held["flags"], serde_json::json!(["acknowledged"]));

    flow::trust_file(&machine);
    let [first, second] = [FIRST, SECOND].map(|bank| {
        let request = flow::request(&machine, bank, POLICY);
        let shown = machine.run(&["request", "show", &request]).data();
        assert_eq!(
            (text(&shown, "status"), text(&shown["request"], "verifier_name")),
            ("valid".to_owned(), bank.to_owned())
        );
        flow::prove(&machine, bank, &request, &item);
        let verified = machine.verify(&Files::of(&machine, bank)).report(0);
        let claims = verified["claims"].as_array().unwrap();
        assert!(claims.iter().all(|claim| claim["proven"].is_string()), "{verified:#}");
        assert!(!verified["not_established"].as_array().unwrap().is_empty());
        Files::of(&machine, bank)
    });

    let locked = machine.lock(&first, FIRST).data();
    let held = flow::only_receivable(&machine);
    assert_eq!(
        (text(&held, "status"), text(&held, "locked_until")),
        ("locked".to_owned(), text(&locked, "until"))
    );

    machine.verify(&first).report(0);
    let late = machine.verify(&second).report(1);
    assert_eq!(checks(&late, "failed"), ["not_locked"]);
    let expected = format!("locked until {} by another financier", text(&locked, "until"));
    assert!(text(&late, "sentence").contains(&expected), "{late:#}");
    assert_eq!(
        checks(&machine.lock(&second, SECOND).report(1), "failed"),
        ["not_locked"]
    );
}

#[test]
fn a_receivable_that_does_not_meet_a_policy_is_not_presented_and_the_holder_is_told_why() {
    let machine = Machine::new();
    let invoice = flow::enrol_both(&machine);
    // Not acknowledged.
    let minted = machine.run(&["receivable", "mint", &invoice, "--owner", "acme"]).data();
    let item = text(&minted, "item");
    let unmet = [
        ("750000.00 EUR", "1000000.01 EUR", "below the requested minimum"),
        ("750000.00 EUR", "750000.00 USD", "currency"),
        ("2026-12-01", "2026-12-14", "due"),
        ("NL 8051.74.962.B01", "NL 8051.74.962.B02", "debtor"),
        ("", "", "flag"),
    ];
    for (from, to, reason) in unmet {
        let request = flow::request(&machine, "bank", &POLICY.replace(from, to));
        let output = machine.path("none.json");
        let error = machine
            .run(&["prove", &request, "--item", &item, "-o", &output])
            .error();
        assert_eq!(error["code"], "not_eligible", "{to}: {error}");
        assert!(text(&error, "message").contains(reason), "{to}: {error}");
        assert!(!std::path::Path::new(&output).exists());
    }
}

#[test]
fn only_the_enrolled_supplier_mints() {
    let machine = Machine::new();
    let invoice = flow::enrol_both(&machine);
    flow::enrol(&machine, "thief", "VAT:FR40303265045");
    let mint = |owner| machine.run(&["receivable", "mint", &invoice, "--owner", owner]);
    assert_eq!(mint("thief").error()["code"], "not_the_supplier");
    // Named as the supplier, and not the one that is enrolled.
    machine.run(&["party", "new", "impostor", "--id", SUPPLIER]).data();
    assert_eq!(mint("impostor").error()["code"], "mint_untrue");
    mint("acme").data();
}

#[test]
fn an_acknowledgment_serves_for_what_was_signed_only() {
    let machine = Machine::new();
    let invoice = flow::enrol_both(&machine);
    flow::enrol(&machine, "thief", "VAT:FR40303265045");
    let genuine = flow::acknowledge(&machine, &invoice);
    let other_amount = machine.file(
        "less.xml",
        SAMPLE_UBL_INVOICE.replace(">1000000.00</cbc:Pay", ">999999.99</cbc:Pay"),
    );
    let other_number = machine.file("next.xml", SAMPLE_UBL_INVOICE.replace("NW-2026-0914", "NW-2026-0915"));
    let thief = text(&machine.run(&["party", "show", "thief"]).data(), "party_id");
    let signature = |it: &mut Value| {
        let text = it["signature"].as_str().unwrap();
        it["signature"] = format!("{}{}", &text[..190], if text.ends_with('0') { "01" } else { "00" }).into();
    };
    let unfit = [
        ("another amount", flow::acknowledge(&machine, &other_amount)),
        ("another invoice", flow::acknowledge(&machine, &other_number)),
        ("another owner", flow::acknowledge_to(&machine, &invoice, "thief")),
        (
            "another debtor",
            flow::edited(&machine, &genuine, "debtor.json", |it| it["debtor"] = thief.into()),
        ),
        (
            "another signature",
            flow::edited(&machine, &genuine, "signature.json", signature),
        ),
    ];
    let entries = |machine: &Machine| machine.run(&["log", "checkpoint"]).data()["size"].as_u64().unwrap();
    let before = entries(&machine);
    let minting = ["receivable", "mint", &invoice, "--owner", "acme", "--acknowledgment"];
    let mint = |acknowledgment: &str| machine.run(&[&minting[..], &[acknowledgment]].concat());
    for (what, acknowledgment) in unfit {
        let error = mint(&acknowledgment).error();
        assert!(
            ["mint_untrue", "acknowledgment_malformed", "acknowledgment_differs"]
                .contains(&error["code"].as_str().unwrap()),
            "{what}: {error}"
        );
        assert_eq!(entries(&machine), before, "{what}");
    }
    mint(&genuine).data();
    assert_eq!(entries(&machine), before + 2, "the mint and its state record");
}

/// An invoice that states no due day gets the one that its debtor signed, and no other.
#[test]
fn a_due_day_that_the_invoice_does_not_state_is_the_debtors_to_say() {
    let machine = Machine::new();
    flow::enrol_both(&machine);
    let undated = SAMPLE_UBL_INVOICE.replace("<cbc:DueDate>2026-12-13</cbc:DueDate>", "");
    let undated = machine.file("undated.xml", undated);
    let acknowledge = |due: &[&str]| {
        let (handle, file) = (flow::handle(&machine, "acme"), machine.path("due.ack.json"));
        let arguments = [
            "receivable",
            "acknowledge",
            &undated,
            "--debtor",
            "buyer",
            "--owner",
            &handle,
            "-o",
            &file,
        ];
        (machine.run(&[&arguments[..], due].concat()), file)
    };
    assert_eq!(acknowledge(&[]).0.error()["code"], "due_day_missing");
    let mint = |more: &[&str]| machine.run(&[&["receivable", "mint", &undated, "--owner", "acme"], more].concat());
    assert_eq!(mint(&[]).error()["code"], "due_day_missing");

    let (acknowledged, file) = acknowledge(&["--due", "2026-12-24"]);
    assert_eq!(acknowledged.data()["due_date"], "2026-12-24");
    let later = flow::edited(&machine, &file, "later.json", |it| {
        it["due_day"] = (it["due_day"].as_u64().unwrap() + 1).into();
    });
    assert_eq!(mint(&["--acknowledgment", &later]).error()["code"], "mint_untrue");
    mint(&["--acknowledgment", &file]).data();
    assert_eq!(flow::only_receivable(&machine)["due_date"], "2026-12-24");
}
