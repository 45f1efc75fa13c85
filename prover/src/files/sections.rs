//! The frame that all these files share: four letters, a version, and sections of a type and a length, all little-endian.
//!
//! In scope: writing it; finding sections with every length held to the file's. Out of scope: what sections hold.
//! An attacker who owns this part has one section read as another.

use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;

/// Most sections looked at: the longest of these files has 15 kinds.
const MAX_SECTIONS: u32 = 32;

/// Why a file's frame was refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SectionError {
    /// It cannot be read, or ends early.
    #[error("cannot be read: {0}")]
    Read(#[from] io::Error),
    /// It begins with other letters.
    #[error("does not begin with \"{expected}\": it is another kind of file")]
    Magic {
        /// The letters of this kind.
        expected: &'static str,
    },
    /// It has a version that is not read.
    #[error("has version {found} of its format, where {expected} is read")]
    Version {
        /// In the file.
        found: u32,
        /// Read here.
        expected: u32,
    },
    /// It says that it has more sections than any such file.
    #[error("says that it has {found} sections; {MAX_SECTIONS} are the most")]
    TooMany {
        /// In the file.
        found: u32,
    },
    /// A section reaches beyond the end of the file.
    #[error("is cut short: section {kind} of {bytes} bytes reaches beyond its end")]
    Truncated {
        /// The section's type.
        kind: u32,
        /// Its length.
        bytes: u64,
    },
    /// There is more after the last section.
    #[error("has {bytes} bytes after its last section")]
    Trailing {
        /// How many.
        bytes: u64,
    },
    /// A section is there twice.
    #[error("has section {kind} twice")]
    Twice {
        /// The section's type.
        kind: u32,
    },
    /// A section is missing.
    #[error("has no section {kind}")]
    Missing {
        /// The section's type.
        kind: u32,
    },
    /// A section has another length than its contents need.
    #[error("section {kind} is {found} bytes long, where {expected} are expected")]
    Length {
        /// The section's type.
        kind: u32,
        /// In the file.
        found: u64,
        /// By the file's own header.
        expected: u64,
    },
}

/// What a kind of file begins with.
#[derive(Clone, Copy)]
pub(super) struct Kind {
    pub(super) magic: &'static str,
    pub(super) version: u32,
}

/// Where each section of a file is.
pub(super) struct SectionTable(Vec<(u32, Range<u64>)>);

impl SectionTable {
    /// Finds the sections, reading only their heads.
    pub(super) fn read(file: &mut (impl Read + Seek), kind: Kind) -> Result<Self, SectionError> {
        let length = file.seek(SeekFrom::End(0))?;
        file.seek(SeekFrom::Start(0))?;
        let mut magic = [0; 4];
        file.read_exact(&mut magic)?;
        if magic != *kind.magic.as_bytes() {
            return Err(SectionError::Magic { expected: kind.magic });
        }
        let (version, count) = (u32_from(file)?, u32_from(file)?);
        if version != kind.version {
            return Err(SectionError::Version {
                found: version,
                expected: kind.version,
            });
        }
        if count > MAX_SECTIONS {
            return Err(SectionError::TooMany { found: count });
        }
        let mut table: Vec<(u32, Range<u64>)> = Vec::new();
        let mut at = 12u64;
        for _ in 0..count {
            let (kind, bytes) = (u32_from(file)?, u64_from(file)?);
            let start = at + 12;
            let end = start.checked_add(bytes).filter(|end| *end <= length);
            let end = end.ok_or(SectionError::Truncated { kind, bytes })?;
            if table.iter().any(|(known, _)| *known == kind) {
                return Err(SectionError::Twice { kind });
            }
            table.push((kind, start..end));
            at = file.seek(SeekFrom::Start(end))?;
        }
        if at != length {
            return Err(SectionError::Trailing { bytes: length - at });
        }
        Ok(Self(table))
    }

    /// Where a section is.
    pub(super) fn section(&self, kind: u32) -> Result<Range<u64>, SectionError> {
        let found = self.0.iter().find(|(known, _)| *known == kind);
        found
            .map(|(_, range)| range.clone())
            .ok_or(SectionError::Missing { kind })
    }

    /// Where a section of this length is.
    pub(super) fn section_of(&self, kind: u32, expected: u64) -> Result<Range<u64>, SectionError> {
        let range = self.section(kind)?;
        let found = range.end - range.start;
        if found == expected {
            Ok(range)
        } else {
            Err(SectionError::Length { kind, found, expected })
        }
    }
}

fn u32_from(file: &mut impl Read) -> io::Result<u32> {
    let mut bytes = [0; 4];
    file.read_exact(&mut bytes)?;
    Ok(u32::from_le_bytes(bytes))
}

fn u64_from(file: &mut impl Read) -> io::Result<u64> {
    let mut bytes = [0; 8];
    file.read_exact(&mut bytes)?;
    Ok(u64::from_le_bytes(bytes))
}

/// A file of these sections.
pub(super) fn file_of(kind: Kind, sections: &[(u32, &[u8])]) -> Vec<u8> {
    // Of its final length from the start: a vector that grows leaves copies behind, of private inputs too.
    let length = 12 + sections.iter().map(|(_, body)| 12 + body.len()).sum::<usize>();
    let mut file = Vec::with_capacity(length);
    file.extend_from_slice(kind.magic.as_bytes());
    file.extend_from_slice(&kind.version.to_le_bytes());
    file.extend_from_slice(&count(sections.len()).to_le_bytes());
    for (kind, body) in sections {
        file.extend_from_slice(&kind.to_le_bytes());
        file.extend_from_slice(&(body.len() as u64).to_le_bytes());
        file.extend_from_slice(body);
    }
    file
}

/// A count as these files have it; circuits are far below 2^32 in every size.
pub(super) fn count(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}
