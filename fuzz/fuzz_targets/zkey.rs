//! Keys and powers of tau that a stranger hands over: refused without a panic, and without memory for counts that the file only claims.
#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use rand_chacha::rand_core::SeedableRng;
use tradeseal_prover::files::{Powers, unchecked_zkey_parse};

/// The sizes of the circuit that the corpus is for: wires, public rows, points of the domain.
const SIZES: [usize; 3] = [6, 3, 8];

fuzz_target!(|bytes: &[u8]| {
    let [wires, public_rows, domain] = SIZES;
    let _ = unchecked_zkey_parse(bytes, wires, public_rows, domain);
    let mut rng = rand_chacha::ChaCha20Rng::from_seed([1; 32]);
    let _ = Powers::read(&mut Cursor::new(bytes), domain, &mut rng);
});
