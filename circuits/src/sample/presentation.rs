//! `credential/presentation/v1`: one credential of one of two trusted issuers, one request with a predicate of four kinds, one signed answer.

use ark_ff::UniformRand;
use tradeseal_primitives::{
    Fr,
    credential::{
        Attribute, Attributes, KeySet, PREDICATES, Predicate, Query, RevocationId, SLOTS, SchemaId, Scope, SetKey,
        SetProof, Slot, TrustedIssuer,
    },
    receivable::{Day, UnixSeconds},
    tree::{self, MemoryIndexed, SetTree},
};
use tradeseal_verifier::statement::RevocationRoot;

use super::{Party, SampleRng, Sampled};
use crate::Statement;
use crate::credential::presentation::{Presentation, Private, Public, RequestInputs};

impl Sampled for Presentation {
    fn sample(rng: &mut SampleRng) -> (Public, Private) {
        answered_request(rng)
    }
}

fn answered_request(rng: &mut SampleRng) -> (Public, Private) {
    let (issuer, holder) = (Party::random(rng), Party::random(rng));
    let trusted = TrustedIssuer {
        key: issuer.spending_key.public(),
        from: Day(19_000),
        until: Day(22_000),
    };
    let issuers = SetTree::new([trusted.member(), Fr::rand(rng)]).expect("two members");
    let list = KeySet::new([1, 5, 900].map(key)).expect("three members");
    let (mut public, blank) = Presentation::blank();
    let mut private = Private {
        schema: SchemaId::from_fr(Fr::rand(rng)),
        attributes: Attributes::new(core::array::from_fn::<_, SLOTS, _>(|i| {
            Attribute::from_fr(Fr::from(i as u64 + 1))
        })),
        valid_from: Day(20_000),
        valid_until: Day(21_000),
        revocation_id: RevocationId::from_fr(Fr::rand(rng)),
        issuer: trusted,
        issuer_path: issuers.path(trusted.member()).expect("the issuer is a member"),
        holder_key: holder.spending_key.public(),
        nullifier_key: holder.nullifier_key.clone(),
        ..blank
    };
    private.request = request(private.schema, issuers.root(), list.root(), rng);
    private.set_proofs = set_proofs(&private, &list);
    private.issuer_signature = issuer.spending_key.sign(private.credential().hash().to_fr());
    let mut revocations = MemoryIndexed::default();
    tree::insert(&mut revocations, SetKey::of(&Fr::rand(rng)).to_fr()).expect("a random key is new");
    let own = private.revocation_handle().key().to_fr();
    private.not_revoked = tree::absence(&revocations, &own).expect("another random key");
    public.revocation_root = RevocationRoot::from_fr(revocations.root());
    public.request_digest = private.request.digest();
    public.nullifier = private.nullifier();
    public.revealed_digest = private.revealed_digest();
    private.signature = holder.spending_key.sign(private.message());
    (public, private)
}

/// Slot i holds i + 1.
fn request(schema: SchemaId, issuers_root: Fr, list_root: Fr, rng: &mut SampleRng) -> RequestInputs {
    let predicates = [
        Predicate::Reveal(slot(3)),
        Predicate::Range(slot(9), [key(5), key(20)]),
        Predicate::InSet(slot(4), list_root),
        Predicate::NotInSet(slot(7), list_root),
    ];
    RequestInputs {
        query: Query {
            schema,
            trusted_issuers_root: issuers_root,
            day: Day(20_500),
            scope: Scope::named("sample"),
            predicates: predicates.map(|predicate| predicate.form()),
            context: Fr::rand(rng),
        },
        verifier_key: Fr::rand(rng),
        claim_until: UnixSeconds(1_800_000_000),
    }
}

fn set_proofs(private: &Private, list: &KeySet) -> [SetProof; PREDICATES] {
    private.request.query.predicates.each_ref().map(|form| {
        if form.op.has_set() {
            list.proof(SetKey::of(&private.attributes.get(form.slot).to_fr()))
        } else {
            SetProof::unused()
        }
    })
}

fn slot(number: u64) -> Slot {
    Slot::new(number).expect("below 16")
}

fn key(integer: u128) -> SetKey {
    SetKey::new(integer).expect("below 2^120")
}
