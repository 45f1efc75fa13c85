//! Every refusal of C2SP tlog-witness, as bytes on the wire.

use crate::fixture::*;
use crate::wire::{self, Answered, get, post};
use ed25519_dalek::SigningKey;
use tradeseal_verifier::log::{Checkpoint, KeyName, LogSigner, SignedCheckpoint};
use tradeseal_witness::{AddCheckpoint, MAX_REQUEST_BYTES};

/// Checks an answer in plain text whose body has `part`.
fn assert_text(answered: &Answered, status: u16, part: &str) {
    assert_eq!(
        (answered.status, answered.content_type.as_str()),
        (status, "text/plain; charset=utf-8"),
        "{answered:?}"
    );
    assert!(
        answered.body.contains(part) && answered.body.ends_with('\n'),
        "{answered:?}"
    );
}

fn assert_size(answered: &Answered, size: u64) {
    let expected = Answered {
        status: 409,
        content_type: "text/x.tlog.size".into(),
        body: format!("{size}\n"),
    };
    assert_eq!(*answered, expected);
}

fn cosigns(served: &Served, log: &Log, old_size: u64, size: u64) {
    let answered = post(served.running.address(), &log.body(old_size, size));
    assert_eq!(
        (answered.status, answered.content_type.as_str()),
        (200, "text/plain; charset=utf-8"),
        "{answered:?}"
    );
    // As the specification suggests: the checkpoint with the answer's lines after it is a note again.
    let note = SignedCheckpoint::parse(&format!("{}{}", log.checkpoint(size), answered.body)).unwrap();
    let keys = [served.witness.key().clone()];
    assert_eq!(note.cosignatures(&keys).unwrap().len(), 1);
}

#[test]
fn a_log_that_grows_is_cosigned_from_any_size_to_any_larger_one_and_again_at_the_same() {
    let (served, log) = (Served::named("court"), Log::of(40));
    for (old_size, size) in [
        (0, 0),
        (0, 1),
        (1, 1),
        (1, 2),
        (2, 7),
        (7, 8),
        (8, 32),
        (32, 40),
        (40, 40),
    ] {
        cosigns(&served, &log, old_size, size);
    }
}

#[test]
fn bodies_that_are_no_request_are_malformed() {
    let (served, log) = (Served::named("court"), Log::of(300));
    let good = String::from_utf8(log.body(5, 300)).unwrap();
    let (hash, note) = (log.root(1).to_string(), log.checkpoint(300).to_string());
    let unsigned = log.checkpoint(300).unchecked_checkpoint().to_string();
    for (body, part) in [
        (String::new(), "no empty line"),
        (note.clone(), "first line"),
        (format!("\n{note}"), "first line"),
        (good.replace("old 5\n", ""), "first line"),
        (good.replace("old 5", "old 05"), "first line"),
        (good.replace("old 5", "old +5"), "first line"),
        (good.replace("old 5", "old  5"), "first line"),
        (good.replace("old 5", "old 5 "), "first line"),
        (good.replace("old 5", "Old 5"), "first line"),
        (good.replace("old 5", "old 18446744073709551616"), "first line"),
        (good.replace("old 5\n", "old 5\r\n"), "first line"),
        (format!("old 0\n{note}"), "line 2"),
        (format!("old 5\n{hash}x\n\n{note}"), "line 2"),
        (format!("old 5\n{hash}\n{}\n\n{note}", &hash[..40]), "line 3"),
        (
            format!("old 5\n{}\n{note}", format!("{hash}\n").repeat(64)),
            "more than 63",
        ),
        (format!("old 0\n\n{unsigned}"), "malformed"),
        (format!("old 0\n\n{unsigned}\n"), "malformed"),
        (format!("old 0\n\n{}", note.replace("\n300\n", "\n0300\n")), "decimal"),
        (format!("old 0\n\n{}", note.trim_end()), "malformed"),
        (format!("old 0\n\n\n{note}"), "malformed"),
    ] {
        assert_text(&post(served.running.address(), body.as_bytes()), 400, part);
    }
    assert_text(&post(served.running.address(), b"old 0\n\n\xff\n"), 400, "not UTF-8");
    // An old size above the checkpoint's is malformed even though the signature is right.
    let request = AddCheckpoint {
        old_size: 7,
        ..log.request(0, 5)
    };
    let answered = post(served.running.address(), request.to_string().as_bytes());
    assert_text(&answered, 400, "exceeds");
    cosigns(&served, &log, 0, 300);
}

#[test]
fn sixty_three_hashes_are_read_and_too_long_a_body_is_not() {
    let (served, log) = (Served::named("court"), Log::of(2));
    let hashes = format!("{}\n", log.root(1)).repeat(63);
    let body = format!("old 0\n{hashes}\n{}", log.checkpoint(2));
    assert_text(
        &post(served.running.address(), body.as_bytes()),
        422,
        "63 hashes instead of 0",
    );
    let long = vec![b'a'; MAX_REQUEST_BYTES + 1];
    assert_text(&post(served.running.address(), &long), 413, "more than");
    let chunked = format!(
        "POST /add-checkpoint HTTP/1.1\r\nHost: w\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{}\r\n0\r\n\r\n",
        long.len(),
        "a".repeat(long.len())
    );
    assert_text(
        &wire::parse(&wire::exchange(served.running.address(), chunked.as_bytes())),
        413,
        "more than",
    );
}

#[test]
fn an_unknown_log_is_404_and_a_known_one_that_did_not_sign_is_403() {
    let (served, log) = (Served::named("court"), Log::of(3));
    let signed = |origin: &str, secret: u8| {
        let signer = LogSigner::new(KeyName::new(origin).unwrap(), SigningKey::from_bytes(&[secret; 32])).unwrap();
        let checkpoint = Checkpoint::new(origin, 3, log.root(3)).unwrap();
        format!("old 0\n\n{}", SignedCheckpoint::sign(checkpoint, &signer).unwrap())
    };
    let address = served.running.address();
    assert_text(
        &post(address, signed("other.example/log", 1).as_bytes()),
        404,
        "other.example/log",
    );
    assert_text(
        &post(address, signed(ORIGIN, 2).as_bytes()),
        403,
        "none of the 1 signature lines",
    );
    let mut forged = String::from_utf8(log.body(0, 3)).unwrap();
    let at = forged.trim_end().len() - 5;
    let other = if forged.as_bytes()[at] == b'A' { "B" } else { "A" };
    forged.replace_range(at..=at, other);
    assert_text(&post(address, forged.as_bytes()), 403, "does not verify");
    // Unknown before unsigned: whether a log is known does not depend on who signs for it.
    assert_text(
        &post(address, signed("other.example/log", 9).as_bytes()),
        404,
        "operator",
    );
}

#[test]
fn a_wrong_old_size_is_409_with_the_size_and_another_root_of_the_same_size_is_409() {
    let (served, log, fork) = (Served::named("court"), Log::of(20), Log::new(20, 5, 1));
    let address = served.running.address();
    assert_size(&post(address, &log.body(3, 9)), 0);
    cosigns(&served, &log, 0, 9);
    assert_size(&post(address, &log.body(0, 9)), 9);
    assert_size(&post(address, &log.body(0, 20)), 9);
    assert_size(&post(address, &log.body(8, 20)), 9);
    assert_size(&post(address, &log.body(5, 8)), 9);
    assert_text(&post(address, &fork.body(9, 9)), 409, "another root");
    assert_eq!(served.witness.forks().unwrap().len(), 1);
    // The signature is looked at first: a stranger learns no size.
    let mut unsigned = log.body(0, 20);
    let length = unsigned.len();
    unsigned[length - 10] ^= 1;
    assert_ne!(post(address, &unsigned).status, 409);
}

#[test]
fn a_proof_that_does_not_lead_from_the_cosigned_tree_is_422() {
    let (served, log, fork) = (Served::named("court"), Log::of(20), Log::new(20, 5, 1));
    let address = served.running.address();
    cosigns(&served, &log, 0, 9);
    assert_text(&post(address, &fork.body(9, 20)), 422, "consistency");
    let mut request = log.request(9, 20);
    let proof = request.proof.clone();
    for at in 0..proof.len() {
        request.proof[at].0[7] ^= 1;
        assert_text(&post(address, request.to_string().as_bytes()), 422, "consistency");
        request.proof = proof.clone();
    }
    request.proof.pop();
    assert_text(&post(address, request.to_string().as_bytes()), 422, "hashes instead of");
    let mut superfluous = log.request(9, 9);
    superfluous.proof.push(log.root(1));
    assert_text(
        &post(address, superfluous.to_string().as_bytes()),
        422,
        "hashes instead of",
    );
    cosigns(&served, &log, 9, 20);
}

#[test]
fn other_methods_and_paths_are_refused_and_health_answers() {
    let served = Served::named("court");
    let address = served.running.address();
    assert_eq!(get(address, "/add-checkpoint").status, 405);
    assert_eq!(get(address, "/").status, 404);
    assert_eq!(get(address, "/health").body, "ok\n");
    let (log, fork) = (Log::of(9), Log::new(9, 5, 1));
    cosigns(&served, &log, 0, 9);
    // Two checkpoints of one size are proof, whatever old size came with the second.
    assert_size(&post(address, &fork.body(3, 9)), 9);
    assert_eq!(get(address, "/health").body, "ok; forks kept as evidence: 1\n");
}

#[test]
fn whatever_is_read_as_a_request_is_written_back_byte_for_byte() {
    let body = Log::of(9).body(3, 9);
    let mut read = 0;
    let mut check = |bytes: &[u8]| {
        if let Ok(request) = AddCheckpoint::parse(bytes) {
            assert_eq!(request.to_string().as_bytes(), bytes);
            read += 1;
        }
    };
    check(&body);
    for at in 0..body.len() {
        check(&body[..at]);
        for flip in [0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80] {
            let mut changed = body.clone();
            changed[at] ^= flip;
            check(&changed);
        }
        for inserted in [b'\n', b' ', b'0', b'A'] {
            let mut changed = body.clone();
            changed.insert(at, inserted);
            check(&changed);
        }
    }
    assert!(read > 100, "only {read} of the changed bodies read");
}
