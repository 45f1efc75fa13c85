//! The body of `add-checkpoint` (C2SP tlog-witness): `old N`, the consistency proof, an empty line, the checkpoint.
//!
//! In scope: the one form of that text. Out of scope: whether the proof proves anything and who signed. An attacker who
//! writes the body gets a refusal, within bounds of size and work.

use std::fmt;
use tradeseal_verifier::log::{LogError, LogHash, MAX_NOTE_BYTES, SignedCheckpoint};

/// Most hashes in a consistency proof.
pub const MAX_PROOF_LINES: usize = 63;
/// A hash in base64 and its newline.
const PROOF_LINE_BYTES: usize = 45;
/// Longest body that can be well-formed.
pub const MAX_REQUEST_BYTES: usize =
    "old 18446744073709551615\n\n".len() + MAX_PROOF_LINES * PROOF_LINE_BYTES + MAX_NOTE_BYTES;

/// A request to cosign a checkpoint. `Display` gives the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddCheckpoint {
    /// The size that the sender believes the log witness cosigned last; 0 if none.
    pub old_size: u64,
    /// RFC 6962 section 2.1.2, from `old_size` to the checkpoint's size.
    pub proof: Vec<LogHash>,
    /// The checkpoint, signed by its log.
    pub checkpoint: SignedCheckpoint,
}

/// Why a body is not an `add-checkpoint` request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// More bytes than any well-formed request has.
    #[error("the request has more than {MAX_REQUEST_BYTES} bytes")]
    TooLong,
    /// Not UTF-8.
    #[error("the request is not UTF-8")]
    NotText,
    /// The first line.
    #[error("the first line must be `old` and a decimal size without leading zeros")]
    OldSize,
    /// No empty line ends the proof.
    #[error("no empty line separates the consistency proof from the checkpoint")]
    NoSeparator,
    /// More than 63 hashes.
    #[error("the consistency proof has more than {MAX_PROOF_LINES} lines")]
    TooManyHashes,
    /// A line of the proof.
    #[error("line {line}: {cause}")]
    ProofLine {
        /// Counted from 1.
        line: usize,
        /// What is wrong with it.
        cause: LogError,
    },
    /// What follows the empty line.
    #[error(transparent)]
    Checkpoint(LogError),
}

impl AddCheckpoint {
    /// Reads a body.
    pub fn parse(body: &[u8]) -> Result<Self, RequestError> {
        if body.len() > MAX_REQUEST_BYTES {
            return Err(RequestError::TooLong);
        }
        let body = str::from_utf8(body).map_err(|_| RequestError::NotText)?;
        let (head, note) = body.split_once("\n\n").ok_or(RequestError::NoSeparator)?;
        let mut lines = head.split('\n');
        let old_size = lines
            .next()
            .and_then(|line| parse_size(line.strip_prefix("old ")?))
            .ok_or(RequestError::OldSize)?;
        if lines.clone().count() > MAX_PROOF_LINES {
            return Err(RequestError::TooManyHashes);
        }
        let proof = lines.enumerate().map(|(index, line)| {
            let line_number = index + 2;
            LogHash::from_base64("consistency proof hash", line).map_err(|cause| RequestError::ProofLine {
                line: line_number,
                cause,
            })
        });
        let proof = proof.collect::<Result<_, _>>()?;
        let checkpoint = SignedCheckpoint::parse(note).map_err(RequestError::Checkpoint)?;
        Ok(Self {
            old_size,
            proof,
            checkpoint,
        })
    }
}

impl fmt::Display for AddCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "old {}", self.old_size)?;
        self.proof.iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.checkpoint)
    }
}

/// Decimal in its one form: no sign, no leading zeros.
pub(crate) fn parse_size(text: &str) -> Option<u64> {
    text.parse().ok().filter(|size: &u64| size.to_string() == text)
}
