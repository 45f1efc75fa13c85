//! From a presentation's bytes to a verdict: what holds is verified, and each thing that does not is refused by the check that names it.
//! The circuit is a small one of the tests'; everything else is real.

use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;
use std::sync::OnceLock;

use ed25519_dalek::SigningKey;
use tradeseal_primitives::Fr;
use tradeseal_primitives::credential::{Attribute, ScopeNullifier, revealed_digest};
use tradeseal_primitives::receivable::{Nullifier, UnixSeconds};

use super::{Check, verify_credential};
use crate::credential::policy::test_policy;
use crate::credential::presentation::{Presentation, Revealed};
use crate::credential::request::{Request, RequestDraft};
use crate::eligibility::tests::scenario;
use crate::entry::StateRecord;
use crate::groth16::{KeyId, Provenance};
use crate::ledger_view::{LedgerView, NullifierStatus, Offline, RootStatus, Unavailable};
use crate::log::KeyName;
use crate::request::Nonce;
use crate::statement::credential::presentation::Public;
use crate::statement::{DilutionRoot, NoteRoot, RevealedDigest, RevocationRoot, StatementId};
use crate::test_circuit::CircuitKeys;
use crate::test_log::{ORIGIN, signer};
use crate::trust::{Trust, TrustedKey};
use crate::verdict::{Outcome, Report, Verdict};

const ISSUED: u64 = scenario::ISSUED;
const NOW: u64 = scenario::NOW;
const REVOCATIONS: u64 = 77;

fn keys() -> &'static CircuitKeys {
    static KEYS: OnceLock<CircuitKeys> = OnceLock::new();
    KEYS.get_or_init(|| CircuitKeys::new(StatementId::CREDENTIAL_PRESENTATION_V1, 3))
}

fn request_in(origin: &str, nonce: u8) -> Request {
    let draft = RequestDraft {
        origin: KeyName::new(origin).unwrap(),
        verifier_name: "Customs Office".parse().unwrap(),
        policy: test_policy(),
        nonce: Nonce::from_bytes([nonce; 32]),
        issued: UnixSeconds(ISSUED),
        expires: UnixSeconds(ISSUED + 3_600),
        claim_until: UnixSeconds(ISSUED + 7_200),
    };
    Request::sign(draft, &SigningKey::from_bytes(&[7; 32])).unwrap()
}

fn request() -> Request {
    request_in(ORIGIN, 9)
}

fn category() -> Attribute {
    Attribute::of_text("Cotton T-shirts")
}

fn public(request: &Request) -> Public {
    let zero = Fr::from(0u64);
    Public {
        revocation_root: RevocationRoot::from_fr(Fr::from(REVOCATIONS)),
        nullifier: ScopeNullifier::from_fr(Fr::from(2_002u64)),
        revealed_digest: RevealedDigest::from_fr(revealed_digest(&[zero, zero, zero, category().to_fr()])),
        request_digest: request.digest(),
    }
}

fn state(root: u64) -> StateRecord {
    let some = Fr::from(1_001u64);
    StateRecord {
        revocation_root: Fr::from(root),
        ..scenario::state(NoteRoot::from_fr(some), DilutionRoot::from_fr(some))
    }
}

/// A presentation that answers `request` and holds.
fn presentation(request: &Request) -> Presentation {
    let public = public(request);
    Presentation::new(
        keys().verifying.key_id(),
        &public,
        Revealed::answer(request.policy(), |_| category(), |_| Some("Cotton T-shirts")),
        &keys().prove(&public.rows(), 2),
        scenario::anchor_in(state(REVOCATIONS).encode(), &signer()),
    )
}

fn trust(provenance: Provenance, max_state_age_seconds: Option<u64>) -> Trust {
    let keys = vec![TrustedKey::new(keys().verifying.clone(), provenance)];
    Trust::new(vec![signer().key().clone()], keys, false, max_state_age_seconds).unwrap()
}

/// A ledger that answers as it is told about revocations, and is asked about nothing else.
struct Told(&'static str, RootStatus);

impl LedgerView for Told {
    fn origin(&self) -> Result<KeyName, Unavailable> {
        Ok(KeyName::new(self.0).unwrap())
    }

    fn root_status(&self, _: NoteRoot) -> Result<RootStatus, Unavailable> {
        panic!("no note is asked about")
    }

    fn dilution_root_status(&self, _: DilutionRoot) -> Result<RootStatus, Unavailable> {
        panic!("no dilution is asked about")
    }

    fn revocation_root_status(&self, root: RevocationRoot) -> Result<RootStatus, Unavailable> {
        assert_eq!(root.to_fr(), Fr::from(REVOCATIONS));
        Ok(self.1)
    }

    fn nullifier_status(&self, _: Nullifier) -> Result<NullifierStatus, Unavailable> {
        panic!("no receivable is asked about")
    }
}

const CURRENT: Told = Told(ORIGIN, RootStatus::Current);

fn verdict_on(bytes: &[u8]) -> Report {
    verify_credential(
        bytes,
        &request(),
        &trust(scenario::CEREMONY, None),
        UnixSeconds(NOW),
        &CURRENT,
    )
}

fn edited(edit: impl FnOnce(&mut Presentation)) -> Report {
    let mut presentation = presentation(&request());
    edit(&mut presentation);
    verdict_on(&presentation.to_json())
}

fn named(report: &Report, outcome: Outcome) -> Vec<&'static str> {
    let of_it = report.checks.iter().filter(|check| check.outcome == outcome);
    of_it.map(|check| check.name).collect()
}

/// Not verified, by exactly these checks, and nothing is called proven.
fn refused(report: &Report, checks: &[Check]) {
    assert_eq!(report.verdict, Verdict::NotVerified, "{report}");
    let names: Vec<_> = checks.iter().map(|check| check.name()).collect();
    assert_eq!(named(report, Outcome::Failed), names, "{report}");
    assert!(report.sentence.len() > "Not verified: .".len(), "{report}");
}

fn proven(report: &Report) -> Vec<String> {
    report.claims.iter().filter_map(|claim| claim.proven.clone()).collect()
}

#[test]
fn a_presentation_that_holds_is_verified_and_says_what_was_shown() {
    let report = verdict_on(&presentation(&request()).to_json());
    assert_eq!(report.verdict, Verdict::Verified, "{report}");
    assert_eq!(
        named(&report, Outcome::Passed).len(),
        Check::ALL.len() - 1,
        "all but cosignatures, which nobody requires"
    );
    assert!(report.sentence.contains("category: Cotton T-shirts"), "{report}");
    assert!(report.sentence.contains("Trade passport of a consignment"), "{report}");
    // Issuer, validity, revocation, holder, four conditions, the place of use.
    assert_eq!(proven(&report).len(), 9, "{report}");
    assert!(proven(&report).contains(&"Cotton T-shirts".to_string()));
    assert!(
        report
            .not_established
            .iter()
            .any(|limit| limit.contains("log witnesses"))
    );
}

#[test]
fn each_part_of_a_presentation_is_held_by_a_check_that_names_it() {
    let one = || Fr::from(1u64);
    let elsewhere = |root: u64| scenario::anchor_in(state(root).encode(), &signer());
    let refusals: [(&[Check], Report); 10] = [
        (
            &[Check::Proof],
            edited(|p| p.rows.nullifier = ScopeNullifier::from_fr(one())),
        ),
        (
            &[Check::Scope, Check::Proof],
            edited(|p| p.rows.nullifier = ScopeNullifier::from_fr(Fr::from(0u64))),
        ),
        (
            &[Check::Revealed, Check::Proof],
            edited(|p| p.rows.revealed_digest = RevealedDigest::from_fr(one())),
        ),
        (
            &[Check::RevocationsInState, Check::Proof],
            edited(|p| p.rows.revocation_root = RevocationRoot::from_fr(one())),
        ),
        (&[Check::RevocationsInState], edited(|p| p.anchor = elsewhere(78))),
        (
            &[Check::Revealed],
            edited(|p| p.revealed[0].text = Some("Silk shirts".into())),
        ),
        (&[Check::Revealed], edited(|p| p.revealed.clear())),
        (&[Check::KeyKnown], edited(|p| p.key_id = KeyId::from_bytes([1; 32]))),
        (
            &[Check::Statement],
            edited(|p| p.statement = StatementId::RECEIVABLE_ELIGIBILITY_V2),
        ),
        (&[Check::ProofEncoding], edited(|p| p.proof.truncate(255))),
    ];
    for (checks, report) in &refusals {
        refused(report, checks);
        let revealed = proven(report).contains(&"Cotton T-shirts".to_string());
        assert!(!revealed, "nothing shown counts: {report}");
    }
    refused(&verdict_on(b"{}"), &[Check::PresentationFormat]);
}

#[test]
fn an_answer_serves_one_request_for_as_long_as_it_holds() {
    let answer = presentation(&request()).to_json();
    let to = |request: &Request, now| {
        verify_credential(
            &answer,
            request,
            &trust(scenario::CEREMONY, None),
            UnixSeconds(now),
            &CURRENT,
        )
    };
    refused(&to(&request_in(ORIGIN, 10), NOW), &[Check::RequestMatch, Check::Proof]);
    refused(&to(&request(), ISSUED - 1), &[Check::RequestValidity]);
    refused(&to(&request(), ISSUED + 3_600), &[Check::RequestValidity]);
    refused(
        &to(&request_in("ledger.example/other", 9), NOW),
        &[Check::RequestMatch, Check::CheckpointSignature, Check::Proof],
    );
}

#[test]
fn revocations_of_too_long_ago_or_of_nowhere_are_refused_and_unasked_ones_left_open() {
    let answer = presentation(&request()).to_json();
    let by = |ledger: &dyn LedgerView, limit| {
        verify_credential(
            &answer,
            &request(),
            &trust(scenario::CEREMONY, limit),
            UnixSeconds(NOW),
            ledger,
        )
    };
    let replaced = |ago: u64| {
        Told(
            ORIGIN,
            RootStatus::Replaced {
                at: UnixSeconds(NOW - ago),
                grace_seconds: 600,
            },
        )
    };
    assert_eq!(by(&replaced(599), None).verdict, Verdict::Verified);
    refused(&by(&replaced(600), None), &[Check::RevocationsFresh]);
    refused(
        &by(&Told(ORIGIN, RootStatus::Unknown), None),
        &[Check::RevocationsFresh],
    );
    // At the counter, without the ledger: the checkpoint's age decides, if the trust file sets a limit.
    let age = NOW - scenario::STATE_TIME;
    for (ledger, limit, verdict) in [
        (&Offline as &dyn LedgerView, None, Verdict::Inconclusive),
        (&Offline, Some(age), Verdict::Inconclusive),
        (&Offline, Some(age + 1), Verdict::Verified),
        (
            &Told("ledger.example/other", RootStatus::Current),
            None,
            Verdict::Inconclusive,
        ),
    ] {
        let report = by(ledger, limit);
        assert_eq!(report.verdict, verdict, "{report}");
        if verdict == Verdict::Inconclusive {
            assert_eq!(named(&report, Outcome::NotChecked), [Check::RevocationsFresh.name()]);
        }
    }
}

#[test]
fn a_development_key_leaves_it_open() {
    let answer = presentation(&request()).to_json();
    let trust = trust(Provenance::InsecureDev, None);
    let report = verify_credential(&answer, &request(), &trust, UnixSeconds(NOW), &CURRENT);
    assert_eq!(report.verdict, Verdict::Inconclusive, "{report}");
    assert_eq!(named(&report, Outcome::NotChecked), [Check::KeyProvenance.name()]);
    assert!(proven(&report).is_empty(), "{report}");
}

#[test]
fn every_single_byte_changed_is_not_verified() {
    let whole = presentation(&request()).to_json();
    for at in (0..whole.len()).step_by(7) {
        let mut changed = whole.clone();
        changed[at] ^= 1;
        let report = verdict_on(&changed);
        assert_eq!(report.verdict, Verdict::NotVerified, "byte {at}: {report}");
    }
}
