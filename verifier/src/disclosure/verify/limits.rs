//! What a verdict on disclosures does not establish, said every time.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::groth16::Provenance;
use crate::verdict::NOBODY_INDEPENDENT;

pub(super) fn not_established(provenances: &[Provenance], unwitnessed: bool) -> Vec<String> {
    let mut limits = Vec::new();
    if provenances.contains(&Provenance::InsecureDev) {
        limits.push(
            "that the owners' proofs are genuine: they were made under development keys, and whoever made them could forge \
             one",
        );
    }
    limits.push("what happened on the ledger after the times given");
    limits.push("who stands behind an address: ask the party, or the registrar that enrolled it");
    limits.push("that the ledger kept its rules in every other entry: replaying its log shows that");
    if unwitnessed {
        limits.push(NOBODY_INDEPENDENT);
    }
    limits.push(
        "that no financier has reserved a note shown unspent: locks are in no tree, so the files may leave them out; the ledger \
         says whether there is one",
    );
    limits.push("what was paid, promised or pledged outside this ledger");
    limits.push("that the goods exist or the service was done, and that the debtor owes what is not acknowledged");
    limits.push("that every credit note and prepayment is on record: only the holder of the receivable's dilution key can record them");
    limits.into_iter().map(|limit: &str| limit.to_string()).collect()
}
