//! The cases.

use ark_bn254::Fr;
use ark_ff::One;
use ark_std::rand::SeedableRng;
use ark_std::rand::rngs::StdRng;
use serde_json::{Value, json};
use tradeseal_primitives::receivable::{Nullifier, UnixSeconds};
use tradeseal_trapdoor::Scenario;
use tradeseal_verifier::groth16::{Provenance, TranscriptDigest};
use tradeseal_verifier::presentation::Presentation;
use tradeseal_verifier::request::Request;
use tradeseal_verifier::statement::receivable::eligibility::Public;

use crate::damage;

const DAY: u64 = 86_400;

/// What a second verifier, who sees no more than key, rows and proof, must say.
#[derive(Clone, Copy)]
pub(crate) enum Pairing {
    Holds,
    Fails,
    /// Key, rows or proof cannot be had from these files: there is nothing to ask it.
    Unasked,
}

impl Pairing {
    const fn name(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Fails => "fails",
            Self::Unasked => "unasked",
        }
    }
}

pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) presentation: Vec<u8>,
    pub(crate) request: Vec<u8>,
    pub(crate) trust: Vec<u8>,
    verdict: &'static str,
    pairing: Pairing,
    as_of: UnixSeconds,
}

impl Case {
    pub(crate) fn listed(&self) -> Value {
        json!({ "name": self.name, "verdict": self.verdict, "pairing": self.pairing.name(), "as_of": self.as_of.0 })
    }
}

/// One scenario and the cases made of it so far.
struct Corpus {
    scenario: Scenario,
    now: UnixSeconds,
    rng: StdRng,
    request: Request,
    trust: Vec<u8>,
    cases: Vec<Case>,
}

pub(crate) fn all(now: UnixSeconds) -> Vec<Case> {
    let mut rng = StdRng::seed_from_u64(now.0);
    let scenario = Scenario::new(UnixSeconds(now.0 - DAY), &mut rng);
    let request = scenario.signed(scenario.draft(12, &mut rng));
    let ceremony = Provenance::Ceremony {
        transcript: TranscriptDigest([0xce; 32]),
    };
    let mut corpus = Corpus {
        trust: scenario.trust(ceremony, false).to_json(),
        scenario,
        now,
        rng,
        request,
        cases: Vec::new(),
    };
    corpus.good();
    corpus.damaged_files();
    corpus.damaged_proofs();
    corpus.foreign();
    corpus.other_times();
    corpus.cases
}

impl Corpus {
    fn presentation(&mut self) -> Presentation {
        self.scenario.presentation(&self.request, &mut self.rng)
    }

    /// A case against the request and the trust file, now.
    fn add(&mut self, name: &str, presentation: Vec<u8>, verdict: &'static str, pairing: Pairing) -> &mut Case {
        self.cases.push(Case {
            name: name.to_owned(),
            presentation,
            request: self.request.to_json(),
            trust: self.trust.clone(),
            verdict,
            pairing,
            as_of: self.now,
        });
        let last = self.cases.len() - 1;
        &mut self.cases[last]
    }

    /// Faultless as far as can be checked without a ledger.
    fn good(&mut self) {
        for name in ["good", "good-too"] {
            let bytes = self.presentation().to_json();
            self.add(name, bytes, "inconclusive", Pairing::Holds);
        }
        for (name, allowed) in [("development-key", false), ("development-key-allowed", true)] {
            let trust = self.scenario.trust(Provenance::InsecureDev, allowed).to_json();
            let bytes = self.presentation().to_json();
            self.add(name, bytes, "inconclusive", Pairing::Holds).trust = trust;
        }
        let bytes = self.presentation().to_json();
        let request = damage::reformatted(&self.request.to_json());
        self.add("request-reformatted", bytes, "inconclusive", Pairing::Holds)
            .request = request;
    }

    fn damaged_files(&mut self) {
        let good = self.presentation().to_json();
        for (name, bytes) in damage::files(&good) {
            self.add(name, bytes, "not_verified", Pairing::Unasked);
        }
        let mut shifted = self.presentation();
        shifted.anchor.state_entry[8] ^= 1;
        self.add("state-damaged", shifted.to_json(), "not_verified", Pairing::Holds);
        let mut unsigned = self.presentation();
        unsigned.anchor.tlog_proof = damage::other_signature(&unsigned.anchor.tlog_proof);
        self.add(
            "checkpoint-signature",
            unsigned.to_json(),
            "not_verified",
            Pairing::Holds,
        );
    }

    fn damaged_proofs(&mut self) {
        let good = self.presentation();
        for (name, proof) in damage::proofs(&good.proof, &mut self.rng) {
            let mut bad = good.clone();
            bad.proof = proof;
            self.add(name, bad.to_json(), "not_verified", Pairing::Fails);
        }
        let mut bad = good.clone();
        bad.proof = self.presentation().proof;
        self.add("another-proof", bad.to_json(), "not_verified", Pairing::Fails);
        let mut bad = good.clone();
        bad.rows.nullifier = Nullifier::from_fr(bad.rows.nullifier.to_fr() + Fr::one());
        self.add("another-nullifier", bad.to_json(), "not_verified", Pairing::Fails);
        let mut identity = good;
        let rows = Public {
            note_root: identity.rows.note_root,
            dilution_root: identity.rows.dilution_root,
            nullifier: identity.rows.nullifier,
            request_digest: identity.request_digest,
        }
        .rows();
        identity.proof = self.scenario.trapdoor.proof_with_identity_c(&rows, &mut self.rng);
        self.add("c-is-the-identity", identity.to_json(), "not_verified", Pairing::Fails);
    }

    /// Answers to other requests, under other keys, on other ledgers.
    fn foreign(&mut self) {
        let other = self.scenario.signed(self.scenario.draft(3, &mut self.rng));
        let bytes = self.scenario.presentation(&other, &mut self.rng).to_json();
        self.add("another-request", bytes, "not_verified", Pairing::Fails);
        let stranger = Scenario::new(UnixSeconds(self.now.0 - DAY), &mut self.rng);
        let bytes = stranger.presentation(&self.request, &mut self.rng).to_json();
        self.add("unknown-key-and-log", bytes, "not_verified", Pairing::Unasked);
        let mut relabelled = stranger.presentation(&self.request, &mut self.rng);
        relabelled.key_id = self.scenario.trapdoor.key().id();
        relabelled.anchor = self
            .scenario
            .anchor(relabelled.rows.note_root, relabelled.rows.dilution_root);
        self.add("key-relabelled", relabelled.to_json(), "not_verified", Pairing::Fails);
        let bytes = self.presentation().to_json();
        let forged = damage::other_request_signature(&self.request.to_json());
        self.add("request-signature", bytes, "not_verified", Pairing::Holds)
            .request = forged;
    }

    fn other_times(&mut self) {
        let (before, after) = (self.now.0 - 2 * DAY, self.now.0 + 40 * DAY);
        for (name, as_of) in [("not-yet-valid", before), ("expired", after)] {
            let bytes = self.presentation().to_json();
            self.add(name, bytes, "not_verified", Pairing::Holds).as_of = UnixSeconds(as_of);
        }
    }
}
