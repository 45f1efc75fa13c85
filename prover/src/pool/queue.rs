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

    /// Takes out the waiting jobs that meet a condition, from every line.
    pub(super) fn take_out(&mut self, condition: impl Fn(&J) -> bool) -> Vec<J> {
        let mut out = Vec::new();
        for (_, line) in &mut self.lines {
            let (leaving, staying): (VecDeque<_>, VecDeque<_>) =
                line.drain(..).partition(|waiting| condition(&waiting.job));
            *line = staying;
            out.extend(leaving.into_iter().map(|waiting| waiting.job));
        }
        self.lines.retain(|(_, line)| !line.is_empty());
        self.waiting -= out.len();
        out
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
    fn jobs_taken_out_leave_their_places_to_others_and_the_order_as_it_was() {
        let mut queue = queue();
        for (tenant, job) in [(1, 0), (1, 1), (2, 20), (1, 2), (1, 3), (3, 30)] {
            queue.push(TenantId(tenant), 1, job).unwrap();
        }
        assert_eq!(queue.take_out(|job| [1, 2, 20].contains(job)), [1, 2, 20]);
        queue.push(TenantId(2), 1, 21).unwrap();
        queue.push(TenantId(1), 1, 4).unwrap();
        assert_eq!(drain(&mut queue), [0, 30, 21, 3, 4]);
    }

    /// Whatever comes in whatever order: memory is never exceeded, and while a tenant waits no other one is served twice.
    #[test]
    fn bounds_and_turns_hold_for_random_arrivals() {
        use ark_std::rand::{Rng, SeedableRng, rngs::StdRng};
        for seed in 0..200 {
            let rng = &mut StdRng::seed_from_u64(seed);
            let mut queue = queue();
            let mut running: Vec<u64> = Vec::new();
            let mut served_while_waiting: Vec<[u32; 4]> = vec![[0; 4]; 4];
            let mut waiting = [0u32; 4];
            for _ in 0..300 {
                let tenant = rng.gen_range(0..4u32);
                if rng.gen_bool(0.5) {
                    let bytes = rng.gen_range(1..=100);
                    if queue.push(TenantId(tenant.into()), bytes, tenant).is_ok() {
                        waiting[tenant as usize] += 1;
                    }
                } else if rng.gen_bool(0.5)
                    && let Some(bytes) = running.pop()
                {
                    queue.ended(bytes);
                } else if let Some((job, bytes)) = queue.pop() {
                    running.push(bytes);
                    let served = job as usize;
                    waiting[served] -= 1;
                    served_while_waiting[served] = [0; 4];
                    for other in (0..4).filter(|other| *other != served) {
                        let turns = &mut served_while_waiting[other][served];
                        *turns = if waiting[other] > 0 { *turns + 1 } else { 0 };
                        assert!(
                            *turns <= 1,
                            "seed {seed}: tenant {other} waits while {served} is served again and again"
                        );
                    }
                }
                assert!(queue.running_bytes <= 100 && queue.waiting <= 6, "seed {seed}");
            }
        }
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
