//! The native check: what the constraints ask, in an order that names the cause.
//!
//! In scope: every condition of section 3.1. Out of scope: the circuit, which must agree.
//! An attacker who owns this part wastes its victim's time: a proof of something untrue cannot be made.

use tradeseal_primitives::{
    duplicate_tag,
    receivable::{Day, Flags},
};

use super::{Private, Public, signed_message};
use crate::statement::ensure;

/// Which condition of the native check fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Violation {
    /// Nothing to mint.
    #[error("the amount is 0")]
    ZeroAmount,
    /// The public flag says otherwise than the private inputs.
    #[error("the public flag `acknowledged` does not match the private inputs")]
    AcknowledgedFlag,
    /// The flags given say "acknowledged", which only a signature may.
    #[error("`acknowledged` was set by hand")]
    FlagSetByHand,
    /// A debt to oneself.
    #[error("the invoice's debtor is its supplier")]
    SelfOwed,
    /// The number is another key's.
    #[error("the receivable's number is not that of the entry's dilution key")]
    Number,
    /// The ledger or the dilution key is another.
    #[error("the dilution right is not that of this ledger and the entry's dilution key")]
    DilutionRight,
    /// Issued outside the days that the entry names.
    #[error("the invoice was issued on day {issued}, outside the entry's days {from} to {to}", issued = .issued.0, from = .from.0, to = .to.0)]
    IssueDay {
        /// When it was issued.
        issued: Day,
        /// First day of the window.
        from: Day,
        /// Last day of the window.
        to: Day,
    },
    /// The blinded point is another invoice's, or another blinding's.
    #[error("the blinded point is not that of this invoice and blinding")]
    Blinded,
    /// The tag under the current registry key is another invoice's.
    #[error("the duplicate tag is not that of this invoice and the registry's answer")]
    DuplicateTag,
    /// The tag under the previous registry key is another invoice's.
    #[error("the previous duplicate tag is not that of this invoice and the registry's answer")]
    PreviousTag,
    /// `cm` is another note's.
    #[error("the commitment is not that of the private inputs")]
    Commitment,
    /// The supplier is not in the directory of that root.
    #[error("the supplier is not enrolled under the directory root")]
    SupplierNotEnrolled,
    /// The supplier's signature is not over this entry.
    #[error("the supplier's signature does not verify for this entry")]
    OwnerSignature,
    /// The acknowledging party is not the debtor.
    #[error("the acknowledgment comes from another party than the debtor")]
    WrongDebtor,
    /// The debtor is not in the directory of that root.
    #[error("the debtor is not enrolled under the directory root")]
    DebtorNotEnrolled,
    /// The debtor signed something else.
    #[error(
        "the debtor's acknowledgment does not verify for this invoice, amount, currency, due day, owner, ledger and dilution key"
    )]
    Acknowledgment,
}

/// Every condition, the first that fails.
pub(super) fn check(public: &Public, private: &Private) -> Result<(), Violation> {
    check_invoice(public, private)?;
    check_tags(public, private)?;
    ensure(private.note().commitment() == public.commitment, Violation::Commitment)?;
    let root = public.directory_root.to_fr();
    ensure(private.supplier.root() == root, Violation::SupplierNotEnrolled)?;
    let message = signed_message(public.digest, public.commitment);
    private
        .supplier
        .key
        .verify(message, &private.owner_signature)
        .map_err(|_| Violation::OwnerSignature)?;
    check_acknowledgment(public, private)
}

fn check_invoice(public: &Public, private: &Private) -> Result<(), Violation> {
    let invoice = &private.invoice;
    ensure(invoice.amount.0 > 0, Violation::ZeroAmount)?;
    let by_hand = private.acknowledged.is_none() && private.flags().contains(Flags::ACKNOWLEDGED);
    ensure(!by_hand, Violation::FlagSetByHand)?;
    ensure(invoice.debtor != private.supplier.party, Violation::SelfOwed)?;
    ensure(
        private.acknowledged.is_some() == public.acknowledged,
        Violation::AcknowledgedFlag,
    )?;
    ensure(private.number == public.number, Violation::Number)?;
    ensure(
        private.dilution_right == public.dilution_right,
        Violation::DilutionRight,
    )?;
    let (issued, from, to) = (invoice.issue_day, public.issue_from, public.issue_to);
    ensure(from <= issued && issued <= to, Violation::IssueDay { issued, from, to })
}

fn check_tags(public: &Public, private: &Private) -> Result<(), Violation> {
    let blinded = duplicate_tag::blind(private.fingerprint(), &private.blinding);
    ensure(blinded == public.blinded, Violation::Blinded)?;
    let tag = private.tag(&public.evaluated);
    ensure(tag == public.duplicate_tag, Violation::DuplicateTag)?;
    let previous = private.tag(&public.previous_evaluated);
    ensure(previous == public.previous_tag, Violation::PreviousTag)
}

fn check_acknowledgment(public: &Public, private: &Private) -> Result<(), Violation> {
    let Some(acknowledged) = &private.acknowledged else {
        return Ok(());
    };
    let debtor = &acknowledged.debtor;
    ensure(debtor.party == private.invoice.debtor, Violation::WrongDebtor)?;
    ensure(
        debtor.root() == public.directory_root.to_fr(),
        Violation::DebtorNotEnrolled,
    )?;
    let message = private.acknowledgment().message();
    debtor
        .key
        .verify(message, &acknowledged.signature)
        .map_err(|_| Violation::Acknowledgment)
}
