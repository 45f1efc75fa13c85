//! `tradeseal request new`: a policy, signed by a bank's key for a while.
//!
//! In scope: making the request. Out of scope: delivering it. An attacker who owns this part asks in the bank's name.

use std::path::PathBuf;

use clap::Args;
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_verifier::log::KeyName;
use tradeseal_verifier::policy::{MAX_POLICY_FILE_BYTES, Policy, PolicyFile};
use tradeseal_verifier::request::{Nonce, Request, RequestDraft, VerifierName};
use tradeseal_verifier::statement::StatementId;

use super::duration::parse_seconds;
use super::summary::Summary;
use crate::operations::local_ledger;
use crate::wallet::{BankKey, ItemName, WalletError};
use crate::{Context, Failure, Outcome, clock, files, randomness};

pub(super) const EXAMPLES: &str = "\
Example:
  tradeseal request new --statement receivable/eligibility --policy policy.json \\
      --bank \"First Bank\" --origin ledger.example/receivables --valid-for 14d -o request.json

The policy file:
  {
    \"min_amount\": \"1000.00 EUR\",
    \"due_from\": \"2026-12-01\",
    \"due_to\": \"2027-03-31\",
    \"approved_debtors\": [{ \"scheme\": \"VAT\", \"id\": \"DE123456789\" }],
    \"required_flags\": [\"acknowledged\"],
    \"forbidden_flags\": [\"other_payee_named\"]
  }";

/// Arguments of `request new`.
#[derive(Debug, Args)]
pub struct NewRequest {
    /// What is to be proven, such as receivable/eligibility
    #[arg(long, value_name = "STATEMENT", value_parser = StatementId::from_typed)]
    statement: StatementId,
    /// The policy, a JSON file
    #[arg(long, value_name = "FILE")]
    policy: PathBuf,
    /// Whose key signs; made on first use
    #[arg(long, value_name = "NAME", default_value = "bank")]
    bank: String,
    /// Who asks, as holders shall read it; the bank's name if not given
    #[arg(long, value_name = "NAME")]
    verifier_name: Option<VerifierName>,
    /// Which ledger, by its log's origin; that of the ledger in --dir if not given
    #[arg(long, value_name = "ORIGIN", value_parser = parse_origin)]
    origin: Option<KeyName>,
    /// How long the request holds: 30m, 12h, 14d
    #[arg(long, value_name = "TIME", default_value = "14d", value_parser = parse_seconds)]
    valid_for: u64,
    /// For how long, from now, the bank may lock what it accepts: 30d, 90d
    #[arg(long, value_name = "TIME", default_value = "90d", value_parser = parse_seconds)]
    lock_for: u64,
    /// Where to write it; stdout if not given
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl NewRequest {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let policy = self.read_policy()?;
        let bank: ItemName = self.bank.parse()?;
        let verifier_name = self.verifier_name(&bank)?;
        let key = bank_key(context, &bank)?;
        let now = clock::now();
        let draft = RequestDraft {
            statement: self.statement,
            origin: self.origin(context)?,
            verifier_name,
            policy,
            nonce: Nonce::from_bytes(*randomness::bytes().map_err(WalletError::from)?),
            issued: now,
            expires: UnixSeconds(now.0.saturating_add(self.valid_for)),
            lock_until: UnixSeconds(now.0.saturating_add(self.lock_for)),
        };
        let request = Request::sign(draft, key.signing_key())?;
        match &self.output {
            None => context
                .console()
                .print_text(&String::from_utf8_lossy(&request.to_json()))?,
            Some(path) => {
                files::write(path, &request.to_json())?;
                context
                    .console()
                    .print(&Summary::of(&request, now, Some(path.display().to_string())))?;
            }
        }
        Ok(Outcome::Done)
    }

    fn read_policy(&self) -> Result<Policy, Failure> {
        let bytes = files::read(&self.policy, MAX_POLICY_FILE_BYTES as u64)?;
        Ok(PolicyFile::parse(&bytes)?.into_policy())
    }

    fn origin(&self, context: &Context) -> Result<KeyName, Failure> {
        match &self.origin {
            Some(origin) => Ok(origin.clone()),
            None if local_ledger::exists(context) => Ok(context.ledger()?.origin().clone()),
            None => Err(Failure::new(
                "origin_needed",
                "the request names no ledger, and there is none in --dir",
                "give the log's origin, as its checkpoints show it: --origin ledger.example/receivables",
            )),
        }
    }

    fn verifier_name(&self, bank: &ItemName) -> Result<VerifierName, Failure> {
        match &self.verifier_name {
            Some(name) => Ok(name.clone()),
            None => bank.as_str().parse().map_err(|cause| {
                Failure::new(
                    "verifier_name",
                    format!("{cause}"),
                    "give --verifier-name a name that holders can read",
                )
            }),
        }
    }
}

fn bank_key(context: &Context, name: &ItemName) -> Result<BankKey, Failure> {
    let (key, made) = context.wallet()?.get_or_make(name, BankKey::generate)?;
    if made {
        context.console().notice(&format!(
            "note: made a new key for {name}: {}",
            hex::encode(key.public_key())
        ));
    }
    Ok(key)
}

fn parse_origin(text: &str) -> Result<KeyName, String> {
    KeyName::new(text).map_err(|cause| cause.to_string())
}
