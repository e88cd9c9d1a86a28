mod formats;

use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;

use domain::Entropy;
use secrecy::SecretString;
use serde_json::{Value, json};
use vendor_kit::testing::{Act, Server, answer};

use super::*;
use crate::request::{Message, Role, Versions};

const KEY: &str = "canary-key-0123456789";
const ENOUGH: Duration = Duration::from_secs(10);

/// No jitter, so that no test waits.
struct Zeros;

impl Entropy for Zeros {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(0);
    }
}

fn connection(url: &str) -> Connection {
    Connection::new(url, SecretString::from(KEY), Arc::new(Zeros))
        .expect("a connection")
        .unshared()
}

fn xai(server: &Server) -> Xai {
    Xai::new(connection(&server.url), "grok-x".to_owned())
}

fn groq(server: &Server) -> Groq {
    Groq::new(connection(&server.url), "oss-x".to_owned())
}

fn request() -> Request {
    let message = |role, text: &str| Message {
        role,
        text: text.to_owned(),
    };
    Request {
        instructions: "the rules".to_owned(),
        messages: vec![
            message(Role::User, "hello canary"),
            message(Role::Assistant, "hi there"),
            message(Role::User, "how are you?"),
        ],
        max_output_tokens: 600,
        cache_key: "hash-of-a-chat".to_owned(),
        versions: Versions {
            rules: "1",
            persona: 1,
        },
    }
}

const WRITTEN: &str =
    r#"{"concern":"grief","reply":"Fine!","facts":[{"text":"Asks how we are","confidence":60}]}"#;

fn xai_body(written: &str) -> Value {
    json!({
        "id": "r1", "object": "response", "created_at": 1, "status": "completed", "model": "grok-x-0309",
        "output": [
            {"type": "reasoning", "summary": [{"type": "summary_text", "text": "secret thought"}], "content": "odd"},
            {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": written, "annotations": []}]}
        ],
        "usage": {"input_tokens": 120, "output_tokens": 30, "total_tokens": 150,
            "input_tokens_details": {"cached_tokens": 96}, "of_the_future": {}},
        "service_tier": "a tier nobody heard of", "store": false, "incomplete_details": null
    })
}

fn groq_body(written: &str) -> Value {
    json!({
        "id": "c1", "object": "chat.completion", "created": 1, "model": "oss-x",
        "choices": [{"index": 0, "message": {"role": "assistant", "content": written, "reasoning": "secret thought"},
            "logprobs": null, "finish_reason": "stop"}],
        "usage": {"queue_time": 0.01, "prompt_tokens": 200, "prompt_time": 0.1, "completion_tokens": 40,
            "completion_time": 0.2, "total_tokens": 240, "prompt_tokens_details": {"cached_tokens": 128}},
        "system_fingerprint": "fp", "x_groq": {"id": "req", "seed": 1}, "service_tier": "on_demand"
    })
}

fn ok(body: &Value) -> Act {
    answer(200, "x-zero-data-retention: true\r\n", &body.to_string())
}

/// The JSON that a request carried.
fn sent(server: &Server) -> Value {
    let requests = server.requests();
    let (_, body) = requests[0].split_once("\r\n\r\n").expect("a body");
    serde_json::from_str(body).expect("json")
}

async fn ask_xai(script: Vec<Act>) -> (Result<Reply, AskError>, Server) {
    let server = Server::start(script);
    let result = xai(&server).ask(&request(), ENOUGH).await;
    (result, server)
}

async fn ask_groq(script: Vec<Act>) -> (Result<Reply, AskError>, Server) {
    let server = Server::start(script);
    let result = groq(&server).ask(&request(), ENOUGH).await;
    (result, server)
}

#[tokio::test]
async fn a_busy_vendor_is_asked_a_second_time_and_no_third() {
    for status in [408, 500, 502, 503, 529] {
        let (result, server) =
            ask_xai(vec![answer(status, "", "oops"), ok(&xai_body(WRITTEN))]).await;
        assert_eq!(result.expect("a reply").text, "Fine!");
        assert_eq!(server.requests().len(), 2);
    }
    let busy = || answer(503, "", "oops");
    let (result, server) = ask_groq(vec![busy(), busy(), busy()]).await;
    assert!(matches!(
        result.expect_err("no reply"),
        AskError::Overloaded { status: 503 }
    ));
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_rate_limit_is_repeated_only_if_the_vendor_names_a_short_wait() {
    let limited = |header: &str| answer(429, header, "{}");
    let (result, _) = ask_groq(vec![limited("retry-after: 0\r\n"), ok(&groq_body(WRITTEN))]).await;
    result.expect("a reply");
    for (header, seconds) in [
        ("", None),
        ("retry-after: 3\r\n", Some(3)),
        ("retry-after: 86400\r\n", Some(86400)),
        ("retry-after: Wed, 21 Oct 2026 07:28:00 GMT\r\n", None),
        ("retry-after: -1\r\n", None),
        ("retry-after: NaN\r\n", None),
    ] {
        let (result, server) = ask_groq(vec![limited(header), Act::Close]).await;
        let AskError::RateLimited { retry_after } = result.expect_err("no reply") else {
            panic!("not a rate limit: {header}");
        };
        assert_eq!(retry_after, seconds.map(Duration::from_secs), "{header}");
        assert_eq!(server.requests().len(), 1, "{header}");
    }
}

#[tokio::test]
async fn a_repetition_that_the_deadline_does_not_allow_is_not_made() {
    let server = Server::start(vec![answer(503, "", "oops"), ok(&xai_body(WRITTEN))]);
    let result = xai(&server)
        .ask(&request(), Duration::from_millis(1900))
        .await;
    assert_eq!(result.expect_err("no reply").code(), "overloaded");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_vendor_that_hangs_ends_at_the_deadline() {
    let server = Server::start(vec![Act::Hold(Vec::new())]);
    let result = xai(&server)
        .ask(&request(), Duration::from_millis(100))
        .await;
    assert_eq!(result.expect_err("no reply").code(), "timeout");
}

#[tokio::test]
async fn a_broken_connection_is_unreachable_and_not_repeated() {
    let (result, server) = ask_xai(vec![Act::Close, Act::Close]).await;
    let error = result.expect_err("no reply");
    assert!(matches!(
        error,
        AskError::Unreachable {
            connecting: false,
            ..
        }
    ));
    assert_eq!(server.requests().len(), 1);
    let cut = b"HTTP/1.1 200 X\r\ncontent-length: 500\r\n\r\n{\"output\"".to_vec();
    let (result, _) = ask_xai(vec![Act::Write(cut)]).await;
    assert_eq!(result.expect_err("no reply").code(), "unreachable");
}

#[tokio::test]
async fn nobody_listening_is_unreachable_while_connecting() {
    let unused = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", unused.local_addr().expect("an address"));
    drop(unused);
    let model = Xai::new(connection(&url), "grok-x".to_owned());
    let error = model.ask(&request(), ENOUGH).await.expect_err("no reply");
    assert!(matches!(
        error,
        AskError::Unreachable {
            connecting: true,
            ..
        }
    ));
    let mut shown = format!("{error:?} {error}");
    let mut source = error.source();
    while let Some(inner) = source {
        shown += &format!(" {inner:?} {inner}");
        source = inner.source();
    }
    assert!(!shown.contains("canary"), "{shown}");
}

#[tokio::test]
async fn an_endless_answer_is_cut_off_early() {
    let much = 64 * 1024 * 1024;
    let (result, server) = ask_groq(vec![Act::Flood(much)]).await;
    assert_eq!(result.expect_err("no reply").code(), "too_large");
    // What the other side could still write is what the sockets hold.
    assert!(server.flooded() < much / 4, "{} bytes", server.flooded());
    let (result, _) = ask_xai(vec![answer(500, "", &" ".repeat(1024 * 1024))]).await;
    assert_eq!(result.expect_err("no reply").code(), "too_large");
}

#[test]
fn only_an_https_origin_or_loopback_is_an_address() {
    let check = |url: &str, key: &str| {
        Connection::new(url, SecretString::from(key), Arc::new(Zeros)).map(drop)
    };
    for url in [
        "https://api.x.ai",
        "https://api.x.ai/",
        "http://127.0.0.1:1",
        "http://localhost:1",
        "http://[::1]:1",
    ] {
        assert!(check(url, "k").is_ok(), "{url}");
    }
    for url in [
        "http://api.x.ai",
        "ftp://api.x.ai",
        "api.x.ai",
        "https://a:b@api.x.ai",
        "https://api.x.ai/?a=b",
        "https://api.x.ai/#a",
        "",
    ] {
        assert!(
            matches!(check(url, "k"), Err(ConnectionError::Address)),
            "{url}"
        );
    }
    assert!(matches!(
        check("https://api.x.ai", "a\nb"),
        Err(ConnectionError::Key)
    ));
}

#[test]
fn nothing_printed_shows_a_key_or_a_text() {
    let model = Xai::new(connection("https://api.x.ai"), "grok-x".to_owned());
    let shown = format!("{model:?} {:?} {:?}", request(), request().messages);
    assert!(!shown.contains("canary"), "{shown}");
    assert!(!shown.contains("hash-of-a-chat"), "{shown}");
}

#[test]
fn the_tls_of_the_product_is_one_that_the_client_takes() {
    super::http::HttpClient::unshared()
        .get(false)
        .expect("a client without roots");
}
