//! The ledger in this installation's folder: begun on first use, with keys that the wallet keeps.
//!
//! In scope: `<dir>/ledger`, its log key, registrar key and registry key, the verifying keys it runs with. Out of scope: its rules.
//! An attacker who owns this part begins ledgers that accept keys of its choice.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use tradeseal_ledger::{GenesisParams, Ledger, LedgerError, LedgerOptions, ProofKeys};
use tradeseal_primitives::duplicate_tag::RegistryPublicKey;
use tradeseal_prover::Progress;
use tradeseal_prover::durable_file::{self, Readers};
use tradeseal_prover::keys::{KeyRecord, KeyRegistry};
use tradeseal_verifier::entry::{Ed25519Key, LedgerId};
use tradeseal_verifier::groth16::{Provenance, VerifyingKey};
use tradeseal_verifier::log::{KeyName, LogKey, LogSigner};
use tradeseal_witness::client::ClientOptions;

use super::witness_policy;
use super::witness_quorum::WitnessQuorum;
use crate::statements::{self, Provable};
use crate::wallet::{ItemName, LedgerLogKey, RegistrarKey, RegistryKey, Wallet, WalletError};
use crate::{Context, Failure, randomness};

/// For how long a root that was replaced still serves in a proof: an hour.
const ROOT_GRACE_SECONDS: u64 = 3600;
/// How long each key of the duplicate registry serves at least: 180 days, so that an invoice issued within them can always be minted.
const REGISTRY_ERA_SECONDS: u64 = 180 * 86_400;
/// More than any origin has.
const MAX_ORIGIN_BYTES: u64 = 1024;
/// The registrar's name in the wallet of a ledger that was begun here.
const REGISTRAR: &str = "registrar";

/// The times by which a ledger runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LedgerTimes {
    /// For how long a root that was replaced still serves in a proof.
    pub root_grace_seconds: u64,
    /// How long each key of the duplicate registry serves at least.
    pub registry_era_seconds: u64,
}

impl Default for LedgerTimes {
    fn default() -> Self {
        Self {
            root_grace_seconds: ROOT_GRACE_SECONDS,
            registry_era_seconds: REGISTRY_ERA_SECONDS,
        }
    }
}

/// An open ledger of this installation.
pub struct LocalLedger {
    ledger: Ledger,
    registrar: RegistrarKey,
    has_quorum: bool,
}

impl LocalLedger {
    /// Opens the ledger, or begins it: a fresh log key, a fresh registrar, and the keys of [`acceptable_keys`] accepted.
    ///
    /// # Errors
    /// [`Failure`] if wallet, keys or store refuse.
    pub fn open_or_begin(context: &Context, wallet: &Wallet, progress: &mut dyn Progress) -> Result<Self, Failure> {
        match Self::open(context, wallet, progress) {
            Err(missing) if missing.code() == "ledger_missing" => {
                Self::begin(context, wallet, &LedgerTimes::default(), progress)
            }
            opened => opened,
        }
    }

    /// Opens the ledger.
    ///
    /// # Errors
    /// `ledger_missing` if none was begun here; as [`LocalLedger::open_or_begin`].
    pub fn open(context: &Context, wallet: &Wallet, progress: &mut dyn Progress) -> Result<Self, Failure> {
        let path = ledger_path(context);
        let log_key = wallet.list::<LedgerLogKey>()?.into_iter().next();
        let (name, log_key) = match log_key {
            _ if !path.exists() => return Err(LedgerError::NotCreated.into()),
            None => return Err(without_its_wallet()),
            Some(found) => found,
        };
        let registrar = wallet.get::<RegistrarKey>(&registrar_name()?)?;
        let proofs = Arc::new(ProofKeys::new(keys_alone(verifying_keys(context, progress)?)));
        let signing_key = log_key.signing_key().clone();
        let options = options(context, &log_key_of(&name, &log_key)?)?;
        let ledger = Ledger::open(&path, signing_key, proofs, &options)?;
        remember_begun(context, &name)?;
        let has_quorum = options.quorum.is_some();
        Ok(Self {
            ledger,
            registrar,
            has_quorum,
        })
    }

    /// Begins the ledger with these times, which hold for as long as it runs.
    ///
    /// # Errors
    /// `ledger_lost` if this wallet's log key has signed a ledger before; as [`LocalLedger::open_or_begin`].
    pub fn begin(
        context: &Context,
        wallet: &Wallet,
        times: &LedgerTimes,
        progress: &mut dyn Progress,
    ) -> Result<Self, Failure> {
        require_never_begun(context)?;
        let keys: Vec<_> = keys_alone(acceptable_keys(context, progress)?).collect();
        let mut accepted_keys = BTreeMap::<_, BTreeSet<_>>::new();
        for key in &keys {
            accepted_keys.entry(key.statement()).or_default().insert(key.key_id());
        }
        let (name, origin, log_key) = log_key(wallet)?;
        let (registrar, _) = wallet.get_or_make(&registrar_name()?, RegistrarKey::generate)?;
        let params = GenesisParams {
            origin,
            registrars: [Ed25519Key::of(registrar.signing_key())].into(),
            accepted_keys,
            root_grace_seconds: times.root_grace_seconds,
            registry_key: registry_key(wallet)?,
            registry_era_seconds: times.registry_era_seconds,
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
        remember_begun(context, &name)?;
        Ok(Self {
            ledger,
            registrar,
            has_quorum: false,
        })
    }

    /// The ledger.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Whether receipts wait for a quorum of log witnesses.
    pub fn has_quorum(&self) -> bool {
        self.has_quorum
    }

    /// Who enrols parties here.
    pub fn registrar(&self) -> &RegistrarKey {
        &self.registrar
    }

    /// The ledger's id, which debtors acknowledge for.
    pub fn id(&self) -> LedgerId {
        self.ledger.genesis().ledger_id()
    }

    /// The log's unique name.
    pub fn origin(&self) -> &KeyName {
        &self.ledger.genesis().origin
    }
}

/// With the quorum of the witness policy, if there is one.
fn options(context: &Context, log: &LogKey) -> Result<LedgerOptions, Failure> {
    let mut options = LedgerOptions::default();
    if let Some(current) = witness_policy::current(context)? {
        witness_policy::require_fit(&current.policy, log)?;
        options.quorum = Some(Arc::new(WitnessQuorum::new(current.policy, ClientOptions::default())));
    }
    Ok(options)
}

/// The verifier key of a log key in the wallet.
pub(crate) fn log_key_of(name: &ItemName, key: &LedgerLogKey) -> Result<LogKey, Failure> {
    let signer = KeyName::new(name.as_str()).and_then(|name| LogSigner::new(name, key.signing_key().clone()));
    signer
        .map(|signer| signer.key().clone())
        .map_err(|cause| Failure::new("ledger_origin", cause.to_string(), "use another --dir"))
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

/// Beside the wallet's items: which log this wallet's key has signed checkpoints for.
fn begun_path(context: &Context) -> PathBuf {
    context.dir().join("wallet").join("begun-ledger")
}

/// A key that has signed one history must not begin another under the same name: that is a fork.
fn require_never_begun(context: &Context) -> Result<(), Failure> {
    let Ok(origin) = durable_file::read_bounded(&begun_path(context), MAX_ORIGIN_BYTES) else {
        return Ok(());
    };
    Err(Failure::new(
        "ledger_lost",
        format!(
            "this wallet signed the ledger {}, whose folder is gone",
            String::from_utf8_lossy(&origin).trim()
        ),
        "restore the folder `ledger` from a copy; to begin another ledger, use a new --dir with a new wallet",
    ))
}

fn remember_begun(context: &Context, origin: &ItemName) -> Result<(), Failure> {
    let path = begun_path(context);
    if path.exists() {
        return Ok(());
    }
    let text = format!("{origin}\n");
    durable_file::replace(&path, text.as_bytes(), Readers::Owner).map_err(|cause| Failure::file("write", &path, &cause))
}

pub(crate) fn without_its_wallet() -> Failure {
    Failure::new(
        "ledger_without_wallet",
        "there is a ledger here, but the wallet that holds its log key is gone",
        "restore the folder `wallet` and the file `wallet.key` (or the passphrase) that belong to it",
    )
}

fn registrar_name() -> Result<ItemName, WalletError> {
    REGISTRAR.parse()
}

/// The first key of the duplicate registry; one that an interrupted beginning left is used again.
fn registry_key(wallet: &Wallet) -> Result<RegistryPublicKey, Failure> {
    if let Some((_, key)) = wallet.list::<RegistryKey>()?.into_iter().next() {
        return Ok(key.secret().public());
    }
    let key = RegistryKey::generate()?;
    let public = key.secret().public();
    wallet.add(&RegistryKey::name_of(&public)?, &key)?;
    Ok(public)
}

/// The log's key, under its origin; one that an interrupted beginning left is used again.
fn log_key(wallet: &Wallet) -> Result<(ItemName, KeyName, LedgerLogKey), Failure> {
    let named = |name: &ItemName| {
        KeyName::new(name.as_str())
            .map_err(|cause| Failure::new("ledger_origin", cause.to_string(), "use another --dir"))
    };
    if let Some((name, key)) = wallet.list::<LedgerLogKey>()?.into_iter().next() {
        let origin = named(&name)?;
        return Ok((name, origin, key));
    }
    let suffix = hex::encode(*randomness::bytes::<4>().map_err(WalletError::from)?);
    let name: ItemName = format!("tradeseal.local/{suffix}").parse()?;
    let (key, _) = wallet.get_or_make(&name, LedgerLogKey::generate)?;
    let origin = named(&name)?;
    Ok((name, origin, key))
}

/// The verifying keys that a ledger begun now would accept: for each statement this installation's ceremony keys, or else the pinned
/// development key, made where the cache has none.
///
/// # Errors
/// [`Failure`] if a key cannot be read or made, or is not the pinned one.
pub fn acceptable_keys(
    context: &Context,
    progress: &mut dyn Progress,
) -> Result<Vec<(VerifyingKey, Provenance)>, Failure> {
    let registry = context.key_registry();
    let mut keys = Vec::new();
    for provable in Provable::ALL {
        let ceremonies = ceremony_keys(&registry, provable)?;
        if ceremonies.is_empty() {
            keys.push(development_key(&registry, provable, progress)?);
        }
        keys.extend(ceremonies);
    }
    Ok(keys)
}

/// The verifying keys at hand: what a ledger begun now would accept, and development keys that a ledger begun earlier may have accepted.
///
/// # Errors
/// As [`acceptable_keys`].
pub fn verifying_keys(
    context: &Context,
    progress: &mut dyn Progress,
) -> Result<Vec<(VerifyingKey, Provenance)>, Failure> {
    let registry = context.key_registry();
    let mut keys = acceptable_keys(context, progress)?;
    for provable in Provable::ALL {
        let listed = |(key, _): &(VerifyingKey, Provenance)| key.key_id() == provable.development_key_id();
        let kept = |record: &KeyRecord| record.key_id == provable.development_key_id();
        if !keys.iter().any(listed) && registry.list(&[provable.statement])?.iter().any(kept) {
            keys.push(development_key(&registry, provable, progress)?);
        }
    }
    Ok(keys)
}

fn ceremony_keys(registry: &KeyRegistry, provable: Provable) -> Result<Vec<(VerifyingKey, Provenance)>, Failure> {
    let records = statements::ceremony_keys(registry, provable.statement)?;
    let keys = records.into_iter().map(|record| {
        let (record, key) = registry.verifying_key(record.statement, record.key_id)?;
        Ok((key, record.provenance))
    });
    keys.collect()
}

/// What a cache's record says of provenance is not believed; a key of another id is not used.
fn development_key(
    registry: &KeyRegistry,
    provable: Provable,
    progress: &mut dyn Progress,
) -> Result<(VerifyingKey, Provenance), Failure> {
    let key = (provable.insecure_dev_key)(registry, progress)?;
    Ok((key.verifying_key().clone(), Provenance::InsecureDev))
}
