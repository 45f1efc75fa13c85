//! Every call to the disk failing once: no step that was acknowledged is lost, and no other one appears.

use super::faulty_disk::{Fault, FaultyDisk};
use super::{Fork, Head, History, StoreFailure};
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_verifier::log::LogHash;

const LOGS: [&str; 2] = ["ledger.example/one", "ledger.example/two"];
const STEPS: u64 = 6;

/// Pseudo-random numbers (xorshift64).
fn random(mut state: u64) -> impl FnMut() -> u64 {
    move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    }
}

fn head(size: u64) -> Head {
    Head {
        size,
        root: LogHash([u8::try_from(size).unwrap(); 32]),
        time: UnixSeconds(1_000 + size),
        checkpoint: "a signed note ".repeat(usize::try_from(size).unwrap() * 20),
    }
}

/// One step of each log after the other; `acknowledged` is what the caller was told.
fn work(history: &History, acknowledged: &mut [u64; 2]) -> Result<(), StoreFailure> {
    for size in 1..=STEPS {
        for (log, acknowledged) in LOGS.iter().zip(acknowledged.iter_mut()) {
            let step = history.advance(log, |before| {
                assert_eq!(before.size, size - 1);
                Ok::<_, ()>(head(size))
            });
            step?.unwrap();
            *acknowledged = size;
        }
    }
    Ok(())
}

/// What a history on these bytes must hold after `acknowledged`: that, or the one step that was under way.
fn check(bytes: Vec<u8>, acknowledged: [u64; 2], what: &str) {
    let history = History::on(FaultyDisk::holding(bytes)).unwrap_or_else(|cause| panic!("{what}: {cause}"));
    assert_eq!(history.owner().unwrap().as_deref(), Some("the key"), "{what}");
    for (log, acknowledged) in LOGS.iter().zip(acknowledged) {
        let found = history.head(log).unwrap().map_or(0, |found| {
            assert_eq!(found, head(found.size), "{what}");
            found.size
        });
        assert!(
            found == acknowledged || found == acknowledged + 1,
            "{what}: {log} at {found}, {acknowledged} was acknowledged"
        );
    }
}

/// A history that names its key, as every one does before its first step.
fn fresh() -> Vec<u8> {
    let disk = FaultyDisk::default();
    History::on(disk.clone()).unwrap().set_owner("the key").unwrap();
    disk.seen()
}

#[test]
#[allow(clippy::print_stdout)]
fn whichever_call_to_the_disk_fails_no_acknowledged_step_is_lost() {
    let fresh = fresh();
    let (mut faults, mut power_cuts) = (0, 0);
    for for_good in [false, true] {
        for at in 0.. {
            let disk = FaultyDisk::holding(fresh.clone());
            disk.fail(Fault { at, for_good });
            let mut acknowledged = [0; 2];
            let outcome = History::on(disk.clone()).and_then(|history| work(&history, &mut acknowledged));
            let what = format!("call {at} failed{}", if for_good { " and all after it" } else { "" });
            check(disk.seen(), acknowledged, &what);
            for seed in 1..=3 {
                let left = disk.after_power_cut(random(seed * 7919 + at as u64));
                check(left, acknowledged, &format!("{what}, then power cut {seed}"));
                power_cuts += 1;
            }
            if disk.calls() <= at {
                outcome.unwrap();
                break;
            }
            faults += 1;
        }
    }
    println!("{faults} failed disk calls, {power_cuts} power cuts after them: no acknowledged step lost");
    assert!(faults > 200, "only {faults} calls");
}

#[test]
#[allow(clippy::print_stdout)]
fn a_power_cut_at_any_moment_loses_no_acknowledged_step() {
    let fresh = fresh();
    let calls = {
        let disk = FaultyDisk::holding(fresh.clone());
        work(&History::on(disk.clone()).unwrap(), &mut [0; 2]).unwrap();
        disk.calls()
    };
    // The disk stops taking anything at `at`: that is the moment of the cut.
    for at in 0..calls {
        let disk = FaultyDisk::holding(fresh.clone());
        disk.fail(Fault { at, for_good: true });
        let mut acknowledged = [0; 2];
        let stopped = History::on(disk.clone()).and_then(|history| work(&history, &mut acknowledged));
        drop(stopped);
        for seed in 1..=4 {
            let left = disk.after_power_cut(random(seed * 104_729 + at as u64));
            check(left, acknowledged, &format!("power cut {seed} at call {at}"));
        }
    }
    println!("{} power cuts at {calls} moments: no acknowledged step lost", calls * 4);
}

#[test]
fn a_refused_step_changes_nothing() {
    let history = History::on(FaultyDisk::default()).unwrap();
    history.advance(LOGS[0], |_| Ok::<_, ()>(head(2))).unwrap().unwrap();
    let refused = history.advance(LOGS[0], |before| {
        assert_eq!(*before, head(2));
        Err("no")
    });
    assert_eq!(refused.unwrap(), Err("no"));
    assert_eq!(history.head(LOGS[0]).unwrap(), Some(head(2)));
    assert_eq!(history.head(LOGS[1]).unwrap(), None);
}

#[test]
fn sixteen_forks_of_a_log_are_kept_and_another_logs_besides() {
    let history = History::on(FaultyDisk::default()).unwrap();
    let fork = |log: &str, size| Fork {
        origin: log.to_owned(),
        size,
        cosigned: format!("cosigned {size}"),
        refused: format!("refused {size}"),
    };
    for size in 1..=20 {
        history.keep_fork(&fork(LOGS[0], size), &LogHash([9; 32])).unwrap();
    }
    history.keep_fork(&fork(LOGS[1], 1), &LogHash([9; 32])).unwrap();
    let expected: Vec<Fork> = (1..=16)
        .map(|size| fork(LOGS[0], size))
        .chain([fork(LOGS[1], 1)])
        .collect();
    assert_eq!(history.forks().unwrap(), expected);
}
