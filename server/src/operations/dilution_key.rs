//! The key that may dilute one receivable: made of its maker's spending key whenever it is needed, and never kept.
//!
//! In scope: the derivation. Out of scope: what is signed with it (`dilute`).
//! An attacker who owns this part lowers what receivables prove. One who learns such a key learns neither the spending key nor another receivable's.

use ed25519_dalek::SigningKey;
use hkdf::Hkdf;
use sha2::Sha256;
use tradeseal_primitives::receivable::Fingerprint;
use tradeseal_verifier::entry::{DilutionKey, Ed25519Key, LedgerId};
use zeroize::Zeroizing;

use crate::Failure;
use crate::wallet::Party;

const INFO: &[u8] = b"tradeseal/dilution-key/v1";

/// Both halves of a dilution key. The secret one is wiped when dropped.
pub struct DilutionSecret {
    /// Signs dilutions.
    pub secret: SigningKey,
    /// Stands in the mint entry.
    pub public: DilutionKey,
}

/// The party's dilution key for one invoice on one ledger: HKDF-SHA256 of its spending key, without salt, for
/// `tradeseal/dilution-key/v1`, the ledger's id and the fingerprint.
///
/// # Errors
/// `dilution_key` in the one case of 2^64 where its number would be 0.
pub fn derive(party: &Party, ledger: &LedgerId, fingerprint: Fingerprint) -> Result<DilutionSecret, Failure> {
    let unusable = || {
        Failure::new(
            "dilution_key",
            "this party's dilution key for this invoice has the number 0",
            "have the invoice issued again under another number",
        )
    };
    let info = Zeroizing::new([INFO, &ledger.0, &fingerprint.to_bytes()].concat());
    let mut seed = Zeroizing::new([0; 32]);
    Hkdf::<Sha256>::new(None, party.spending_key().as_bytes())
        .expand(&info, &mut seed[..])
        .map_err(|_| unusable())?;
    let secret = SigningKey::from_bytes(&seed);
    let public = DilutionKey::new(Ed25519Key::of(&secret)).ok_or_else(unusable)?;
    Ok(DilutionSecret { secret, public })
}

#[cfg(test)]
mod tests {
    use super::*;
    use tradeseal_primitives::Fr;

    #[test]
    fn each_party_ledger_and_invoice_has_its_own_key_which_comes_back() {
        let (party, other) = (Party::generate(None).unwrap(), Party::generate(None).unwrap());
        let fingerprint = |n: u64| Fingerprint::from_fr(Fr::from(n));
        let key = |party, ledger, n| derive(party, &LedgerId([ledger; 32]), fingerprint(n)).unwrap().public;
        let first = key(&party, 1, 1);
        assert_eq!(first, key(&party, 1, 1));
        for differs in [key(&other, 1, 1), key(&party, 2, 1), key(&party, 1, 2)] {
            assert_ne!(first.key(), differs.key());
            assert_ne!(first.number(), differs.number());
        }
    }

    /// RFC 5869 by hand: HMAC as extract, then one block of expand.
    #[test]
    fn the_derivation_is_hkdf_without_salt() {
        use hmac::{Hmac, KeyInit, Mac};
        let party = Party::generate(None).unwrap();
        let (ledger, fingerprint) = (LedgerId([7; 32]), Fingerprint::from_fr(Fr::from(9u64)));
        let hmac = |key: &[u8], message: &[u8]| -> [u8; 32] {
            let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
            mac.update(message);
            mac.finalize().into_bytes().into()
        };
        let extracted = hmac(&[0; 32], party.spending_key().as_bytes());
        let message = [
            b"tradeseal/dilution-key/v1".as_slice(),
            &[7; 32],
            &fingerprint.to_bytes(),
            &[1],
        ]
        .concat();
        let expected = SigningKey::from_bytes(&hmac(&extracted, &message));
        assert_eq!(derive(&party, &ledger, fingerprint).unwrap().secret, expected);
    }
}
