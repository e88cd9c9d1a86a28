//! A server of one connection at a time that follows a script, for the tests of the transport.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

/// What to do with the next connection.
pub(super) enum Act {
    /// Read the request, write these bytes, close.
    Write(Vec<u8>),
    /// Read the request, write these bytes, keep the connection open until the client leaves.
    Hold(Vec<u8>),
    /// Read the request, close without a word.
    Close,
}

/// The running server. Ends with its script.
pub(super) struct Server {
    /// `http://127.0.0.1:<port>`
    pub(super) url: String,
    /// Each request as it came: head and body.
    requests: Receiver<String>,
}

impl Server {
    pub(super) fn start(script: Vec<Act>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (sender, requests) = channel();
        thread::spawn(move || {
            for act in script {
                let Ok((mut stream, _)) = listener.accept() else {
                    return;
                };
                let bytes = match &act {
                    Act::Write(bytes) | Act::Hold(bytes) => bytes.as_slice(),
                    Act::Close => &[],
                };
                let _ = sender.send(read_request(&mut stream));
                let _ = stream.write_all(bytes);
                if matches!(act, Act::Hold(_)) {
                    let _ = stream.read(&mut [0; 16]);
                }
            }
        });
        Server {
            url: format!("http://{address}"),
            requests,
        }
    }

    /// The requests so far.
    pub(super) fn requests(&self) -> Vec<String> {
        self.requests.try_iter().collect()
    }
}

/// An answer with the right length.
pub(super) fn answer(status: u16, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status} X\r\ncontent-length: {length}\r\nconnection: close\r\n{headers}\r\n{body}")
        .into_bytes()
}

fn read_request(stream: &mut TcpStream) -> String {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&request).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .filter_map(|line| line.split_once(':'))
                .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
                .and_then(|(_, value)| value.trim().parse().ok())
                .unwrap_or(0);
            if body.len() >= length {
                return text;
            }
        }
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => return text,
            Ok(count) => request.extend_from_slice(&buffer[..count]),
        }
    }
}
