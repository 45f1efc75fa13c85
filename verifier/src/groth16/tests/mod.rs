//! Keys and proofs against ark-groth16 as oracle, and from bytes on the wire.

mod agreement;
mod case;
mod keys;
mod proofs;
