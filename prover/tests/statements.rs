//! On every statement, our proof is ark-groth16's bit for bit.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "../../circuits/tests/support/mod.rs"]
mod support;

use ark_std::rand::SeedableRng;
use support::{TestRng, disclosure::disclosing, minting::minting, scenario::eligible, scenario::transferring};
use tradeseal_circuits::receivable::{
    disclosure::Disclosure, eligibility::Eligibility, mint::Mint, transfer::Transfer,
};
use tradeseal_circuits::{Statement, pins, statement::Blank};
use tradeseal_prover::keys::{BucketSets, CircuitPin, KeyRegistry, LoadedKey, development_key_cache};
use tradeseal_prover::reference::prove_with_ark_groth16;
use tradeseal_prover::{Silent, prove};

/// The development key, from the cache that the program uses too.
fn development_key<S: Statement>() -> LoadedKey {
    let pin = CircuitPin {
        statement: S::ID,
        digest: pins::pin(S::ID).unwrap().digest,
    };
    let registry = KeyRegistry::new(env!("CARGO_TARGET_TMPDIR").as_ref(), development_key_cache());
    let registry = registry.with_bucket_sets(BucketSets::default());
    registry
        .insecure_dev_key(&pin, Blank::<S>::default(), &mut Silent)
        .unwrap()
}

fn proofs_are_equal<S: Statement>(inputs: impl IntoIterator<Item = (S::Public, S::Private)>) {
    let key = development_key::<S>();
    for (seed, (public, private)) in (0..).zip(inputs) {
        let generator = || TestRng::seed_from_u64(seed);
        let ours = prove::<S>(&key, &public, &private, &mut generator(), &mut Silent).unwrap();
        let arks = prove_with_ark_groth16::<S>(&key, &public, &private, &mut generator()).unwrap();
        assert_eq!(ours.proof, arks.proof, "{}", S::ID);
    }
}

#[test]
fn mints_are_proven_as_ark_groth16_proves_them() {
    proofs_are_equal::<Mint>([true, false].map(|acknowledged| {
        let scenario = minting(1, acknowledged);
        (scenario.public, scenario.private)
    }));
}

#[test]
fn transfers_are_proven_as_ark_groth16_proves_them() {
    proofs_are_equal::<Transfer>([[1_000, 500_000], [u64::MAX, 0]].map(|amounts| {
        let scenario = transferring(1, amounts);
        (scenario.public, scenario.private)
    }));
}

#[test]
fn eligibility_is_proven_as_ark_groth16_proves_it() {
    let scenario = eligible(1);
    proofs_are_equal::<Eligibility>([(scenario.public, scenario.private)]);
}

#[test]
fn disclosures_are_proven_as_ark_groth16_proves_them() {
    let scenario = disclosing(1);
    proofs_are_equal::<Disclosure>([(scenario.public, scenario.private)]);
}
