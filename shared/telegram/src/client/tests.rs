use std::time::Duration;

use serde_json::json;

use super::server::{Act, Server, answer};
use super::*;
use crate::error::{ApiError, Consequence};
use crate::incoming::MediaKind;
use crate::kind::{ALLOWED_UPDATES, Kind};

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
    let server = Server::start(vec![Act::Write(answer(200, &sent_body()))]);
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
    let request = server.requests.recv().expect("a request");
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

/// A resolver that answers without a network.
struct Resolver(fn(reqwest::dns::Name) -> reqwest::dns::Resolving);

impl reqwest::dns::Resolve for Resolver {
    fn resolve(&self, name: reqwest::dns::Name) -> reqwest::dns::Resolving {
        (self.0)(name)
    }
}

#[tokio::test]
async fn a_name_that_does_not_resolve_is_surely_not_sent() {
    let nowhere = |_| -> reqwest::dns::Resolving {
        Box::pin(std::future::ready(Err(std::io::Error::other(
            "no such name",
        )
        .into())))
    };
    let builder = reqwest::Client::builder().dns_resolver(Resolver(nowhere));
    let client =
        Client::assemble("https://telegram.invalid", builder, Duration::MAX).expect("a client");
    let result = client.send_message(&token(), &text()).await;
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
        unknown(send_to(Act::Write(answer(200, &body))).await),
        Uncertain::TooLong
    );
}

#[tokio::test]
async fn pages_of_a_gateway_are_unknown() {
    for status in [200, 302, 400, 403, 404, 500, 502, 503, 504] {
        let act = Act::Write(answer(status, "<html>sorry</html>"));
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
    let error = rejected(send_to(Act::Write(answer(429, &body.to_string()))).await);
    assert_eq!(error.consequence(), Consequence::RetryAfter(90_000));
    let body = json!({"ok": false, "error_code": 403, "description": "Forbidden: bot was blocked by the user"});
    let error = rejected(send_to(Act::Write(answer(403, &body.to_string()))).await);
    assert_eq!(error.consequence(), Consequence::Blocked);
}

#[tokio::test]
async fn server_errors_in_the_apis_own_form_are_told_apart() {
    let body = |code: i64| json!({"ok": false, "error_code": code, "description": "x"}).to_string();
    for code in [500_u16, 503] {
        let error = rejected(send_to(Act::Write(answer(code, &body(code.into())))).await);
        assert_eq!(error.consequence(), Consequence::RetryOnce);
    }
    for code in [502_u16, 504] {
        assert_eq!(
            unknown(send_to(Act::Write(answer(code, &body(code.into())))).await),
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
            unknown(send_to(Act::Write(answer(200, body))).await),
            Uncertain::UnreadableResult
        );
    }
}

#[tokio::test]
async fn one_failed_call_is_one_request() {
    let server = Server::start(vec![Act::Close, Act::Write(answer(200, &sent_body()))]);
    assert!(
        client(&server)
            .send_message(&token(), &text())
            .await
            .is_err()
    );
    assert!(server.requests.recv().is_ok());
    assert!(server.requests.try_recv().is_err());
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let head = "HTTP/1.1 307 X\r\nlocation: http://127.0.0.1:9/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    assert_eq!(
        unknown(send_to(Act::Write(head.as_bytes().to_vec())).await),
        Uncertain::NotBotApi(307)
    );
}

#[tokio::test]
async fn a_webhook_is_set_with_every_kind_named() {
    let server = Server::start(vec![Act::Write(answer(
        200,
        r#"{"ok":true,"result":true,"description":"Webhook was set"}"#,
    ))]);
    let webhook = Webhook {
        url: "https://example.org/hooks/telegram/abc",
        secret: "s-1",
        allowed_updates: ALLOWED_UPDATES,
        max_connections: 10,
    };
    client(&server)
        .set_webhook(&token(), &webhook)
        .await
        .expect("set");
    let request = server.requests.recv().expect("a request");
    let body: Value =
        serde_json::from_str(request.split_once("\r\n\r\n").expect("a body").1).expect("json");
    let names: Vec<&str> = ALLOWED_UPDATES.iter().map(|kind| kind.as_str()).collect();
    assert_eq!(
        body,
        json!({"url": "https://example.org/hooks/telegram/abc", "secret_token": "s-1", "max_connections": 10,
            "allowed_updates": names})
    );
    assert!(!format!("{webhook:?}").contains("s-1"));
}

#[tokio::test]
async fn webhook_info_reads_kinds_of_the_future() {
    let body = json!({"ok": true, "result": {"url": "https://example.org/x", "has_custom_certificate": false,
        "pending_update_count": 3, "last_error_date": 5, "last_error_message": "Connection refused",
        "max_connections": 40, "allowed_updates": ["message", "telepathy"]}});
    let server = Server::start(vec![Act::Write(answer(200, &body.to_string()))]);
    let info = client(&server)
        .get_webhook_info(&token())
        .await
        .expect("info");
    assert_eq!(
        (info.pending_update_count, info.last_error_date),
        (3, Some(5))
    );
    assert_eq!(info.allowed_updates, ["message", "telepathy"]);
}

#[tokio::test]
async fn the_remaining_calls_send_what_the_api_names() {
    let ok = || Act::Write(answer(200, r#"{"ok":true,"result":true}"#));
    let me = json!({"ok": true, "result": {"id": 1, "is_bot": true, "first_name": "Bot", "username": "example_bot"}});
    let file = json!({"ok": true, "result": {"file_id": "f", "file_unique_id": "u", "file_size": 9, "file_path": "a/b"}});
    let server = Server::start(vec![
        Act::Write(answer(200, &me.to_string())),
        ok(),
        ok(),
        ok(),
        Act::Write(answer(200, &file.to_string())),
    ]);
    let client = client(&server);
    let me = client.get_me(&token()).await.expect("me");
    assert_eq!((me.id, me.username.as_str()), (1, "example_bot"));
    client.delete_webhook(&token()).await.expect("deleted");
    client.send_typing(&token(), 5, None).await.expect("typing");
    client
        .answer_callback_query(&token(), "c1", None)
        .await
        .expect("answered");
    let file = client.get_file(&token(), "f").await.expect("a file");
    assert_eq!((file.path.as_deref(), file.size), (Some("a/b"), Some(9)));
    let calls: Vec<(String, String)> = server
        .requests
        .iter()
        .take(5)
        .map(|request| {
            let (head, body) = request.split_once("\r\n\r\n").expect("a body");
            let path = head
                .split(' ')
                .nth(1)
                .expect("a path")
                .rsplit('/')
                .next()
                .expect("a method");
            (path.to_owned(), body.to_owned())
        })
        .collect();
    let expected = [
        ("getMe", "{}"),
        ("deleteWebhook", "{}"),
        ("sendChatAction", r#"{"chat_id":5,"action":"typing"}"#),
        ("answerCallbackQuery", r#"{"callback_query_id":"c1"}"#),
        ("getFile", r#"{"file_id":"f"}"#),
    ];
    assert_eq!(
        calls,
        expected.map(|(method, body)| (method.to_owned(), body.to_owned()))
    );
}

/// Asks a server that does one thing for a file of at most nine bytes.
async fn download_from(act: Act) -> Result<Vec<u8>, DownloadError> {
    let server = Server::start(vec![act]);
    let client = hasty(&server.url);
    client.download(&token(), "photos/file_1.jpg", 9).await
}

#[tokio::test]
async fn a_file_comes_from_its_path_whole_and_no_longer_than_asked_for() {
    let server = Server::start(vec![Act::Write(answer(200, "123456789"))]);
    let client = client(&server);
    let bytes = client.download(&token(), "photos/file_1.jpg", 9).await;
    assert_eq!(bytes.expect("a file"), b"123456789");
    let request = server.requests.recv().expect("a request");
    assert!(request.starts_with(&format!("GET /file/bot{TOKEN}/photos/file_1.jpg ")));
    let told = download_from(Act::Write(answer(200, "1234567890"))).await;
    assert!(matches!(told, Err(DownloadError::TooLong)), "{told:?}");
    let untold = b"HTTP/1.1 200 X\r\nconnection: close\r\n\r\n1234567890".to_vec();
    let found = download_from(Act::Write(untold)).await;
    assert!(matches!(found, Err(DownloadError::TooLong)), "{found:?}");
}

type IsExpected = fn(&DownloadError) -> bool;

#[tokio::test]
async fn a_file_that_does_not_come_never_shows_the_token() {
    let head = |text: &str| Act::Write(text.as_bytes().to_vec());
    let whatever = |_: &DownloadError| true;
    let cases: [(Act, IsExpected); 8] = [
        (Act::Write(answer(401, "")), |error| {
            matches!(error, DownloadError::Token)
        }),
        (Act::Write(answer(404, "")), |error| {
            matches!(error, DownloadError::Gone)
        }),
        (Act::Write(answer(502, "")), |error| {
            matches!(error, DownloadError::Status(502))
        }),
        (
            head(
                "HTTP/1.1 429 X\r\nretry-after: 40\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
            ),
            |error| matches!(error, DownloadError::Wait(40)),
        ),
        (
            head(
                "HTTP/1.1 302 X\r\nlocation: http://127.0.0.1:9/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
            ),
            |error| matches!(error, DownloadError::Status(302)),
        ),
        (
            head("HTTP/1.1 200 X\r\ncontent-length: 9\r\nconnection: close\r\n\r\n123"),
            |error| matches!(error, DownloadError::Transport(_)),
        ),
        (Act::Hold(Vec::new()), |error| {
            matches!(error, DownloadError::Transport(_))
        }),
        (Act::Close, whatever),
    ];
    for (number, (act, is_expected)) in cases.into_iter().enumerate() {
        let error = download_from(act).await.expect_err("no file");
        assert!(is_expected(&error), "{number}: {error:?}");
        assert_hides_the_token(&error);
    }
    let client = hasty("http://127.0.0.1:9");
    let error = client.download(&token(), "../x", 9).await;
    assert!(matches!(error, Err(DownloadError::Path)), "{error:?}");
}

#[test]
fn media_goes_out_under_the_method_and_field_of_its_kind() {
    for &kind in MediaKind::ALL {
        let message = MediaMessage {
            chat_id: 5,
            kind,
            file_id: "f1",
            caption: Some("see"),
            reply_to: None,
            protect_content: false,
            silent: false,
        };
        let expected = match kind {
            MediaKind::Photo => Method::SendPhoto,
            MediaKind::Video => Method::SendVideo,
            MediaKind::Voice => Method::SendVoice,
            MediaKind::Audio => Method::SendAudio,
            MediaKind::Document => Method::SendDocument,
            MediaKind::Animation => Method::SendAnimation,
            MediaKind::Sticker => Method::SendSticker,
            MediaKind::VideoNote => Method::SendVideoNote,
            _ => {
                assert!(message.params().is_none(), "{kind:?}");
                continue;
            }
        };
        let (method, params) = message.params().expect("sendable");
        assert_eq!(method, expected);
        assert_eq!(params[kind.as_str()], "f1");
        let has_caption = !matches!(kind, MediaKind::Sticker | MediaKind::VideoNote);
        assert_eq!(params.get("caption").is_some(), has_caption, "{kind:?}");
    }
}

#[test]
fn methods_are_named_once_and_end_in_time() {
    let names: std::collections::HashSet<_> =
        Method::ALL.iter().map(|method| method.as_str()).collect();
    assert_eq!(names.len(), Method::ALL.len());
    for method in Method::ALL {
        assert!(method.time_limit() <= Duration::from_secs(10));
        assert!(
            !(method.is_repeatable()
                && method.as_str().starts_with("send")
                && *method != Method::SendChatAction)
        );
    }
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
