//! `tradeseal-verify`: checks presentations against a request, and evidence, by a trust file, on this machine alone.
//!
//! In scope: reading the named files, printing verdicts, exit codes. Out of scope: the checks (the library), any network: what only a
//! reachable ledger can answer stays unchecked, and the verdict says so.
//! An attacker who owns this part shows its user what it likes.

mod arguments;
mod failure;
mod files;
mod folder;
mod verification;

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use arguments::{Arguments, Parsed};
use failure::Failure;
use tradeseal_verifier::batch::FileKind;
use tradeseal_verifier::verdict::Verdict;
use verification::Verifier;

/// Exit code of every error.
const ERROR: u8 = 2;

fn main() -> ExitCode {
    let json = std::env::args_os().skip(1).any(|argument| argument == "--json");
    match run() {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            // A message that stderr does not take has no other way out.
            let _ = writeln!(io::stderr().lock(), "{}", failure.text(json));
            ExitCode::from(ERROR)
        }
    }
}

fn run() -> Result<u8, Failure> {
    match arguments::parse(std::env::args_os().skip(1))? {
        Parsed::Help => print(arguments::HELP).map(|()| 0),
        Parsed::Version => print(concat!("tradeseal-verify ", env!("CARGO_PKG_VERSION"))).map(|()| 0),
        Parsed::Verify(arguments) => verify(&arguments),
    }
}

fn verify(arguments: &Arguments) -> Result<u8, Failure> {
    let verifier = Verifier::read(&arguments.trust, arguments.at)?;
    let verdict = if arguments.presentation.is_dir() {
        folder::verify(&verifier, arguments)?
    } else if arguments.request.is_none() && is_evidence(&arguments.presentation) {
        verify_evidence(&verifier, arguments)?
    } else {
        verify_one(&verifier, arguments)?
    };
    Ok(verdict.exit_code())
}

/// Evidence answers no request given beside it: it brings its own.
fn is_evidence(path: &Path) -> bool {
    path.to_string_lossy().ends_with(FileKind::Evidence.ending())
}

fn verify_evidence(verifier: &Verifier, arguments: &Arguments) -> Result<Verdict, Failure> {
    let report = verifier.verify_evidence(&files::evidence(&arguments.presentation)?);
    if arguments.json {
        print_bytes(&report.to_json())?;
    } else {
        print(&report.to_string())?;
    }
    Ok(report.verdict)
}

fn verify_one(verifier: &Verifier, arguments: &Arguments) -> Result<Verdict, Failure> {
    let request = arguments.request.as_ref().ok_or_else(arguments::request_missing)?;
    let request = verification::read_request(request)?;
    let report = verifier.verify(&files::presentation(&arguments.presentation)?, &request);
    if arguments.json {
        print_bytes(&report.to_json())?;
    } else {
        print(&report.to_string())?;
    }
    Ok(report.verdict)
}

fn print(text: &str) -> Result<(), Failure> {
    print_bytes(text.as_bytes())
}

/// Prints on stdout, with one newline at the end. A reader that has left (`| head`) is no error.
fn print_bytes(text: &[u8]) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    let written = stdout
        .write_all(text.trim_ascii_end())
        .and_then(|()| stdout.write_all(b"\n"))
        .and_then(|()| stdout.flush());
    match written {
        Err(cause) if cause.kind() != io::ErrorKind::BrokenPipe => Err(Failure::output(&cause)),
        _ => Ok(()),
    }
}
