//! A folder with a wallet, a ledger, and a supplier and a debtor that are enrolled.

use std::path::Path;

use tempfile::TempDir;
use tradeseal_documents::{Invoice, SAMPLE_UBL_INVOICE, read_invoice};
use tradeseal_primitives::party::PartyIdentifier;
use tradeseal_primitives::receivable::AmountMinor;
use tradeseal_prover::Silent;
use tradeseal_server::operations::mint::{Minted, mint};
use tradeseal_server::operations::transfer::{Payment, Transferred, transfer};
use tradeseal_server::operations::{LedgerTimes, LocalLedger, enrol};
use tradeseal_server::sealing::Memo;
use tradeseal_server::wallet::{ItemName, Party, Wallet};
use tradeseal_server::{Context, Failure};

pub(crate) struct Town {
    _folder: TempDir,
    pub(crate) context: Context,
    pub(crate) wallet: Wallet,
    pub(crate) local: LocalLedger,
}

pub(crate) fn name(text: &str) -> ItemName {
    text.parse().unwrap()
}

/// The sample invoice under another number.
pub(crate) fn invoice(number: &str) -> Invoice {
    read_invoice(SAMPLE_UBL_INVOICE.replace("NW-2026-0914", number).as_bytes()).unwrap()
}

impl Town {
    /// With `acme`, who issues the sample invoice, enrolled, and `beta`, who has no name on invoices.
    pub(crate) fn with_registry_era(registry_era_seconds: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("development-keys");
        let context = Context::in_folders(folder.path().to_owned(), Some(cache), true);
        let wallet = context.wallet().unwrap();
        let times = LedgerTimes {
            registry_era_seconds,
            ..LedgerTimes::default()
        };
        let local = LocalLedger::begin(&context, &wallet, &times, &mut Silent).unwrap();
        let acme = Party::generate(Some(PartyIdentifier::new("VAT", "DE297540184").unwrap())).unwrap();
        wallet.add(&name("acme"), &acme).unwrap();
        wallet.add(&name("beta"), &Party::generate(None).unwrap()).unwrap();
        enrol::enrol(&local, &name("acme"), &acme).unwrap();
        Self {
            _folder: folder,
            context,
            wallet,
            local,
        }
    }

    pub(crate) fn stage(&self) -> (&Context, &Wallet, &LocalLedger) {
        (&self.context, &self.wallet, &self.local)
    }

    /// `acme` mints its invoice, without an acknowledgment.
    pub(crate) fn mint(&self, invoice: &Invoice) -> Result<Minted, Failure> {
        let acme: Party = self.wallet.get(&name("acme")).unwrap();
        mint(self.stage(), invoice, (&name("acme"), &acme), None, &mut Silent)
    }

    /// Pays a part of a note to a party of the wallet.
    pub(crate) fn pay(&self, item: &ItemName, to: &str, minor: u64) -> Transferred {
        let payment = Payment {
            to: self.wallet.get::<Party>(&name(to)).unwrap().handle(),
            amount: AmountMinor(minor),
            memo: Memo::default(),
        };
        transfer(self.stage(), std::slice::from_ref(item), &[payment], None, &mut Silent).unwrap()
    }
}
