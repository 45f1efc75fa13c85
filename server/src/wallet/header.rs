//! `<dir>/wallet/header.json`: how the wallet is opened, and its sealed master key.
//!
//! In scope: Argon2id of the passphrase or the key file, over a random master key, so that the passphrase is stretched
//! once and not per item. Out of scope: items (`store`).
//! An attacker who alters the header makes the wallet fail to open: its parameters are bound into the master key's seal,
//! so that they cannot be weakened.

use std::path::Path;

use argon2::{Algorithm, Argon2, Params, Version};
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use tradeseal_prover::durable_file;
use zeroize::Zeroizing;

use super::seal::{self, OVERHEAD, SealingKey};
use super::{Secret, WalletError, key_file};
use crate::randomness;

const VERSION: u32 = 1;
/// Longest header read.
const MAX_HEADER_BYTES: u64 = 4096;
/// Most memory that a header may ask for, in KiB.
const MAX_MEMORY_KIB: u32 = 1 << 20;
/// Most passes or lanes that a header may ask for.
const MAX_COST: u32 = 64;

/// How the master key is opened. The JSON of this, with the version, is bound into the master key's seal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Unlock {
    /// By Argon2id of a passphrase.
    Passphrase(Stretching),
    /// By the random key in `wallet.key`.
    KeyFile,
}

/// Argon2id parameters (RFC 9106, the second recommended choice in memory and passes, on one lane).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stretching {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
    salt: String,
}

/// The wallet's header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Header {
    version: u32,
    unlock: Unlock,
    sealed_master_key: String,
}

/// Keys that seal and name the wallet's items. Wiped when dropped.
pub(super) struct WalletKeys {
    pub(super) sealing: SealingKey,
    pub(super) naming: Zeroizing<[u8; 32]>,
}

/// A new header with its keys; says whether `key_path` was made for it.
pub(super) fn make(secret: &Secret, key_path: &Path) -> Result<(Header, WalletKeys, bool), WalletError> {
    let (unlock, opener, key_file_made) = match secret {
        Secret::Passphrase(passphrase) => {
            let stretching = Stretching::fresh()?;
            let opener = stretching
                .stretch(passphrase)
                .map_err(|why| WalletError::damaged(key_path, why))?;
            (Unlock::Passphrase(stretching), opener, false)
        }
        Secret::KeyFile => {
            let (opener, made) = key_file::read_or_make(key_path)?;
            (Unlock::KeyFile, opener, made)
        }
    };
    let master = randomness::bytes::<32>()?;
    let sealed = seal::seal(&opener, &bound(&unlock), &master[..])?;
    let header = Header {
        version: VERSION,
        unlock,
        sealed_master_key: hex::encode(sealed),
    };
    Ok((header, WalletKeys::derive(&master[..]), key_file_made))
}

impl Header {
    pub(super) fn to_json(&self) -> Vec<u8> {
        // A struct of numbers and strings always has a JSON form; an empty header would not open.
        let mut json = serde_json::to_vec_pretty(self).unwrap_or_default();
        json.push(b'\n');
        json
    }

    pub(super) fn read(path: &Path) -> Result<Self, WalletError> {
        let json = durable_file::read_bounded(path, MAX_HEADER_BYTES).map_err(WalletError::files("read", path))?;
        let header: Self =
            serde_json::from_slice(&json).map_err(|cause| WalletError::damaged(path, cause.to_string()))?;
        if header.version != VERSION {
            let why = format!("version {} where this program knows {VERSION}", header.version);
            return Err(WalletError::damaged(path, why));
        }
        Ok(header)
    }

    /// Opens the master key. `path` is the header's own, for errors.
    pub(super) fn open(&self, secret: &Secret, path: &Path, key_path: &Path) -> Result<WalletKeys, WalletError> {
        let wallet = || path.parent().unwrap_or(path).to_owned();
        let (opener, refused) = match (&self.unlock, secret) {
            (Unlock::Passphrase(stretching), Secret::Passphrase(passphrase)) => {
                let opener = stretching
                    .stretch(passphrase)
                    .map_err(|why| WalletError::damaged(path, why))?;
                (opener, WalletError::WrongPassphrase { wallet: wallet() })
            }
            (Unlock::Passphrase(_), Secret::KeyFile) => {
                return Err(WalletError::PassphraseNeeded { wallet: wallet() });
            }
            (Unlock::KeyFile, Secret::Passphrase(_)) => {
                return Err(WalletError::NotByPassphrase {
                    path: key_path.to_owned(),
                });
            }
            (Unlock::KeyFile, Secret::KeyFile) => (
                key_file::read(key_path)?,
                WalletError::KeyFileWrong {
                    path: key_path.to_owned(),
                },
            ),
        };
        let sealed =
            hex::decode(&self.sealed_master_key).map_err(|cause| WalletError::damaged(path, cause.to_string()))?;
        if sealed.len() != OVERHEAD + 32 {
            return Err(WalletError::damaged(path, "the sealed master key has another length"));
        }
        let master = seal::open(&opener, &bound(&self.unlock), &sealed).ok_or(refused)?;
        Ok(WalletKeys::derive(&master[..]))
    }
}

/// What the master key's seal binds: version and parameters.
fn bound(unlock: &Unlock) -> Vec<u8> {
    let mut context = format!("tradeseal/wallet/v{VERSION}\n").into_bytes();
    context.extend(serde_json::to_vec(unlock).unwrap_or_default());
    context
}

impl Stretching {
    fn fresh() -> Result<Self, WalletError> {
        let salt = randomness::bytes::<16>()?;
        Ok(Self {
            memory_kib: 64 * 1024,
            passes: 3,
            lanes: 1,
            salt: hex::encode(&salt[..]),
        })
    }

    /// The passphrase's key. `Err` says which parameter is out of bounds.
    fn stretch(&self, passphrase: &[u8]) -> Result<SealingKey, String> {
        if self.memory_kib > MAX_MEMORY_KIB || self.passes > MAX_COST || self.lanes > MAX_COST {
            return Err("the header asks for more memory or time than this program grants".to_owned());
        }
        let salt = hex::decode(&self.salt).map_err(|cause| cause.to_string())?;
        let params =
            Params::new(self.memory_kib, self.passes, self.lanes, Some(32)).map_err(|cause| cause.to_string())?;
        let mut key = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase, &salt, &mut key[..])
            .map_err(|cause| cause.to_string())?;
        Ok(key)
    }
}

impl WalletKeys {
    fn derive(master: &[u8]) -> Self {
        Self {
            sealing: keyed_hash(master, b"tradeseal wallet sealing key v1"),
            naming: keyed_hash(master, b"tradeseal wallet naming key v1"),
        }
    }
}

/// HMAC-SHA-256.
pub(super) fn keyed_hash(key: &[u8], message: &[u8]) -> Zeroizing<[u8; 32]> {
    let mut hash = Zeroizing::new([0; 32]);
    // HMAC takes keys of any length.
    if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) {
        mac.update(message);
        hash.copy_from_slice(&mac.finalize().into_bytes());
    }
    hash
}
