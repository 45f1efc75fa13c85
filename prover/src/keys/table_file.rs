//! The prover's tables beside their key: `<key id>.tables`, made once, read when the key is first proven with.
//!
//! In scope: the file's frame, its digest, and that it belongs to this key and circuit. Out of scope: the tables (`groth16`).
//! An attacker who can write here can make proofs fail; verification before release notices. The digest is against damage.
//!
//! The frame: a magic line, the key id, the digest of the circuit's matrix `C`, the number of bucket sets; the tables; SHA-256 of
//! all before it. Tables are in the machine's byte order, which the magic line names.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;

use ark_bn254::Bn254;
use ark_groth16::ProvingKey;
use sha2::{Digest, Sha256};
use tradeseal_verifier::groth16::KeyId;

use crate::durable_file::{self, Readers};
use crate::groth16::{BucketSets, Matrices, PreparedProver};

const MAGIC: &[u8; 32] = if cfg!(target_endian = "little") {
    b"tradeseal/tables/little/v1\n\0\0\0\0\0"
} else {
    b"tradeseal/tables/big/v1\n\0\0\0\0\0\0\0\0"
};
const DIGEST_BYTES: usize = 32;
const BUFFER_BYTES: usize = 1 << 18;

/// Which tables a file must hold.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub(super) key_id: KeyId,
    pub(super) proving_key: &'a ProvingKey<Bn254>,
    pub(super) sets: BucketSets,
}

impl Wanted<'_> {
    fn head(&self, matrices: &Matrices) -> Vec<u8> {
        let mut head = MAGIC.to_vec();
        head.extend_from_slice(&self.key_id.to_bytes());
        head.extend_from_slice(&matrices.digest_of_c());
        head.push(self.sets.get());
        head
    }
}

/// What is at a path.
pub(super) enum Found {
    /// The tables asked for.
    Prover(Box<PreparedProver>),
    /// Nothing, or tables of another key, circuit or setting: nothing is wrong.
    Other,
    /// Tables, damaged.
    Damaged(String),
}

/// Reads the tables at `path`.
pub(super) fn read(path: &Path, wanted: Wanted<'_>, matrices: &Matrices) -> Found {
    let Ok(file) = File::open(path) else {
        return Found::Other;
    };
    let mut from = Hashing::new(BufReader::with_capacity(BUFFER_BYTES, file));
    let expected = wanted.head(matrices);
    let mut head = vec![0; expected.len()];
    if from.read_exact(&mut head).is_err() || head != expected {
        return Found::Other;
    }
    let prover = match PreparedProver::read_tables(wanted.proving_key, matrices.clone(), &mut from) {
        Ok(prover) => prover,
        Err(cause) => return Found::Damaged(cause.to_string()),
    };
    match from.ends_with_digest() {
        Ok(true) => Found::Prover(Box::new(prover)),
        Ok(false) => Found::Damaged("its digest is not that of its contents".to_owned()),
        Err(cause) => Found::Damaged(cause.to_string()),
    }
}

/// Writes the tables at `path`, whole or not at all.
pub(super) fn write(path: &Path, wanted: Wanted<'_>, matrices: &Matrices, prover: &PreparedProver) -> io::Result<()> {
    durable_file::replace_with(path, Readers::Everyone, |file| {
        let mut to = Hashing::new(BufWriter::with_capacity(BUFFER_BYTES, file));
        to.write_all(&wanted.head(matrices))?;
        prover.write_tables(&mut to)?;
        to.write_digest()
    })
}

/// A stream with the digest of what went through it.
struct Hashing<S> {
    stream: S,
    hasher: Sha256,
}

impl<S> Hashing<S> {
    fn new(stream: S) -> Self {
        Self {
            stream,
            hasher: Sha256::new(),
        }
    }
}

impl<S: Read> Read for Hashing<S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // In pieces, so that what is hashed is still in the cache.
        let piece = buffer.len().min(BUFFER_BYTES);
        let count = self.stream.read(&mut buffer[..piece])?;
        self.hasher.update(&buffer[..count]);
        Ok(count)
    }
}

impl<S: Read> Hashing<S> {
    fn ends_with_digest(mut self) -> io::Result<bool> {
        let (mut digest, mut beyond) = ([0; DIGEST_BYTES], [0; 1]);
        self.stream.read_exact(&mut digest)?;
        Ok(self.stream.read(&mut beyond)? == 0 && digest[..] == self.hasher.finalize()[..])
    }
}

impl<S: Write> Write for Hashing<S> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let count = self.stream.write(buffer)?;
        self.hasher.update(&buffer[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

impl<S: Write> Hashing<S> {
    fn write_digest(mut self) -> io::Result<()> {
        self.stream.write_all(&self.hasher.finalize())?;
        self.stream.flush()
    }
}
