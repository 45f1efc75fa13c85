//! Killed without warning, again and again: whatever was cosigned stays cosigned, on one history, under one key.

use crate::fixture::*;
use crate::wire;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tradeseal_verifier::log::{CosignerKey, SignedCheckpoint};
use tradeseal_witness::http::{RunningWitness, ServeOptions};

const FOLDER: &str = "TRADESEAL_TEST_WITNESS_FOLDER";
const KILLS: u64 = 60;
const SIZE: u64 = 4_000;
const FORK_AT: u64 = 2;

/// The log witness in a process of its own: this test program, run once more for one ignored test.
struct Process {
    child: Child,
}

impl Process {
    fn start(folder: &Path) -> Self {
        let child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--ignored",
                "--exact",
                "--nocapture",
                "kills::serves_until_it_is_killed",
            ])
            .env(FOLDER, folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        Self { child }
    }

    /// Waits for the line that tells its key and address.
    fn announced(&mut self) -> (CosignerKey, SocketAddr) {
        let mut printed = vec![];
        let line = loop {
            let mut byte = [0];
            let read = self.child.stdout.as_mut().unwrap().read(&mut byte).unwrap();
            assert_eq!(read, 1, "it ended by itself: {}", String::from_utf8_lossy(&printed));
            printed.push(byte[0]);
            let text = String::from_utf8_lossy(&printed);
            if let Some(line) = text.lines().find_map(|line| line.strip_prefix("serving "))
                && text.ends_with('\n')
            {
                break line.to_owned();
            }
        };
        let (key, address) = line.split_once(' ').unwrap();
        (CosignerKey::parse(key).unwrap(), address.parse().unwrap())
    }

    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

#[test]
#[ignore = "the process that the kill test starts and kills"]
fn serves_until_it_is_killed() {
    let folder = std::env::var_os(FOLDER).expect("run by the kill test, which names a folder");
    let witness = Arc::new(open(Path::new(&folder)));
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let key = witness.key().to_string();
    let running = RunningWitness::start(witness, listener, &ServeOptions::default()).unwrap();
    let line = format!("\nserving {key} {}\n", running.address());
    std::io::stdout().lock().write_all(line.as_bytes()).unwrap();
    loop {
        std::thread::park();
    }
}

/// What one submitter got before the connection broke: cosigned sizes.
fn push(address: SocketAddr, log: &Log, key: &CosignerKey, stop: &AtomicBool) -> Vec<u64> {
    let (mut cosigned, mut old_size) = (vec![], 0);
    while !stop.load(Ordering::Relaxed) {
        let size = (old_size + 1).min(SIZE);
        let Some(answered) = try_post(address, &log.body(old_size, size)) else {
            break;
        };
        match answered.status {
            200 => {
                let note = SignedCheckpoint::parse(&format!("{}{}", log.checkpoint(size), answered.body)).unwrap();
                assert_eq!(note.cosignatures(std::slice::from_ref(key)).unwrap().len(), 1);
                cosigned.push(size);
                old_size = size;
            }
            409 if answered.content_type == "text/x.tlog.size" => {
                old_size = answered.body.trim_end().parse().unwrap();
            }
            // The other branch is ahead, and stays so.
            409 | 422 => break,
            _ => panic!("{answered:?}"),
        }
    }
    cosigned
}

/// `None` if the process is gone before its whole answer came.
fn try_post(address: SocketAddr, body: &[u8]) -> Option<wire::Answered> {
    let mut stream = TcpStream::connect(address).ok()?;
    let head = format!(
        "POST /add-checkpoint HTTP/1.1\r\nHost: w\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(&[head.as_bytes(), body].concat()).ok()?;
    let mut answer = vec![];
    stream.read_to_end(&mut answer).ok()?;
    (answer.ends_with(b"\n") && answer.len() > 12).then(|| wire::parse(&answer))
}

#[test]
#[allow(clippy::print_stdout)]
fn sixty_kills_never_make_it_sign_two_histories_forget_one_or_change_its_key() {
    let folder = tempfile::tempdir().unwrap();
    let branches = [1, 2].map(|branch| Log::new(SIZE, FORK_AT, branch));
    let (mut key, mut largest, mut total) = (None, [0; 2], 0);
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for _ in 0..KILLS {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let microseconds = (state >> 33) % 100_000;
        let mut process = Process::start(folder.path());
        // One in four dies while it starts.
        if state >> 62 == 0 {
            std::thread::sleep(Duration::from_micros(microseconds / 4));
            process.kill();
            continue;
        }
        let (found, address) = process.announced();
        assert_eq!(*key.get_or_insert(found.clone()), found, "the key changed");
        let stop = AtomicBool::new(false);
        let cosigned = std::thread::scope(|scope| {
            let pushes = branches
                .each_ref()
                .map(|log| scope.spawn(|| push(address, log, &found, &stop)));
            std::thread::sleep(Duration::from_micros(microseconds));
            process.kill();
            stop.store(true, Ordering::Relaxed);
            pushes.map(|push| push.join().unwrap())
        });
        for (branch, sizes) in cosigned.iter().enumerate() {
            total += sizes.len();
            largest[branch] = sizes.iter().copied().chain([largest[branch]]).max().unwrap();
        }
        // Sizes up to the fork are of both.
        assert!(
            largest.iter().filter(|size| **size > FORK_AT).count() <= 1,
            "both branches: {largest:?}"
        );
    }
    let witness = open(folder.path());
    assert_eq!(Some(witness.key()), key.as_ref());
    let head = witness.logs().unwrap()[0].1.clone().unwrap();
    let acknowledged = largest.into_iter().max().unwrap();
    assert!(
        head.size >= acknowledged,
        "{} is behind the acknowledged {acknowledged}",
        head.size
    );
    let branch = usize::from(largest[1] > largest[0]);
    assert_eq!(head.root, branches[branch].root(head.size));
    assert!(total > 60, "hardly anything was cosigned: {total}");
    println!(
        "{KILLS} kills: {total} cosignatures, all on one history up to {acknowledged}; the last start is at {}",
        head.size
    );
}

#[test]
#[allow(clippy::print_stdout)]
fn a_log_witness_killed_while_it_is_made_is_made_at_the_next_start_under_the_key_that_it_showed() {
    let (mut finished, mut interrupted) = (0, 0);
    for step in 0..40 {
        let folder = tempfile::tempdir().unwrap();
        let process = Process::start(folder.path());
        std::thread::sleep(Duration::from_micros(step * 700));
        process.kill();
        let had_key = folder.path().join("key").exists();
        let key = open(folder.path()).key().clone();
        assert_eq!(*open(folder.path()).key(), key);
        finished += usize::from(had_key);
        interrupted += usize::from(!had_key);
    }
    println!("40 kills while starting: {interrupted} before there was a key, {finished} after");
}
