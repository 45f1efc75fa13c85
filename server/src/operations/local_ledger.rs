//! The ledger in this installation's folder: begun on first use, with keys that the wallet keeps.
//!
//! In scope: `<dir>/ledger`, its log key and registrar key, the verifying keys it runs with. Out of scope: its rules.
//! An attacker who owns this part begins ledgers that accept keys of its choice.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use tradeseal_ledger::{GenesisParams, Ledger, LedgerError, LedgerOptions, ProofKeys};
use tradeseal_prover::Progress;
use tradeseal_verifier::entry::Ed25519Key;
use tradeseal_verifier::groth16::{Provenance, VerifyingKey};
use tradeseal_verifier::log::KeyName;

use crate::statements::{Provable, is_current};
use crate::wallet::{ItemName, LedgerLogKey, RegistrarKey, Wallet, WalletError};
use crate::{Context, Failure, randomness};

/// For how long a root that was replaced still serves in a proof: an hour.
const ROOT_GRACE_SECONDS: u64 = 3600;
/// The registrar's name in the wallet of a ledger that was begun here.
const REGISTRAR: &str = "registrar";

/// An open ledger of this installation.
pub struct LocalLedger {
    ledger: Ledger,
    registrar: RegistrarKey,
}

impl LocalLedger {
    /// Opens the ledger, or begins it: a fresh log key, a fresh registrar, this build's development keys accepted.
    ///
    /// # Errors
    /// [`Failure`] if wallet, keys or store refuse.
    pub fn open_or_begin(context: &Context, wallet: &Wallet, progress: &mut dyn Progress) -> Result<Self, Failure> {
        match Self::open(context, wallet, progress) {
            Err(missing) if missing.code() == "ledger_missing" => Self::begin(context, wallet, progress),
            opened => opened,
        }
    }

    /// Opens the ledger.
    ///
    /// # Errors
    /// `ledger_missing` if none was begun here; as [`LocalLedger::open_or_begin`].
    pub fn open(context: &Context, wallet: &Wallet, progress: &mut dyn Progress) -> Result<Self, Failure> {
        let path = ledger_path(context);
        let Some((_, log_key)) = wallet
            .list::<LedgerLogKey>()?
            .into_iter()
            .next()
            .filter(|_| path.exists())
        else {
            return Err(LedgerError::NotCreated.into());
        };
        let registrar = wallet.get::<RegistrarKey>(&registrar_name()?)?;
        let proofs = Arc::new(ProofKeys::new(keys_alone(verifying_keys(context, progress)?)));
        let signing_key = log_key.signing_key().clone();
        let ledger = Ledger::open(&path, signing_key, proofs, &LedgerOptions::default())?;
        Ok(Self { ledger, registrar })
    }

    fn begin(context: &Context, wallet: &Wallet, progress: &mut dyn Progress) -> Result<Self, Failure> {
        let keys: Vec<_> = keys_alone(verifying_keys(context, progress)?).collect();
        let mut accepted_keys = BTreeMap::<_, BTreeSet<_>>::new();
        for key in &keys {
            accepted_keys.entry(key.statement()).or_default().insert(key.key_id());
        }
        let (origin, log_key) = log_key(wallet)?;
        let (registrar, _) = wallet.get_or_make(&registrar_name()?, RegistrarKey::generate)?;
        let params = GenesisParams {
            origin,
            registrars: [Ed25519Key::of(registrar.signing_key())].into(),
            accepted_keys,
            root_grace_seconds: ROOT_GRACE_SECONDS,
        };
        let proofs = Arc::new(ProofKeys::new(keys));
        let signing_key = log_key.signing_key().clone();
        let ledger = Ledger::create(
            &ledger_path(context),
            params,
            signing_key,
            proofs,
            &LedgerOptions::default(),
        )?;
        Ok(Self { ledger, registrar })
    }

    /// The ledger.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Who enrols parties here.
    pub fn registrar(&self) -> &RegistrarKey {
        &self.registrar
    }

    /// The log's unique name.
    pub fn origin(&self) -> &KeyName {
        &self.ledger.genesis().origin
    }
}

fn keys_alone(keys: Vec<(VerifyingKey, Provenance)>) -> impl Iterator<Item = VerifyingKey> {
    keys.into_iter().map(|(key, _)| key)
}

/// Whether a ledger was begun in this folder.
pub fn exists(context: &Context) -> bool {
    ledger_path(context).exists()
}

fn ledger_path(context: &Context) -> PathBuf {
    context.dir().join("ledger")
}

fn registrar_name() -> Result<ItemName, WalletError> {
    REGISTRAR.parse()
}

/// The log's key, under its origin; one that an interrupted beginning left is used again.
fn log_key(wallet: &Wallet) -> Result<(KeyName, LedgerLogKey), Failure> {
    let named = |name: &ItemName| {
        KeyName::new(name.as_str())
            .map_err(|cause| Failure::new("ledger_origin", cause.to_string(), "use another --dir"))
    };
    if let Some((name, key)) = wallet.list::<LedgerLogKey>()?.into_iter().next() {
        return Ok((named(&name)?, key));
    }
    let suffix = hex::encode(*randomness::bytes::<4>().map_err(WalletError::from)?);
    let name: ItemName = format!("tradeseal.local/{suffix}").parse()?;
    let (key, _) = wallet.get_or_make(&name, LedgerLogKey::generate)?;
    Ok((named(&name)?, key))
}

/// Every key that this installation has for this build's circuits, a development key made where there is none.
///
/// # Errors
/// [`Failure`] if a key cannot be read or made.
pub fn verifying_keys(
    context: &Context,
    progress: &mut dyn Progress,
) -> Result<Vec<(VerifyingKey, Provenance)>, Failure> {
    let registry = context.key_registry();
    let mut keys = Vec::new();
    for provable in Provable::ALL {
        let records = registry.list(&[provable.statement])?;
        let mut current = records.iter().filter(|record| is_current(record)).peekable();
        if current.peek().is_none() {
            let made = (provable.insecure_dev_key)(&registry, progress)?;
            keys.push((made.verifying_key().clone(), made.record().provenance));
        }
        for record in current {
            keys.push((
                registry.verifying_key(provable.statement, record.key_id)?.1,
                record.provenance,
            ));
        }
    }
    Ok(keys)
}
