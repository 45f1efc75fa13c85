//! Entries that the ledger did not take: codes and remedies.
//!
//! In scope: [`SubmitError`] and the rules' refusals in it. Out of scope: the rules (crate `ledger`).
//! An attacker who owns this part talks a user into submitting what was refused for good reason.

use tradeseal_ledger::SubmitError;
use tradeseal_ledger::rules::Refusal;

use super::Failure;

impl From<SubmitError> for Failure {
    fn from(refused: SubmitError) -> Self {
        let message = refused.to_string();
        match refused {
            SubmitError::Refused(refusal) => Self::from(refusal),
            SubmitError::NoReceiptYet(durable) => {
                let remedy = format!(
                    "do not submit it again; the receipt can be had later: tradeseal log proof {}",
                    durable.index
                );
                Self::new("receipt_pending", message, remedy)
            }
            SubmitError::Busy => Self::new("ledger_busy", message, "wait a few seconds, then run it again"),
            SubmitError::Stopped | SubmitError::Failed { .. } => Self::new(
                "ledger_failed",
                message,
                "check the disk under --dir, then run it again: what was acknowledged is kept",
            ),
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        let (code, remedy) = match &refusal {
            Refusal::AlreadyLogged { .. } => ("already_logged", "nothing is to be done"),
            Refusal::AlreadyMinted { .. } => (
                "invoice_already_minted",
                "find the receivable that was made of it: tradeseal receivable list; if it is not yours, tell the debtor: somebody minted its invoice",
            ),
            Refusal::PreviousTagMissing | Refusal::PreviousTagUnexpected | Refusal::RegistryRotated { .. } => (
                "registry_rotated",
                "mint again: the registry's key was replaced meanwhile",
            ),
            Refusal::NumberTaken { .. } => (
                "invoice_already_minted",
                "the dilution key was made for a receivable that is on the ledger already: see tradeseal receivable list",
            ),
            Refusal::IssueTooLate { .. } => ("invoice_of_the_future", "mint it on its issue day"),
            Refusal::IssueTooOld { .. } => ("invoice_too_old", "have the debt invoiced anew"),
            Refusal::RegistryEra { .. } => ("registry_era", "wait until then"),
            Refusal::RegistryRevision { .. } | Refusal::RegistryKeyServes { .. } => {
                ("registry_rotation", "rotate again: tradeseal registry rotate")
            }
            Refusal::NumberUnknown { .. } | Refusal::NotDilutionKey { .. } => (
                "not_yours_to_dilute",
                "dilute as the debtor that acknowledged the invoice, else as its supplier: --as NAME",
            ),
            Refusal::NotLess { .. } => (
                "nothing_to_dilute",
                "nothing is to be done: the ledger says as much or less already",
            ),
            Refusal::CommitmentExists { .. } => ("note_exists", "mint again: every note is made with fresh randomness"),
            Refusal::Spent { .. } => (
                "receivable_spent",
                "choose another receivable: this one was transferred or settled",
            ),
            Refusal::Locked { .. } => (
                "receivable_locked",
                "wait until the lock ends, or ask that financier to release it",
            ),
            Refusal::NotLocked { .. } => ("receivable_not_locked", "nothing is to be released"),
            Refusal::NotHolder { .. } | Refusal::OtherLock { .. } => (
                "lock_of_another",
                "release with the bank that holds the lock, naming the lock that holds now",
            ),
            Refusal::LockTerm { .. } => ("lock_term", "choose a later or an earlier end of the lock"),
            Refusal::NotEnrolled { .. } => ("not_enrolled", "have a registrar of this ledger enrol the party first"),
            Refusal::NotRegistrar { .. } => (
                "not_registrar",
                "have a registrar that the ledger's genesis entry names sign it",
            ),
            Refusal::Revision { .. } => (
                "enrolment_revision",
                "sign the entry again with the party's next revision",
            ),
            Refusal::RootUnknown { .. } | Refusal::RootStale { .. } => (
                "root_stale",
                "run it again: it will prove against the ledger's present state",
            ),
            Refusal::KeyNotAccepted { .. } | Refusal::Proof(_) => (
                "proof_refused",
                "prove with a key that this ledger accepts: tradeseal keys list",
            ),
            _ => ("entry_refused", "report this: the entry should not have been sent"),
        };
        Self::new(code, refusal.to_string(), remedy)
    }
}
