//! Sealing bytes: XChaCha20-Poly1305 with a random nonce, under a versioned header that is authenticated too.
//!
//! In scope: the one sealed form, `tradeseal/sealed/v1` newline, 24 bytes of nonce, ciphertext and tag. Out of scope: keys.
//! An attacker without the key can neither read nor alter what is sealed, nor move it elsewhere: the context is bound in.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{Key, KeyInit, XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use crate::randomness::{self, RandomnessError};

const HEADER: &[u8] = b"tradeseal/sealed/v1\n";
const NONCE_BYTES: usize = 24;
const TAG_BYTES: usize = 16;

/// Bytes that sealing adds.
pub(super) const OVERHEAD: usize = HEADER.len() + NONCE_BYTES + TAG_BYTES;

/// A sealing key. Wiped when dropped.
pub(super) type SealingKey = Zeroizing<[u8; 32]>;

/// Seals `plaintext` for `context`: it opens only there.
pub(super) fn seal(key: &SealingKey, context: &[u8], plaintext: &[u8]) -> Result<Vec<u8>, RandomnessError> {
    let nonce = randomness::bytes::<NONCE_BYTES>()?;
    let bound = [HEADER, context].concat();
    let payload = Payload {
        msg: plaintext,
        aad: &bound,
    };
    let cipher = XChaCha20Poly1305::new(&Key::from(**key));
    // The cipher refuses only messages of 256 GiB; its refusal leaves a file that does not open.
    let sealed = cipher.encrypt(&XNonce::from(*nonce), payload).unwrap_or_default();
    Ok([HEADER, &nonce[..], &sealed].concat())
}

/// Opens what [`seal`] made with the same key for the same context; `None` for anything else.
pub(super) fn open(key: &SealingKey, context: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, ciphertext) = sealed.strip_prefix(HEADER)?.split_first_chunk::<NONCE_BYTES>()?;
    let bound = [HEADER, context].concat();
    let payload = Payload {
        msg: ciphertext,
        aad: &bound,
    };
    let cipher = XChaCha20Poly1305::new(&Key::from(**key));
    cipher.decrypt(&XNonce::from(*nonce), payload).ok().map(Zeroizing::new)
}
