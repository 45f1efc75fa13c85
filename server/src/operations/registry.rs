//! The duplicate registry: it evaluates blinded points for holders, and its keys are rotated by a registrar.
//!
//! In scope: the registry of this installation's ledger, whose keys the wallet keeps; what a holder checks of an answer. Out of scope: blinding
//! and taking it off (crate `primitives`), the ledger's rules.
//! An attacker who owns the registry can test guesses of invoices against the ledger's tags; of what it is asked to evaluate it learns nothing.

use ark_std::rand::rngs::OsRng;
use tradeseal_ledger::state::RegistryRecord;
use tradeseal_primitives::duplicate_tag::{BlindedPoint, DleqProof, EvaluatedPoint, RegistryPublicKey};
use tradeseal_verifier::calendar::format_utc;
use tradeseal_verifier::entry::{Ed25519Key, Entry, Registry, RegistryBody};

use super::LocalLedger;
use super::append::{Accepted, append};
use crate::wallet::{RegistryKey, Wallet, WalletError};
use crate::{Failure, randomness};

/// One point, evaluated under every key that serves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluation {
    /// Under the current key, with the proof.
    pub current: (EvaluatedPoint, DleqProof),
    /// Under the previous key, while there is one.
    pub previous: Option<(EvaluatedPoint, DleqProof)>,
}

/// Has the registry evaluate a blinded point, and checks its answer against the keys that the ledger publishes.
///
/// # Errors
/// `registry_key_missing` if this wallet is not the registry's; `registry_answer` if the answer does not hold.
pub fn evaluate(wallet: &Wallet, keys: &RegistryRecord, blinded: &BlindedPoint) -> Result<Evaluation, Failure> {
    let evaluation = answer(wallet, keys, blinded)?;
    let refused = |cause: &dyn std::fmt::Display| {
        Failure::new(
            "registry_answer",
            format!("the registry's answer is not to be believed: {cause}"),
            "ask again; if it stays so, tell the registrar: its registry uses another key than the ledger publishes",
        )
    };
    let check = |key: &RegistryPublicKey, (evaluated, proof): &(EvaluatedPoint, DleqProof)| {
        proof.verify(key, blinded, evaluated).map_err(|cause| refused(&cause))
    };
    check(&keys.current, &evaluation.current)?;
    match (&keys.previous, &evaluation.previous) {
        (Some(key), Some(answer)) => check(key, answer)?,
        (None, None) => {}
        _ => return Err(refused(&"it is not for the keys that serve")),
    }
    Ok(evaluation)
}

/// The registry's side, for whoever keeps its keys.
fn answer(wallet: &Wallet, keys: &RegistryRecord, blinded: &BlindedPoint) -> Result<Evaluation, Failure> {
    // Asked first, because the generator below panics where this one returns an error.
    randomness::bytes::<1>().map_err(WalletError::from)?;
    let under = |key: &RegistryPublicKey| -> Result<(EvaluatedPoint, DleqProof), Failure> {
        let held: Option<RegistryKey> = wallet.find(&RegistryKey::name_of(key)?)?;
        let held = held.ok_or_else(|| {
            Failure::new(
                "registry_key_missing",
                "this wallet does not hold the key of the ledger's duplicate registry",
                "mint in the --dir where the ledger was begun, or restore the wallet that belongs to it",
            )
        })?;
        Ok(held.secret().evaluate(blinded, &mut OsRng))
    };
    Ok(Evaluation {
        current: under(&keys.current)?,
        previous: keys.previous.as_ref().map(under).transpose()?,
    })
}

/// Replaces the registry's key by a fresh one, which the wallet keeps before the ledger hears of it, and forgets keys that serve no more.
///
/// # Errors
/// `registry_era` before the present key has served its time; the ledger's refusals.
pub fn rotate(wallet: &Wallet, local: &LocalLedger) -> Result<Accepted, Failure> {
    let ledger = local.ledger();
    let view = ledger.view()?;
    let serving = view.registry()?;
    let from = serving.rotates_from(ledger.genesis().registry_era_seconds);
    if view.now() < from {
        return Err(Failure::new(
            "registry_era",
            format!("the registry's key may be replaced from {} on", format_utc(from)),
            "wait until then: keys that change too often would have old invoices refused",
        ));
    }
    let fresh = RegistryKey::generate()?;
    let public = fresh.secret().public();
    wallet.add(&RegistryKey::name_of(&public)?, &fresh)?;
    let secret = local.registrar().signing_key();
    let body = RegistryBody {
        key: public,
        revision: serving.revision + 1,
        registrar: Ed25519Key::of(secret),
    };
    let signed = Registry::sign(body, local.origin(), secret).map_err(|cause| {
        Failure::new(
            "registry_rotation",
            cause.to_string(),
            "report this: the entry could not be signed",
        )
    })?;
    let receipt = append(local, Entry::Registry(Box::new(signed)))?;
    forget_dropped(wallet, &ledger.view()?.registry()?)?;
    Ok(receipt)
}

/// A key that serves no more is of use to nobody but a thief.
fn forget_dropped(wallet: &Wallet, serving: &RegistryRecord) -> Result<(), Failure> {
    for (name, key) in wallet.list::<RegistryKey>()? {
        let public = key.secret().public();
        if public != serving.current && Some(public) != serving.previous {
            wallet.remove::<RegistryKey>(&name)?;
        }
    }
    Ok(())
}

/// Whether this wallet can evaluate for the ledger now.
///
/// # Errors
/// Of the wallet.
pub fn is_kept(wallet: &Wallet, key: &RegistryPublicKey) -> Result<bool, Failure> {
    Ok(wallet.find::<RegistryKey>(&RegistryKey::name_of(key)?)?.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wallet::Secret;
    use tradeseal_primitives::Fr;
    use tradeseal_primitives::duplicate_tag::{Blinding, blind, tag, unblind};
    use tradeseal_primitives::receivable::{Fingerprint, UnixSeconds};

    fn keep(wallet: &Wallet) -> RegistryPublicKey {
        let key = RegistryKey::generate().unwrap();
        let public = key.secret().public();
        wallet.add(&RegistryKey::name_of(&public).unwrap(), &key).unwrap();
        public
    }

    fn serving(current: RegistryPublicKey, previous: Option<RegistryPublicKey>) -> RegistryRecord {
        RegistryRecord {
            revision: u64::from(previous.is_some()),
            current,
            previous,
            era_began: UnixSeconds(0),
            dropped_era_ended: None,
            entry_index: 0,
        }
    }

    #[test]
    fn an_invoice_has_one_tag_under_each_key_however_it_is_blinded() {
        let folder = tempfile::tempdir().unwrap();
        let (wallet, _) = Wallet::open_or_create(folder.path(), &Secret::KeyFile).unwrap();
        let keys = serving(keep(&wallet), Some(keep(&wallet)));
        let fingerprint = Fingerprint::from_fr(Fr::from(7u64));
        let tags = || {
            let blinding = Blinding::random(&mut OsRng);
            let evaluation = evaluate(&wallet, &keys, &blind(fingerprint, &blinding)).unwrap();
            let of = |evaluated: &EvaluatedPoint| tag(fingerprint, &unblind(evaluated, &blinding));
            (of(&evaluation.current.0), of(&evaluation.previous.unwrap().0))
        };
        let (current, previous) = tags();
        assert_eq!(tags(), (current, previous));
        assert_ne!(current, previous);
    }

    #[test]
    fn a_wallet_without_the_ledgers_key_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let (wallet, _) = Wallet::open_or_create(folder.path(), &Secret::KeyFile).unwrap();
        let kept = keep(&wallet);
        let elsewhere = RegistryKey::generate().unwrap().secret().public();
        let blinded = blind(Fingerprint::from_fr(Fr::from(7u64)), &Blinding::random(&mut OsRng));
        for keys in [serving(elsewhere, None), serving(kept, Some(elsewhere))] {
            let refused = evaluate(&wallet, &keys, &blinded).unwrap_err();
            assert_eq!(refused.code(), "registry_key_missing");
        }
    }

    #[test]
    fn keys_that_serve_no_more_are_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let (wallet, _) = Wallet::open_or_create(folder.path(), &Secret::KeyFile).unwrap();
        let [dropped, previous, current] = [keep(&wallet), keep(&wallet), keep(&wallet)];
        forget_dropped(&wallet, &serving(current, Some(previous))).unwrap();
        assert!(is_kept(&wallet, &current).unwrap() && is_kept(&wallet, &previous).unwrap());
        assert!(!is_kept(&wallet, &dropped).unwrap());
    }
}
