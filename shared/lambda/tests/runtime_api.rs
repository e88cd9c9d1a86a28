//! Runs a function binary over the Runtime API, as Lambda and the laptop host do.

use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use bytes::Bytes;
use http::Request;
use lambda::testing::{http_event, http_response};
use serde_json::Value;

const TRACE: &str = "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1";

/// What the binary sent: path and body.
type Sent = (String, String);

/// A Runtime API that hands out these events and then closes every connection.
struct RuntimeApi {
    address: String,
    sent: Receiver<Sent>,
}

impl RuntimeApi {
    fn start(events: Vec<String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        let (sender, sent) = channel();
        thread::spawn(move || {
            let mut events: VecDeque<String> = events.into();
            let mut served = 0;
            for stream in listener.incoming().flatten() {
                let Some(()) = converse(stream, &mut events, &mut served, &sender) else {
                    return;
                };
            }
        });
        Self { address, sent }
    }
}

/// Serves one connection; `None` when there are no more events.
fn converse(
    stream: TcpStream,
    events: &mut VecDeque<String>,
    served: &mut u32,
    sender: &std::sync::mpsc::Sender<Sent>,
) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut writer = stream;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return Some(());
        }
        let path = line.split(' ').nth(1)?.to_owned();
        let mut length = 0;
        loop {
            let mut header = String::new();
            reader.read_line(&mut header).ok()?;
            if header.trim().is_empty() {
                break;
            }
            if let Some(value) = header.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().ok()?;
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).ok()?;
        if path.ends_with("/invocation/next") {
            let event = events.pop_front()?;
            *served += 1;
            write!(
                writer,
                "HTTP/1.1 200 OK\r\nlambda-runtime-aws-request-id: req-{served}\r\n\
                 lambda-runtime-deadline-ms: 1893456000000\r\nlambda-runtime-trace-id: {TRACE}\r\n\
                 lambda-runtime-invoked-function-arn: arn:test\r\ncontent-type: application/json\r\n\
                 content-length: {}\r\n\r\n{event}",
                event.len()
            )
            .ok()?;
        } else {
            sender
                .send((path, String::from_utf8_lossy(&body).into_owned()))
                .ok()?;
            writer
                .write_all(b"HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n")
                .ok()?;
        }
    }
}

/// The example beside this test's own binary.
fn binary() -> PathBuf {
    let mut path = std::env::current_exe().expect("the path of this test");
    path.pop();
    path.pop();
    path.join("examples").join("sample")
}

fn run(handler: Option<&str>, api: &RuntimeApi) -> Output {
    let mut command = Command::new(binary());
    command
        .env_clear()
        .env("AWS_LAMBDA_RUNTIME_API", &api.address)
        .env("AWS_LAMBDA_FUNCTION_NAME", "sample")
        .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256")
        .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
        .stdin(Stdio::null());
    if let Some(handler) = handler {
        command.env("_HANDLER", handler);
    }
    command
        .output()
        .expect("the example is built with the tests")
}

fn event(body: &'static str) -> String {
    http_event(
        &Request::post("/x")
            .body(Bytes::from_static(body.as_bytes()))
            .expect("a request"),
        &[],
    )
}

#[test]
fn a_panic_is_reported_and_the_same_process_serves_on() {
    let api = RuntimeApi::start(vec![event("one"), event("panic"), event("three")]);
    let output = run(Some("sample.echo"), &api);
    let sent: Vec<Sent> = api.sent.try_iter().collect();
    let paths: Vec<&str> = sent.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "/2018-06-01/runtime/invocation/req-1/response",
            "/2018-06-01/runtime/invocation/req-2/error",
            "/2018-06-01/runtime/invocation/req-3/response"
        ]
    );
    let first = http_response(&sent[0].1);
    assert_eq!(
        first.body(),
        "req-1 1893456000000 1-5759e988-bd862e3fe1be46a994272793"
    );
    let error: Value = serde_json::from_str(&sent[1].1).expect("JSON");
    assert_eq!(error["errorType"], "panic");
    assert!(
        error["errorMessage"]
            .as_str()
            .is_some_and(|text| text.contains("sample.rs:")),
        "{error}"
    );

    let log = String::from_utf8_lossy(&output.stdout);
    let printed = format!(
        "{log}{}{}",
        String::from_utf8_lossy(&output.stderr),
        sent[1].1
    );
    assert!(!printed.contains("nobody may see"), "{printed}");
    let lines: Vec<Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).expect("every line is JSON"))
        .collect();
    assert!(
        lines
            .iter()
            .any(|line| line["message"] == "panicked" && line["request.id"] == "req-2"),
        "{log}"
    );
    assert!(
        lines
            .iter()
            .any(|line| line["status"] == 200 && line["request.id"] == "req-3"),
        "{log}"
    );
}

#[test]
fn an_unknown_handler_is_an_init_error_that_names_it() {
    for (handler, kind, part) in [
        (Some("sample.nothing"), "unknown_handler", "sample.nothing"),
        (Some("nothing"), "unknown_handler", "nothing"),
        (Some("sample.no-init"), "init", "the table is not there"),
        (None, "no_handler", "_HANDLER"),
    ] {
        let api = RuntimeApi::start(vec![]);
        let output = run(handler, &api);
        assert_eq!(output.status.code(), Some(1));
        let (path, body) = api.sent.try_recv().expect("reported");
        assert_eq!(path, "/2018-06-01/runtime/init/error");
        let error: Value = serde_json::from_str(&body).expect("JSON");
        assert_eq!(error["errorType"], kind);
        assert!(
            error["errorMessage"]
                .as_str()
                .is_some_and(|text| text.contains(part)),
            "{error}"
        );
    }
}

#[test]
fn started_by_hand_it_says_what_is_missing() {
    let output = Command::new(binary())
        .env_clear()
        .output()
        .expect("the example is built with the tests");
    assert_eq!(output.status.code(), Some(1));
    let log = String::from_utf8_lossy(&output.stdout);
    assert!(log.contains("AWS_LAMBDA_RUNTIME_API is not set"), "{log}");
}
