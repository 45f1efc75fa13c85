//! What stands between the ledger and a log witness: it passes requests on, or misbehaves as a network or a false witness may.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Longest that anything here waits; tests end long before.
const PATIENCE: Duration = Duration::from_secs(30);

/// What becomes of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    /// The log witness gets it, the ledger gets the answer.
    Honest,
    /// Nothing happens.
    Silent,
    /// The log witness gets it and cosigns; the answer is lost.
    Deaf,
    /// The answer is a cosignature that the log witness never made: its last byte is another.
    Lying,
    /// The connection is closed in the middle of the answer.
    Torn,
}

/// A gate on a port of its own; it ends with the test's process.
pub(crate) struct Gate {
    pub(crate) url: String,
    manner: Arc<Mutex<Manner>>,
    requests: Receiver<()>,
}

impl Gate {
    /// Opens it before the log witness of this URL.
    pub(crate) fn before(url: &str) -> Self {
        let upstream = url.strip_prefix("http://").unwrap().to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let manner = Arc::new(Mutex::new(Manner::Honest));
        let (seen, requests) = channel();
        let shared = manner.clone();
        std::thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let (upstream, manner, seen) = (upstream.clone(), shared.clone(), seen.clone());
                std::thread::spawn(move || pass(connection, &upstream, &manner, &seen));
            }
        });
        Self { url, manner, requests }
    }

    pub(crate) fn behave(&self, manner: Manner) {
        *self.manner.lock().unwrap() = manner;
    }

    /// Waits until a request has come, and for a deaf gate until the log witness has answered it.
    pub(crate) fn wait_for_request(&self) {
        self.requests.recv_timeout(PATIENCE).unwrap();
    }

    /// Forgets the requests that came so far.
    pub(crate) fn forget(&self) {
        while self.requests.try_recv().is_ok() {}
    }
}

/// The requests of one connection, one after another, until the client closes it or the gate's manner ends it.
fn pass(mut client: TcpStream, upstream: &str, manner: &Mutex<Manner>, seen: &Sender<()>) {
    client.set_read_timeout(Some(PATIENCE)).unwrap();
    while let Some(request) = message(&mut client) {
        let manner = *manner.lock().unwrap();
        if manner == Manner::Silent {
            let _ = seen.send(());
            return std::thread::sleep(PATIENCE);
        }
        let Some(mut answer) = asked(upstream, &request) else {
            return;
        };
        let _ = seen.send(());
        match manner {
            Manner::Deaf => return std::thread::sleep(PATIENCE),
            // Before the line's end: another character of base64.
            Manner::Lying => {
                let at = answer.len() - 12;
                answer[at] = if answer[at] == b'A' { b'B' } else { b'A' };
            }
            Manner::Torn => {
                let _ = client.write_all(&answer[..answer.len() - 20]);
                let _ = client.shutdown(Shutdown::Both);
                return;
            }
            Manner::Honest | Manner::Silent => {}
        }
        if client.write_all(&answer).is_err() {
            return;
        }
    }
}

fn asked(upstream: &str, request: &[u8]) -> Option<Vec<u8>> {
    let mut server = TcpStream::connect(upstream).ok()?;
    server.set_read_timeout(Some(PATIENCE)).unwrap();
    server.write_all(request).ok()?;
    message(&mut server)
}

/// Head and body, as long as `Content-Length` says.
fn message(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let mut bytes = vec![];
    loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
            let length: usize = length.map_or(0, |length| length.trim().parse().unwrap());
            if bytes.len() >= end + 4 + length {
                return Some(bytes);
            }
        }
        let mut part = [0; 4096];
        let read = stream.read(&mut part).ok().filter(|read| *read > 0)?;
        bytes.extend(&part[..read]);
    }
}
