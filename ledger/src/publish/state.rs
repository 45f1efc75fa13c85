//! What the publisher has to do, and what it last heard.

use super::Missing;
use crate::sequencer::Done;
use std::time::{Duration, Instant};
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_verifier::log::SignedCheckpoint;

/// First pause after a round that did not meet the quorum; it doubles up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// An entry whose submitter waits for a receipt.
pub(super) struct Waiting {
    pub(super) index: u64,
    pub(super) entry_time: UnixSeconds,
    pub(super) done: Done,
}

pub(super) struct State {
    /// The newest durable checkpoint, with the cosignatures that it has already.
    pub(super) newest: SignedCheckpoint,
    /// The size up to which the quorum has cosigned.
    pub(super) cosigned_size: u64,
    pub(super) waiting: Vec<Waiting>,
    /// Something new happened since the last round began: no pause counts.
    pub(super) urgent: bool,
    pub(super) retry_at: Instant,
    pause: Duration,
    /// The size that is being asked about.
    pub(super) asking: Option<u64>,
    pub(super) rounds_ended: u64,
    /// Why the last round did not meet the quorum.
    pub(super) missing: Option<Missing>,
    pub(super) stopping: bool,
}

impl State {
    pub(super) fn new(newest: SignedCheckpoint, cosigned_size: u64) -> Self {
        Self {
            newest,
            cosigned_size,
            waiting: Vec::new(),
            urgent: true,
            retry_at: Instant::now(),
            pause: FIRST_PAUSE,
            asking: None,
            rounds_ended: 0,
            missing: None,
            stopping: false,
        }
    }

    pub(super) fn newest_size(&self) -> u64 {
        self.newest.unchecked_checkpoint().size()
    }

    pub(super) fn is_published(&self) -> bool {
        self.cosigned_size >= self.newest_size()
    }

    /// Takes those whose entries a checkpoint of this size covers.
    pub(super) fn take_covered(&mut self, size: u64) -> Vec<Waiting> {
        let (covered, rest) = std::mem::take(&mut self.waiting)
            .into_iter()
            .partition(|waiting| waiting.index < size);
        self.waiting = rest;
        covered
    }

    pub(super) fn met(&mut self, size: u64) {
        self.cosigned_size = self.cosigned_size.max(size);
        self.pause = FIRST_PAUSE;
        self.end_round(None);
    }

    pub(super) fn unmet(&mut self, missing: Missing) {
        self.retry_at = Instant::now() + self.pause;
        self.pause = (self.pause * 2).min(LONGEST_PAUSE);
        self.end_round(Some(missing));
    }

    fn end_round(&mut self, missing: Option<Missing>) {
        self.asking = None;
        self.rounds_ended += 1;
        self.missing = missing;
    }
}
