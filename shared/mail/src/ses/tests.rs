//! What is certain after each way in which a call can end, asked of the real client over loopback.

use std::sync::Arc;

use aws::AwsOptions;
use aws::aws_types::SdkConfig;
use domain::SystemClock;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::*;

fn aws_at(endpoint: &str) -> Aws {
    let options = AwsOptions::from_env(|name| match name {
        "AWS_ENDPOINT_URL" => Some(endpoint.to_owned()),
        "AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY" => Some("test".to_owned()),
        "AWS_REGION" => Some("eu-central-1".to_owned()),
        _ => None,
    });
    Aws::new(options.expect("complete"), Arc::new(SystemClock::default()))
}

async fn send_to(endpoint: &str) -> Result<SesMessageId, SendError> {
    let sender = Sender {
        from: "no-reply@soficrm.com".to_owned(),
        configuration_set: "sofi-mail".to_owned(),
    };
    let ses = Ses::new(&aws_at(endpoint), sender);
    let mail = Rendered {
        subject: "s".to_owned(),
        text: "t".to_owned(),
        html: "<p>t</p>".to_owned(),
    };
    let tags = Tags {
        tenant: TenantId::from_bytes([1; 16]),
        notice: &NoticeId::parse("verify-1").expect("an id"),
    };
    let to = EmailAddress::parse("ana@example.com").expect("an address");
    ses.send(&to, &mail, tags).await
}

/// A server that reads one request and writes this; nothing closes the connection.
async fn answering(answer: Option<(u16, &str)>) -> Result<SesMessageId, SendError> {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let endpoint = format!("http://{}", listener.local_addr().expect("bound"));
    let answer = answer.map(|(status, body)| {
        let length = body.len();
        format!("HTTP/1.1 {status} X\r\ncontent-type: text/xml\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}")
    });
    let serving = tokio::spawn(async move {
        let mut calls = 0;
        while let Ok((mut stream, _)) = listener.accept().await {
            calls += 1;
            assert_eq!(calls, 1, "a call is made once");
            let mut buffer = [0; 16 * 1024];
            let read = stream.read(&mut buffer).await.expect("a request");
            assert!(read > 0);
            if let Some(answer) = &answer {
                stream.write_all(answer.as_bytes()).await.expect("written");
            }
        }
    });
    let result = send_to(&endpoint).await;
    assert!(!serving.is_finished(), "the server saw one call");
    serving.abort();
    result
}

fn error(code: &str) -> String {
    format!(
        "<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>ana@example.com</Message></Error><RequestId>r</RequestId></ErrorResponse>"
    )
}

#[tokio::test]
async fn an_accepted_mail_has_ses_id() {
    let body = "<SendEmailResponse><SendEmailResult><MessageId>m-1</MessageId></SendEmailResult></SendEmailResponse>";
    let sent = answering(Some((200, body))).await;
    assert_eq!(sent.ok(), Some(SesMessageId("m-1".to_owned())));
}

#[tokio::test]
async fn nobody_at_the_door_is_worth_another_try() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let endpoint = format!("http://{}", listener.local_addr().expect("bound"));
    drop(listener);
    assert!(matches!(send_to(&endpoint).await, Err(SendError::Later(_))));
}

#[tokio::test]
async fn a_connection_that_is_cut_after_the_request_is_of_unknown_fate() {
    assert!(matches!(answering(None).await, Err(SendError::Unknown(_))));
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_is_of_unknown_fate() {
    let sent = answering(Some((200, "<SendEmail"))).await;
    assert!(matches!(sent, Err(SendError::Unknown(_))), "{sent:?}");
}

#[tokio::test]
async fn a_throttle_a_pause_and_a_failing_service_are_worth_another_try() {
    for (status, code) in [
        (400, "Throttling"),
        (400, "AccountSendingPausedException"),
        (400, "LimitExceeded"),
        (403, "AccessDenied"),
        (500, "InternalFailure"),
        (503, "ServiceUnavailable"),
    ] {
        let sent = answering(Some((status, &error(code)))).await;
        assert!(
            matches!(sent, Err(SendError::Later(_))),
            "{status} {code} {sent:?}"
        );
    }
}

#[tokio::test]
async fn a_refusal_is_final_and_its_text_is_not_kept() {
    for code in ["MessageRejected", "InvalidParameterValue"] {
        let sent = answering(Some((400, &error(code)))).await;
        let Err(SendError::Never(why)) = sent else {
            panic!("{code}: {sent:?}");
        };
        assert!(!why.to_string().contains('@'), "{why}");
    }
}

#[test]
fn the_client_does_not_repeat_calls() {
    let aws = aws_at("http://127.0.0.1:1");
    let shared: &SdkConfig = aws.own();
    assert!(
        shared
            .retry_config()
            .is_some_and(|retry| retry.max_attempts() > 1)
    );
    let sender = Sender {
        from: String::new(),
        configuration_set: String::new(),
    };
    let ses = Ses::new(&aws, sender);
    let own = ses.client.config().retry_config();
    assert_eq!(own.map(RetryConfig::max_attempts), Some(1));
}
