//! What receivables promise on a ledger of one's own, with real proofs: one tag for each invoice whatever the registry's key, one history for
//! whoever reads it.
#![allow(clippy::unwrap_used)]

mod disclosures;
mod rotation;
mod town;
