//! Domain-separated hashing: `H(what; inputs)` of `docs/protocol.md` section 1.
//!
//! In scope: the domain tags and how bytes and text become field elements. Out of scope: the permutation (`poseidon`).
//! An attacker who owns this part could make two objects of different kinds share a hash.

use alloc::vec::Vec;
use sha2::{Digest, Sha256};

use crate::{Fr, field, poseidon};

/// What a hash is for. Its tag, the ASCII of `tradeseal/<what>/v1` as a big-endian integer, is the first input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Domain(&'static str);

macro_rules! domains {
    ($($(#[$doc:meta])* $name:ident = $what:literal;)*) => {
        impl Domain {
            $($(#[$doc])* pub const $name: Self = Self::new(concat!("tradeseal/", $what, "/v1"));)*

            /// Every domain in use; a test holds that no two are equal.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];
        }
    };
}

domains! {
    /// Owner address.
    ADDRESS = "address";
    /// Normalised party identifier.
    PARTY_ID = "party-id";
    /// Scheme of a party identifier.
    PARTY_SCHEME = "party-scheme";
    /// Value of a party identifier.
    PARTY_VALUE = "party-value";
    /// Leaf of the directory tree.
    DIRECTORY_LEAF = "directory-leaf";
    /// Leaf of a set tree.
    SET_MEMBER = "set-member";
    /// Leaf of an indexed tree.
    INDEXED_LEAF = "indexed-leaf";
    /// Invoice number.
    INVOICE_NUMBER = "invoice-number";
    /// Invoice fingerprint.
    FINGERPRINT = "fingerprint";
    /// Salted fingerprint.
    RECEIVABLE = "receivable";
    /// Document digest.
    DOCUMENT = "document";
    /// Terms of a receivable.
    TERMS = "terms";
    /// Note commitment.
    NOTE = "note";
    /// Leaf of the note tree.
    NOTE_LEAF = "note-leaf";
    /// Nullifier.
    NULLIFIER = "nullifier";
    /// Debtor's acknowledgment.
    ACKNOWLEDGMENT = "acknowledgment";
    /// What the first owner signs to mint.
    MINT_SIGNATURE = "mint-signature";
    /// Digest of a mint entry's body.
    MINT_ENTRY = "mint-entry";
    /// Digest of a transfer entry's body, which the owner signs.
    TRANSFER_ENTRY = "transfer-entry";
    /// A verifier's policy with its context.
    POLICY = "policy";
    /// A verifier's request.
    REQUEST = "request";
    /// A verifier's public key.
    VERIFIER_KEY = "verifier-key";
    /// Body of a request.
    REQUEST_CONTEXT = "request-context";
    /// What an owner signs to answer a request.
    ELIGIBILITY_SIGNATURE = "eligibility-sig";
    /// Inputs of the map to the curve.
    HASH_TO_CURVE = "hash-to-curve";
    /// Duplicate tag.
    DUPLICATE_TAG = "duplicate-tag";
    /// Leaf of the tree of deposits.
    DEPOSIT_LEAF = "deposit-leaf";
    /// Leaf of the dilution tree.
    DILUTION_LEAF = "dilution-leaf";
    /// Who may dilute a receivable, and on which ledger.
    DILUTION_RIGHT = "dilution-right";
    /// Body of a disclosure.
    DISCLOSURE = "disclosure";
    /// What an owner signs to disclose a receivable.
    DISCLOSURE_SIGNATURE = "disclosure-sig";
    /// The address of what has been settled.
    SETTLED = "settled";
    /// Which schema a credential follows.
    SCHEMA = "schema";
    /// A text as an attribute.
    ATTRIBUTE_TEXT = "attribute-text";
    /// A credential, as its issuer signs it.
    CREDENTIAL = "credential";
    /// What names a credential to its issuer's revocations.
    REVOCATION = "revocation";
    /// An issuer with the days in which it is trusted to issue.
    TRUSTED_ISSUER = "trusted-issuer";
    /// The predicates of a query.
    PREDICATES = "predicates";
    /// What a verifier asks of a credential.
    QUERY = "query";
    /// Where a credential may be used once.
    SCOPE = "scope";
    /// What a credential is used up under in a scope.
    SCOPE_NULLIFIER = "scope-nullifier";
    /// The attributes that a presentation reveals.
    REVEALED = "revealed";
    /// What a holder signs to present a credential.
    PRESENTATION_SIGNATURE = "presentation-sig";
}

/// A tag must stay below the modulus: 30 bytes are 240 bits.
const MAX_TAG_BYTES: usize = 30;

impl Domain {
    const fn new(text: &'static str) -> Self {
        assert!(text.len() <= MAX_TAG_BYTES, "a domain tag is under 31 bytes");
        Self(text)
    }

    /// The ASCII text of the tag.
    pub const fn text(self) -> &'static str {
        self.0
    }

    /// The tag as a field element.
    pub fn tag(self) -> Fr {
        let mut bytes = [0u8; 32];
        bytes[32 - self.0.len()..].copy_from_slice(self.0.as_bytes());
        let [high, low] = field::limbs(&bytes);
        high * Fr::from(1u128 << 64) * Fr::from(1u128 << 64) + low
    }
}

/// `H(domain; inputs)`: Poseidon over the tag and then the inputs.
///
/// # Panics
/// If there are no inputs or more than 15 (t = 17): the number of inputs is fixed by each formula, not by data.
pub fn hash(domain: Domain, inputs: &[Fr]) -> Fr {
    let mut all = Vec::with_capacity(inputs.len() + 1);
    all.push(domain.tag());
    all.extend_from_slice(inputs);
    poseidon::poseidon(&all)
}

/// A 32-byte digest as one field element: `H(domain; high half, low half)`.
pub fn digest_field(domain: Domain, digest: &[u8; 32]) -> Fr {
    hash(domain, &field::limbs(digest))
}

/// Text of any length as one field element: the SHA-256 of its UTF-8 bytes through [`digest_field`].
pub fn text_field(domain: Domain, text: &str) -> Fr {
    digest_field(domain, &sha256(text.as_bytes()))
}

/// SHA-256 of bytes.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_bigint::BigUint;

    #[test]
    fn a_tag_is_its_text_read_as_a_big_endian_integer() {
        let text = Domain::NULLIFIER.text();
        assert_eq!(text, "tradeseal/nullifier/v1");
        let integer = BigUint::from_bytes_be(text.as_bytes());
        assert_eq!(field::to_decimal(&Domain::NULLIFIER.tag()), integer.to_string());
    }

    #[test]
    fn no_two_domains_share_a_tag() {
        for (i, a) in Domain::ALL.iter().enumerate() {
            for b in &Domain::ALL[i + 1..] {
                assert_ne!(a.tag(), b.tag(), "{} and {}", a.text(), b.text());
            }
        }
    }

    #[test]
    fn digests_that_differ_in_one_bit_give_different_elements() {
        let base = sha256(b"document");
        for bit in 0..256 {
            let mut other = base;
            other[bit / 8] ^= 1 << (bit % 8);
            assert_ne!(
                digest_field(Domain::DOCUMENT, &base),
                digest_field(Domain::DOCUMENT, &other)
            );
        }
    }
}
