//! Transparency log proofs (C2SP tlog-proof): an entry's position, its inclusion proof and a signed checkpoint in one text.
//!
//! In scope: the one byte form, and the check of the whole against an entry and trusted log keys. Out of scope: quorums of
//! log witnesses. The `extra` line is signed by nobody: an attacker may put anything there.

use super::{
    Checkpoint, LogError, LogHash, LogKey, MAX_NOTE_BYTES, SignedCheckpoint, decimal, leaf_hash, verify_inclusion,
};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use core::fmt;

/// Most hashes in an inclusion proof: the height of a tree of 2^64 entries.
pub const MAX_PROOF_HASHES: usize = 64;
/// Longest unauthenticated extra data read, in bytes.
pub const MAX_EXTRA_BYTES: usize = 16 * 1024;

const WHAT: &str = "tlog-proof";
const HEADER: &str = "c2sp.org/tlog-proof@v1";
const MAX_BYTES: usize = MAX_NOTE_BYTES + MAX_EXTRA_BYTES * 4 / 3 + MAX_PROOF_HASHES * 45 + 256;

/// A proof that some entry is at `index` of the log whose checkpoint it carries. `Display` gives the bytes that were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlogProof {
    extra: Option<Vec<u8>>,
    index: u64,
    hashes: Vec<LogHash>,
    checkpoint: SignedCheckpoint,
}

/// What a verified [`TlogProof`] establishes: the entry is at `index` of the log under this checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedInclusion {
    /// The entry's position, from 0.
    pub index: u64,
    /// The checkpoint, signed by a trusted key of its origin.
    pub checkpoint: Checkpoint,
}

impl TlogProof {
    /// A proof without extra data.
    pub fn new(index: u64, hashes: Vec<LogHash>, checkpoint: SignedCheckpoint) -> Result<Self, LogError> {
        check_hash_count(hashes.len())?;
        Ok(Self {
            extra: None,
            index,
            hashes,
            checkpoint,
        })
    }

    /// Reads a proof. Nothing is trusted yet: see [`Self::verify`].
    pub fn parse(text: &str) -> Result<Self, LogError> {
        if text.len() > MAX_BYTES {
            return Err(LogError::TooLong {
                what: WHAT,
                actual: text.len(),
                max: MAX_BYTES,
            });
        }
        let malformed = |why| LogError::Malformed { what: WHAT, why };
        // No line of the head is empty, so the first empty line ends it.
        let (head, checkpoint) = text.split_once("\n\n").ok_or(malformed("it has no empty line"))?;
        let mut lines = head.split('\n');
        if lines.next() != Some(HEADER) {
            return Err(malformed("the first line must be c2sp.org/tlog-proof@v1"));
        }
        let mut line = lines.next();
        let extra = line
            .and_then(|l| l.strip_prefix("extra "))
            .map(parse_extra)
            .transpose()?;
        if extra.is_some() {
            line = lines.next();
        }
        let index = line
            .and_then(|l| l.strip_prefix("index "))
            .ok_or(malformed("the index line is missing"))?;
        let index = decimal::parse("tlog-proof index", index)?;
        check_hash_count(lines.clone().count())?;
        let hashes = lines
            .map(|l| LogHash::from_base64("inclusion proof hash", l))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            extra,
            index,
            hashes,
            checkpoint: SignedCheckpoint::parse(checkpoint)?,
        })
    }

    /// Checks the checkpoint's signature by a trusted key of its origin, then that `entry` is at this index under it.
    pub fn verify(&self, entry: &[u8], keys: &[LogKey]) -> Result<VerifiedInclusion, LogError> {
        let checkpoint = self.checkpoint.verify(keys)?;
        verify_inclusion(
            leaf_hash(entry),
            self.index,
            checkpoint.size(),
            &self.hashes,
            checkpoint.root(),
        )?;
        Ok(VerifiedInclusion {
            index: self.index,
            checkpoint: checkpoint.clone(),
        })
    }

    /// Unauthenticated extra data, if the text has any. A form in which no byte may be free refuses it.
    pub fn extra(&self) -> Option<&[u8]> {
        self.extra.as_deref()
    }

    /// The position claimed, from 0.
    pub fn index(&self) -> u64 {
        self.index
    }

    /// The inclusion proof, from the entry's sibling upwards.
    pub fn hashes(&self) -> &[LogHash] {
        &self.hashes
    }

    /// The checkpoint carried.
    pub fn checkpoint(&self) -> &SignedCheckpoint {
        &self.checkpoint
    }
}

impl fmt::Display for TlogProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let extra = self
            .extra
            .as_ref()
            .map_or_else(String::new, |e| "extra ".to_string() + &STANDARD.encode(e) + "\n");
        writeln!(f, "{HEADER}\n{extra}index {}", self.index)?;
        self.hashes.iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.checkpoint)
    }
}

fn parse_extra(encoded: &str) -> Result<Vec<u8>, LogError> {
    let bytes = STANDARD.decode(encoded).map_err(|_| LogError::Base64 {
        what: "tlog-proof extra",
    })?;
    match bytes.len() {
        0 => Err(LogError::Malformed {
            what: WHAT,
            why: "an empty extra line must be left out",
        }),
        actual if actual > MAX_EXTRA_BYTES => Err(LogError::TooLong {
            what: "tlog-proof extra",
            actual,
            max: MAX_EXTRA_BYTES,
        }),
        _ => Ok(bytes),
    }
}

fn check_hash_count(actual: usize) -> Result<(), LogError> {
    if actual > MAX_PROOF_HASHES {
        return Err(LogError::ProofLength {
            what: "inclusion",
            actual,
            expected: MAX_PROOF_HASHES,
        });
    }
    Ok(())
}
