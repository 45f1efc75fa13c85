//! Signed notes (C2SP signed-note): a text, an empty line, signature lines.
//!
//! In scope: the one byte form of a note, and which of the given keys signed it. Out of scope: what the text says. Lines by
//! keys nobody asked about are kept and ignored, so an attacker may add some, up to the bounds; a line that claims a known
//! key and does not verify condemns the note.

use super::{KeyName, LogError, LogKey, NoteKeyId};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use core::fmt;

/// Most signature lines read from a note; the specification asks for at least 16.
pub const MAX_NOTE_SIGNATURES: usize = 32;
/// Longest note read, in bytes: room for 16 post-quantum signatures.
pub const MAX_NOTE_BYTES: usize = 128 * 1024;

const WHAT: &str = "signed note";
const SEPARATOR: &str = "\n\n";

/// One signature line: `— name base64(key id || signature)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteSignature {
    name: KeyName,
    key_id: NoteKeyId,
    signature: Vec<u8>,
}

impl NoteSignature {
    /// A line by the named key. The signature must not be empty.
    pub fn new(name: KeyName, key_id: NoteKeyId, signature: Vec<u8>) -> Result<Self, LogError> {
        if signature.is_empty() {
            return Err(LogError::Malformed {
                what: "signature line",
                why: "the signature is empty",
            });
        }
        Ok(Self {
            name,
            key_id,
            signature,
        })
    }

    /// Who signed, by its own word.
    pub fn name(&self) -> &KeyName {
        &self.name
    }

    /// Which of the signer's keys.
    pub fn key_id(&self) -> NoteKeyId {
        self.key_id
    }

    /// The signature without the key id.
    pub fn signature(&self) -> &[u8] {
        &self.signature
    }

    /// Reads one line, without its newline.
    pub fn parse(line: &str) -> Result<Self, LogError> {
        let malformed = |why| LogError::Malformed {
            what: "signature line",
            why,
        };
        let rest = line
            .strip_prefix("— ")
            .ok_or(malformed("it must begin with an em dash and a space"))?;
        let (name, encoded) = rest.split_once(' ').ok_or(malformed("it must be a name and base64"))?;
        let name = KeyName::new(name)?;
        let bytes = STANDARD
            .decode(encoded)
            .map_err(|_| LogError::Base64 { what: "signature line" })?;
        let (id, signature) = bytes
            .split_first_chunk::<4>()
            .ok_or(malformed("it is shorter than a key id"))?;
        Self::new(name, NoteKeyId(*id), signature.to_vec())
    }
}

impl fmt::Display for NoteSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = self.key_id.0.to_vec();
        bytes.extend_from_slice(&self.signature);
        write!(f, "— {} {}", self.name, STANDARD.encode(bytes))
    }
}

/// A text and its signature lines. `Display` gives the bytes that were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedNote {
    text: String,
    signatures: Vec<NoteSignature>,
}

impl SignedNote {
    /// A note over `text`, which must end in a newline and have no other control characters.
    pub fn new(text: String, signatures: Vec<NoteSignature>) -> Result<Self, LogError> {
        check_text(&text)?;
        if signatures.is_empty() {
            return Err(LogError::Malformed {
                what: WHAT,
                why: "it has no signature lines",
            });
        }
        if signatures.len() > MAX_NOTE_SIGNATURES {
            return Err(LogError::Malformed {
                what: WHAT,
                why: "it has more than 32 signature lines",
            });
        }
        let note = Self { text, signatures };
        check_length(note.to_string().len())?;
        Ok(note)
    }

    /// Reads a note; what [`Self::to_string`](ToString) gives back is what was read, byte for byte.
    pub fn parse(note: &str) -> Result<Self, LogError> {
        check_length(note.len())?;
        // The last empty line separates, so the text may hold empty lines and the signatures none.
        let at = note.rfind(SEPARATOR).ok_or(LogError::Malformed {
            what: WHAT,
            why: "it has no empty line",
        })?;
        let (text, lines) = (&note[..at + 1], &note[at + SEPARATOR.len()..]);
        let lines = lines.strip_suffix('\n').ok_or(LogError::Malformed {
            what: WHAT,
            why: "it does not end in a signature line and a newline",
        })?;
        if lines.split('\n').count() > MAX_NOTE_SIGNATURES {
            return Err(LogError::Malformed {
                what: WHAT,
                why: "it has more than 32 signature lines",
            });
        }
        let signatures = lines.split('\n').map(NoteSignature::parse).collect::<Result<_, _>>()?;
        Self::new(text.to_string(), signatures)
    }

    /// What is signed, with its final newline.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The signature lines, in order.
    pub fn signatures(&self) -> &[NoteSignature] {
        &self.signatures
    }

    /// The keys, among those given, that signed. Lines by other keys are ignored; a line by one of these keys that does
    /// not verify, or a second one, is an error, and so is a note that none of these keys signed.
    pub fn verify<'k>(&self, keys: &'k [LogKey]) -> Result<Vec<&'k LogKey>, LogError> {
        let mut verified: Vec<&LogKey> = Vec::new();
        for line in &self.signatures {
            for key in keys
                .iter()
                .filter(|k| k.name() == line.name() && k.id() == line.key_id())
            {
                if verified.iter().any(|v| v.name() == key.name() && v.id() == key.id()) {
                    return Err(LogError::SignatureRepeated {
                        name: key.name().clone(),
                        id: key.id(),
                    });
                }
                key.verify(&self.text, &line.signature)?;
                verified.push(key);
            }
        }
        if verified.is_empty() {
            let origin = self.text.lines().next().unwrap_or_default().chars().take(255).collect();
            return Err(LogError::NoTrustedSignature {
                lines: self.signatures.len(),
                origin,
            });
        }
        Ok(verified)
    }
}

impl fmt::Display for SignedNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

fn check_length(actual: usize) -> Result<(), LogError> {
    if actual > MAX_NOTE_BYTES {
        return Err(LogError::TooLong {
            what: WHAT,
            actual,
            max: MAX_NOTE_BYTES,
        });
    }
    Ok(())
}

fn check_text(text: &str) -> Result<(), LogError> {
    if !text.ends_with('\n') {
        return Err(LogError::Malformed {
            what: WHAT,
            why: "its text does not end in a newline",
        });
    }
    if text.chars().any(|c| c < ' ' && c != '\n') {
        return Err(LogError::Malformed {
            what: WHAT,
            why: "its text has a control character",
        });
    }
    Ok(())
}
