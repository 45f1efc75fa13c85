//! A log witness behind TLS: believed under the given root only.

use crate::fixture::*;
use crate::impostor::{answer, read_request};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, Stream};
use std::io::Write;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tradeseal_witness::client::{Answer, ClientOptions, Submitter};

/// A TLS terminator for one name in front of a log witness; its certificate in PEM, and its port.
fn terminator(served: &Served) -> (String, u16) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    let (config, witness) = (Arc::new(config), served.witness.clone());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut connection = ServerConnection::new(config.clone()).unwrap();
            let mut stream = stream.unwrap();
            let mut tls = Stream::new(&mut connection, &mut stream);
            // A client that does not like the certificate leaves here.
            let request = read_request(&mut tls);
            if let Ok(line) = witness.add_checkpoint(request.as_bytes()) {
                tls.write_all(&answer(200, "text/plain", &format!("{line}\n"))).unwrap();
            }
        }
    });
    (made.cert.pem(), port)
}

#[test]
fn https_is_spoken_under_the_given_root_and_under_no_other() {
    let (served, log) = (Served::named("court"), Log::of(3));
    let (pem, port) = terminator(&served);
    let ask = |roots: Option<&str>, host: &str| {
        let options = ClientOptions {
            certificate_roots_pem: roots.map(|pem| pem.as_bytes().to_vec()),
            ..client_options()
        };
        let url = format!("https://{host}:{port}");
        let submitter = Submitter::new(served.witness.key().clone(), &url, &options).unwrap();
        submitter.submit(&log.checkpoint(3), &log, Instant::now() + Duration::from_secs(60))
    };
    let other = rcgen::generate_simple_self_signed(["localhost".to_owned()])
        .unwrap()
        .cert
        .pem();
    for refused in [
        ask(None, "localhost"),
        ask(Some(&other), "localhost"),
        ask(Some(&pem), "127.0.0.1"),
    ] {
        assert!(matches!(refused, Answer::Unreachable { .. }), "{refused}");
    }
    let answer = ask(Some(&pem), "localhost");
    assert!(matches!(answer, Answer::Cosigned { .. }), "{answer}");
}
