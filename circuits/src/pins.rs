//! What each statement's circuit is pinned to, read from `pins/` at compile time.
//!
//! In scope: digest, sizes and the development key made for it. Out of scope: changing them; `make pins` does, on purpose.
//! An attacker who owns this part swaps circuits under their users.

use tradeseal_verifier::statement::StatementId;

use crate::CircuitDigest;

/// A pinned circuit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pin {
    /// Which statement.
    pub statement: StatementId,
    /// Digest of its matrices ([`crate::digest::describe`]).
    pub digest: CircuitDigest,
    /// Rank-1 constraints.
    pub constraints: usize,
    /// Key id of the insecure development key made for it.
    pub development_key_id: [u8; 32],
    /// SHA-256 of that key's proving key file, so that nobody plants another one in a cache. `None` only until `make pins` has run.
    pub development_proving_key: Option<[u8; 32]>,
}

/// The pin of a statement, if this version has its circuit.
pub fn pin(statement: StatementId) -> Option<Pin> {
    FILES
        .iter()
        .find(|(id, _)| *id == statement)
        .and_then(|(_, text)| parse(statement, text))
}

const FILES: [(StatementId, &str); 5] = [
    (
        StatementId::RECEIVABLE_MINT_V2,
        include_str!("../pins/receivable-mint-v2.txt"),
    ),
    (
        StatementId::RECEIVABLE_TRANSFER_V1,
        include_str!("../pins/receivable-transfer-v1.txt"),
    ),
    (
        StatementId::RECEIVABLE_ELIGIBILITY_V2,
        include_str!("../pins/receivable-eligibility-v2.txt"),
    ),
    (
        StatementId::RECEIVABLE_DISCLOSURE_V1,
        include_str!("../pins/receivable-disclosure-v1.txt"),
    ),
    (
        StatementId::CREDENTIAL_PRESENTATION_V1,
        include_str!("../pins/credential-presentation-v1.txt"),
    ),
];

fn parse(statement: StatementId, text: &str) -> Option<Pin> {
    let field = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    let digest = |text: &str| {
        let mut digest = [0; 32];
        hex::decode_to_slice(text, &mut digest).ok()?;
        Some(digest)
    };
    Some(Pin {
        statement,
        digest: field("digest")?.parse().ok()?,
        constraints: field("constraints")?.parse().ok()?,
        development_key_id: digest(field("development_key_id")?)?,
        development_proving_key: field("development_proving_key").and_then(digest),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_statement_of_this_version_has_a_pin() {
        for (statement, _) in StatementId::REGISTRY {
            assert_eq!(pin(statement).map(|pin| pin.statement), Some(statement), "{statement}");
        }
    }
}
