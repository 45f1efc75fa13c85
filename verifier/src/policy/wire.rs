//! A policy inside a request: JSON on the outside, a CBOR map in the signed body.
//!
//! In scope: both forms. Out of scope: the file a clerk writes (`PolicyFile`).
//! An attacker who owns this part could show one policy and have another signed.

use alloc::string::String;
use alloc::vec::Vec;

use minicbor::Encoder;
use minicbor::encode::Error;
use serde::{Deserialize, Serialize};
use tradeseal_primitives::currency::Currency;
use tradeseal_primitives::party::PartyId;
use tradeseal_primitives::receivable::{AmountMinor, Day};

use super::{
    Amount, ApprovedDebtors, DebtorsError, DebtorsRoot, DueWindow, FlagError, Policy, PolicyError, flag_names,
    flags_from_names,
};
use crate::encoding;

/// The JSON form.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WirePolicy {
    #[serde(with = "encoding::currency")]
    currency: Currency,
    #[serde(with = "encoding::decimal_u64")]
    min_amount_minor: u64,
    due_day_from: u32,
    due_day_to: u32,
    #[serde(with = "encoding::text")]
    approved_debtors_root: DebtorsRoot,
    approved_debtors: Vec<WireParty>,
    required_flags: Vec<String>,
    forbidden_flags: Vec<String>,
}

/// A party id as decimal text.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct WireParty(#[serde(with = "encoding::text")] PartyId);

/// Why a policy in a request was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WirePolicyError {
    /// The values contradict each other.
    #[error("{0}")]
    Policy(#[from] PolicyError),
    /// The list of debtors.
    #[error("{0}")]
    Debtors(#[from] DebtorsError),
    /// A flag's name.
    #[error("{0}")]
    Flag(#[from] FlagError),
}

impl From<&Policy> for WirePolicy {
    fn from(policy: &Policy) -> Self {
        let names = |flags| flag_names(flags).into_iter().map(String::from).collect();
        Self {
            currency: policy.min_amount.currency,
            min_amount_minor: policy.min_amount.minor.0,
            due_day_from: policy.due.from.0,
            due_day_to: policy.due.to.0,
            approved_debtors_root: policy.debtors.root(),
            approved_debtors: policy.debtors.members().iter().map(|id| WireParty(*id)).collect(),
            required_flags: names(policy.required),
            forbidden_flags: names(policy.forbidden),
        }
    }
}

impl TryFrom<WirePolicy> for Policy {
    type Error = WirePolicyError;

    fn try_from(wire: WirePolicy) -> Result<Self, WirePolicyError> {
        let members = wire.approved_debtors.into_iter().map(|party| party.0).collect();
        let debtors = ApprovedDebtors::from_wire(members, wire.approved_debtors_root)?;
        Ok(Self::new(
            Amount {
                minor: AmountMinor(wire.min_amount_minor),
                currency: wire.currency,
            },
            DueWindow {
                from: Day(wire.due_day_from),
                to: Day(wire.due_day_to),
            },
            debtors,
            flags_from_names(&wire.required_flags)?,
            flags_from_names(&wire.forbidden_flags)?,
        )?)
    }
}

impl Policy {
    /// The policy map of a request's body: 1 currency, 2 min_amount_minor, 3 due_day_from, 4 due_day_to,
    /// 5 approved_debtors_root (32 bytes), 6 required_flags, 7 forbidden_flags. The root stands for the list.
    pub(crate) fn encode<W: minicbor::encode::Write>(&self, out: &mut Encoder<W>) -> Result<(), Error<W::Error>> {
        out.map(7)?;
        out.u8(1)?.u16(self.min_amount.currency.code().0)?;
        out.u8(2)?.u64(self.min_amount.minor.0)?;
        out.u8(3)?.u32(self.due.from.0)?;
        out.u8(4)?.u32(self.due.to.0)?;
        out.u8(5)?.bytes(&self.debtors.root().to_bytes())?;
        out.u8(6)?.u16(self.required.bits())?;
        out.u8(7)?.u16(self.forbidden.bits())?;
        Ok(())
    }
}
