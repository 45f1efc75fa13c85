//! What is kept comes back the same, and what is not whole is refused.

use tradeseal_primitives::Fr;
use tradeseal_primitives::party::{Address, Handle, PartyId};
use tradeseal_primitives::receivable::{
    AmountMinor, Commitment, CurrencyCode, Day, DocumentHash, Fingerprint, Flags, NoteRandomness, ReceivableNumber,
    RemainingPpb, Terms, UnixSeconds, settled_address,
};
use tradeseal_verifier::entry::{Ed25519Key, Transfer, TransferBody};
use tradeseal_verifier::groth16::KeyId;
use tradeseal_verifier::log::LogHash;
use tradeseal_verifier::statement::NoteRoot;

use super::*;
use crate::sealing::{InvoiceSource, NoteOpening, RecordedOutput};
use crate::wallet::{ItemName, Secret, Wallet};

fn element(n: u64) -> Fr {
    Fr::from(n)
}

fn back<T: WalletItem>(item: &T) -> T {
    T::from_plaintext(&item.to_plaintext().unwrap()).unwrap()
}

fn name(text: &str) -> ItemName {
    text.parse().unwrap()
}

fn held_note(owner: Address, way: NoteWay) -> HeldNote {
    let (fingerprint, salt) = (Fingerprint::from_fr(element(4)), element(5));
    HeldNote {
        party: name("acme"),
        owner,
        opening: NoteOpening {
            amount: AmountMinor(123_456),
            terms: Terms {
                currency: CurrencyCode(978),
                due_day: Day(20_800),
                debtor: PartyId::from_fr(element(1)),
                creditor: PartyId::from_fr(element(2)),
                document: DocumentHash::from_fr(element(3)),
                receivable: fingerprint.salted(salt),
                flags: Flags::ACKNOWLEDGED,
                number: ReceivableNumber::new(8).unwrap(),
            },
            randomness: NoteRandomness {
                rho: element(6),
                r: element(7),
            },
            source: Some(InvoiceSource { fingerprint, salt }),
            memo: "RE 2026/17".parse().unwrap(),
        },
        way,
        position: NotePosition {
            leaf_index: 7,
            entry_index: 9,
            entry_time: UnixSeconds(1_800_000_000),
        },
        spent: None,
    }
}

#[test]
fn a_note_comes_back_with_its_commitment_its_place_and_its_fate() {
    let party = Party::generate(None).unwrap();
    for way in [NoteWay::Minted, NoteWay::Received, NoteWay::Kept] {
        let mut note = held_note(party.address(), way);
        for spent in [None, Some(12)] {
            note.spent = spent;
            let again = back(&note);
            assert_eq!(again.commitment(), note.commitment());
            assert_eq!((again.way, again.position, again.spent), (way, note.position, spent));
            assert_eq!(again.nullifier(&party), note.nullifier(&party));
        }
    }
}

#[test]
fn the_invoices_number_is_believed_only_from_oneself() {
    let party = Party::generate(None).unwrap();
    let number = |way| held_note(party.address(), way).invoice_number();
    assert_eq!(number(NoteWay::Minted).as_deref(), Some("RE 2026/17"));
    assert_eq!(number(NoteWay::Kept).as_deref(), Some("RE 2026/17"));
    // A sender can seal whatever it likes to others.
    assert_eq!(number(NoteWay::Received), None);
}

#[test]
fn a_settled_note_has_no_nullifier() {
    let party = Party::generate(None).unwrap();
    let settled = held_note(settled_address(), NoteWay::Received);
    assert!(settled.is_settled() && settled.nullifier(&party).is_none());
}

#[test]
fn what_was_read_what_was_sent_and_what_was_credited_come_back() {
    let state = ScanState {
        next: 5,
        seen_size: 9,
        seen_root: LogHash([3; 32]),
    };
    assert_eq!(back(&state), state);
    let credit = AppliedCredit {
        number: ReceivableNumber::new(u64::MAX).unwrap(),
        credited: AmountMinor(50),
        remaining: RemainingPpb::new(950_000_000).unwrap(),
    };
    assert_eq!(back(&credit), credit);
    let payment = SentPayment {
        party: name("acme"),
        from: Commitment::from_fr(element(1)),
        output: RecordedOutput {
            amount: AmountMinor(7),
            recipient: Handle {
                address: Address::from_fr(element(2)),
                encryption_key: [4; 32],
            },
            randomness: NoteRandomness {
                rho: element(5),
                r: element(6),
            },
        },
        currency: CurrencyCode(978),
        entry_index: 10,
        entry_time: UnixSeconds(11),
    };
    let again = back(&payment);
    assert_eq!((&again.party, again.from), (&payment.party, payment.from));
    assert_eq!(again.output.recipient, payment.output.recipient);
    assert_eq!(again.output.amount, payment.output.amount);
    assert_eq!(again.output.randomness.rho, element(5));
    assert_eq!((again.entry_index, again.entry_time), (10, UnixSeconds(11)));
    assert!(!again.is_settlement());
}

#[test]
fn an_offered_transfer_comes_back_byte_for_byte() {
    let offered = OfferedTransfer(Box::new(Transfer {
        body: TransferBody {
            note_root: NoteRoot::from_fr(element(1)),
            nullifiers: [2, 3].map(|n| tradeseal_primitives::receivable::Nullifier::from_fr(element(n))),
            commitments: [4, 5, 6, 7].map(|n| Commitment::from_fr(element(n))),
            sealed_notes: [8, 9, 10, 11].map(|byte| Box::new([byte; 496])),
            key_id: KeyId::from_bytes([12; 32]),
            bank: Some(Ed25519Key([13; 32])),
            sender_record: Box::new([14; 624]),
        },
        proof: Box::new([15; 256]),
        bank_signature: None,
    }));
    assert_eq!(back(&offered), offered);
    let wallet_dir = tempfile::tempdir().unwrap();
    let (wallet, _) = Wallet::open_or_create(wallet_dir.path(), &Secret::KeyFile).unwrap();
    wallet.add(&name("offer"), &offered).unwrap();
    wallet.remove::<OfferedTransfer>(&name("offer")).unwrap();
    assert_eq!(wallet.find::<OfferedTransfer>(&name("offer")).unwrap(), None);
    wallet.remove::<OfferedTransfer>(&name("offer")).unwrap();
}

#[test]
fn a_registry_key_is_found_by_its_public_key() {
    let key = RegistryKey::generate().unwrap();
    let public = key.secret().public();
    assert_eq!(back(&key).secret().public(), public);
    assert_eq!(RegistryKey::name_of(&public).unwrap().as_str().len(), 128);
}

#[test]
fn an_item_cut_short_or_with_more_behind_it_is_refused() {
    let note = held_note(settled_address(), NoteWay::Kept);
    let whole = note.to_plaintext().unwrap();
    for length in 0..whole.len() {
        assert!(HeldNote::from_plaintext(&whole[..length]).is_err(), "{length}");
    }
    assert!(HeldNote::from_plaintext(&[&whole[..], &[0]].concat()).is_err());
}
