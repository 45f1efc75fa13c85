//! The file that holds a log witness's signing key: one line, `PRIVATE+KEY+name+hexid+base64(0x04 || seed)`.
//!
//! In scope: reading and writing it for its owner only. Out of scope: a passphrase, because a log witness must come back by
//! itself after a power cut. The form is that of Go's `note` package. Whoever reads the file can cosign any history.

use crate::error::WitnessError;
use crate::folder::Folder;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use ed25519_dalek::SigningKey;
use std::fs::File;
use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use tradeseal_verifier::log::{Cosigner, KeyName};
use zeroize::Zeroizing;

const PREFIX: &str = "PRIVATE+KEY+";
const SIGNATURE_TYPE: u8 = 0x04;
const MAX_BYTES: usize = 1024;

/// Makes a key and its file.
pub(crate) fn create(folder: &Folder, name: KeyName) -> Result<Cosigner, WitnessError> {
    let mut bytes = Zeroizing::new([SIGNATURE_TYPE; 33]);
    getrandom::fill(&mut bytes[1..]).map_err(|cause| WitnessError::Randomness(cause.to_string()))?;
    let cosigner = cosigner(name, &bytes)?;
    let key = cosigner.key();
    let encoded = Zeroizing::new(STANDARD.encode(&bytes[..]));
    let line = Zeroizing::new(format!("{PREFIX}{}+{}+{}\n", key.name(), key.id(), *encoded));
    folder.replace(&folder.key(), line.as_bytes())?;
    Ok(cosigner)
}

/// Reads a key's file.
pub(crate) fn read(path: &Path) -> Result<Cosigner, WitnessError> {
    let mut file = File::open(path).map_err(WitnessError::file(path))?;
    let mode = file.metadata().map_err(WitnessError::file(path))?.mode() & 0o7777;
    if mode & 0o077 != 0 {
        let path = path.to_owned();
        return Err(WitnessError::KeyExposed { path, mode });
    }
    // Large enough from the start: growing would leave copies behind.
    let mut text = Zeroizing::new(String::with_capacity(MAX_BYTES));
    let read = file.by_ref().take(MAX_BYTES as u64).read_to_string(&mut text);
    read.map_err(WitnessError::file(path))?;
    parse(path, &text)
}

fn parse(path: &Path, text: &str) -> Result<Cosigner, WitnessError> {
    let refuse = |why| WitnessError::Key {
        path: path.to_owned(),
        why,
    };
    let line = text.strip_suffix('\n').and_then(|line| line.strip_prefix(PREFIX));
    let mut parts = line.unwrap_or_default().splitn(3, '+');
    let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(refuse("it is not one line PRIVATE+KEY+name+id+key"));
    };
    let name = KeyName::new(name).map_err(|_| refuse("its name is no key name"))?;
    let mut bytes = Zeroizing::new([0u8; 36]);
    let length = STANDARD.decode_slice(key, &mut bytes[..]);
    let Ok(33) = length else {
        return Err(refuse("its key is not 33 bytes in base64"));
    };
    let bytes: &[u8; 33] = bytes.first_chunk().ok_or_else(|| refuse("its key is too short"))?;
    if bytes[0] != SIGNATURE_TYPE {
        return Err(refuse("its key is not for cosignatures (type 0x04)"));
    }
    let cosigner = cosigner(name, bytes)?;
    if cosigner.key().id().to_string() != id {
        return Err(refuse("its id is not the one that its name and key give"));
    }
    Ok(cosigner)
}

fn cosigner(name: KeyName, bytes: &[u8; 33]) -> Result<Cosigner, WitnessError> {
    let mut seed = Zeroizing::new([0u8; 32]);
    seed.copy_from_slice(&bytes[1..]);
    Cosigner::new(name, SigningKey::from_bytes(&seed)).map_err(WitnessError::Name)
}
