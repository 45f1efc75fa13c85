//! The `tradeseal` command line: what joins documents, wallet, prover, ledger and verifier.
//!
//! In scope: reading arguments and files, the wallet at rest, printing. Out of scope: what is proven, kept and verified
//! (the other crates). Data goes to stdout, everything else to stderr; exit codes are 0 done or verified, 1 not verified,
//! 2 error, 3 inconclusive.
//! An attacker who owns this part owns its user: it reads the wallet and prints the verdicts.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod cli;
mod clock;
pub mod commands;
mod console;
mod context;
mod failure;
mod files;
mod ledger_view;
pub mod operations;
mod outcome;
mod processor;
mod progress;
mod randomness;
pub mod sealing;
pub mod statements;
mod usage;
pub mod wallet;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

pub use cli::{Cli, Command, GlobalOptions};
pub use console::Console;
pub use context::Context;
pub use failure::Failure;
pub use outcome::Outcome;
pub use progress::ConsoleProgress;

/// Runs one command line, the program's name first, and says how it went.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let checked = processor::require();
    let cli = match Cli::try_parse_from(&arguments) {
        Ok(cli) => cli,
        Err(refused) => return usage::answer(&refused, &arguments),
    };
    let context = Context::new(&cli.global);
    let result = checked.and_then(|()| cli.command.run(&context));
    context.console().finish(result)
}
