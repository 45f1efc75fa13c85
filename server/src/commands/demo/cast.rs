//! Who plays: the invoice's supplier and debtor, two tiers of suppliers below, and three banks. Found in the wallet again when the demo is run again.
//!
//! In scope: finding or making them. Out of scope: what they do (`scenes`).
//! An attacker who owns this part plays with someone else's keys.

use tradeseal_primitives::party::PartyIdentifier;

use crate::Failure;
use crate::wallet::{BankKey, ItemName, Party, Wallet};

/// A party and its name in the wallet.
pub(super) struct Role {
    pub(super) name: ItemName,
    pub(super) party: Party,
}

/// The party that documents name so: from the wallet, or made now.
pub(super) fn party(wallet: &Wallet, role: &str, identifier: &PartyIdentifier) -> Result<Role, Failure> {
    let known = wallet
        .list::<Party>()?
        .into_iter()
        .find(|(_, party)| party.identifier() == Some(identifier));
    if let Some((name, party)) = known {
        return Ok(Role { name, party });
    }
    let short = &hex::encode(identifier.id().to_bytes())[..16];
    let name: ItemName = format!("demo {role} {short}").parse()?;
    let party = Party::generate(Some(identifier.clone()))?;
    wallet.add(&name, &party)?;
    Ok(Role { name, party })
}

/// A supplier further down, whom no document names.
pub(super) fn tier(wallet: &Wallet, role: &str) -> Result<Role, Failure> {
    let name: ItemName = format!("demo {role}").parse()?;
    let (party, _) = wallet.get_or_make(&name, || Party::generate(None))?;
    Ok(Role { name, party })
}

/// A bank: the key with which it asks and locks, and the party as which it owns what it buys.
pub(super) struct Bank {
    pub(super) name: &'static str,
    pub(super) key: BankKey,
    pub(super) owner: Role,
}

/// The bank of this name.
pub(super) fn bank(wallet: &Wallet, name: &'static str) -> Result<Bank, Failure> {
    let (key, _) = wallet.get_or_make(&name.parse()?, BankKey::generate)?;
    Ok(Bank {
        name,
        key,
        owner: tier(wallet, name)?,
    })
}
