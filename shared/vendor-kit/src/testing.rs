//! A server of one connection at a time that follows a script, for the tests of a vendor's client.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// What to do with the next connection.
pub enum Act {
    /// Read the request, write these bytes, close.
    Write(Vec<u8>),
    /// Read the request, write these bytes, keep the connection open until the client leaves.
    Hold(Vec<u8>),
    /// Read the request, close without a word.
    Close,
    /// Read once, write these bytes, close; for a handshake that fails.
    Interrupt(Vec<u8>),
    /// Read the request, promise nothing about the length and write until the client has enough, at most this many bytes.
    Flood(usize),
}

/// The running server. Ends with its script.
pub struct Server {
    /// `127.0.0.1:<port>`
    pub address: String,
    /// `http://127.0.0.1:<port>`
    pub url: String,
    seen: Arc<Seen>,
}

/// What the server has met so far.
#[derive(Default)]
struct Seen {
    requests: Mutex<Vec<String>>,
    flooded: AtomicUsize,
}

impl Server {
    /// Listens on loopback and follows the script.
    ///
    /// # Panics
    /// When no port is free.
    pub fn start(script: Vec<Act>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        let seen: Arc<Seen> = Arc::default();
        let server = Self {
            url: format!("http://{address}"),
            address,
            seen: Arc::clone(&seen),
        };
        thread::spawn(move || {
            for act in script {
                let Ok((stream, _)) = listener.accept() else {
                    return;
                };
                seen.follow(&act, stream);
            }
        });
        server
    }

    /// Each request so far as it came: head and body.
    ///
    /// # Panics
    /// When the server did.
    pub fn requests(&self) -> Vec<String> {
        self.seen.requests.lock().expect("no poison").clone()
    }

    /// How much of a flood was taken so far, in bytes.
    pub fn flooded(&self) -> usize {
        self.seen.flooded.load(Ordering::Relaxed)
    }
}

impl Seen {
    fn follow(&self, act: &Act, mut stream: TcpStream) {
        if let Act::Interrupt(bytes) = act {
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(bytes);
            return;
        }
        let request = read_request(&mut stream);
        self.requests.lock().expect("no poison").push(request);
        match act {
            Act::Write(bytes) => {
                let _ = stream.write_all(bytes);
            }
            Act::Hold(bytes) => {
                let _ = stream.write_all(bytes);
                let _ = stream.read(&mut [0; 16]);
            }
            Act::Flood(most) => self.flood(&mut stream, *most),
            Act::Close | Act::Interrupt(_) => {}
        }
    }

    fn flood(&self, stream: &mut TcpStream, most: usize) {
        let head = b"HTTP/1.1 200 X\r\nconnection: close\r\n\r\n";
        if stream.write_all(head).is_err() {
            return;
        }
        while self.flooded.load(Ordering::Relaxed) < most {
            match stream.write(&[b' '; 16 * 1024]) {
                Ok(count) => self.flooded.fetch_add(count, Ordering::Relaxed),
                Err(_) => return,
            };
        }
    }
}

/// An answer with the right length. Each header ends its line.
pub fn answer(status: u16, headers: &str, body: &str) -> Act {
    let length = body.len();
    Act::Write(
        format!("HTTP/1.1 {status} X\r\ncontent-length: {length}\r\n{headers}connection: close\r\n\r\n{body}")
            .into_bytes(),
    )
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
