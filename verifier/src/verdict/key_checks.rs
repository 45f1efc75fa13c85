//! Is a proof's key believed? The same two questions for every kind of file.

use alloc::format;

use super::Finding;
use crate::groth16::{KeyId, Provenance};
use crate::statement::StatementId;
use crate::trust::{Trust, TrustedKey};

pub(crate) fn key_known(trust: &Trust, id: KeyId, statement: StatementId) -> Finding<&TrustedKey> {
    match trust.key(id) {
        Some(key) if key.statement() == statement => Finding::passed(format!("key {id}"), key),
        Some(key) => Finding::failed(
            "the proof was made under a key for another statement",
            format!("key {id} is for {}", key.statement()),
        ),
        None => Finding::failed(
            "the proof was made under a key that your trust file does not name",
            format!("no key {id} in the trust file; a newer trust file may name it"),
        ),
    }
}

pub(crate) fn key_provenance(trust: &Trust, key: &TrustedKey) -> Finding<()> {
    match key.provenance() {
        Provenance::Ceremony { transcript } => Finding::passed(
            format!("made in the ceremony of transcript {}", hex::encode(transcript.0)),
            (),
        ),
        Provenance::InsecureDev if trust.allow_insecure_dev() => Finding::passed(
            "development key, allowed by the trust file: whoever made it could have forged this proof",
            (),
        ),
        Provenance::InsecureDev => Finding::not_checked(
            "it was proven under a development key, and whoever made that key could have forged the proof",
            "ask for a proof under a ceremony key",
            "development key: nothing shows that its set-up secrets were destroyed",
        ),
    }
}
