//! What sealing promises: the protocol's bytes, one reader, one place, one length.

use ark_std::UniformRand;
use ark_std::rand::SeedableRng;
use ark_std::rand::rngs::StdRng;
use tradeseal_primitives::Fr;
use tradeseal_primitives::field;
use tradeseal_primitives::party::{Address, Handle, PartyId};
use tradeseal_primitives::receivable::{
    AmountMinor, Commitment, CurrencyCode, Day, DocumentHash, Fingerprint, Flags, NoteRandomness, Nullifier,
    ReceivableNumber, Terms,
};
use tradeseal_verifier::entry::{SEALED_NOTE_BYTES, SealedNote};
use tradeseal_verifier::log::KeyName;
use x25519_dalek::{PublicKey, StaticSecret};

use super::*;

struct Keys {
    secret: StaticSecret,
    handle: Handle,
}

fn keys(seed: u8) -> Keys {
    let secret = StaticSecret::from([seed; 32]);
    let handle = Handle {
        address: Address::from_fr(Fr::from(seed)),
        encryption_key: PublicKey::from(&secret).to_bytes(),
    };
    Keys { secret, handle }
}

/// An output that nobody is to find.
fn nobody() -> Handle {
    Handle {
        address: keys(1).handle.address,
        encryption_key: thrown_away_key().unwrap(),
    }
}

fn origin() -> KeyName {
    KeyName::new("ledger.example/receivables").unwrap()
}

/// Every value another one, so that no two can be exchanged unnoticed.
fn opening(memo: &str) -> NoteOpening {
    let mut rng = StdRng::seed_from_u64(1);
    let mut element = || Fr::rand(&mut rng);
    let (fingerprint, salt) = (Fingerprint::from_fr(element()), element());
    NoteOpening {
        amount: AmountMinor(0x0102_0304_0506_0708),
        terms: Terms {
            currency: CurrencyCode(978),
            due_day: Day(20_800),
            debtor: PartyId::from_fr(element()),
            creditor: PartyId::from_fr(element()),
            document: DocumentHash::from_fr(element()),
            receivable: fingerprint.salted(salt),
            flags: Flags::from_bits(0x8003),
            number: ReceivableNumber::new(0x1112_1314_1516_1718).unwrap(),
        },
        randomness: NoteRandomness {
            rho: element(),
            r: element(),
        },
        source: Some(InvoiceSource { fingerprint, salt }),
        memo: memo.parse().unwrap(),
    }
}

fn same(a: &NoteOpening, b: &NoteOpening) -> bool {
    let owner = Address::from_fr(Fr::from(5u64));
    a.note(owner).commitment() == b.note(owner).commitment()
        && a.terms == b.terms
        && a.memo == b.memo
        && a.source == b.source
}

fn commitment(n: u64) -> Commitment {
    Commitment::from_fr(Fr::from(n))
}

#[test]
fn the_owner_opens_a_sealed_note_and_nobody_else() {
    let (owner, other, cm) = (keys(1), keys(2), commitment(7));
    for memo in ["", "for invoice 4711", &"ä".repeat(75)] {
        let opening = opening(memo);
        let sealed = opening.seal_to(&owner.handle, &origin(), cm).unwrap();
        assert_eq!(sealed.len(), 496);
        let opened = NoteOpening::open(&owner.secret, &origin(), cm, &sealed).unwrap();
        assert!(same(&opened, &opening), "{memo:?}");
        let refused = NoteOpening::open(&other.secret, &origin(), cm, &sealed).err();
        assert_eq!(refused, Some(OpenError::NotForThisKey));
    }
    let mut unsourced = opening("");
    unsourced.source = None;
    let sealed = unsourced.seal_to(&owner.handle, &origin(), cm).unwrap();
    assert!(same(
        &NoteOpening::open(&owner.secret, &origin(), cm, &sealed).unwrap(),
        &unsourced
    ));
}

/// The layout of protocol.md section 3.5, written down a second time.
#[test]
fn the_plaintext_is_the_protocols_byte_for_byte() {
    let (owner, cm, opening) = (keys(1), commitment(7), opening("hello"));
    let sealed = opening.seal_to(&owner.handle, &origin(), cm).unwrap();
    let info = b"tradeseal/sealed-note/v1\nledger.example/receivables";
    let plaintext = hpke::open(&owner.secret, info, &cm.to_bytes(), &sealed[..]).unwrap();
    let (terms, source) = (&opening.terms, opening.source.unwrap());
    let expected = [
        &[1][..],
        &[1, 2, 3, 4, 5, 6, 7, 8],
        &978u16.to_be_bytes(),
        &20_800u32.to_be_bytes(),
        &terms.debtor.to_bytes(),
        &terms.creditor.to_bytes(),
        &terms.document.to_bytes(),
        &terms.receivable.to_bytes(),
        &[0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18],
        &[0x80, 0x03],
        &field::to_bytes(&opening.randomness.rho),
        &field::to_bytes(&opening.randomness.r),
        &[1],
        &source.fingerprint.to_bytes(),
        &field::to_bytes(&source.salt),
        &[5],
        b"hello",
        &[0; 145 + 15],
    ]
    .concat();
    assert_eq!(expected.len(), 448);
    assert_eq!(&plaintext[..], expected);
}

#[test]
fn a_sealed_note_opens_for_its_entry_and_log_only() {
    let (owner, cm, opening) = (keys(1), commitment(7), opening(""));
    let sealed = opening.seal_to(&owner.handle, &origin(), cm).unwrap();
    let elsewhere = KeyName::new("ledger.example/other").unwrap();
    let refused = [
        NoteOpening::open(&owner.secret, &origin(), commitment(8), &sealed).err(),
        NoteOpening::open(&owner.secret, &elsewhere, cm, &sealed).err(),
    ];
    assert_eq!(refused, [Some(OpenError::NotForThisKey); 2]);
}

#[test]
fn every_flipped_byte_is_noticed() {
    let (owner, cm) = (keys(1), commitment(7));
    let sealed = opening("").seal_to(&owner.handle, &origin(), cm).unwrap();
    for at in 0..SEALED_NOTE_BYTES {
        let mut flipped = sealed.clone();
        flipped[at] ^= 1;
        let refused = NoteOpening::open(&owner.secret, &origin(), cm, &flipped).err();
        assert_eq!(refused, Some(OpenError::NotForThisKey), "byte {at}");
    }
    for length in [0, 31, 32, 47, 48, 495] {
        let refused = hpke::open(&owner.secret, b"", b"", &sealed[..length]).err();
        assert_eq!(refused, Some(OpenError::NotForThisKey), "{length} bytes");
    }
}

/// Whoever seals chooses the plaintext: what is not in the protocol's form is refused, never believed or panicked over.
#[test]
fn a_malformed_plaintext_is_refused_saying_why() {
    let (owner, cm) = (keys(1), commitment(7));
    let info = b"tradeseal/sealed-note/v1\nledger.example/receivables";
    let good = {
        let sealed = opening("memo").seal_to(&owner.handle, &origin(), cm).unwrap();
        hpke::open(&owner.secret, info, &cm.to_bytes(), &sealed[..])
            .unwrap()
            .to_vec()
    };
    let refused = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut plaintext = good.clone();
        change(&mut plaintext);
        let sealed = hpke::seal(&owner.handle.encryption_key, info, &cm.to_bytes(), &plaintext).unwrap();
        let sealed: SealedNote = sealed.into_boxed_slice().try_into().unwrap();
        match NoteOpening::open(&owner.secret, &origin(), cm, &sealed).err() {
            Some(OpenError::Malformed { why }) => why,
            other => panic!("{other:?}"),
        }
    };
    assert!(refused(&|p| p[0] = 2).contains("version"));
    assert!(refused(&|p| p[15..47].fill(0xff)).contains("field element"));
    assert!(refused(&|p| p[143..151].fill(0)).contains("number 0"));
    assert!(refused(&|p| p[217] = 2).contains("another invoice"));
    assert!(refused(&|p| p[217] = 0).contains("another invoice"));
    assert!(refused(&|p| p[249] ^= 1).contains("another invoice"));
    assert!(refused(&|p| p[282] = 151).contains("memo"));
    assert!(refused(&|p| p[283] = 0xff).contains("memo"));
    assert!(refused(&|p| p[282] = 3).contains("left over"));
    assert!(refused(&|p| p[447] = 1).contains("left over"));
}

#[test]
fn all_outputs_look_alike_and_show_nobodys_key() {
    let (owner, cm) = (keys(1), commitment(7));
    let mut nothing = opening("");
    nothing.amount = AmountMinor(0);
    let sealed = [
        opening(&"x".repeat(MAX_MEMO_BYTES))
            .seal_to(&owner.handle, &origin(), cm)
            .unwrap(),
        opening("").seal_to(&owner.handle, &origin(), cm).unwrap(),
        opening("").seal_to(&keys(2).handle, &origin(), cm).unwrap(),
        nothing.seal_to(&nobody(), &origin(), cm).unwrap(),
    ];
    for (at, one) in sealed.iter().enumerate() {
        for recipient in [keys(1).handle, keys(2).handle] {
            let shown = |bytes: &[u8]| one.windows(bytes.len()).any(|window| window == bytes);
            assert!(!shown(&recipient.encryption_key) && !shown(&recipient.encryption_key[..8]));
        }
        for other in &sealed[..at] {
            let shared = one.iter().zip(other.iter()).filter(|(a, b)| a == b).count();
            assert!(shared < 24, "{shared} of 496 bytes agree; two of 256 would by chance");
        }
    }
}

#[test]
fn what_is_sealed_to_nobody_is_opened_by_nobody_here() {
    let (cm, opening) = (commitment(7), opening(""));
    let sealed = opening.seal_to(&nobody(), &origin(), cm).unwrap();
    for seed in 0..16 {
        assert!(NoteOpening::open(&keys(seed).secret, &origin(), cm, &sealed).is_err());
    }
}

#[test]
fn a_recipient_whose_key_anyone_could_open_is_refused() {
    for small_order in [[0; 32], std::array::from_fn(|at| u8::from(at == 0))] {
        let handle = Handle {
            address: Address::from_fr(Fr::from(1u64)),
            encryption_key: small_order,
        };
        let refused = opening("").seal_to(&handle, &origin(), commitment(7)).err();
        assert_eq!(refused, Some(SealError::RecipientKey { key: small_order }));
    }
}

fn record() -> SenderRecord {
    let mut rng = StdRng::seed_from_u64(2);
    let mut output = |seed: u8, amount| RecordedOutput {
        amount: AmountMinor(amount),
        recipient: keys(seed).handle,
        randomness: NoteRandomness {
            rho: Fr::rand(&mut rng),
            r: Fr::rand(&mut rng),
        },
    };
    SenderRecord {
        outputs: [output(3, 100), output(4, u64::MAX), output(1, 5), output(1, 0)],
    }
}

#[test]
fn the_sender_alone_gets_back_what_it_paid_to_whom() {
    let (sender, other, record) = (keys(1), keys(2), record());
    let nullifier = Nullifier::from_fr(Fr::from(9u64));
    let sealed = record.seal_to(&sender.handle, &origin(), nullifier).unwrap();
    assert_eq!(sealed.len(), 624);
    let opened = SenderRecord::open(&sender.secret, &origin(), nullifier, &sealed).unwrap();
    for (a, b) in opened.outputs.iter().zip(&record.outputs) {
        assert_eq!((a.amount, a.recipient), (b.amount, b.recipient));
        assert_eq!((a.randomness.rho, a.randomness.r), (b.randomness.rho, b.randomness.r));
    }
    let elsewhere = Nullifier::from_fr(Fr::from(10u64));
    let mut flipped = sealed.clone();
    flipped[600] ^= 0x80;
    for refused in [
        SenderRecord::open(&other.secret, &origin(), nullifier, &sealed),
        SenderRecord::open(&sender.secret, &origin(), elsewhere, &sealed),
        SenderRecord::open(&sender.secret, &origin(), nullifier, &flipped),
    ] {
        assert_eq!(refused.err(), Some(OpenError::NotForThisKey));
    }
}

#[test]
fn the_record_is_the_protocols_byte_for_byte() {
    let (sender, record) = (keys(1), record());
    let nullifier = Nullifier::from_fr(Fr::from(9u64));
    let sealed = record.seal_to(&sender.handle, &origin(), nullifier).unwrap();
    let info = b"tradeseal/sender-record/v1\nledger.example/receivables";
    let plaintext = hpke::open(&sender.secret, info, &nullifier.to_bytes(), &sealed[..]).unwrap();
    let mut expected = vec![1];
    for output in &record.outputs {
        expected.extend(output.amount.0.to_be_bytes());
        expected.extend(output.recipient.address.to_bytes());
        expected.extend(output.recipient.encryption_key);
        expected.extend(field::to_bytes(&output.randomness.rho));
        expected.extend(field::to_bytes(&output.randomness.r));
    }
    expected.resize(576, 0);
    assert_eq!(&plaintext[..], expected);
}

/// RFC 9180, appendix A.2.1: base mode of DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305, encryption with sequence number 0.
#[test]
fn the_suite_opens_the_rfcs_own_message() {
    let bytes = |text: &str| hex::decode(text).unwrap();
    let secret: [u8; 32] = bytes("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb")
        .try_into()
        .unwrap();
    let sealed = bytes(
        "1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a\
         1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28",
    );
    let info = bytes("4f6465206f6e2061204772656369616e2055726e");
    let opened = hpke::open(&StaticSecret::from(secret), &info, b"Count-0", &sealed).unwrap();
    assert_eq!(&opened[..], b"Beauty is truth, truth beauty");
}

#[test]
fn a_memo_is_short_and_shows_nothing_that_a_terminal_obeys() {
    assert_eq!("x".repeat(151).parse::<Memo>(), Err(MemoError::TooLong { bytes: 151 }));
    assert_eq!("a\u{1b}[2J".parse::<Memo>(), Err(MemoError::ControlCharacter));
    let sent = Memo::sealed("a\u{1b}[2J\u{202e}".as_bytes()).unwrap();
    assert_eq!(sent.to_string(), "a\\u{1b}[2J\\u{202e}");
    assert_eq!(Memo::beginning_of(&"ä".repeat(100)).as_str().len(), 150);
    assert_eq!(Memo::beginning_of(&format!("x{}", "ä".repeat(100))).as_str().len(), 149);
}
