//! A bank, its request, a ledger's signed log, and a presentation that holds. The circuit is a small one of the tests';
//! everything else is real.

use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;
use std::sync::OnceLock;

use ed25519_dalek::SigningKey;
use tradeseal_primitives::Fr;
use tradeseal_primitives::currency::Currency;
use tradeseal_primitives::party::PartyId;
use tradeseal_primitives::receivable::{Day, Flags, Nullifier, UnixSeconds};

use crate::eligibility::{Check, verify_eligibility};
use crate::entry::{Ed25519Key, StateRecord};
use crate::groth16::{Proof, Provenance, TranscriptDigest};
use crate::ledger_view::{LedgerView, NullifierStatus, RootStatus, Unavailable};
use crate::log::{KeyName, LogSigner};
use crate::policy::{Amount, ApprovedDebtors, DueWindow, Policy};
use crate::presentation::{Anchor, Presentation};
use crate::request::{Nonce, Request, RequestDraft};
use crate::statement::receivable::eligibility::Public;
use crate::statement::{
    DepositRoot, DilutionRoot, DirectoryRoot, NoteRoot, RequestDigest, RevocationRoot, StatementId,
};
use crate::test_circuit::CircuitKeys;
use crate::test_log;
use crate::trust::{Trust, TrustedKey};
use crate::verdict::{Outcome, Report, Verdict};

pub(crate) use crate::test_log::{ORIGIN, signer as log_signer};
pub(crate) const ISSUED: u64 = 1_790_000_000;
pub(crate) const EXPIRES: u64 = ISSUED + 3_600;
pub(crate) const NOW: u64 = ISSUED + 600;
/// Before the request: the note is older than the question.
pub(crate) const STATE_TIME: u64 = ISSUED - 100;
const STATE_INDEX: u8 = 3;

/// Made once: the set-up is the slow part.
pub(crate) fn keys() -> &'static CircuitKeys {
    static KEYS: OnceLock<CircuitKeys> = OnceLock::new();
    KEYS.get_or_init(|| CircuitKeys::new(StatementId::RECEIVABLE_ELIGIBILITY_V2, 1))
}

pub(crate) fn bank(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

pub(crate) fn draft() -> RequestDraft {
    let debtors = ApprovedDebtors::new([3u64, 5, 9].map(|id| PartyId::from_fr(Fr::from(id)))).unwrap();
    let policy = Policy::new(
        Amount::new(100_000, Currency::from_alpha("EUR").unwrap()),
        DueWindow {
            from: Day(20_788),
            to: Day(20_908),
        },
        debtors,
        Flags::ACKNOWLEDGED,
        Flags::OTHER_PAYEE_NAMED,
    );
    RequestDraft {
        statement: StatementId::RECEIVABLE_ELIGIBILITY_V2,
        origin: KeyName::new(ORIGIN).unwrap(),
        verifier_name: "Bank A".parse().unwrap(),
        policy: policy.unwrap(),
        nonce: Nonce::from_bytes([9; 32]),
        issued: UnixSeconds(ISSUED),
        expires: UnixSeconds(EXPIRES),
        lock_until: UnixSeconds(EXPIRES + 86_400),
    }
}

pub(crate) fn request() -> Request {
    Request::sign(draft(), &bank(7)).unwrap()
}

pub(crate) fn trust(provenance: Provenance, allow_insecure_dev: bool, max_state_age_seconds: Option<u64>) -> Trust {
    let keys = vec![TrustedKey::new(keys().verifying.clone(), provenance)];
    Trust::new(
        vec![log_signer().key().clone()],
        keys,
        allow_insecure_dev,
        max_state_age_seconds,
    )
    .unwrap()
}

pub(crate) const CEREMONY: Provenance = Provenance::Ceremony {
    transcript: TranscriptDigest([0xce; 32]),
};

pub(crate) fn public(digest: RequestDigest) -> Public {
    Public {
        note_root: NoteRoot::from_fr(Fr::from(1_001u64)),
        dilution_root: DilutionRoot::from_fr(Fr::from(3_003u64)),
        nullifier: Nullifier::from_fr(Fr::from(2_002u64)),
        request_digest: digest,
    }
}

pub(crate) fn prove(public: &Public, seed: u64) -> Proof {
    keys().prove(&public.rows(), seed)
}

pub(crate) fn state(note_root: NoteRoot, dilution_root: DilutionRoot) -> StateRecord {
    StateRecord {
        time: UnixSeconds(STATE_TIME),
        log_size: u64::from(STATE_INDEX),
        note_count: 1,
        note_root,
        nullifier_count: 0,
        nullifier_root: Fr::from(1u64),
        directory_count: 2,
        directory_root: DirectoryRoot::from_fr(Fr::from(2u64)),
        revocation_root: Fr::from(3u64),
        dilution_count: 1,
        dilution_root,
        deposit_count: 0,
        deposit_root: DepositRoot::from_fr(Fr::from(4u64)),
    }
}

/// A log of seven entries with `state_entry` at index 3, signed by `signer`, and the proof that it is there.
pub(crate) fn anchor_in(state_entry: Vec<u8>, signer: &LogSigner) -> Anchor {
    let mut entries: Vec<Vec<u8>> = (0u8..7).map(|at| vec![at; 40]).collect();
    entries[usize::from(STATE_INDEX)].clone_from(&state_entry);
    let proof = test_log::proof(&entries, usize::from(STATE_INDEX), signer);
    Anchor {
        state_entry,
        tlog_proof: proof.to_string(),
    }
}

/// The state that a presentation rests on.
pub(crate) fn state_of(presentation: &Presentation) -> StateRecord {
    state(presentation.rows.note_root, presentation.rows.dilution_root)
}

pub(crate) fn anchor(note_root: NoteRoot, dilution_root: DilutionRoot) -> Anchor {
    anchor_in(state(note_root, dilution_root).encode(), &log_signer())
}

/// A presentation that answers `request` and holds.
pub(crate) fn presentation(request: &Request) -> Presentation {
    let public = public(request.digest());
    Presentation::new(
        keys().verifying.key_id(),
        &public,
        &prove(&public, 2),
        anchor(public.note_root, public.dilution_root),
    )
}

/// A ledger that answers as it is told.
pub(crate) struct Told {
    pub(crate) origin: &'static str,
    pub(crate) root: Result<RootStatus, Unavailable>,
    pub(crate) dilution_root: Result<RootStatus, Unavailable>,
    pub(crate) nullifier: Result<NullifierStatus, Unavailable>,
}

/// The roots stand and the receivable is free.
pub(crate) const FREE: Told = Told {
    origin: ORIGIN,
    root: Ok(RootStatus::Current),
    dilution_root: Ok(RootStatus::Current),
    nullifier: Ok(NullifierStatus::Unspent),
};

impl LedgerView for Told {
    fn origin(&self) -> Result<KeyName, Unavailable> {
        Ok(KeyName::new(self.origin).unwrap())
    }

    fn root_status(&self, _: NoteRoot) -> Result<RootStatus, Unavailable> {
        self.root.clone()
    }

    fn dilution_root_status(&self, _: DilutionRoot) -> Result<RootStatus, Unavailable> {
        self.dilution_root.clone()
    }

    fn revocation_root_status(&self, _: RevocationRoot) -> Result<RootStatus, Unavailable> {
        panic!("no credential is asked about")
    }

    fn nullifier_status(&self, nullifier: Nullifier) -> Result<NullifierStatus, Unavailable> {
        assert_eq!(
            nullifier,
            public(request().digest()).nullifier,
            "asked about a nullifier that was not proven"
        );
        self.nullifier.clone()
    }
}

pub(crate) fn locked_by(seed: u8, until: u64) -> Told {
    let locked = NullifierStatus::Locked {
        by: Ed25519Key::of(&bank(seed)),
        until: UnixSeconds(until),
    };
    Told {
        nullifier: Ok(locked),
        ..FREE
    }
}

/// The verdict on `bytes` with everything else in order.
pub(crate) fn verdict_on(bytes: &[u8]) -> Report {
    static ORDERLY: OnceLock<(Request, Trust)> = OnceLock::new();
    let (request, trust) = ORDERLY.get_or_init(|| (request(), trust(CEREMONY, false, None)));
    verify_eligibility(bytes, request, trust, UnixSeconds(NOW), &FREE)
}

/// The names of the checks with this outcome, in the report's order.
pub(crate) fn with_outcome(report: &Report, outcome: Outcome) -> Vec<&'static str> {
    report
        .checks
        .iter()
        .filter(|check| check.outcome == outcome)
        .map(|check| check.name)
        .collect()
}

pub(crate) fn failed(report: &Report) -> Vec<&'static str> {
    with_outcome(report, Outcome::Failed)
}

pub(crate) fn detail(report: &Report, check: Check) -> &str {
    &report.check(check.name()).unwrap().detail
}

/// Not verified, by exactly these checks, with the detail of the first saying why.
pub(crate) fn refused(report: &Report, checks: &[Check], why: &str) {
    assert_eq!(report.verdict, Verdict::NotVerified, "{report}");
    let names: Vec<_> = checks.iter().map(|check| check.name()).collect();
    assert_eq!(failed(report), names, "{report}");
    assert!(detail(report, checks[0]).contains(why), "{report}");
    assert!(report.sentence.starts_with("Not verified: "), "{}", report.sentence);
    assert!(report.sentence.len() > "Not verified: .".len(), "{}", report.sentence);
}

pub(crate) fn edited(edit: impl FnOnce(&mut Presentation)) -> Report {
    let mut presentation = presentation(&request());
    edit(&mut presentation);
    verdict_on(&presentation.to_json())
}
