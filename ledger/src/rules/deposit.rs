//! Deposit: a commitment is dated once, the first time.
//!
//! A deposit's bytes are its commitment's, so "new among deposits" and "no two entries are equal" are one rule here. Notes do
//! not matter: the two trees share no leaf.

use super::{Moment, Refusal, RuleState, Undecided};
use crate::state::DepositRecord;
use crate::store::StoreError;
use tradeseal_primitives::tree::{DEPOSIT_DEPTH, capacity};
use tradeseal_verifier::entry::{Deposit, StateTree};

/// The entry of the same commitment, if there is one.
pub(super) fn find(state: &impl RuleState, deposit: &Deposit) -> Result<Option<u64>, StoreError> {
    let known = state.deposit(deposit.commitment)?;
    Ok(known.map(|known| known.entry_index))
}

/// The tree must have room; that the commitment is new is decided.
pub(super) fn decide(state: &mut impl RuleState, deposit: &Deposit, moment: Moment) -> Result<(), Undecided> {
    let position = state.deposit_count();
    if position >= capacity(DEPOSIT_DEPTH) {
        return Err(Refusal::TreeFull {
            tree: StateTree::Deposits,
        }
        .into());
    }
    let record = DepositRecord {
        position,
        entry_index: moment.index,
        time: moment.time,
    };
    state.add_deposit(deposit.commitment, record);
    Ok(())
}
