//! A product's chain of custody: its events in order of time, and their one digest.
//!
//! In scope: the steps, their order, the digest that a card carries. Out of scope: reading events (`epcis`).
//! An attacker who owns this part leaves an owner out of the chain.

use tradeseal_primitives::hash::sha256;
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_verifier::calendar::format_utc;

/// One event.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CustodyStep {
    /// When.
    pub time: UnixSeconds,
    /// Kind of event, such as `ObjectEvent`.
    pub kind: String,
    /// `ADD`, `OBSERVE` or `DELETE`; empty where the kind has none.
    pub action: String,
    /// Business step, such as `shipping`; empty if none is given.
    pub step: String,
    /// Where it was read; empty if not given.
    pub read_point: String,
    /// Where it was afterwards; empty if not given.
    pub location: String,
}

/// SHA-256, in hexadecimal, over `tradeseal/custody/v1\n` and for each step in order its time (`2026-12-31 23:59:59 UTC`), kind, action, step, read
/// point and location, each as its length in bytes, a colon, and its bytes; then a line end. Lengths keep two chains from having one digest.
pub fn custody_digest(steps: &[CustodyStep]) -> String {
    let mut bytes = b"tradeseal/custody/v1\n".to_vec();
    for step in steps {
        let time = format_utc(step.time);
        let fields = [
            &time,
            &step.kind,
            &step.action,
            &step.step,
            &step.read_point,
            &step.location,
        ];
        for field in fields {
            bytes.extend_from_slice(format!("{}:{field}", field.len()).as_bytes());
        }
        bytes.push(b'\n');
    }
    sha256(&bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
