//! A deposit: a commitment that the ledger dates, whose author stays hidden (`docs/protocol.md` section 3.8).
//!
//! In scope: the commitment's type and its leaf. Out of scope: what is committed to; each statement that opens deposits says so.
//! An attacker who owns this part could date one work for another. Deposits take no proof, so their leaves have a domain and a
//! tree of their own: in the tree of notes, a commitment chosen by anyone would be money.

use crate::{
    Fr,
    hash::{Domain, hash},
    newtype::field_newtype,
    receivable::UnixSeconds,
};

field_newtype! {
    /// What a depositor commits to.
    DepositCommitment
}

impl DepositCommitment {
    /// `H(deposit-leaf; commitment, ledger_unix_seconds)`: the commitment with the ledger's time.
    pub fn leaf(self, entry_time: UnixSeconds) -> Fr {
        hash(Domain::DEPOSIT_LEAF, &[self.to_fr(), Fr::from(entry_time.0)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::receivable::Commitment;

    #[test]
    fn a_deposit_is_never_a_note_of_the_same_commitment_and_time() {
        let (element, time) = (Fr::from(7u64), UnixSeconds(1_700_000_000));
        let leaf = DepositCommitment::from_fr(element).leaf(time);
        assert_ne!(leaf, Commitment::from_fr(element).leaf(time));
        assert_ne!(leaf, DepositCommitment::from_fr(element).leaf(UnixSeconds(time.0 + 1)));
        assert_ne!(leaf, DepositCommitment::from_fr(element + Fr::from(1u64)).leaf(time));
    }
}
