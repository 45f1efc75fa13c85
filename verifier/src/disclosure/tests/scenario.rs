//! A supplier, its supplier and a ledger's signed log. The circuit is a small one of the tests'; everything else is real.
//!
//! The log: 0 genesis; 2 the supplier mints 1000.00 EUR; 4 it pays 600.00 to its own supplier, settles 100.00 and keeps 300.00; 6 the
//! second supplier settles 250.00 and keeps 350.00; 7 a credit note leaves 90 %; 9 an unrelated mint; odd ones but 7 and 9, and 10: states.

use alloc::boxed::Box;
use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;
use std::sync::OnceLock;

use ed25519_dalek::SigningKey;
use tradeseal_primitives::Fr;
use tradeseal_primitives::babyjubjub::{Scalar, scalar_to_bytes};
use tradeseal_primitives::duplicate_tag::{BlindedPoint, DleqProof, DuplicateTag, EvaluatedPoint, RegistryPublicKey};
use tradeseal_primitives::party::{Address, NullifierKey, PartyIdentifier};
use tradeseal_primitives::receivable::{
    AmountMinor, Commitment, CurrencyCode, Day, DocumentHash, Fingerprint, Flags, NoteRandomness, Nullifier,
    RemainingPpb, Terms, UnixSeconds, settled_address,
};
use tradeseal_primitives::tree::{MemoryDilutions, MemoryIndexed, absence, dilution, insert};

use crate::disclosure::*;
use crate::entry::*;
use crate::groth16::{KeyId, Provenance, TranscriptDigest};
use crate::ledger_view::Offline;
use crate::log::{KeyName, LogSigner};
use crate::request::Nonce;
use crate::statement::{DilutionRoot, DirectoryRoot, NoteRoot, StatementId};
use crate::test_circuit::CircuitKeys;
use crate::test_log::{self, ORIGIN};
use crate::trust::{Trust, TrustedKey};
use crate::verdict::{Outcome, Verdict};

pub(super) const START: u64 = 1_790_000_000;
pub(super) const NOW: u64 = START + 10_000;
pub(super) const MINT: u64 = 2;
pub(super) const PAYMENT: u64 = 4;
pub(super) const SETTLING: u64 = 6;
pub(super) const DILUTION: u64 = 7;
pub(super) const STRANGER: u64 = 9;
pub(super) const LAST: u64 = 10;

pub(super) fn keys() -> &'static CircuitKeys {
    static KEYS: OnceLock<CircuitKeys> = OnceLock::new();
    KEYS.get_or_init(|| CircuitKeys::new(StatementId::RECEIVABLE_DISCLOSURE_V1, 1))
}

pub(super) fn secret(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

pub(super) fn origin() -> KeyName {
    KeyName::new(ORIGIN).unwrap()
}

pub(super) fn genesis() -> Genesis {
    Genesis {
        origin: origin(),
        created: UnixSeconds(START),
        registrars: [Ed25519Key::of(&secret(1))].into(),
        accepted_keys: Default::default(),
        root_grace_seconds: 86_400,
        registry_key: RegistryPublicKey::base8(),
        registry_era_seconds: 31_536_000,
    }
}

pub(super) fn invoice() -> Invoice {
    Invoice {
        number: "re 2026/7".to_string(),
        issue_day: Day(20_700),
        salt: Fr::from(77u64),
    }
}

pub(super) fn identifier(id: &str) -> PartyIdentifier {
    PartyIdentifier::new("VAT", id).unwrap()
}

pub(super) fn dilution_key() -> DilutionKey {
    DilutionKey::new(Ed25519Key::of(&secret(5))).unwrap()
}

pub(super) fn terms() -> Terms {
    let creditor = identifier("DE111111111").id();
    let fingerprint = Fingerprint::derive(creditor, "RE 2026/7", Day(20_700));
    Terms {
        currency: CurrencyCode(978),
        due_day: Day(20_800),
        debtor: identifier("FR22222222222").id(),
        creditor,
        document: DocumentHash::from_sha256(&[8; 32]),
        receivable: fingerprint.salted(Fr::from(77u64)),
        flags: Flags::ACKNOWLEDGED,
        number: dilution_key().number(),
    }
}

/// An owner's keys. The nullifier key is what a disclosure must never hold.
pub(super) struct Owner {
    pub(super) address: Address,
    pub(super) nullifier_key: NullifierKey,
}

pub(super) fn owner(seed: u64) -> Owner {
    Owner {
        address: Address::from_fr(Fr::from(9_000_000_000_000 + seed)),
        nullifier_key: NullifierKey::from_fr(Fr::from(7_000_000_000_000 + seed)),
    }
}

pub(super) const SUPPLIER: u64 = 1;
pub(super) const SECOND: u64 = 2;

pub(super) fn opening(minor: u64, owner: Address, randomness: u64) -> Opening {
    Opening {
        amount: AmountMinor(minor),
        owner,
        randomness: NoteRandomness {
            rho: Fr::from(randomness),
            r: Fr::from(randomness + 500),
        },
    }
}

pub(super) fn commitment(opening: &Opening) -> Commitment {
    opening.commitment(terms().hash())
}

fn nullifier(opening: &Opening, of: u64) -> Nullifier {
    commitment(opening).nullifier(&owner(of).nullifier_key)
}

/// What moves in a history; a cheating ledger may let other amounts move.
#[derive(Clone)]
pub(super) struct Plan {
    pub(super) minted: Opening,
    pub(super) dummies: [Opening; 2],
    pub(super) paid: Vec<Opening>,
    pub(super) settled: Vec<Opening>,
    pub(super) acknowledged: bool,
    pub(super) mint_key: DilutionKey,
    pub(super) dilution_signer: SigningKey,
}

pub(super) fn plan() -> Plan {
    let (supplier, second) = (owner(SUPPLIER).address, owner(SECOND).address);
    Plan {
        minted: opening(100_000, supplier, 10),
        dummies: [opening(0, supplier, 11), opening(0, second, 12)],
        paid: vec![
            opening(60_000, second, 20),
            opening(30_000, supplier, 21),
            opening(10_000, settled_address(), 22),
            opening(0, supplier, 23),
        ],
        settled: vec![
            opening(25_000, settled_address(), 30),
            opening(35_000, second, 31),
            opening(0, second, 32),
            opening(0, second, 33),
        ],
        acknowledged: true,
        mint_key: dilution_key(),
        dilution_signer: secret(5),
    }
}

/// A log and the trees at its end.
pub(super) struct World {
    pub(super) plan: Plan,
    pub(super) log: Vec<Vec<u8>>,
    nullifiers: MemoryIndexed,
    dilutions: MemoryDilutions,
}

pub(super) fn mint_of(commitment: Commitment, acknowledged: bool, dilution_key: DilutionKey) -> Entry {
    let scalars = [scalar_to_bytes(&Scalar::from(3u64)); 2];
    let body = MintBody {
        commitment,
        directory_root: DirectoryRoot::from_fr(Fr::from(8u64)),
        acknowledged,
        sealed_note: Box::new([1; SEALED_NOTE_BYTES]),
        key_id: KeyId::from_bytes([8; 32]),
        duplicate_tag: DuplicateTag::from_fr(Fr::from(40u64)),
        previous: None,
        blinded: BlindedPoint::base8(),
        evaluated: EvaluatedPoint::base8(),
        evaluation_proof: DleqProof::from_bytes(scalars.as_flattened().try_into().unwrap()).unwrap(),
        issue_from: Day(0),
        issue_to: Day(20_800),
        dilution_key,
    };
    Entry::Mint(Mint {
        body,
        proof: Box::new([4; 256]),
    })
}

fn transfer_of(nullifiers: [Nullifier; 2], outputs: &[Opening]) -> Entry {
    let commitments: Vec<Commitment> = outputs.iter().map(commitment).collect();
    let body = TransferBody {
        note_root: NoteRoot::from_fr(Fr::from(30u64)),
        nullifiers,
        commitments: commitments.try_into().unwrap(),
        sealed_notes: [1, 2, 3, 4].map(|byte| Box::new([byte; SEALED_NOTE_BYTES])),
        key_id: KeyId::from_bytes([7; 32]),
        bank: None,
        sender_record: Box::new([5; SENDER_RECORD_BYTES]),
    };
    Entry::Transfer(Box::new(Transfer {
        body,
        proof: Box::new([8; 256]),
        bank_signature: None,
    }))
}

impl World {
    pub(super) fn new(plan: Plan) -> Self {
        let mut world = Self::until_payment(plan);
        let plan = world.plan.clone();
        let inputs = [nullifier(&plan.paid[0], SECOND), nullifier(&plan.dummies[1], SECOND)];
        world.transfer(inputs, &plan.settled);
        world.dilute();
        world.close();
        let stranger = DilutionKey::new(Ed25519Key::of(&secret(6))).unwrap();
        world.push(&mint_of(Commitment::from_fr(Fr::from(987_654_321u64)), false, stranger));
        world.close();
        world
    }

    /// The log as it was at entry 5.
    pub(super) fn until_payment(plan: Plan) -> Self {
        let mut world = Self {
            log: Vec::new(),
            nullifiers: MemoryIndexed::default(),
            dilutions: MemoryDilutions::default(),
            plan,
        };
        let plan = world.plan.clone();
        // Somebody else's note was spent before.
        world.spend(Nullifier::from_fr(Fr::from(123_456_789u64)));
        world.push(&Entry::Genesis(genesis()));
        world.close();
        world.push(&mint_of(commitment(&plan.minted), plan.acknowledged, plan.mint_key));
        world.close();
        let inputs = [nullifier(&plan.minted, SUPPLIER), nullifier(&plan.dummies[0], SUPPLIER)];
        world.transfer(inputs, &plan.paid);
        world.close();
        world
    }

    fn push(&mut self, entry: &Entry) {
        self.log.push(entry.encode());
    }

    fn spend(&mut self, nullifier: Nullifier) {
        insert(&mut self.nullifiers, nullifier.to_fr()).unwrap();
    }

    fn transfer(&mut self, nullifiers: [Nullifier; 2], outputs: &[Opening]) {
        nullifiers.iter().for_each(|nullifier| self.spend(*nullifier));
        self.push(&transfer_of(nullifiers, outputs));
    }

    fn dilute(&mut self) {
        let body = DiluteBody {
            number: terms().number,
            remaining: RemainingPpb::new(900_000_000).unwrap(),
            dilution_key: Ed25519Key::of(&self.plan.dilution_signer),
        };
        dilution::lower(&mut self.dilutions, body.number, body.remaining).unwrap();
        self.push(&Entry::Dilute(
            Signed::sign(body, &origin(), &self.plan.dilution_signer).unwrap(),
        ));
    }

    pub(super) fn close(&mut self) {
        let log_size = self.log.len() as u64;
        let state = StateRecord {
            time: UnixSeconds(START + 100 * log_size),
            log_size,
            note_count: 1,
            note_root: NoteRoot::from_fr(Fr::from(1u64)),
            nullifier_count: 1,
            nullifier_root: self.nullifiers.root(),
            directory_count: 2,
            directory_root: DirectoryRoot::from_fr(Fr::from(2u64)),
            revocation_root: Fr::from(3u64),
            dilution_count: 1,
            dilution_root: DilutionRoot::from_fr(self.dilutions.root()),
        };
        self.log.push(state.encode());
    }

    pub(super) fn logged(&self, index: u64, signer: &LogSigner) -> LoggedEntry {
        let at = usize::try_from(index).unwrap();
        LoggedEntry {
            index,
            entry: self.log[at].clone(),
            tlog_proof: test_log::proof(&self.log, at, signer).to_string(),
        }
    }

    /// As of the last state.
    pub(super) fn unspent(&self, nullifier: Nullifier) -> Fate {
        Fate::Unspent(Unspent {
            state: LAST,
            absence: absence(&self.nullifiers, &nullifier.to_fr()).unwrap(),
        })
    }

    /// The ledger forgets that this was spent, in its last state.
    pub(super) fn forget(&mut self, forgotten: Nullifier) {
        let entries: Vec<Entry> = self.log.iter().map(|entry| Entry::decode(entry).unwrap()).collect();
        self.nullifiers = MemoryIndexed::default();
        for entry in &entries {
            let Entry::Transfer(transfer) = entry else { continue };
            let kept = transfer
                .body
                .nullifiers
                .into_iter()
                .filter(|nullifier| *nullifier != forgotten);
            kept.collect::<Vec<_>>()
                .into_iter()
                .for_each(|nullifier| self.spend(nullifier));
        }
        self.log.pop();
        self.close();
    }

    pub(super) fn note(
        &self,
        of: u64,
        opening: &Opening,
        created: Option<(u64, u8)>,
        spent: Option<(u64, u8)>,
    ) -> DisclosedNote {
        let nullifier = nullifier(opening, of);
        let fate = match spent {
            Some((entry, input)) => Fate::Spent(Input { entry, input }),
            None => self.unspent(nullifier),
        };
        DisclosedNote {
            opening: opening.clone(),
            nullifier,
            created: created.map(|(entry, output)| Output { entry, output }),
            fate,
        }
    }

    pub(super) fn body(&self, notes: Vec<DisclosedNote>, transfers: Vec<OpenedTransfer>, entries: &[u64]) -> Body {
        let signer = test_log::signer();
        Body {
            version: BodyVersion::V1,
            origin: origin(),
            ledger_id: genesis().ledger_id(),
            audience: "Commercial Court".parse().unwrap(),
            made: UnixSeconds(NOW - 100),
            nonce: Nonce::from_bytes([9; 32]),
            terms: terms(),
            debtor: None,
            creditor: None,
            invoice: None,
            notes,
            transfers,
            remaining: None,
            entries: entries.iter().map(|index| self.logged(*index, &signer)).collect(),
        }
    }

    /// All that the minting supplier knows.
    pub(super) fn suppliers(&self) -> Body {
        let plan = &self.plan;
        let notes = vec![
            self.note(SUPPLIER, &plan.minted, Some((MINT, 0)), Some((PAYMENT, 0))),
            self.note(SUPPLIER, &plan.dummies[0], None, Some((PAYMENT, 1))),
            self.note(SUPPLIER, &plan.paid[1], Some((PAYMENT, 1)), None),
        ];
        let transfers = vec![OpenedTransfer {
            entry: PAYMENT,
            outputs: plan.paid.clone(),
        }];
        let mut body = self.body(notes, transfers, &[0, 1, MINT, 3, PAYMENT, 5, DILUTION, LAST]);
        body.debtor = Some(identifier("FR22222222222"));
        body.creditor = Some(identifier("DE111111111"));
        body.invoice = Some(invoice());
        body.remaining = Some(Remaining {
            state: LAST,
            proof: dilution::lookup(&self.dilutions, terms().number).unwrap(),
        });
        body
    }

    /// All that its supplier knows.
    pub(super) fn seconds(&self) -> Body {
        let plan = &self.plan;
        let notes = vec![
            self.note(SECOND, &plan.paid[0], Some((PAYMENT, 0)), Some((SETTLING, 0))),
            self.note(SECOND, &plan.dummies[1], None, Some((SETTLING, 1))),
            self.note(SECOND, &plan.settled[1], Some((SETTLING, 1)), None),
        ];
        let transfers = vec![OpenedTransfer {
            entry: SETTLING,
            outputs: plan.settled.clone(),
        }];
        self.body(notes, transfers, &[0, PAYMENT, SETTLING, 8, LAST])
    }
}

pub(super) fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| World::new(plan()))
}

/// A body with proofs made for it.
pub(super) fn proven(body: Body) -> Disclosure {
    let proofs: Vec<_> = body
        .publics()
        .iter()
        .map(|public| keys().prove(&public.rows(), 2))
        .collect();
    Disclosure::new(keys().verifying.key_id(), body, &proofs).unwrap()
}

pub(super) fn file(body: Body) -> Vec<u8> {
    proven(body).to_json()
}

/// Both owners' files.
pub(super) fn both() -> &'static [Vec<u8>; 2] {
    static FILES: OnceLock<[Vec<u8>; 2]> = OnceLock::new();
    FILES.get_or_init(|| [file(world().suppliers()), file(world().seconds())])
}

pub(super) const CEREMONY: Provenance = Provenance::Ceremony {
    transcript: TranscriptDigest([0xce; 32]),
};

pub(super) fn trust(provenance: Provenance, allow_insecure_dev: bool) -> Trust {
    let keys = vec![TrustedKey::new(keys().verifying.clone(), provenance)];
    Trust::new(vec![test_log::signer().key().clone()], keys, allow_insecure_dev, None).unwrap()
}

/// The report on these files with everything else in order, offline.
pub(super) fn report_on(files: &[&[u8]]) -> DisclosureReport {
    static TRUST: OnceLock<Trust> = OnceLock::new();
    let trust = TRUST.get_or_init(|| trust(CEREMONY, false));
    verify_disclosures(files, trust, UnixSeconds(NOW), &Offline)
}

/// The report on the supplier's file, changed and proven anew, beside the second supplier's.
pub(super) fn with_suppliers(edit: impl FnOnce(&mut Body)) -> DisclosureReport {
    let mut body = world().suppliers();
    edit(&mut body);
    report_on(&[&file(body), &both()[1]])
}

pub(super) fn with_outcome(report: &DisclosureReport, outcome: Outcome) -> Vec<&'static str> {
    let of_outcome = report.checks.iter().filter(|check| check.outcome == outcome);
    of_outcome.map(|check| check.name).collect()
}

pub(super) fn detail(report: &DisclosureReport, check: Check) -> &str {
    &report.check(check).unwrap().detail
}

/// Not verified, by exactly these checks, with the detail of the first saying why.
pub(super) fn refused(report: &DisclosureReport, checks: &[Check], why: &str) {
    let names: Vec<_> = checks.iter().map(|check| check.name()).collect();
    assert_eq!(with_outcome(report, Outcome::Failed), names, "{report}");
    assert_eq!(report.verdict, Verdict::NotVerified, "{report}");
    assert!(detail(report, checks[0]).contains(why), "{report}");
    assert!(report.sentence.starts_with("Not verified: "), "{}", report.sentence);
    assert!(report.sentence.len() > "Not verified: .".len(), "{}", report.sentence);
}
