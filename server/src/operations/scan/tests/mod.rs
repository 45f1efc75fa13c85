//! What reading promises: one's own is found and nobody else's believed, whatever was sealed to one's key, and twice is as good as once.

mod scenario;

use scenario::*;
use tradeseal_primitives::party::Handle;
use tradeseal_primitives::receivable::{AmountMinor, Commitment, Nullifier, UnixSeconds, settled_address};

use super::Scanned;
use super::entries::item_name;
use crate::wallet::{ItemName, NoteWay, Party, Secret, Wallet};

#[test]
fn a_supplier_finds_what_it_minted_with_its_place_and_the_invoices_number() {
    let (acme, beta) = (home("acme", None), home("beta", None));
    let mint = mint(&acme.handle);
    let scanned = acme.read(&[&mint]);
    let [note] = &acme.notes()[..] else { panic!("one note") };
    assert_eq!(scanned.found, [item_name(note.commitment()).unwrap()]);
    assert_eq!((note.amount(), note.way), (AmountMinor(100), NoteWay::Minted));
    assert_eq!(note.invoice_number().as_deref(), Some("RE 2026/17"));
    assert!(note.opening.source == Some(source()));
    let place = note.position;
    assert_eq!(
        (place.leaf_index, place.entry_index, place.entry_time),
        (0, MINT, UnixSeconds(60))
    );

    assert_eq!(beta.read(&[&mint]), Scanned::default());
    assert!(beta.notes().is_empty());
}

#[test]
fn a_payment_is_found_by_its_recipient_and_remembered_by_its_sender() {
    let (acme, beta) = (home("acme", None), home("beta", None));
    let (mint, transfer) = payment(&acme, &beta);
    let scanned = acme.read(&[&transfer]);
    assert_eq!(
        (scanned.found.len(), scanned.spent.len(), scanned.payments.len()),
        (1, 1, 1)
    );
    let kept = acme.notes().into_iter().find(|note| note.spent.is_none()).unwrap();
    assert_eq!(
        (kept.amount(), kept.way, kept.position.leaf_index),
        (AmountMinor(40), NoteWay::Kept, 2)
    );
    let spent = acme.notes().into_iter().find(|note| note.spent.is_some()).unwrap();
    assert_eq!((spent.spent, spent.amount()), (Some(TRANSFER), AmountMinor(100)));
    let [payment] = &acme.payments()[..] else {
        panic!("one payment")
    };
    assert_eq!(
        (payment.output.amount, payment.output.recipient),
        (AmountMinor(60), beta.handle)
    );
    assert_eq!(payment.from, spent.commitment());
    assert!(!payment.is_settlement());

    beta.read(&[&mint, &transfer]);
    let [received] = &beta.notes()[..] else {
        panic!("one note")
    };
    assert_eq!((received.amount(), received.way), (AmountMinor(60), NoteWay::Received));
    assert_eq!(received.opening.memo.as_str(), "order 4471");
    assert!(received.opening.source.is_none() && received.invoice_number().is_none());
    assert!(beta.payments().is_empty());
}

#[test]
fn keys_alone_bring_everything_back_and_reading_twice_changes_nothing() {
    let (acme, beta) = (home("acme", None), home("beta", None));
    let (mint, transfer) = payment(&acme, &beta);
    let again = home("acme", None);
    again.wallet.replace(&again.name, &acme.party()).unwrap();
    let facts = |home: &Home| {
        let notes = home.notes().into_iter();
        let notes: Vec<_> = notes.map(|n| (n.commitment(), n.way, n.position, n.spent)).collect();
        let payments = home.payments().into_iter();
        let payments: Vec<_> = payments
            .map(|p| (p.from, p.output.recipient, p.output.amount))
            .collect();
        (notes, payments)
    };
    acme.read(&[&transfer]);
    again.read(&[&mint, &transfer]);
    let whole = facts(&acme);
    assert_eq!((whole.0.len(), whole.1.len()), (2, 1));
    assert_eq!(facts(&again), whole);
    // A crash in between: part of it is read once more.
    again.read(&[&transfer]);
    again.read(&[&mint]);
    assert_eq!(facts(&again), whole);
}

#[test]
fn an_opening_of_another_note_is_not_believed() {
    let acme = home("acme", None);
    let thief = home("thief", None);
    // Sealed to acme, and true, but of a note that is the thief's.
    let opening = opening(100, 1);
    let commitment = opening.note(thief.handle.address).commitment();
    let sealed = opening.seal_to(&acme.handle, &origin(), commitment).unwrap();
    acme.read(&[&mint_of(commitment, sealed)]);
    // An opening of more than the note holds.
    let commitment = opening.note(acme.handle.address).commitment();
    let mut more = opening.clone();
    more.amount = AmountMinor(101);
    let sealed = more.seal_to(&acme.handle, &origin(), commitment).unwrap();
    acme.read(&[&mint_of(commitment, sealed)]);
    // Sealed for another entry.
    let elsewhere = Commitment::from_fr(element(1));
    let sealed = opening.seal_to(&acme.handle, &origin(), elsewhere).unwrap();
    acme.read(&[&mint_of(commitment, sealed)]);
    assert!(acme.notes().is_empty());
    // The one that is true of acme's note is.
    let sealed = opening.seal_to(&acme.handle, &origin(), commitment).unwrap();
    acme.read(&[&mint_of(commitment, sealed)]);
    assert_eq!(acme.notes().len(), 1);
}

#[test]
fn a_record_that_is_not_of_the_transfers_outputs_is_not_believed() {
    let (acme, beta, gamma) = (home("acme", None), home("beta", None), home("gamma", None));
    let mint = mint(&acme.handle);
    acme.read(&[&mint]);
    let spent = acme.notes()[0].nullifier(&acme.party()).unwrap();
    let outputs = outputs(&acme.handle, &beta.handle);
    let mut lie = record(&outputs);
    lie.outputs[0].recipient.address = gamma.handle.address;
    acme.read(&[&transfer(spent, &outputs, &lie, &acme.handle)]);
    assert!(acme.payments().is_empty());
    assert_eq!(acme.notes().iter().filter(|note| note.spent.is_some()).count(), 1);
}

#[test]
fn the_debtor_finds_what_was_settled_and_nobody_can_pretend_it_to_another() {
    let (acme, buyer) = (home("acme", None), home("buyer", Some("NL805174962B01")));
    let stranger = home("stranger", Some("DE297540184"));
    let settled = |sealed_to: &Handle| Handle {
        address: settled_address(),
        encryption_key: sealed_to.encryption_key,
    };
    for (to, found) in [(&buyer, 1), (&stranger, 0)] {
        let outputs = outputs(&acme.handle, &settled(&to.handle));
        let entry = transfer(
            Nullifier::from_fr(element(5)),
            &outputs,
            &record(&outputs),
            &acme.handle,
        );
        to.read(&[&entry]);
        let notes = to.notes();
        assert_eq!(notes.len(), found);
        assert!(
            notes
                .iter()
                .all(|note| note.is_settled() && note.amount() == AmountMinor(60))
        );
    }
}

#[test]
fn a_transfer_between_parties_of_one_wallet_is_both_sent_and_received() {
    let acme = home("acme", None);
    let other: ItemName = "other".parse().unwrap();
    acme.wallet.add(&other, &Party::generate(None).unwrap()).unwrap();
    let beta = Home {
        _folder: tempfile::tempdir().unwrap(),
        handle: acme.wallet.get::<Party>(&other).unwrap().handle(),
        name: other,
        wallet: Wallet::open_or_create(tempfile::tempdir().unwrap().path(), &Secret::KeyFile)
            .unwrap()
            .0,
    };
    let (_, transfer) = payment(&acme, &beta);
    acme.read(&[&transfer]);
    let received = acme.notes().into_iter().find(|note| note.party == beta.name).unwrap();
    assert_eq!((received.way, received.amount()), (NoteWay::Received, AmountMinor(60)));
    assert_eq!(acme.payments().len(), 1);
}
