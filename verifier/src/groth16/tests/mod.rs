//! Keys and proofs against ark-groth16 as oracle, and from bytes on the wire.

mod agreement;
mod batch;
mod case;
mod keys;
mod proofs;
mod trapdoor;
