//! Writes `circuits/pins/` anew: run it only when a circuit was changed on purpose.
#![allow(clippy::print_stdout)]

use std::{error::Error, fs, path::Path};
use tradeseal_tests::CurrentCircuit;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../circuits/pins");
    for circuit in CurrentCircuit::all()? {
        fs::write(folder.join(circuit.file_name()), circuit.pin_text())?;
        println!(
            "{}: {} constraints, digest {}",
            circuit.statement, circuit.constraints, circuit.digest
        );
    }
    Ok(())
}
