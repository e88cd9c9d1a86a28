//! What each call sends, and what it reads.

use std::time::Duration;

use serde_json::json;
use vendor_kit::testing::{Server, answer};

use super::super::*;
use super::{client, token};
use crate::incoming::MediaKind;
use crate::kind::ALLOWED_UPDATES;

#[tokio::test]
async fn a_webhook_is_set_with_every_kind_named() {
    let server = Server::start(vec![answer(
        200,
        "",
        r#"{"ok":true,"result":true,"description":"Webhook was set"}"#,
    )]);
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
    let request = server.requests().remove(0);
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
    let server = Server::start(vec![answer(200, "", &body.to_string())]);
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
    let ok = || answer(200, "", r#"{"ok":true,"result":true}"#);
    let me = json!({"ok": true, "result": {"id": 1, "is_bot": true, "first_name": "Bot", "username": "example_bot"}});
    let file = json!({"ok": true, "result": {"file_id": "f", "file_unique_id": "u", "file_size": 9, "file_path": "a/b"}});
    let server = Server::start(vec![
        answer(200, "", &me.to_string()),
        ok(),
        ok(),
        ok(),
        answer(200, "", &file.to_string()),
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
        .requests()
        .iter()
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
