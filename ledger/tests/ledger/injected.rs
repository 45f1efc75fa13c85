//! Failing system calls: a process that appends has one call after another fail or kill it, and afterwards nothing that it
//! acknowledged is lost and nothing forked. The calls are the kernel's own, made to fail by `strace`.

use crate::fixture::*;
use crate::kills::Known;
use crate::{appender, random::Random};
use std::collections::BTreeMap;
use std::io::{IoSlice, Write};
use std::os::fd::AsFd;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tradeseal_ledger::{Ledger, LedgerOptions, ProofKeys};

const DIRECTORY: &str = "TRADESEAL_TEST_INJECTED_DIRECTORY";
/// At how many of the calls of a kind each fault is tried, in place of the sample.
const FAULTS: &str = "TRADESEAL_FAULTS";
/// Entries that a run appends, if nothing stops it.
const ENTRIES: u64 = 24;
const THREADS: u64 = 4;
/// No run takes longer; one that hangs fails the test.
const LONGEST_RUN: Duration = Duration::from_secs(60);

/// What happens at a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Effect {
    /// It fails with this error.
    Error(&'static str),
    /// It and every one after it fails with this error: a disk that stays full, a disk that is gone.
    ErrorFromThenOn(&'static str),
    /// The process is killed.
    Kill,
}

/// Which call, counted from the start of the process.
#[derive(Debug, Clone, Copy)]
struct Fault {
    call: &'static str,
    effect: Effect,
    at: usize,
}

impl Fault {
    /// strace's words for it.
    fn expression(&self) -> String {
        let Self { call, effect, at } = self;
        match effect {
            Effect::Error(error) => format!("inject={call}:error={error}:when={at}"),
            Effect::ErrorFromThenOn(error) => format!("inject={call}:error={error}:when={at}+"),
            Effect::Kill => format!("inject={call}:signal=KILL:when={at}"),
        }
    }
}

/// Every call with which the store changes or reads its files, and how each is made to fail.
const MATRIX: [(&str, &[Effect]); 12] = [
    ("write", &[EIO, FULL, FULL_NOW_ON, Effect::Kill]),
    ("pwrite64", &[EIO, FULL, Effect::Kill]),
    ("fdatasync", &[EIO, FULL, GONE_NOW_ON, Effect::Kill]),
    ("fsync", &[EIO, Effect::Kill]),
    ("openat", &[EIO, FULL, Effect::Error("EMFILE"), Effect::Kill]),
    ("rename", &[EIO, FULL, Effect::Kill]),
    ("fallocate", &[EIO, FULL]),
    ("ftruncate", &[EIO, Effect::Kill]),
    ("unlink", &[EIO, Effect::Kill]),
    ("mkdir", &[EIO, FULL, Effect::Kill]),
    ("pread64", &[EIO]),
    ("read", &[EIO]),
];
const EIO: Effect = Effect::Error("EIO");
const FULL: Effect = Effect::Error("ENOSPC");
const FULL_NOW_ON: Effect = Effect::ErrorFromThenOn("ENOSPC");
const GONE_NOW_ON: Effect = Effect::ErrorFromThenOn("EIO");

/// Runs the appender under strace, with or without a fault; gives its output and strace's trace.
fn run(directory: &Path, trace: &Path, expressions: &[String]) -> (Output, String) {
    let mut command = Command::new("strace");
    // Without --seccomp-bpf, with which strace 6.1 loses count of the calls.
    command.args(["-f", "-qq", "-o"]).arg(trace);
    for expression in expressions {
        command.args(["-e", expression]);
    }
    let child = command
        .arg(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "--nocapture", "injected::appends_a_little"])
        .env(DIRECTORY, directory)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let started = Instant::now();
    let output = child.wait_with_output().unwrap();
    assert!(started.elapsed() < LONGEST_RUN, "it hung: {expressions:?}");
    (output, std::fs::read_to_string(trace).unwrap())
}

/// Appends deposits and parties, a few, from several threads, and ends. What fails ends it with a panic or an error.
#[test]
#[ignore = "the process in which the fault tests make calls fail"]
fn appends_a_little() {
    let directory = PathBuf::from(std::env::var_os(DIRECTORY).expect("run by the fault tests, which name a directory"));
    let keys = Arc::new(ProofKeys::default());
    let ledger = match open(&directory) {
        Some(ledger) => ledger,
        None => Ledger::create(
            &directory,
            genesis_params_without_keys(),
            log_secret(),
            keys,
            &LedgerOptions::default(),
        )
        .unwrap(),
    };
    let first = ledger.view().unwrap().size() * 1_000;
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let ledger = &ledger;
            scope.spawn(move || {
                for number in (first + thread..first + ENTRIES).step_by(usize::try_from(THREADS).unwrap()) {
                    let entry = if thread % 2 == 0 {
                        deposit(number)
                    } else {
                        enrol(number, 0)
                    };
                    let bytes = hex(&entry.encode());
                    let proof = ledger.submit(entry).unwrap().proof.to_string();
                    print_line(&format!("receipt {bytes} {}\n", hex(proof.as_bytes())));
                }
            });
        }
    });
    ledger.shut_down();
}

fn open(directory: &Path) -> Option<Ledger> {
    use tradeseal_ledger::LedgerError;
    match Ledger::open(
        directory,
        log_secret(),
        Arc::new(ProofKeys::default()),
        &LedgerOptions::default(),
    ) {
        Ok(ledger) => Some(ledger),
        Err(LedgerError::NotCreated) => None,
        Err(error) => panic!("{error}"),
    }
}

/// By `writev`, which no fault is injected into, and in one call, so that only the last line can be cut short.
fn print_line(line: &str) {
    let stdout = std::io::stdout().lock();
    let mut stdout = std::fs::File::from(stdout.as_fd().try_clone_to_owned().unwrap());
    let written = stdout.write_vectored(&[IoSlice::new(line.as_bytes())]).unwrap();
    assert_eq!(written, line.len());
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// How often the busiest thread of a run without faults makes each call; strace counts calls thread by thread.
fn calls_made(directory: &Path, trace: &Path) -> BTreeMap<&'static str, usize> {
    let calls: Vec<&str> = MATRIX.iter().map(|(call, _)| *call).collect();
    let (output, trace) = run(directory, trace, &[format!("trace={}", calls.join(","))]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let count = |call: &str| trace.lines().filter(|line| line.contains(&format!(" {call}("))).count();
    calls.into_iter().map(|call| (call, count(call))).collect()
}

/// Each effect at so many of the calls that a run makes, spread over all of them.
fn faults(calls: &BTreeMap<&'static str, usize>, at_most: usize, random: &mut Random) -> Vec<Fault> {
    let mut chosen = vec![];
    for (call, effects) in MATRIX {
        let made = calls[call];
        for effect in effects {
            let step = made.div_ceil(at_most).max(1);
            let offset = usize::try_from(random.below(step as u64)).unwrap();
            chosen.extend((1 + offset..=made).step_by(step).map(|at| Fault {
                call,
                effect: *effect,
                at,
            }));
        }
    }
    chosen
}

/// What came of the faults so far.
#[derive(Default)]
struct Tally {
    /// Faults that took place, by call and effect.
    injected: BTreeMap<(&'static str, Effect), usize>,
    /// Runs that appended all they meant to in spite of it, that ended early, and that never opened the ledger.
    unharmed: usize,
    ended_early: usize,
    receipts: usize,
}

impl Tally {
    fn count(&mut self, fault: &Fault, output: &Output, trace: &str, learned: usize) {
        // strace ends as its process did.
        let killed = usize::from(output.status.signal() == Some(9));
        let times = trace.matches("(INJECTED)").count().max(killed);
        if times > 0 {
            *self.injected.entry((fault.call, fault.effect)).or_default() += times;
        }
        *(if output.status.success() {
            &mut self.unharmed
        } else {
            &mut self.ended_early
        }) += 1;
        self.receipts += learned;
    }

    #[allow(clippy::print_stdout)]
    fn print(&self, known: &Known) {
        for ((call, effect), times) in &self.injected {
            println!("{times:5} {call:10} {effect:?}");
        }
        println!(
            "{} faults injected; {} runs ended early, {} went on; {} acknowledged entries, all there; {} checkpoints, one history",
            self.injected.values().sum::<usize>(),
            self.ended_early,
            self.unharmed,
            self.receipts,
            known.checkpoints.len()
        );
    }
}

fn strace_works() -> bool {
    let tried = Command::new("strace")
        .args(["-qq", "-e", "trace=none", "true"])
        .output();
    tried.is_ok_and(|output| output.status.success())
}

/// Injects faults into runs on one ledger, or on a new one each time; after every run the ledger opens, holds all that was
/// acknowledged, continues every checkpoint seen, and takes an entry.
fn survive(new_each_time: bool, sample: usize) {
    if !strace_works() {
        skipped();
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (ledger_of, trace) = (
        |run: usize| folder.path().join(format!("ledger-{run}")),
        folder.path().join("trace"),
    );
    let mut random = Random::new(0x9e37_79b9_7f4a_7c15);
    let mut calls = calls_made(&ledger_of(0), &trace);
    if !new_each_time {
        calls = calls_made(&ledger_of(0), &trace);
    }
    let at_most = std::env::var(FAULTS).map_or(sample, |faults| faults.parse().unwrap());
    let (mut tally, mut known, mut size) = (Tally::default(), Known::default(), 0);
    for (number, fault) in (1..).zip(faults(&calls, at_most, &mut random)) {
        let directory = ledger_of(if new_each_time { number } else { 0 });
        let (output, trace) = run(
            &directory,
            &trace,
            &[format!("trace={}", fault.call), fault.expression()],
        );
        if new_each_time {
            (known, size) = (Known::default(), 0);
        }
        let Some(ledger) = open(&directory) else {
            assert!(
                new_each_time && appender::lines(&output.stdout, b"receipt ").next().is_none(),
                "{fault:?}: it is gone"
            );
            tally.count(&fault, &output, &trace, 0);
            continue;
        };
        let learned = known.learn(&output.stdout, &ledger);
        tally.count(&fault, &output, &trace, learned);
        known.compare(&ledger, size);
        size = ledger.view().unwrap().size();
        ledger
            .submit(deposit(900_000_000 + number as u64))
            .unwrap_or_else(|error| panic!("{fault:?}: {error}"));
        ledger.shut_down();
        if new_each_time {
            std::fs::remove_dir_all(&directory).unwrap();
        }
    }
    if !new_each_time {
        let ledger = open(&ledger_of(0)).unwrap();
        let (entries, _) = known.compare(&ledger, 0);
        assert_eq!(entries, tally.receipts);
    }
    assert!(tally.injected.len() > MATRIX.len(), "hardly any fault took place");
    tally.print(&known);
}

#[allow(clippy::print_stdout)]
fn skipped() {
    println!("skipped: strace is not there or may not trace; scripts/setup installs it");
}

#[test]
fn no_failing_call_loses_an_acknowledged_entry_or_forks_a_ledger_that_runs() {
    survive(false, 4);
}

#[test]
fn no_failing_call_harms_a_ledger_that_is_being_begun() {
    survive(true, 2);
}
