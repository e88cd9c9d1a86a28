mod money;

use domain::Timestamp;
use serde_json::{Value, json};
use vendor_kit::testing::{Act, Server, answer};

use super::*;
use crate::key::IdempotencyKey;
use crate::objects::Customer;

const KEY: &str = "sk_test_CANARY";

struct Zeros;

impl Entropy for Zeros {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(0);
    }
}

fn made(key: &str, address: Option<&str>, stage: Mode) -> Result<Client, ClientError> {
    let key = ApiKey::parse(key).expect("a key");
    Client::new(key, address, stage, Arc::new(Zeros))
}

/// A client that does not wait long.
fn client(url: &str) -> Client {
    Client {
        first_pause: Duration::from_millis(1),
        longest_try: Duration::from_millis(300),
        ..made(KEY, Some(url), Mode::Sandbox).expect("a client")
    }
}

fn stored_key() -> IdempotencyKey {
    IdempotencyKey::new("customer:w1:1").expect("a key")
}

fn ok(body: &Value) -> Act {
    answer(200, "", &body.to_string())
}

fn refusal(status: u16, headers: &str) -> Act {
    let body = json!({ "error": { "type": "api_error", "message": "CANARY@example.com" } });
    answer(status, headers, &body.to_string())
}

fn customer() -> Value {
    json!({ "id": "cus_1", "object": "customer", "livemode": false, "metadata": { "workspace": "w1" } })
}

fn subscription(status: &str) -> Value {
    json!({ "id": "sub_1", "object": "subscription", "customer": "cus_1", "status": status })
}

async fn create(client: &Client) -> Result<Customer, StripeError> {
    let who = NewCustomer {
        name: "Luna Vale",
        email: "luna@example.com",
        workspace: "w1",
    };
    client.create_customer(&who, &stored_key()).await
}

/// Makes a customer at a server with a script: what came of it, and every request.
async fn created(script: Vec<Act>) -> (Result<Customer, StripeError>, Vec<String>) {
    let server = Server::start(script);
    let result = create(&client(&server.url)).await;
    (result, server.requests())
}

#[tokio::test]
async fn p14_a_customer_is_made_of_name_and_address_and_of_nothing_else() {
    let (result, requests) = created(vec![ok(&customer())]).await;
    let made = result.expect("a customer");
    assert_eq!(
        (made.id.as_str(), made.metadata["workspace"].as_str()),
        ("cus_1", "w1")
    );
    let (head, body) = requests[0].split_once("\r\n\r\n").expect("a head");
    assert!(head.starts_with("POST /v1/customers HTTP/1.1"), "{head}");
    for header in [
        "authorization: Bearer sk_test_CANARY",
        "content-type: application/x-www-form-urlencoded",
        "idempotency-key: customer:w1:1",
        "stripe-version: 2026-09-30.endive",
    ] {
        assert!(head.contains(header), "{header} in {head}");
    }
    let mut fields: Vec<_> = url::form_urlencoded::parse(body.as_bytes())
        .into_owned()
        .collect();
    fields.sort();
    let named = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(
        fields,
        [
            named("email", "luna@example.com"),
            named("metadata[workspace]", "w1"),
            named("name", "Luna Vale"),
        ]
    );
}

#[tokio::test]
async fn p14_another_payer_is_told_by_name_and_address_and_by_nothing_else() {
    let server = Server::start(vec![ok(&customer())]);
    let who = NewCustomer {
        name: "Ada Stone",
        email: "ada@example.com",
        workspace: "w1",
    };
    let client = client(&server.url);
    let told = client.update_customer("cus_1", &who, &stored_key()).await;
    assert_eq!(told.expect("a customer").id, "cus_1");
    let requests = server.requests();
    let (head, body) = requests[0].split_once("\r\n\r\n").expect("a head");
    assert!(
        head.starts_with("POST /v1/customers/cus_1 HTTP/1.1"),
        "{head}"
    );
    let mut fields: Vec<_> = url::form_urlencoded::parse(body.as_bytes())
        .into_owned()
        .collect();
    fields.sort();
    let named = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let expected = [
        named("email", "ada@example.com"),
        named("name", "Ada Stone"),
    ];
    assert_eq!(fields, expected);
}

#[tokio::test]
async fn a_lost_answer_is_asked_for_again_with_the_same_key() {
    for lost in [
        Act::Close,
        Act::Write(b"HTTP/1.1 200 X\r\ncontent-length: 99\r\n\r\n{".to_vec()),
        refusal(500, ""),
        refusal(409, ""),
        refusal(429, "retry-after: 0\r\n"),
    ] {
        let (result, requests) = created(vec![lost, ok(&customer())]).await;
        assert_eq!(result.expect("a customer").id, "cus_1");
        assert_eq!(requests.len(), 2);
        assert_eq!(requests[0], requests[1]);
    }
}

#[tokio::test]
async fn a_key_that_stands_for_a_failure_is_told_and_asked_about_once() {
    let replayed = || refusal(500, "idempotent-replayed: true\r\n");
    let (result, requests) = created(vec![replayed()]).await;
    assert!(
        matches!(result, Err(StripeError::Spent { status: 500 })),
        "{result:?}"
    );
    assert_eq!(requests.len(), 1);
    let (result, _) = created(vec![refusal(500, ""), replayed(), replayed()]).await;
    assert!(
        matches!(result, Err(StripeError::Failing { status: 500 })),
        "it fails now: {result:?}"
    );
}

#[tokio::test]
async fn what_may_be_said_twice_is_said_again_under_another_key() {
    let replayed = refusal(500, "idempotent-replayed: true\r\n");
    let server = Server::start(vec![replayed, ok(&subscription("active"))]);
    let key = IdempotencyKey::new("cancel.sub_1.7").expect("a key");
    let ended = client(&server.url)
        .cancel_at_period_end("sub_1", true, &key)
        .await;
    assert_eq!(ended.expect("a subscription").id, "sub_1");
    let requests = server.requests();
    let key_of = |request: &str| {
        let line = request
            .lines()
            .find(|line| line.starts_with("idempotency-key"));
        line.expect("a key").to_owned()
    };
    assert_eq!(key_of(&requests[0]), "idempotency-key: cancel.sub_1.7");
    assert!(
        key_of(&requests[1]).starts_with("idempotency-key: cancel.sub_1.7."),
        "{}",
        requests[1]
    );
}

#[tokio::test]
async fn after_three_tries_the_last_failure_is_told() {
    let (result, requests) =
        created(vec![Act::Close, Act::Close, Act::Close, ok(&customer())]).await;
    assert!(
        matches!(result, Err(StripeError::AnswerLost(_))),
        "{result:?}"
    );
    assert_eq!(requests.len(), 3);
}

#[tokio::test]
async fn stripes_own_word_on_another_try_counts_more_than_ours() {
    let (result, requests) = created(vec![refusal(500, "stripe-should-retry: false\r\n")]).await;
    assert!(matches!(result, Err(StripeError::Failing { status: 500 })));
    assert_eq!(requests.len(), 1);
    let (result, requests) = created(vec![
        refusal(400, "stripe-should-retry: true\r\n"),
        ok(&customer()),
    ])
    .await;
    assert!(result.is_ok());
    assert_eq!(requests.len(), 2);
}

#[tokio::test]
async fn a_wait_longer_than_a_person_waits_is_told_and_not_waited_for() {
    let (result, requests) = created(vec![refusal(429, "retry-after: 60\r\n")]).await;
    let minute = Duration::from_secs(60);
    assert!(
        matches!(result, Err(StripeError::RateLimited { retry_after: Some(wait) }) if wait == minute),
        "{result:?}"
    );
    assert_eq!(requests.len(), 1);
}

#[tokio::test]
async fn what_is_refused_is_not_sent_again() {
    for status in [400, 401, 402, 403, 404] {
        let (result, requests) = created(vec![refusal(status, "")]).await;
        assert!(!result.expect_err("refused").is_passing(), "{status}");
        assert_eq!(requests.len(), 1, "{status}");
    }
}

#[tokio::test]
async fn an_answer_that_is_none_may_have_been_done() {
    for body in ["", "[]", "<html>", "{}"] {
        let (result, _) = created(vec![answer(200, "", body)]).await;
        let error = result.expect_err("not a customer");
        assert!(matches!(error, StripeError::Unreadable), "{body}");
        assert!(error.may_have_been_done());
    }
}

#[tokio::test]
async fn silence_ends_with_the_time_of_a_try() {
    let script = (0..3).map(|_| Act::Hold(Vec::new())).collect();
    let (result, requests) = created(script).await;
    assert!(
        matches!(result, Err(StripeError::AnswerLost(_))),
        "{result:?}"
    );
    assert_eq!(requests.len(), 3);
}

#[tokio::test]
async fn nobody_at_the_address_has_surely_done_nothing() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let error = create(&client(&url)).await.expect_err("nobody is there");
    assert!(matches!(error, StripeError::Unreachable(_)), "{error:?}");
    assert!(error.is_passing() && !error.may_have_been_done());
}

#[tokio::test]
async fn no_failure_shows_key_address_or_words_of_stripe() {
    for act in [
        Act::Close,
        refusal(400, ""),
        refusal(401, "stripe-should-retry: false\r\n"),
    ] {
        let server = Server::start(vec![act]);
        let error = create(&client(&server.url)).await.expect_err("no customer");
        let mut shown = format!("{error:?} {error}");
        let mut source = std::error::Error::source(&error);
        while let Some(inner) = source {
            shown += &format!(" {inner:?} {inner}");
            source = inner.source();
        }
        for secret in ["CANARY", "luna", "v1/customers"] {
            assert!(!shown.contains(secret), "{secret} in {shown}");
        }
    }
    let shown = format!("{:?}", client("http://127.0.0.1:9"));
    assert!(!shown.contains("CANARY"), "{shown}");
}

#[tokio::test]
async fn ending_at_once_is_not_asked_for_twice_when_the_answer_is_lost() {
    let server = Server::start(vec![Act::Close]);
    let error = client(&server.url)
        .cancel_now("sub_1")
        .await
        .expect_err("lost");
    assert!(error.may_have_been_done(), "{error:?}");
    let requests = server.requests();
    assert_eq!(requests.len(), 1);
    assert!(
        requests[0].starts_with("DELETE /v1/subscriptions/sub_1 "),
        "{}",
        requests[0]
    );
    let (_, body) = requests[0].split_once("\r\n\r\n").expect("a head");
    assert_eq!(body, "invoice_now=false&prorate=false");
}

#[tokio::test]
async fn a_subscription_that_is_over_already_is_what_ending_it_wanted() {
    let gone = json!({ "error": { "type": "invalid_request_error", "code": "resource_missing", "param": "id" } });
    let gone = || answer(404, "", &gone.to_string());
    let server = Server::start(vec![gone(), ok(&subscription("canceled"))]);
    let ended = client(&server.url).cancel_now("sub_1").await.expect("over");
    assert!(ended.status.is_over());
    let server = Server::start(vec![gone(), gone()]);
    let error = client(&server.url)
        .cancel_now("sub_1")
        .await
        .expect_err("never was");
    assert!(matches!(error, StripeError::Gone { .. }), "{error:?}");
}

#[tokio::test]
async fn an_invoice_is_taken_back_with_a_key_and_one_that_is_settled_is_refused() {
    let taken = json!({ "id": "in_1", "customer": "cus_1", "status": "void", "currency": "eur" });
    let server = Server::start(vec![ok(&taken)]);
    let voided = client(&server.url)
        .void_invoice("in_1", &stored_key())
        .await
        .expect("an invoice");
    assert_eq!(voided.status.as_str(), "void");
    let requests = server.requests();
    assert!(
        requests[0].starts_with("POST /v1/invoices/in_1/void "),
        "{}",
        requests[0]
    );
    assert!(requests[0].to_ascii_lowercase().contains("idempotency-key"));
    let paid =
        json!({ "error": { "type": "invalid_request_error", "code": "invoice_not_editable" } });
    let server = Server::start(vec![answer(400, "", &paid.to_string())]);
    let error = client(&server.url)
        .void_invoice("in_1", &stored_key())
        .await
        .expect_err("it is paid");
    assert!(matches!(error, StripeError::Invalid { .. }), "{error:?}");
}

#[tokio::test]
async fn a_moment_at_which_one_ends_is_taken_back_with_an_empty_field() {
    let server = Server::start(vec![ok(&subscription("active"))]);
    let renewed = client(&server.url).forget_end("sub_1", &stored_key()).await;
    assert_eq!(renewed.map(|found| found.id).ok().as_deref(), Some("sub_1"));
    let requests = server.requests();
    let (head, body) = requests[0].split_once("\r\n\r\n").expect("a head");
    assert!(head.starts_with("POST /v1/subscriptions/sub_1 "), "{head}");
    assert!(head.contains("idempotency-key: customer:w1:1"), "{head}");
    assert_eq!(body, "cancel_at=");
}

#[tokio::test]
async fn a_dispute_is_asked_for_with_who_had_paid() {
    let dispute = json!({ "id": "dp_1", "status": "needs_response",
        "charge": { "id": "ch_1", "customer": "cus_1" } });
    let server = Server::start(vec![ok(&dispute)]);
    let found = client(&server.url).dispute("dp_1").await.expect("found");
    assert_eq!(found.customer.as_deref(), Some("cus_1"));
    let requests = server.requests();
    let line = requests[0].lines().next().expect("a line");
    assert!(line.starts_with("GET /v1/disputes/dp_1?expand"), "{line}");
}

#[tokio::test]
async fn lists_ask_for_their_window_and_go_on_where_they_stopped() {
    let page = json!({ "data": [subscription("canceled")], "has_more": true });
    let server = Server::start(vec![ok(&page)]);
    let window = Window {
        from: Timestamp::from_seconds(100),
        until: Timestamp::from_seconds(200),
    };
    let found = client(&server.url)
        .subscriptions_bought(window, Some("sub_9"))
        .await;
    assert_eq!(found.expect("a page").next.as_deref(), Some("sub_1"));
    let requests = server.requests();
    let line = requests[0].lines().next().expect("a request line");
    let query = line
        .strip_prefix("GET /v1/subscriptions?")
        .and_then(|rest| rest.strip_suffix(" HTTP/1.1"))
        .expect("a query");
    let mut fields: Vec<_> = url::form_urlencoded::parse(query.as_bytes())
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    fields.sort();
    assert_eq!(
        fields,
        [
            "created[gte]=100",
            "created[lt]=200",
            "limit=100",
            "starting_after=sub_9",
            "status=all"
        ]
    );
    assert!(!requests[0].contains("idempotency-key"));
}

#[tokio::test]
async fn a_subscription_without_a_next_invoice_has_no_renewal() {
    let none =
        json!({ "error": { "type": "invalid_request_error", "code": "invoice_upcoming_none" } });
    let server = Server::start(vec![answer(400, "", &none.to_string())]);
    let renewal = client(&server.url)
        .renewal("sub_1")
        .await
        .expect("an answer");
    assert_eq!(renewal, None);
}

#[tokio::test]
async fn an_id_that_is_none_is_never_sent() {
    let client = client("http://127.0.0.1:9");
    for id in [
        "",
        "../v1/accounts",
        "sub_1?expand[]=customer",
        "sub 1",
        "sub_ü",
    ] {
        let error = client.subscription(id).await.expect_err("no id");
        assert!(
            matches!(error, StripeError::Gone { param: None }),
            "{id}: {error:?}"
        );
    }
}

#[test]
fn a_live_key_goes_to_stripe_only() {
    for address in [
        "https://stripe.example",
        "https://api.stripe.com.example",
        "http://127.0.0.1:9",
    ] {
        let refused = made("rk_live_a1", Some(address), Mode::Live);
        assert!(
            matches!(refused, Err(ClientError::ForeignAddress)),
            "{address}"
        );
    }
    assert!(made("sk_live_a1", Some("https://api.stripe.com/"), Mode::Live).is_ok());
    assert!(made("sk_live_a1", None, Mode::Live).is_ok());
    let refused = made("sk_live_a1", None, Mode::Sandbox);
    assert!(matches!(refused, Err(ClientError::LiveOnOtherStage)));
}

#[test]
fn a_sandbox_key_serves_no_live_stage() {
    for address in [None, Some("http://127.0.0.1:9")] {
        let refused = made(KEY, address, Mode::Live);
        assert!(matches!(refused, Err(ClientError::SandboxOnLiveStage)));
        assert!(made(KEY, address, Mode::Sandbox).is_ok());
    }
}

#[test]
fn an_address_is_a_bare_origin_and_plain_on_loopback_only() {
    for address in [
        "http://stripe.example",
        "ftp://127.0.0.1",
        "https://user@stripe.example",
        "https://stripe.example/v1",
        "https://stripe.example?x",
        "stripe",
    ] {
        let refused = made(KEY, Some(address), Mode::Sandbox);
        assert!(matches!(refused, Err(ClientError::Address)), "{address}");
    }
}
