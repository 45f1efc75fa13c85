//! The command line.
//!
//! In scope: its grammar and its help. Out of scope: what the named files hold.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_verifier::calendar::parse_utc;

use crate::Failure;

/// What `--help` prints.
pub(crate) const HELP: &str = "\
Checks a presentation against the request it answers, or evidence, by a trust file, on this machine alone.

Usage: tradeseal-verify PRESENTATION --request FILE --trust FILE [--at TIME] [--json]
       tradeseal-verify FILE.evidence.json --trust FILE [--at TIME] [--json]
       tradeseal-verify FOLDER [--request FILE] --trust FILE [--at TIME] [--json]

  PRESENTATION    what the holder handed over
  FOLDER          checks every *.presentation.json and *.evidence.json in it; without --request, each presentation
                  against the *.request.json in the folder that it names
  --request FILE  what was asked
  --trust FILE    which logs and keys to believe
  --at TIME       judge as of this time (2026-12-31T23:59:59Z, or a day) and not as of now by this machine's clock
  --json          the report as JSON on stdout; an error as JSON on stderr
  --help, --version

No network is used: whether a receivable is still free only its ledger can say, so that a presentation that is right in
every other way comes out as inconclusive here.

Exit codes: 0 verified, 1 not verified, 2 error, 3 inconclusive. A folder's is that of its worst presentation.

Examples:
  tradeseal-verify acme.presentation.json --request request.json --trust trust.json
  tradeseal-verify acme.evidence.json --trust trust.json
  tradeseal-verify handed-over/ --trust trust.json --json";

/// What to verify.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Arguments {
    pub(crate) presentation: PathBuf,
    pub(crate) request: Option<PathBuf>,
    pub(crate) trust: PathBuf,
    /// As of when; absent, now.
    pub(crate) at: Option<UnixSeconds>,
    pub(crate) json: bool,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Parsed {
    Help,
    Version,
    Verify(Arguments),
}

pub(crate) fn parse(arguments: impl Iterator<Item = OsString>) -> Result<Parsed, Failure> {
    let mut arguments = arguments;
    let (mut presentation, mut request, mut trust, mut at, mut json) = (None, None, None, None, false);
    while let Some(argument) = arguments.next() {
        match argument.to_str() {
            Some("--help" | "-h") => return Ok(Parsed::Help),
            Some("--version" | "-V") => return Ok(Parsed::Version),
            Some("--json") => json = true,
            Some("--request") => once("--request", &mut request, arguments.next())?,
            Some("--trust") => once("--trust", &mut trust, arguments.next())?,
            Some("--at") => once("--at", &mut at, arguments.next())?,
            Some(option) if option.starts_with("--") => return Err(usage(format!("unknown option {option}"))),
            _ => once("PRESENTATION", &mut presentation, Some(argument))?,
        }
    }
    Ok(Parsed::Verify(Arguments {
        presentation: presentation.ok_or_else(|| usage("no presentation named".into()))?,
        request,
        trust: trust.ok_or_else(|| usage("no trust file named; give --trust FILE".into()))?,
        at: at.map(|at: PathBuf| time(&at)).transpose()?,
        json,
    }))
}

pub(crate) fn request_missing() -> Failure {
    usage(
        "no request named; give --request FILE (evidence is taken for what it is if its name ends in .evidence.json)"
            .into(),
    )
}

fn time(text: &Path) -> Result<UnixSeconds, Failure> {
    parse_utc(&text.to_string_lossy()).map_err(|refused| usage(format!("--at: {refused}")))
}

fn once(name: &str, slot: &mut Option<PathBuf>, value: Option<OsString>) -> Result<(), Failure> {
    let value = value.ok_or_else(|| usage(format!("{name} needs a value")))?;
    match slot.replace(value.into()) {
        None => Ok(()),
        Some(_) => Err(usage(format!("{name} is given twice"))),
    }
}

fn usage(message: String) -> Failure {
    Failure::new("usage", message, "see tradeseal-verify --help")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Parsed, String> {
        parse(line.split_whitespace().map(OsString::from)).map_err(|failure| failure.text(false))
    }

    #[test]
    fn options_stand_in_any_order() {
        let expected = Arguments {
            presentation: "p".into(),
            request: Some("r".into()),
            trust: "t".into(),
            at: Some(UnixSeconds(86_400)),
            json: true,
        };
        for line in [
            "p --request r --trust t --at 1970-01-02 --json",
            "--json --trust t p --at 1970-01-02T00:00:00Z --request r",
        ] {
            assert_eq!(parsed(line), Ok(Parsed::Verify(expected.clone())));
        }
    }

    #[test]
    fn what_is_missing_doubled_or_unknown_is_named() {
        for (line, named) in [
            ("", "no presentation"),
            ("p", "--trust"),
            ("p --trust", "--trust needs a value"),
            ("p q --trust t", "PRESENTATION is given twice"),
            ("p --trust t --trust u", "--trust is given twice"),
            ("p --trust t --frob", "--frob"),
            ("p --trust t --at noon", "2026-12-31T23:59:59Z"),
        ] {
            let message = parsed(line).expect_err(line);
            assert!(message.contains(named), "{line}: {message}");
        }
    }
}
