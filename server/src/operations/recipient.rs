//! Whom a payment goes to: a handle as text, or a party of this wallet by its name.
//!
//! In scope: telling the two apart. Out of scope: whose handle it is; its owner hands it out.
//! An attacker who owns this part has notes sent to another address than the one that was typed.

use tradeseal_primitives::party::Handle;

use crate::Failure;
use crate::wallet::{ItemName, Party, Wallet};

/// What every handle begins with; no party can have a name that begins so and be meant.
const HANDLE_START: &str = "tradeseal1";

/// The handle that is meant.
///
/// # Errors
/// `handle_refused` if it looks like a handle and is none; `name_unknown` if there is no such party.
pub fn recipient(wallet: &Wallet, text: &str) -> Result<Handle, Failure> {
    if text.starts_with(HANDLE_START) {
        return text.parse().map_err(|cause| {
            Failure::new(
                "handle_refused",
                format!("{cause}"),
                "have its owner send it again: tradeseal party show NAME",
            )
        });
    }
    let name: ItemName = text.parse()?;
    Ok(wallet.get::<Party>(&name)?.handle())
}
