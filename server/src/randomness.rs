//! Random bytes and field elements from the operating system.
//!
//! In scope: fresh secrets. Out of scope: deriving anything. An attacker who owns this part knows every key made.

use ark_std::UniformRand;
use ark_std::rand::rngs::OsRng;
use tradeseal_primitives::Fr;
use zeroize::Zeroizing;

/// The operating system gave no random bytes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the operating system gave no random bytes: {0}")]
pub struct RandomnessError(String);

/// Fresh random bytes.
pub(crate) fn bytes<const N: usize>() -> Result<Zeroizing<[u8; N]>, RandomnessError> {
    let mut bytes = Zeroizing::new([0; N]);
    getrandom::fill(&mut bytes[..]).map_err(|cause| RandomnessError(cause.to_string()))?;
    Ok(bytes)
}

/// A fresh, uniformly random field element.
pub(crate) fn field_element() -> Result<Zeroizing<Fr>, RandomnessError> {
    // Asked first, because the generator below panics where this one returns an error.
    bytes::<1>()?;
    Ok(Zeroizing::new(Fr::rand(&mut OsRng)))
}
