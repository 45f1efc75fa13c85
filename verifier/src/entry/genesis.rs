//! Kind 0, genesis: the log's name, its registrars, the keys whose proofs it accepts, the duplicate registry's first key.
//!
//! In scope: fields. Out of scope: choosing them. Whoever writes this entry names who may enrol parties for good.

use super::codec::{FieldReader, FieldWriter, Fields, read_digests, read_point};
use super::{Ed25519Key, EntryError, EntryKind};
use crate::groth16::KeyId;
use crate::log::KeyName;
use crate::statement::StatementId;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;
use minicbor::Decoder;
use tradeseal_primitives::duplicate_tag::RegistryPublicKey;
use tradeseal_primitives::receivable::UnixSeconds;

/// Most registrars, statements, or key ids of one statement.
pub const MAX_KEYS_PER_LIST: usize = 64;

/// What a log begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Genesis {
    /// The log's unique name: first line of its checkpoints, name of its key.
    pub origin: KeyName,
    /// When the log began.
    pub created: UnixSeconds,
    /// Who may enrol and remove parties.
    pub registrars: BTreeSet<Ed25519Key>,
    /// Which verifying keys proofs may be made for, by statement.
    pub accepted_keys: BTreeMap<StatementId, BTreeSet<KeyId>>,
    /// For how many seconds after its replacement a root still serves in a proof.
    pub root_grace_seconds: u64,
    /// The duplicate registry's first key.
    pub registry_key: RegistryPublicKey,
    /// How many seconds each key of the registry serves at least.
    pub registry_era_seconds: u64,
}

impl Genesis {
    /// Whether proofs of this statement may be made for this key.
    pub fn accepts(&self, statement: StatementId, key: &KeyId) -> bool {
        self.accepted_keys
            .get(&statement)
            .is_some_and(|keys| keys.contains(key))
    }
}

impl Fields for Genesis {
    const KIND: EntryKind = EntryKind::Genesis;
    const COUNT: usize = 7;

    fn write(&self, writer: &mut FieldWriter) {
        writer.text(1, self.origin.as_str());
        writer.uint(2, self.created.0);
        writer.byte_strings(3, self.registrars.iter().map(|key| &key.0[..]));
        writer.map(4, self.accepted_keys.len());
        // RFC 8949 orders map keys by their encodings, and those of short texts begin with their lengths.
        let mut statements: Vec<_> = self.accepted_keys.iter().collect();
        statements.sort_by_key(|(id, _)| (id.as_str().len(), id.as_str()));
        for (statement, keys) in statements {
            writer.text_string(statement.as_str());
            let keys: Vec<[u8; 32]> = keys.iter().map(|key| key.to_bytes()).collect();
            writer.array_items(keys.iter().map(|key| &key[..]));
        }
        writer.uint(5, self.root_grace_seconds);
        writer.bytes(6, &self.registry_key.to_bytes());
        writer.uint(7, self.registry_era_seconds);
    }

    fn read(reader: &mut FieldReader<'_>) -> Result<Self, EntryError> {
        Ok(Self {
            origin: reader.text(1, "an origin without spaces, at most 255 bytes", |text| {
                KeyName::new(text).ok()
            })?,
            created: reader.seconds(2)?,
            registrars: reader.field(3, "an array of at most 64 registrar keys, ascending", |decoder| {
                read_digests(decoder, MAX_KEYS_PER_LIST, Ed25519Key)
            })?,
            accepted_keys: reader.field(
                4,
                "a map from known statements to at most 64 key ids each, ascending",
                |d| read_accepted(d),
            )?,
            root_grace_seconds: reader.uint(5)?,
            registry_key: read_point(reader, 6, RegistryPublicKey::from_bytes)?,
            registry_era_seconds: reader.uint(7)?,
        })
    }
}

fn read_accepted(decoder: &mut Decoder<'_>) -> Option<BTreeMap<StatementId, BTreeSet<KeyId>>> {
    let count = decoder.map().ok()??;
    if count > MAX_KEYS_PER_LIST as u64 {
        return None;
    }
    let mut pair = || {
        let statement = decoder.str().ok()?.parse().ok()?;
        Some((statement, read_digests(decoder, MAX_KEYS_PER_LIST, KeyId::from_bytes)?))
    };
    (0..count).map(|_| pair()).collect()
}
