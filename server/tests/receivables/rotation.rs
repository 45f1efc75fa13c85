//! The registry's key changes, and an invoice still has one tag.

use tradeseal_server::operations::registry;
use tradeseal_verifier::entry::Entry;

use crate::town::{Town, invoice};

fn refusal<T>(result: Result<T, tradeseal_server::Failure>) -> &'static str {
    result.err().map_or("done", |failure| failure.code())
}

#[test]
fn an_invoice_minted_before_a_rotation_is_recognised_after_it_and_none_comes_back_once_its_key_is_gone() {
    let town = Town::with_registry_era(0);
    let (first, second) = (invoice("A 1"), invoice("A 2"));
    town.mint(&first).unwrap();

    registry::rotate(&town.wallet, &town.local).unwrap();
    // Tags under both keys: the previous one knows the invoice.
    assert_eq!(refusal(town.mint(&first)), "invoice_already_minted");
    let minted = town.mint(&second).unwrap();
    let view = town.local.ledger().view().unwrap();
    let Ok(Entry::Mint(mint)) = Entry::decode(&view.entry(minted.receipt.index()).unwrap().bytes) else {
        panic!("a mint entry")
    };
    assert!(
        mint.body
            .previous
            .is_some_and(|previous| previous.tag != mint.body.duplicate_tag)
    );
    drop(view);

    registry::rotate(&town.wallet, &town.local).unwrap();
    // The first key is gone, so nothing that could have been minted under it alone is taken any more.
    for gone in [&first, &second, &invoice("A 3")] {
        assert_eq!(refusal(town.mint(gone)), "invoice_too_old");
    }
    let keys = town.local.ledger().view().unwrap().registry().unwrap();
    assert_eq!(keys.revision, 2);
    assert!(registry::is_kept(&town.wallet, &keys.current).unwrap());
    assert!(registry::is_kept(&town.wallet, &keys.previous.unwrap()).unwrap());
}

#[test]
fn a_key_is_not_rotated_before_its_era_is_over() {
    let town = Town::with_registry_era(3600);
    assert_eq!(refusal(registry::rotate(&town.wallet, &town.local)), "registry_era");
    let keys = town.local.ledger().view().unwrap().registry().unwrap();
    assert_eq!(keys.revision, 0);
}
