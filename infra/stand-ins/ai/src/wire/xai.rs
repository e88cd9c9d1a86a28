//! xAI's Responses API: `input` and `instructions` in, `output` items out, `{code, error}` when refused.

use serde_json::{Map, Value, json};
use stand_in_kit::Generator;

use super::{Ask, Format, Problem, Role, Turn, Written, model, ranged};
use crate::{models::Vendor, random, schema, tokens};

/// Everything that a body may say. Anything else is refused, as the vendor refuses `presence_penalty`.
const FIELDS: [&str; 24] = [
    "background",
    "include",
    "input",
    "instructions",
    "logprobs",
    "max_output_tokens",
    "max_turns",
    "metadata",
    "model",
    "parallel_tool_calls",
    "previous_response_id",
    "prompt_cache_key",
    "reasoning",
    "search_parameters",
    "service_tier",
    "store",
    "stream",
    "temperature",
    "text",
    "tool_choice",
    "tools",
    "top_logprobs",
    "top_p",
    "user",
];

pub(super) fn read(body: &Value, extra: &[String]) -> Result<Ask, Problem> {
    let Some(body) = body.as_object() else {
        return Err(Problem::Malformed("expected an object".into()));
    };
    if let Some(unknown) = body.keys().find(|name| !FIELDS.contains(&name.as_str())) {
        return Err(Problem::Invalid(format!(
            "Argument not supported: {unknown}"
        )));
    }
    for flag in ["store", "stream", "background", "parallel_tool_calls"] {
        typed(body, flag, "a boolean", Value::is_boolean)?;
    }
    for text in ["model", "instructions", "prompt_cache_key", "user"] {
        typed(body, text, "a string", Value::is_string)?;
    }
    typed(body, "max_output_tokens", "u64", Value::is_u64)?;
    ranged(body, "temperature", 0.0, 2.0).map_err(Problem::Invalid)?;
    ranged(body, "top_p", 0.0, 1.0).map_err(Problem::Invalid)?;
    not_here(body)?;
    let id = body
        .get("model")
        .and_then(Value::as_str)
        .ok_or_else(|| Problem::Malformed("missing field `model`".into()))?;
    let found = model(Vendor::Xai, id, extra)?;
    let effort = effort(body, id, found.efforts)?;
    let turns = turns(body)?;
    let ask = Ask {
        model: found,
        model_id: id.to_owned(),
        turns,
        format: format(body)?,
        max_tokens: body.get("max_output_tokens").and_then(Value::as_u64),
        effort,
        cache_key: body
            .get("prompt_cache_key")
            .and_then(Value::as_str)
            .map(str::to_owned),
        shows_reasoning: false,
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

fn typed(
    body: &Map<String, Value>,
    name: &str,
    kind: &str,
    fits: impl Fn(&Value) -> bool,
) -> Result<(), Problem> {
    match body.get(name) {
        None | Some(Value::Null) => Ok(()),
        Some(value) if fits(value) => Ok(()),
        Some(_) => Err(Problem::Malformed(format!(
            "{name}: invalid type, expected {kind}"
        ))),
    }
}

/// What the vendor has and this stand-in has not.
fn not_here(body: &Map<String, Value>) -> Result<(), Problem> {
    let is_on = |name: &str| body.get(name) == Some(&Value::Bool(true));
    let has_tools = body
        .get("tools")
        .and_then(Value::as_array)
        .is_some_and(|tools| !tools.is_empty());
    let has_earlier = body
        .get("previous_response_id")
        .is_some_and(|id| !id.is_null());
    let refused = [
        (is_on("stream"), "stream"),
        (is_on("background"), "background"),
        (has_tools, "tools"),
        (has_earlier, "previous_response_id"),
    ];
    match refused.iter().find(|(refused, _)| *refused) {
        Some((_, name)) => Err(Problem::Invalid(format!(
            "Argument not supported: {name} (the stand-in does not have it)"
        ))),
        None => Ok(()),
    }
}

fn effort(
    body: &Map<String, Value>,
    model: &str,
    known: &[&str],
) -> Result<Option<String>, Problem> {
    let Some(reasoning) = body.get("reasoning").filter(|value| !value.is_null()) else {
        return Ok(None);
    };
    let Some(effort) = reasoning.get("effort").filter(|value| !value.is_null()) else {
        return Ok(None);
    };
    let Some(effort) = effort.as_str() else {
        return Err(Problem::Malformed(
            "reasoning.effort: invalid type, expected a string".into(),
        ));
    };
    if known.is_empty() {
        return Err(Problem::Invalid(format!(
            "Model {model} does not support parameter reasoningEffort."
        )));
    }
    if !known.contains(&effort) {
        return Err(Problem::Invalid(format!(
            "Invalid reasoning effort: {effort}. Supported by {model}: {}.",
            known.join(", ")
        )));
    }
    Ok(Some(effort.to_owned()))
}

fn turns(body: &Map<String, Value>) -> Result<Vec<Turn>, Problem> {
    let mut turns = Vec::new();
    if let Some(instructions) = body.get("instructions").and_then(Value::as_str) {
        turns.push(Turn {
            role: Role::System,
            text: instructions.to_owned(),
        });
    }
    match body.get("input") {
        None | Some(Value::Null) => {
            return Err(Problem::Invalid("Missing required field: input".into()));
        }
        Some(Value::String(text)) => turns.push(Turn {
            role: Role::User,
            text: text.clone(),
        }),
        Some(Value::Array(items)) if items.is_empty() => {
            return Err(Problem::Invalid("Each request needs some input".into()));
        }
        Some(Value::Array(items)) => {
            for (place, item) in items.iter().enumerate() {
                turns.push(turn(place, item)?);
            }
        }
        Some(_) => {
            return Err(Problem::Malformed(
                "input: data did not match any variant of untagged enum ModelInput".into(),
            ));
        }
    }
    Ok(turns)
}

fn turn(place: usize, item: &Value) -> Result<Turn, Problem> {
    let malformed = |what: &str| Problem::Malformed(format!("input[{place}]: {what}"));
    let role = match item.get("role").and_then(Value::as_str) {
        Some("system" | "developer") => Role::System,
        Some("user") => Role::User,
        Some("assistant") => Role::Assistant,
        Some(_) => return Err(malformed("unknown role")),
        None => return Err(malformed("missing field `role`")),
    };
    let text = match item.get("content") {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(parts)) => {
            let mut texts = Vec::new();
            for part in parts {
                let kind = part.get("type").and_then(Value::as_str);
                let text = part.get("text").and_then(Value::as_str);
                match (kind, text) {
                    (Some("input_text" | "output_text" | "text"), Some(text)) => texts.push(text),
                    _ => return Err(malformed("a content part is not text")),
                }
            }
            texts.join("\n")
        }
        _ => return Err(malformed("missing field `content`")),
    };
    Ok(Turn { role, text })
}

fn format(body: &Map<String, Value>) -> Result<Format, Problem> {
    let Some(format) = body.get("text").and_then(|text| text.get("format")) else {
        return Ok(Format::Text);
    };
    match format.get("type").and_then(Value::as_str) {
        Some("text") => Ok(Format::Text),
        Some("json_object") => Ok(Format::Object),
        Some("json_schema") => {
            let named = format.get("name").and_then(Value::as_str).is_some();
            let schema = format.get("schema").filter(|schema| schema.is_object());
            let (true, Some(schema)) = (named, schema) else {
                return Err(Problem::Malformed(
                    "text.format: a json_schema has a name and a schema".into(),
                ));
            };
            if format.get("strict") == Some(&Value::Bool(true))
                && let Some(reason) = schema::not_strict(schema)
            {
                return Err(Problem::Invalid(format!("Invalid JSON schema: {reason}")));
            }
            Ok(Format::Schema(schema.clone()))
        }
        _ => Err(Problem::Malformed("text.format: unknown type".into())),
    }
}

pub(super) fn write(ask: &Ask, written: &Written, ids: &mut Generator, now_ms: u64) -> Value {
    let id = random::uuid(ids);
    let status = if written.truncated {
        "incomplete"
    } else {
        "completed"
    };
    let mut output = Vec::new();
    if written.usage.reasoning > 0 {
        output.push(json!({
            "id": format!("rs_{id}"), "type": "reasoning", "summary": [], "status": "completed",
        }));
    }
    if let Some(text) = &written.text {
        let part = if written.refused {
            json!({ "type": "refusal", "refusal": text })
        } else {
            json!({ "type": "output_text", "text": text, "logprobs": null, "annotations": [] })
        };
        output.push(json!({
            "id": format!("msg_{id}"), "type": "message", "role": "assistant", "status": status, "content": [part],
        }));
    }
    let sent = |name: &str, without: Value| match ask.body.get(name) {
        Some(value) if !value.is_null() => value.clone(),
        _ => without,
    };
    let usage = written.usage;
    let [price_in, price_cached, price_out] = ask.model.ticks;
    let ticks = (usage.input - usage.cached.min(usage.input)) * price_in
        + usage.cached * price_cached
        + usage.output * price_out;
    json!({
        "id": id,
        "object": "response",
        "created_at": now_ms / 1_000,
        "completed_at": now_ms / 1_000,
        "status": status,
        "incomplete_details": written.truncated.then(|| json!({ "reason": "max_output_tokens" })),
        "error": null,
        "model": ask.model_id,
        "output": output,
        "background": false,
        "max_output_tokens": ask.max_tokens,
        "metadata": sent("metadata", json!({})),
        "parallel_tool_calls": true,
        "previous_response_id": null,
        "prompt_cache_key": ask.cache_key,
        "reasoning": { "effort": ask.effort, "summary": null },
        "service_tier": "default",
        // Stored for 30 days unless the request says otherwise.
        "store": sent("store", json!(true)),
        "temperature": sent("temperature", Value::Null),
        "text": sent("text", json!({ "format": { "type": "text" } })),
        "tool_choice": "auto",
        "tools": [],
        "top_p": sent("top_p", Value::Null),
        "user": sent("user", Value::Null),
        "usage": {
            "input_tokens": usage.input,
            "input_tokens_details": { "cached_tokens": usage.cached },
            "output_tokens": usage.output,
            "output_tokens_details": { "reasoning_tokens": usage.reasoning },
            "total_tokens": usage.input + usage.output,
            "num_sources_used": 0,
            "num_server_side_tools_used": 0,
            "cost_in_usd_ticks": ticks,
            "context_details": { "input_tokens": usage.input, "output_tokens": usage.output },
        },
    })
}

pub(super) fn refusal(problem: &Problem) -> (u16, Value) {
    const INVALID: &str = "Client specified an invalid argument";
    const EXHAUSTED: &str = "Some resource has been exhausted";
    let (status, code, error) = match problem {
        Problem::NoKey => (
            401,
            "The request does not have valid authentication credentials for the operation.",
            "No API key provided. Send it as `Authorization: Bearer <key>`; keys are made on https://console.x.ai."
                .to_owned(),
        ),
        Problem::WrongKey(masked) => (
            400,
            INVALID,
            format!("Incorrect API key provided: {masked}. You can obtain an API key from https://console.x.ai."),
        ),
        Problem::NoSuchPath => (404, "Some requested entity was not found", "Not Found".to_owned()),
        Problem::NoSuchModel(id) | Problem::Decommissioned(id) => (
            404,
            "Some requested entity was not found",
            format!(
                "The model {id} does not exist or your team 00000000-0000-4000-8000-000000000000 does not have access to it."
            ),
        ),
        Problem::Gone(id) => (410, "Gone", format!("The model {id} was retired.")),
        Problem::Invalid(what) => (400, "400", what.clone()),
        Problem::Malformed(what) => (
            422,
            "422",
            format!("Failed to deserialize the JSON body into the target type: {what}"),
        ),
        Problem::TooLong { most, tokens } => (
            400,
            "400",
            format!("This model's maximum prompt length is {most} but the request contains {tokens} tokens."),
        ),
        Problem::TooLarge => (413, "413", "The request body is too large.".to_owned()),
        Problem::TooManyRequests(_) => (
            429,
            EXHAUSTED,
            "Too many requests for this team and model; try again later.".to_owned(),
        ),
        Problem::SpendingLimit => (
            429,
            EXHAUSTED,
            "Your team 00000000-0000-4000-8000-000000000000 has either used all available credits or reached its \
             monthly spending limit."
                .to_owned(),
        ),
        Problem::ServerError => (500, "Internal error", "Internal error".to_owned()),
        Problem::Unavailable => (
            503,
            "The service is currently unavailable",
            "The model is temporarily unavailable.".to_owned(),
        ),
    };
    (status, json!({ "code": code, "error": error }))
}
