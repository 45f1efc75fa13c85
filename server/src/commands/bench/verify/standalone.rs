//! The stand-alone verifier from a cold start: process to verdict.
//!
//! In scope: a presentation made for it, the program run again and again, the time of each whole run by the clock on the wall. Its files are warm in the
//! system's cache.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use std::{env, fs};

use ark_std::rand::Rng;
use serde::Serialize;
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_trapdoor::Scenario;
use tradeseal_trapdoor::figures::median;
use tradeseal_verifier::groth16::{Provenance, TranscriptDigest};

use crate::{Failure, clock};

const PROGRAM: &str = "tradeseal-verify";
const RUNS: usize = 40;
/// Exit code of an offline verdict on a faultless presentation: only a ledger can say whether the receivable is free.
const INCONCLUSIVE: i32 = 3;

/// What the stand-alone verifier weighs and takes.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Standalone {
    pub(super) path: String,
    pub(super) bytes: u64,
    /// Start of the process to its end, verdict printed.
    pub(super) cold_ms: f64,
    /// The quickest run: nearest to what an idle machine takes.
    pub(super) cold_best_ms: f64,
    /// A process that only prints its version, in the same rounds: what starting one takes here.
    pub(super) start_ms: f64,
}

/// `None` if no program is named and none is found.
pub(super) fn measure(named: Option<&Path>, rng: &mut impl Rng) -> Result<Option<Standalone>, Failure> {
    let Some(program) = named.map(Path::to_path_buf).or_else(found) else {
        return Ok(None);
    };
    let read = |cause| Failure::file("read", &program, &cause);
    let bytes = fs::metadata(&program).map_err(read)?.len();
    let folder = tempfile::tempdir().map_err(|cause| Failure::file("write", &env::temp_dir(), &cause))?;
    let arguments = write_question(folder.path(), rng)?;
    let (mut cold, mut start) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let mut answer = None;
        cold.push(on_the_wall(|| {
            answer = Some(Command::new(&program).args(&arguments).output());
        }));
        let mut version = None;
        start.push(on_the_wall(|| {
            version = Some(Command::new(&program).arg("--version").output());
        }));
        version.transpose().map_err(read)?;
        let code = answer
            .transpose()
            .map_err(read)?
            .and_then(|output| output.status.code());
        if code != Some(INCONCLUSIVE) {
            return Err(Failure::new(
                "standalone",
                format!(
                    "{} gave exit code {code:?} on a faultless presentation",
                    program.display()
                ),
                "name a tradeseal-verify of this version: make tiny",
            ));
        }
    }
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    Ok(Some(Standalone {
        path: program.display().to_string(),
        bytes,
        cold_best_ms: ms(cold.iter().min().copied().unwrap_or_default()),
        cold_ms: ms(median(cold)),
        start_ms: ms(median(start)),
    }))
}

fn on_the_wall(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

/// Beside this program, or where `make tiny` leaves it.
fn found() -> Option<PathBuf> {
    let here = env::current_exe().ok()?;
    let folder = here.parent()?;
    [folder.join(PROGRAM), folder.join("../tiny").join(PROGRAM)]
        .into_iter()
        .find(|path| path.is_file())
}

fn write_question(folder: &Path, rng: &mut impl Rng) -> Result<Vec<String>, Failure> {
    let scenario = Scenario::new(UnixSeconds(clock::now().0 - 60), rng);
    let request = scenario.signed(scenario.draft(12, rng));
    let ceremony = Provenance::Ceremony {
        transcript: TranscriptDigest([1; 32]),
    };
    let write = |name: &str, bytes: Vec<u8>| -> Result<String, Failure> {
        let path = folder.join(name);
        fs::write(&path, bytes).map_err(|cause| Failure::file("write", &path, &cause))?;
        Ok(path.display().to_string())
    };
    let presentation = write("presentation.json", scenario.presentation(&request, rng).to_json())?;
    let request = write("request.json", request.to_json())?;
    let trust = write("trust.json", scenario.trust(ceremony, false).to_json())?;
    Ok(vec![presentation, "--request".into(), request, "--trust".into(), trust])
}
