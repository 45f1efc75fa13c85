//! Real proofs of a small circuit with as many public rows as a statement has: the ledger never looks inside a circuit.

use ark_bn254::{Bn254, Fr};
use ark_groth16::{Groth16, ProvingKey};
use ark_relations::gr1cs::{ConstraintSynthesizer, ConstraintSystemRef, SynthesisError};
use ark_relations::lc;
use ark_snark::SNARK;
use ark_std::rand::{SeedableRng, rngs::StdRng};
use std::sync::OnceLock;
use tradeseal_verifier::groth16::{KeyId, Proof, VerifyingKey};
use tradeseal_verifier::statement::StatementId;

/// Row i times (i + 2) plus a secret, times the secret, is a product that the prover knows.
#[derive(Clone)]
struct Rows(Vec<Fr>);

impl ConstraintSynthesizer<Fr> for Rows {
    fn generate_constraints(self, cs: ConstraintSystemRef<Fr>) -> Result<(), SynthesisError> {
        let secret = Fr::from(7u64);
        let secret_variable = cs.new_witness_variable(|| Ok(secret))?;
        for (weight, row) in (2u64..).map(Fr::from).zip(self.0) {
            let variable = cs.new_input_variable(|| Ok(row))?;
            let product = cs.new_witness_variable(|| Ok((row * weight + secret) * secret))?;
            let left = lc!() + (weight, variable) + secret_variable;
            cs.enforce_r1cs_constraint(|| left, || lc!() + secret_variable, || lc!() + product)?;
        }
        Ok(())
    }
}

/// A key pair for one statement's rows.
pub struct Prover {
    proving: ProvingKey<Bn254>,
    pub verifying: VerifyingKey,
}

impl Prover {
    fn set_up(statement: StatementId, seed: u64) -> Self {
        let circuit = Rows(vec![Fr::from(1u64); statement.row_count()]);
        let mut rng = StdRng::seed_from_u64(seed);
        let (proving, key) = Groth16::<Bn254>::circuit_specific_setup(circuit, &mut rng).unwrap();
        let (alpha, beta, gamma, delta) = (key.alpha_g1, key.beta_g2, key.gamma_g2, key.delta_g2);
        let verifying = VerifyingKey::from_points(statement, alpha, beta, gamma, delta, key.gamma_abc_g1).unwrap();
        Self { proving, verifying }
    }

    pub fn key_id(&self) -> KeyId {
        self.verifying.key_id()
    }

    pub fn prove(&self, rows: &[Fr]) -> Box<[u8; 256]> {
        let mut rng = StdRng::seed_from_u64(11);
        let proof = Groth16::<Bn254>::prove(&self.proving, Rows(rows.to_vec()), &mut rng).unwrap();
        Box::new(Proof::from_points(proof.a, proof.b, proof.c).unwrap().to_bytes())
    }
}

pub fn mint_prover() -> &'static Prover {
    static PROVER: OnceLock<Prover> = OnceLock::new();
    PROVER.get_or_init(|| Prover::set_up(StatementId::RECEIVABLE_MINT_V2, 1))
}

pub fn transfer_prover() -> &'static Prover {
    static PROVER: OnceLock<Prover> = OnceLock::new();
    PROVER.get_or_init(|| Prover::set_up(StatementId::RECEIVABLE_TRANSFER_V1, 4))
}

pub fn eligibility_prover() -> &'static Prover {
    static PROVER: OnceLock<Prover> = OnceLock::new();
    PROVER.get_or_init(|| Prover::set_up(StatementId::RECEIVABLE_ELIGIBILITY_V2, 2))
}

/// A key of the mint statement that no ledger in these tests accepts.
pub fn foreign_mint_prover() -> &'static Prover {
    static PROVER: OnceLock<Prover> = OnceLock::new();
    PROVER.get_or_init(|| Prover::set_up(StatementId::RECEIVABLE_MINT_V2, 3))
}
