//! An owner opens one receivable, and an auditor believes it, as far as it goes.

use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_prover::Silent;
use tradeseal_server::operations::disclose::disclose;
use tradeseal_server::operations::trust::trust;
use tradeseal_server::wallet::{HeldNote, ItemName, Party};
use tradeseal_verifier::disclosure::{Check, Disclosure, DisclosureReport, verify_disclosures};
use tradeseal_verifier::ledger_view::Offline;
use tradeseal_verifier::verdict::{Outcome, Verdict};

use crate::town::{Town, invoice, name};

fn disclosed(town: &Town, item: &ItemName, named: Option<&str>) -> Disclosure {
    let audience = "Court of Rotterdam".parse().unwrap();
    let named = named.map(invoice);
    disclose(town.stage(), item, &audience, named.as_ref(), &mut Silent)
        .unwrap()
        .disclosure
}

fn report(town: &Town, files: &[&[u8]]) -> DisclosureReport {
    let trust = trust(&town.context, &town.local, (true, None), &mut Silent).unwrap();
    verify_disclosures(files, &trust, UnixSeconds(u64::MAX), &Offline)
}

#[test]
fn two_owners_disclosures_make_one_whole_history_and_show_nothing_of_another_receivable() {
    let town = Town::with_registry_era(3600);
    let minted = town.mint(&invoice("B 1")).unwrap();
    let other = town.mint(&invoice("B 2")).unwrap();
    town.pay(&other.item, "beta", 7);
    let paid = town.pay(&minted.item, "beta", 25_000_000);
    let received = paid.notes.iter().find(|note| !note.kept).unwrap();

    let acme = disclosed(&town, &minted.item, Some("B 1")).to_json();
    let alone = report(&town, &[&acme]);
    assert_eq!(alone.verdict, Verdict::Inconclusive, "{}", alone.sentence);
    let complete = alone.check(Check::Complete).unwrap();
    assert_eq!(complete.outcome, Outcome::NotChecked);

    let beta = disclosed(&town, &received.item, None).to_json();
    let whole = report(&town, &[&acme, &beta]);
    assert_eq!(whole.verdict, Verdict::Verified, "{}", whole.sentence);
    assert!(whole.sentence.contains("1000000.00 EUR"), "{}", whole.sentence);

    // Nothing of the other receivable, and nothing that links acme's notes. A nullifier that was spent is public, and may stand there as the neighbour
    // of one that was not.
    let text = String::from_utf8(acme).unwrap();
    let other_note: HeldNote = town.wallet.get(&other.item).unwrap();
    let key = town.wallet.get::<Party>(&name("acme")).unwrap();
    for secret in [
        other_note.terms().receivable.to_string(),
        other_note.commitment().to_string(),
        tradeseal_primitives::field::to_decimal(&key.nullifier_key().expose()),
        "B 2".to_owned(),
    ] {
        assert!(!text.contains(&secret), "the disclosure shows {secret}");
    }
}

#[test]
fn an_invoice_that_is_not_behind_the_receivable_is_not_named() {
    let town = Town::with_registry_era(3600);
    let minted = town.mint(&invoice("C 1")).unwrap();
    let audience = "Court of Rotterdam".parse().unwrap();
    let other = invoice("C 2");
    let refused = disclose(town.stage(), &minted.item, &audience, Some(&other), &mut Silent)
        .err()
        .unwrap();
    assert_eq!(refused.code(), "invoice_differs");
}
