//! Auditing: a sound log passes, every altered byte is named, and what a dishonest operator signs is found by the rule it breaks.

use crate::fixture::*;
use crate::minting::rotation;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use tradeseal_ledger::ProofKeys;
use tradeseal_ledger::audit::{AuditCheck, Audited, Directory, Fault, MAX_BATCH_ENTRIES, PublishedLog, audit};
use tradeseal_ledger::log_tree::{TileCoordinate, TileKind, encode_bundle, tiles_of};
use tradeseal_ledger::rules::Refusal;
use tradeseal_ledger::store::RocksStore;
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_verifier::entry::{Entry, EntryKind, StateRecord};
use tradeseal_verifier::log::{Checkpoint, LogHash, SignedCheckpoint, leaf_hash, node_hash};

fn audited(log: &dyn PublishedLog, checkpoint: &Checkpoint, keys: &ProofKeys) -> Audited {
    let scratch = tempfile::tempdir().unwrap();
    let store = RocksStore::open_scratch(&scratch.path().join("replay")).unwrap();
    audit(log, checkpoint, keys, &store, &mut |_| ()).unwrap()
}

/// The audit of a ledger as it is now finds nothing, and makes its very state.
pub fn assert_sound(world: &World) -> Audited {
    let view = world.ledger.view().unwrap();
    let found = audited(&view, view.checkpoint().unchecked_checkpoint(), &proof_keys());
    assert_eq!(found.faults, []);
    assert!(found.whole);
    assert_eq!(found.state.as_ref(), Some(view.latest_state()));
    assert_eq!(found.entries.values().sum::<u64>(), view.size());
    assert_eq!(found.proofs_without_key, 0);
    found
}

/// Parties, two receivables, one of them transferred, the other locked, released and diluted, a new registry key, deposits.
fn eventful() -> World {
    let world = World::new();
    world.accept(enrol(1, 0));
    world.accept(enrol(2, 0));
    world.accept(remove(2, 1));
    world.accept(world.mint(1));
    world.accept(world.mint(2));
    world.accept(transfer(transfer_body(7, world.note_root(), None), None));
    let locked = world.accept(lock(40, world.roots(), 10, 500)).index();
    world.accept(release(40, 10, locked));
    world.accept(dilute(2, 500_000_000));
    world.accept(deposit(900));
    world.at(ERA);
    world.accept(rotation(1));
    world
}

#[test]
fn a_ledger_with_entries_of_every_kind_is_made_again_from_its_tiles() {
    let world = eventful();
    let found = assert_sound(&world);
    assert_eq!(found.proofs_verified, 4, "two mints, a transfer, a lock");
    for kind in [
        EntryKind::Enrol,
        EntryKind::Mint,
        EntryKind::Transfer,
        EntryKind::Lock,
        EntryKind::Registry,
    ] {
        assert!(found.entries.contains_key(&kind), "{kind}");
    }
}

#[test]
fn a_proof_whose_key_is_not_at_hand_is_counted_and_named() {
    let world = eventful();
    let view = world.ledger.view().unwrap();
    let found = audited(&view, view.checkpoint().unchecked_checkpoint(), &ProofKeys::new([]));
    assert_eq!(found.faults, []);
    assert_eq!((found.proofs_verified, found.proofs_without_key), (0, 4));
    assert_eq!(found.missing_keys.len(), 3);
}

/// More than a full tile of entries, exported twice, so that an earlier partial tile is there too.
fn exported() -> (World, tempfile::TempDir) {
    let world = eventful();
    let folder = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let ledger = &world.ledger;
            scope.spawn(move || (0..62).for_each(|n| drop(ledger.submit(deposit(10_000 * (thread + 1) + n)).unwrap())));
        }
    });
    world.ledger.view().unwrap().export(folder.path()).unwrap();
    world.accept(deposit(5));
    world.ledger.view().unwrap().export(folder.path()).unwrap();
    (world, folder)
}

fn checkpoint_in(folder: &Path, world: &World) -> Checkpoint {
    let text = std::fs::read_to_string(folder.join("checkpoint")).unwrap();
    SignedCheckpoint::parse(&text)
        .unwrap()
        .verify(&world.keys())
        .unwrap()
        .clone()
}

#[test]
#[allow(clippy::print_stdout)]
fn any_altered_byte_of_an_export_is_found_and_its_file_named() {
    let (world, folder) = exported();
    let checkpoint = checkpoint_in(folder.path(), &world);
    let log = Directory::new(folder.path());
    let keys = proof_keys();
    assert_eq!(audited(&log, &checkpoint, &keys).faults, []);
    let files: Vec<String> = log
        .files()
        .unwrap()
        .into_iter()
        .filter(|file| file != "checkpoint")
        .collect();
    assert!(
        files.iter().filter(|file| file.contains(".p/")).count() >= 4,
        "{files:?}"
    );
    let every = std::env::var("TRADESEAL_EVERY_BYTE").is_ok();
    let mut tried = 0;
    for file in &files {
        let path = folder.path().join(file);
        let whole = std::fs::read(&path).unwrap();
        let step = if every { 1 } else { whole.len().div_ceil(6) };
        for at in (0..whole.len()).step_by(step) {
            let mut altered = whole.clone();
            altered[at] ^= 1 << (at % 8);
            std::fs::write(&path, altered).unwrap();
            let found = audited(&log, &checkpoint, &keys);
            let named = found
                .faults
                .iter()
                .any(|fault| fault.to_string().contains(file.as_str()));
            assert!(named, "byte {at} of {file}: {:?}", found.faults);
            tried += 1;
        }
        for spoiled in [
            Some(&whole[..whole.len() - 1]),
            Some(&[&whole[..], b"x"].concat()[..]),
            None,
        ] {
            match spoiled {
                Some(bytes) => std::fs::write(&path, bytes).unwrap(),
                None => std::fs::remove_file(&path).unwrap(),
            }
            let found = audited(&log, &checkpoint, &keys);
            let named = found
                .faults
                .iter()
                .any(|fault| fault.to_string().contains(file.as_str()));
            let earlier = spoiled.is_none() && is_earlier(file, checkpoint.size());
            assert!(named || earlier, "{file}: {:?}", found.faults);
            tried += 1;
        }
        std::fs::write(&path, whole).unwrap();
    }
    println!(
        "{tried} alterations of {} files, each found and its file named",
        files.len()
    );
    assert_eq!(audited(&log, &checkpoint, &keys).faults, []);
}

/// A partial tile that the log has outgrown: nobody needs it any more.
fn is_earlier(file: &str, size: u64) -> bool {
    !tiles_of(0, size).any(|tile| tile.to_string() == file)
}

#[test]
fn files_that_are_no_part_of_the_log_are_named_and_not_judged() {
    let (world, folder) = exported();
    std::fs::write(folder.path().join("index.html"), "<p>A log</p>").unwrap();
    std::fs::write(folder.path().join("tile/0/900"), [0; 8192]).unwrap();
    let found = audited(
        &Directory::new(folder.path()),
        &checkpoint_in(folder.path(), &world),
        &proof_keys(),
    );
    assert_eq!(found.faults, []);
    assert_eq!(found.strays, ["index.html", "tile/0/900"]);
}

#[test]
fn a_full_tile_takes_the_place_of_its_partial_ones() {
    let (_world, folder) = exported();
    let files = Directory::new(folder.path()).files().unwrap();
    assert!(files.contains(&"tile/0/000".to_owned()), "{files:?}");
    assert!(
        !files
            .iter()
            .any(|file| file.contains("/000.p/") && !file.starts_with("tile/1/")),
        "{files:?}"
    );
}

/// A log that an operator made and signed as it liked.
struct MadeLog {
    files: BTreeMap<String, Vec<u8>>,
    checkpoint: Checkpoint,
}

impl MadeLog {
    fn of(entries: &[Vec<u8>]) -> Self {
        let leaves: Vec<LogHash> = entries.iter().map(|entry| leaf_hash(entry)).collect();
        let size = entries.len() as u64;
        let files = tiles_of(0, size).map(|tile| {
            let range = tile.positions();
            let mut bytes = Vec::new();
            for position in range {
                match tile.kind() {
                    TileKind::Entries => {
                        encode_bundle(&mut bytes, &entries[usize::try_from(position).unwrap()]).unwrap();
                    }
                    TileKind::Hashes { level } => {
                        let width = 256usize.pow(level);
                        let first = usize::try_from(position).unwrap() * width;
                        bytes.extend(root(&leaves[first..first + width]).0);
                    }
                }
            }
            (tile.to_string(), bytes)
        });
        Self {
            files: files.collect(),
            checkpoint: Checkpoint::new(origin().as_str(), size, root(&leaves)).unwrap(),
        }
    }

    fn faults(&self) -> Vec<Fault> {
        audited(self, &self.checkpoint, &proof_keys()).faults
    }
}

impl PublishedLog for MadeLog {
    fn read(&self, tile: &TileCoordinate) -> io::Result<Vec<u8>> {
        self.files
            .get(&tile.to_string())
            .cloned()
            .ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn files(&self) -> io::Result<Vec<String>> {
        Ok(self.files.keys().cloned().collect())
    }
}

fn root(hashes: &[LogHash]) -> LogHash {
    match hashes {
        [hash] => *hash,
        _ => {
            let (left, right) = hashes.split_at(hashes.len().next_power_of_two() / 2);
            node_hash(&root(left), &root(right))
        }
    }
}

fn entries_of(world: &World) -> Vec<Vec<u8>> {
    let view = world.ledger.view().unwrap();
    (0..view.size()).map(|index| view.entry(index).unwrap().bytes).collect()
}

fn position(entries: &[Vec<u8>], kind: EntryKind) -> usize {
    let found = entries
        .iter()
        .position(|entry| Entry::decode(entry).unwrap().kind() == kind);
    found.unwrap()
}

/// Places an entry into the first batch after this position, without the state records' knowing.
fn inserted(entries: &[Vec<u8>], at: usize, entry: &Entry) -> Vec<Vec<u8>> {
    let mut changed = entries.to_vec();
    changed.insert(at, entry.encode());
    changed
}

#[test]
fn what_a_dishonest_operator_signs_is_found_by_the_rule_it_breaks() {
    let world = eventful();
    let honest = entries_of(&world);
    assert_eq!(MadeLog::of(&honest).faults(), []);
    let end = honest.len() - 1;
    let refusal = |entries: &[Vec<u8>]| match &MadeLog::of(entries).faults()[..] {
        [Fault::Refused { entry, refusal, .. }] => (*entry, (**refusal).clone()),
        other => panic!("{other:?}"),
    };

    let spent_twice = transfer(
        tradeseal_verifier::entry::TransferBody {
            commitments: [71, 72, 73, 74].map(commitment),
            ..transfer_body(7, world.note_root(), None)
        },
        None,
    );
    let (entry, why) = refusal(&inserted(&honest, end, &spent_twice));
    assert_eq!(entry, end as u64);
    assert!(matches!(why, Refusal::Spent { .. }), "{why}");

    let (_, why) = refusal(&inserted(&honest, end, &Entry::decode(&honest[2]).unwrap()));
    assert!(matches!(why, Refusal::AlreadyLogged { .. }), "{why}");

    let (_, why) = refusal(&inserted(&honest, end, &Entry::decode(&honest[0]).unwrap()));
    assert!(matches!(why, Refusal::NotSubmitted { .. }), "{why}");
}

#[test]
fn proofs_that_do_not_hold_are_found_among_those_that_do() {
    let world = eventful();
    let mut entries = entries_of(&world);
    let (mint, other) = {
        let mut mints = (0..entries.len()).filter(|at| matches!(Entry::decode(&entries[*at]), Ok(Entry::Mint(_))));
        (mints.next().unwrap(), mints.next().unwrap())
    };
    let (Ok(Entry::Mint(mut forged)), Ok(Entry::Mint(donor))) =
        (Entry::decode(&entries[mint]), Entry::decode(&entries[other]))
    else {
        panic!("two mints");
    };
    forged.proof = donor.proof;
    entries[mint] = Entry::Mint(forged).encode();
    let log = MadeLog::of(&entries);
    let found = audited(&log, &log.checkpoint, &proof_keys());
    assert!(
        matches!(&found.faults[..], [Fault::Proof { entry, .. }] if *entry == mint as u64),
        "{:?}",
        found.faults
    );
    assert_eq!(found.proofs_verified, 3);
}

#[test]
fn a_state_record_that_the_entries_do_not_make_is_found_field_by_field() {
    let world = eventful();
    let honest = entries_of(&world);
    let last = honest.len() - 1;
    let Ok(Entry::State(record)) = Entry::decode(&honest[last]) else {
        panic!("a state record");
    };
    let record: StateRecord = *record;
    let changed = |field: &str| -> StateRecord {
        let mut changed = record.clone();
        match field {
            "time" => changed.time = UnixSeconds(START - 1),
            "log_size" => changed.log_size += 1,
            "note_count" => changed.note_count += 1,
            "note_root" => {
                changed.note_root = tradeseal_verifier::statement::NoteRoot::from_fr(changed.deposit_root.to_fr());
            }
            "nullifier_count" => changed.nullifier_count += 1,
            "nullifier_root" => changed.nullifier_root = changed.revocation_root,
            "directory_count" => changed.directory_count += 1,
            "dilution_count" => changed.dilution_count += 1,
            "deposit_count" => changed.deposit_count += 1,
            other => panic!("{other}"),
        }
        changed
    };
    for field in [
        "time",
        "log_size",
        "note_count",
        "note_root",
        "nullifier_count",
        "nullifier_root",
        "directory_count",
        "dilution_count",
        "deposit_count",
    ] {
        let mut entries = honest.clone();
        entries[last] = changed(field).encode();
        let faults = MadeLog::of(&entries).faults();
        assert!(
            matches!(&faults[..], [Fault::State { entry, field: found }] if *found == field && *entry == last as u64),
            "{field}: {faults:?}"
        );
    }
}

#[test]
fn a_log_that_begins_or_ends_as_no_log_does_is_found() {
    let world = eventful();
    let honest = entries_of(&world);
    let faults = |entries: &[Vec<u8>]| MadeLog::of(entries).faults();
    let check = |entries: &[Vec<u8>]| faults(entries).iter().map(Fault::check).collect::<Vec<_>>();
    assert_eq!(
        check(&honest[..honest.len() - 1]),
        [AuditCheck::Entries],
        "no state record at the end"
    );
    assert_eq!(check(&honest[1..]), [AuditCheck::Entries], "no genesis");
    let enrolled = position(&honest, EntryKind::Enrol);
    let mut without = honest.clone();
    without.remove(enrolled);
    assert_eq!(check(&without), [AuditCheck::StateRecords], "an entry left out");
    let mut unreadable = honest.clone();
    unreadable[enrolled].push(0);
    assert_eq!(check(&unreadable), [AuditCheck::Entries]);
    let foreign = MadeLog {
        checkpoint: Checkpoint::new(
            "ledger.example/other",
            honest.len() as u64,
            *MadeLog::of(&honest).checkpoint.root(),
        )
        .unwrap(),
        ..MadeLog::of(&honest)
    };
    assert_eq!(
        foreign.faults().iter().map(Fault::check).collect::<Vec<_>>(),
        [AuditCheck::Entries]
    );
}

#[test]
fn a_batch_without_end_is_given_up_before_it_fills_the_memory() {
    let honest = entries_of(&World::new());
    let deposits = (0..=MAX_BATCH_ENTRIES as u64).map(|number| deposit(number).encode());
    let log = MadeLog::of(&honest.into_iter().chain(deposits).collect::<Vec<_>>());
    let faults = log.faults();
    assert!(
        matches!(&faults[..], [Fault::Order { entry, .. }] if *entry == 2 + MAX_BATCH_ENTRIES as u64),
        "{faults:?}"
    );
}

#[test]
fn a_pipe_or_a_folder_in_a_files_place_does_not_keep_the_audit_waiting() {
    let (world, folder) = exported();
    let checkpoint = checkpoint_in(folder.path(), &world);
    let log = Directory::new(folder.path());
    let path = folder.path().join("tile/0/000");
    std::fs::remove_file(&path).unwrap();
    assert!(
        std::process::Command::new("mkfifo")
            .arg(&path)
            .status()
            .unwrap()
            .success()
    );
    let is_named =
        |found: &Audited| matches!(&found.faults[..], [Fault::Unreadable { file, .. }] if file == "tile/0/000");
    assert!(is_named(&audited(&log, &checkpoint, &proof_keys())));
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    assert!(is_named(&audited(&log, &checkpoint, &proof_keys())));
}

#[test]
fn a_checkpoint_over_another_log_is_found_by_its_root() {
    let world = eventful();
    let honest = entries_of(&world);
    let log = MadeLog {
        checkpoint: Checkpoint::new(origin().as_str(), honest.len() as u64, LogHash([7; 32])).unwrap(),
        ..MadeLog::of(&honest)
    };
    assert_eq!(log.faults(), [Fault::Root]);
    let larger = MadeLog {
        checkpoint: Checkpoint::new(origin().as_str(), u64::MAX >> 1, LogHash([7; 32])).unwrap(),
        ..MadeLog::of(&honest)
    };
    let faults = larger.faults();
    assert!(
        matches!(&faults[..], [Fault::Unreadable { file, .. }] if file == "tile/entries/000"),
        "{faults:?}"
    );
}
