//! One log witness and the client: following its size, and believing nothing that does not verify.

use crate::fixture::*;
use crate::impostor::{Impostor, Silent, answer, nobody};
use ed25519_dalek::SigningKey;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_verifier::log::{Cosigner, CosignerKey, NoteSignature};
use tradeseal_witness::client::{Answer, ClientError, ClientOptions, ConsistencyProofs, Standing, Submitter};
use tradeseal_witness::{AddCheckpoint, Clock, SystemClock};

fn cosigner() -> Cosigner {
    Cosigner::new(name("court"), SigningKey::from_bytes(&[7; 32])).unwrap()
}

fn ask(key: &CosignerKey, url: &str, log: &Log, size: u64) -> Answer {
    let submitter = Submitter::new(key.clone(), url, &client_options()).unwrap();
    submitter.submit(&log.checkpoint(size), log, Instant::now() + Duration::from_secs(60))
}

fn ask_impostor(impostor: &Impostor) -> Answer {
    ask(cosigner().key(), &impostor.url(), &Log::of(9), 9)
}

/// The line that an honest log witness would answer with, at this time.
fn cosigned(request: &str, time: UnixSeconds) -> NoteSignature {
    let request = AddCheckpoint::parse(request.as_bytes()).unwrap();
    cosigner()
        .cosign(request.checkpoint.unchecked_checkpoint(), time)
        .unwrap()
}

fn assert_false(answer: &Answer, part: &str) {
    assert!(
        matches!(answer, Answer::False { cause } if cause.contains(part)),
        "{answer} should say {part}"
    );
    assert_eq!(answer.standing(), Standing::Lying);
}

#[test]
fn it_follows_the_size_that_the_log_witness_names_and_remembers_it() {
    let (served, log) = (Served::named("court"), Log::of(50));
    served.witness.add_checkpoint(&log.body(0, 13)).unwrap();
    let submitter = Submitter::new(served.witness.key().clone(), &served.url(), &client_options()).unwrap();
    let deadline = Instant::now() + Duration::from_secs(60);
    for size in [20, 20, 33, 50] {
        let answer = submitter.submit(&log.checkpoint(size), &log, deadline);
        assert!(matches!(answer, Answer::Cosigned { .. }), "{answer}");
    }
    assert_eq!(
        submitter.submit(&log.checkpoint(49), &log, deadline),
        Answer::Ahead { size: 50 }
    );
    // A client that starts anew learns it.
    let answer = ask(served.witness.key(), &format!("{}/", served.url()), &log, 49);
    assert_eq!(answer, Answer::Ahead { size: 50 });
    assert_eq!(answer.standing(), Standing::Refusing);
}

#[test]
fn a_log_witness_that_holds_another_history_says_so() {
    let (served, log, fork) = (Served::named("court"), Log::of(20), Log::new(20, 5, 1));
    served.witness.add_checkpoint(&log.body(0, 9)).unwrap();
    for size in [9, 20] {
        let answer = ask(served.witness.key(), &served.url(), &fork, size);
        assert!(matches!(answer, Answer::OtherHistory { size: 9, .. }), "{answer}");
    }
}

#[test]
fn refusals_are_told_with_the_log_witnesss_own_words_made_printable() {
    let served = Served::named("court");
    std::fs::write(served.folder.path().join("logs"), "").unwrap();
    let answer = ask(served.witness.key(), &served.url(), &Log::of(3), 3);
    assert!(
        matches!(&answer, Answer::Refused { status: 404, message } if message.contains(ORIGIN)),
        "{answer}"
    );

    let words = format!("\u{1b}[2Jred\n{}", "x".repeat(5_000));
    let rude = Impostor::saying(503, "text/html", move |_| words.clone());
    let Answer::Refused { status: 503, message } = ask_impostor(&rude) else {
        panic!("not refused");
    };
    assert!(
        message.starts_with(" [2Jred x") && message.chars().count() == 300,
        "{message:?}"
    );
}

#[test]
fn lines_that_do_not_verify_are_by_another_key_or_are_none_are_false() {
    let now = || SystemClock.now();
    let log_line = |request: &str| {
        let request = AddCheckpoint::parse(request.as_bytes()).unwrap();
        format!("{}\n", request.checkpoint.note().signatures()[0])
    };
    let other_key = move |request: &str| {
        let request = AddCheckpoint::parse(request.as_bytes()).unwrap();
        let other = Cosigner::new(name("court"), SigningKey::from_bytes(&[8; 32])).unwrap();
        format!(
            "{}\n",
            other.cosign(request.checkpoint.unchecked_checkpoint(), now()).unwrap()
        )
    };
    let forged = move |request: &str| {
        let line = cosigned(request, now());
        let mut bytes = line.signature().to_vec();
        bytes[30] ^= 1;
        format!(
            "{}\n",
            NoteSignature::new(line.name().clone(), line.key_id(), bytes).unwrap()
        )
    };
    let other_checkpoint = move |_: &str| {
        let line = cosigner()
            .cosign(Log::of(8).checkpoint(8).unchecked_checkpoint(), now())
            .unwrap();
        format!("{line}\n")
    };
    let say = |body: Box<dyn Fn(&str) -> String + Send>| ask_impostor(&Impostor::saying(200, "text/plain", body));
    assert_false(&say(Box::new(log_line)), "no line is by its key");
    assert_false(&say(Box::new(other_key)), "no line is by its key");
    assert_false(&say(Box::new(forged)), "does not verify");
    assert_false(&say(Box::new(other_checkpoint)), "does not verify");
    assert_false(&say(Box::new(|_| String::new())), "lines of text");
    assert_false(
        &say(Box::new(move |request| cosigned(request, now()).to_string())),
        "lines of text",
    );
    assert_false(
        &say(Box::new(move |request| format!("\n{}\n", cosigned(request, now())))),
        "malformed",
    );
    assert_false(&say(Box::new(|_| "thank you\n".into())), "malformed");
    // The right line among others is taken, and only that one.
    let among = say(Box::new(move |request| {
        format!("{}{}\n", other_key(request), cosigned(request, now()))
    }));
    assert!(
        matches!(&among, Answer::Cosigned { line, .. } if cosigner().key().is_claimed_by(line)),
        "{among}"
    );
}

#[test]
fn a_cosignature_whose_time_is_far_from_ours_does_not_count() {
    let at = |offset: i64| {
        Impostor::saying(200, "text/plain", move |request| {
            let time = SystemClock.now().0.saturating_add_signed(offset);
            format!("{}\n", cosigned(request, UnixSeconds(time)))
        })
    };
    assert!(matches!(ask_impostor(&at(-60)), Answer::Cosigned { .. }));
    assert_false(&ask_impostor(&at(-1_000)), "it states the time");
    assert_false(&ask_impostor(&at(1_000)), "it states the time");
}

#[test]
fn impossible_sizes_are_false_and_sizes_without_end_are_given_up() {
    let size = |body: &'static str| Impostor::saying(409, "text/x.tlog.size", move |_| body.into());
    for body in ["", "5", "05\n", "-1\n", "5\n5\n", "18446744073709551616\n"] {
        assert_false(&ask_impostor(&size(body)), "no size");
    }
    assert_false(&ask_impostor(&size("0\n")), "very size");
    assert_eq!(ask_impostor(&size("10\n")), Answer::Ahead { size: 10 });
    let wavering = Impostor::saying(409, "text/x.tlog.size", |request| {
        if request.starts_with("old 5\n") {
            "6\n".into()
        } else {
            "5\n".into()
        }
    });
    let answer = ask_impostor(&wavering);
    assert!(matches!(answer, Answer::Refused { status: 409, .. }), "{answer}");
    assert_eq!(wavering.requests.load(Ordering::SeqCst), 4);
}

#[test]
fn endless_answers_redirects_and_garbage_are_not_followed() {
    let endless = Impostor::saying(200, "text/plain", |_| "— x AAAAAAAA\n".repeat(100_000));
    assert_false(&ask_impostor(&endless), "64 KiB");
    let target = Impostor::saying(200, "text/plain", |_| String::new());
    for status in [301, 302, 307, 308] {
        let location = target.url();
        let redirect = Impostor::answering(move |_| {
            format!("HTTP/1.1 {status} X\r\nLocation: {location}/add-checkpoint\r\nContent-Length: 0\r\n\r\n")
                .into_bytes()
        });
        let answer = ask_impostor(&redirect);
        assert!(
            matches!(answer.standing(), Standing::Refusing | Standing::Unreachable),
            "{status}: {answer}"
        );
    }
    assert_eq!(target.requests.load(Ordering::SeqCst), 0);
    for garbage in [
        &b""[..],
        b"\0\0\0\0",
        b"SSH-2.0-x\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort",
    ] {
        let answer = ask_impostor(&Impostor::answering(move |_| garbage.to_vec()));
        assert!(matches!(answer, Answer::Unreachable { .. }), "{answer}");
    }
}

#[test]
fn a_silent_one_times_out_and_one_that_is_gone_is_unreachable() {
    let (silent, log) = (Silent::new(), Log::of(9));
    let submitter = Submitter::new(cosigner().key().clone(), &silent.url(), &client_options()).unwrap();
    let answer = submitter.submit(&log.checkpoint(9), &log, Instant::now() + Duration::from_millis(200));
    assert_eq!((answer.standing(), answer), (Standing::Slow, Answer::TimedOut));
    assert_eq!(
        submitter.submit(&log.checkpoint(9), &log, Instant::now()),
        Answer::TimedOut
    );
    let answer = ask(cosigner().key(), &nobody(), &log, 9);
    assert_eq!(answer.standing(), Standing::Unreachable, "{answer}");
}

#[test]
fn without_a_consistency_proof_nothing_is_sent() {
    let impostor = Impostor::saying(409, "text/x.tlog.size", |_| "3\n".into());
    let submitter = Submitter::new(cosigner().key().clone(), &impostor.url(), &client_options()).unwrap();
    let proofs = |old: u64, new: u64| Err(format!("no tiles for {old} to {new}"));
    let proofs: &dyn ConsistencyProofs = &proofs;
    let answer = submitter.submit(
        &Log::of(9).checkpoint(9),
        proofs,
        Instant::now() + Duration::from_secs(60),
    );
    let cause = "no tiles for 3 to 9".to_owned();
    assert_eq!(answer, Answer::NoProof { cause });
    assert_eq!(impostor.requests.load(Ordering::SeqCst), 1);
}

#[test]
fn prefixes_that_are_no_http_urls_are_refused() {
    let key = cosigner().key().clone();
    for prefix in [
        "",
        "witness.example",
        "ftp://witness.example",
        "http://",
        "https:///x",
        "http://a b",
        "http://w.example/?x",
    ] {
        let refused = Submitter::new(key.clone(), prefix, &client_options());
        assert!(matches!(refused, Err(ClientError::Url { .. })), "{prefix}");
    }
    for prefix in ["http://w.example", "https://w.example/a/b/", "http://[::1]:8080"] {
        assert!(
            Submitter::new(key.clone(), prefix, &client_options()).is_ok(),
            "{prefix}"
        );
    }
}

#[test]
fn a_log_witness_below_a_path_is_asked_there() {
    let seen = std::sync::Arc::new(std::sync::Mutex::new(String::new()));
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/court/w1/", listener.local_addr().unwrap());
    let first_line = seen.clone();
    let server = std::thread::spawn(move || {
        use std::io::{BufRead, BufReader, Write};
        let (mut stream, _) = listener.accept().unwrap();
        BufReader::new(&stream)
            .read_line(&mut first_line.lock().unwrap())
            .unwrap();
        stream.write_all(&answer(503, "text/plain", "closed\n")).unwrap();
    });
    ask(cosigner().key(), &url, &Log::of(1), 1);
    server.join().unwrap();
    assert_eq!(*seen.lock().unwrap(), "POST /court/w1/add-checkpoint HTTP/1.1\r\n");
}

#[test]
fn root_certificates_must_be_pem() {
    let options = |pem: &str| ClientOptions {
        certificate_roots_pem: Some(pem.as_bytes().to_vec()),
        ..client_options()
    };
    for pem in [
        "",
        "nonsense",
        "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n",
    ] {
        let refused = Submitter::new(cosigner().key().clone(), "https://w.example", &options(pem));
        assert!(matches!(refused, Err(ClientError::Certificates(_))), "{pem}");
    }
}
