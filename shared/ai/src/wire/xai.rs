//! xAI's Responses API: `POST /v1/responses`.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::time::Instant;

use crate::error::{AskError, Part};
use crate::reply::{Content, Reply, SCHEMA_NAME, Usage, schema};
use crate::request::Request;
use crate::vendor::Vendor;
use crate::wire::exchange::{Answer, Connection, Refusal, by_status};
use crate::wire::{Asking, Effort, Llm};

/// A model of xAI. Every question says that nothing may be stored; the vendor's own default is 30 days.
#[derive(Clone, Debug)]
pub struct Xai {
    connection: Connection,
    model: String,
    effort: Option<Effort>,
}

impl Xai {
    /// The vendor's own address.
    pub const BASE_URL: &'static str = "https://api.x.ai";

    /// A model behind a connection. No effort is named: the default model refuses a request that names one.
    pub fn new(connection: Connection, model: String) -> Self {
        Xai {
            connection,
            model,
            effort: None,
        }
    }

    /// The same with the effort said, for models that take it.
    #[must_use]
    pub fn with_effort(self, effort: Option<Effort>) -> Self {
        Xai { effort, ..self }
    }

    async fn exchange(&self, request: &Request, within: Duration) -> Result<Reply, AskError> {
        let started = Instant::now();
        let answer = self
            .connection
            .post(
                "/v1/responses",
                &body(request, &self.model, self.effort),
                explain,
                within,
            )
            .await?;
        read(&answer, &self.model, started.elapsed())
    }
}

impl Llm for Xai {
    fn vendor(&self) -> Vendor {
        Vendor::Xai
    }

    fn model(&self) -> &str {
        &self.model
    }

    fn ask<'a>(&'a self, request: &'a Request, within: Duration) -> Asking<'a> {
        Box::pin(self.exchange(request, within))
    }
}

#[derive(Serialize)]
struct Body<'a> {
    model: &'a str,
    store: bool,
    instructions: &'a str,
    input: Vec<Input<'a>>,
    max_output_tokens: u32,
    text: Text,
    prompt_cache_key: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reasoning: Option<Reasoning>,
}

#[derive(Serialize)]
struct Input<'a> {
    role: &'static str,
    content: &'a str,
}

#[derive(Serialize)]
struct Text {
    format: Format,
}

#[derive(Serialize)]
struct Format {
    r#type: &'static str,
    name: &'static str,
    strict: bool,
    schema: Value,
}

#[derive(Serialize)]
struct Reasoning {
    effort: &'static str,
}

fn body<'a>(request: &'a Request, model: &'a str, effort: Option<Effort>) -> Body<'a> {
    Body {
        model,
        store: false,
        instructions: &request.instructions,
        input: request
            .messages
            .iter()
            .map(|message| Input {
                role: message.role.as_str(),
                content: &message.text,
            })
            .collect(),
        max_output_tokens: request.max_output_tokens,
        text: Text {
            format: Format {
                r#type: "json_schema",
                name: SCHEMA_NAME,
                strict: true,
                schema: schema(),
            },
        },
        prompt_cache_key: &request.cache_key,
        reasoning: effort.map(|effort| Reasoning {
            effort: effort.as_str(),
        }),
    }
}

#[derive(Deserialize)]
struct Response {
    status: Option<String>,
    model: Option<String>,
    #[serde(default)]
    output: Vec<Item>,
    usage: Option<Counts>,
    incomplete_details: Option<Incomplete>,
}

/// An item of any kind: other kinds than messages have contents of other shapes.
#[derive(Deserialize)]
struct Item {
    r#type: Option<String>,
    content: Option<Value>,
}

#[derive(Deserialize)]
struct Piece {
    r#type: Option<String>,
    text: Option<String>,
}

#[derive(Deserialize)]
struct Incomplete {
    reason: Option<String>,
}

#[derive(Deserialize)]
struct Counts {
    #[serde(default)]
    input_tokens: u64,
    #[serde(default)]
    output_tokens: u64,
    #[serde(default)]
    total_tokens: u64,
    input_tokens_details: Option<Details>,
}

#[derive(Deserialize)]
struct Details {
    #[serde(default)]
    cached_tokens: u64,
}

impl Counts {
    /// The vendor has counted thinking beside the output in one of its formats, so the total has the last word.
    fn usage(&self) -> Usage {
        let beyond_input = self.total_tokens.saturating_sub(self.input_tokens);
        let cached = self.input_tokens_details.as_ref();
        Usage {
            input: self.input_tokens,
            cached_input: cached.map_or(0, |d| d.cached_tokens.min(self.input_tokens)),
            output: self.output_tokens.max(beyond_input),
        }
    }
}

fn read(answer: &Answer, asked_model: &str, latency: Duration) -> Result<Reply, AskError> {
    let response: Response =
        serde_json::from_slice(&answer.body).map_err(|_| AskError::Malformed {
            part: Part::Envelope,
            usage: None,
        })?;
    let usage = response.usage.as_ref().map(Counts::usage);
    let unreadable = |part| AskError::Malformed { part, usage };
    match response.status.as_deref() {
        None | Some("completed") => {}
        Some("incomplete") => {
            let reason = response.incomplete_details.and_then(|d| d.reason);
            return Err(match reason.as_deref() {
                Some("content_filter") => AskError::Refused { usage },
                _ => unreadable(Part::Content),
            });
        }
        Some("failed" | "cancelled") => return Err(AskError::Overloaded { status: 200 }),
        Some(_) => return Err(unreadable(Part::Envelope)),
    }
    let pieces = pieces(response.output);
    if pieces
        .iter()
        .any(|piece| piece.r#type.as_deref() == Some("refusal"))
    {
        return Err(AskError::Refused { usage });
    }
    let written: String = pieces
        .into_iter()
        .filter(|piece| matches!(piece.r#type.as_deref(), None | Some("output_text")))
        .filter_map(|piece| piece.text)
        .collect();
    if written.is_empty() {
        return Err(unreadable(Part::Envelope));
    }
    let content = Content::read(&written).ok_or_else(|| unreadable(Part::Content))?;
    Ok(Reply {
        text: content.text,
        concern: content.concern,
        proposed_facts: content.proposed_facts,
        vendor: Vendor::Xai,
        model: response.model.unwrap_or_else(|| asked_model.to_owned()),
        usage: usage.unwrap_or_default(),
        zero_retention: answer.zero_retention,
        latency,
    })
}

/// What the messages of an output hold. The thinking beside them is never looked at.
fn pieces(output: Vec<Item>) -> Vec<Piece> {
    output
        .into_iter()
        .filter(|item| matches!(item.r#type.as_deref(), None | Some("message")))
        .filter_map(|item| match item.content {
            Some(Value::Array(pieces)) => Some(pieces),
            _ => None,
        })
        .flatten()
        .filter_map(|piece| serde_json::from_value(piece).ok())
        .collect()
}

#[derive(Default, Deserialize)]
struct ErrorBody {
    code: Option<Value>,
    error: Option<Value>,
}

/// xAI answers `{"code": ..., "error": ...}`. Its statuses alone mislead: a wrong key is a 400, and content that its
/// safety check stopped is a 403 like a blocked key.
fn explain(refusal: &Refusal<'_>) -> AskError {
    let body: ErrorBody = serde_json::from_slice(refusal.body).unwrap_or_default();
    let says = body.error.as_ref().map(text_of).unwrap_or_default();
    let code = body.code.as_ref().map(text_of);
    match refusal.status {
        400 if says.contains("API key") => AskError::Unauthorized,
        400 | 403 if says.contains("usage guidelines") || says.contains("SAFETY_CHECK") => {
            AskError::Refused { usage: None }
        }
        _ => by_status(refusal, code.as_deref()),
    }
}

/// The error is a text, or an object that holds one.
fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other["message"].as_str().unwrap_or_default().to_owned(),
    }
}
