//! Keys: made, kept on disk, checked when loaded, named by their content.
//!
//! In scope: development set-ups, keys of ceremonies, the registry's folders, the cache of development keys. Out of scope: checking a
//! ceremony's file (`files`), and whether a verifier believes a key (its trust file says).
//! An attacker who can write to these folders can have proofs fail, which verification before release notices. It cannot have proofs
//! reveal private inputs: what blinds a proof is held to the verifying key when a key is loaded, and development keys to their pins.

mod ceremony;
mod circuit_pin;
mod error;
mod folder;
mod insecure_dev;
mod loaded;
mod prover_slot;
mod record;
mod registry;
mod table_file;

pub use crate::groth16::{BucketSets, ProverSize};
pub use ceremony::ImportError;
pub use circuit_pin::CircuitPin;
pub use error::KeyError;
pub use insecure_dev::insecure_dev_setup;
pub use loaded::LoadedKey;
pub use record::{FileDigest, KeyRecord};
pub use registry::{KeyRegistry, development_key_cache};
pub use tradeseal_circuits::CircuitDigest;

#[cfg(test)]
mod tests;
