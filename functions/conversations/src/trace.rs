//! `GET /api/v1/conversations/{conversation_id}/messages/{message_id}/trace`: how a reply of Sofi came about.
//!
//! A reply, its draft and its trace have the same id. There is no text in a trace, so it costs no keys. Uses GetItem on
//! `routing` and `tenant`.

use app::{App, OrProblem};
use domain::ids::{ConversationId, MessageId};
use domain::sofi::{TurnEnd, VendorName};
use http::StatusCode;
use http_kit::{Answer, Problem};
use serde::Serialize;
use store::keys;
use store::row::TraceRow;
use tenancy::{Reader, TenantScope};
use utoipa::ToSchema;

/// Tokens that were counted.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct TraceTokens {
    /// Of the prompt.
    input: i64,
    /// Those of the prompt that the vendor had cached.
    cached: i64,
    /// Of the answer.
    output: i64,
}

/// How one turn of Sofi went.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct TraceOut {
    /// How it ended.
    end: TurnEnd,
    /// Why, as a stable code.
    reason: Option<String>,
    /// The version of the persona in the prompt; absent without a persona.
    persona_version: Option<u32>,
    /// Version of the hard rules and fixed texts.
    rules_version: String,
    /// Rules that were run.
    rules_run: Vec<String>,
    /// Rules that changed or stopped the text.
    rules_hit: Vec<String>,
    /// Facts about the fan that stood in the prompt.
    fact_ids: Vec<String>,
    /// Who wrote the text; absent for fixed texts.
    vendor: Option<VendorName>,
    /// The vendor's model.
    model: Option<String>,
    /// Every vendor that was asked, with the outcome.
    asked: Vec<String>,
    /// What was counted.
    tokens: TraceTokens,
    /// What it cost, in millionths of a US dollar.
    cost_micro_usd: i64,
    /// From asking to the answer, in milliseconds.
    latency_ms: i64,
    /// Whether the vendor said that it keeps nothing; absent when it said nothing about it.
    zero_retention: Option<bool>,
    /// Tries, counting those that were cut off.
    attempts: u32,
    /// When it ended, RFC 3339 UTC.
    at: String,
}

impl From<TraceRow> for TraceOut {
    fn from(row: TraceRow) -> Self {
        Self {
            end: row.end,
            reason: row.reason.filter(|reason| !reason.is_empty()),
            persona_version: row.persona,
            rules_version: row.rules_version,
            rules_run: row.rules_run,
            rules_hit: row.rules_hit,
            fact_ids: row.facts.iter().map(ToString::to_string).collect(),
            vendor: row.vendor,
            model: row.model,
            asked: row.asked,
            tokens: TraceTokens {
                input: row.input_tokens,
                cached: row.cached_tokens,
                output: row.output_tokens,
            },
            cost_micro_usd: row.cost,
            latency_ms: row.latency_ms,
            zero_retention: row.zero_retention,
            attempts: row.attempts,
            at: row.at.rfc3339(),
        }
    }
}

/// Tells how a reply or draft of Sofi came about.
#[utoipa::path(get, path = "/api/v1/conversations/{conversation_id}/messages/{message_id}/trace",
    params(("conversation_id" = String, Path, description = "The conversation."),
        ("message_id" = String, Path, description = "The message or draft.")),
    responses((status = 200, description = "How it came about.", body = TraceOut)))]
pub(crate) async fn handle(
    app: &App,
    scope: TenantScope<Reader>,
    conversation: ConversationId,
    message: MessageId,
) -> Answer {
    let db = app.store.within(&scope).or_problem()?;
    let found = db
        .find::<TraceRow>(&keys::trace(conversation, message))
        .await
        .or_problem()?;
    let row = found.ok_or(Problem::NotFound)?.row;
    http_kit::json(StatusCode::OK, &TraceOut::from(row))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Timestamp;
    use domain::ids::{BotId, FactId};

    #[test]
    fn a_trace_shows_what_it_took_and_no_bot() {
        let fact = FactId::from_bytes([4; 16]);
        let row = TraceRow {
            id: MessageId::from_bytes([1; 16]),
            conversation: ConversationId::from_bytes([2; 16]),
            bot: BotId::from_bytes([3; 16]),
            end: TurnEnd::Drafted,
            reason: Some(String::new()),
            persona: Some(2),
            rules_version: "2026-11-27".into(),
            rules_run: vec!["o01".into()],
            rules_hit: Vec::new(),
            facts: vec![fact],
            vendor: Some(VendorName::Groq),
            model: Some("a-model".into()),
            asked: vec!["xai:timeout".into(), "groq:ok".into()],
            input_tokens: 900,
            cached_tokens: 400,
            output_tokens: 30,
            cost: 57,
            latency_ms: 812,
            zero_retention: Some(true),
            attempts: 1,
            set_aside: 0,
            at: Timestamp::from_seconds(60),
        };
        let shown = serde_json::to_value(TraceOut::from(row)).expect("JSON");
        let expected = serde_json::json!({
            "end": "drafted", "reason": null, "persona_version": 2, "rules_version": "2026-11-27",
            "rules_run": ["o01"], "rules_hit": [], "fact_ids": [fact.to_string()], "vendor": "groq", "model": "a-model",
            "asked": ["xai:timeout", "groq:ok"], "tokens": { "input": 900, "cached": 400, "output": 30 },
            "cost_micro_usd": 57, "latency_ms": 812, "zero_retention": true, "attempts": 1, "at": "1970-01-01T00:01:00Z",
        });
        assert_eq!(shown, expected);
    }
}
