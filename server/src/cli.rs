//! The command line's grammar (`DESIGN` section 8).
//!
//! In scope: global options and the list of commands; each command's own options stand in its file under `commands`.
//! Out of scope: doing anything. An attacker who owns this part runs another command than its user typed.

use std::num::NonZeroU8;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::commands::{
    bench, demo, evidence, export, keys, log, party, prove, receivable, registry, request, trust, verify, witness,
};
use crate::{Context, Failure, Outcome};

const EXAMPLES: &str = "\
Examples:
  tradeseal party new acme --id VAT:DE123456789
  tradeseal receivable read invoice.xml --json
  tradeseal verify acme.presentation.json --request bank.request.json --trust trust.json

Data goes to stdout, messages to stderr. Exit codes: 0 verified or done, 1 not verified, 2 error, 3 inconclusive.";

/// Prove things about trade documents without showing them.
#[derive(Debug, Parser)]
#[command(name = "tradeseal", version, after_help = EXAMPLES, disable_help_subcommand = true)]
pub struct Cli {
    /// Options of every command.
    #[command(flatten)]
    pub global: GlobalOptions,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Options of every command.
#[derive(Debug, Clone, Args)]
pub struct GlobalOptions {
    /// Folder that holds wallet, keys and ledger
    #[arg(
        long,
        global = true,
        value_name = "FOLDER",
        env = "TRADESEAL_DIR",
        default_value = "./tradeseal-data"
    )]
    pub dir: PathBuf,
    /// Print data as JSON on stdout, and errors as JSON on stderr
    #[arg(long, global = true)]
    pub json: bool,
    /// Sets of buckets of the prover: with more, its tables take less memory and proofs take longer
    #[arg(
        long = "prover-bucket-sets",
        global = true,
        value_name = "N",
        env = "TRADESEAL_PROVER_BUCKET_SETS",
        default_value = "1",
        hide = true
    )]
    pub bucket_sets: NonZeroU8,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Play every statement end to end on this folder's ledger
    #[command(after_help = demo::EXAMPLES)]
    Demo(demo::Demo),
    #[command(subcommand)]
    /// Your own parties: the keys with which you own and sign
    Party(party::PartyCommand),
    #[command(subcommand)]
    /// Proving and verifying keys of statements
    Keys(keys::KeysCommand),
    #[command(subcommand)]
    /// Invoices as receivables
    Receivable(receivable::ReceivableCommand),
    #[command(subcommand)]
    /// The registry that keeps an invoice from being minted twice
    Registry(registry::RegistryCommand),
    #[command(subcommand)]
    /// What a verifier asks of holders
    Request(request::RequestCommand),
    /// Answer a request with an item of your wallet
    #[command(after_help = prove::EXAMPLES)]
    Prove(prove::ProveRequest),
    /// Verify a presentation against a request
    #[command(after_help = verify::EXAMPLES)]
    Verify(verify::VerifyPresentation),
    #[command(subcommand)]
    /// One offline file for a court, and its verdict
    Evidence(evidence::EvidenceCommand),
    #[command(subcommand)]
    /// Trust files: which logs and keys a verifier believes
    Trust(trust::TrustCommand),
    #[command(subcommand)]
    /// The ledger's log: checkpoints and proofs
    Log(log::LogCommand),
    #[command(subcommand)]
    /// A log witness: cosigns logs' checkpoints, never two histories
    Witness(witness::WitnessCommand),
    #[command(subcommand)]
    /// Keys and proofs for other people's verifiers
    Export(export::ExportCommand),
    #[command(subcommand)]
    /// Measure this machine
    Bench(bench::BenchCommand),
}

impl Command {
    /// Does it.
    ///
    /// # Errors
    /// [`Failure`] with a cause and a remedy.
    pub fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        match self {
            Self::Demo(command) => command.run(context),
            Self::Prove(command) => command.run(context),
            Self::Party(command) => command.run(context),
            Self::Keys(command) => command.run(context),
            Self::Receivable(command) => command.run(context),
            Self::Registry(command) => command.run(context),
            Self::Request(command) => command.run(context),
            Self::Verify(command) => command.run(context),
            Self::Evidence(command) => command.run(context),
            Self::Trust(command) => command.run(context),
            Self::Log(command) => command.run(context),
            Self::Witness(command) => command.run(context),
            Self::Export(command) => command.run(context),
            Self::Bench(command) => command.run(context),
        }
    }
}
