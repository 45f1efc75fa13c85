//! Whether the revocations that the proof counts are the ledger's latest, or recent enough.

use tradeseal_primitives::receivable::UnixSeconds;

use super::Verification;
use crate::statement::RevocationRoot;
use crate::verdict::{Finding, TreeWords, right_ledger, root_fresh};

const REVOCATIONS: TreeWords = TreeWords {
    unknown: "the ledger does not know the revocations that the presentation counts",
    stale: "the presentation counts revocations as they stood too long ago; ask for a new presentation",
    not_asked: "whether it counts the latest revocations was not checked against the ledger",
};

impl Verification<'_> {
    pub(super) fn revocations_fresh(&self, root: RevocationRoot, state_time: UnixSeconds) -> Finding<()> {
        let answer = right_ledger(self.ledger, &self.request.draft().origin)
            .and_then(|()| self.ledger.revocation_root_status(root));
        root_fresh(&REVOCATIONS, answer, (state_time, self.now), self.trust)
    }
}
