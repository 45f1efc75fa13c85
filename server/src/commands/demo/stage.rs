//! What all scenes share: the folder's wallet and ledger, the invoice, and what was shown so far.
//!
//! In scope: asking, answering and judging as banks and holders do; noting what came of it. Out of scope: the order of things (`scenes`).
//! An attacker who owns this part notes verdicts that nobody reached.

use tradeseal_documents::Invoice;
use tradeseal_primitives::Fr;
use tradeseal_primitives::party::PartyId;
use tradeseal_primitives::receivable::{AmountMinor, Day, Flags, UnixSeconds};
use tradeseal_prover::{Progress, Proven};
use tradeseal_verifier::eligibility::verify_eligibility;
use tradeseal_verifier::policy::{Amount, ApprovedDebtors, DueWindow, Policy};
use tradeseal_verifier::request::{Nonce, Request, RequestDraft};
use tradeseal_verifier::statement::StatementId;
use tradeseal_verifier::trust::Trust;
use tradeseal_verifier::verdict::{Outcome, Report, Verdict};

use super::cast::{Bank, Role};
use super::table::{Scene, StatementRow};
use crate::operations::LocalLedger;
use crate::operations::present::{Presented, present};
use crate::operations::transfer::{Payment, Transferred, transfer};
use crate::sealing::Memo;
use crate::wallet::{ItemName, Wallet, WalletError};
use crate::{Context, Failure, clock, files, randomness};

/// Banks accept receivables due this many days before or after the invoice's due day.
const WINDOW_DAYS: u32 = 45;
const REQUEST_SECONDS: u64 = 14 * 86_400;
const LOCK_SECONDS: u64 = 90 * 86_400;

/// The stage.
pub(super) struct Stage<'a> {
    pub(super) context: &'a Context,
    pub(super) wallet: Wallet,
    pub(super) local: LocalLedger,
    pub(super) trust: Trust,
    pub(super) invoice: &'a Invoice,
    pub(super) due_day: Day,
    pub(super) scenes: Vec<Scene>,
    pub(super) statements: Vec<StatementRow>,
    pub(super) files: Vec<String>,
    pub(super) evidence: Vec<String>,
}

/// A receivable, by its name in the wallet and what it is worth.
#[derive(Clone)]
pub(super) struct Part {
    pub(super) item: ItemName,
    pub(super) amount: AmountMinor,
}

impl Part {
    /// Four fifths of it: what a bank would ask for without knowing it.
    pub(super) fn usual_minimum(&self) -> u64 {
        (self.amount.0 - self.amount.0 / 5).max(1)
    }
}

impl Stage<'_> {
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

    /// A bank's request for an acknowledged receivable of this debtor, worth at least so much.
    pub(super) fn request(&self, bank: &Bank, min_minor: u64) -> Result<Request, Failure> {
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

    /// The holder's answer.
    pub(super) fn present(
        &mut self,
        request: &Request,
        item: &ItemName,
        progress: &mut dyn Progress,
    ) -> Result<Presented, Failure> {
        let presented = present((self.context, &self.wallet, &self.local), request, item, progress)?;
        self.proven(StatementId::RECEIVABLE_ELIGIBILITY_V2, &presented.proven);
        Ok(presented)
    }

    /// A bank asks the usual, and the holder answers.
    pub(super) fn ask(
        &mut self,
        bank: &Bank,
        part: &Part,
        progress: &mut dyn Progress,
    ) -> Result<(Request, Presented), Failure> {
        let request = self.request(bank, part.usual_minimum())?;
        let presented = self.present(&request, &part.item, progress)?;
        Ok((request, presented))
    }

    /// The bank's verdict, as of now.
    pub(super) fn verify(&self, request: &Request, presented: &Presented) -> Report {
        self.verify_bytes(request, &presented.presentation.to_json())
    }

    /// The bank's verdict over what it was handed.
    pub(super) fn verify_bytes(&self, request: &Request, presentation: &[u8]) -> Report {
        verify_eligibility(presentation, request, &self.trust, clock::now(), self.local.ledger())
    }

    /// Parts of a receivable go to these; the rest stays. Gives a part for each of them, then the rest, if there is any.
    pub(super) fn pay(
        &mut self,
        part: &Part,
        to: &[(&Role, u64)],
        progress: &mut dyn Progress,
    ) -> Result<(Transferred, Vec<Part>), Failure> {
        let payments: Vec<Payment> = to
            .iter()
            .map(|(role, minor)| Payment {
                to: role.party.handle(),
                amount: AmountMinor(*minor),
                memo: Memo::default(),
            })
            .collect();
        let stage = (self.context, &self.wallet, &self.local);
        let items = std::slice::from_ref(&part.item);
        let transferred = transfer(stage, items, &payments, None, progress)?;
        self.proven(StatementId::RECEIVABLE_TRANSFER_V1, &transferred.proven);
        let made = transferred.notes.iter().map(|note| Part {
            item: note.item.clone(),
            amount: note.amount,
        });
        let made = made.collect();
        Ok((transferred, made))
    }

    /// The scene must end in this verdict, and a refusal must come from this check.
    pub(super) fn expect(
        &mut self,
        title: impl Into<String>,
        verdict: Verdict,
        report: &Report,
        check: &str,
    ) -> Result<(), Failure> {
        let title = title.into();
        let failed = |name| report.check(name).is_some_and(|found| found.outcome == Outcome::Failed);
        if report.verdict != verdict || !(check.is_empty() || failed(check)) {
            return Err(unexpected(&title, &report.sentence));
        }
        self.scene(title, report.verdict.label(), report.sentence.clone());
        Ok(())
    }

    /// The scene must end in a refusal with this code.
    pub(super) fn expect_refusal<T>(
        &mut self,
        title: &'static str,
        code: &str,
        result: Result<T, Failure>,
    ) -> Result<(), Failure> {
        match result {
            Err(refused) if refused.code() == code => {
                self.scene(title, "refused", refused.message());
                Ok(())
            }
            Err(other) => Err(other),
            Ok(_) => Err(unexpected(title, "it was not refused")),
        }
    }

    /// Notes a scene.
    pub(super) fn scene(&mut self, title: impl Into<String>, outcome: impl Into<String>, sentence: impl Into<String>) {
        self.scenes.push(Scene {
            title: title.into(),
            outcome: outcome.into(),
            sentence: sentence.into(),
        });
    }

    /// Notes the first proof of each statement: what its row of the table shows.
    pub(super) fn proven(&mut self, statement: StatementId, proven: &Proven) {
        let statement = statement.to_string();
        if self.statements.iter().any(|row| row.statement == statement) {
            return;
        }
        self.statements.push(StatementRow {
            statement,
            verdict: "verified",
            constraints: proven.constraints,
            prove_ms: proven.timings.total().as_secs_f64() * 1000.0,
            verify_ms: proven.timings.verification.as_secs_f64() * 1000.0,
        });
    }

    /// Leaves a file in the folder.
    pub(super) fn write(&mut self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        let path = self.context.dir().join(name);
        files::write(&path, bytes)?;
        self.files.push(path.display().to_string());
        Ok(())
    }

    /// Leaves an evidence file in the folder.
    pub(super) fn write_evidence(&mut self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        let path = self.context.dir().join(name);
        files::write(&path, bytes)?;
        self.evidence.push(path.display().to_string());
        Ok(())
    }

    /// An amount in the invoice's currency.
    pub(super) fn money(&self, amount: AmountMinor) -> String {
        format!("{} {}", self.invoice.currency.decimal(amount), self.invoice.currency)
    }
}

/// A scene that ended otherwise than it must.
pub(super) fn unexpected(title: &str, sentence: &str) -> Failure {
    Failure::new(
        "demo_unexpected",
        format!("\"{title}\" did not end as it must: {sentence}"),
        "report this, with the invoice if you may share it",
    )
}
