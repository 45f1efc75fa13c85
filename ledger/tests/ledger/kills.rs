//! Killed without warning, 200 times: every acknowledged entry is there, the log never forks, and no mint is there in part.

use crate::appender::{self, lines};
use crate::random::Random;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;
use tradeseal_ledger::Ledger;
use tradeseal_verifier::entry::Entry;
use tradeseal_verifier::log::{Checkpoint, TlogProof, leaf_hash, verify_consistency};

const KILLS: u64 = 200;

/// What the parent knows about the log.
#[derive(Default)]
pub struct Known {
    pub entries: BTreeMap<u64, Vec<u8>>,
    pub checkpoints: BTreeMap<u64, Checkpoint>,
}

/// Runs the appender until it is killed; gives what it printed once the ledger was open.
fn run_until_killed(path: &Path, random: &mut Random, awaits_mint: bool) -> Vec<u8> {
    let mut child = appender::start(path);
    let mut printed = vec![];
    // One in four dies while starting or opening, the others some receipts later, in the middle of appending.
    if awaits_mint || random.below(4) > 0 {
        appender::wait_until_open(&mut child);
        let receipts = usize::try_from(random.below(6)).unwrap();
        printed = appender::read_until(&mut child, |printed| {
            lines(printed, b"receipt ").count() >= receipts && (!awaits_mint || has_minted(printed))
        });
    }
    std::thread::sleep(Duration::from_micros(random.below(20_000)));
    child.kill().unwrap();
    printed.extend(child.wait_with_output().unwrap().stdout);
    printed
}

/// Whether one of the receipts is for a mint.
fn has_minted(printed: &[u8]) -> bool {
    lines(printed, b"receipt ").any(|line| {
        let entry = line.split_once(' ').map(|(entry, _)| unhex(entry));
        entry.is_some_and(|entry| matches!(Entry::decode(&entry), Ok(Entry::Mint(_))))
    })
}

impl Known {
    /// Reads the receipts: an entry in hexadecimal, then its tlog-proof.
    pub fn learn(&mut self, printed: &[u8], ledger: &Ledger) -> usize {
        let mut receipts = 0;
        for line in lines(printed, b"receipt ") {
            let (entry, proof) = line.split_once(' ').unwrap();
            let (entry, proof) = (unhex(entry), String::from_utf8(unhex(proof)).unwrap());
            let proof = TlogProof::parse(&proof).unwrap();
            let verified = proof.verify(&entry, std::slice::from_ref(ledger.log_key())).unwrap();
            assert_eq!(
                self.entries.insert(verified.index, entry),
                None,
                "two entries at {}",
                verified.index
            );
            self.see(&verified.checkpoint);
            receipts += 1;
        }
        receipts
    }

    fn see(&mut self, checkpoint: &Checkpoint) {
        let known = &*self
            .checkpoints
            .entry(checkpoint.size())
            .or_insert_with(|| checkpoint.clone());
        assert_eq!(known, checkpoint, "two checkpoints of one size");
    }

    /// Holds the opened ledger against entries from `first` on, and against every checkpoint seen from there on.
    pub fn compare(&mut self, ledger: &Ledger, first: u64) -> (usize, usize) {
        let view = ledger.view().unwrap();
        let (mut entries, mut checkpoints) = (0, 0);
        for (index, bytes) in self.entries.range(first..) {
            assert_eq!(view.entry(*index).unwrap().bytes, *bytes, "entry {index}");
            entries += 1;
        }
        let head = view
            .checkpoint()
            .verify(std::slice::from_ref(ledger.log_key()))
            .unwrap()
            .clone();
        for (size, old) in self.checkpoints.range(first..) {
            let proof = view.consistency_proof(*size, head.size()).unwrap();
            verify_consistency(*size, old.root(), head.size(), head.root(), &proof).unwrap();
            checkpoints += 1;
        }
        self.see(&head);
        (entries, checkpoints)
    }
}

/// Each mint that was tried is in the log with its note, tag and number, or none of them is there; gives how many of each.
fn whole_and_absent_mints(printed: &[u8], ledger: &Ledger) -> (usize, usize) {
    let view = ledger.view().unwrap();
    let (mut whole, mut absent) = (0, 0);
    for bytes in lines(printed, b"attempt ").map(unhex) {
        let Entry::Mint(mint) = Entry::decode(&bytes).unwrap() else {
            continue;
        };
        let index = view.find_entry(&leaf_hash(&bytes)).unwrap();
        let note = view.note(mint.body.commitment).unwrap().map(|note| note.entry_index);
        let tag = view.tag(mint.body.duplicate_tag).unwrap();
        let number = view.receivable(mint.body.dilution_key.number()).unwrap();
        let number = number.map(|receivable| receivable.entry_index);
        assert_eq!([note, tag, number], [index; 3], "a mint in part");
        *(if index.is_some() { &mut whole } else { &mut absent }) += 1;
    }
    (whole, absent)
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
        .collect()
}

#[test]
#[allow(clippy::print_stdout)]
fn two_hundred_kills_lose_no_acknowledged_entry_and_never_fork_the_log() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("ledger");
    let (mut known, mut random) = (Known::default(), Random::new(0x2545_f491_4f6c_dd1d));
    let (mut receipts, mut silent, mut size) = (0, 0, 0);
    let (mut whole, mut absent) = (0, 0);
    for kill in 0..KILLS {
        // A mint takes its proof's time, so on a busy machine few would be met by chance.
        let printed = run_until_killed(&path, &mut random, kill % 6 == 5);
        let Some(ledger) = appender::open(&path) else {
            assert!(
                known.entries.is_empty() && lines(&printed, b"receipt ").next().is_none(),
                "an acknowledged ledger is gone"
            );
            silent += 1;
            continue;
        };
        let learned = known.learn(&printed, &ledger);
        let first = size;
        size = ledger.view().unwrap().size();
        known.compare(&ledger, first);
        let (found, missing) = whole_and_absent_mints(&printed, &ledger);
        (whole, absent) = (whole + found, absent + missing);
        receipts += learned;
        silent += usize::from(learned == 0);
    }
    let ledger = appender::open(&path).unwrap();
    let (entries, checkpoints) = known.compare(&ledger, 0);
    assert_eq!(entries, receipts);
    assert!(receipts > 50, "the appender was hardly ever alive: {receipts} receipts");
    assert!(
        whole > 20 && absent > 0,
        "hardly any mint was met: {whole} there, {absent} cut off"
    );
    println!(
        "{KILLS} kills ({silent} before any receipt): {receipts} acknowledged entries, all there; \
         {checkpoints} checkpoints, all consistent with the last one of {size} entries; \
         {whole} mints there with note, tag and number, {absent} without any of them"
    );
}
