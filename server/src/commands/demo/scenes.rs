//! The play. Every scene says what must come of it; anything else ends the demo with an error.
//!
//! In scope: order and expectations. Out of scope: how each act is done (`operations`).
//! An attacker who owns this part hides an act that went wrong.

use tradeseal_documents::Invoice;
use tradeseal_primitives::Fr;
use tradeseal_primitives::party::PartyId;
use tradeseal_primitives::receivable::{AmountMinor, Day, Flags, UnixSeconds};
use tradeseal_prover::{Progress, Proven};
use tradeseal_verifier::calendar::format_day;
use tradeseal_verifier::eligibility::verify_eligibility;
use tradeseal_verifier::policy::{Amount, ApprovedDebtors, DueWindow, Policy};
use tradeseal_verifier::request::{Nonce, Request, RequestDraft};
use tradeseal_verifier::statement::StatementId;
use tradeseal_verifier::trust::Trust;
use tradeseal_verifier::verdict::{Report, Verdict};

use super::cast::{self, Bank, Role};
use super::table::{InvoiceRow, Scene, StatementRow, Table};
use crate::operations::acknowledge::{acknowledge, agreed_due_day};
use crate::operations::mint::{Minted, mint};
use crate::operations::present::{Presented, present};
use crate::operations::transfer::{Payment, Transferred, transfer};
use crate::operations::{LocalLedger, enrol, lock, trust};
use crate::sealing::Memo;
use crate::wallet::{ItemName, Wallet, WalletError};
use crate::{Context, Failure, clock, files, randomness};

/// Terms of payment that the debtor's acknowledgment supplies where the invoice states no due day.
const USUAL_TERM_DAYS: u32 = 30;
/// Banks accept receivables due this many days before or after the invoice's due day.
const WINDOW_DAYS: u32 = 45;
const REQUEST_SECONDS: u64 = 14 * 86_400;
const LOCK_SECONDS: u64 = 90 * 86_400;

/// What all scenes share.
struct Stage<'a> {
    context: &'a Context,
    wallet: Wallet,
    local: LocalLedger,
    trust: Trust,
    invoice: &'a Invoice,
    due_day: Day,
    scenes: Vec<Scene>,
    files: Vec<String>,
}

/// Plays all scenes.
pub(super) fn play(context: &Context, invoice: &Invoice, progress: &mut dyn Progress) -> Result<Table, Failure> {
    let wallet = context.wallet()?;
    let local = LocalLedger::open_or_begin(context, &wallet, progress)?;
    let trust = trust::trust(context, &local, true, progress)?;
    let given = invoice
        .due_day
        .is_none()
        .then(|| Day(invoice.issue_day.0 + USUAL_TERM_DAYS));
    let due_day = agreed_due_day(invoice, given)?;
    let mut stage = Stage {
        context,
        wallet,
        local,
        trust,
        invoice,
        due_day,
        scenes: Vec::new(),
        files: Vec::new(),
    };
    let minted = stage.mint(given, progress)?;
    let [first, second] = [
        cast::bank(&stage.wallet, "First Bank")?,
        cast::bank(&stage.wallet, "Second Bank")?,
    ];
    let (request, presented) = stage.ask(&first, &minted, progress)?;
    stage.first_bank_verifies(&request, &presented)?;
    stage.too_much_is_asked(&first, &minted, progress)?;
    stage.a_forger_tries(&request, &presented)?;
    let other = stage.second_bank_asks(&second, &minted, progress)?;
    let sold = stage.merchant_sells_a_part(&first, &minted, progress)?;
    stage.second_bank_looks_after_spending(&other.0, &other.1)?;
    let rest = stage.first_bank_finances_the_rest(&first, &sold, progress)?;
    stage.second_bank_looks_at_the_rest(&second, &sold, progress)?;
    stage.first_bank_looks_again(&rest.0, &rest.1)?;
    stage.write("trust.json", &stage.trust.to_json())?;
    Ok(stage.table([&minted.proven, &sold.proven, &presented.proven]))
}

impl Stage<'_> {
    fn mint(&mut self, given: Option<Day>, progress: &mut dyn Progress) -> Result<Minted, Failure> {
        let supplier = cast::party(&self.wallet, "merchant", &self.invoice.supplier.identifier)?;
        let debtor = cast::party(&self.wallet, "debtor", &self.invoice.debtor.identifier)?;
        for Role { name, party } in [&supplier, &debtor] {
            enrol::enrol(&self.local, name, party)?;
        }
        let handle = supplier.party.handle();
        let signed = acknowledge(
            self.invoice,
            (&debtor.name, &debtor.party),
            &handle,
            self.local.id(),
            given,
        )?;
        self.scene(
            "The debtor acknowledges the invoice",
            "done",
            "signed for this invoice, amount, currency, due day and owner",
        );
        let owner = (&supplier.name, &supplier.party);
        let minted = mint(
            (self.context, &self.wallet, &self.local),
            self.invoice,
            owner,
            Some(&signed),
            progress,
        )?;
        let sentence = format!(
            "entry {} of the log {}; the ledger sees a commitment, not the invoice",
            minted.receipt.index(),
            self.local.origin()
        );
        self.scene("The merchant mints the receivable", "done", sentence);
        Ok(minted)
    }

    fn policy(&self, min_minor: u64) -> Result<Policy, Failure> {
        let unfit = |cause: &dyn std::fmt::Display| {
            Failure::new("demo_policy", cause.to_string(), "try another invoice, or report this")
        };
        let amount = Amount::new(min_minor, self.invoice.currency);
        let due = DueWindow {
            from: Day(self.due_day.0.saturating_sub(WINDOW_DAYS)),
            to: Day(self.due_day.0.saturating_add(WINDOW_DAYS)),
        };
        // The debtor stands among others, so that approving it tells nobody which of them owes.
        let others = (1..=9u64).map(|n| PartyId::from_fr(Fr::from(n)));
        let debtors =
            ApprovedDebtors::new(others.chain([self.invoice.debtor.identifier.id()])).map_err(|cause| unfit(&cause))?;
        Policy::new(amount, due, debtors, Flags::ACKNOWLEDGED, Flags::NONE).map_err(|cause| unfit(&cause))
    }

    fn request(&self, bank: &Bank, min_minor: u64) -> Result<Request, Failure> {
        let now = clock::now();
        let name = bank.name.parse().map_err(|cause| {
            Failure::new(
                "demo_bank",
                format!("{cause}"),
                "report this: the demo's bank has no usable name",
            )
        })?;
        let draft = RequestDraft {
            statement: StatementId::RECEIVABLE_ELIGIBILITY_V2,
            origin: self.local.origin().clone(),
            verifier_name: name,
            policy: self.policy(min_minor)?,
            nonce: Nonce::from_bytes(*randomness::bytes().map_err(WalletError::from)?),
            issued: now,
            expires: UnixSeconds(now.0 + REQUEST_SECONDS),
            lock_until: UnixSeconds(now.0 + LOCK_SECONDS),
        };
        Ok(Request::sign(draft, bank.key.signing_key())?)
    }

    fn present(&self, request: &Request, item: &ItemName, progress: &mut dyn Progress) -> Result<Presented, Failure> {
        present((self.context, &self.wallet, &self.local), request, item, progress)
    }

    /// Four fifths of the amount: what a bank would ask for without knowing it.
    fn usual_minimum(&self) -> u64 {
        let amount = self.invoice.amount_minor.0;
        (amount - amount / 5).max(1)
    }

    /// A bank asks the usual, and the merchant answers.
    fn ask(&self, bank: &Bank, minted: &Minted, progress: &mut dyn Progress) -> Result<(Request, Presented), Failure> {
        let request = self.request(bank, self.usual_minimum())?;
        let presented = self.present(&request, &minted.item, progress)?;
        Ok((request, presented))
    }

    fn first_bank_verifies(&mut self, request: &Request, presented: &Presented) -> Result<(), Failure> {
        let report = self.verify(request, &presented.presentation.to_json());
        self.expect("First Bank verifies eligibility", Verdict::Verified, &report, "")
    }

    fn too_much_is_asked(&mut self, bank: &Bank, minted: &Minted, progress: &mut dyn Progress) -> Result<(), Failure> {
        let title = "A minimum above the amount is asked for";
        // No minimum is above the largest amount there is.
        let Some(too_much) = self.invoice.amount_minor.0.checked_add(1) else {
            return Ok(());
        };
        let request = self.request(bank, too_much)?;
        match self.present(&request, &minted.item, progress) {
            Err(refused) if refused.code() == "not_eligible" => {
                self.scene(title, "refused", refused.message());
                Ok(())
            }
            Err(other) => Err(other),
            Ok(_) => Err(unexpected(title, "a proof of a false statement was made")),
        }
    }

    fn a_forger_tries(&mut self, request: &Request, presented: &Presented) -> Result<(), Failure> {
        let mut forged = presented.presentation.clone();
        // The proof of a true statement, passed off as one about another note.
        let nullifier = forged.rows.nullifier.to_fr() + Fr::from(1u64);
        forged.rows.nullifier = tradeseal_primitives::receivable::Nullifier::from_fr(nullifier);
        let report = self.verify(request, &forged.to_json());
        self.expect(
            "A forger alters the presentation",
            Verdict::NotVerified,
            &report,
            "proof",
        )
    }

    fn second_bank_asks(
        &mut self,
        bank: &Bank,
        minted: &Minted,
        progress: &mut dyn Progress,
    ) -> Result<(Request, Presented), Failure> {
        let (request, presented) = self.ask(bank, minted, progress)?;
        let report = self.verify(&request, &presented.presentation.to_json());
        self.expect(
            "Second Bank verifies the same receivable",
            Verdict::Verified,
            &report,
            "",
        )?;
        Ok((request, presented))
    }

    /// Two fifths go to the bank, for money that changes hands elsewhere; three fifths stay.
    fn merchant_sells_a_part(
        &mut self,
        bank: &Bank,
        minted: &Minted,
        progress: &mut dyn Progress,
    ) -> Result<Transferred, Failure> {
        let payment = Payment {
            to: bank.owner.party.handle(),
            amount: AmountMinor((self.invoice.amount_minor.0 / 5 * 2).max(1)),
            memo: Memo::default(),
        };
        let stage = (self.context, &self.wallet, &self.local);
        let items = std::slice::from_ref(&minted.item);
        let sold = transfer(stage, items, &[payment], None, progress)?;
        let sentence = format!(
            "entry {} spends the note and makes two: the ledger sees neither amounts nor owners",
            sold.receipt.index()
        );
        self.scene("The merchant sells two fifths to First Bank", "done", sentence);
        Ok(sold)
    }

    fn second_bank_looks_after_spending(&mut self, request: &Request, presented: &Presented) -> Result<(), Failure> {
        let report = self.verify(request, &presented.presentation.to_json());
        let title = "Second Bank verifies what it was shown before";
        self.expect(title, Verdict::NotVerified, &report, "nullifier_unspent")
    }

    /// The request, presentation and lock that are left in the folder.
    fn first_bank_finances_the_rest(
        &mut self,
        bank: &Bank,
        sold: &Transferred,
        progress: &mut dyn Progress,
    ) -> Result<(Request, Presented), Failure> {
        let rest = rest_of(sold)?;
        let request = self.request(bank, (self.invoice.amount_minor.0 / 2).max(1))?;
        let presented = self.present(&request, rest, progress)?;
        self.write("bank-a.request.json", &request.to_json())?;
        self.write("bank-a.presentation.json", &presented.presentation.to_json())?;
        let report = self.verify(&request, &presented.presentation.to_json());
        self.expect("First Bank verifies the rest", Verdict::Verified, &report, "")?;
        let expires = request.draft().lock_until;
        let receipt = lock::lock(&self.local, &bank.key, (&request, &presented.presentation), expires)?;
        let sentence = format!("entry {} locks the rest for 90 days", receipt.index());
        self.scene("First Bank accepts, and locks the rest", "done", sentence);
        Ok((request, presented))
    }

    fn second_bank_looks_at_the_rest(
        &mut self,
        bank: &Bank,
        sold: &Transferred,
        progress: &mut dyn Progress,
    ) -> Result<(), Failure> {
        let request = self.request(bank, (self.invoice.amount_minor.0 / 2).max(1))?;
        let presented = self.present(&request, rest_of(sold)?, progress)?;
        self.write("bank-b.request.json", &request.to_json())?;
        self.write("bank-b.presentation.json", &presented.presentation.to_json())?;
        let report = self.verify(&request, &presented.presentation.to_json());
        self.expect(
            "Second Bank verifies the rest",
            Verdict::NotVerified,
            &report,
            "not_locked",
        )
    }

    fn first_bank_looks_again(&mut self, request: &Request, presented: &Presented) -> Result<(), Failure> {
        let report = self.verify(request, &presented.presentation.to_json());
        self.expect(
            "First Bank, which holds the lock, verifies it again",
            Verdict::Verified,
            &report,
            "",
        )
    }

    fn verify(&self, request: &Request, presentation: &[u8]) -> Report {
        verify_eligibility(presentation, request, &self.trust, clock::now(), self.local.ledger())
    }

    /// The scene must end in this verdict, and a refusal must come from this check.
    fn expect(&mut self, title: &'static str, verdict: Verdict, report: &Report, check: &str) -> Result<(), Failure> {
        let failed = |name| {
            report
                .check(name)
                .is_some_and(|found| found.outcome == tradeseal_verifier::verdict::Outcome::Failed)
        };
        if report.verdict != verdict || !(check.is_empty() || failed(check)) {
            return Err(unexpected(title, &report.sentence));
        }
        self.scene(title, report.verdict.label(), report.sentence.clone());
        Ok(())
    }

    fn scene(&mut self, title: &'static str, outcome: impl Into<String>, sentence: impl Into<String>) {
        self.scenes.push(Scene {
            title,
            outcome: outcome.into(),
            sentence: sentence.into(),
        });
    }

    fn write(&mut self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        let path = self.context.dir().join(name);
        files::write(&path, bytes)?;
        self.files.push(path.display().to_string());
        Ok(())
    }

    fn table(self, [mint, transfer, eligibility]: [&Proven; 3]) -> Table {
        let row = |statement: StatementId, proven: &Proven| StatementRow {
            statement: statement.to_string(),
            verdict: "verified",
            constraints: proven.constraints,
            prove_ms: proven.timings.total().as_secs_f64() * 1000.0,
            verify_ms: proven.timings.verification.as_secs_f64() * 1000.0,
        };
        Table {
            invoice: InvoiceRow {
                number: self.invoice.invoice_number.clone(),
                amount: format!(
                    "{} {}",
                    self.invoice.currency.decimal(self.invoice.amount_minor),
                    self.invoice.currency
                ),
                due_date: format_day(self.due_day),
            },
            scenes: self.scenes,
            statements: vec![
                row(StatementId::RECEIVABLE_MINT_V2, mint),
                row(StatementId::RECEIVABLE_TRANSFER_V1, transfer),
                row(StatementId::RECEIVABLE_ELIGIBILITY_V2, eligibility),
            ],
            evidence: Vec::new(),
            provenance: "insecure_dev",
            files: self.files,
        }
    }
}

fn rest_of(sold: &Transferred) -> Result<&ItemName, Failure> {
    let rest = sold.notes.iter().find(|note| note.kept);
    rest.map(|note| &note.item)
        .ok_or_else(|| unexpected("The merchant sells two fifths to First Bank", "nothing is left"))
}

fn unexpected(title: &str, sentence: &str) -> Failure {
    Failure::new(
        "demo_unexpected",
        format!("\"{title}\" did not end as it must: {sentence}"),
        "report this, with the invoice if you may share it",
    )
}
