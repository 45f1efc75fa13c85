//! A supplier, its supplier, what moves between them, and the report on their files. The circuit is a small one of the tests'.

use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;
use std::sync::OnceLock;

use ed25519_dalek::SigningKey;
use tradeseal_primitives::Fr;
use tradeseal_primitives::duplicate_tag::RegistryPublicKey;
use tradeseal_primitives::party::{Address, NullifierKey, PartyIdentifier};
use tradeseal_primitives::receivable::{
    AmountMinor, Commitment, CurrencyCode, Day, DocumentHash, Fingerprint, Flags, NoteRandomness, Nullifier, Terms,
    UnixSeconds, settled_address,
};

pub(crate) use super::world::*;
use crate::disclosure::*;
use crate::entry::*;
use crate::groth16::{Provenance, TranscriptDigest};
use crate::ledger_view::Offline;
use crate::log::KeyName;
use crate::statement::StatementId;
use crate::test_circuit::CircuitKeys;
use crate::test_log::{self, ORIGIN};
use crate::trust::{Trust, TrustedKey};
use crate::verdict::{Outcome, Verdict};

pub(crate) const START: u64 = 1_790_000_000;
pub(crate) const NOW: u64 = START + 10_000;

pub(crate) fn keys() -> &'static CircuitKeys {
    static KEYS: OnceLock<CircuitKeys> = OnceLock::new();
    KEYS.get_or_init(|| CircuitKeys::new(StatementId::RECEIVABLE_DISCLOSURE_V1, 1))
}

pub(crate) fn secret(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

pub(crate) fn origin() -> KeyName {
    KeyName::new(ORIGIN).unwrap()
}

pub(crate) fn genesis() -> Genesis {
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

pub(crate) fn invoice() -> Invoice {
    Invoice {
        number: "re 2026/7".to_string(),
        issue_day: Day(20_700),
        salt: Fr::from(77u64),
    }
}

pub(crate) fn identifier(id: &str) -> PartyIdentifier {
    PartyIdentifier::new("VAT", id).unwrap()
}

pub(crate) fn dilution_key() -> DilutionKey {
    DilutionKey::new(Ed25519Key::of(&secret(5))).unwrap()
}

pub(crate) fn terms() -> Terms {
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
pub(crate) struct Owner {
    pub(crate) address: Address,
    pub(crate) nullifier_key: NullifierKey,
}

pub(crate) fn owner(seed: u64) -> Owner {
    Owner {
        address: Address::from_fr(Fr::from(9_000_000_000_000 + seed)),
        nullifier_key: NullifierKey::from_fr(Fr::from(7_000_000_000_000 + seed)),
    }
}

pub(crate) const SUPPLIER: u64 = 1;
pub(crate) const SECOND: u64 = 2;

pub(crate) fn opening(minor: u64, owner: Address, randomness: u64) -> Opening {
    Opening {
        amount: AmountMinor(minor),
        owner,
        randomness: NoteRandomness {
            rho: Fr::from(randomness),
            r: Fr::from(randomness + 500),
        },
    }
}

pub(crate) fn commitment(opening: &Opening) -> Commitment {
    opening.commitment(terms().hash())
}

pub(crate) fn nullifier(opening: &Opening, of: u64) -> Nullifier {
    commitment(opening).nullifier(&owner(of).nullifier_key)
}

/// What moves in a history; a cheating ledger may let other amounts move.
#[derive(Clone)]
pub(crate) struct Plan {
    pub(crate) minted: Opening,
    pub(crate) dummies: [Opening; 2],
    pub(crate) paid: Vec<Opening>,
    pub(crate) settled: Vec<Opening>,
    pub(crate) acknowledged: bool,
    pub(crate) mint_key: DilutionKey,
    pub(crate) dilution_signer: SigningKey,
}

pub(crate) fn plan() -> Plan {
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

pub(crate) fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| World::new(plan()))
}

/// A body with proofs made for it.
pub(crate) fn proven(body: Body) -> Disclosure {
    let proofs: Vec<_> = body
        .publics()
        .iter()
        .map(|public| keys().prove(&public.rows(), 2))
        .collect();
    Disclosure::new(keys().verifying.key_id(), body, &proofs).unwrap()
}

pub(crate) fn file(body: Body) -> Vec<u8> {
    proven(body).to_json()
}

/// Both owners' files.
pub(crate) fn both() -> &'static [Vec<u8>; 2] {
    static FILES: OnceLock<[Vec<u8>; 2]> = OnceLock::new();
    FILES.get_or_init(|| [file(world().suppliers()), file(world().seconds())])
}

pub(crate) const CEREMONY: Provenance = Provenance::Ceremony {
    transcript: TranscriptDigest([0xce; 32]),
};

pub(crate) fn trust(provenance: Provenance, allow_insecure_dev: bool) -> Trust {
    let keys = vec![TrustedKey::new(keys().verifying.clone(), provenance)];
    Trust::new(vec![test_log::signer().key().clone()], keys, allow_insecure_dev, None).unwrap()
}

/// The report on these files with everything else in order, offline.
pub(crate) fn report_on(files: &[&[u8]]) -> DisclosureReport {
    static TRUST: OnceLock<Trust> = OnceLock::new();
    let trust = TRUST.get_or_init(|| trust(CEREMONY, false));
    verify_disclosures(files, trust, UnixSeconds(NOW), &Offline)
}

/// The report on the supplier's file, changed and proven anew, beside the second supplier's.
pub(crate) fn with_suppliers(edit: impl FnOnce(&mut Body)) -> DisclosureReport {
    let mut body = world().suppliers();
    edit(&mut body);
    report_on(&[&file(body), &both()[1]])
}

pub(crate) fn with_outcome(report: &DisclosureReport, outcome: Outcome) -> Vec<&'static str> {
    let of_outcome = report.checks.iter().filter(|check| check.outcome == outcome);
    of_outcome.map(|check| check.name).collect()
}

pub(crate) fn detail(report: &DisclosureReport, check: Check) -> &str {
    &report.check(check).unwrap().detail
}

/// Not verified, by exactly these checks, with the detail of the first saying why.
pub(crate) fn refused(report: &DisclosureReport, checks: &[Check], why: &str) {
    let names: Vec<_> = checks.iter().map(|check| check.name()).collect();
    assert_eq!(with_outcome(report, Outcome::Failed), names, "{report}");
    assert_eq!(report.verdict, Verdict::NotVerified, "{report}");
    assert!(detail(report, checks[0]).contains(why), "{report}");
    assert!(report.sentence.starts_with("Not verified: "), "{}", report.sentence);
    assert!(report.sentence.len() > "Not verified: .".len(), "{}", report.sentence);
}
