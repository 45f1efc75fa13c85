//! Reads arbitrary bytes as a proof: one encoding per proof, and the batch reader agrees.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tradeseal_verifier::groth16::Proof;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(proof) = Proof::from_bytes(bytes) {
        assert_eq!(proof.to_bytes(), bytes);
        let (a, b, c) = proof.points();
        assert_eq!(Proof::from_points(*a, *b, *c).as_ref(), Ok(&proof));
    }
});
