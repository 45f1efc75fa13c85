//! Appends enrolments to a ledger, from four threads at once, until it is stopped.
//!
//! `appender DIRECTORY` opens or creates the ledger there, prints `open`, then one line per receipt:
//! `receipt <entry> <tlog-proof>`, both in hexadecimal. Its keys are fixed and worth nothing.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use ed25519_dalek::SigningKey;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use tradeseal_ledger::{GenesisParams, Ledger, LedgerError, LedgerOptions, ProofKeys};
use tradeseal_primitives::Fr;
use tradeseal_primitives::babyjubjub::base8;
use tradeseal_primitives::eddsa::PublicKey;
use tradeseal_primitives::party::{Address, Handle, PartyId};
use tradeseal_verifier::entry::{Ed25519Key, EnrolBody, Entry, Signed};
use tradeseal_verifier::log::KeyName;

const THREADS: usize = 4;

type Failure = Box<dyn std::error::Error + Send + Sync>;

fn main() -> ExitCode {
    let Some(directory) = std::env::args().nth(1) else {
        eprintln!("usage: appender DIRECTORY");
        return ExitCode::from(2);
    };
    match append_forever(Path::new(&directory)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn append_forever(directory: &Path) -> Result<(), Failure> {
    let ledger = open_or_create(directory)?;
    println!("open");
    // Parties are numbered on from the log's size, so that no run enrols one that an earlier run did.
    let first = ledger.view()?.size() * 1_000_000;
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..THREADS as u64)
            .map(|thread| (first + thread..).step_by(THREADS))
            .map(|parties| scope.spawn(|| append(parties, &ledger)))
            .collect();
        workers
            .into_iter()
            .try_for_each(|worker| worker.join().unwrap_or(Ok(())))
    })
}

fn append(parties: impl Iterator<Item = u64>, ledger: &Ledger) -> Result<(), Failure> {
    for party in parties {
        let entry = enrolment(party, &ledger.genesis().origin)?;
        let bytes = entry.encode();
        let receipt = ledger.submit(entry)?;
        let line = format!(
            "receipt {} {}\n",
            hex(&bytes),
            hex(receipt.proof.to_string().as_bytes())
        );
        std::io::stdout().lock().write_all(line.as_bytes())?;
    }
    Ok(())
}

fn open_or_create(directory: &Path) -> Result<Ledger, Failure> {
    let (log_secret, keys) = (SigningKey::from_bytes(&[7; 32]), Arc::new(ProofKeys::default()));
    let options = LedgerOptions::default();
    match Ledger::open(directory, log_secret.clone(), keys.clone(), &options) {
        Err(LedgerError::NotCreated) => Ok(Ledger::create(directory, genesis()?, log_secret, keys, &options)?),
        opened => Ok(opened?),
    }
}

fn genesis() -> Result<GenesisParams, Failure> {
    Ok(GenesisParams {
        origin: KeyName::new("appender.example/ledger")?,
        registrars: [Ed25519Key::of(&registrar())].into(),
        accepted_keys: [].into(),
        root_grace_seconds: 600,
    })
}

fn registrar() -> SigningKey {
    SigningKey::from_bytes(&[8; 32])
}

fn enrolment(party: u64, origin: &KeyName) -> Result<Entry, Failure> {
    let point = base8();
    let body = EnrolBody {
        party: PartyId::from_fr(Fr::from(party + 1)),
        key: PublicKey::from_coordinates(point.x, point.y)?,
        handle: Handle {
            address: Address::from_fr(Fr::from(party)),
            encryption_key: [0; 32],
        },
        revision: 0,
        registrar: Ed25519Key::of(&registrar()),
    };
    Ok(Entry::Enrol(Signed::sign(body, origin, &registrar())?))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
