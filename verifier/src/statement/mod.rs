//! The statements that can be proven: their ids, and the public rows a proof is checked against.
//!
//! In scope: names, order and number of public rows. Out of scope: what is proven about them (crate `circuits`).
//! An attacker who owns this part could have a true proof read as saying something else.

pub mod credential;
mod id;
pub mod receivable;

pub use id::{StatementId, UnknownStatement};

use tradeseal_primitives::field_newtype;

field_newtype! {
    /// Root of the tree of notes.
    NoteRoot
}
field_newtype! {
    /// Root of the tree of dilutions.
    DilutionRoot
}
field_newtype! {
    /// Root of the tree of deposits.
    DepositRoot
}
field_newtype! {
    /// Root of the directory of enrolled parties.
    DirectoryRoot
}
field_newtype! {
    /// Root of the tree of revocations.
    RevocationRoot
}
field_newtype! {
    /// Digest of the attributes that a presentation reveals.
    RevealedDigest
}
field_newtype! {
    /// `digest_field` over an entry's body without its proof: what a minting proof is bound to.
    EntryDigest
}
field_newtype! {
    /// What a presentation's proof and its owner's signature are bound to.
    RequestDigest
}
field_newtype! {
    /// `digest_field` over a disclosure's body: what its proofs are bound to.
    DisclosureDigest
}
