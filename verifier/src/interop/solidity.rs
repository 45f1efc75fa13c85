//! A Solidity contract that verifies proofs under one key.
//!
//! In scope: its text, of our own writing, over the precompiled contracts of EIP-196 and EIP-197. Out of scope: deploying it, and
//! what a contract should do with an answer: proofs re-randomise, so one that consumes a proof must remember the nullifier
//! among its rows, never the proof.
//! It refuses what this crate refuses: wrong numbers of rows, rows of r or more, proofs that are not 256 bytes, identity points;
//! coordinates of q or more and points off the curve or outside the subgroup the precompiled contracts refuse.
//! An attacker who owns this part can have a contract accept false statements.

use alloc::format;
use alloc::string::{String, ToString};

use ark_bn254::{Fr, G1Affine, G2Affine};
use ark_ff::PrimeField;

use super::decimal::{decimal, imaginary_first};
use crate::groth16::{Provenance, VerifyingKey};

/// The contract's name.
pub const CONTRACT: &str = "TradesealVerifier";

/// Words of one pair in the pairing's input.
const PAIR_WORDS: usize = 6;

/// The source of the contract for a key. It exposes
/// `verify(bytes calldata proof, uint256[] calldata rows) external view returns (bool)`, where `proof` is the 256 bytes of a
/// presentation and `rows` the statement's public rows in their order.
pub fn verifier_contract(key: &VerifyingKey, provenance: Provenance) -> String {
    let (alpha, beta, gamma, delta) = key.group_points();
    let rows = key.statement().row_names();
    let constants = [
        g1_words(1, alpha),
        g2_words(1, &-*beta),
        g2_words(2, &-*gamma),
        g2_words(3, &-*delta),
    ]
    .concat();
    TEMPLATE
        .replace("{contract}", CONTRACT)
        .replace("{statement}", key.statement().as_str())
        .replace("{key_id}", &key.key_id().to_string())
        .replace("{provenance}", &provenance_note(provenance))
        .replace("{row_names}", &rows.join(", "))
        .replace("{row_count}", &rows.len().to_string())
        .replace("{scalar_order}", &Fr::MODULUS.to_string())
        .replace("{folding}", &folding(key.input_points()))
        .replace("{constants}", &constants)
}

fn provenance_note(provenance: Provenance) -> String {
    match provenance {
        Provenance::InsecureDev => {
            "DEVELOPMENT KEY: whoever made it can forge proofs. Not for anything of value.".into()
        }
        Provenance::Ceremony { transcript } => {
            format!(
                "Made in the ceremony whose transcript has SHA-256 {}.",
                hex::encode(transcript.0)
            )
        }
    }
}

/// The constant's point, then one multiplication for each row.
fn folding(inputs: &[G1Affine]) -> String {
    let mut out = String::new();
    for (index, point) in inputs.iter().enumerate() {
        let (x, y) = (decimal(point.x), decimal(point.y));
        out += &match index.checked_sub(1) {
            None => format!("        sum[0] = {x};\n        sum[1] = {y};\n"),
            Some(row) => format!(
                "        if (!_addProduct(sum, {x}, {y}, rows[{row}])) {{\n            return false;\n        }}\n"
            ),
        };
    }
    out
}

fn g1_words(pair: usize, point: &G1Affine) -> String {
    words(pair * PAIR_WORDS, &[decimal(point.x), decimal(point.y)])
}

fn g2_words(pair: usize, point: &G2Affine) -> String {
    words(pair * PAIR_WORDS + 2, &imaginary_first(point))
}

fn words(first: usize, values: &[String]) -> String {
    let line = |(at, value): (usize, &String)| format!("        pairs[{}] = {value};\n", first + at);
    values.iter().enumerate().map(line).collect()
}

const TEMPLATE: &str = "\
// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.20;

/// @title Verifies proofs of {statement} under one key.
/// @notice Key {key_id}
/// @notice {provenance}
/// @dev Proofs re-randomise: whoever consumes one must remember the nullifier among its rows, never the proof's bytes.
contract {contract} {
    /// Rows: {row_names}.
    uint256 public constant ROWS = {row_count};

    uint256 private constant SCALAR_ORDER = {scalar_order};

    /// @param proof 256 bytes: A, B with imaginary parts first, C.
    /// @param rows The statement's public rows, in order, each below the scalar order.
    /// @return Whether the proof holds for exactly these rows.
    function verify(bytes calldata proof, uint256[] calldata rows) external view returns (bool) {
        if (proof.length != 256 || rows.length != ROWS) {
            return false;
        }
        for (uint256 i = 0; i < ROWS; ++i) {
            if (rows[i] >= SCALAR_ORDER) {
                return false;
            }
        }
        uint256[24] memory pairs;
        assembly (\"memory-safe\") {
            // A and B as the first pair's points; C as the fourth's first.
            calldatacopy(pairs, proof.offset, 0xc0)
            calldatacopy(add(pairs, 0x240), add(proof.offset, 0xc0), 0x40)
        }
        if (_isIdentity(pairs)) {
            return false;
        }
        uint256[5] memory sum;
{folding}        pairs[12] = sum[0];
        pairs[13] = sum[1];
        // alpha, then -beta, -gamma and -delta.
{constants}        bool done;
        uint256[1] memory product;
        assembly (\"memory-safe\") {
            done := staticcall(gas(), 0x08, pairs, 0x300, product, 0x20)
        }
        return done && product[0] == 1;
    }

    /// @dev The precompiled contracts take zeros for the identity, which no sound proof holds.
    function _isIdentity(uint256[24] memory pairs) private pure returns (bool) {
        return (pairs[0] | pairs[1]) == 0 || (pairs[2] | pairs[3] | pairs[4] | pairs[5]) == 0
            || (pairs[18] | pairs[19]) == 0;
    }

    /// @dev sum[0..1] += scalar * (x, y); sum[2..4] are room for the product.
    function _addProduct(uint256[5] memory sum, uint256 x, uint256 y, uint256 scalar) private view returns (bool done) {
        assembly (\"memory-safe\") {
            let product := add(sum, 0x40)
            mstore(product, x)
            mstore(add(product, 0x20), y)
            mstore(add(product, 0x40), scalar)
            done := staticcall(gas(), 0x07, product, 0x60, product, 0x40)
            if done {
                done := staticcall(gas(), 0x06, sum, 0x80, sum, 0x40)
            }
        }
    }
}
";
