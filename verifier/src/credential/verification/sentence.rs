//! The verdict in one sentence that an officer can act on.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::calendar::format_day;
use crate::credential::request::Request;
use crate::groth16::Provenance;

pub(super) fn verified(request: &Request, shown: &[(String, String)], provenance: Option<Provenance>) -> String {
    let policy = request.policy();
    let issuer = match policy.issuers().list() {
        [one] => format!("of {}", one.name),
        many => format!("of one of {} trusted issuers", many.len()),
    };
    let conditions = match policy.conditions().len() - shown.len() {
        0 => "",
        1 => ", and satisfies the condition asked for",
        _ => ", and satisfies every condition asked for",
    };
    let values: Vec<String> = shown.iter().map(|(slot, value)| format!("{slot}: {value}")).collect();
    let values = if values.is_empty() {
        String::new()
    } else {
        format!(" It shows {}.", values.join("; "))
    };
    let warning = match provenance {
        Some(Provenance::InsecureDev) => {
            " Development keys were used, so anyone who made them could have forged this proof."
        }
        _ => "",
    };
    format!(
        "the presenter holds a credential \"{}\" {issuer}, valid on {} and not revoked{conditions}.{values}{warning}",
        policy.schema().title(),
        format_day(policy.day()),
    )
}
