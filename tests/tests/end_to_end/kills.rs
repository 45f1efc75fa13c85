//! Killed without warning, wallet and ledger at once: what was acknowledged is in both, and the log never forks.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

use tradeseal_documents::SAMPLE_UBL_INVOICE;
use tradeseal_verifier::log::{Checkpoint, verify_consistency};

use crate::files::Files;
use crate::flow::{self, POLICY, text};
use crate::machine::Machine;
use crate::stage::open_ledger;

const KILLS: u32 = 15;

/// Pseudo-random numbers (xorshift64); the moments of the kills differ from run to run anyway.
struct Random(u64);

impl Random {
    fn new() -> Self {
        let seed = SystemTime::UNIX_EPOCH.elapsed().unwrap().subsec_nanos();
        println!("seed {seed}");
        Self(u64::from(seed) | 1)
    }

    /// A part of `whole`, or a little more.
    fn moment_in(&mut self, whole: Duration) -> Duration {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        whole.mul_f64((self.0 % 1100) as f64 / 1000.0)
    }
}

fn start(machine: &Machine, arguments: &[&str]) -> Child {
    let mut command = machine.command(arguments);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// When to kill.
enum Moment {
    /// So long after the start.
    After(Duration),
    /// So long after the proof was made: wallet and ledger are written next.
    AfterProving(Duration),
    /// As soon as the answer is there.
    Answered,
}

/// Kills at that moment; gives what was printed until then.
fn kill(mut child: Child, moment: &Moment) -> String {
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut stderr = BufReader::new(child.stderr.take().unwrap());
    let mut printed = String::new();
    match moment {
        Moment::After(delay) => sleep(*delay),
        Moment::AfterProving(delay) => {
            let mut line = String::new();
            while !line.starts_with("verifying the proof") {
                line.clear();
                assert!(stderr.read_line(&mut line).unwrap() > 0, "it ended without proving");
            }
            sleep(*delay);
        }
        Moment::Answered => while acknowledged(&printed).is_none() && stdout.read_line(&mut printed).unwrap() > 0 {},
    }
    child.kill().unwrap();
    stdout.read_to_string(&mut printed).unwrap();
    child.wait().unwrap();
    printed
}

/// The receivable that a whole answer names: `minted ITEM`, then a line that ends in milliseconds.
fn acknowledged(printed: &str) -> Option<&str> {
    let (first, _) = printed.strip_suffix(" ms\n")?.split_once('\n')?;
    first.strip_prefix("minted ")
}

/// What has been seen of a log, and what was acknowledged.
#[derive(Default)]
struct Known {
    checkpoints: BTreeMap<u64, Checkpoint>,
    acknowledged: BTreeSet<String>,
}

impl Known {
    /// Opens the ledger, holds it against every earlier checkpoint, and remembers its own.
    fn see(&mut self, machine: &Machine) {
        let local = open_ledger(machine);
        let view = local.ledger().view().unwrap();
        let keys = [local.ledger().log_key().clone()];
        let now = view.checkpoint().verify(&keys).unwrap().clone();
        for (size, earlier) in &self.checkpoints {
            let proof = view.consistency_proof(*size, now.size()).unwrap();
            verify_consistency(*size, earlier.root(), now.size(), now.root(), &proof).unwrap();
        }
        self.checkpoints.insert(now.size(), now);
    }

    /// Every acknowledged receivable is in the wallet and on the ledger; every one on the ledger is in the wallet.
    /// Gives how many are on the ledger.
    fn holds(&self, machine: &Machine) -> usize {
        let listed = machine.run(&["receivable", "list"]).data();
        let listed = listed["receivables"].as_array().unwrap();
        let on_ledger = listed.iter().filter(|receivable| receivable["status"] == "free");
        let on_ledger: BTreeSet<String> = on_ledger.map(|receivable| text(receivable, "item")).collect();
        assert!(
            on_ledger.is_superset(&self.acknowledged),
            "{:?} without {on_ledger:?}",
            self.acknowledged
        );
        assert_eq!(on_ledger.len(), listed.len(), "{listed:#?}");
        let notes = open_ledger(machine).ledger().view().unwrap().latest_state().note_count;
        assert_eq!(
            notes,
            on_ledger.len() as u64,
            "a note on the ledger that nobody can spend"
        );
        on_ledger.len()
    }
}

/// The sample invoice under another number, acknowledged; and the command that mints it.
fn minting(machine: &Machine, number: u32) -> Vec<String> {
    let invoice = SAMPLE_UBL_INVOICE.replace("NW-2026-0914", &format!("NW-2026-{}", 1000 + number));
    let invoice = machine.file(&format!("invoice-{number}.xml"), invoice);
    let acknowledgment = flow::acknowledge(machine, &invoice);
    let command = ["receivable", "mint", &invoice, "--owner", "acme", "--acknowledgment"];
    let command = command.map(str::to_owned).into_iter();
    command.chain([acknowledgment]).collect()
}

#[test]
fn a_receivable_acknowledged_before_a_kill_is_in_wallet_and_ledger() {
    let (machine, mut random, mut known) = (Machine::new(), Random::new(), Known::default());
    flow::enrol_both(&machine);
    let minting: Vec<Vec<String>> = (0..=KILLS).map(|number| minting(&machine, number)).collect();
    let command = |number: u32| -> Vec<&str> { minting[number as usize].iter().map(String::as_str).collect() };
    let begun = Instant::now();
    let minted = machine.run(&command(KILLS)).data();
    known.acknowledged.insert(text(&minted, "item"));
    let whole = begun.elapsed();
    known.see(&machine);

    let mut on_ledger = 1;
    for time in 0..KILLS {
        let moment = match time % 3 {
            0 => Moment::Answered,
            1 => Moment::AfterProving(random.moment_in(Duration::from_millis(40))),
            _ => Moment::After(random.moment_in(whole)),
        };
        let printed = kill(start(&machine, &command(time)), &moment);
        known.acknowledged.extend(acknowledged(&printed).map(str::to_owned));
        known.see(&machine);
        on_ledger = known.holds(&machine);
    }
    let count = known.acknowledged.len();
    println!("{KILLS} kills: {on_ledger} receivables on the ledger, {count} of them acknowledged");
    assert!(count > 5, "the first, and those killed when they had answered");

    // What was not minted can be minted now, and what was is refused: nothing is half there.
    for number in 0..KILLS {
        let answer = machine.run(&command(number));
        if answer.code == 0 {
            on_ledger += 1;
        } else {
            assert_eq!(answer.error()["code"], "invoice_already_minted");
        }
    }
    assert_eq!(on_ledger, KILLS as usize + 1);
    assert_eq!(known.holds(&machine), on_ledger);

    // All goes on as if nothing had been, also with a receivable whose command was killed as soon as it had answered.
    let item = known.acknowledged.last().unwrap();
    let request = flow::request(&machine, "bank", POLICY);
    flow::prove(&machine, "bank", &request, item);
    flow::trust_file(&machine);
    machine.verify(&Files::of(&machine, "bank")).report(0);
}

#[test]
fn a_first_demo_that_is_killed_again_and_again_comes_to_its_end_at_last() {
    let (machine, mut random) = (Machine::new(), Random::new());
    for time in 0..6_u32 {
        // Beginning wallet and ledger is the first part of it.
        let delay = random.moment_in(Duration::from_millis(60 << time));
        kill(start(&machine, &["demo"]), &Moment::After(delay));
    }
    let answer = machine.run(&["demo"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    machine.verify(&Files::of_demo(&machine, "bank-a")).report(0);
    Known::default().see(&machine);
}
