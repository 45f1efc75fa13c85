//! The debtors that a verifier approves, and the root that stands for them.
//!
//! In scope: bounds, order, the root. Out of scope: who the parties are; a party id is a hash of scheme and identifier.
//! An attacker who owns this part approves debtors that a bank never named.

use alloc::vec::Vec;

use tradeseal_primitives::party::PartyId;
use tradeseal_primitives::tree::SetTree;

use tradeseal_primitives::field_newtype;

field_newtype! {
    /// Root of the set tree of a verifier's approved debtors.
    DebtorsRoot
}

/// Most debtors a request can name: the leaves of a set tree.
pub const MAX_DEBTORS: usize = 65_536;

/// Why a list of debtors was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DebtorsError {
    /// Nobody approved: nothing could ever meet the policy.
    #[error("the list of approved debtors is empty")]
    Empty,
    /// Over [`MAX_DEBTORS`].
    #[error("{count} approved debtors; a request names at most {max}", max = MAX_DEBTORS)]
    TooMany {
        /// Debtors given.
        count: usize,
    },
    /// On the wire the list stands in ascending order without repeats, so that one set has one form.
    #[error("approved debtor number {position} is not larger than the one before it")]
    NotAscending {
        /// Position of the offender, from 1.
        position: usize,
    },
    /// The root given is not the list's.
    #[error("the approved debtors given do not have the root given: the list or the root was changed")]
    RootMismatch,
}

/// A set of party ids with its root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApprovedDebtors {
    members: Vec<PartyId>,
    root: DebtorsRoot,
}

impl ApprovedDebtors {
    /// Sorts and drops repeats.
    ///
    /// # Errors
    /// `Empty` or `TooMany`.
    pub fn new(debtors: impl IntoIterator<Item = PartyId>) -> Result<Self, DebtorsError> {
        let mut members: Vec<PartyId> = debtors.into_iter().collect();
        members.sort_unstable();
        members.dedup();
        if members.is_empty() {
            return Err(DebtorsError::Empty);
        }
        let too_many = DebtorsError::TooMany { count: members.len() };
        if members.len() > MAX_DEBTORS {
            return Err(too_many);
        }
        let tree = SetTree::new(members.iter().map(|id| id.to_fr())).map_err(|_| too_many)?;
        Ok(Self {
            members,
            root: DebtorsRoot::from_fr(tree.root()),
        })
    }

    /// A list as it travels, with the root it claims.
    ///
    /// # Errors
    /// `NotAscending`, `RootMismatch`, and as [`ApprovedDebtors::new`].
    pub fn from_wire(members: Vec<PartyId>, root: DebtorsRoot) -> Result<Self, DebtorsError> {
        if members.len() > MAX_DEBTORS {
            return Err(DebtorsError::TooMany { count: members.len() });
        }
        if let Some(at) = members.windows(2).position(|pair| pair[0] >= pair[1]) {
            return Err(DebtorsError::NotAscending { position: at + 2 });
        }
        let debtors = Self::new(members)?;
        if debtors.root != root {
            return Err(DebtorsError::RootMismatch);
        }
        Ok(debtors)
    }

    /// The party ids, ascending.
    pub fn members(&self) -> &[PartyId] {
        &self.members
    }

    /// The set tree's root.
    pub fn root(&self) -> DebtorsRoot {
        self.root
    }

    /// The whole tree, for a holder who needs its debtor's path.
    pub fn tree(&self) -> SetTree {
        // `new` built a tree of the same members, so their number is in bounds.
        SetTree::new(self.members.iter().map(|id| id.to_fr())).expect("the number of members was checked")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;
    use tradeseal_primitives::Fr;

    fn id(value: u64) -> PartyId {
        PartyId::from_fr(Fr::from(value))
    }

    #[test]
    fn a_list_out_of_order_repeated_or_under_another_root_is_refused() {
        let good = ApprovedDebtors::new([id(2), id(1), id(2)]).unwrap();
        assert_eq!(good.members(), [id(1), id(2)]);
        assert_eq!(
            ApprovedDebtors::from_wire(good.members().to_vec(), good.root()),
            Ok(good.clone())
        );
        for (list, position) in [(vec![id(2), id(1)], 2), (vec![id(1), id(2), id(2)], 3)] {
            assert_eq!(
                ApprovedDebtors::from_wire(list, good.root()),
                Err(DebtorsError::NotAscending { position })
            );
        }
        let other = ApprovedDebtors::from_wire(vec![id(1), id(3)], good.root());
        assert_eq!(other, Err(DebtorsError::RootMismatch));
    }

    #[test]
    fn an_empty_list_and_one_over_the_limit_are_refused() {
        assert_eq!(ApprovedDebtors::new([]), Err(DebtorsError::Empty));
        let count = MAX_DEBTORS + 1;
        let many: Vec<PartyId> = (1..=count as u64).map(id).collect();
        assert_eq!(ApprovedDebtors::new(many.clone()), Err(DebtorsError::TooMany { count }));
        let wire = ApprovedDebtors::from_wire(many, DebtorsRoot::from_fr(Fr::from(0u64)));
        assert_eq!(wire, Err(DebtorsError::TooMany { count }));
    }

    #[test]
    fn the_root_leads_to_every_member() {
        let debtors = ApprovedDebtors::new((1..20).map(id)).unwrap();
        let tree = debtors.tree();
        for member in debtors.members() {
            let path = tree.path(member.to_fr()).unwrap();
            assert_eq!(path.root(SetTree::leaf(member.to_fr())), debtors.root().to_fr());
        }
    }
}
