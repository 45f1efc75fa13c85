//! What a verdict on a credential does not establish, said every time.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::credential::request::Request;
use crate::groth16::Provenance;
use crate::verdict::NOBODY_INDEPENDENT;

pub(super) fn not_established(request: &Request, provenance: Option<Provenance>, unwitnessed: bool) -> Vec<String> {
    let mut limits: Vec<&str> = Vec::new();
    if provenance == Some(Provenance::InsecureDev) {
        limits.push(
            "that the proof is genuine: it was made under development keys, and whoever made them could forge it",
        );
    }
    if unwitnessed {
        limits.push(NOBODY_INDEPENDENT);
    }
    limits.push("that what the issuer signed is true: the issuer answers for it");
    limits.push("that the goods before you are the ones described: compare what the request has revealed");
    limits.push("that the credential was not revoked after the ledger state that the proof rests on");
    if request.policy().once_in().is_some() {
        limits.push(
            "that the credential was not used before in this place: keep the numbers that you accepted, and compare",
        );
    }
    limits.push("who the presenter is, beyond its control of the holder's key");
    limits.into_iter().map(ToString::to_string).collect()
}
