//! End-to-end tests live in `tests/`; this library makes the pins that they hold circuits to.
//!
//! In scope: what a pin says of a statement. Out of scope: deciding that a circuit may change: whoever runs `make pins` does.
//! An attacker who owns this part pins a circuit of its own.

use tradeseal_circuits::{
    CircuitDigest, Statement,
    credential::presentation::Presentation,
    digest::describe,
    receivable::{disclosure::Disclosure, eligibility::Eligibility, mint::Mint, transfer::Transfer},
    statement::Blank,
};
use tradeseal_prover::{
    Silent,
    keys::{CircuitPin, insecure_dev_setup},
};
use tradeseal_verifier::statement::StatementId;

/// A statement's circuit as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurrentCircuit {
    /// Which statement.
    pub statement: StatementId,
    /// Digest of its matrices.
    pub digest: CircuitDigest,
    /// Rank-1 constraints.
    pub constraints: usize,
    /// Key id of its insecure development key.
    pub development_key_id: [u8; 32],
    /// SHA-256 of its proving key's file, in hexadecimal.
    pub development_proving_key: String,
}

/// Why a circuit could not be described.
#[derive(Debug, thiserror::Error)]
pub enum CurrentCircuitError {
    /// It could not be laid out.
    #[error("laying out {statement}: {cause}")]
    Synthesis {
        /// Which statement.
        statement: StatementId,
        /// arkworks' reason.
        cause: String,
    },
    /// Its development key could not be made.
    #[error("making the development key of {statement}: {cause}")]
    Key {
        /// Which statement.
        statement: StatementId,
        /// The prover's reason.
        cause: String,
    },
}

impl CurrentCircuit {
    fn of<S: Statement>() -> Result<Self, CurrentCircuitError> {
        let statement = S::ID;
        let (digest, size) = describe::<S>().map_err(|cause| CurrentCircuitError::Synthesis {
            statement,
            cause: cause.to_string(),
        })?;
        let pin = CircuitPin { statement, digest };
        let key =
            insecure_dev_setup(&pin, Blank::<S>::default(), &mut Silent).map_err(|cause| CurrentCircuitError::Key {
                statement,
                cause: cause.to_string(),
            })?;
        let development_key_id = key.record().key_id.to_bytes();
        Ok(Self {
            statement,
            digest,
            constraints: size.constraints,
            development_key_id,
            development_proving_key: key.record().proving_key.sha256.clone(),
        })
    }

    /// Every statement's circuit; makes every development key, so it takes a while.
    ///
    /// # Errors
    /// The first statement that cannot be described.
    pub fn all() -> Result<Vec<Self>, CurrentCircuitError> {
        Ok(vec![
            Self::of::<Mint>()?,
            Self::of::<Transfer>()?,
            Self::of::<Eligibility>()?,
            Self::of::<Disclosure>()?,
            Self::of::<Presentation>()?,
        ])
    }

    /// Name of the pin's file below `circuits/pins/`.
    pub fn file_name(&self) -> String {
        format!("{}.txt", self.statement.as_str().replace('/', "-"))
    }

    /// The pin's text.
    pub fn pin_text(&self) -> String {
        let key = hex::encode(self.development_key_id);
        format!(
            "digest {}\nconstraints {}\ndevelopment_key_id {key}\ndevelopment_proving_key {}\n",
            self.digest, self.constraints, self.development_proving_key
        )
    }
}
