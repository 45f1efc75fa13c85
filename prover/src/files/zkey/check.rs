//! From the bytes of a `.zkey` to a key that may be used: every check in turn, cheap ones first.
//!
//! In scope: the order of checks. Out of scope: the proof that is made with the key before it is kept (`keys`).
//! An attacker who owns this part has a forgeable key taken for a ceremony's.

use ark_bn254::{Bn254, G2Affine};
use ark_ec::AffineRepr;
use ark_groth16::{ProvingKey, VerifyingKey as ArkVerifyingKey};
use ark_std::rand::{CryptoRng, RngCore};
use sha2::{Digest, Sha256};
use tradeseal_circuits::Statement;
use tradeseal_verifier::groth16::{TranscriptDigest, VerifyingKey};

use super::read::RawZkey;
use super::{ENTRY_BYTES, Relation, ZkeyError, coefficients, contributions, relations};
use crate::files::layout::{Layout, circuit_digest};
use crate::files::ptau::Powers;
use crate::files::zkey::Contribution;
use crate::groth16::power_points;
use crate::keys::CircuitPin;
use crate::progress::{Progress, State};

/// A ceremony's key of a statement, checked; see [`check_zkey`].
pub struct CheckedZkey {
    pub(crate) pin: CircuitPin,
    pub(crate) constraints: usize,
    pub(crate) proving_key: ProvingKey<Bn254>,
    pub(crate) transcript: Vec<u8>,
    contributions: Vec<Contribution>,
    with_powers: bool,
}

impl CheckedZkey {
    /// Who contributed, in order.
    pub fn contributions(&self) -> &[Contribution] {
        &self.contributions
    }

    /// SHA-256 of section 10, the contributions as the file holds them: the transcript that the key's provenance names.
    pub fn transcript_digest(&self) -> TranscriptDigest {
        TranscriptDigest(Sha256::digest(&self.transcript).into())
    }

    /// Whether the key was held to powers of tau. If not, parts of L, of the input points and H are only known to make one proof that verifies.
    pub fn is_bound_to_powers(&self) -> bool {
        self.with_powers
    }
}

impl std::fmt::Debug for CheckedZkey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CheckedZkey")
            .field("pin", &self.pin)
            .field("contributions", &self.contributions)
            .finish_non_exhaustive()
    }
}

/// Reads a `.zkey` that snarkjs made for `S` and checks, in this order: this program's circuit is `pin`'s; frame, sizes and coefficients are
/// that circuit's; every point is canonical, on its curve and in its group, and the identity only where the circuit says so; gamma is
/// the generator, delta neither it nor its negative; each contribution follows from the one before and proves knowledge of its secret,
/// and the last one left the key's delta; the parts agree ([`Relation`]); and, with `powers`, the key is the circuit's at those powers.
///
/// `rng` must be a cryptographic generator seeded by the operating system: the checks' weights come from it.
///
/// # Errors
/// The first check that fails.
pub fn check_zkey<S: Statement>(
    pin: &CircuitPin,
    bytes: &[u8],
    powers: Option<&Powers>,
    rng: &mut (impl RngCore + CryptoRng),
    progress: &mut dyn Progress,
) -> Result<CheckedZkey, ZkeyError> {
    let mut enter = |step| progress.enter(State::named(step, S::ID.as_str()));
    enter("laying out the circuit");
    if circuit_digest::<S>()? != pin.digest || pin.statement != S::ID {
        return Err(ZkeyError::Pin);
    }
    let layout = Layout::of::<S>()?;
    enter("reading the key");
    let raw = RawZkey::read(bytes, [layout.wires, layout.public_rows, layout.domain_size()])?;
    check_coefficients(raw.coefficients, &coefficients(&layout))?;
    relations::check_identities(&raw, &layout)?;
    if raw.gamma2 != G2Affine::generator() {
        return Err(ZkeyError::Gamma);
    }
    VerifyingKey::from_points(S::ID, raw.alpha1, raw.beta2, raw.gamma2, raw.delta2, raw.inputs.clone())?;
    enter("checking the contributions");
    let contributions = contributions::check(raw.contributions, &raw.delta1)?;
    enter("checking the key");
    relations::among_themselves(&raw, &layout, rng)?;
    let quotient = power_points(&raw.h).ok_or(ZkeyError::Relation(Relation::PowersH))?;
    if let Some(powers) = powers {
        enter("checking the key against the powers of tau");
        relations::with_powers(&raw, &quotient, &layout, powers, rng)?;
    }
    Ok(CheckedZkey {
        pin: *pin,
        constraints: layout.constraints(),
        transcript: raw.contributions.to_vec(),
        contributions,
        with_powers: powers.is_some(),
        proving_key: ProvingKey {
            vk: ArkVerifyingKey {
                alpha_g1: raw.alpha1,
                beta_g2: raw.beta2,
                gamma_g2: raw.gamma2,
                delta_g2: raw.delta2,
                gamma_abc_g1: raw.inputs,
            },
            beta_g1: raw.beta1,
            delta_g1: raw.delta1,
            a_query: raw.a,
            b_g1_query: raw.b1,
            b_g2_query: raw.b2,
            h_query: quotient,
            l_query: raw.l,
        },
    })
}

/// The circuit's coefficients have one form, which snarkjs writes too: anything else is another circuit.
fn check_coefficients(found: &[u8], expected: &[u8]) -> Result<(), ZkeyError> {
    if found == expected {
        return Ok(());
    }
    let differs = found
        .iter()
        .zip(expected)
        .position(|(found, expected)| found != expected);
    let at = differs.unwrap_or(found.len().min(expected.len()));
    Err(ZkeyError::Coefficients {
        entry: at.saturating_sub(4) / ENTRY_BYTES,
    })
}
