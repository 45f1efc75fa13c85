//! Where output goes: data to stdout, everything else to stderr, and under `--json` nothing on stderr but one error object
//! where there is an error.
//!
//! In scope: printing and exit codes. Out of scope: wording. An attacker who owns this part shows its user what it likes.

use std::cell::RefCell;
use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use serde::Serialize;

use crate::{Failure, Outcome};

/// Exit code of every error.
const ERROR: u8 = 2;

/// Prints. Under `--json` notices wait until the end, so that a failed command's stderr is one JSON object.
#[derive(Debug)]
pub struct Console {
    json: bool,
    notices: RefCell<Vec<String>>,
}

impl Console {
    /// A console for people, or for programs.
    pub fn new(json: bool) -> Self {
        Self {
            json,
            notices: RefCell::new(Vec::new()),
        }
    }

    /// Whether output is for programs.
    pub fn is_json(&self) -> bool {
        self.json
    }

    /// Whether messages may move about: stderr is a terminal.
    pub fn is_live(&self) -> bool {
        io::stderr().is_terminal()
    }

    /// Prints a command's data on stdout: as JSON, or as text with one newline at its end.
    ///
    /// # Errors
    /// If stdout does not take it; a reader that has left (`| head`) is no error.
    pub fn print<T: Serialize + Display>(&self, data: &T) -> Result<(), Failure> {
        let text = if self.json {
            serde_json::to_string_pretty(data).map_err(|cause| unprintable(&cause))?
        } else {
            data.to_string()
        };
        self.print_text(&text)
    }

    /// As [`Console::print`], but JSON on one line too: for a program that goes on and is read line by line.
    ///
    /// # Errors
    /// As [`Console::print`].
    pub fn print_line<T: Serialize + Display>(&self, data: &T) -> Result<(), Failure> {
        let text = if self.json {
            serde_json::to_string(data).map_err(|cause| unprintable(&cause))?
        } else {
            data.to_string()
        };
        self.print_text(&text)
    }

    /// Prints text on stdout as it is, with one newline at its end.
    ///
    /// # Errors
    /// As [`Console::print`].
    pub fn print_text(&self, text: &str) -> Result<(), Failure> {
        let mut stdout = io::stdout().lock();
        let written = writeln!(stdout, "{}", text.trim_end_matches('\n')).and_then(|()| stdout.flush());
        match written {
            Err(cause) if cause.kind() != io::ErrorKind::BrokenPipe => Err(unprintable(&cause)),
            _ => Ok(()),
        }
    }

    /// Tells the user something on stderr.
    pub fn notice(&self, text: &str) {
        if self.json {
            self.notices.borrow_mut().push(text.to_owned());
        } else {
            to_stderr(text);
        }
    }

    /// Ends the command: prints the error if there is one, and gives the exit code.
    pub fn finish(&self, result: Result<Outcome, Failure>) -> ExitCode {
        let notices = self.notices.take();
        match result {
            Ok(outcome) => {
                notices.iter().for_each(|notice| to_stderr(notice));
                ExitCode::from(outcome.exit_code())
            }
            Err(failure) => {
                to_stderr(&if self.json {
                    failure.to_json(&notices)
                } else {
                    failure.to_string()
                });
                ExitCode::from(ERROR)
            }
        }
    }
}

/// A message that stderr does not take has no other way out.
fn to_stderr(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", text.trim_end_matches('\n'));
}

fn unprintable(cause: &dyn Display) -> Failure {
    Failure::new(
        "output",
        format!("cannot write the result: {cause}"),
        "check where stdout goes, then run it again",
    )
}
