//! What the webhook asks of AWS, over TLS: one hook row in DynamoDB, and a queue that takes everything. Each service
//! has a port of its own, because on AWS they share no connection.

use std::io;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest as _, Md5};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use serde_json::{Value, json};

use crate::http1::{Reader, Request, Response};
use crate::webhook_event as known;

/// One call, as the server saw it.
#[derive(Clone, Debug)]
pub struct Call {
    /// `GetItem`, `SendMessage`, ...
    pub operation: String,
    /// Status answered.
    pub status: u16,
    /// When the request was there.
    pub began: Instant,
    /// When the answer was written.
    pub ended: Instant,
}

#[derive(Debug, Default)]
struct Seen {
    calls: Vec<Call>,
    handshakes: usize,
}

/// Both services.
#[derive(Debug)]
pub struct AwsStub {
    /// `https://localhost:<port>`
    pub dynamodb: String,
    /// `https://localhost:<port>`
    pub sqs: String,
    seen: Arc<Mutex<Seen>>,
}

impl AwsStub {
    /// Starts both on free ports.
    ///
    /// # Errors
    /// When no port can be had.
    pub fn start(tls: &Arc<ServerConfig>) -> io::Result<Self> {
        let seen = Arc::default();
        Ok(Self {
            dynamodb: listen(tls, &seen)?,
            sqs: listen(tls, &seen)?,
            seen,
        })
    }

    /// Calls and TLS handshakes since the last time this was asked.
    pub fn take(&self) -> (Vec<Call>, usize) {
        let seen = std::mem::take(&mut *self.seen.lock().unwrap_or_else(PoisonError::into_inner));
        (seen.calls, seen.handshakes)
    }
}

/// The longest chain of calls of which each began after the one before had ended.
pub fn round_trips(calls: &[Call]) -> usize {
    let mut calls: Vec<_> = calls.iter().collect();
    calls.sort_by_key(|call| call.began);
    let mut depths: Vec<usize> = Vec::with_capacity(calls.len());
    for (index, call) in calls.iter().enumerate() {
        let before = (0..index)
            .filter(|&earlier| calls[earlier].ended <= call.began)
            .map(|earlier| depths[earlier]);
        depths.push(before.max().unwrap_or(0) + 1);
    }
    depths.into_iter().max().unwrap_or(0)
}

fn listen(tls: &Arc<ServerConfig>, seen: &Arc<Mutex<Seen>>) -> io::Result<String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let port = listener.local_addr()?.port();
    let (tls, seen) = (Arc::clone(tls), Arc::clone(seen));
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let (tls, seen) = (Arc::clone(&tls), Arc::clone(&seen));
            // A connection ends with an error when its function is killed: that is how every run ends.
            thread::spawn(move || serve(stream, tls, &seen));
        }
    });
    Ok(format!("https://localhost:{port}"))
}

fn serve(stream: TcpStream, tls: Arc<ServerConfig>, seen: &Mutex<Seen>) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let connection = ServerConnection::new(tls).map_err(io::Error::other)?;
    let mut stream = StreamOwned::new(connection, stream);
    let mut reader = Reader::default();
    let mut is_new = true;
    while let Some(request) = reader.next(&mut stream)? {
        let began = Instant::now();
        let operation = request
            .header("x-amz-target")
            .and_then(|target| target.rsplit('.').next());
        let operation = operation.unwrap_or("unknown").to_owned();
        let response = answer(&operation, &request);
        // Noted before it is sent: whoever sees the function's answer also sees this call.
        let mut noted = seen.lock().unwrap_or_else(PoisonError::into_inner);
        noted.handshakes += usize::from(std::mem::take(&mut is_new));
        noted.calls.push(Call {
            operation,
            status: response.status,
            began,
            ended: Instant::now(),
        });
        drop(noted);
        response.write(&mut stream)?;
    }
    Ok(())
}

fn answer(operation: &str, request: &Request) -> Response {
    let asked: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    let (status, body) = match operation {
        "GetItem" if asked["Key"] == known::hook_key() => {
            (200, json!({ "Item": known::hook_item() }))
        }
        "GetItem" => (200, json!({})),
        "SendMessage" if asked["MessageGroupId"].is_null() => (
            400,
            json!({"__type": "com.amazonaws.sqs#MissingParameter", "message": "The request must contain the parameter MessageGroupId."}),
        ),
        "SendMessage" => {
            let text = asked["MessageBody"].as_str().unwrap_or_default();
            let md5: String = Md5::digest(text)
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect();
            let id = "c80e8021-a70a-42c7-a470-796e1186f753";
            (
                200,
                json!({"MD5OfMessageBody": md5, "MessageId": id, "SequenceNumber": "18849496460467696128"}),
            )
        }
        _ => (
            400,
            json!({"__type": "com.amazonaws.sqs#UnsupportedOperation"}),
        ),
    };
    let mut response = Response::new(status, body.to_string().into_bytes());
    response.headers = vec![
        (
            "content-type",
            if operation == "GetItem" {
                "application/x-amz-json-1.0"
            } else {
                "application/json"
            }
            .into(),
        ),
        (
            "x-amzn-requestid",
            "3c2f0a0e-6f35-5c5b-8f0a-5e7f1d3f9a11".into(),
        ),
    ];
    response
}

/// Bytes as DynamoDB's JSON writes them.
pub(crate) fn binary(bytes: &[u8]) -> Value {
    json!({ "B": STANDARD.encode(bytes) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn call(start: Instant, began: u64, ended: u64) -> Call {
        let at = |ms| start + Duration::from_millis(ms);
        Call {
            operation: String::new(),
            status: 200,
            began: at(began),
            ended: at(ended),
        }
    }

    #[test]
    fn calls_at_the_same_time_are_one_round_trip() {
        let start = Instant::now();
        assert_eq!(round_trips(&[]), 0);
        assert_eq!(round_trips(&[call(start, 0, 5), call(start, 1, 4)]), 1);
        assert_eq!(
            round_trips(&[call(start, 0, 5), call(start, 6, 9), call(start, 1, 10)]),
            2
        );
    }

    #[test]
    fn the_hook_row_is_found_under_its_key_only() {
        let ask = |key: Value| {
            let body = json!({ "Key": key }).to_string().into_bytes();
            answer(
                "GetItem",
                &Request {
                    body,
                    ..Request::default()
                },
            )
            .body
        };
        assert!(ask(known::hook_key()).len() > 10);
        assert_eq!(
            ask(json!({"pk": {"S": "R#SESSION#x"}, "sk": {"S": "SESSION"}})),
            b"{}"
        );
    }
}
