//! HPKE (RFC 9180) in base mode with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and ChaCha20Poly1305, one message for each encapsulated key.
//!
//! In scope: bytes to sealed bytes and back. Out of scope: what the bytes say.
//! Base mode says nothing of the sender: whoever knows a public key can seal to it.

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, HpkeError, Kem, OpModeR, OpModeS, Serializable};
use x25519_dalek::StaticSecret;
use zeroize::Zeroizing;

use crate::randomness::{self, RandomnessError};

type PublicKey = <X25519HkdfSha256 as Kem>::PublicKey;
type PrivateKey = <X25519HkdfSha256 as Kem>::PrivateKey;
type EncappedKey = <X25519HkdfSha256 as Kem>::EncappedKey;

/// Bytes of the encapsulated key.
const ENCAPPED_BYTES: usize = 32;
/// Bytes that sealing adds: the encapsulated key and the tag.
pub(super) const OVERHEAD: usize = ENCAPPED_BYTES + 16;

/// Why nothing was sealed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SealError {
    /// No fresh key can be made.
    #[error(transparent)]
    Randomness(#[from] RandomnessError),
    /// A public key of small order: what is sealed to it could be read by anyone.
    #[error("the recipient's encryption key {} is none", hex::encode(.key))]
    RecipientKey {
        /// The key.
        key: [u8; 32],
    },
}

/// Why sealed bytes did not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// Sealed to another key, for another entry or log, or altered: which of these cannot be told.
    #[error("the sealed bytes are not for this key and this entry")]
    NotForThisKey,
    /// Sealed to this key, but not in the form that the protocol gives.
    #[error("what was sealed to this key is malformed: {why}")]
    Malformed {
        /// What is wrong with it.
        why: &'static str,
    },
}

/// Seals `plaintext` to a public key, bound to `info` and `aad`: encapsulated key, then ciphertext and tag.
pub(super) fn seal(recipient: &[u8; 32], info: &[u8], aad: &[u8], plaintext: &[u8]) -> Result<Vec<u8>, SealError> {
    let unusable = |_: HpkeError| SealError::RecipientKey { key: *recipient };
    // Asked first, because the generator below panics where this one returns an error.
    randomness::bytes::<1>()?;
    let key = PublicKey::from_bytes(recipient).map_err(unusable)?;
    let (encapped, sealed) = hpke::single_shot_seal::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeS::Base,
        &key,
        info,
        plaintext,
        aad,
    )
    .map_err(unusable)?;
    Ok([encapped.to_bytes().as_slice(), &sealed].concat())
}

/// Opens what [`seal`] made for this key, `info` and `aad`.
pub(super) fn open(
    secret: &StaticSecret,
    info: &[u8],
    aad: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let refused = |_: HpkeError| OpenError::NotForThisKey;
    let (encapped, ciphertext) = sealed
        .split_first_chunk::<ENCAPPED_BYTES>()
        .ok_or(OpenError::NotForThisKey)?;
    let secret_bytes = Zeroizing::new(secret.to_bytes());
    let key = PrivateKey::from_bytes(&secret_bytes[..]).map_err(refused)?;
    let encapped = EncappedKey::from_bytes(encapped).map_err(refused)?;
    hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        &key,
        &encapped,
        info,
        ciphertext,
        aad,
    )
    .map(Zeroizing::new)
    .map_err(refused)
}

/// The public key of a secret that is thrown away: what is sealed to it nobody opens, so that a note of nothing looks like any other.
///
/// # Errors
/// [`SealError`] if no fresh key can be made.
pub fn thrown_away_key() -> Result<[u8; 32], SealError> {
    let secret = StaticSecret::from(*randomness::bytes::<32>()?);
    Ok(x25519_dalek::PublicKey::from(&secret).to_bytes())
}
