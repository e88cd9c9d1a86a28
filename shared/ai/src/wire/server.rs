//! A server on loopback that follows a script, one connection after the other.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What to do with the next connection, once its request is read.
pub(super) enum Act {
    /// Answer and close.
    Write(Vec<u8>),
    /// Close without a word.
    Close,
    /// Say nothing, keep the connection.
    Hang,
    /// Promise nothing about the length and write until the other side has enough, at most this many bytes.
    Flood(usize),
}

/// The running server. Ends with its script.
pub(super) struct Server {
    /// `http://127.0.0.1:<port>`
    pub(super) url: String,
    requests: Arc<Mutex<Vec<String>>>,
    /// How much of a flood was taken.
    flooded: Arc<Mutex<usize>>,
}

impl Server {
    pub(super) async fn start(script: Vec<Act>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let requests: Arc<Mutex<Vec<String>>> = Arc::default();
        let flooded: Arc<Mutex<usize>> = Arc::default();
        let (seen, written) = (requests.clone(), flooded.clone());
        tokio::spawn(async move {
            let mut kept = Vec::new();
            for act in script {
                let Ok((mut stream, _)) = listener.accept().await else {
                    return;
                };
                let request = read_request(&mut stream).await;
                seen.lock().expect("no poison").push(request);
                match act {
                    Act::Write(bytes) => {
                        let _ = stream.write_all(&bytes).await;
                    }
                    Act::Close => {}
                    Act::Hang => kept.push(stream),
                    Act::Flood(most) => {
                        let count = flood(&mut stream, most).await;
                        *written.lock().expect("no poison") = count;
                    }
                }
            }
            // Hanging connections stay until the test's runtime ends.
            std::future::pending::<()>().await;
        });
        Server {
            url: format!("http://{address}"),
            requests,
            flooded,
        }
    }

    /// Each request so far as it came: head and body.
    pub(super) fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("no poison").clone()
    }

    pub(super) fn flooded(&self) -> usize {
        *self.flooded.lock().expect("no poison")
    }
}

/// An answer with the right length.
pub(super) fn answer(status: u16, headers: &str, body: &str) -> Act {
    Act::Write(
        format!(
            "HTTP/1.1 {status} X\r\ncontent-length: {}\r\n{headers}connection: close\r\n\r\n{body}",
            body.len()
        )
        .into_bytes(),
    )
}

async fn flood(stream: &mut TcpStream, most: usize) -> usize {
    let head = b"HTTP/1.1 200 X\r\nconnection: close\r\n\r\n";
    if stream.write_all(head).await.is_err() {
        return 0;
    }
    let mut written = 0;
    while written < most {
        match stream.write(&[b' '; 16 * 1024]).await {
            Ok(count) => written += count,
            Err(_) => break,
        }
    }
    written
}

async fn read_request(stream: &mut TcpStream) -> String {
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
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return text,
            Ok(count) => request.extend_from_slice(&buffer[..count]),
        }
    }
}
