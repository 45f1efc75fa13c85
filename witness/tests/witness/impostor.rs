//! Servers that are no honest log witness.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

/// A server that answers each request as it was told, over one connection per request.
pub struct Impostor {
    pub address: SocketAddr,
    pub requests: Arc<AtomicUsize>,
}

impl Impostor {
    /// `answer` sees a request's body and gives the whole answer, head and all.
    pub fn answering(answer: impl Fn(&str) -> Vec<u8> + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::new(AtomicUsize::new(0));
        let seen = requests.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let body = read_request(&mut stream);
                seen.fetch_add(1, Ordering::SeqCst);
                // The client may have stopped listening.
                let _ = stream.write_all(&answer(&body));
            }
        });
        Self { address, requests }
    }

    /// Answers with a status, a content type and a body.
    pub fn saying(status: u16, content_type: &'static str, body: impl Fn(&str) -> String + Send + 'static) -> Self {
        Self::answering(move |request| answer(status, content_type, &body(request)))
    }

    /// Answers as it was told once the gate opens; each request waits for one opening.
    pub fn gated(answer: impl Fn(&str) -> Vec<u8> + Send + 'static) -> (Self, Sender<()>) {
        let (open, gate): (Sender<()>, Receiver<()>) = channel();
        let gate = Mutex::new(gate);
        let gated = move |request: &str| {
            // A gate that is gone lets everything through.
            let _ = gate.lock().unwrap().recv();
            answer(request)
        };
        (Self::answering(gated), open)
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

pub fn answer(status: u16, content_type: &str, body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 {status} X\r\nContent-Type: {content_type}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// Reads one request; gives its body.
pub fn read_request(stream: &mut impl Read) -> String {
    let mut bytes = vec![];
    let mut byte = [0];
    while !bytes.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) == 1 {
        bytes.push(byte[0]);
    }
    let head = String::from_utf8(bytes).unwrap().to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    let _ = stream.read_exact(&mut body);
    String::from_utf8(body).unwrap()
}

/// An address where nobody listens: no port of another test, unlike one that was just given back.
pub fn nobody() -> String {
    "http://127.0.0.1:1".into()
}

/// A server that accepts and then says nothing, for as long as it lives.
pub struct Silent {
    pub address: SocketAddr,
    _listener: TcpListener,
}

impl Silent {
    pub fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        // The kernel completes connections up to its backlog without anybody accepting them.
        TcpStream::connect(address).unwrap();
        Self {
            address,
            _listener: listener,
        }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}
