//! The policy as one field element (`docs/protocol.md` section 3.2).
//!
//! In scope: the formula. Out of scope: the context, which binds the rest of the request (`request`).
//! An attacker who owns this part can answer a strict policy with a proof for a lax one.

use tradeseal_primitives::Fr;
use tradeseal_primitives::hash::{Domain, hash};

use super::Policy;
use tradeseal_primitives::field_newtype;

field_newtype! {
    /// A policy with the context of the request it stands in. A bank that locks publishes this, not the policy.
    PolicyDigest
}

impl Policy {
    /// `H(policy; currency, min amount, due from, due to, approved-debtors root, required, forbidden, context)`.
    pub fn digest(&self, context: Fr) -> PolicyDigest {
        PolicyDigest::from_fr(hash(
            Domain::POLICY,
            &[
                Fr::from(self.min_amount.currency.code().0),
                Fr::from(self.min_amount.minor.0),
                Fr::from(self.due.from.0),
                Fr::from(self.due.to.0),
                self.debtors.root().to_fr(),
                Fr::from(self.required.bits()),
                Fr::from(self.forbidden.bits()),
                context,
            ],
        ))
    }
}
