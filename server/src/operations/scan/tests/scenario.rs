//! Wallets of their own, and entries as a ledger would hand them out, made without a ledger.

use tradeseal_ledger::view::NoteEntry;
use tradeseal_primitives::Fr;
use tradeseal_primitives::duplicate_tag::{BlindedPoint, DleqProof, DuplicateTag, EvaluatedPoint};
use tradeseal_primitives::party::{Handle, PartyId, PartyIdentifier};
use tradeseal_primitives::receivable::{
    AmountMinor, Commitment, CurrencyCode, Day, DocumentHash, Fingerprint, Flags, NoteRandomness, Nullifier,
    ReceivableNumber, Terms, UnixSeconds,
};
use tradeseal_verifier::entry::{DilutionKey, Ed25519Key, Entry, Mint, MintBody, SealedNote, Transfer, TransferBody};
use tradeseal_verifier::groth16::KeyId;
use tradeseal_verifier::log::KeyName;
use tradeseal_verifier::statement::{DirectoryRoot, NoteRoot};

use crate::operations::scan::Scanned;
use crate::operations::scan::entries::EntryReader;
use crate::sealing::{InvoiceSource, NoteOpening, RecordedOutput, SenderRecord, thrown_away_key};
use crate::wallet::{HeldNote, ItemName, Party, Secret, SentPayment, Wallet};

pub(super) const MINT: u64 = 6;
pub(super) const TRANSFER: u64 = 8;

/// A wallet of its own with one party.
pub(super) struct Home {
    pub(super) _folder: tempfile::TempDir,
    pub(super) wallet: Wallet,
    pub(super) name: ItemName,
    pub(super) handle: Handle,
}

pub(super) fn home(name: &str, id: Option<&str>) -> Home {
    let folder = tempfile::tempdir().unwrap();
    let (wallet, _) = Wallet::open_or_create(folder.path(), &Secret::KeyFile).unwrap();
    let identifier = id.map(|id| PartyIdentifier::new("VAT", id).unwrap());
    let party = Party::generate(identifier).unwrap();
    let name: ItemName = name.parse().unwrap();
    wallet.add(&name, &party).unwrap();
    Home {
        _folder: folder,
        wallet,
        name,
        handle: party.handle(),
    }
}

impl Home {
    pub(super) fn party(&self) -> Party {
        self.wallet.get(&self.name).unwrap()
    }

    pub(super) fn read(&self, entries: &[&NoteEntry]) -> Scanned {
        let (origin, mut scanned) = (origin(), Scanned::default());
        let mut reader = EntryReader::open(&self.wallet, &origin).unwrap();
        for entry in entries {
            reader.read(entry, &mut scanned).unwrap();
        }
        scanned
    }

    pub(super) fn notes(&self) -> Vec<HeldNote> {
        let listed = self.wallet.list::<HeldNote>().unwrap();
        listed.into_iter().map(|(_, note)| note).collect()
    }

    pub(super) fn payments(&self) -> Vec<SentPayment> {
        let listed = self.wallet.list::<SentPayment>().unwrap();
        listed.into_iter().map(|(_, payment)| payment).collect()
    }
}

pub(super) fn origin() -> KeyName {
    KeyName::new("ledger.example/receivables").unwrap()
}

pub(super) fn debtor() -> PartyIdentifier {
    PartyIdentifier::new("VAT", "NL805174962B01").unwrap()
}

pub(super) fn element(n: u64) -> Fr {
    Fr::from(n)
}

pub(super) fn source() -> InvoiceSource {
    InvoiceSource {
        fingerprint: Fingerprint::from_fr(element(4)),
        salt: element(5),
    }
}

pub(super) fn terms() -> Terms {
    let source = source();
    Terms {
        currency: CurrencyCode(978),
        due_day: Day(20_800),
        debtor: debtor().id(),
        creditor: PartyId::from_fr(element(2)),
        document: DocumentHash::from_fr(element(3)),
        receivable: source.fingerprint.salted(source.salt),
        flags: Flags::ACKNOWLEDGED,
        number: ReceivableNumber::new(8).unwrap(),
    }
}

pub(super) fn opening(amount: u64, seed: u64) -> NoteOpening {
    NoteOpening {
        amount: AmountMinor(amount),
        terms: terms(),
        randomness: NoteRandomness {
            rho: element(1000 + seed),
            r: element(2000 + seed),
        },
        source: None,
        memo: Default::default(),
    }
}

/// A mint of 100 to this handle, sealed to it.
pub(super) fn mint(to: &Handle) -> NoteEntry {
    let mut opening = opening(100, 1);
    opening.source = Some(source());
    opening.memo = "RE 2026/17".parse().unwrap();
    let commitment = opening.note(to.address).commitment();
    mint_of(commitment, opening.seal_to(to, &origin(), commitment).unwrap())
}

pub(super) fn mint_of(commitment: Commitment, sealed_note: SealedNote) -> NoteEntry {
    let mut proof = [0; 64];
    (proof[31], proof[63]) = (1, 1);
    let body = MintBody {
        commitment,
        directory_root: DirectoryRoot::from_fr(element(1)),
        acknowledged: true,
        sealed_note,
        key_id: KeyId::from_bytes([1; 32]),
        duplicate_tag: DuplicateTag::from_fr(element(2)),
        previous: None,
        blinded: BlindedPoint::base8(),
        evaluated: EvaluatedPoint::base8(),
        evaluation_proof: DleqProof::from_bytes(&proof).unwrap(),
        issue_from: Day(0),
        issue_to: Day(30_000),
        dilution_key: DilutionKey::new(Ed25519Key([9; 32])).unwrap(),
    };
    NoteEntry {
        index: MINT,
        time: UnixSeconds(60),
        positions: 0..1,
        entry: Entry::Mint(Mint {
            body,
            proof: Box::new([0; 256]),
        }),
    }
}

/// What a transfer makes: openings, and to whom each is sealed.
pub(super) type Outputs = [(NoteOpening, Handle); 4];

/// 60 to the recipient, 40 back to the sender, and nothing to nobody twice.
pub(super) fn outputs(sender: &Handle, recipient: &Handle) -> Outputs {
    let mut kept = opening(40, 11);
    kept.source = Some(source());
    let nobody = || Handle {
        address: sender.address,
        encryption_key: thrown_away_key().unwrap(),
    };
    let mut paid = opening(60, 10);
    paid.memo = "order 4471".parse().unwrap();
    [
        (paid, *recipient),
        (kept, *sender),
        (opening(0, 12), nobody()),
        (opening(0, 13), nobody()),
    ]
}

pub(super) fn record(outputs: &Outputs) -> SenderRecord {
    SenderRecord {
        outputs: outputs.each_ref().map(|(opening, to)| RecordedOutput {
            amount: opening.amount,
            recipient: *to,
            randomness: opening.randomness.clone(),
        }),
    }
}

/// A transfer that spends `spent`, with this record for the sender.
pub(super) fn transfer(spent: Nullifier, outputs: &Outputs, record: &SenderRecord, sender: &Handle) -> NoteEntry {
    let commitments = outputs
        .each_ref()
        .map(|(opening, to)| opening.note(to.address).commitment());
    let sealed: Vec<SealedNote> = outputs
        .iter()
        .zip(commitments)
        .map(|((opening, to), commitment)| opening.seal_to(to, &origin(), commitment).unwrap())
        .collect();
    let body = TransferBody {
        note_root: NoteRoot::from_fr(element(1)),
        nullifiers: [spent, Nullifier::from_fr(element(77))],
        commitments,
        sealed_notes: sealed.try_into().unwrap(),
        key_id: KeyId::from_bytes([1; 32]),
        bank: None,
        sender_record: record.seal_to(sender, &origin(), spent).unwrap(),
    };
    NoteEntry {
        index: TRANSFER,
        time: UnixSeconds(80),
        positions: 1..5,
        entry: Entry::Transfer(Box::new(Transfer {
            body,
            proof: Box::new([0; 256]),
            bank_signature: None,
        })),
    }
}

/// A mint to `acme`, who then pays 60 of it to `beta`.
pub(super) fn payment(acme: &Home, beta: &Home) -> (NoteEntry, NoteEntry) {
    let mint = mint(&acme.handle);
    acme.read(&[&mint]);
    let spent = acme.notes()[0].nullifier(&acme.party()).unwrap();
    let outputs = outputs(&acme.handle, &beta.handle);
    let transfer = transfer(spent, &outputs, &record(&outputs), &acme.handle);
    (mint, transfer)
}
