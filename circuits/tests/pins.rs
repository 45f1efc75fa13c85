//! Circuits are what they were: digest, size and budget of each statement.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use tradeseal_circuits::{
    Statement,
    credential::presentation::Presentation,
    digest, pins,
    receivable::{disclosure::Disclosure, eligibility::Eligibility, mint::Mint, transfer::Transfer},
};

/// DESIGN section 9: constraints and public rows (with the constant one) must fit the evaluation domain.
fn holds_its_pin<S: Statement>(domain: usize) {
    let (found, size) = digest::describe::<S>().unwrap();
    println!("{}: {size:?}, digest {found}", S::ID);
    let used = size.constraints + size.public_rows + 1;
    assert!(used <= domain, "{} needs {used} of a domain of {domain}", S::ID);
    let pin = pins::pin(S::ID).unwrap();
    assert_eq!(
        (pin.digest, pin.constraints),
        (found, size.constraints),
        "{}: the circuit changed. If that is meant, run `make pins` and say so in the changelog: keys made for the old circuit stop working.",
        S::ID
    );
}

#[test]
fn mint_is_the_pinned_circuit_and_fits_its_budget() {
    holds_its_pin::<Mint>(1 << 15);
}

#[test]
fn transfer_is_the_pinned_circuit_and_fits_its_budget() {
    holds_its_pin::<Transfer>(1 << 14);
}

#[test]
fn eligibility_is_the_pinned_circuit_and_fits_its_budget() {
    holds_its_pin::<Eligibility>(1 << 14);
}

#[test]
fn disclosure_is_the_pinned_circuit_and_fits_its_budget() {
    holds_its_pin::<Disclosure>(1 << 13);
}

#[test]
fn presentation_is_the_pinned_circuit_and_fits_its_budget() {
    holds_its_pin::<Presentation>(1 << 15);
}
