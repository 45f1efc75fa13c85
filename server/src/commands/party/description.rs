//! What may be shown of a party: the public side of its keys.
//!
//! In scope: the JSON keys and the text. Out of scope: secrets; none is ever put here.
//! An attacker who owns this part shows another handle than the party's.

use std::fmt;

use serde::Serialize;
use tradeseal_primitives::field;

use crate::wallet::{ItemName, Party};

/// A party as it is printed.
#[derive(Debug, Serialize)]
pub(super) struct Description {
    name: String,
    /// What the party hands out: address and encryption key, checksummed.
    handle: String,
    identifier: Option<String>,
    party_id: Option<String>,
    address: String,
    public_key: Coordinates,
    encryption_key: String,
}

#[derive(Debug, Serialize)]
struct Coordinates {
    x: String,
    y: String,
}

impl Description {
    pub(super) fn of(name: &ItemName, party: &Party) -> Self {
        let (handle, key) = (party.handle(), party.public_key());
        Self {
            name: name.to_string(),
            identifier: party.identifier().map(ToString::to_string),
            party_id: party.identifier().map(|identifier| identifier.id().to_string()),
            address: handle.address.to_string(),
            public_key: Coordinates {
                x: field::to_decimal(&key.x()),
                y: field::to_decimal(&key.y()),
            },
            encryption_key: hex::encode(handle.encryption_key),
            handle: handle.to_string(),
        }
    }
}

impl fmt::Display for Description {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.name)?;
        writeln!(f, "  handle      {}", self.handle)?;
        if let (Some(identifier), Some(party_id)) = (&self.identifier, &self.party_id) {
            writeln!(f, "  identifier  {identifier}")?;
            writeln!(f, "  party id    {party_id}")?;
        }
        writeln!(f, "  public key  {}", self.public_key.x)?;
        write!(f, "              {}", self.public_key.y)
    }
}
