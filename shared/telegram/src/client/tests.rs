mod calls;
mod files;

use std::time::Duration;

use serde_json::json;
use vendor_kit::testing::{Act, Server, answer};

use super::*;
use crate::error::{ApiError, Consequence};
use crate::kind::Kind;

const TOKEN: &str = "1234567890:CANARYexampleexampleexampleexample1";

fn token() -> BotToken {
    BotToken::parse(TOKEN).expect("a token")
}

fn client(server: &Server) -> Client {
    Client::new(&server.url).expect("a client")
}

/// A client that gives up soon.
fn hasty(url: &str) -> Client {
    let soon = Duration::from_millis(300);
    Client::assemble(url, reqwest::Client::builder().connect_timeout(soon), soon).expect("a client")
}

fn text() -> TextMessage<'static> {
    TextMessage {
        chat_id: 5,
        text: "hello",
        ..TextMessage::default()
    }
}

fn sent_body() -> String {
    json!({"ok": true, "result": {"message_id": 9, "date": 1_795_000_000, "chat": {"id": 5, "type": "private"},
        "text": "hello", "of_the_future": {}}})
    .to_string()
}

/// Sends a text to a server that does one thing.
async fn send_to(act: Act) -> Result<Sent, SendError> {
    let server = Server::start(vec![act]);
    hasty(&server.url).send_message(&token(), &text()).await
}

fn unknown(result: Result<Sent, SendError>) -> Uncertain {
    match result {
        Err(error @ SendError::Unknown { why, .. }) => {
            assert_eq!(error.consequence(), Consequence::Unknown);
            assert_hides_the_token(&error);
            why
        }
        other => panic!("not unknown: {other:?}"),
    }
}

fn not_sent(result: Result<Sent, SendError>) -> NotSent {
    match result {
        Err(error @ SendError::NotSent { why, .. }) => {
            assert_hides_the_token(&error);
            why
        }
        other => panic!("sent: {other:?}"),
    }
}

fn rejected(result: Result<Sent, SendError>) -> ApiError {
    match result {
        Err(SendError::Rejected(error)) => error,
        other => panic!("not rejected: {other:?}"),
    }
}

fn assert_hides_the_token(error: &(dyn std::error::Error + 'static)) {
    let mut shown = format!("{error:?} {error:#?} {error}");
    let mut source = error.source();
    while let Some(inner) = source {
        shown += &format!("{inner:?} {inner}");
        source = inner.source();
    }
    assert!(
        !shown.contains("CANARY") && !shown.contains("1234567890"),
        "{shown}"
    );
}

#[tokio::test]
async fn an_accepted_text_gives_its_number() {
    let server = Server::start(vec![answer(200, "", &sent_body())]);
    let message = TextMessage {
        reply_to: Some(7),
        protect_content: true,
        link_preview: LinkPreview::Hidden,
        silent: true,
        ..text()
    };
    let sent = client(&server)
        .send_message(&token(), &message)
        .await
        .expect("sent");
    assert_eq!(
        sent,
        Sent {
            message_id: 9,
            date: 1_795_000_000,
            chat_id: 5
        }
    );
    let request = server.requests().remove(0);
    let (head, body) = request.split_once("\r\n\r\n").expect("a body");
    assert!(
        head.starts_with(&format!("POST /bot{TOKEN}/sendMessage HTTP/1.1")),
        "{head}"
    );
    let body: Value = serde_json::from_str(body).expect("json");
    assert_eq!(
        body,
        json!({"chat_id": 5, "text": "hello", "protect_content": true, "disable_notification": true,
            "link_preview_options": {"is_disabled": true},
            "reply_parameters": {"message_id": 7, "allow_sending_without_reply": true}})
    );
}

#[tokio::test]
async fn nobody_listening_is_surely_not_sent() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    drop(listener);
    let result = hasty(&format!("http://127.0.0.1:{port}"))
        .send_message(&token(), &text())
        .await;
    assert_eq!(not_sent(result), NotSent::Connect);
}

#[tokio::test]
async fn a_name_that_does_not_resolve_is_surely_not_sent() {
    // A client for no host resolves nothing, without a network.
    let nowhere = vendor_kit::client(reqwest::Client::builder(), true, &[]).expect("a client");
    let client = Client::new("https://telegram.invalid").expect("a client");
    let result = client.by(nowhere).send_message(&token(), &text()).await;
    assert_eq!(not_sent(result), NotSent::Dns);
}

#[tokio::test]
async fn a_failed_handshake_is_surely_not_sent() {
    let server = Server::start(vec![Act::Interrupt(
        b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec(),
    )]);
    let result = hasty(&format!("https://{}", server.address))
        .send_message(&token(), &text())
        .await;
    assert_eq!(not_sent(result), NotSent::Tls);
}

#[tokio::test]
async fn no_answer_in_time_is_unknown() {
    assert_eq!(
        unknown(send_to(Act::Hold(Vec::new())).await),
        Uncertain::TimedOut
    );
}

#[tokio::test]
async fn a_body_that_stalls_is_unknown() {
    let act = Act::Hold(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"ok\":true".to_vec());
    assert_eq!(unknown(send_to(act).await), Uncertain::TimedOut);
}

#[tokio::test]
async fn a_connection_closed_without_an_answer_is_unknown() {
    assert_eq!(unknown(send_to(Act::Close).await), Uncertain::Disconnected);
}

#[tokio::test]
async fn a_cut_body_is_unknown() {
    let act = Act::Write(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"ok\":true".to_vec());
    assert_eq!(unknown(send_to(act).await), Uncertain::CutBody);
}

#[tokio::test]
async fn a_body_without_end_is_cut_off_at_the_cap() {
    let body = " ".repeat(MAX_RESPONSE_BYTES + 1);
    assert_eq!(
        unknown(send_to(answer(200, "", &body)).await),
        Uncertain::TooLong
    );
}

#[tokio::test]
async fn pages_of_a_gateway_are_unknown() {
    for status in [200, 302, 400, 403, 404, 500, 502, 503, 504] {
        let act = answer(status, "", "<html>sorry</html>");
        assert_eq!(
            unknown(send_to(act).await),
            Uncertain::NotBotApi(status),
            "{status}"
        );
    }
}

#[tokio::test]
async fn a_gateway_that_throttles_did_not_pass_the_call_on() {
    let head =
        "HTTP/1.1 429 X\r\nretry-after: 40\r\ncontent-length: 4\r\nconnection: close\r\n\r\nbusy";
    let error = rejected(send_to(Act::Write(head.as_bytes().to_vec())).await);
    assert_eq!(error.consequence(), Consequence::RetryAfter(40));
}

#[tokio::test]
async fn refusals_carry_their_code_and_parameters() {
    let body = json!({"ok": false, "error_code": 429, "description": "Too Many Requests: retry after 90000",
        "parameters": {"retry_after": 90_000}});
    let error = rejected(send_to(answer(429, "", &body.to_string())).await);
    assert_eq!(error.consequence(), Consequence::RetryAfter(90_000));
    let body = json!({"ok": false, "error_code": 403, "description": "Forbidden: bot was blocked by the user"});
    let error = rejected(send_to(answer(403, "", &body.to_string())).await);
    assert_eq!(error.consequence(), Consequence::Blocked);
}

#[tokio::test]
async fn server_errors_in_the_apis_own_form_are_told_apart() {
    let body = |code: i64| json!({"ok": false, "error_code": code, "description": "x"}).to_string();
    for code in [500_u16, 503] {
        let error = rejected(send_to(answer(code, "", &body(code.into()))).await);
        assert_eq!(error.consequence(), Consequence::RetryOnce);
    }
    for code in [502_u16, 504] {
        assert_eq!(
            unknown(send_to(answer(code, "", &body(code.into()))).await),
            Uncertain::Server(code.into())
        );
    }
}

#[tokio::test]
async fn an_accepted_message_whose_answer_says_nothing_is_unknown() {
    for body in [
        r#"{"ok":true}"#,
        r#"{"ok":true,"result":true}"#,
        r#"{"ok":true,"result":{"message_id":"x"}}"#,
    ] {
        assert_eq!(
            unknown(send_to(answer(200, "", body)).await),
            Uncertain::UnreadableResult
        );
    }
}

#[tokio::test]
async fn one_failed_call_is_one_request() {
    let server = Server::start(vec![Act::Close, answer(200, "", &sent_body())]);
    assert!(
        client(&server)
            .send_message(&token(), &text())
            .await
            .is_err()
    );
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let head = "HTTP/1.1 307 X\r\nlocation: http://127.0.0.1:9/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    assert_eq!(
        unknown(send_to(Act::Write(head.as_bytes().to_vec())).await),
        Uncertain::NotBotApi(307)
    );
}

#[test]
fn only_https_or_loopback_is_called() {
    for address in [
        "https://api.telegram.org",
        "http://127.0.0.1:8081",
        "http://localhost:1/",
        "http://[::1]:1",
    ] {
        assert!(Client::new(address).is_ok(), "{address}");
    }
    for address in [
        "http://api.telegram.org",
        "http://127.0.0.1.example.org",
        "ftp://127.0.0.1",
        "https://user@api.telegram.org",
        "https://api.telegram.org/?x",
        "api.telegram.org",
        "",
    ] {
        assert!(
            matches!(Client::new(address), Err(ClientError::Address)),
            "{address}"
        );
    }
}

#[test]
fn every_kind_has_a_name_that_the_api_crate_knows() {
    for kind in Kind::ALL {
        let known: Result<frankenstein::types::AllowedUpdate, _> =
            serde_json::from_value(json!(kind.as_str()));
        assert!(known.is_ok(), "{kind}");
    }
}
