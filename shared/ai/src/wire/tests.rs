use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;

use domain::Entropy;
use secrecy::SecretString;
use serde_json::{Value, json};

use super::server::{Act, Server, answer};
use super::*;
use crate::error::Part;
use crate::reply::Usage;
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

const WRITTEN: &str = r#"{"reply":"Fine!","facts":[{"text":"Asks how we are","confidence":60}]}"#;

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
    let server = Server::start(script).await;
    let result = xai(&server).ask(&request(), ENOUGH).await;
    (result, server)
}

async fn ask_groq(script: Vec<Act>) -> (Result<Reply, AskError>, Server) {
    let server = Server::start(script).await;
    let result = groq(&server).ask(&request(), ENOUGH).await;
    (result, server)
}

#[tokio::test]
async fn xai_is_asked_to_store_nothing_and_answers_with_a_reply() {
    let (result, server) = ask_xai(vec![ok(&xai_body(WRITTEN))]).await;
    let reply = result.expect("a reply");
    assert_eq!(reply.text, "Fine!");
    assert_eq!(reply.proposed_facts[0].confidence, 60);
    assert_eq!(reply.vendor, Vendor::Xai);
    assert_eq!(reply.model, "grok-x-0309");
    assert_eq!(reply.zero_retention, Some(true));
    assert_eq!(
        reply.usage,
        Usage {
            input: 120,
            cached_input: 96,
            output: 30
        }
    );
    let head = server.requests()[0].to_lowercase();
    assert!(head.starts_with("post /v1/responses http/1.1"));
    assert!(head.contains(&format!("authorization: bearer {KEY}")));
    let body = sent(&server);
    assert_eq!(body["store"], false);
    assert_eq!(body["model"], "grok-x");
    assert_eq!(body["instructions"], "the rules");
    assert_eq!(body["input"].as_array().expect("a list").len(), 3);
    assert_eq!(
        body["input"][1],
        json!({"role": "assistant", "content": "hi there"})
    );
    assert_eq!(body["max_output_tokens"], 600);
    assert_eq!(body["prompt_cache_key"], "hash-of-a-chat");
    assert_eq!(body["text"]["format"]["type"], "json_schema");
    assert_eq!(body["text"]["format"]["strict"], true);
    assert!(body.get("reasoning").is_none());
    assert!(body.get("user").is_none());
}

#[tokio::test]
async fn xai_is_told_an_effort_only_if_one_is_configured() {
    let server = Server::start(vec![ok(&xai_body(WRITTEN))]).await;
    let model = xai(&server).with_effort(Some(Effort::None));
    model.ask(&request(), ENOUGH).await.expect("a reply");
    assert_eq!(sent(&server)["reasoning"], json!({"effort": "none"}));
}

#[tokio::test]
async fn groq_answers_with_a_reply_and_its_thoughts_stay_behind() {
    let (result, server) = ask_groq(vec![ok(&groq_body(WRITTEN))]).await;
    let reply = result.expect("a reply");
    assert_eq!(reply.text, "Fine!");
    assert_eq!(reply.vendor, Vendor::Groq);
    assert_eq!(
        reply.usage,
        Usage {
            input: 200,
            cached_input: 128,
            output: 40
        }
    );
    assert!(
        server.requests()[0]
            .to_lowercase()
            .starts_with("post /openai/v1/chat/completions http/1.1")
    );
    let body = sent(&server);
    assert_eq!(
        body["messages"][0],
        json!({"role": "system", "content": "the rules"})
    );
    assert_eq!(body["messages"].as_array().expect("a list").len(), 4);
    assert_eq!(body["max_completion_tokens"], 600);
    assert_eq!(body["response_format"]["type"], "json_schema");
    assert_eq!(body["response_format"]["json_schema"]["strict"], true);
    assert_eq!(body["reasoning_effort"], "low");
    assert_eq!(body["include_reasoning"], false);
}

#[tokio::test]
async fn an_answer_without_counts_and_of_another_kind_of_content_is_still_read() {
    let bare =
        json!({"output": [{"content": [{"type": "output_text", "text": WRITTEN}]}], "usage": null});
    let (result, _) = ask_xai(vec![answer(200, "", &bare.to_string())]).await;
    let reply = result.expect("a reply");
    assert_eq!(reply.usage, Usage::default());
    assert_eq!(reply.model, "grok-x");
    assert_eq!(reply.zero_retention, None);
    let bare = json!({"choices": [{"message": {"content": WRITTEN}}]});
    let (result, _) = ask_groq(vec![answer(200, "", &bare.to_string())]).await;
    assert_eq!(result.expect("a reply").usage, Usage::default());
}

#[tokio::test]
async fn thinking_that_is_counted_beside_the_output_is_paid_for() {
    let mut body = xai_body(WRITTEN);
    body["usage"] = json!({"input_tokens": 700, "output_tokens": 4, "total_tokens": 954});
    let (result, _) = ask_xai(vec![ok(&body)]).await;
    assert_eq!(result.expect("a reply").usage.output, 254);
}

#[tokio::test]
async fn prose_instead_of_the_object_is_malformed_and_its_price_is_known() {
    let (result, _) = ask_xai(vec![ok(&xai_body("Sure! Here is my reply."))]).await;
    let error = result.expect_err("no reply");
    assert_eq!(error.code(), "malformed_content");
    assert_eq!(error.usage().expect("counts").output, 30);
    assert!(!error.counts_for_breaker());
    let (result, _) = ask_groq(vec![ok(&groq_body("{\"reply\":\"cut"))]).await;
    let error = result.expect_err("no reply");
    assert_eq!(error.code(), "malformed_content");
    assert_eq!(error.usage().expect("counts").input, 200);
}

#[tokio::test]
async fn a_cut_or_filtered_answer_is_not_a_reply() {
    let mut cut = xai_body(WRITTEN);
    cut["status"] = json!("incomplete");
    cut["incomplete_details"] = json!({"reason": "max_output_tokens"});
    let (result, _) = ask_xai(vec![ok(&cut)]).await;
    assert_eq!(result.expect_err("no reply").code(), "malformed_content");
    cut["incomplete_details"] = json!({"reason": "content_filter"});
    let (result, _) = ask_xai(vec![ok(&cut)]).await;
    assert_eq!(result.expect_err("no reply").code(), "refused");
    let mut refusal = xai_body(WRITTEN);
    refusal["output"][1]["content"] = json!([{"type": "refusal", "refusal": "I cannot"}]);
    let (result, _) = ask_xai(vec![ok(&refusal)]).await;
    assert_eq!(result.expect_err("no reply").code(), "refused");
    for (reason, code) in [
        ("length", "malformed_content"),
        ("content_filter", "refused"),
    ] {
        let mut body = groq_body(WRITTEN);
        body["choices"][0]["finish_reason"] = json!(reason);
        let (result, _) = ask_groq(vec![ok(&body)]).await;
        assert_eq!(result.expect_err("no reply").code(), code);
    }
}

#[tokio::test]
async fn a_success_that_is_not_the_vendors_format_is_malformed_and_counts() {
    for body in [
        "",
        "<html>",
        "{",
        "[]",
        "{\"output\":5}",
        "{\"output\":[]}",
        "{\"status\":\"queued\"}",
    ] {
        let (result, _) = ask_xai(vec![answer(200, "", body)]).await;
        let error = result.expect_err("no reply");
        assert!(
            matches!(
                error,
                AskError::Malformed {
                    part: Part::Envelope,
                    ..
                }
            ),
            "{body}"
        );
        assert!(error.counts_for_breaker());
    }
    for body in ["", "{}", "{\"choices\":[]}", "{\"choices\":[{}]}"] {
        let (result, _) = ask_groq(vec![answer(200, "", body)]).await;
        assert_eq!(
            result.expect_err("no reply").code(),
            "malformed_envelope",
            "{body}"
        );
    }
}

#[tokio::test]
async fn xais_refusals_are_told_apart_by_their_words() {
    let cases = [
        (
            400,
            json!({"code": "invalid-argument", "error": "Incorrect API key provided: ca***ry."}),
            "unauthorized",
        ),
        (
            400,
            json!({"code": "invalid-argument", "error": "Model m does not support parameter reasoningEffort."}),
            "bad_request",
        ),
        (
            401,
            json!({"code": "unauthenticated", "error": "No key."}),
            "unauthorized",
        ),
        (
            403,
            json!({"code": "permission", "error": "The team has no credits."}),
            "unauthorized",
        ),
        (
            403,
            json!({"code": "permission", "error": "Content violates usage guidelines. Failed check: SAFETY_CHECK_X"}),
            "refused",
        ),
        (
            404,
            json!({"code": "not-found", "error": "The model m does not exist or your team has no access"}),
            "model_gone",
        ),
        (410, json!({}), "model_gone"),
        (
            422,
            json!({"code": 7, "error": {"message": "odd"}}),
            "bad_request",
        ),
        (302, json!({}), "malformed_envelope"),
    ];
    for (status, body, code) in cases {
        let (result, server) = ask_xai(vec![
            answer(
                status,
                "location: http://127.0.0.1:9/\r\n",
                &body.to_string(),
            ),
            Act::Close,
        ])
        .await;
        assert_eq!(
            result.expect_err("no reply").code(),
            code,
            "{status} {body}"
        );
        assert_eq!(server.requests().len(), 1, "{status} is not repeated");
    }
}

#[tokio::test]
async fn groqs_refusals_are_told_apart_by_their_codes() {
    let cases = [
        (400, "model_decommissioned", "model_gone"),
        (404, "model_not_found", "model_gone"),
        (401, "invalid_api_key", "unauthorized"),
        (400, "json_validate_failed", "malformed_content"),
        (400, "a sentence, with a name", "bad_request"),
        (413, "rate_limit_exceeded", "rate_limited"),
        (413, "request_too_large", "bad_request"),
    ];
    for (status, given, code) in cases {
        let body = json!({"error": {"message": "secret", "type": "t", "code": given, "failed_generation": "secret"}});
        let (result, _) = ask_groq(vec![answer(status, "", &body.to_string())]).await;
        let error = result.expect_err("no reply");
        assert_eq!(error.code(), code, "{status} {given}");
        assert!(!format!("{error:?} {error}").contains("secret"));
        assert!(!format!("{error:?}").contains("a name"));
    }
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
    let server = Server::start(vec![answer(503, "", "oops"), ok(&xai_body(WRITTEN))]).await;
    let result = xai(&server)
        .ask(&request(), Duration::from_millis(1900))
        .await;
    assert_eq!(result.expect_err("no reply").code(), "overloaded");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_vendor_that_hangs_ends_at_the_deadline() {
    let server = Server::start(vec![Act::Hang]).await;
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
fn the_client_for_the_vendors_can_be_made_on_this_machine() {
    super::http::HttpClient::unshared()
        .get(false)
        .expect("a client without roots");
}
