//! A receivable that moved is not shown twice, and one that is locked does not move.

use tradeseal_primitives::receivable::AmountMinor;
use tradeseal_prover::Silent;
use tradeseal_server::Failure;
use tradeseal_server::operations::transfer::{Payment, Transferred, transfer};
use tradeseal_server::sealing::Memo;
use tradeseal_server::wallet::Party;

use crate::files::Files;
use crate::financed::{self, FIRST, SECOND};
use crate::flow::{self, POLICY, text};
use crate::machine::{Machine, checks};
use crate::stage::{context, open_ledger, open_wallet};

/// Pays a part of a receivable to `buyer`.
fn pay(machine: &Machine, item: &str, amount_minor: u64) -> Result<Transferred, Failure> {
    let (context, wallet, local) = (context(machine), open_wallet(machine), open_ledger(machine));
    let payment = Payment {
        to: wallet.get::<Party>(&"buyer".parse().unwrap()).unwrap().handle(),
        amount: AmountMinor(amount_minor),
        memo: Memo::default(),
    };
    let items = [item.parse().unwrap()];
    transfer((&context, &wallet, &local), &items, &[payment], None, &mut Silent)
}

#[test]
fn what_banks_were_shown_is_not_verified_once_the_receivable_moved_and_the_rest_is() {
    let machine = Machine::new();
    let invoice = flow::enrol_both(&machine);
    let item = flow::mint(&machine, &invoice, &flow::acknowledge(&machine, &invoice));
    for bank in [FIRST, SECOND] {
        let request = flow::request(&machine, bank, POLICY);
        flow::prove(&machine, bank, &request, &item);
    }
    flow::trust_file(&machine);
    let files = [FIRST, SECOND].map(|bank| Files::of(&machine, bank));
    machine.verify(&files[0]).report(0);

    let paid = pay(&machine, &item, 20_000_000).unwrap();
    let rest = paid.notes.iter().find(|note| note.kept).unwrap().item.to_string();
    let request = flow::request(&machine, "third", POLICY);
    let output = machine.path("spent.presentation.json");
    let spent = machine.run(&["prove", &request, "--item", &item, "-o", &output]);
    assert_eq!(spent.error()["code"], "receivable_spent");
    for (bank, shown) in [FIRST, SECOND].iter().zip(&files) {
        let report = machine.verify(shown).report(1);
        assert_eq!(checks(&report, "failed"), ["nullifier_unspent"]);
        assert!(
            text(&report, "sentence").contains("already been transferred or settled"),
            "{report:#}"
        );
        assert_eq!(
            checks(&machine.lock(shown, bank).report(1), "failed"),
            ["nullifier_unspent"]
        );
    }
    assert_eq!(
        pay(&machine, &item, 1).err().map(|refused| refused.code()),
        Some("receivable_spent")
    );

    // 800,000.00 EUR are left, which still meet the policy.
    flow::prove(&machine, FIRST, &files[0].request, &rest);
    machine.verify(&files[0]).report(0);
    machine.lock(&files[0], FIRST).data();
}

#[test]
fn its_owner_cannot_move_a_receivable_that_a_bank_has_locked() {
    let machine = financed::machine();
    let item = text(&flow::only_receivable(&machine), "item");
    let entries = machine.run(&["log", "checkpoint"]).data();
    let refused = pay(&machine, &item, 1).err().map(|refused| refused.code());
    assert_eq!(refused, Some("receivable_locked"));
    assert_eq!(machine.run(&["log", "checkpoint"]).data(), entries);
    machine.verify(&Files::of(&machine, FIRST)).report(0);
}
