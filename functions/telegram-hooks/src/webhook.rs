//! `POST /hooks/telegram/{hook_id}`
//!
//! Sequential remote calls: the routing row (once a minute and process) and the queue. Actions: `dynamodb:GetItem` on
//! `routing`, `sqs:SendMessage` on the inbound queue.

use app::{App, Call, OrProblem};
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Response};
use http_kit::{Answer, Problem};
use telegram::commands::not_for_sale_in;
use telegram::{Kind, Peek, UpdateKind, pre_checkout_refusal};
use telemetry::{Dimension, Unit};

use crate::MAX_KEPT;
use crate::envelope::Address;
use crate::hooks::Hooks;

/// The header in which Telegram repeats the secret that we gave it.
const SECRET: &str = "x-telegram-bot-api-secret-token";

/// Takes an update: whatever its body is, 200 once the queue holds it. A body that is no update is parked by the
/// consumer, and of one that is too large a note; refusing it would block the chat's other updates at Telegram for a day.
pub(crate) async fn handle(app: &'static App, hooks: &Hooks, call: &Call) -> Answer {
    let hook = call.path_id("hook_id").ok();
    let secret = call
        .request()
        .headers()
        .get(SECRET)
        .map(HeaderValue::as_bytes)
        .unwrap_or_default();
    let ingress = hooks
        .admit(app, hook, secret)
        .await
        .or_problem()?
        .ok_or(Problem::Unauthenticated)?;
    let body = call.request().body();
    let peek = Peek::read(body).ok();
    let address = Address::of(ingress.bot(), peek.as_ref(), body);
    let now = app.clock.now();
    // Without the queue's word the answer is 503, and Telegram keeps the update.
    let (group, unique) = (&address.group, &address.unique);
    let queued = if body.len() > MAX_KEPT {
        let note = app
            .jobs
            .enqueue_too_large(&ingress, group, unique, now, body.len() as u64);
        note.await
    } else {
        app.jobs
            .enqueue_update(&ingress, group, unique, now, body)
            .await
    };
    queued.or_problem()?;
    if let Some(metric) = oddity(peek.as_ref(), body) {
        let function = [(Dimension::Function, "telegram-hooks.webhook")];
        telemetry::metric(metric, Unit::Count, 1.0, &function);
    }
    Ok(answer(peek.as_ref()))
}

/// What is counted of a body that cannot be worked.
fn oddity(peek: Option<&Peek>, body: &[u8]) -> Option<&'static str> {
    if body.len() > MAX_KEPT {
        return Some("webhook_too_large");
    }
    peek.is_none().then_some("webhook_unparsable")
}

/// Empty, but for a buyer who waits: Telegram takes the refusal from the answer itself, so no token is needed here.
fn answer(peek: Option<&Peek>) -> Response<Bytes> {
    let Some((peek, query)) = peek.and_then(waiting_buyer) else {
        return Response::new(Bytes::new());
    };
    let reason = not_for_sale_in(peek.language_code.as_deref());
    let mut response = Response::new(Bytes::from(pre_checkout_refusal(query, reason).to_string()));
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

fn waiting_buyer(peek: &Peek) -> Option<(&Peek, &str)> {
    let is_checkout = peek.kind == UpdateKind::Known(Kind::PreCheckoutQuery);
    peek.query_id
        .as_deref()
        .filter(|_| is_checkout)
        .map(|query| (peek, query))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn answer_to(body: &str) -> Response<Bytes> {
        answer(Peek::read(body.as_bytes()).ok().as_ref())
    }

    #[test]
    fn a_buyer_is_told_in_their_language_that_nothing_is_for_sale() {
        let response = answer_to(
            r#"{"update_id":1,"pre_checkout_query":{"id":"q7","from":{"id":5,"language_code":"de"}}}"#,
        );
        let reply: Value = serde_json::from_slice(response.body()).expect("JSON");
        assert_eq!(reply["method"], "answerPreCheckoutQuery");
        assert_eq!(
            (&reply["pre_checkout_query_id"], &reply["ok"]),
            (&"q7".into(), &false.into())
        );
        assert_eq!(reply["error_message"], not_for_sale_in(Some("de")));
        assert_eq!(response.headers()[CONTENT_TYPE], "application/json");
    }

    #[test]
    fn what_cannot_be_worked_is_counted_by_what_it_is() {
        let counted = |body: &[u8]| oddity(Peek::read(body).ok().as_ref(), body);
        assert_eq!(counted(br#"{"update_id":1,"poll":{}}"#), None);
        assert_eq!(counted(b"garbage"), Some("webhook_unparsable"));
        assert_eq!(counted(&vec![b'x'; MAX_KEPT]), Some("webhook_unparsable"));
        assert_eq!(
            counted(&vec![b'x'; MAX_KEPT + 1]),
            Some("webhook_too_large")
        );
    }

    #[test]
    fn every_other_update_gets_an_empty_answer() {
        for body in [
            r#"{"update_id":1,"message":{"message_id":1}}"#,
            r#"{"update_id":1,"callback_query":{"id":"q7"}}"#,
            r#"{"update_id":1,"pre_checkout_query":{}}"#,
            "{}",
            "garbage",
        ] {
            assert!(answer_to(body).body().is_empty(), "{body}");
        }
    }
}
