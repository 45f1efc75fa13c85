//! HTTP as bytes.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

/// An answer as it came.
#[derive(Debug, PartialEq, Eq)]
pub struct Answered {
    pub status: u16,
    pub content_type: String,
    pub body: String,
}

/// Sends bytes and reads until the other side closes.
pub fn exchange(address: SocketAddr, bytes: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(bytes).unwrap();
    let mut answer = vec![];
    // A side that refuses early may reset; what came before counts.
    let _ = stream.read_to_end(&mut answer);
    answer
}

/// One POST of a body.
pub fn post(address: SocketAddr, body: &[u8]) -> Answered {
    let head = format!(
        "POST /add-checkpoint HTTP/1.1\r\nHost: witness\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    parse(&exchange(address, &[head.as_bytes(), body].concat()))
}

pub fn get(address: SocketAddr, path: &str) -> Answered {
    let head = format!("GET {path} HTTP/1.1\r\nHost: witness\r\nConnection: close\r\n\r\n");
    parse(&exchange(address, head.as_bytes()))
}

pub fn parse(answer: &[u8]) -> Answered {
    let text = str::from_utf8(answer).unwrap();
    let (head, body) = text
        .split_once("\r\n\r\n")
        .unwrap_or_else(|| panic!("no answer: {text:?}"));
    let header = |name: &str| {
        let line = head.lines().find_map(|line| line.strip_prefix(name));
        line.unwrap_or_default().to_owned()
    };
    Answered {
        status: head[9..12].parse().unwrap(),
        content_type: header("content-type: "),
        body: body.to_owned(),
    }
}
