//! A holder with a ledger of its own under another's name: all of it valid by itself, but for the log's signature.

use tradeseal_server::wallet::{ItemName, LedgerLogKey, Secret, Wallet};

use crate::files::Files;
use crate::financed::{self, FIRST};
use crate::flow::{self, POLICY, text};
use crate::machine::{Machine, checks};

#[test]
fn a_ledger_that_its_holder_made_up_under_the_real_ones_name_convinces_no_bank() {
    let bank = financed::machine();
    let origin = text(&bank.run(&["log", "checkpoint"]).data(), "origin");
    let request = flow::request(&bank, FIRST, POLICY);

    let forger = Machine::new();
    let (wallet, _) = Wallet::open_or_create(&forger.state(), &Secret::KeyFile).unwrap();
    let name: ItemName = origin.parse().unwrap();
    wallet.add(&name, &LedgerLogKey::generate().unwrap()).unwrap();
    let invoice = flow::enrol_both(&forger);
    let acknowledgment = flow::acknowledge(&forger, &invoice);
    let item = flow::mint(&forger, &invoice, &acknowledgment);
    assert_eq!(text(&forger.run(&["log", "checkpoint"]).data(), "origin"), origin);
    let presentation = flow::prove(&forger, FIRST, &request, &item);

    // Before the forger's own ledger and trust file all is well, so nothing else is wrong with the presentation.
    let files = Files {
        presentation,
        request,
        trust: flow::trust_file(&forger),
    };
    forger.verify(&files).report(0);
    let report = bank.verify(&files.with_trust(&bank.path("trust.json"))).report(1);
    assert_eq!(checks(&report, "failed"), ["checkpoint_signature"]);
}
