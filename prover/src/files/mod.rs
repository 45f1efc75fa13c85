//! Files that other provers and set-up tools read and write: `.r1cs`, `.wtns`, `.zkey`, `.ptau` (`docs/ceremony.md`).
//!
//! In scope: writing circuits, assignments and keys; reading the key that a ceremony made, and the powers of tau below it, with every
//! check. Out of scope: running a ceremony (snarkjs does), where keys are kept (`keys`). `.r1cs` and `.wtns` are never read.
//! An attacker who owns this part has forgeable keys taken for those of a ceremony.

mod layout;
mod montgomery;
mod pairings;
mod ptau;
mod r1cs;
mod sections;
mod wtns;
mod zkey;

pub use layout::{ExportError, circuit_digest};
pub use montgomery::PointRefused;
pub use ptau::{Powers, PtauError};
pub use r1cs::r1cs;
pub use sections::SectionError;
pub use wtns::wtns;
pub use zkey::{
    Beacon, CheckedZkey, Contribution, ContributionError, Relation, ZkeyError, ZkeyPart, check_zkey,
    unchecked_zkey_parse, zkey,
};
