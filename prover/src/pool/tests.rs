//! Jobs run, wait, are cancelled and fail without harm to others.

use std::sync::Barrier;

use crate::keys::{LoadedKey, insecure_dev_setup};
use crate::progress::Silent;
use crate::prove::ProveError;
use crate::test_circuit::TwoNumbers;

use super::*;

fn pool(threads: usize) -> ProverPool {
    let limits = PoolLimits {
        threads,
        memory_bytes: 100,
        waiting_jobs: 8,
        waiting_jobs_per_tenant: 8,
    };
    ProverPool::start(limits).unwrap()
}

const TENANT: TenantId = TenantId(7);

/// A job that holds its thread until the barrier is reached by the test too.
fn hold(pool: &ProverPool, barrier: &Arc<Barrier>) -> Ticket<usize> {
    let barrier = Arc::clone(barrier);
    let job = move |_: &Cancellation| {
        let threads = rayon::current_num_threads();
        barrier.wait();
        barrier.wait();
        threads
    };
    pool.submit(TENANT, 1, job).unwrap()
}

#[test]
fn a_lone_job_gets_all_cores_and_a_second_one_gets_one() {
    let pool = pool(2);
    let barriers = [(); 2].map(|()| Arc::new(Barrier::new(2)));
    let first = hold(&pool, &barriers[0]);
    barriers[0].wait();
    let second = hold(&pool, &barriers[1]);
    barriers[1].wait();
    for barrier in &barriers {
        barrier.wait();
    }
    assert_eq!((first.wait(), second.wait()), (Ok(2), Ok(1)));
}

#[test]
fn a_waiting_job_that_is_cancelled_never_runs_and_a_running_one_sees_it() {
    let pool = pool(1);
    let barrier = Arc::new(Barrier::new(2));
    let inside = Arc::clone(&barrier);
    let running = pool
        .submit(TENANT, 1, move |cancellation| {
            inside.wait();
            inside.wait();
            cancellation.is_cancelled()
        })
        .unwrap();
    barrier.wait();
    let waiting = pool.submit(TENANT, 1, |_| ()).unwrap();
    waiting.cancellation().cancel();
    running.cancellation().cancel();
    barrier.wait();
    assert_eq!(running.wait(), Ok(true));
    assert_eq!(waiting.wait(), Err(Lost::Cancelled));
}

#[test]
fn a_job_that_panics_takes_no_other_with_it() {
    let pool = pool(1);
    let failing = pool.submit(TENANT, 1, |_| assert_eq!(1, 2)).unwrap();
    let sound = pool.submit(TENANT, 1, |_| 3).unwrap();
    assert_eq!(failing.wait(), Err(Lost::Abandoned));
    assert_eq!(sound.wait(), Ok(3));
}

#[test]
fn jobs_that_wait_when_the_pool_closes_are_abandoned() {
    let pool = pool(1);
    let barrier = Arc::new(Barrier::new(2));
    let running = hold(&pool, &barrier);
    barrier.wait();
    let waiting = pool.submit(TENANT, 1, |_| ()).unwrap();
    pool.shared.state().closing = true;
    barrier.wait();
    drop(pool);
    assert_eq!(running.wait(), Ok(1));
    assert_eq!(waiting.wait(), Err(Lost::Abandoned));
}

#[test]
fn a_cancelled_job_gives_its_place_to_another() {
    let pool = pool(1);
    let barrier = Arc::new(Barrier::new(2));
    let running = hold(&pool, &barrier);
    barrier.wait();
    let waiting: Vec<_> = (0..8).map(|_| pool.submit(TENANT, 1, |_| ()).unwrap()).collect();
    assert!(pool.submit(TENANT, 1, |_| ()).is_err());
    waiting[3].cancellation().cancel();
    let late = pool.submit(TENANT, 1, |_| ()).unwrap();
    barrier.wait();
    let outcomes: Vec<_> = waiting.into_iter().map(Ticket::wait).collect();
    assert_eq!(running.wait(), Ok(1));
    assert_eq!(late.wait(), Ok(()));
    for (index, outcome) in outcomes.into_iter().enumerate() {
        assert_eq!(outcome, if index == 3 { Err(Lost::Cancelled) } else { Ok(()) });
    }
}

fn key() -> Arc<LoadedKey> {
    let key = insecure_dev_setup(&TwoNumbers::pin(), TwoNumbers::blank_circuit(), &mut Silent);
    Arc::new(key.unwrap())
}

fn proving_pool(memory_bytes: u64) -> ProverPool {
    let limits = PoolLimits {
        threads: 2,
        memory_bytes,
        waiting_jobs: 64,
        waiting_jobs_per_tenant: 64,
    };
    ProverPool::start(limits).unwrap()
}

#[test]
fn many_tenants_proofs_are_all_made_and_each_is_its_own() {
    let (pool, key) = (proving_pool(1 << 30), key());
    let tickets: Vec<_> = (1..20)
        .map(|number: u64| {
            let numbers = [number, number + 1];
            let rows = TwoNumbers::true_rows(numbers);
            let ticket = pool.prove::<TwoNumbers>(TenantId(number % 3), Arc::clone(&key), rows, numbers);
            (ticket.unwrap(), rows)
        })
        .collect();
    for (ticket, rows) in tickets {
        let proven = ticket.wait().unwrap().unwrap();
        assert_eq!(proven.public_rows, rows.map(Into::into));
    }
}

#[test]
fn a_proof_larger_than_the_pools_memory_is_refused_with_both_sizes() {
    let (pool, key) = (proving_pool(1000), key());
    let needed = key.make_ready::<TwoNumbers>(&mut Silent).unwrap().proof_bytes;
    let refused = pool.prove::<TwoNumbers>(TENANT, key, TwoNumbers::true_rows([1, 2]), [1, 2]);
    assert!(
        matches!(refused, Err(NotTaken::Refused(Refused::TooLarge { bytes, limit: 1000 })) if bytes == needed),
        "{refused:?}"
    );
}

#[test]
fn a_false_statement_is_told_to_its_tenant_alone() {
    let (pool, key) = (proving_pool(1 << 30), key());
    let bad = pool
        .prove::<TwoNumbers>(TENANT, Arc::clone(&key), [1, 2, 3], [1, 2])
        .unwrap();
    let good = pool
        .prove::<TwoNumbers>(TENANT, key, TwoNumbers::true_rows([1, 2]), [1, 2])
        .unwrap();
    assert!(matches!(bad.wait(), Ok(Err(ProveError::Unsatisfied { .. }))));
    assert!(matches!(good.wait(), Ok(Ok(_))));
}

#[test]
fn a_running_proof_stops_at_its_next_step_once_cancelled() {
    let (key, flag) = (key(), Cancellation::default());
    flag.cancel();
    let mut watched = proving::Watched(&flag);
    let rows = TwoNumbers::true_rows([1, 2]);
    let stopped =
        crate::prove::prove::<TwoNumbers>(&key, &rows, &[1, 2], &mut ark_std::rand::rngs::OsRng, &mut watched);
    assert!(matches!(stopped, Err(ProveError::Cancelled { .. })));
}
