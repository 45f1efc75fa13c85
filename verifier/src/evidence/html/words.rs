//! What each check asks, for a reader who is no technician.
//!
//! In scope: one question for each check's name. Out of scope: the answers (the report's details).

use alloc::string::String;

/// The question that a check answers; empty for a name that no check has.
pub(super) fn question(check: &str) -> &'static str {
    match check {
        "evidence_format" => "Is the file intact and in its one permitted form?",
        "summary" => "Does the readable summary in the file say exactly what the rest of it says?",
        "evidence_made" => "Was the file made before now, by its own date?",
        "key_bytes" => "Are the verification keys in the file the ones that its proofs name?",
        "log_checkpoints" => "Did the ledger's log sign each of its states (checkpoints) in the file?",
        "signature_lines" => "Does every signature on every checkpoint in the file verify?",
        "cosignatures" => "Did the independent log witnesses that the trust file requires see the log in these states?",
        "log_history" => "Do all checkpoints in the file belong to one history, with nothing rewritten in between?",
        "ledger_time" => "Do the ledger's own dates agree with the dates that the log witnesses state?",
        "presentation_format" => "Is the answer that was handed over intact?",
        "statement" => "Is the answer of the kind that was asked for?",
        "request_signature" => "Is the request signed with the key of the verifier that it names?",
        "request_validity" => "Does the answer rest on a state of the ledger from before the request expired?",
        "request_match" => "Does the answer belong to this very request?",
        "key_known" => "Is the proof's verification key one that the trust file names?",
        "key_provenance" => "Was that key made in a way that the trust file accepts?",
        "proof_encoding" => "Is the proof well formed?",
        "state_record" => "Can the ledger's state that the proof refers to be read?",
        "checkpoint_signature" => "Did the ledger's log sign the checkpoint that came with it?",
        "log_inclusion" => "Is what is shown of the ledger really in its log?",
        "root_in_state" => "Is the proof about receivables that the ledger held in that state?",
        "root_fresh" => "Was that state recent enough?",
        "dilution_in_state" => "Does the proof count the credit notes and prepayments on record in that state?",
        "dilution_fresh" => "Was that record recent enough?",
        "proof" => "Does the mathematical proof hold?",
        "nullifier_unspent" => "Is the receivable still unspent?",
        "not_locked" => "Is the receivable free of other financiers' locks?",
        "later_entries" => "Are the later entries shown of this receivable, and in the log?",
        "unspent_later" => "Does the later state shown hold the receivable as unspent?",
        "disclosure_format" => "Are the disclosures intact?",
        "one_receivable" => "Are they all of one receivable on one ledger?",
        "made" => "Were they made before now, by their own dates?",
        "entries" => "Can the ledger's entries in them be read?",
        "ledger" => "Are the entries of the ledger that the disclosures name?",
        "nothing_else" => "Is nothing shown that has nothing to do with the receivable?",
        "openings" => "Is each amount shown the one that its entry in the ledger recorded?",
        "minting" => "Did the receivable come into being as the disclosures say, and only once?",
        "invoice" => "Are the invoice and the parties named those behind the receivable?",
        "spent" => "Was each part that is shown as moved on moved by the entry given?",
        "unspent" => "Was each part that is shown as unspent really unspent in the state given?",
        "amounts" => "Did no movement create or lose an amount?",
        "remaining" => "Are credit notes and prepayments those on record?",
        "complete" => "Is the history without gaps?",
        _ => "",
    }
}

/// A claim's name, for people.
pub(super) fn claim(name: &str) -> String {
    name.replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::question;
    use crate::{disclosure, eligibility, evidence};

    #[test]
    fn every_check_of_every_statement_has_a_question_in_plain_words() {
        let own = evidence::Check::ALL.map(evidence::Check::name);
        let eligibility = eligibility::Check::ALL.map(eligibility::Check::name);
        let disclosure = disclosure::Check::ALL.map(disclosure::Check::name);
        let later = ["request_validity", "later_entries", "unspent_later"];
        for name in own.iter().chain(&eligibility).chain(&disclosure).chain(&later) {
            assert!(question(name).ends_with('?'), "{name}");
        }
        assert_eq!(question("no such check"), "");
    }
}
