//! The service's limits and its end.

use crate::fixture::*;
use crate::wire;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;
use tradeseal_witness::http::ServeOptions;

fn short() -> ServeOptions {
    ServeOptions {
        head_timeout: Duration::from_millis(200),
        body_timeout: Duration::from_millis(200),
        ..ServeOptions::default()
    }
}

/// Reads until the other side closes.
fn rest(mut stream: TcpStream) -> String {
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer);
    answer
}

#[test]
fn a_connection_that_says_nothing_or_half_a_head_is_closed() {
    let served = Served::with_options("court", &short());
    for said in ["", "POST /add-checkpoint HT"] {
        let mut stream = TcpStream::connect(served.running.address()).unwrap();
        stream.write_all(said.as_bytes()).unwrap();
        let answer = rest(stream);
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 408"), "{answer}");
    }
}

#[test]
fn a_body_that_does_not_arrive_is_given_up() {
    let served = Served::with_options("court", &short());
    let mut stream = TcpStream::connect(served.running.address()).unwrap();
    stream
        .write_all(b"POST /add-checkpoint HTTP/1.1\r\nHost: w\r\nContent-Length: 100\r\n\r\nold 0\n")
        .unwrap();
    assert!(rest(stream).starts_with("HTTP/1.1 408"));
}

#[test]
fn a_place_taken_by_an_idle_connection_comes_free_for_the_next_one() {
    let options = ServeOptions {
        max_connections: 1,
        ..short()
    };
    let served = Served::with_options("court", &options);
    let _idle = TcpStream::connect(served.running.address()).unwrap();
    assert_eq!(wire::get(served.running.address(), "/health").status, 200);
}

#[test]
fn a_head_without_end_is_refused() {
    let served = Served::named("court");
    let endless = format!(
        "GET /health HTTP/1.1\r\nHost: w\r\nX: {}\r\n\r\n",
        "a".repeat(64 * 1024)
    );
    let answer = wire::exchange(served.running.address(), endless.as_bytes());
    assert!(
        answer.is_empty() || answer.starts_with(b"HTTP/1.1 431"),
        "{}",
        String::from_utf8_lossy(&answer)
    );
}

#[test]
fn several_requests_go_over_one_connection() {
    let (served, log) = (Served::named("court"), Log::of(3));
    let request = |body: Vec<u8>, more: &str| {
        let head = format!(
            "POST /add-checkpoint HTTP/1.1\r\nHost: w\r\n{more}Content-Length: {}\r\n\r\n",
            body.len()
        );
        [head.into_bytes(), body].concat()
    };
    let both = [
        request(log.body(0, 1), ""),
        request(log.body(1, 3), "Connection: close\r\n"),
    ]
    .concat();
    let answer = String::from_utf8(wire::exchange(served.running.address(), &both)).unwrap();
    assert_eq!(answer.matches("HTTP/1.1 200").count(), 2, "{answer}");
}

#[test]
fn stopping_ends_open_connections_and_frees_the_folder() {
    let served = Served::named("court");
    let (address, folder) = (served.running.address(), served.folder);
    let idle = TcpStream::connect(address).unwrap();
    assert_eq!(wire::get(address, "/health").status, 200);
    served.running.stop().unwrap();
    assert_eq!(rest(idle), "");
    assert!(TcpStream::connect(address).is_err());
    drop(served.witness);
    drop(open(folder.path()));
}
