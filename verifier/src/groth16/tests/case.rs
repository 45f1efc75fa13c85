//! A random circuit's key and proof by ark-groth16, in both libraries' types.

use alloc::vec::Vec;

use ark_bn254::{Bn254, Fq2, Fr, G2Affine};
use ark_ff::UniformRand;
use ark_groth16::Groth16;
use ark_snark::SNARK;
use ark_std::rand::SeedableRng;
use ark_std::rand::rngs::StdRng;

use crate::groth16::{PreparedKey, Proof, ProofRefusal, VerifyingKey, verify};
use crate::statement::StatementId;
use crate::test_circuit::RandomCircuit;

pub(super) const STATEMENTS: [StatementId; 2] =
    [StatementId::RECEIVABLE_ELIGIBILITY_V2, StatementId::RECEIVABLE_MINT_V2];

/// A proof by ark-groth16 with both libraries' keys.
pub(super) struct Case {
    pub(super) rows: Vec<Fr>,
    pub(super) key: VerifyingKey,
    pub(super) prepared: PreparedKey,
    pub(super) ark_key: ark_groth16::VerifyingKey<Bn254>,
    pub(super) ark_proof: ark_groth16::Proof<Bn254>,
}

impl Case {
    pub(super) fn random(statement: StatementId, seed: u64) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let circuit = RandomCircuit::new(statement.row_count(), &mut rng);
        Self::of(statement, circuit, &mut rng)
    }

    pub(super) fn of(statement: StatementId, circuit: RandomCircuit, rng: &mut StdRng) -> Self {
        let rows = circuit.rows();
        let (proving, ark_key) = Groth16::<Bn254>::circuit_specific_setup(circuit.clone(), rng).unwrap();
        let ark_proof = Groth16::<Bn254>::prove(&proving, circuit, rng).unwrap();
        let inputs = ark_key.gamma_abc_g1.clone();
        let (alpha, beta, gamma, delta) = (ark_key.alpha_g1, ark_key.beta_g2, ark_key.gamma_g2, ark_key.delta_g2);
        let key = VerifyingKey::from_points(statement, alpha, beta, gamma, delta, inputs).unwrap();
        Self {
            rows,
            prepared: PreparedKey::new(key.clone()),
            key,
            ark_key,
            ark_proof,
        }
    }

    pub(super) fn ours(&self, proof: &ark_groth16::Proof<Bn254>, rows: &[Fr]) -> Result<(), ProofRefusal> {
        verify(
            &self.prepared,
            &Proof::from_points(proof.a, proof.b, proof.c).unwrap(),
            rows,
        )
    }

    pub(super) fn arks(&self, proof: &ark_groth16::Proof<Bn254>, rows: &[Fr]) -> bool {
        Groth16::<Bn254>::verify(&self.ark_key, rows, proof).unwrap()
    }

    /// Both give the answer expected.
    pub(super) fn agree(&self, proof: &ark_groth16::Proof<Bn254>, rows: &[Fr], accepted: bool) {
        assert_eq!(self.arks(proof, rows), accepted);
        let ours = if accepted { Ok(()) } else { Err(ProofRefusal::Equation) };
        assert_eq!(self.ours(proof, rows), ours);
    }
}

pub(super) fn cases() -> Vec<Case> {
    (0..6)
        .map(|seed| Case::random(STATEMENTS[(seed % 2) as usize], seed))
        .collect()
}

/// A point of the twist that is not in the subgroup of prime order.
pub(super) fn outside_the_subgroup(seed: u64) -> G2Affine {
    let mut rng = StdRng::seed_from_u64(seed);
    loop {
        let point = G2Affine::get_point_from_x_unchecked(Fq2::rand(&mut rng), seed.is_multiple_of(2));
        if let Some(point) = point.filter(|point| !point.is_in_correct_subgroup_assuming_on_curve()) {
            return point;
        }
    }
}
