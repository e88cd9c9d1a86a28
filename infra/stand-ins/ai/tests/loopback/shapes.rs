//! Both wire formats: every field that a strict client needs, and what each vendor refuses.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::stage::{Got, KEY, Stage, ask_groq, ask_xai};

/// As a client reads it that tolerates nothing missing and nothing of another type.
#[derive(Deserialize)]
struct XaiResponse {
    id: String,
    object: String,
    created_at: u64,
    status: String,
    model: String,
    output: Vec<XaiItem>,
    store: bool,
    parallel_tool_calls: bool,
    tool_choice: String,
    tools: Vec<Value>,
    text: Value,
    usage: XaiUsage,
}

#[derive(Deserialize)]
struct XaiItem {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    status: String,
    role: Option<String>,
    content: Option<Vec<XaiPart>>,
}

#[derive(Deserialize)]
struct XaiPart {
    #[serde(rename = "type")]
    kind: String,
    text: String,
    annotations: Vec<Value>,
}

#[derive(Deserialize)]
struct XaiUsage {
    input_tokens: u64,
    input_tokens_details: Cached,
    output_tokens: u64,
    output_tokens_details: Reasoning,
    total_tokens: u64,
    num_sources_used: u64,
    num_server_side_tools_used: u64,
    cost_in_usd_ticks: u64,
}

#[derive(Deserialize)]
struct Cached {
    cached_tokens: u64,
}

#[derive(Deserialize)]
struct Reasoning {
    reasoning_tokens: u64,
}

#[derive(Deserialize)]
struct GroqCompletion {
    id: String,
    object: String,
    created: u64,
    model: String,
    choices: Vec<GroqChoice>,
    usage: GroqUsage,
    system_fingerprint: String,
    x_groq: GroqRequest,
    service_tier: String,
}

#[derive(Deserialize)]
struct GroqChoice {
    index: u64,
    message: GroqMessage,
    finish_reason: String,
}

#[derive(Deserialize)]
struct GroqMessage {
    role: String,
    content: String,
    reasoning: String,
}

#[derive(Deserialize)]
struct GroqUsage {
    queue_time: f64,
    prompt_tokens: u64,
    prompt_time: f64,
    completion_tokens: u64,
    completion_time: f64,
    total_tokens: u64,
    total_time: f64,
    completion_tokens_details: Reasoning,
}

#[derive(Deserialize)]
struct GroqRequest {
    id: String,
}

#[tokio::test]
async fn answers_of_both_formats_hold_every_field_that_a_strict_client_needs() {
    let stage = Stage::start().await;
    let mut ask = ask_xai("hi");
    ask["reasoning"] = json!({ "effort": "high" });
    let got = stage.xai(&ask).await;
    assert_eq!(got.header("x-zero-data-retention"), Some("true"));
    let answer: XaiResponse = serde_json::from_value(got.body).unwrap();
    assert_eq!(
        (answer.object.as_str(), answer.status.as_str()),
        ("response", "completed")
    );
    assert_eq!(
        (answer.created_at, answer.model.as_str()),
        (1_795_780_800, "grok-4.3")
    );
    assert!(!answer.id.is_empty() && !answer.store && answer.tools.is_empty());
    assert!(answer.parallel_tool_calls && answer.tool_choice == "auto");
    assert_eq!(answer.text["format"]["type"], "json_schema");
    let kinds: Vec<&str> = answer
        .output
        .iter()
        .map(|item| item.kind.as_str())
        .collect();
    assert_eq!(kinds, ["reasoning", "message"]);
    let message = &answer.output[1];
    assert!(message.id.starts_with("msg_") && message.status == "completed");
    assert_eq!(message.role.as_deref(), Some("assistant"));
    let part = &message.content.as_ref().unwrap()[0];
    assert!(part.kind == "output_text" && part.annotations.is_empty());
    assert!(serde_json::from_str::<Value>(&part.text).unwrap()["reply"].is_string());
    let usage = answer.usage;
    assert_eq!(usage.total_tokens, usage.input_tokens + usage.output_tokens);
    assert_eq!(usage.output_tokens_details.reasoning_tokens, 320);
    assert!(usage.output_tokens > 320 && usage.cost_in_usd_ticks > 0);
    assert_eq!(usage.input_tokens_details.cached_tokens, 0);
    assert_eq!(
        (usage.num_sources_used, usage.num_server_side_tools_used),
        (0, 0)
    );

    let got = stage.groq(&ask_groq("hi")).await;
    for name in ["limit", "remaining", "reset"] {
        assert!(
            got.header(&format!("x-ratelimit-{name}-requests"))
                .is_some()
        );
        assert!(got.header(&format!("x-ratelimit-{name}-tokens")).is_some());
    }
    let answer: GroqCompletion = serde_json::from_value(got.body).unwrap();
    assert_eq!(
        (answer.object.as_str(), answer.created),
        ("chat.completion", 1_795_780_800)
    );
    assert!(answer.id.starts_with("chatcmpl-") && answer.x_groq.id.starts_with("req_"));
    assert_eq!(
        (answer.model.as_str(), answer.service_tier.as_str()),
        ("openai/gpt-oss-120b", "on_demand")
    );
    assert!(!answer.system_fingerprint.is_empty());
    let choice = &answer.choices[0];
    assert_eq!((choice.index, choice.finish_reason.as_str()), (0, "stop"));
    assert!(choice.message.role == "assistant" && !choice.message.reasoning.is_empty());
    assert!(serde_json::from_str::<Value>(&choice.message.content).unwrap()["facts"].is_array());
    let usage = answer.usage;
    assert_eq!(
        usage.total_tokens,
        usage.prompt_tokens + usage.completion_tokens
    );
    assert_eq!(usage.completion_tokens_details.reasoning_tokens, 32);
    assert!(
        usage.queue_time > 0.0 && usage.total_time >= usage.prompt_time + usage.completion_time
    );
}

#[tokio::test]
async fn both_list_their_models() {
    let stage = Stage::start().await;
    stage
        .control("PATCH", "/settings", json!({ "extra_models": ["grok-5"] }))
        .await;
    for (path, model) in [
        ("/v1/models", "grok-4.7"),
        ("/openai/v1/models", "whisper-large-v3-turbo"),
    ] {
        let request = stage.client.get(format!("{}{path}", stage.handle.url()));
        let got = Got::of(request.bearer_auth(KEY).send().await.unwrap()).await;
        assert_eq!((got.status, &got.body["object"]), (200, &json!("list")));
        let ids: Vec<&str> = got.body["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|model| model["id"].as_str().unwrap())
            .collect();
        assert!(ids.contains(&model) && ids.contains(&"grok-5"), "{ids:?}");
    }
    let mut ask = ask_xai("hi");
    ask["model"] = json!("grok-5");
    ask["reasoning"] = Value::Null;
    assert_eq!(stage.xai(&ask).await.body["model"], "grok-5");
}

#[tokio::test]
async fn a_key_is_needed_and_refused_in_each_vendors_shape() {
    let stage = Stage::start().await;
    let post = async |path: &str, key: Option<&str>, body: &Value| {
        let request = stage
            .client
            .post(format!("{}{path}", stage.handle.url()))
            .json(body);
        let request = match key {
            Some(key) => request.bearer_auth(key),
            None => request,
        };
        Got::of(request.send().await.unwrap()).await
    };
    let (xai, groq) = ("/v1/responses", "/openai/v1/chat/completions");
    let none = post(xai, None, &ask_xai("hi")).await;
    assert!(none.status == 401 && none.body["error"].is_string());
    let wrong = post(xai, Some("sk-not-a-known-key"), &ask_xai("hi")).await;
    assert_eq!(wrong.status, 400);
    assert!(
        wrong.body["error"]
            .as_str()
            .unwrap()
            .starts_with("Incorrect API key provided: sk***ey.")
    );
    for key in [None, Some("sk-not-a-known-key")] {
        let refused = post(groq, key, &ask_groq("hi")).await;
        assert_eq!(
            (refused.status, &refused.body["error"]["code"]),
            (401, &json!("invalid_api_key"))
        );
    }
    let added = json!({ "vendor": "groq", "key": "sk-not-a-known-key" });
    stage.control("POST", "/keys", added).await;
    assert_eq!(
        post(groq, Some("sk-not-a-known-key"), &ask_groq("hi"))
            .await
            .status,
        200
    );
    assert_eq!(
        post(xai, Some("sk-not-a-known-key"), &ask_xai("hi"))
            .await
            .status,
        400
    );
    stage
        .control("PATCH", "/settings", json!({ "accept_demo_keys": false }))
        .await;
    assert_eq!(post(groq, Some(KEY), &ask_groq("hi")).await.status, 401);
}

fn with(mut ask: Value, name: &str, value: Value) -> Value {
    ask[name] = value;
    ask
}

#[tokio::test]
async fn xai_refuses_what_it_does_not_know() {
    let stage = Stage::start().await;
    let loose = json!({ "format": { "type": "json_schema", "name": "r", "strict": true, "schema": {
        "type": "object", "properties": { "reply": { "type": "string" } }, "required": ["reply"],
    } } });
    let cases = [
        (
            with(ask_xai("hi"), "model", json!("grok-3")),
            404,
            "does not exist",
        ),
        (with(ask_xai("hi"), "model", Value::Null), 422, "model"),
        (with(ask_xai("hi"), "store", json!("no")), 422, "boolean"),
        (with(ask_xai("hi"), "input", Value::Null), 400, "input"),
        (with(ask_xai("hi"), "input", json!([])), 400, "input"),
        (
            with(
                ask_xai("hi"),
                "input",
                json!([{ "role": "fan", "content": "x" }]),
            ),
            422,
            "role",
        ),
        (
            with(ask_xai("hi"), "presence_penalty", json!(0)),
            400,
            "presence_penalty",
        ),
        (
            with(ask_xai("hi"), "temperature", json!(3)),
            400,
            "temperature",
        ),
        (
            with(ask_xai("hi"), "reasoning", json!({ "effort": "xhigh" })),
            400,
            "effort",
        ),
        (with(ask_xai("hi"), "stream", json!(true)), 400, "stream"),
        (
            with(ask_xai("hi"), "text", loose),
            400,
            "additionalProperties",
        ),
    ];
    for (ask, status, word) in cases {
        let got = stage.xai(&ask).await;
        let error = got.body["error"].as_str().unwrap();
        assert_eq!(got.status, status, "{error}");
        assert!(error.contains(word), "{word} in {error}");
    }
    let silent = with(
        ask_xai("hi"),
        "model",
        json!("grok-4.20-0309-non-reasoning"),
    );
    assert_eq!(stage.xai(&silent).await.status, 400);
    assert_eq!(
        stage
            .xai(&with(silent, "reasoning", Value::Null))
            .await
            .status,
        200
    );
    assert_eq!(stage.post("/v1/chat", &json!({})).await.status, 404);
}

#[tokio::test]
async fn groq_refuses_what_it_does_not_know() {
    let stage = Stage::start().await;
    let named = json!([{ "role": "user", "content": "hi", "id": 1 }]);
    let cases = [
        (
            with(ask_groq("hi"), "model", json!("grok-4.3")),
            404,
            "does not exist",
        ),
        (
            with(ask_groq("hi"), "model", json!("llama-3.3-70b-versatile")),
            400,
            "decommissioned",
        ),
        (
            with(ask_groq("hi"), "model", json!("whisper-large-v3")),
            400,
            "chat completions",
        ),
        (
            with(ask_groq("hi"), "store", json!(false)),
            400,
            "'store' is unsupported",
        ),
        (
            with(ask_groq("hi"), "messages", json!([])),
            400,
            "minimum number of items",
        ),
        (
            with(ask_groq("hi"), "messages", named),
            400,
            "property 'id' is unsupported",
        ),
        (
            with(ask_groq("hi"), "max_completion_tokens", json!(0)),
            400,
            "max_completion_tokens",
        ),
        (
            with(ask_groq("hi"), "reasoning_effort", json!("xhigh")),
            400,
            "reasoning_effort",
        ),
        (
            with(ask_groq("hi"), "service_tier", json!("gold")),
            400,
            "service_tier",
        ),
        (with(ask_groq("hi"), "n", json!(2)), 400, "'n'"),
    ];
    for (ask, status, word) in cases {
        let got = stage.groq(&ask).await;
        let error = got.body["error"]["message"].as_str().unwrap();
        assert_eq!(got.status, status, "{error}");
        assert!(error.contains(word), "{word} in {error}");
        assert_eq!(got.body["error"]["type"], "invalid_request_error");
    }
    let quiet = stage
        .groq(&with(ask_groq("hi"), "include_reasoning", json!(false)))
        .await;
    assert!(
        quiet.body["choices"][0]["message"]
            .get("reasoning")
            .is_none()
    );
}

#[tokio::test]
async fn a_voice_note_becomes_a_labelled_transcript() {
    let stage = Stage::start().await;
    let url = format!("{}/openai/v1/audio/transcriptions", stage.handle.url());
    let send = async |model: &str, format: &str, name: &str| {
        let file = reqwest::multipart::Part::bytes(vec![1; 28_000]).file_name(name.to_owned());
        let form = reqwest::multipart::Form::new()
            .part("file", file)
            .text("model", model.to_owned())
            .text("response_format", format.to_owned());
        stage
            .client
            .post(&url)
            .bearer_auth(KEY)
            .multipart(form)
            .send()
            .await
            .unwrap()
    };
    let said = "[Demo transcript: 7 s voice note]";
    let json = Got::of(send("whisper-large-v3-turbo", "json", "note.ogg").await).await;
    assert_eq!((json.status, &json.body["text"]), (200, &json!(said)));
    assert!(json.body["x_groq"]["id"].is_string());
    let verbose = Got::of(send("whisper-large-v3", "verbose_json", "note.ogg").await).await;
    assert_eq!(
        (
            &verbose.body["duration"],
            &verbose.body["segments"][0]["text"]
        ),
        (&json!(7), &json!(said))
    );
    let plain = send("whisper-large-v3", "text", "note.ogg").await;
    assert_eq!(plain.text().await.unwrap(), said);
    assert_eq!(
        send("openai/gpt-oss-20b", "json", "note.ogg")
            .await
            .status(),
        400
    );
    assert_eq!(
        send("whisper-large-v3", "srt", "note.ogg").await.status(),
        400
    );
    assert_eq!(
        send("whisper-large-v3", "json", "note.exe").await.status(),
        400
    );
    let log = stage.control("GET", "/log?limit=1", Value::Null).await;
    assert_eq!(log["calls"][0]["endpoint"], "audio/transcriptions");
    stage
        .control(
            "POST",
            "/replies",
            json!({ "match": "note.ogg", "reply": "good morning" }),
        )
        .await;
    let scripted = Got::of(send("whisper-large-v3", "json", "note.ogg").await).await;
    assert_eq!(scripted.body["text"], "good morning");
}
