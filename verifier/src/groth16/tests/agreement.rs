//! Agreement with ark-groth16, and where we refuse more than it does, on purpose.

use ark_bn254::{Bn254, Fr, G1Affine, G1Projective, G2Affine, G2Projective};
use ark_ec::{AffineRepr, CurveGroup, PrimeGroup};
use ark_ff::{Field, UniformRand, Zero};
use ark_groth16::Groth16;
use ark_snark::SNARK;
use ark_std::rand::SeedableRng;
use ark_std::rand::rngs::StdRng;
use proptest::prelude::*;

use super::case::{Case, STATEMENTS, cases};
use crate::groth16::{PointError, Proof, ProofError, ProofPoint, ProofRefusal};
use crate::statement::StatementId;
use crate::test_circuit::RandomCircuit;

#[test]
fn honest_proofs_of_random_circuits_are_accepted_by_both() {
    for case in cases() {
        case.agree(&case.ark_proof, &case.rows, true);
    }
}

#[test]
fn each_row_changed_is_refused_by_both() {
    for case in cases() {
        for at in 0..case.rows.len() {
            for replacement in [
                Fr::zero(),
                Fr::from(1u64),
                -case.rows[at],
                case.rows[at] + Fr::from(1u64),
            ] {
                let mut rows = case.rows.clone();
                rows[at] = replacement;
                case.agree(&case.ark_proof, &rows, rows == case.rows);
            }
        }
        let mut swapped = case.rows.clone();
        swapped.swap(0, 1);
        case.agree(&case.ark_proof, &swapped, false);
    }
}

#[test]
fn each_point_changed_is_refused_by_both() {
    let mut rng = StdRng::seed_from_u64(77);
    for case in cases() {
        let good = &case.ark_proof;
        let (g1, g2) = (G1Affine::rand(&mut rng), G2Affine::rand(&mut rng));
        for changed in [
            ark_groth16::Proof { a: g1, ..good.clone() },
            ark_groth16::Proof { b: g2, ..good.clone() },
            ark_groth16::Proof { c: g1, ..good.clone() },
            ark_groth16::Proof {
                a: -good.a,
                ..good.clone()
            },
            ark_groth16::Proof {
                b: -good.b,
                ..good.clone()
            },
            ark_groth16::Proof {
                c: -good.c,
                ..good.clone()
            },
            ark_groth16::Proof {
                a: good.c,
                c: good.a,
                ..good.clone()
            },
        ] {
            case.agree(&changed, &case.rows, false);
        }
    }
}

#[test]
fn a_rerandomised_proof_is_accepted_by_both_so_its_bytes_are_no_identity() {
    let mut rng = StdRng::seed_from_u64(5);
    for case in cases() {
        let other = Groth16::<Bn254>::rerandomize_proof(&case.ark_key, &case.ark_proof, &mut rng);
        assert_ne!(other, case.ark_proof);
        case.agree(&other, &case.rows, true);
        let negated = ark_groth16::Proof {
            a: -case.ark_proof.a,
            b: -case.ark_proof.b,
            c: case.ark_proof.c,
        };
        case.agree(&negated, &case.rows, true);
    }
}

#[test]
fn a_key_or_proof_of_another_circuit_is_refused_by_both() {
    let cases = cases();
    let (one, other) = (&cases[0], &cases[2]);
    one.agree(&other.ark_proof, &one.rows, false);
    one.agree(&other.ark_proof, &other.rows, false);
}

/// ark-groth16 0.6.0 does not compare the number of rows; we do.
#[test]
fn missing_and_extra_rows_are_refused_even_where_the_equation_would_hold() {
    let statement = StatementId::RECEIVABLE_ELIGIBILITY_V2;
    let mut rng = StdRng::seed_from_u64(9);
    let circuit = RandomCircuit::ending_in_zero(statement.row_count(), &mut rng);
    let case = Case::of(statement, circuit, &mut rng);
    let short = &case.rows[..3];
    assert_eq!(*case.rows.last().unwrap(), Fr::zero());
    assert!(
        case.arks(&case.ark_proof, short),
        "the oracle drops a trailing zero; if it no longer does, say so here"
    );
    assert_eq!(
        case.ours(&case.ark_proof, short),
        Err(ProofRefusal::RowCount { expected: 4, got: 3 })
    );
    for extra in [Fr::zero(), Fr::from(42u64)] {
        let mut long = case.rows.clone();
        long.push(extra);
        assert!(
            case.arks(&case.ark_proof, &long),
            "the oracle ignores an extra row; if it no longer does, say so here"
        );
        assert_eq!(
            case.ours(&case.ark_proof, &long),
            Err(ProofRefusal::RowCount { expected: 4, got: 5 })
        );
    }
    assert_eq!(
        case.ours(&case.ark_proof, &[]),
        Err(ProofRefusal::RowCount { expected: 4, got: 0 })
    );
}

/// With known set-up secrets the equation can be made to hold with C at infinity. The oracle takes it, we do not.
#[test]
fn identity_points_are_refused_even_where_the_equation_holds() {
    let [alpha, beta, gamma, delta, constant] = [3u64, 5, 7, 11, 13].map(Fr::from);
    let g1 = |scalar: Fr| (G1Projective::generator() * scalar).into_affine();
    let g2 = |scalar: Fr| (G2Projective::generator() * scalar).into_affine();
    let inputs = [constant, Fr::from(17u64), Fr::from(19u64), Fr::from(23u64)];
    let rows = [1u64, 2, 3].map(Fr::from);
    let folded = inputs[0] + inputs[1] * rows[0] + inputs[2] * rows[1] + inputs[3] * rows[2];
    let ark_key = ark_groth16::VerifyingKey::<Bn254> {
        alpha_g1: g1(alpha),
        beta_g2: g2(beta),
        gamma_g2: g2(gamma),
        delta_g2: g2(delta),
        gamma_abc_g1: inputs.map(g1).to_vec(),
    };
    let forged = ark_groth16::Proof::<Bn254> {
        a: g1(alpha * beta + gamma * folded),
        b: G2Affine::generator(),
        c: G1Affine::zero(),
    };
    assert!(Groth16::<Bn254>::verify(&ark_key, &rows, &forged).unwrap());
    let identity = |point| {
        Err(ProofError::Point {
            point,
            cause: PointError::Identity,
        })
    };
    assert_eq!(
        Proof::from_points(forged.a, forged.b, forged.c),
        identity(ProofPoint::C)
    );
    assert_eq!(
        Proof::from_points(G1Affine::zero(), forged.b, forged.a),
        identity(ProofPoint::A)
    );
    assert_eq!(
        Proof::from_points(forged.a, G2Affine::zero(), forged.a),
        identity(ProofPoint::B)
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn both_agree_on_random_circuits_and_random_tampering(
        seed in any::<u64>(), statement in 0usize..2, row in 0usize..3, delta in 0u64..3, scale in 1u64..4,
    ) {
        let case = Case::random(STATEMENTS[statement], seed);
        let mut rows = case.rows.clone();
        rows[row] += Fr::from(delta);
        let a = (case.ark_proof.a * Fr::from(scale)).into_affine();
        let b = (case.ark_proof.b * Fr::from(scale).inverse().unwrap()).into_affine();
        let proof = ark_groth16::Proof { a, b, c: case.ark_proof.c };
        case.agree(&proof, &rows, delta == 0);
        let lopsided = ark_groth16::Proof { a, ..case.ark_proof.clone() };
        case.agree(&lopsided, &rows, delta == 0 && scale == 1);
    }
}
