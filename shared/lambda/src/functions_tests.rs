use super::*;
use crate::testing::{SqsRecord, call_http, http_event, schedule_event, sqs_event};
use crate::{PathParams, SqsMessageExt as _};
use telemetry::Outcome;
use telemetry::testing::Capture;

fn table() -> Functions {
    Functions::new("sample")
        .http("echo", |request| async move {
            let id = request
                .extensions()
                .get::<PathParams>()
                .and_then(|params| params.get("id"))
                .unwrap_or("none");
            Response::builder()
                .status(202)
                .header("content-type", "text/plain")
                .header("set-cookie", "a=1")
                .body(Bytes::from(format!(
                    "{} {id}",
                    String::from_utf8_lossy(request.body())
                )))
                .expect("a response")
        })
        .http("broken", |_| async {
            let mut response = Response::new(Bytes::new());
            *response.status_mut() = http::StatusCode::INTERNAL_SERVER_ERROR;
            let cause: BoxError = "the table is gone".into();
            response.extensions_mut().insert(Outcome {
                code: Some("internal"),
                cause: Some(cause.into()),
            });
            response
        })
        .http("panics", |_| async { panic!("canary in a panic message") })
        .queue("work", |event, _| async move {
            let mut response = SqsBatchResponse::default();
            for message in event
                .records
                .iter()
                .filter(|message| message.text() == "poison")
            {
                response.add_failure(message.id());
            }
            response
        })
        .schedule("tick", |event, invocation| async move {
            if event.id.as_deref() == Some("bad") {
                return Err("the sweep failed".into());
            }
            if invocation.deadline_ms == u64::MAX {
                Ok(())
            } else {
                Err("no deadline in process".into())
            }
        })
        .direct("set", |input, _| async move {
            match input["name"].as_str() {
                Some(name) => Ok(serde_json::json!({ "name": name })),
                None => Err("a name is missing".into()),
            }
        })
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime")
        .block_on(future)
}

fn request(body: &'static str) -> Request<Bytes> {
    Request::post("/x?y=1")
        .body(Bytes::from_static(body.as_bytes()))
        .expect("a request")
}

#[test]
fn a_request_goes_through_the_event_and_back() {
    let response = block_on(call_http(
        &table(),
        "sample.echo",
        &request("hi"),
        &[("id", "fan_1")],
    ))
    .expect("answered");
    assert_eq!(response.status(), 202);
    assert_eq!(response.body(), "hi fan_1");
    assert_eq!(response.headers()["set-cookie"], "a=1");
}

#[test]
fn a_batch_names_its_failures() {
    let event = sqs_event(
        "inbound.fifo",
        &[
            SqsRecord::new("m1", "fine"),
            SqsRecord::new("m2", "poison").group("g").received(3),
        ],
    );
    let answer = block_on(table().call("sample.work", &event)).expect("answered");
    let answer: serde_json::Value = serde_json::from_str(&answer).expect("JSON");
    assert_eq!(
        answer,
        serde_json::json!({ "batchItemFailures": [{ "itemIdentifier": "m2" }] })
    );
}

#[test]
fn a_schedule_succeeds_or_fails_as_a_whole() {
    let event = schedule_event("e1", "2026-01-01T00:00:00Z");
    assert_eq!(
        block_on(table().call("sample.tick", &event)).expect("answered"),
        "null"
    );
    let failed = block_on(table().call("sample.tick", &schedule_event("bad", "")));
    assert!(matches!(failed, Err(Error::Failed(_))));
}

#[test]
fn an_operator_gets_an_answer_or_the_reason_and_neither_quotes_the_input() {
    let answer = block_on(table().call("sample.set", r#"{"name":"a","value":"canary"}"#));
    assert_eq!(answer.expect("answered"), r#"{"name":"a"}"#);
    for input in [r#"{"value":"canary"}"#, r#""canary"#] {
        let error = block_on(table().call("sample.set", input)).expect_err("refused");
        assert!(!telemetry::chain(&error).contains("canary"));
    }
}

#[test]
fn an_unknown_handler_is_named_with_those_there_are() {
    for name in ["sample.nothing", "other.echo", "echo", ""] {
        let error = block_on(table().call(name, "{}")).expect_err("unknown");
        assert_eq!(error.kind(), "unknown_handler");
        assert!(
            error.to_string().contains("sample.echo, sample.broken"),
            "{error}"
        );
    }
}

#[test]
fn a_panic_becomes_an_error_and_the_next_call_works() {
    let functions = table();
    let event = http_event(&request(""), &[]);
    let error = block_on(functions.call("sample.panics", &event)).expect_err("panicked");
    assert_eq!(error.kind(), "panic");
    assert!(!telemetry::chain(&error).contains("canary"));
    assert!(block_on(functions.call("sample.echo", &event)).is_ok());
}

#[test]
fn a_wrong_event_is_an_error_that_does_not_quote_it() {
    for handler in ["sample.echo", "sample.work"] {
        let error =
            block_on(table().call(handler, r#"{"Records":"canary"}"#)).expect_err("wrong event");
        assert_eq!(error.kind(), "event");
        assert!(
            !telemetry::chain(&error).contains("canary"),
            "{}",
            telemetry::chain(&error)
        );
    }
}

#[test]
fn each_invocation_ends_in_one_line_that_says_how() {
    let capture = Capture::default();
    let guard = capture.install("sample");
    let functions = table();
    let event = http_event(&request("canary"), &[]);
    let _answered = block_on(functions.call("sample.echo", &event));
    let _answered = block_on(functions.call("sample.broken", &event));
    let _failed = block_on(functions.call("sample.panics", &event));
    drop(guard);
    let lines = capture.lines();
    assert_eq!(lines.len(), 3);
    for line in &lines {
        assert_eq!(line["request.id"], "in-process");
        assert!(line["duration_ms"].is_u64());
    }
    assert_eq!(lines[0]["function"], "sample.echo");
    assert_eq!(lines[0]["status"], 202);
    assert_eq!(lines[0]["cold"], true);
    assert_eq!(lines[0]["level"], "INFO");
    assert_eq!(lines[1]["cold"], false);
    assert_eq!(lines[1]["level"], "ERROR");
    assert_eq!(lines[1]["code"], "internal");
    assert_eq!(lines[1]["error.chain"], "the table is gone");
    assert_eq!(lines[2]["error.kind"], "panic");
    assert!(!capture.text().contains("canary"));
}

#[test]
fn the_trace_of_a_request_is_in_its_line() {
    let capture = Capture::default();
    let guard = capture.install("sample");
    let mut request = request("");
    let trace = "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1";
    request
        .headers_mut()
        .insert("x-amzn-trace-id", http::HeaderValue::from_static(trace));
    let _answered = block_on(call_http(&table(), "sample.echo", &request, &[]));
    drop(guard);
    assert_eq!(
        capture.lines()[0]["trace.id"],
        "1-5759e988-bd862e3fe1be46a994272793"
    );
}

#[test]
#[should_panic(expected = "two handlers are named echo")]
fn two_handlers_of_one_name_are_a_mistake() {
    let _table = table().http("echo", |_| async { Response::new(Bytes::new()) });
}
