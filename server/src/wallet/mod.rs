//! The holder's wallet: secret keys and the openings of notes, sealed at rest.
//!
//! In scope: what is kept, how it is sealed, who may open it. Out of scope: using the keys (`commands`), hosted custody:
//! a wallet belongs to the machine of its holder.
//! An attacker who reads the disk but has neither passphrase nor `wallet.key` learns how many items of each kind there
//! are and which log the wallet began, and nothing else: not even the items' names. One who can write to it can delete items or put old ones back.
//!
//! Layout: `<dir>/wallet.key` (without a passphrase), `<dir>/wallet/header.json`, `<dir>/wallet/<kind>/<blinded name>`;
//! `<dir>/wallet/begun-ledger` is `operations::local_ledger`'s.

mod error;
mod header;
mod items;
mod key_file;
mod kind;
mod name;
mod seal;
mod secret;
mod store;

pub use error::WalletError;
pub use items::{
    AnchorKey, AppliedCredit, BankKey, HeldNote, LedgerLogKey, NotePosition, NoteWay, OfferedTransfer, Party,
    RegistrarKey, RegistryKey, ScanState, SentPayment, WalletItem,
};
pub use kind::ItemKind;
pub use name::ItemName;
pub use secret::Secret;
pub use store::{Wallet, WalletNotice};

#[cfg(test)]
mod tests;
