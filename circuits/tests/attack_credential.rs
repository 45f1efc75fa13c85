//! Attacks on presentations: a second key for one value, forged absence, loose bits, and what a verifier's or a ledger's values outside of
//! their ranges would do.
#![allow(clippy::unwrap_used, missing_docs)]

mod attack_forger;
mod support;

use ark_ff::{BigInteger, Field, One, PrimeField, UniformRand, Zero};
use ark_relations::gr1cs::ConstraintSystem;
use ark_std::rand::SeedableRng;
use attack_forger::{Edits, Forger, PublicRows, forger, forger_of, power_of_two};
use support::{
    TestRng,
    exceptional::{Integer, MODULUS, minus, plus, two_to},
    presenting::{PresentationScenario, agree, integer, presenting, presenting_all_kinds, slot},
};
use tradeseal_circuits::{
    Circuit, Statement, Wire,
    credential::presentation::{Presentation, Violation},
    gadget::{interval, low_bits, select},
};
use tradeseal_primitives::{
    Fr,
    credential::{Attribute, Op, Predicate, SetKey},
    tree::{self, IndexedLeaf, MemoryNodes},
};
use tradeseal_verifier::statement::RevocationRoot;

fn split_forger(value: Fr) -> Forger {
    forger_of(PublicRows::Fixed, |circuit| {
        let value = circuit.private(value).unwrap();
        low_bits::split(circuit, &value).unwrap();
    })
}

fn put_bits(columns: &[usize], integer: &Integer, edits: &mut Edits) {
    let bit = |i: usize| Fr::from(u64::from(integer.get_bit(i)));
    edits.extend(columns.iter().enumerate().map(|(i, column)| (*column, bit(i))));
}

fn element(integer: Integer) -> Fr {
    Fr::from_bigint(integer).unwrap()
}

/// The least and greatest values, those around the key's end, around 2^253, and those with a second integer below 2^254.
fn edges() -> Vec<Fr> {
    let last_with_alias = minus(minus(two_to(254), &MODULUS), &Integer::one());
    let mut values: Vec<Fr> = [0u64, 1, 2].map(Fr::from).to_vec();
    values.extend([Fr::from(1u64), Fr::from(2u64)].map(|v| -v));
    for exponent in [64, 119, 120, 121, 128, 252, 253] {
        let power = power_of_two(exponent);
        values.extend([power - Fr::one(), power, power + Fr::one()]);
    }
    let last = element(last_with_alias);
    values.extend([last, last + Fr::one()]);
    values
}

#[test]
fn every_value_has_its_key_also_at_the_edges() {
    let rng = &mut TestRng::seed_from_u64(1);
    let random: Vec<Fr> = (0..20).map(|_| Fr::rand(rng)).collect();
    for value in edges().into_iter().chain(random) {
        let system = ConstraintSystem::<Fr>::new_ref();
        let mut circuit = Circuit::new(system.clone());
        let wire = circuit.private(value).unwrap();
        let split = low_bits::split(&mut circuit, &wire).unwrap();
        assert!(system.is_satisfied().unwrap(), "{value}");
        assert_eq!(split.key.value(), SetKey::of(&value).to_fr(), "{value}");
        assert_eq!(
            split.high_ones.value().is_zero(),
            SetKey::whole(&value).is_some(),
            "{value}"
        );
    }
}

/// A quarter of all values, small ones among them, have a second integer v + r below 2^254, with another key. The sum of its bits is right
/// modulo r; one comparison with the modulus is all that refuses it, whatever its quotient.
#[test]
fn a_value_plus_the_modulus_is_refused_whatever_the_quotients() {
    let rng = &mut TestRng::seed_from_u64(2);
    let random = (0..40).map(|_| Fr::rand(rng)).collect::<Vec<_>>();
    let mut aliased = 0;
    for value in edges().into_iter().chain(random) {
        let alias = plus(value.into_bigint(), &MODULUS);
        if alias >= two_to(254) {
            continue;
        }
        aliased += 1;
        let forger = split_forger(value);
        assert!(forger.propagate(&Edits::new()).broken.is_empty());
        let mut edits = Edits::new();
        put_bits(&forger.bits()[..254], &alias, &mut edits);
        let forged = forger.propagate(&edits);
        // Row 254 is the sum; the rows after it are the comparison's.
        assert!(!forged.broken.is_empty(), "{value}: the alias passes");
        assert!(
            forged.broken.iter().all(|row| *row > 254),
            "{value}: bits and sum are right"
        );
        // A row whose missing ones are 0 and whose ones are not has no quotient at all.
        let hopeless = forged.broken.iter().any(|row| {
            let side = |m: usize| attack_forger::evaluate(&forger.assigned.matrices[m][*row], &forged.values);
            side(0).is_zero() && !side(2).is_zero()
        });
        assert!(hopeless, "{value}");
    }
    assert!(aliased > 20, "{aliased}");
}

/// By definition: the comparison's rows can be met for bits u exactly if u is below the modulus.
#[test]
fn the_comparison_is_exact_around_the_modulus() {
    for (distance, below) in [
        (1u64, true),
        (2, true),
        (1 << 40, true),
        (0, false),
        (1, false),
        (1 << 40, false),
    ] {
        let u = if below {
            minus(MODULUS, &Integer::from(distance))
        } else {
            plus(MODULUS, &Integer::from(distance))
        };
        let value = if below { element(u) } else { Fr::from(distance) };
        let forger = split_forger(value);
        let mut edits = Edits::new();
        put_bits(&forger.bits()[..254], &u, &mut edits);
        assert_eq!(
            forger.propagate(&edits).broken.is_empty(),
            below,
            "{distance}, below: {below}"
        );
    }
}

#[test]
fn an_interval_has_no_way_around_the_modulus() {
    let key = SetKey::new(1000).unwrap().to_fr();
    let two_to_120 = power_of_two(120);
    for (what, low, high, holds) in [
        ("inside", key, key, true),
        ("widest", Fr::zero(), two_to_120 - Fr::one(), true),
        ("low above", key + Fr::one(), two_to_120 - Fr::one(), false),
        ("high below", Fr::zero(), key - Fr::one(), false),
        ("high of -1", Fr::zero(), -Fr::one(), false),
        (
            "low beyond a modulus",
            Fr::from(2u64).pow([253]),
            two_to_120 - Fr::one(),
            false,
        ),
    ] {
        let system = ConstraintSystem::<Fr>::new_ref();
        let mut circuit = Circuit::new(system.clone());
        let [key, low, high] = [key, low, high].map(|value| circuit.private(value).unwrap());
        interval::enforce_between(&mut circuit, &key, [&low, &high]).unwrap();
        assert_eq!(system.is_satisfied().unwrap(), holds, "{what}");
    }
}

#[test]
fn four_bits_choose_the_slot_that_they_spell() {
    for index in 0..16u64 {
        let system = ConstraintSystem::<Fr>::new_ref();
        let mut circuit = Circuit::new(system.clone());
        let values = core::array::from_fn(|i| circuit.private(Fr::from(i as u64 * 7 + 1)).unwrap());
        let bits = [0, 1, 2, 3].map(|i| circuit.bit(index >> i & 1 == 1).unwrap());
        let chosen = select::one_of_sixteen(&mut circuit, &bits, &values).unwrap();
        assert_eq!(chosen.value(), Fr::from(index * 7 + 1));
        assert_eq!(Wire::from_bits_le(&bits).value(), Fr::from(index));
        assert!(system.is_satisfied().unwrap());
    }
}

/// Kind and slot are hashed as one number. Other bits with the same number would ask another question under the same digest.
#[test]
fn kind_and_slot_have_one_encoding() {
    let numbers: Vec<u64> = Op::ALL
        .iter()
        .flat_map(|op| (0..16).map(move |slot| u64::from(op.number()) * 16 + slot))
        .collect();
    let mut distinct = numbers.clone();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(distinct.len(), 7 * 16);

    let forger = forger::<Presentation>(
        PublicRows::Fixed,
        &presenting_all_kinds(1).public,
        &presenting_all_kinds(1).private,
    );
    let bits = forger.bits_of("predicate: slot and kind");
    assert_eq!(bits.len(), 4 + 7);
    // Two kinds at once, or none; and a slot traded for a kind.
    for changes in [
        vec![(4, 1u64)],
        vec![(5, 0)],
        vec![(5, 0), (6, 1)],
        vec![(0, 0)],
        vec![(5, 0), (4, 1)],
    ] {
        let edits: Edits = changes
            .iter()
            .map(|(bit, value)| (bits[*bit], Fr::from(*value)))
            .collect();
        let forged = forger.propagate(&edits);
        assert!(!forged.broken.is_empty(), "{changes:?}");
    }
}

fn revoke(scenario: &mut PresentationScenario, key: SetKey) {
    tree::insert(&mut scenario.revocations, key.to_fr()).unwrap();
}

#[test]
fn a_revoked_credential_is_refused_and_its_neighbours_are_not() {
    let mut scenario = presenting(10);
    let key = scenario.private.revocation_handle().key().get();
    for neighbour in [key - 1, key + 1] {
        revoke(&mut scenario, SetKey::new(neighbour).unwrap());
        scenario.reseal();
        assert!(agree("neighbour", &scenario));
    }
    let before = scenario.private.not_revoked.clone();
    revoke(&mut scenario, SetKey::new(key).unwrap());
    scenario.reseal();
    let violation = Presentation::check(&scenario.public, &scenario.private);
    assert_eq!(violation, Err(Violation::Revoked));
    assert!(!agree("revoked", &scenario));
    // Every leaf of the tree, and the one from before the revocation.
    let root = scenario.public.revocation_root.to_fr();
    let leaves = [key - 1, key, key + 1, 1, SetKey::MAX.get()].map(|near| {
        let value = Fr::from(near);
        let (index, low) = tree::IndexedLeaves::at_or_below(&scenario.revocations, &value)
            .unwrap()
            .unwrap();
        (low, tree::path(&scenario.revocations, index).unwrap())
    });
    for (low, path) in leaves.into_iter().chain([(before.low, before.path)]) {
        scenario.private.not_revoked = tree::AbsenceProof { low, path };
        assert!(!agree("any leaf", &scenario));
    }
    assert_eq!(scenario.public.revocation_root.to_fr(), root);
}

/// A ledger would have to write such leaves; the circuit does not take its word. `p - 1` as a leaf's value is "one below 0", from where
/// 2^120 keys seem to be above it.
#[test]
fn a_leaf_beyond_the_keys_in_the_tree_itself_hides_no_revocation() {
    for (value, next) in [
        (-Fr::one(), Fr::zero()),
        (-Fr::from(5u64), Fr::zero()),
        (-Fr::one(), power_of_two(120) - Fr::one()),
        (power_of_two(120), Fr::zero()),
    ] {
        let mut scenario = presenting(11);
        let low = IndexedLeaf { value, next };
        let mut nodes = MemoryNodes::default();
        let root = tree::set_leaf::<{ tree::INDEXED_DEPTH }, _>(&mut nodes, 9, low.hash()).unwrap();
        let path = tree::path(&nodes, 9).unwrap();
        scenario.private.not_revoked = tree::AbsenceProof { low, path };
        scenario.public.revocation_root = RevocationRoot::from_fr(root);
        assert!(!agree("beyond", &scenario), "{value}");
        let violation = Presentation::check(&scenario.public, &scenario.private);
        assert_eq!(violation, Err(Violation::Revoked));
    }
}

/// The first revocation ever, and an empty tree.
#[test]
fn an_empty_tree_and_the_last_leaf_show_absence() {
    let mut scenario = presenting(12);
    scenario.revocations = tree::MemoryIndexed::default();
    scenario.reseal();
    assert!(agree("nothing revoked", &scenario));
    revoke(&mut scenario, SetKey::new(1).unwrap());
    scenario.reseal();
    assert!(agree("after the last", &scenario));
    revoke(&mut scenario, SetKey::MAX);
    scenario.reseal();
    assert!(agree("before the largest", &scenario));
}

/// The same id under two issuers is two revocations, so no issuer revokes another's credentials.
#[test]
fn an_issuer_cannot_revoke_anothers_credential_by_its_id() {
    let scenario = presenting(13);
    let own = scenario.private.revocation_handle();
    let other = tradeseal_primitives::credential::RevocationHandle::derive(
        &scenario.private.holder_key,
        scenario.private.revocation_id,
    );
    assert_ne!(own.key(), other.key());
}

/// A verifier that is careless with its own range gains and loses only its own answer: natively and in circuit it is the same one.
#[test]
fn bounds_that_no_verifier_should_write_are_read_the_same_by_both() {
    for (a, b) in [
        (-Fr::one(), power_of_two(120) - Fr::one()),
        (Fr::zero(), -Fr::one()),
        (power_of_two(120), power_of_two(121)),
        (-Fr::from(3u64), -Fr::one()),
    ] {
        let mut scenario = presenting(14);
        scenario.set_attribute(7, integer(5));
        let mut form = Predicate::Range(slot(7), [SetKey::ZERO, SetKey::MAX]).form();
        (form.a, form.b) = (a, b);
        scenario.private.request.query.predicates[2] = form;
        scenario.present();
        agree("odd bounds", &scenario);
    }
}

/// With every input known to the attacker, also its own signatures: what two presentations of one credential have in common.
#[test]
fn two_presentations_of_one_credential_share_no_row_but_the_roots() {
    let mut scenario = presenting_all_kinds(15);
    let first = scenario.public;
    scenario.private.request.query.context = Fr::from(99u64);
    scenario.set_scope(tradeseal_primitives::credential::Scope::named("elsewhere"));
    let second = scenario.public;
    assert_ne!(first.nullifier, second.nullifier);
    assert_ne!(first.request_digest, second.request_digest);
    // The revealed value is the request's own wish; without one the digest is the same for everybody.
    let mut nothing = [presenting(16), presenting(17)];
    for scenario in &mut nothing {
        scenario.ask(0, Predicate::Equal(slot(2), Attribute::from_fr(Fr::from(102u64))), None);
    }
    assert_eq!(nothing[0].public.revealed_digest, nothing[1].public.revealed_digest);
    assert_eq!(nothing[0].public.nullifier, nothing[1].public.nullifier);
}
