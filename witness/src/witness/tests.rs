//! What a log witness does when its disk or its clock fails.

use super::{MAX_CLOCK_STEP_BACK_SECONDS, Witness};
use crate::add_checkpoint::AddCheckpoint;
use crate::clock::Clock;
use crate::folder::Folder;
use crate::history::History;
use crate::history::faulty_disk::{Fault, FaultyDisk};
use crate::known_logs::KnownLogs;
use crate::refusal::Refusal;
use ed25519_dalek::SigningKey;
use std::fs;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use tempfile::TempDir;
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_verifier::log::{
    Checkpoint, Cosigner, KeyName, LogHash, LogSigner, NoteSignature, SignedCheckpoint, leaf_hash, node_hash,
};

const ORIGIN: &str = "ledger.example/tradeseal";

struct SetClock(Arc<AtomicU64>);

impl Clock for SetClock {
    fn now(&self) -> UnixSeconds {
        UnixSeconds(self.0.load(Ordering::Relaxed))
    }
}

struct Fixture {
    witness: Witness,
    disk: FaultyDisk,
    time: Arc<AtomicU64>,
    log: LogSigner,
    _folder: TempDir,
}

fn fixture(disk: FaultyDisk) -> Fixture {
    let folder = tempfile::tempdir().unwrap();
    let files = Folder::new(folder.path());
    let log = LogSigner::new(KeyName::new(ORIGIN).unwrap(), SigningKey::from_bytes(&[1; 32])).unwrap();
    fs::write(files.logs(), format!("{}\n", log.key())).unwrap();
    let time = Arc::new(AtomicU64::new(1_000_000));
    let name = KeyName::new("witness.example/court").unwrap();
    let witness = Witness {
        cosigner: Cosigner::new(name, SigningKey::from_bytes(&[7; 32])).unwrap(),
        history: History::on(disk.clone()).unwrap(),
        known: KnownLogs::open(files.logs()).unwrap(),
        clock: Box::new(SetClock(time.clone())),
        failure: OnceLock::new(),
        _lock: files.lock_witness().unwrap(),
    };
    Fixture {
        witness,
        disk,
        time,
        log,
        _folder: folder,
    }
}

impl Fixture {
    /// Trees of one and two entries: their consistency proof is the second leaf.
    fn submit(&self, old_size: u64, size: u64, second: &[u8]) -> Result<NoteSignature, Refusal> {
        let (one, two) = (leaf_hash(b"one"), leaf_hash(second));
        let root: LogHash = if size == 1 { one } else { node_hash(&one, &two) };
        let proof = if (old_size, size) == (1, 2) { vec![two] } else { vec![] };
        let checkpoint = SignedCheckpoint::sign(Checkpoint::new(ORIGIN, size, root).unwrap(), &self.log).unwrap();
        let request = AddCheckpoint {
            old_size,
            proof,
            checkpoint: checkpoint.clone(),
        };
        let line = self.witness.add_checkpoint(request.to_string().as_bytes())?;
        self.witness
            .key()
            .verify(checkpoint.unchecked_checkpoint(), &line)
            .unwrap();
        Ok(line)
    }

    fn time_of(line: &NoteSignature) -> u64 {
        u64::from_be_bytes(*line.signature().first_chunk().unwrap())
    }
}

#[test]
fn after_any_failure_of_the_disk_nothing_is_cosigned_until_the_next_start() {
    let (mut faults, mut lost) = (0, 0);
    for at in 0.. {
        let fixture = fixture(FaultyDisk::default());
        let before = fixture.disk.calls();
        fixture.disk.fail(Fault {
            at: before + at,
            for_good: false,
        });
        let first = fixture.submit(0, 1, b"");
        if fixture.disk.calls() <= before + at {
            first.unwrap();
            break;
        }
        faults += 1;
        let Err(refused) = first else {
            // The failing call came after the step was durable.
            continue;
        };
        lost += 1;
        assert!(matches!(refused, Refusal::Unable { .. }), "{refused}");
        assert_eq!(fixture.submit(0, 1, b""), Err(refused.clone()));
        assert_eq!(fixture.submit(1, 2, b"two"), Err(refused.clone()));
        assert_eq!(fixture.witness.health(), Err(refused));
    }
    assert!(faults > 5 && lost > 5, "{faults} faults, {lost} refusals");
}

#[test]
fn a_clock_that_steps_back_a_little_repeats_the_last_time_and_one_that_steps_back_far_stops_cosigning() {
    let fixture = fixture(FaultyDisk::default());
    let start = fixture.time.load(Ordering::Relaxed);
    assert_eq!(Fixture::time_of(&fixture.submit(0, 1, b"").unwrap()), start);
    fixture
        .time
        .store(start - MAX_CLOCK_STEP_BACK_SECONDS, Ordering::Relaxed);
    assert_eq!(Fixture::time_of(&fixture.submit(1, 1, b"").unwrap()), start);
    let behind_seconds = MAX_CLOCK_STEP_BACK_SECONDS + 1;
    fixture.time.store(start - behind_seconds, Ordering::Relaxed);
    assert_eq!(
        fixture.submit(1, 2, b"two"),
        Err(Refusal::ClockBehind { behind_seconds })
    );
    fixture.time.store(start + 5, Ordering::Relaxed);
    assert_eq!(Fixture::time_of(&fixture.submit(1, 2, b"two").unwrap()), start + 5);
}

#[test]
fn a_fork_is_refused_and_both_signed_checkpoints_are_kept() {
    let fixture = fixture(FaultyDisk::default());
    fixture.submit(0, 1, b"").unwrap();
    fixture.submit(1, 2, b"two").unwrap();
    assert_eq!(fixture.submit(2, 2, b"another"), Err(Refusal::OtherRoot { size: 2 }));
    let forks = fixture.witness.forks().unwrap();
    let [fork] = &forks[..] else { panic!("{forks:?}") };
    let keys = [fixture.log.key().clone()];
    let sides = [&fork.cosigned, &fork.refused].map(|note| SignedCheckpoint::parse(note).unwrap());
    let sides = sides.each_ref().map(|note| note.verify(&keys).unwrap().clone());
    assert_eq!((sides[0].size(), sides[1].size()), (2, 2));
    assert_ne!(sides[0].root(), sides[1].root());
    // The log witness goes on with the history that it cosigned.
    fixture.submit(2, 2, b"two").unwrap();
}
