//! Groq's chat completions: `POST /openai/v1/chat/completions`.

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

/// A model at Groq. What it thinks comes beside the answer; it is asked not to send it, and it is never read.
#[derive(Clone, Debug)]
pub struct Groq {
    connection: Connection,
    model: String,
    effort: Option<Effort>,
}

impl Groq {
    /// The vendor's own address.
    pub const BASE_URL: &'static str = "https://api.groq.com";

    /// A model behind a connection, told to think little: the default model always thinks.
    pub fn new(connection: Connection, model: String) -> Self {
        Groq {
            connection,
            model,
            effort: Some(Effort::Low),
        }
    }

    /// The same with another effort, or none named for models that cannot think.
    #[must_use]
    pub fn with_effort(self, effort: Option<Effort>) -> Self {
        Groq { effort, ..self }
    }

    async fn exchange(&self, request: &Request, within: Duration) -> Result<Reply, AskError> {
        let started = Instant::now();
        let answer = self
            .connection
            .post(
                "/openai/v1/chat/completions",
                &body(request, &self.model, self.effort),
                explain,
                within,
            )
            .await?;
        read(&answer, &self.model, started.elapsed())
    }
}

impl Llm for Groq {
    fn vendor(&self) -> Vendor {
        Vendor::Groq
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
    messages: Vec<ChatMessage<'a>>,
    max_completion_tokens: u32,
    response_format: Format,
    #[serde(skip_serializing_if = "Option::is_none")]
    reasoning_effort: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    include_reasoning: Option<bool>,
}

#[derive(Serialize)]
struct ChatMessage<'a> {
    role: &'static str,
    content: &'a str,
}

#[derive(Serialize)]
struct Format {
    r#type: &'static str,
    json_schema: NamedSchema,
}

#[derive(Serialize)]
struct NamedSchema {
    name: &'static str,
    strict: bool,
    schema: Value,
}

fn body<'a>(request: &'a Request, model: &'a str, effort: Option<Effort>) -> Body<'a> {
    let system = ChatMessage {
        role: "system",
        content: &request.instructions,
    };
    let conversation = request.messages.iter().map(|message| ChatMessage {
        role: message.role.as_str(),
        content: &message.text,
    });
    Body {
        model,
        messages: std::iter::once(system).chain(conversation).collect(),
        max_completion_tokens: request.max_output_tokens,
        response_format: Format {
            r#type: "json_schema",
            json_schema: NamedSchema {
                name: SCHEMA_NAME,
                strict: true,
                schema: schema(),
            },
        },
        reasoning_effort: effort.map(Effort::as_str),
        include_reasoning: effort.map(|_| false),
    }
}

#[derive(Deserialize)]
struct Response {
    model: Option<String>,
    #[serde(default)]
    choices: Vec<Choice>,
    usage: Option<Counts>,
}

#[derive(Deserialize)]
struct Choice {
    message: Option<Written>,
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct Written {
    content: Option<String>,
    refusal: Option<String>,
}

#[derive(Deserialize)]
struct Counts {
    #[serde(default)]
    prompt_tokens: u64,
    #[serde(default)]
    completion_tokens: u64,
    prompt_tokens_details: Option<Details>,
}

#[derive(Deserialize)]
struct Details {
    #[serde(default)]
    cached_tokens: u64,
}

impl Counts {
    fn usage(&self) -> Usage {
        let cached = self.prompt_tokens_details.as_ref();
        Usage {
            input: self.prompt_tokens,
            cached_input: cached.map_or(0, |d| d.cached_tokens.min(self.prompt_tokens)),
            output: self.completion_tokens,
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
    let choice = response.choices.into_iter().next();
    let choice = choice.ok_or_else(|| unreadable(Part::Envelope))?;
    match choice.finish_reason.as_deref() {
        Some("content_filter") => return Err(AskError::Refused { usage }),
        Some("length") => return Err(unreadable(Part::Content)),
        _ => {}
    }
    let message = choice.message.ok_or_else(|| unreadable(Part::Envelope))?;
    if message.refusal.is_some_and(|refusal| !refusal.is_empty()) {
        return Err(AskError::Refused { usage });
    }
    let written = message.content.ok_or_else(|| unreadable(Part::Envelope))?;
    let content = Content::read(&written).ok_or_else(|| unreadable(Part::Content))?;
    Ok(Reply {
        text: content.text,
        concern: content.concern,
        proposed_facts: content.proposed_facts,
        vendor: Vendor::Groq,
        model: response.model.unwrap_or_else(|| asked_model.to_owned()),
        usage: usage.unwrap_or_default(),
        zero_retention: answer.zero_retention,
        latency,
    })
}

#[derive(Default, Deserialize)]
struct ErrorBody {
    #[serde(default)]
    error: ErrorDetail,
}

#[derive(Default, Deserialize)]
struct ErrorDetail {
    code: Option<Value>,
}

/// Groq answers `{"error": {"message", "type", "code"}}`; the code says more than the status.
fn explain(refusal: &Refusal<'_>) -> AskError {
    let body: ErrorBody = serde_json::from_slice(refusal.body).unwrap_or_default();
    let code = body.error.code.as_ref().and_then(Value::as_str);
    match code {
        Some("model_decommissioned" | "model_not_found" | "model_not_active") => {
            AskError::ModelGone
        }
        Some("invalid_api_key" | "organization_restricted") => AskError::Unauthorized,
        // A question larger than a minute's allowance is a 413.
        Some("rate_limit_exceeded") => AskError::RateLimited {
            retry_after: refusal.retry_after,
        },
        Some("json_validate_failed") => AskError::Malformed {
            part: Part::Content,
            usage: None,
        },
        _ => by_status(refusal, code),
    }
}
