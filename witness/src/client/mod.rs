//! Asking log witnesses to cosign a checkpoint: one of them ([`Submitter`]), or a policy's all at once ([`WitnessSet`]).
//!
//! In scope: C2SP tlog-witness from the log's side, time limits, checking every answer, saying who did not cosign and why.
//! Out of scope: making consistency proofs (the caller's [`ConsistencyProofs`]), keeping the result, asking again later.
//!
//! An attacker who owns a log witness, or the network, can make it slow, refuse or answer falsely: its worker waits no
//! longer than the time limit, reads no more than 64 KiB, and takes no line that does not verify. It cannot hold up the
//! others.
//!
//! Calls block. Each log witness has one worker thread and one connection; a worker that is late takes the newest checkpoint
//! next and leaves out those in between.

mod answer;
mod collect;
mod submitter;
mod worker;

pub use answer::{Answer, Said, Standing};
pub use collect::{QuorumOutcome, Stragglers, WitnessSet};
pub use submitter::Submitter;

use crate::clock::{Clock, SystemClock};
use std::sync::Arc;
use std::time::Duration;
use tradeseal_verifier::log::LogHash;

/// Where consistency proofs come from: the log's tree.
pub trait ConsistencyProofs: Send + Sync {
    /// The proof (RFC 6962 section 2.1.2) from the tree of `old_size` entries to that of `new_size`, where
    /// 0 < `old_size` < `new_size`; or why there is none.
    fn consistency_proof(&self, old_size: u64, new_size: u64) -> Result<Vec<LogHash>, String>;
}

impl<F> ConsistencyProofs for F
where
    F: Fn(u64, u64) -> Result<Vec<LogHash>, String> + Send + Sync,
{
    fn consistency_proof(&self, old_size: u64, new_size: u64) -> Result<Vec<LogHash>, String> {
        self(old_size, new_size)
    }
}

/// How log witnesses are asked.
#[derive(Clone)]
pub struct ClientOptions {
    /// For a log witness's whole answer, further rounds included.
    pub timeout: Duration,
    /// How far a cosignature's time may be from this clock's; beyond, it does not count.
    pub clock_tolerance: Duration,
    /// This side's clock.
    pub clock: Arc<dyn Clock>,
    /// Certificates (PEM) that https log witnesses must chain to, instead of the Mozilla roots.
    pub certificate_roots_pem: Option<Vec<u8>>,
    /// Whether `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` count.
    pub proxy_from_environment: bool,
}

impl Default for ClientOptions {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(5),
            clock_tolerance: Duration::from_secs(300),
            clock: Arc::new(SystemClock),
            certificate_roots_pem: None,
            proxy_from_environment: true,
        }
    }
}

/// Why log witnesses cannot be asked at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClientError {
    /// A submission prefix is no URL of a kind that can be asked.
    #[error("{url:?} is no http or https URL for the log witness {witness}")]
    Url {
        /// The log witness.
        witness: String,
        /// The prefix.
        url: String,
    },
    /// The root certificates do not read.
    #[error("the root certificates are not PEM: {0}")]
    Certificates(String),
    /// No thread for a worker.
    #[error("no thread for the log witness {witness}: {cause}")]
    Thread {
        /// The log witness.
        witness: String,
        /// The operating system's reason.
        cause: String,
    },
}
