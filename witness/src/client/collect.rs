//! Asking all of a policy's log witnesses, until its quorum is met.

use super::worker::{Job, Worker};
use super::{Answer, ClientError, ClientOptions, ConsistencyProofs, Said, Submitter};
use std::fmt;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_verifier::log::{CosignerKey, LogError, PolicyWitness, Shortfall, SignedCheckpoint, WitnessPolicy};

/// The log witnesses of a policy, each with its worker.
pub struct WitnessSet {
    policy: WitnessPolicy,
    /// In the policy's order; `None` where the policy has no URL.
    workers: Vec<Option<Worker>>,
    timeout: Duration,
}

impl WitnessSet {
    /// Starts a worker for each log witness that the policy has a URL for.
    pub fn start(
        policy: WitnessPolicy,
        proofs: &Arc<dyn ConsistencyProofs>,
        options: &ClientOptions,
    ) -> Result<Self, ClientError> {
        let start = |witness: &PolicyWitness| {
            let worker = |url: &String| {
                let submitter = Submitter::new(witness.key.clone(), url, options)?;
                Worker::start(&witness.name, submitter, proofs.clone())
            };
            witness.url.as_ref().map(worker).transpose()
        };
        let workers = policy.witnesses().iter().map(start).collect::<Result<_, _>>()?;
        Ok(Self {
            policy,
            workers,
            timeout: options.timeout,
        })
    }

    /// The policy.
    pub fn policy(&self) -> &WitnessPolicy {
        &self.policy
    }

    /// Asks every log witness whose cosignature the checkpoint does not carry yet. Returns as soon as the quorum is met, or
    /// all have answered, or the time is up. Fails only if the checkpoint carries a false cosignature already.
    ///
    /// The checkpoint must be durable: once a log witness has it, this log can have no other of its size. One call at a time:
    /// a second one takes the place of the first where a log witness is busy.
    pub fn collect(&self, checkpoint: &SignedCheckpoint) -> Result<QuorumOutcome, LogError> {
        let deadline = Instant::now() + self.timeout;
        let mut round = Round::begin(&self.policy, checkpoint)?;
        let (sender, answers) = channel();
        let shared = Arc::new(checkpoint.clone());
        for (index, worker) in self.workers.iter().enumerate() {
            match worker {
                _ if round.has_cosigned(index) => {}
                None => round.take(index, Answer::NoAddress)?,
                Some(worker) => worker.put(Job {
                    checkpoint: shared.clone(),
                    deadline,
                    index,
                    answers: sender.clone(),
                }),
            }
        }
        drop(sender);
        while round.shortfall.is_some() && round.is_waiting() {
            match answers.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok((index, answer)) => round.take(index, answer)?,
                Err(_) => break,
            }
        }
        // What came at the same moment counts too.
        while let Ok((index, answer)) = answers.try_recv() {
            round.take(index, answer)?;
        }
        Ok(round.end(answers, deadline))
    }
}

/// What is known while answers come in.
struct Round<'p> {
    policy: &'p WitnessPolicy,
    checkpoint: SignedCheckpoint,
    shortfall: Option<Shortfall>,
    answers: Vec<Answer>,
}

impl<'p> Round<'p> {
    fn begin(policy: &'p WitnessPolicy, checkpoint: &SignedCheckpoint) -> Result<Self, LogError> {
        let shortfall = policy.evaluate(checkpoint)?.shortfall;
        let keys: Vec<CosignerKey> = policy.witnesses().iter().map(|witness| witness.key.clone()).collect();
        let present = checkpoint.cosignatures(&keys)?;
        let lines = checkpoint.note().signatures();
        let answer = |key: &CosignerKey| {
            let cosignature = present.iter().find(|cosignature| cosignature.key == key);
            let line = lines.iter().find(|line| key.is_claimed_by(line));
            cosignature
                .zip(line)
                .map_or(Answer::Pending, |(cosignature, line)| Answer::Cosigned {
                    time: cosignature.time,
                    line: line.clone(),
                })
        };
        let answers = keys.iter().map(answer).collect();
        Ok(Self {
            policy,
            checkpoint: checkpoint.clone(),
            shortfall,
            answers,
        })
    }

    fn has_cosigned(&self, index: usize) -> bool {
        matches!(self.answers[index], Answer::Cosigned { .. })
    }

    fn is_waiting(&self) -> bool {
        self.answers.contains(&Answer::Pending)
    }

    /// Takes an answer; the line in it was verified. A note that is full takes no more lines.
    fn take(&mut self, index: usize, answer: Answer) -> Result<(), LogError> {
        if let Answer::Cosigned { line, .. } = &answer
            && let Ok(checkpoint) = self.checkpoint.with_signature(line.clone())
        {
            self.checkpoint = checkpoint;
            self.shortfall = self.policy.evaluate(&self.checkpoint)?.shortfall;
        }
        self.answers[index] = answer;
        Ok(())
    }

    fn end(self, answers: Receiver<(usize, Answer)>, deadline: Instant) -> QuorumOutcome {
        let names: Vec<String> = self
            .policy
            .witnesses()
            .iter()
            .map(|witness| witness.name.clone())
            .collect();
        let waiting = self.answers.iter().filter(|answer| **answer == Answer::Pending).count();
        let said = names.iter().cloned().zip(self.answers);
        QuorumOutcome {
            checkpoint: self.checkpoint,
            missing: self.shortfall,
            said: said.map(|(witness, answer)| Said { witness, answer }).collect(),
            stragglers: Stragglers {
                names,
                answers,
                waiting,
                deadline,
            },
        }
    }
}

/// What came of asking. `Display` is one line for an operator.
pub struct QuorumOutcome {
    /// The checkpoint with every cosignature that came.
    pub checkpoint: SignedCheckpoint,
    /// What the quorum lacks; `None` when it is met.
    pub missing: Option<Shortfall>,
    /// What each log witness said, in the policy's order.
    pub said: Vec<Said>,
    /// Those that had not answered when the quorum was met. May be dropped; they are asked all the same.
    pub stragglers: Stragglers,
}

impl QuorumOutcome {
    /// Whether the quorum is met.
    pub fn is_met(&self) -> bool {
        self.missing.is_none()
    }

    /// The times that log witnesses stated, in the policy's order.
    pub fn times(&self) -> Vec<UnixSeconds> {
        let time = |said: &Said| match said.answer {
            Answer::Cosigned { time, .. } => Some(time),
            _ => None,
        };
        self.said.iter().filter_map(time).collect()
    }
}

impl fmt::Display for QuorumOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.missing {
            None => f.write_str("the quorum is met")?,
            Some(shortfall) => write!(f, "the quorum is missing: {shortfall}")?,
        }
        let others = self
            .said
            .iter()
            .filter(|said| !matches!(said.answer, Answer::Cosigned { .. }));
        for said in others {
            write!(f, "; {said}")?;
        }
        Ok(())
    }
}

/// Log witnesses that had not answered yet.
pub struct Stragglers {
    names: Vec<String>,
    answers: Receiver<(usize, Answer)>,
    waiting: usize,
    deadline: Instant,
}

impl Stragglers {
    /// Waits for them, within the time that the round had.
    pub fn wait(self) -> Vec<Said> {
        let mut said = vec![];
        while said.len() < self.waiting {
            let left = self.deadline.saturating_duration_since(Instant::now());
            match self.answers.recv_timeout(left) {
                Ok((index, answer)) => said.push(Said {
                    witness: self.names[index].clone(),
                    answer,
                }),
                Err(_) => break,
            }
        }
        said
    }
}
