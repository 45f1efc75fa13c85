//! The ledger of a financed invoice, opened in this process: for what takes many verdicts, or another time than now.
//!
//! In scope: the real files and the real ledger behind [`verify_eligibility`]. Out of scope: the command line's own part.

use std::fs;
use std::time::{SystemTime, UNIX_EPOCH};

use tradeseal_ledger::Ledger;
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_prover::Silent;
use tradeseal_prover::keys::development_key_cache;
use tradeseal_server::Context;
use tradeseal_server::operations::LocalLedger;
use tradeseal_server::wallet::{BankKey, Secret, Wallet};
use tradeseal_verifier::eligibility::verify_eligibility;
use tradeseal_verifier::entry::Entry;
use tradeseal_verifier::presentation::{Anchor, Presentation};
use tradeseal_verifier::request::Request;
use tradeseal_verifier::trust::Trust;
use tradeseal_verifier::verdict::{Outcome, Report};

use crate::files::Files;
use crate::financed;
use crate::machine::Machine;

/// What commands on a machine work with.
pub(crate) fn context(machine: &Machine) -> Context {
    Context::in_folders(machine.state(), development_key_cache(), true)
}

/// Opens the ledger on a machine, with its wallet's keys.
pub(crate) fn open_ledger(machine: &Machine) -> LocalLedger {
    LocalLedger::open(&context(machine), &open_wallet(machine), &mut Silent).unwrap()
}

/// Opens the wallet on a machine that has no passphrase.
pub(crate) fn open_wallet(machine: &Machine) -> Wallet {
    Wallet::open(&machine.state(), &Secret::KeyFile).unwrap()
}

/// The machine's clock.
pub(crate) fn now() -> UnixSeconds {
    UnixSeconds(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs())
}

/// The names of a report's failed checks. Each must say what it found.
pub(crate) fn failed(report: &Report) -> Vec<&'static str> {
    let failed = report.checks.iter().filter(|check| check.outcome == Outcome::Failed);
    let told = failed.inspect(|check| assert!(!check.detail.is_empty(), "{}", check.name));
    told.map(|check| check.name).collect()
}

/// A machine with its ledger open.
pub(crate) struct Stage {
    // Closed before its folder goes: fields are dropped in this order.
    local: LocalLedger,
    machine: Machine,
    pub(crate) trust: Trust,
}

impl Stage {
    /// Where First Bank holds the lock.
    pub(crate) fn financed() -> Self {
        Self::on(financed::machine())
    }

    /// On a machine where an invoice was financed.
    pub(crate) fn on(machine: Machine) -> Self {
        Self {
            local: open_ledger(&machine),
            trust: Trust::parse(&fs::read(machine.path("trust.json")).unwrap()).unwrap(),
            machine,
        }
    }

    pub(crate) fn local(&self) -> &LocalLedger {
        &self.local
    }

    pub(crate) fn ledger(&self) -> &Ledger {
        self.local.ledger()
    }

    pub(crate) fn bank_key(&self, name: &str) -> BankKey {
        open_wallet(&self.machine).get(&name.parse().unwrap()).unwrap()
    }

    /// A bank's request.
    pub(crate) fn request(&self, bank: &str) -> Request {
        let file = Files::of(&self.machine, bank).request;
        Request::parse(&fs::read(file).unwrap()).unwrap()
    }

    /// The presentation for a bank.
    pub(crate) fn presentation(&self, bank: &str) -> Presentation {
        let file = Files::of(&self.machine, bank).presentation;
        Presentation::parse(&fs::read(file).unwrap()).unwrap()
    }

    /// The verdict now.
    pub(crate) fn judge(&self, presentation: &[u8], request: &Request) -> Report {
        self.judge_at(presentation, request, now())
    }

    /// The verdict at a time.
    pub(crate) fn judge_at(&self, presentation: &[u8], request: &Request, now: UnixSeconds) -> Report {
        verify_eligibility(presentation, request, &self.trust, now, self.ledger())
    }

    /// Indices of the log's state records, in order.
    pub(crate) fn states(&self) -> Vec<u64> {
        let view = self.ledger().view().unwrap();
        let is_state = |index: &u64| matches!(Entry::decode(&view.entry(*index).unwrap().bytes), Ok(Entry::State(_)));
        (0..view.size()).filter(is_state).collect()
    }

    /// An entry with its proof, as presentations carry state records.
    pub(crate) fn anchor(&self, index: u64) -> Anchor {
        let view = self.ledger().view().unwrap();
        Anchor {
            state_entry: view.entry(index).unwrap().bytes,
            tlog_proof: view.tlog_proof(index).unwrap().to_string(),
        }
    }
}
