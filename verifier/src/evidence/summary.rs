//! The readable summary at the head of an evidence file.
//!
//! In scope: deriving it from the rest of the file. Out of scope: any judgement: the lines say what the file says, and a reader who only
//! opens the file must be told that. An attacker who could write another summary would have people read what was never checked, so
//! verification derives it again.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::Evidence;
use crate::calendar::format_utc;
use crate::encoding::printable;

const PREFACE: &str = "What this file says. Whether it is true, only its verification shows: tradeseal evidence verify";

pub(super) fn derive(evidence: &Evidence) -> Vec<String> {
    let arm = evidence.subject.arm();
    let mut lines = Vec::from([PREFACE.to_string(), format!("Statement: {}", arm.statement())]);
    lines.extend(arm.summary());
    lines.push(log_line(evidence));
    let keys = evidence.keys.iter().map(|key| key.key_id.to_string());
    lines.push(format!("Verifying keys: {}", keys.collect::<Vec<_>>().join(", ")));
    lines.push(format!("Made on {} by its maker's clock", format_utc(evidence.made())));
    lines
}

fn log_line(evidence: &Evidence) -> String {
    let log = &evidence.log;
    let origin = log.chain().next().map_or_else(String::new, |checkpoint| {
        printable(checkpoint.unchecked_checkpoint().origin())
    });
    let sizes = log
        .chain()
        .map(|checkpoint| checkpoint.unchecked_checkpoint().size().to_string());
    let sizes = sizes.collect::<Vec<_>>().join(", ");
    let mut line = format!("Log: {origin}, checkpoints of {sizes} entries");
    let names: Vec<String> = log
        .log_witnesses
        .iter()
        .map(|key| printable(key.name().as_str()))
        .collect();
    if names.is_empty() {
        line.push_str(", cosigned by nobody");
    } else {
        line.push_str(&format!(", cosignature lines by {}", names.join(", ")));
    }
    line
}
