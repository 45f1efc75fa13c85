//! A bank, its request, a ledger's signed log, and a presentation that holds in every way that can be checked offline.
//!
//! In scope: `receivable/eligibility/v2`. Everything is what the verifier's own types write; only the proof's key has known secrets,
//! so nothing was ever minted. Out of scope: a ledger that answers.

use ark_bn254::Fr;
use ark_ff::UniformRand;
use ark_std::rand::Rng;
use ed25519_dalek::SigningKey;
use tradeseal_primitives::currency::Currency;
use tradeseal_primitives::party::PartyId;
use tradeseal_primitives::receivable::{Day, Flags, Nullifier, UnixSeconds};
use tradeseal_verifier::entry::StateRecord;
use tradeseal_verifier::groth16::Provenance;
use tradeseal_verifier::log::{
    Checkpoint, KeyName, LogHash, LogSigner, SignedCheckpoint, TlogProof, leaf_hash, node_hash,
};
use tradeseal_verifier::policy::{Amount, ApprovedDebtors, DueWindow, Policy};
use tradeseal_verifier::presentation::{Anchor, Presentation};
use tradeseal_verifier::request::{Nonce, Request, RequestDraft};
use tradeseal_verifier::statement::receivable::eligibility::Public;
use tradeseal_verifier::statement::{DepositRoot, DilutionRoot, DirectoryRoot, NoteRoot, StatementId};
use tradeseal_verifier::trust::{Trust, TrustedKey};

use crate::Trapdoor;

/// The log of every scenario.
pub const LOG_ORIGIN: &str = "ledger.example/tradeseal";

/// Values fixed by this file fit their types.
const FITS: &str = "fixed values in bounds";

/// Seconds from the request's issue on that it holds.
const VALID_SECONDS: u64 = 30 * 86_400;

/// Index of the state record in a log of two entries.
const STATE_INDEX: u64 = 1;

/// Everything that one verification needs, and the secrets behind it.
#[derive(Debug)]
pub struct Scenario {
    /// The key of `receivable/eligibility/v2`.
    pub trapdoor: Trapdoor,
    /// The bank's signing key.
    pub bank: SigningKey,
    /// The log's.
    pub log: LogSigner,
    issued: UnixSeconds,
}

impl Scenario {
    /// Fresh keys; the bank's request is issued at `issued`.
    ///
    /// # Panics
    /// Never: its values are in bounds.
    pub fn new(issued: UnixSeconds, rng: &mut impl Rng) -> Self {
        let mut signing_key = || SigningKey::from_bytes(&std::array::from_fn(|_| rng.r#gen()));
        let bank = signing_key();
        let log = LogSigner::new(KeyName::new(LOG_ORIGIN).expect(FITS), signing_key()).expect(FITS);
        Self {
            trapdoor: Trapdoor::new(StatementId::RECEIVABLE_ELIGIBILITY_V2, rng),
            bank,
            log,
            issued,
        }
    }

    /// What the bank asks, before it signs. `debtors` approved ones.
    ///
    /// # Panics
    /// If `debtors` is 0 or above what a request can name.
    pub fn draft(&self, debtors: u64, rng: &mut impl Rng) -> RequestDraft {
        let approved = (1..=debtors).map(|id| PartyId::from_fr(Fr::from(id)));
        let first_due = Day(u32::try_from(self.issued.0 / 86_400).expect(FITS) + 30);
        let due = DueWindow {
            from: first_due,
            to: Day(first_due.0 + 90),
        };
        let policy = Policy::new(
            Amount::new(80_000_000, Currency::from_alpha("EUR").expect(FITS)),
            due,
            ApprovedDebtors::new(approved).expect(FITS),
            Flags::ACKNOWLEDGED,
            Flags::OTHER_PAYEE_NAMED,
        );
        RequestDraft {
            statement: StatementId::RECEIVABLE_ELIGIBILITY_V2,
            origin: self.log.key().name().clone(),
            verifier_name: "First Bank".parse().expect(FITS),
            policy: policy.expect(FITS),
            nonce: Nonce::from_bytes(std::array::from_fn(|_| rng.r#gen())),
            issued: self.issued,
            expires: UnixSeconds(self.issued.0 + VALID_SECONDS),
            lock_until: self.issued,
        }
    }

    /// The bank's signature under a draft.
    ///
    /// # Panics
    /// If the draft's values contradict each other.
    pub fn signed(&self, draft: RequestDraft) -> Request {
        Request::sign(draft, &self.bank).expect(FITS)
    }

    /// A trust file that believes this log and this key.
    ///
    /// # Panics
    /// Never.
    pub fn trust(&self, provenance: Provenance, allow_insecure_dev: bool) -> Trust {
        let key = TrustedKey::new(self.trapdoor.key().key().clone(), provenance);
        Trust::new(vec![self.log.key().clone()], vec![key], allow_insecure_dev, None).expect(FITS)
    }

    /// A presentation that answers `request`, of a receivable that never was.
    pub fn presentation(&self, request: &Request, rng: &mut impl Rng) -> Presentation {
        let public = Public {
            note_root: NoteRoot::from_fr(Fr::rand(rng)),
            dilution_root: DilutionRoot::from_fr(Fr::rand(rng)),
            nullifier: Nullifier::from_fr(Fr::rand(rng)),
            request_digest: request.digest(),
        };
        let proof = self.trapdoor.proof(&public.rows(), rng);
        let anchor = self.anchor(public.note_root, public.dilution_root);
        Presentation::new(self.trapdoor.key().id(), &public, &proof, anchor)
    }

    /// A state record of these roots, in a log of two entries that this scenario's log signs.
    ///
    /// # Panics
    /// Never.
    pub fn anchor(&self, note_root: NoteRoot, dilution_root: DilutionRoot) -> Anchor {
        let state = StateRecord {
            time: UnixSeconds(self.issued.0 - 60),
            log_size: STATE_INDEX,
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
        };
        let state_entry = state.encode();
        let first = leaf_hash(b"the first entry");
        let root = node_hash(&first, &leaf_hash(&state_entry));
        Anchor {
            tlog_proof: self.inclusion(vec![first], root).to_string(),
            state_entry,
        }
    }

    fn inclusion(&self, path: Vec<LogHash>, root: LogHash) -> TlogProof {
        let checkpoint = Checkpoint::new(LOG_ORIGIN, STATE_INDEX + 1, root).expect(FITS);
        let signed = SignedCheckpoint::sign(checkpoint, &self.log).expect(FITS);
        TlogProof::new(STATE_INDEX, path, signed).expect(FITS)
    }
}
