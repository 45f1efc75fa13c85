//! Deposit: a commitment is dated once, the first time.
//!
//! A deposit's bytes are its commitment's, so "new among deposits" is the rule that no two entries are equal, which was looked at
//! before. Notes do not matter: the two trees share no leaf.

use super::{Moment, Refusal, RuleState, Undecided};
use crate::state::DepositRecord;
use tradeseal_primitives::tree::{DEPOSIT_DEPTH, capacity};
use tradeseal_verifier::entry::{Deposit, StateTree};
use tradeseal_verifier::log::LogHash;

/// The tree must have room.
pub(super) fn decide(
    state: &mut impl RuleState,
    deposit: &Deposit,
    leaf: &LogHash,
    moment: Moment,
) -> Result<(), Undecided> {
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
    state.add_deposit(deposit.commitment, leaf, record);
    Ok(())
}
