//! The `tradeseal` binary: everything it does is in the library of this crate.

use std::process::ExitCode;

fn main() -> ExitCode {
    tradeseal_server::run(std::env::args_os())
}
