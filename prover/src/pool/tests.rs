//! Jobs run, wait, are cancelled and fail without harm to others.

use std::sync::Barrier;

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
