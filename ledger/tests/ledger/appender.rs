//! A process of its own that appends until it is killed: this test program, run once more for one ignored test.

use crate::fixture::*;
use crate::minting::Minting;
use crate::prover::mint_prover;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use tradeseal_ledger::{GenesisParams, Ledger, LedgerError, LedgerOptions, ProofKeys};
use tradeseal_verifier::statement::StatementId;

const DIRECTORY: &str = "TRADESEAL_TEST_APPENDER_DIRECTORY";
/// Half of them enrol parties, half mint.
const THREADS: usize = 4;

/// What the appender prints on a line of its own once it has the ledger open.
const OPEN: &[u8] = b"\nopen\n";

/// Starts the appender on a ledger directory.
pub fn start(directory: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args([
            "--ignored",
            "--exact",
            "--nocapture",
            "appender::appends_until_it_is_killed",
        ])
        .env(DIRECTORY, directory)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Waits until the appender has the ledger open.
pub fn wait_until_open(child: &mut Child) {
    let mut printed = vec![];
    while !printed.ends_with(OPEN) {
        let mut byte = [0];
        let read = child.stdout.as_mut().unwrap().read(&mut byte).unwrap();
        assert_eq!(read, 1, "the appender ended by itself");
        printed.push(byte[0]);
    }
}

/// Reads what the appender prints until it is enough.
pub fn read_until(child: &mut Child, enough: impl Fn(&[u8]) -> bool) -> Vec<u8> {
    let mut printed = vec![];
    while !enough(&printed) {
        let mut part = [0; 4096];
        let read = child.stdout.as_mut().unwrap().read(&mut part).unwrap();
        assert_ne!(read, 0, "the appender ended by itself");
        printed.extend(&part[..read]);
    }
    printed
}

/// What stands on whole lines of this kind; a last line without its end was cut short by the kill.
pub fn lines<'p>(printed: &'p [u8], kind: &'p [u8]) -> impl Iterator<Item = &'p str> {
    let whole = printed.split_inclusive(|byte| *byte == b'\n');
    let whole = whole.filter_map(|line| line.strip_suffix(b"\n"));
    whole.filter_map(move |line| std::str::from_utf8(line.strip_prefix(kind)?).ok())
}

/// Opens the appender's ledger in this process; `None` if it was killed before there was one.
pub fn open(directory: &Path) -> Option<Ledger> {
    match Ledger::open(directory, log_secret(), proofs(), &LedgerOptions::default()) {
        Ok(ledger) => Some(ledger),
        Err(LedgerError::NotCreated) => None,
        Err(error) => panic!("{error}"),
    }
}

/// Prints a line per attempt and per receipt: the entry, for a receipt then its tlog-proof, all in hexadecimal.
#[test]
#[ignore = "the process that the kill test starts and kills"]
#[allow(clippy::print_stdout)]
fn appends_until_it_is_killed() {
    let directory = std::env::var_os(DIRECTORY).expect("run by the kill test, which names a directory");
    let ledger = open(Path::new(&directory)).unwrap_or_else(|| create(Path::new(&directory)));
    // Made now, so that kills meet appending, not this.
    mint_prover();
    println!("\nopen");
    // Parties and mints are numbered on from the log's size, so that no run makes one that an earlier run did.
    let first = ledger.view().unwrap().size() * 1_000_000;
    std::thread::scope(|scope| {
        for thread in 0..THREADS as u64 {
            let ledger = &ledger;
            scope.spawn(move || {
                (first + thread..)
                    .step_by(THREADS)
                    .for_each(|number| append(ledger, number, thread % 2 == 0));
            });
        }
    });
}

fn append(ledger: &Ledger, number: u64, mints: bool) {
    let entry = if mints {
        let directory_root = ledger.view().unwrap().latest_state().directory_root;
        Minting::new(number, directory_root).entry(ledger.genesis())
    } else {
        enrol(number, 0)
    };
    let bytes = hex(&entry.encode());
    print_line(&format!("attempt {bytes}\n"));
    let proof = ledger.submit(entry).unwrap().proof.to_string();
    print_line(&format!("receipt {bytes} {}\n", hex(proof.as_bytes())));
}

/// In one write, so that only the last line can be cut short.
fn print_line(line: &str) {
    std::io::stdout().lock().write_all(line.as_bytes()).unwrap();
}

fn create(directory: &Path) -> Ledger {
    let params = GenesisParams {
        accepted_keys: [(StatementId::RECEIVABLE_MINT_V2, [mint_prover().key_id()].into())].into(),
        ..genesis_params_without_keys()
    };
    Ledger::create(directory, params, log_secret(), proofs(), &LedgerOptions::default()).unwrap()
}

/// Of the one statement that the appender proves.
fn proofs() -> Arc<ProofKeys> {
    Arc::new(ProofKeys::new([mint_prover().verifying.clone()]))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
