//! Waiting jobs, one line for each tenant, served in turn.
//!
//! In scope: order, bounds, and what fits into memory beside what runs. Out of scope: running (`pool`).
//! An attacker who owns this part decides whose proofs are made first; it sees no private inputs.

use std::collections::VecDeque;

use super::{PoolLimits, Refused, TenantId};

/// A job with the memory that it needs.
struct Waiting<J> {
    job: J,
    bytes: u64,
}

/// The waiting lines and what runs.
pub(super) struct FairQueue<J> {
    limits: PoolLimits,
    /// Tenants with waiting jobs; the first one is served next, and then goes to the end.
    lines: VecDeque<(TenantId, VecDeque<Waiting<J>>)>,
    waiting: usize,
    running: usize,
    running_bytes: u64,
}

impl<J> FairQueue<J> {
    pub(super) fn new(limits: PoolLimits) -> Self {
        Self {
            limits,
            lines: VecDeque::new(),
            waiting: 0,
            running: 0,
            running_bytes: 0,
        }
    }

    /// Takes a job in.
    pub(super) fn push(&mut self, tenant: TenantId, bytes: u64, job: J) -> Result<(), Refused> {
        if bytes > self.limits.memory_bytes {
            return Err(Refused::TooLarge {
                bytes,
                limit: self.limits.memory_bytes,
            });
        }
        if self.waiting >= self.limits.waiting_jobs {
            return Err(Refused::Full { waiting: self.waiting });
        }
        let place = self.lines.iter().position(|(of, _)| *of == tenant);
        let line = if let Some(place) = place {
            &mut self.lines[place].1
        } else {
            self.lines.push_back((tenant, VecDeque::new()));
            let last = self.lines.len() - 1;
            &mut self.lines[last].1
        };
        if line.len() >= self.limits.waiting_jobs_per_tenant {
            return Err(Refused::TenantFull {
                tenant,
                waiting: line.len(),
            });
        }
        line.push_back(Waiting { job, bytes });
        self.waiting += 1;
        Ok(())
    }

    /// The next job to run with its memory: the oldest of the tenant whose turn it is. A job that does not fit beside what runs
    /// waits, and everyone behind it, so that large jobs are not overtaken for ever.
    pub(super) fn pop(&mut self) -> Option<(J, u64)> {
        let bytes = self.lines.front()?.1.front()?.bytes;
        if self.running_bytes + bytes > self.limits.memory_bytes {
            return None;
        }
        let (tenant, mut line) = self.lines.pop_front()?;
        let next = line.pop_front()?;
        if !line.is_empty() {
            self.lines.push_back((tenant, line));
        }
        self.waiting -= 1;
        self.running += 1;
        self.running_bytes += bytes;
        Some((next.job, bytes))
    }

    /// A job that ran has ended.
    pub(super) fn ended(&mut self, bytes: u64) {
        self.running -= 1;
        self.running_bytes -= bytes;
    }

    /// Whether the job just taken is the only one there is.
    pub(super) fn is_otherwise_idle(&self) -> bool {
        self.running == 1 && self.waiting == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queue() -> FairQueue<u32> {
        FairQueue::new(PoolLimits {
            threads: 2,
            memory_bytes: 100,
            waiting_jobs: 6,
            waiting_jobs_per_tenant: 4,
        })
    }

    fn drain(queue: &mut FairQueue<u32>) -> Vec<u32> {
        let mut jobs = Vec::new();
        while let Some((job, bytes)) = queue.pop() {
            jobs.push(job);
            queue.ended(bytes);
        }
        jobs
    }

    #[test]
    fn a_tenant_with_many_jobs_does_not_keep_others_waiting() {
        let mut queue = queue();
        for job in 0..4 {
            queue.push(TenantId(1), 1, job).unwrap();
        }
        queue.push(TenantId(2), 1, 20).unwrap();
        queue.push(TenantId(3), 1, 30).unwrap();
        assert_eq!(drain(&mut queue), [0, 20, 30, 1, 2, 3]);
    }

    #[test]
    fn jobs_beyond_the_bounds_are_refused_saying_which_bound() {
        let mut queue = queue();
        assert_eq!(
            queue.push(TenantId(1), 101, 0),
            Err(Refused::TooLarge { bytes: 101, limit: 100 })
        );
        for job in 0..4 {
            queue.push(TenantId(1), 1, job).unwrap();
        }
        let refused = Refused::TenantFull {
            tenant: TenantId(1),
            waiting: 4,
        };
        assert_eq!(queue.push(TenantId(1), 1, 5), Err(refused));
        queue.push(TenantId(2), 1, 6).unwrap();
        queue.push(TenantId(2), 1, 7).unwrap();
        assert_eq!(queue.push(TenantId(3), 1, 8), Err(Refused::Full { waiting: 6 }));
        assert_eq!(drain(&mut queue), [0, 6, 1, 7, 2, 3]);
    }

    #[test]
    fn what_runs_never_exceeds_the_memory_and_a_large_job_gets_its_turn() {
        let mut queue = queue();
        queue.push(TenantId(1), 60, 1).unwrap();
        queue.push(TenantId(2), 60, 2).unwrap();
        queue.push(TenantId(1), 10, 3).unwrap();
        assert_eq!(queue.pop(), Some((1, 60)));
        assert_eq!(queue.pop(), None);
        queue.ended(60);
        assert_eq!(queue.pop(), Some((2, 60)));
        assert_eq!(queue.pop(), Some((3, 10)));
        assert_eq!(queue.pop(), None);
    }
}
