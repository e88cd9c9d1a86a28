//! Groq's chat completions: `messages` in, `choices` out, `{error: {message, type, code}}` when refused.

use serde_json::{Map, Value, json};
use stand_in_kit::Generator;

use super::{Ask, Format, Problem, Role, Turn, Written, model, ranged};
use crate::{
    models::{Use, Vendor},
    random, schema, tokens,
};

/// Everything that a body may say. `store` is not among it: the vendor refuses it.
const FIELDS: [&str; 27] = [
    "citation_options",
    "disable_tool_validation",
    "frequency_penalty",
    "include_reasoning",
    "logit_bias",
    "logprobs",
    "max_completion_tokens",
    "max_tokens",
    "messages",
    "metadata",
    "model",
    "n",
    "parallel_tool_calls",
    "presence_penalty",
    "reasoning_effort",
    "reasoning_format",
    "response_format",
    "seed",
    "service_tier",
    "stop",
    "stream",
    "stream_options",
    "temperature",
    "tool_choice",
    "tools",
    "top_p",
    "user",
];
const MESSAGE_FIELDS: [&str; 3] = ["role", "content", "name"];

pub(super) fn read(body: &Value, extra: &[String]) -> Result<Ask, Problem> {
    let Some(body) = body.as_object() else {
        return Err(Problem::Malformed("the body is not an object".into()));
    };
    if let Some(unknown) = body.keys().find(|name| !FIELDS.contains(&name.as_str())) {
        return Err(Problem::Invalid(format!(
            "property '{unknown}' is unsupported"
        )));
    }
    checked(body)?;
    let id = body
        .get("model")
        .and_then(Value::as_str)
        .ok_or_else(|| Problem::Invalid("property 'model' is missing".into()))?;
    let found = model(Vendor::Groq, id, extra)?;
    if found.made_for != Use::Chat {
        return Err(Problem::Invalid(format!(
            "The model `{id}` does not support chat completions"
        )));
    }
    let effort = match body.get("reasoning_effort").filter(|v| !v.is_null()) {
        None => None,
        Some(effort) => {
            let known = effort.as_str().filter(|e| found.efforts.contains(e));
            let known = known.ok_or_else(|| {
                Problem::Invalid(format!(
                    "`reasoning_effort` must be one of {}",
                    found.efforts.join(", ")
                ))
            })?;
            Some(known.to_owned())
        }
    };
    let most = ["max_completion_tokens", "max_tokens"]
        .iter()
        .find_map(|name| body.get(*name).and_then(Value::as_u64));
    let ask = Ask {
        model: found,
        model_id: id.to_owned(),
        turns: turns(body)?,
        format: format(body)?,
        max_tokens: most,
        effort,
        cache_key: None,
        shows_reasoning: body.get("include_reasoning") != Some(&Value::Bool(false)),
        body: body.clone(),
    };
    let length = tokens::count(&ask.prompt());
    if length > found.context {
        return Err(Problem::TooLong {
            most: found.context,
            tokens: length,
        });
    }
    Ok(ask)
}

fn checked(body: &Map<String, Value>) -> Result<(), Problem> {
    for name in ["max_completion_tokens", "max_tokens"] {
        let value = body.get(name).filter(|value| !value.is_null());
        if value.is_some_and(|value| value.as_u64().is_none_or(|most| most == 0)) {
            return Err(Problem::Invalid(format!(
                "'{name}' : value must be an integer of at least 1"
            )));
        }
    }
    ranged(body, "temperature", 0.0, 2.0).map_err(Problem::Invalid)?;
    ranged(body, "top_p", 0.0, 1.0).map_err(Problem::Invalid)?;
    let has_tools = body
        .get("tools")
        .and_then(Value::as_array)
        .is_some_and(|tools| !tools.is_empty());
    if body.get("stream") == Some(&Value::Bool(true)) || has_tools {
        return Err(Problem::Invalid(
            "the stand-in has neither streams nor tools".into(),
        ));
    }
    if body
        .get("n")
        .is_some_and(|n| !n.is_null() && *n != json!(1))
    {
        return Err(Problem::Invalid("'n' : number must be at most 1".into()));
    }
    if body.get("reasoning_format").is_some_and(|v| !v.is_null()) {
        return Err(Problem::Invalid(
            "`reasoning_format` is not supported with this model; use `include_reasoning`".into(),
        ));
    }
    let tier = body.get("service_tier").filter(|tier| !tier.is_null());
    let is_known = |tier: &Value| {
        tier.as_str()
            .is_some_and(|tier| ["auto", "on_demand", "flex", "performance"].contains(&tier))
    };
    if tier.is_some_and(|tier| !is_known(tier)) {
        return Err(Problem::Invalid(
            "'service_tier' : value must be one of auto, on_demand, flex, performance".into(),
        ));
    }
    Ok(())
}

fn turns(body: &Map<String, Value>) -> Result<Vec<Turn>, Problem> {
    let messages = match body.get("messages") {
        None => return Err(Problem::Invalid("property 'messages' is missing".into())),
        Some(Value::Array(messages)) => messages,
        Some(_) => {
            return Err(Problem::Invalid(
                "'messages' : value must be an array".into(),
            ));
        }
    };
    if messages.is_empty() {
        return Err(Problem::Invalid(
            "'messages' : minimum number of items is 1".into(),
        ));
    }
    let turns = messages.iter().enumerate();
    turns.map(|(place, message)| turn(place, message)).collect()
}

fn turn(place: usize, message: &Value) -> Result<Turn, Problem> {
    let invalid = |role: &str, what: &str| {
        Problem::Invalid(format!(
            "'messages.{place}' : for 'role:{role}' the following must be satisfied[('messages.{place}{what})]"
        ))
    };
    let name = message
        .get("role")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let role = match name {
        "system" | "developer" => Role::System,
        "user" => Role::User,
        "assistant" => Role::Assistant,
        _ => {
            return Err(Problem::Invalid(format!(
                "'messages.{place}' : discriminator property 'role' has invalid value"
            )));
        }
    };
    let fields = message.as_object().into_iter().flat_map(Map::keys);
    let mut unknown = fields.filter(|field| !MESSAGE_FIELDS.contains(&field.as_str()));
    if let Some(unknown) = unknown.next() {
        return Err(invalid(
            name,
            &format!("' : property '{unknown}' is unsupported"),
        ));
    }
    let text = match message.get("content") {
        Some(Value::String(text)) => text.clone(),
        // Only a user's content may come in parts.
        Some(Value::Array(parts)) if role == Role::User => {
            let texts = parts.iter().map(|part| {
                let text = part.get("text").and_then(Value::as_str);
                text.filter(|_| part.get("type") == Some(&json!("text")))
            });
            let texts: Option<Vec<&str>> = texts.collect();
            texts
                .ok_or_else(|| invalid(name, ".content' : a part must be text"))?
                .join("\n")
        }
        _ => return Err(invalid(name, ".content' : value must be a string")),
    };
    Ok(Turn { role, text })
}

fn format(body: &Map<String, Value>) -> Result<Format, Problem> {
    let Some(format) = body.get("response_format").filter(|v| !v.is_null()) else {
        return Ok(Format::Text);
    };
    match format.get("type").and_then(Value::as_str) {
        Some("text") => Ok(Format::Text),
        Some("json_object") => Ok(Format::Object),
        Some("json_schema") => {
            let inner = &format["json_schema"];
            let schema = inner.get("schema").filter(|schema| schema.is_object());
            let (true, Some(schema)) = (inner["name"].is_string(), schema) else {
                return Err(Problem::Invalid(
                    "response_format : a json_schema has a name and a schema".into(),
                ));
            };
            if inner["strict"] == json!(true)
                && let Some(reason) = schema::not_strict(schema)
            {
                return Err(Problem::Invalid(format!(
                    "invalid JSON schema for response_format: {}: {reason}",
                    inner["name"]
                )));
            }
            Ok(Format::Schema(schema.clone()))
        }
        _ => Err(Problem::Invalid(
            "'response_format.type' : value must be one of text, json_object, json_schema".into(),
        )),
    }
}

pub(super) fn write(ask: &Ask, written: &Written, ids: &mut Generator, now_ms: u64) -> Value {
    let mut message = json!({
        "role": "assistant",
        "content": written.text.clone().unwrap_or_default(),
    });
    if ask.shows_reasoning && written.usage.reasoning > 0 {
        // The field that a client must never pass on.
        message["reasoning"] = json!("[Demo reasoning] The person wrote something; answer it.");
    }
    let usage = written.usage;
    let (prompt_time, completion_time) =
        (usage.input as f64 / 20_000.0, usage.output as f64 / 500.0);
    json!({
        "id": format!("chatcmpl-{}", random::uuid(ids)),
        "object": "chat.completion",
        "created": now_ms / 1_000,
        "model": ask.model_id,
        "choices": [{
            "index": 0,
            "message": message,
            "logprobs": null,
            "finish_reason": if written.truncated { "length" } else { "stop" },
        }],
        "usage": {
            "queue_time": 0.01,
            "prompt_tokens": usage.input,
            "prompt_time": prompt_time,
            "completion_tokens": usage.output,
            "completion_time": completion_time,
            "total_tokens": usage.input + usage.output,
            "total_time": prompt_time + completion_time,
            "completion_tokens_details": { "reasoning_tokens": usage.reasoning },
        },
        "usage_breakdown": null,
        "system_fingerprint": "fp_demo000000",
        "x_groq": { "id": format!("req_{}", random::word(ids)) },
        // What no list of OpenAI's tiers has.
        "service_tier": "on_demand",
    })
}

pub(super) fn refusal(problem: &Problem) -> (u16, Value) {
    const REQUEST: &str = "invalid_request_error";
    let (status, kind, code, message) = match problem {
        Problem::NoKey | Problem::WrongKey(_) => (
            401,
            REQUEST,
            Some("invalid_api_key"),
            "Invalid API Key".to_owned(),
        ),
        Problem::NoSuchPath => (
            404,
            REQUEST,
            Some("unknown_url"),
            "Unknown request URL. Please check the URL for typos.".to_owned(),
        ),
        Problem::NoSuchModel(id) => (
            404,
            REQUEST,
            Some("model_not_found"),
            format!("The model `{id}` does not exist or you do not have access to it."),
        ),
        Problem::Decommissioned(id) => (
            400,
            REQUEST,
            Some("model_decommissioned"),
            format!(
                "The model `{id}` has been decommissioned and is no longer supported. Please refer to \
                 https://console.groq.com/docs/deprecations for a recommendation on which model to use instead."
            ),
        ),
        Problem::Gone(id) => (
            410,
            REQUEST,
            Some("model_not_found"),
            format!("The model `{id}` was retired."),
        ),
        Problem::Invalid(what) => (400, REQUEST, None, what.clone()),
        Problem::Malformed(what) => (
            400,
            REQUEST,
            None,
            format!("could not parse the JSON body of the request: {what}"),
        ),
        Problem::TooLong { .. } => (
            400,
            REQUEST,
            Some("context_length_exceeded"),
            "Please reduce the length of the messages or completion.".to_owned(),
        ),
        Problem::TooLarge => (
            413,
            REQUEST,
            Some("request_too_large"),
            "Request Entity Too Large".to_owned(),
        ),
        Problem::TooManyRequests(wait) => (
            429,
            "tokens",
            Some("rate_limit_exceeded"),
            format!(
                "Rate limit reached in organization `org_demo` service tier `on_demand` on tokens per minute (TPM): \
                 Limit 250000, Used 250000, Requested 800. Please try again in {}s.",
                wait.unwrap_or(1)
            ),
        ),
        Problem::SpendingLimit => (
            429,
            "billing",
            Some("spend_limit_exceeded"),
            "The organization has reached its spending limit.".to_owned(),
        ),
        Problem::ServerError => (
            500,
            "internal_server_error",
            None,
            "Internal Server Error".to_owned(),
        ),
        Problem::Unavailable => (
            503,
            "internal_server_error",
            None,
            "The model is currently over capacity. Please try again and back off exponentially."
                .to_owned(),
        ),
    };
    let mut error = json!({ "message": message, "type": kind });
    if let Some(code) = code {
        error["code"] = json!(code);
    }
    (status, json!({ "error": error }))
}
