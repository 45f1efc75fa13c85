//! `tradeseal request show`: what a request asks, if its signature verifies.
//!
//! In scope: reading and printing. Out of scope: whether the verifier's name is true; only its key is authenticated.
//! An attacker who owns this part shows a holder another question than the one signed.

use std::path::PathBuf;

use clap::Args;
use tradeseal_verifier::request::{MAX_REQUEST_BYTES, Request};

use super::summary::Summary;
use crate::{Context, Failure, Outcome, clock, files};

pub(super) const EXAMPLES: &str = "\
Example:
  tradeseal request show request.json

The name of who asks is what the request says; only the key beside it is proven.";

/// Arguments of `request show`.
#[derive(Debug, Args)]
pub struct ShowRequest {
    /// The request
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl ShowRequest {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let bytes = files::read(&self.file, MAX_REQUEST_BYTES as u64)?;
        let request = Request::parse(&bytes)?;
        context.console().print(&Summary::of(&request, clock::now(), None))?;
        Ok(Outcome::Done)
    }
}
