//! The stand-in over its port: wire formats, refusals, holds, the log and the page.

mod faults;
mod shapes;
mod stage;

use std::time::Duration;

use ai_stand_in::{Error, ListenError, Options, start};
use serde_json::{Value, json};
use stage::{KEY, Stage, ask_groq, ask_xai};

#[tokio::test]
async fn an_address_that_others_can_reach_is_refused() {
    let options = Options {
        listen: "0.0.0.0:0".parse().unwrap(),
        ..Options::default()
    };
    assert!(matches!(
        start(options).await,
        Err(Error::Listen(ListenError::NotLoopback(_)))
    ));
}

#[tokio::test]
async fn a_reply_is_labelled_quotes_the_newest_text_and_notes_a_fact() {
    let stage = Stage::start().await;
    let reply = stage.reply("Hi! My dog is called Biscuit.").await;
    let text = reply["reply"].as_str().unwrap();
    assert!(text.starts_with("[Demo reply, no key set] "), "{text}");
    assert!(text.contains("My dog is called Biscuit."), "{text}");
    assert_eq!(
        reply["facts"],
        json!([{ "text": "Has a dog called Biscuit", "confidence": 0.9 }])
    );
    let again = stage.reply("Hi! My dog is called Biscuit.").await;
    assert_eq!(reply, again, "the same question has the same answer");
}

#[tokio::test]
async fn without_a_schema_the_answer_is_plain_text() {
    let stage = Stage::start().await;
    let got = stage
        .xai(&json!({ "model": "grok-4.3", "input": "hola, ¿qué tal?", "store": false }))
        .await;
    assert!(got.text().contains('«'), "{}", got.text());
    let mut ask = ask_groq("hallo, wie geht es dir?");
    ask["response_format"] = json!({ "type": "text" });
    assert!(stage.groq(&ask).await.text().contains('„'));
}

#[tokio::test]
async fn what_was_sent_before_under_the_same_key_is_cached() {
    let stage = Stage::start().await;
    let ask = |key: Option<&str>, end: &str| {
        let mut ask = ask_xai(end);
        ask["instructions"] = json!("Be kind. ".repeat(100));
        ask["prompt_cache_key"] = json!(key);
        ask
    };
    let cached = async |ask: Value| {
        let got = stage.xai(&ask).await;
        let usage = &got.body["usage"];
        (
            usage["input_tokens_details"]["cached_tokens"]
                .as_u64()
                .unwrap(),
            usage["cost_in_usd_ticks"].as_u64().unwrap(),
        )
    };
    let (none, full_price) = cached(ask(Some("c1"), "one")).await;
    let (some, lower_price) = cached(ask(Some("c1"), "two")).await;
    assert_eq!((none, some), (0, 192));
    assert!(lower_price < full_price);
    assert_eq!(cached(ask(Some("c2"), "two")).await.0, 0);
    assert_eq!(cached(ask(None, "two")).await.0, 0);
}

#[tokio::test]
async fn an_answer_ends_where_its_tokens_end() {
    let stage = Stage::start().await;
    let mut ask = ask_xai("hello there");
    ask["max_output_tokens"] = json!(10);
    let got = stage.xai(&ask).await;
    assert_eq!(got.body["status"], "incomplete");
    assert_eq!(
        got.body["incomplete_details"]["reason"],
        "max_output_tokens"
    );
    assert_eq!(got.body["usage"]["output_tokens"], 10);
    assert!(serde_json::from_str::<Value>(&got.text()).is_err());
    let mut ask = ask_groq("hello there");
    ask["max_completion_tokens"] = json!(40);
    let got = stage.groq(&ask).await;
    assert_eq!(got.body["choices"][0]["finish_reason"], "length");
    assert_eq!(got.body["usage"]["completion_tokens"], 40);
}

#[tokio::test]
async fn a_held_request_waits_until_it_is_released() {
    let stage = Stage::start().await;
    stage
        .control("PATCH", "/settings", json!({ "hold": true }))
        .await;
    let first = tokio::spawn(stage.request("/v1/responses", &ask_xai("one")).send());
    stage.control("POST", "/wait", json!({ "held": 1 })).await;
    let second = tokio::spawn(stage.request("/v1/responses", &ask_xai("two")).send());
    let state = stage.control("POST", "/wait", json!({ "held": 2 })).await;
    assert_eq!((&state["pending"], first.is_finished()), (&json!(2), false));
    let log = stage.control("GET", "/log", Value::Null).await;
    assert_eq!(log["calls"][0]["outcome"], "pending");
    assert_eq!(log["calls"][0]["newest"], "one");

    let released = stage
        .control("POST", "/release", json!({ "count": 1 }))
        .await;
    assert_eq!(released["released"], 1);
    assert_eq!(first.await.unwrap().unwrap().status(), 200);
    assert!(!second.is_finished());
    stage
        .control("PATCH", "/settings", json!({ "hold": false }))
        .await;
    assert_eq!(second.await.unwrap().unwrap().status(), 200);
}

#[tokio::test]
async fn a_caller_that_hangs_up_is_noted_as_such() {
    let stage = Stage::start().await;
    stage
        .control("PATCH", "/settings", json!({ "hold": true }))
        .await;
    let request = stage
        .request("/v1/responses", &ask_xai("never mind"))
        .timeout(Duration::from_secs(20));
    let under_way = tokio::spawn(request.send());
    stage.control("POST", "/wait", json!({ "held": 1 })).await;
    under_way.abort();
    let state = stage
        .control("POST", "/wait", json!({ "pending": 0, "ended": 1 }))
        .await;
    assert_eq!(state["held"], json!([]));
    let log = stage.control("GET", "/log", Value::Null).await;
    let call = &log["calls"][0];
    assert_eq!(
        (&call["outcome"], &call["status"]),
        (&json!("cancelled"), &Value::Null)
    );
    let counters = stage.control("GET", "/counters", Value::Null).await;
    assert_eq!(counters["xai"]["cancelled"], 1);
}

#[tokio::test]
async fn the_newest_matching_script_answers() {
    let stage = Stage::start().await;
    for (text, reply) in [
        ("", "anything"),
        ("paris", "Paris it is"),
        ("Paris", "No, Rome"),
    ] {
        let fact = json!([{ "text": "Likes trips", "confidence": 0.5 }]);
        let script = json!({ "match": text, "reply": reply, "facts": fact });
        stage.control("POST", "/replies", script).await;
    }
    let reply = stage.reply("let us go to PARIS").await;
    assert_eq!(reply["reply"], "No, Rome");
    assert_eq!(reply["facts"][0]["text"], "Likes trips");
    assert_eq!(stage.reply("and now?").await["reply"], "anything");
    stage.control("DELETE", "/replies/3", Value::Null).await;
    assert_eq!(stage.reply("to paris").await["reply"], "Paris it is");
    assert_eq!(
        stage.refused("DELETE", "/replies/3", Value::Null).await,
        404
    );
}

#[tokio::test]
async fn the_log_has_whole_prompts_and_never_the_key() {
    let stage = Stage::start().await;
    let ask = ask_xai("what is in the log?");
    stage.xai(&ask).await;
    stage.groq(&ask_groq("and here?")).await;
    let log = stage.control("GET", "/log", Value::Null).await;
    assert_eq!(log["calls"][0]["request"], ask);
    assert_eq!(log["calls"][0]["model"], "grok-4.3");
    assert!(log["calls"][0]["tokens"]["input"].as_u64().unwrap() > 10);
    assert!(!log.to_string().contains(KEY));
    let groq = stage.control("GET", "/log?vendor=groq", Value::Null).await;
    assert_eq!(groq["calls"].as_array().unwrap().len(), 1);
    let since = stage
        .control("GET", "/log?since=1&limit=1", Value::Null)
        .await;
    assert_eq!(since["calls"][0]["seq"], 2);
    assert_eq!(
        stage.refused("GET", "/log?vendor=acme", Value::Null).await,
        400
    );
    stage.control("DELETE", "/log", Value::Null).await;
    let log = stage.control("GET", "/log", Value::Null).await;
    assert_eq!(log["calls"], json!([]));
}

#[tokio::test]
async fn a_reset_forgets_scripts_and_lets_go_of_what_is_held() {
    let stage = Stage::start().await;
    stage.fault(json!({ "kind": "server_error" })).await;
    stage.control("DELETE", "/faults", Value::Null).await;
    stage
        .control("PATCH", "/settings", json!({ "hold": true }))
        .await;
    let held = tokio::spawn(stage.request("/v1/responses", &ask_xai("x")).send());
    stage.control("POST", "/wait", json!({ "held": 1 })).await;
    stage.control("POST", "/reset", Value::Null).await;
    assert_eq!(held.await.unwrap().unwrap().status(), 200);
    let state = stage.control("GET", "/state", Value::Null).await;
    assert_eq!(
        (&state["faults"], &state["settings"]["hold"]),
        (&json!([]), &json!(false))
    );
}

#[tokio::test]
async fn control_calls_over_http_name_what_is_wrong() {
    let stage = Stage::start().await;
    let url = format!("{}/__control", stage.handle.url());
    let answer = stage
        .client
        .post(format!("{url}/faults"))
        .json(&json!({ "fault": { "kind": "explode" } }))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 400);
    let body: Value = answer.json().await.unwrap();
    assert!(body["message"].as_str().unwrap().contains("explode"));
    let foreign = stage
        .client
        .get(format!("{url}/log"))
        .header("origin", "https://other.example")
        .send()
        .await
        .unwrap();
    assert_eq!(foreign.status(), 403);
    assert_eq!(
        stage
            .refused("PATCH", "/settings", json!({ "held": 1 }))
            .await,
        400
    );
    assert_eq!(stage.refused("GET", "/nothing", Value::Null).await, 404);
    let wrong = json!({ "probability": 2, "fault": { "kind": "obey" } });
    assert_eq!(stage.refused("POST", "/faults", wrong).await, 400);
}

#[tokio::test]
async fn the_page_loads_nothing_from_elsewhere() {
    let stage = Stage::start().await;
    for path in ["/", "/app.js", "/style.css"] {
        let answer = stage
            .client
            .get(format!("{}{path}", stage.handle.url()))
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        assert!(
            answer.headers()["content-security-policy"]
                .to_str()
                .unwrap()
                .starts_with("default-src 'none'")
        );
        let text = answer.text().await.unwrap();
        assert!(
            !text.contains("http://") && !text.contains("https://"),
            "{path}"
        );
    }
}
