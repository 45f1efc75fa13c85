//! A request and a trust file on disk, and beside them what is no presentation.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use ed25519_dalek::SigningKey;
use tempfile::TempDir;
use tradeseal_primitives::Fr;
use tradeseal_primitives::currency::Currency;
use tradeseal_primitives::party::PartyId;
use tradeseal_primitives::receivable::{Day, Flags, UnixSeconds};
use tradeseal_verifier::log::KeyName;
use tradeseal_verifier::policy::{Amount, ApprovedDebtors, DueWindow, Policy};
use tradeseal_verifier::request::{Nonce, Request, RequestDraft};
use tradeseal_verifier::statement::StatementId;
use tradeseal_verifier::trust::Trust;

pub(crate) struct Question {
    folder: TempDir,
    paths: [String; 3],
}

impl Question {
    pub(crate) fn written() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, bytes: &[u8]| {
            let path: PathBuf = folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            path.to_str().unwrap().to_owned()
        };
        let trust = Trust::new(Vec::new(), Vec::new(), false, None).unwrap();
        let paths = [
            write("first.presentation.json", b"no presentation"),
            write("the.request.json", &request().to_json()),
            write("trust.json", &trust.to_json()),
        ];
        Self { folder, paths }
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Presentation, request, trust file.
    pub(crate) fn paths(&self) -> [&str; 3] {
        self.paths.each_ref().map(String::as_str)
    }
}

fn request() -> Request {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let debtors = ApprovedDebtors::new([PartyId::from_fr(Fr::from(7u64))]).unwrap();
    let window = DueWindow {
        from: Day(20_000),
        to: Day(20_500),
    };
    let amount = Amount::new(100_000, Currency::from_alpha("EUR").unwrap());
    let draft = RequestDraft {
        statement: StatementId::RECEIVABLE_ELIGIBILITY_V2,
        origin: KeyName::new("ledger.example/test").unwrap(),
        verifier_name: "A bank".parse().unwrap(),
        policy: Policy::new(amount, window, debtors, Flags::NONE, Flags::NONE).unwrap(),
        nonce: Nonce::from_bytes([5; 32]),
        issued: UnixSeconds(now - 60),
        expires: UnixSeconds(now + 3600),
        lock_until: UnixSeconds(now - 60),
    };
    Request::sign(draft, &SigningKey::from_bytes(&[9; 32])).unwrap()
}
