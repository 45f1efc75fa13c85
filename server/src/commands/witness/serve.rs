//! `tradeseal witness serve`: C2SP tlog-witness over HTTP.
//!
//! In scope: making the log witness on first use, adding the logs that it is to know, listening until SIGTERM or SIGINT. Out of
//! scope: TLS (put a terminator in front). An attacker who owns this part cosigns what it likes.

use std::fmt;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use clap::Args;
use serde::Serialize;
use tradeseal_verifier::log::{KeyName, LogKey};
use tradeseal_witness::http::{ServeOptions, serve_until_signal};
use tradeseal_witness::{LogAdded, SystemClock, Witness, WitnessError, add_log};

use crate::{Context, Failure, Outcome};

pub(super) const EXAMPLES: &str = "\
Examples:
  tradeseal witness serve --dir court --name witness.example/court --log ledger.example/log+1d28ce12+AYqI4910...
  tradeseal witness serve --dir court --listen 127.0.0.1:0 --json

The first line of output is the verifier key and the address. The first start makes the key: choose its name once. Never restore the
file `history` from a backup.";

/// Arguments of `witness serve`.
#[derive(Debug, Args)]
pub struct ServeWitness {
    /// Where to listen; port 0 takes any free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:4870")]
    listen: SocketAddr,
    /// The log witness's name, part of its verifier key; needed at the first start
    #[arg(long, value_name = "NAME", value_parser = parse_name)]
    name: Option<KeyName>,
    /// The verifier key of a log to know from now on; may be given again
    #[arg(long = "log", value_name = "VKEY", value_parser = super::parse_log_key)]
    logs: Vec<LogKey>,
}

#[derive(Debug, Serialize)]
struct Listening {
    verifier_key: String,
    address: String,
    url: String,
}

impl fmt::Display for Listening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.verifier_key, self.url)
    }
}

impl ServeWitness {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        super::require_own_folder(context)?;
        let witness = Arc::new(self.open(context)?);
        for log in &self.logs {
            if add_log(context.dir(), log)? != LogAdded::AlreadyThere {
                context.console().notice(&format!("knows the log {log} from now on"));
            }
        }
        let listener = TcpListener::bind(self.listen).map_err(|cause| self.cannot_listen(&cause))?;
        let address = listener.local_addr().map_err(|cause| self.cannot_listen(&cause))?;
        let listening = Listening {
            verifier_key: witness.key().to_string(),
            address: address.to_string(),
            url: format!("http://{address}"),
        };
        let mut told = Ok(());
        serve_until_signal(witness, listener, &ServeOptions::default(), || {
            told = context.console().print_line(&listening);
        })
        .map_err(|cause| self.cannot_listen(&cause))?;
        told.map(|()| Outcome::Done)
    }

    fn open(&self, context: &Context) -> Result<Witness, Failure> {
        let clock = Box::new(SystemClock);
        match &self.name {
            Some(name) => Ok(Witness::open_or_create(context.dir(), name, clock)?),
            None => match Witness::open(context.dir(), clock) {
                Err(WitnessError::NotCreated(folder)) => Err(Failure::new(
                    "witness_name",
                    format!(
                        "{} holds no log witness yet, and a new one needs a name",
                        folder.display()
                    ),
                    "name it once, such as --name witness.example/court: the name is part of its verifier key",
                )),
                opened => Ok(opened?),
            },
        }
    }

    fn cannot_listen(&self, cause: &std::io::Error) -> Failure {
        Failure::new(
            "listen",
            format!("cannot serve on {}: {cause}", self.listen),
            "choose another --listen address",
        )
    }
}

fn parse_name(text: &str) -> Result<KeyName, String> {
    KeyName::new(text).map_err(|cause| cause.to_string())
}
