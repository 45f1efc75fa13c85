//! Asking one log witness, and checking what it says.
//!
//! The old size is a guess from last time; where it is wrong the log witness says the right one (409), and is asked again.

use super::{Answer, ClientError, ClientOptions, ConsistencyProofs};
use crate::add_checkpoint::{AddCheckpoint, parse_size};
use crate::clock::Clock;
use std::io::ErrorKind;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tradeseal_verifier::log::{CosignerKey, NoteSignature, SignedCheckpoint};
use ureq::Agent;
use ureq::http::{Response, Uri};
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};

/// Longest answer read, in bytes.
const MAX_ANSWER_BYTES: u64 = 64 * 1024;
/// Rounds of 409 and another try: another submitter may be at work, but not for ever.
const MAX_ROUNDS: usize = 4;
/// Longest part of a log witness's own words that is kept, in characters.
const MAX_MESSAGE_CHARS: usize = 300;
const SIZE_TYPE: &str = "text/x.tlog.size";

/// One log witness, as a log sees it.
pub struct Submitter {
    agent: Agent,
    url: String,
    key: CosignerKey,
    clock: Arc<dyn Clock>,
    clock_tolerance: Duration,
    /// The size that it cosigned last, as far as is known here.
    last_size: AtomicU64,
}

/// What came back in one round.
enum Round {
    Done(Answer),
    /// The log witness's size is this one.
    Retry(u64),
}

impl Submitter {
    /// For the log witness with this key below this submission prefix.
    pub fn new(key: CosignerKey, prefix: &str, options: &ClientOptions) -> Result<Self, ClientError> {
        let refuse = || ClientError::Url {
            witness: key.name().to_string(),
            url: prefix.to_owned(),
        };
        let uri: Uri = prefix.parse().map_err(|_| refuse())?;
        let speaks_http = matches!(uri.scheme_str(), Some("http" | "https"));
        if !speaks_http || uri.host().is_none_or(str::is_empty) || uri.query().is_some() {
            return Err(refuse());
        }
        let url = format!("{}/add-checkpoint", prefix.strip_suffix('/').unwrap_or(prefix));
        Ok(Self {
            agent: agent(options)?,
            url,
            key,
            clock: options.clock.clone(),
            clock_tolerance: options.clock_tolerance,
            last_size: AtomicU64::new(0),
        })
    }

    /// Asks for a cosignature; returns by the deadline.
    pub fn submit(&self, checkpoint: &SignedCheckpoint, proofs: &dyn ConsistencyProofs, deadline: Instant) -> Answer {
        let size = checkpoint.unchecked_checkpoint().size();
        let mut old_size = self.last_size.load(Ordering::Relaxed);
        for _ in 0..MAX_ROUNDS {
            if old_size > size {
                return Answer::Ahead { size: old_size };
            }
            match self.round(checkpoint, old_size, proofs, deadline) {
                Round::Done(answer) => return answer,
                Round::Retry(stated) => {
                    old_size = stated;
                    self.last_size.store(stated, Ordering::Relaxed);
                }
            }
        }
        Answer::Refused {
            status: 409,
            message: "it names another size each time".into(),
        }
    }

    fn round(
        &self,
        checkpoint: &SignedCheckpoint,
        old_size: u64,
        proofs: &dyn ConsistencyProofs,
        deadline: Instant,
    ) -> Round {
        let size = checkpoint.unchecked_checkpoint().size();
        let proof = if old_size == 0 || old_size == size {
            Ok(vec![])
        } else {
            proofs.consistency_proof(old_size, size)
        };
        let request = proof.map(|proof| AddCheckpoint {
            old_size,
            proof,
            checkpoint: checkpoint.clone(),
        });
        match request {
            Err(cause) => Round::Done(Answer::NoProof { cause }),
            Ok(request) => match self.post(&request.to_string(), deadline) {
                Ok((response, body)) => self.read(checkpoint, old_size, &response, &body),
                Err(answer) => Round::Done(answer),
            },
        }
    }

    fn post(&self, body: &str, deadline: Instant) -> Result<(Response<()>, Vec<u8>), Answer> {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(Answer::TimedOut);
        }
        let request = self.agent.post(&self.url).config().timeout_global(Some(left)).build();
        let response = request.content_type("text/plain; charset=utf-8").send(body);
        let (head, mut body) = response.map_err(failed)?.into_parts();
        let body = body
            .with_config()
            .limit(MAX_ANSWER_BYTES)
            .read_to_vec()
            .map_err(failed)?;
        Ok((Response::from_parts(head, ()), body))
    }

    /// What an answer means ("add-checkpoint" of C2SP tlog-witness).
    fn read(&self, checkpoint: &SignedCheckpoint, old_size: u64, response: &Response<()>, body: &[u8]) -> Round {
        let size = checkpoint.unchecked_checkpoint().size();
        let message = || printable(body);
        Round::Done(match response.status().as_u16() {
            200 => return Round::Done(self.read_cosignature(checkpoint, body)),
            409 if content_type(response) == SIZE_TYPE => match stated_size(body) {
                None => false_answer("its 409 states no size"),
                // The spec's other 409: same size, another root.
                Some(stated) if stated == old_size && old_size == size => Answer::OtherHistory {
                    size,
                    message: "it cosigned another root for this size".into(),
                },
                Some(stated) if stated == old_size => false_answer("its 409 states the very size that it was given"),
                Some(stated) => return Round::Retry(stated),
            },
            409 if old_size == size => Answer::OtherHistory {
                size,
                message: message(),
            },
            422 => Answer::OtherHistory {
                size: old_size,
                message: message(),
            },
            status => Answer::Refused {
                status,
                message: message(),
            },
        })
    }

    fn read_cosignature(&self, checkpoint: &SignedCheckpoint, body: &[u8]) -> Answer {
        let lines = str::from_utf8(body).ok().and_then(|body| body.strip_suffix('\n'));
        let Some(lines) = lines else {
            return false_answer("its answer is not lines of text");
        };
        let lines: Result<Vec<NoteSignature>, _> = lines.split('\n').map(NoteSignature::parse).collect();
        let lines = match lines {
            Ok(lines) => lines,
            Err(cause) => return false_answer(&cause.to_string()),
        };
        let Some(line) = lines.into_iter().find(|line| self.key.is_claimed_by(line)) else {
            return false_answer("no line is by its key");
        };
        let time = match self.key.verify(checkpoint.unchecked_checkpoint(), &line) {
            Ok(time) => time,
            Err(cause) => return false_answer(&cause.to_string()),
        };
        let now = self.clock.now();
        if time.0.abs_diff(now.0) > self.clock_tolerance.as_secs() {
            return false_answer(&format!("it states the time {}, and it is {}", time.0, now.0));
        }
        let size = checkpoint.unchecked_checkpoint().size();
        self.last_size.store(size, Ordering::Relaxed);
        Answer::Cosigned { time, line }
    }
}

fn agent(options: &ClientOptions) -> Result<Agent, ClientError> {
    let tls = match &options.certificate_roots_pem {
        None => TlsConfig::builder(),
        Some(pem) => TlsConfig::builder().root_certs(certificates(pem)?),
    };
    let mut config = Agent::config_builder()
        .tls_config(tls.build())
        .http_status_as_error(false)
        .max_redirects(0)
        .max_idle_connections_per_host(1)
        .user_agent("tradeseal");
    if !options.proxy_from_environment {
        config = config.proxy(None);
    }
    Ok(config.build().new_agent())
}

fn certificates(pem: &[u8]) -> Result<RootCerts, ClientError> {
    let mut certificates = vec![];
    for item in parse_pem(pem) {
        match item {
            Ok(PemItem::Certificate(certificate)) => certificates.push(certificate),
            Ok(_) => {}
            Err(cause) => return Err(ClientError::Certificates(cause.to_string())),
        }
    }
    if certificates.is_empty() {
        return Err(ClientError::Certificates("there is no certificate".into()));
    }
    Ok(RootCerts::from(certificates))
}

fn failed(cause: ureq::Error) -> Answer {
    match cause {
        ureq::Error::Timeout(_) => Answer::TimedOut,
        ureq::Error::Io(io) if io.kind() == ErrorKind::TimedOut => Answer::TimedOut,
        ureq::Error::BodyExceedsLimit(_) => false_answer("its answer has more than 64 KiB"),
        cause => Answer::Unreachable {
            cause: cause.to_string(),
        },
    }
}

fn false_answer(cause: &str) -> Answer {
    Answer::False { cause: cause.into() }
}

fn content_type(response: &Response<()>) -> &str {
    let value = response.headers().get("content-type");
    value.and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn stated_size(body: &[u8]) -> Option<u64> {
    parse_size(str::from_utf8(body).ok()?.strip_suffix('\n')?)
}

/// A log witness's own words, short and without control characters: they go to an operator's terminal.
fn printable(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let clean = text.trim().chars().take(MAX_MESSAGE_CHARS);
    clean.map(|c| if c.is_control() { ' ' } else { c }).collect()
}
