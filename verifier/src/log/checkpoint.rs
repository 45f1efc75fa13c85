//! Checkpoints (C2SP tlog-checkpoint): origin, size and root of a log, signed by it.
//!
//! In scope: the text and whose signature it needs. Out of scope: cosignatures' meaning, and comparing two checkpoints
//! (`verify_consistency`). A trusted key of another log does not count: its name must be this checkpoint's origin.

use super::{LogError, LogHash, LogKey, LogSigner, SignedNote, decimal};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

const WHAT: &str = "checkpoint";

/// A log's head: what it is called, how many entries it has, and the RFC 6962 root over them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    origin: String,
    size: u64,
    root: LogHash,
    extensions: Vec<String>,
}

impl Checkpoint {
    /// A checkpoint without extension lines. The origin is one non-empty line.
    pub fn new(origin: &str, size: u64, root: LogHash) -> Result<Self, LogError> {
        check_line(origin, "the origin must be one non-empty line")?;
        Ok(Self {
            origin: origin.to_string(),
            size,
            root,
            extensions: Vec::new(),
        })
    }

    /// Reads the signed text of a checkpoint: at least three non-empty lines. Further lines are kept as they are.
    pub fn parse(text: &str) -> Result<Self, LogError> {
        let malformed = |why| LogError::Malformed { what: WHAT, why };
        let body = text
            .strip_suffix('\n')
            .ok_or(malformed("it does not end in a newline"))?;
        let mut lines = body.split('\n');
        let mut line = || lines.next().ok_or(malformed("it has fewer than three lines"));
        let (origin, size, root) = (line()?, line()?, line()?);
        let root = LogHash::from_base64("checkpoint root", root)?;
        let mut checkpoint = Self::new(origin, decimal::parse("checkpoint size", size)?, root)?;
        for extension in lines {
            check_line(extension, "an extension line must not be empty")?;
            checkpoint.extensions.push(extension.to_string());
        }
        Ok(checkpoint)
    }

    /// The log's unique name.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Number of entries.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// RFC 6962 root over the first `size` entries.
    pub fn root(&self) -> &LogHash {
        &self.root
    }

    /// Extension lines: signed, and given no meaning here.
    pub fn extensions(&self) -> &[String] {
        &self.extensions
    }
}

/// The text that is signed, final newline included.
impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n{}\n{}", self.origin, self.size, self.root)?;
        self.extensions.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

/// A checkpoint as it travels: a signed note whose text is a checkpoint. `Display` gives the bytes that were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedCheckpoint {
    note: SignedNote,
    checkpoint: Checkpoint,
}

impl SignedCheckpoint {
    /// Reads a signed note and the checkpoint in it. Nothing is trusted yet: see [`Self::verify`].
    pub fn parse(note: &str) -> Result<Self, LogError> {
        let note = SignedNote::parse(note)?;
        let checkpoint = Checkpoint::parse(note.text())?;
        Ok(Self { note, checkpoint })
    }

    /// Signs a checkpoint. The signer must be the one of the checkpoint's origin.
    pub fn sign(checkpoint: Checkpoint, signer: &LogSigner) -> Result<Self, LogError> {
        if signer.key().name().as_str() != checkpoint.origin {
            return Err(LogError::Malformed {
                what: WHAT,
                why: "its origin is not the name of the signing key",
            });
        }
        let note = signer.sign(checkpoint.to_string())?;
        Ok(Self { note, checkpoint })
    }

    /// The checkpoint, if a key of its own origin among `keys` signed it and no line by a known key is wrong.
    pub fn verify(&self, keys: &[LogKey]) -> Result<&Checkpoint, LogError> {
        let signers = self.note.verify(keys)?;
        if !signers.iter().any(|key| key.name().as_str() == self.checkpoint.origin) {
            let origin = self.checkpoint.origin.clone();
            return Err(LogError::NoTrustedSignature {
                lines: self.note.signatures().len(),
                origin,
            });
        }
        Ok(&self.checkpoint)
    }

    /// The checkpoint whoever signed it.
    pub fn unchecked_checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// The note with its signature lines.
    pub fn note(&self) -> &SignedNote {
        &self.note
    }
}

impl fmt::Display for SignedCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.note.fmt(f)
    }
}

fn check_line(line: &str, why: &'static str) -> Result<(), LogError> {
    if line.is_empty() || line.contains(|c: char| c < ' ') {
        return Err(LogError::Malformed { what: WHAT, why });
    }
    Ok(())
}
