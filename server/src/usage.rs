//! Arguments that cannot be understood, and `--help`: clap's answers in this program's manners.
//!
//! In scope: exit code 2 and the JSON form for usage errors. Out of scope: the grammar (`cli`).
//! An attacker who owns this part misleads a user about how to call the program.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::ErrorKind;

use crate::{Console, Failure, Outcome};

/// Prints help and version on stdout, errors on stderr.
pub(crate) fn answer(refused: &clap::Error, arguments: &[OsString]) -> ExitCode {
    let json = arguments
        .iter()
        .take_while(|argument| *argument != "--")
        .any(|argument| argument == "--json");
    match refused.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let console = Console::new(false);
            console.finish(
                console
                    .print_text(&refused.render().to_string())
                    .map(|()| Outcome::Done),
            )
        }
        _ => Console::new(json).finish(Err(failure(refused))),
    }
}

/// clap writes the cause first, then tips and the usage line.
fn failure(refused: &clap::Error) -> Failure {
    let text = refused.render().to_string();
    let text = text.strip_prefix("error: ").unwrap_or(&text);
    if refused.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return Failure::new("usage", "a command is missing", text.trim());
    }
    let (cause, rest) = text.split_once("\n\n").unwrap_or((text, ""));
    Failure::new("usage", cause.trim(), rest.trim())
}
