//! The key that may dilute one receivable: made of its maker's spending key whenever it is needed, and never kept.
//!
//! In scope: the derivation. Out of scope: what is signed with it (`dilute`).
//! An attacker who owns this part lowers what receivables prove. One who learns such a key learns neither the spending key nor another receivable's.

use ed25519_dalek::SigningKey;
use hkdf::Hkdf;
use sha2::Sha256;
use tradeseal_ledger::view::View;
use tradeseal_primitives::receivable::Fingerprint;
use tradeseal_verifier::entry::{DilutionKey, Ed25519Key, LedgerId};
use zeroize::Zeroizing;

use super::LocalLedger;
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

/// Most keys of one party for one invoice. Each but the first costs whoever takes its number a minted receivable.
const MAX_KEYS: u8 = 16;

/// The party's keys for one invoice on one ledger whose numbers the ledger has, in order, and the first whose number it has not.
///
/// A mint names a dilution key without showing that it holds the secret one, so whoever sees a mint before the ledger does can take its number for a
/// receivable of its own. The next key's number is known to nobody until it is used.
///
/// # Errors
/// `dilution_key` if every number is taken; the ledger's.
pub fn used_and_next(
    party: &Party,
    view: &View<'_>,
    (ledger, fingerprint): (&LedgerId, Fingerprint),
) -> Result<(Vec<DilutionSecret>, DilutionSecret), Failure> {
    let mut used = Vec::new();
    for count in 0..MAX_KEYS {
        let key = derive(party, ledger, fingerprint, count)?;
        if view.receivable(key.public.number())?.is_none() {
            return Ok((used, key));
        }
        used.push(key);
    }
    Err(Failure::new(
        "dilution_key",
        "the ledger has a receivable for every dilution key of this party for this invoice",
        "have the invoice issued again under another number",
    ))
}

/// The party's next key for an invoice on a ledger.
///
/// # Errors
/// As [`used_and_next`].
pub fn unused(party: &Party, local: &LocalLedger, fingerprint: Fingerprint) -> Result<DilutionKey, Failure> {
    let view = local.ledger().view()?;
    Ok(used_and_next(party, &view, (&local.id(), fingerprint))?.1.public)
}

/// The party's dilution key for one invoice on one ledger: HKDF-SHA256 of its spending key, without salt, for
/// `tradeseal/dilution-key/v1`, the ledger's id, the fingerprint and how many keys came before it (one byte).
///
/// # Errors
/// `dilution_key` in the one case of 2^64 where its number would be 0.
pub fn derive(
    party: &Party,
    ledger: &LedgerId,
    fingerprint: Fingerprint,
    count: u8,
) -> Result<DilutionSecret, Failure> {
    let unusable = || {
        Failure::new(
            "dilution_key",
            "this party's dilution key for this invoice has the number 0",
            "have the invoice issued again under another number",
        )
    };
    let info = Zeroizing::new([INFO, &ledger.0, &fingerprint.to_bytes(), &[count]].concat());
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
        let key = |party, ledger, n| {
            derive(party, &LedgerId([ledger; 32]), fingerprint(n), 0)
                .unwrap()
                .public
        };
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
            &[3],
            &[1],
        ]
        .concat();
        let expected = SigningKey::from_bytes(&hmac(&extracted, &message));
        assert_eq!(derive(&party, &ledger, fingerprint, 3).unwrap().secret, expected);
    }
}
