//! A credential with its issuer and holder, and a request that it satisfies.

use super::{Layout, TestRng, scenario::Party};
use ark_ff::UniformRand;
use ark_std::rand::{Rng, SeedableRng};
use std::sync::OnceLock;
use tradeseal_circuits::{
    Statement,
    credential::presentation::{Presentation, Private, Public, RequestInputs},
};
use tradeseal_primitives::{
    Fr,
    credential::{
        Attribute, Attributes, KeySet, PREDICATES, Predicate, Query, RevocationId, SLOTS, SchemaId, Scope, SetKey,
        SetProof, Slot, TrustedIssuer,
    },
    eddsa::PrivateKey,
    receivable::{Day, UnixSeconds},
    tree::{self, MemoryIndexed, SetTree},
};
use tradeseal_verifier::statement::RevocationRoot;

pub struct PresentationScenario {
    pub holder: Party,
    pub issuer_secret: PrivateKey,
    pub issuers: Vec<TrustedIssuer>,
    pub revocations: MemoryIndexed,
    pub public: Public,
    pub private: Private,
}

pub fn slot(number: u64) -> Slot {
    Slot::new(number).unwrap()
}

pub fn key(integer: u128) -> SetKey {
    SetKey::new(integer).unwrap()
}

pub fn integer(value: u128) -> Attribute {
    Attribute::from_fr(Fr::from(value))
}

/// Slot i holds 100 + i, but for slot 3, a text, and slot 15, which is absent.
pub fn attributes() -> Attributes {
    let mut values: [Attribute; SLOTS] = core::array::from_fn(|i| integer(100 + i as u128));
    values[3] = Attribute::of_text("Lager bier 4,6 %");
    values[15] = Attribute::ABSENT;
    Attributes::new(values)
}

/// Nothing is asked of the attributes; the scope is 0.
pub fn presenting(seed: u64) -> PresentationScenario {
    let rng = &mut TestRng::seed_from_u64(seed);
    let holder = Party::random(rng);
    let issuer_secret = PrivateKey::from_bytes(rng.r#gen());
    let day = rng.gen_range(1_000..u32::MAX - 1_000);
    let issuer = TrustedIssuer {
        key: issuer_secret.public(),
        from: Day(day - rng.gen_range(500..900)),
        until: Day(day + rng.gen_range(0..900)),
    };
    let mut issuers: Vec<TrustedIssuer> = (0..rng.gen_range(0..6)).map(|_| other_issuer(rng, day)).collect();
    issuers.push(issuer);
    let mut revocations = MemoryIndexed::default();
    for _ in 0..rng.gen_range(0..12) {
        tree::insert(&mut revocations, SetKey::of(&Fr::rand(rng)).to_fr()).unwrap();
    }
    let (public, mut private) = Presentation::blank();
    private.schema = SchemaId::from_fr(Fr::rand(rng));
    private.attributes = attributes();
    private.valid_from = Day(day - rng.gen_range(0..400));
    private.valid_until = Day(day + rng.gen_range(0..400));
    private.revocation_id = RevocationId::from_fr(Fr::rand(rng));
    private.issuer = issuer;
    private.holder_key = holder.secret.public();
    private.nullifier_key = holder.nullifier_key.clone();
    private.request = RequestInputs {
        query: Query {
            schema: private.schema,
            trusted_issuers_root: Fr::from(0u64),
            day: Day(day),
            scope: Scope::NONE,
            predicates: [Predicate::None.form(); PREDICATES],
            context: Fr::rand(rng),
        },
        verifier_key: Fr::rand(rng),
        claim_until: UnixSeconds(rng.gen_range(1..u64::MAX)),
    };
    let mut scenario = PresentationScenario {
        holder,
        issuer_secret,
        issuers,
        revocations,
        public,
        private,
    };
    scenario.reseal();
    scenario
}

pub fn other_issuer(rng: &mut TestRng, day: u32) -> TrustedIssuer {
    TrustedIssuer {
        key: PrivateKey::from_bytes(rng.r#gen()).public(),
        from: Day(day - 1_000),
        until: Day(day),
    }
}

impl PresentationScenario {
    /// Every signature, path and row follows the rest. Where the issuer is in no set, or the credential is revoked, what was there stays.
    pub fn reseal(&mut self) {
        self.issue();
        self.trust();
        self.prove_absence();
        self.present();
    }

    pub fn issue(&mut self) {
        let credential = self.private.credential().hash();
        self.private.issuer_signature = self.issuer_secret.sign(credential.to_fr());
    }

    pub fn trust(&mut self) {
        let set = SetTree::new(self.issuers.iter().map(TrustedIssuer::member)).unwrap();
        self.private.request.query.trusted_issuers_root = set.root();
        if let Ok(path) = set.path(self.private.issuer.member()) {
            self.private.issuer_path = path;
        }
    }

    pub fn prove_absence(&mut self) {
        let key = self.private.revocation_handle().key().to_fr();
        if let Ok(proof) = tree::absence(&self.revocations, &key) {
            self.private.not_revoked = proof;
        }
        self.public.revocation_root = RevocationRoot::from_fr(self.revocations.root());
    }

    /// The rows follow the private inputs, and the holder signs.
    pub fn present(&mut self) {
        self.public.request_digest = self.private.request.digest();
        self.public.nullifier = self.private.nullifier();
        self.public.revealed_digest = self.private.revealed_digest();
        self.private.signature = self.holder.secret.sign(self.private.message());
    }

    /// Asks `predicate` in place `index`, with the leaf of `set` that speaks for the attribute.
    pub fn ask(&mut self, index: usize, predicate: Predicate, set: Option<&KeySet>) {
        let form = predicate.form();
        self.private.request.query.predicates[index] = form;
        let value = self.private.attributes.get(form.slot).to_fr();
        self.private.set_proofs[index] = set.map_or_else(SetProof::unused, |set| set.proof(SetKey::of(&value)));
        self.present();
    }

    pub fn set_attribute(&mut self, number: u64, value: Attribute) {
        self.private.attributes.set(slot(number), value);
        self.issue();
        self.present();
    }

    pub fn set_scope(&mut self, scope: Scope) {
        self.private.request.query.scope = scope;
        self.present();
    }
}

/// One predicate of each kind that has something to hold: revealed, in a set, not in a set, and a range.
pub fn presenting_all_kinds(seed: u64) -> PresentationScenario {
    let mut scenario = presenting(seed);
    let set = KeySet::new([5, 104, 900].map(key)).unwrap();
    scenario.ask(0, Predicate::Reveal(slot(3)), None);
    scenario.ask(1, Predicate::InSet(slot(4), set.root()), Some(&set));
    scenario.ask(2, Predicate::NotInSet(slot(5), set.root()), Some(&set));
    scenario.ask(3, Predicate::Range(slot(6), [key(100), key(106)]), None);
    scenario.set_scope(Scope::named("a test"));
    scenario
}

/// Native check and circuit say the same; returns what they say.
pub fn agree(what: &str, scenario: &PresentationScenario) -> bool {
    static LAYOUT: OnceLock<Layout> = OnceLock::new();
    let layout = LAYOUT.get_or_init(Layout::of::<Presentation>);
    layout.agree::<Presentation>(what, &scenario.public, &scenario.private)
}
