//! A stand-in on a free port, and a client for both vendors.

use std::time::Duration;

use ai_stand_in::{Clock, Control, Error, Handle, Options, start};
use serde_json::{Value, json};

pub(crate) const KEY: &str = "demo-secret-of-the-test";
/// 2026-11-27, noon.
const NOON_MS: u64 = 1_795_780_800_000;

pub(crate) struct Stage {
    pub(crate) handle: Handle,
    pub(crate) control: Control,
    pub(crate) client: reqwest::Client,
}

/// An answer, read to its end.
pub(crate) struct Got {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) body: Value,
}

impl Stage {
    pub(crate) async fn start() -> Self {
        // The client library has no TLS provider of its own; another test may have installed it.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let (clock, _) = Clock::manual(NOON_MS);
        let options = Options {
            clock,
            ..Options::default()
        };
        let handle = start(options).await.expect("a free port");
        Self {
            control: handle.control(),
            handle,
            client: reqwest::Client::builder()
                .no_proxy()
                .build()
                .expect("a plain client"),
        }
    }

    pub(crate) async fn control(&self, verb: &str, path: &str, body: Value) -> Value {
        self.control
            .call(verb, path, body)
            .await
            .expect("the control call is sound")
    }

    pub(crate) async fn refused(&self, verb: &str, path: &str, body: Value) -> u16 {
        match self.control.call(verb, path, body).await {
            Err(Error::Refused { status, .. }) => status,
            other => panic!("expected a refusal, not {other:?}"),
        }
    }

    pub(crate) async fn fault(&self, fault: Value) {
        self.control("POST", "/faults", json!({ "fault": fault }))
            .await;
    }

    /// Removes what was scripted before.
    pub(crate) async fn only_fault(&self, fault: Value) {
        self.control("DELETE", "/faults", Value::Null).await;
        self.fault(fault).await;
    }

    pub(crate) fn request(&self, path: &str, body: &Value) -> reqwest::RequestBuilder {
        self.client
            .post(format!("{}{path}", self.handle.url()))
            .bearer_auth(KEY)
            .timeout(Duration::from_secs(20))
            .json(body)
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Got {
        Got::of(self.request(path, body).send().await.expect("an answer")).await
    }

    pub(crate) async fn xai(&self, body: &Value) -> Got {
        self.post("/v1/responses", body).await
    }

    pub(crate) async fn groq(&self, body: &Value) -> Got {
        self.post("/openai/v1/chat/completions", body).await
    }

    /// What xAI answers to a text, as the reply that the schema holds.
    pub(crate) async fn reply(&self, text: &str) -> Value {
        let got = self.xai(&ask_xai(text)).await;
        assert_eq!(got.status, 200, "{}", got.body);
        serde_json::from_str(&got.text()).expect("JSON of the schema")
    }
}

impl Got {
    pub(crate) async fn of(answer: reqwest::Response) -> Self {
        Self {
            status: answer.status().as_u16(),
            headers: answer.headers().clone(),
            body: answer.json().await.expect("JSON"),
        }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .get(name)
            .map(|value| value.to_str().expect("a visible header"))
    }

    /// The model's text, of either vendor.
    pub(crate) fn text(&self) -> String {
        let output = self.body["output"].as_array();
        let part = output.and_then(|items| items.iter().find(|item| item["type"] == "message"));
        let text = part.map_or(&self.body["choices"][0]["message"]["content"], |message| {
            &message["content"][0]["text"]
        });
        text.as_str().unwrap_or_default().to_owned()
    }
}

pub(crate) fn schema() -> Value {
    json!({
        "type": "object", "additionalProperties": false, "required": ["reply", "facts"],
        "properties": {
            "reply": { "type": "string" },
            "facts": { "type": "array", "items": {
                "type": "object", "additionalProperties": false, "required": ["text", "confidence"],
                "properties": { "text": { "type": "string" }, "confidence": { "type": "number" } },
            } },
        },
    })
}

/// What a client sends to xAI.
pub(crate) fn ask_xai(text: &str) -> Value {
    json!({
        "model": "grok-4.3", "store": false, "max_output_tokens": 400, "reasoning": { "effort": "none" },
        "instructions": "You write for Mira. Never mention Tobias or Wilma.",
        "input": [
            { "role": "user", "content": "hello" },
            { "role": "assistant", "content": "hi!" },
            { "role": "user", "content": [{ "type": "input_text", "text": text }] },
        ],
        "text": { "format": { "type": "json_schema", "name": "reply", "strict": true, "schema": schema() } },
    })
}

/// What a client sends to Groq.
pub(crate) fn ask_groq(text: &str) -> Value {
    json!({
        "model": "openai/gpt-oss-120b", "max_completion_tokens": 400, "reasoning_effort": "low",
        "messages": [
            { "role": "system", "content": "You write for Mira." },
            { "role": "user", "content": text },
        ],
        "response_format": { "type": "json_schema", "json_schema": { "name": "reply", "strict": true, "schema": schema() } },
    })
}
