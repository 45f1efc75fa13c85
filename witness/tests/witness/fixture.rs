//! A log whose trees and proofs come from `tlog_tiles`, an independent implementation, and log witnesses in folders of their
//! own.

use ed25519_dalek::SigningKey;
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tlog_tiles::{Error, Hash, HashReader};
use tradeseal_verifier::log::{Checkpoint, KeyName, LogHash, LogSigner, SignedCheckpoint};
use tradeseal_witness::client::{ClientOptions, ConsistencyProofs};
use tradeseal_witness::http::{RunningWitness, ServeOptions};
use tradeseal_witness::{AddCheckpoint, SystemClock, Witness, add_log};

pub const ORIGIN: &str = "ledger.example/tradeseal";

/// A log in memory.
pub struct Log {
    pub signer: LogSigner,
    stored: Stored,
}

struct Stored(Vec<Hash>);

impl HashReader for Stored {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, Error> {
        Ok(indexes.iter().map(|i| self.0[usize::try_from(*i).unwrap()]).collect())
    }
}

impl Log {
    /// `count` entries; from `fork_at` on they are those of this `branch`.
    pub fn new(count: u64, fork_at: u64, branch: u64) -> Self {
        let secret = SigningKey::from_bytes(&[1; 32]);
        let signer = LogSigner::new(KeyName::new(ORIGIN).unwrap(), secret).unwrap();
        let mut stored = Stored(vec![]);
        for index in 0..count {
            let branch = if index < fork_at { 0 } else { branch };
            let entry = format!("entry {index} of branch {branch}");
            let hashes = tlog_tiles::stored_hashes(index, entry.as_bytes(), &stored).unwrap();
            stored.0.extend(hashes);
        }
        Self { signer, stored }
    }

    pub fn of(count: u64) -> Self {
        Self::new(count, count, 0)
    }

    pub fn root(&self, size: u64) -> LogHash {
        LogHash(tlog_tiles::tree_hash(size, &self.stored).unwrap().0)
    }

    pub fn checkpoint(&self, size: u64) -> SignedCheckpoint {
        let checkpoint = Checkpoint::new(ORIGIN, size, self.root(size)).unwrap();
        SignedCheckpoint::sign(checkpoint, &self.signer).unwrap()
    }

    pub fn proof(&self, old_size: u64, size: u64) -> Vec<LogHash> {
        if old_size == 0 || old_size == size {
            return vec![];
        }
        let proof = tlog_tiles::prove_tree(size, old_size, &self.stored).unwrap();
        proof.into_iter().map(|hash| LogHash(hash.0)).collect()
    }

    pub fn request(&self, old_size: u64, size: u64) -> AddCheckpoint {
        AddCheckpoint {
            old_size,
            proof: self.proof(old_size, size),
            checkpoint: self.checkpoint(size),
        }
    }

    pub fn body(&self, old_size: u64, size: u64) -> Vec<u8> {
        self.request(old_size, size).to_string().into_bytes()
    }
}

impl ConsistencyProofs for Log {
    fn consistency_proof(&self, old_size: u64, new_size: u64) -> Result<Vec<LogHash>, String> {
        Ok(self.proof(old_size, new_size))
    }
}

pub fn name(witness: &str) -> KeyName {
    KeyName::new(&format!("witness.example/{witness}")).unwrap()
}

/// Opens, or makes, the log witness in a folder; it knows the test's log.
pub fn open(folder: &Path) -> Witness {
    let witness = Witness::open_or_create(folder, &name("court"), Box::new(SystemClock)).unwrap();
    add_log(folder, Log::of(0).signer.key()).unwrap();
    witness
}

/// A log witness on a port of its own.
pub struct Served {
    pub witness: Arc<Witness>,
    pub running: RunningWitness,
    pub folder: TempDir,
}

impl Served {
    pub fn named(witness: &str) -> Self {
        Self::with_options(witness, &ServeOptions::default())
    }

    pub fn with_options(witness: &str, options: &ServeOptions) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let witness = Witness::open_or_create(folder.path(), &name(witness), Box::new(SystemClock)).unwrap();
        add_log(folder.path(), Log::of(0).signer.key()).unwrap();
        let witness = Arc::new(witness);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let running = RunningWitness::start(witness.clone(), listener, options).unwrap();
        Self {
            witness,
            running,
            folder,
        }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.running.address())
    }
}

/// Patient, and past any proxy of the machine that the tests run on.
pub fn client_options() -> ClientOptions {
    ClientOptions {
        timeout: Duration::from_secs(60),
        proxy_from_environment: false,
        ..ClientOptions::default()
    }
}
