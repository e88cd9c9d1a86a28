//! What has to be tried on each route, read from the list of routes and the API document: one field that is added there and
//! tried nowhere fails the test.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use tests::root;

use super::Route;

/// A route, such as `GET /api/v1/fans`, and what is tried on it.
pub(super) type Cell = (String, String);

/// What leads to nothing that belongs to anybody, wherever it stands.
const PLAIN: &[(&str, &[&str])] = &[
    (
        "words, numbers and choices",
        &[
            "acknowledged_at",
            "activate",
            "add",
            "adult_attested",
            "album",
            "allowed_handles",
            "allowed_hosts",
            "answer_within_hours",
            "ask",
            "at",
            "author",
            "columns",
            "confidence",
            "confirm",
            "content_kind",
            "csv",
            "current",
            "daily_cost_micro_usd",
            "daily_tokens",
            "days",
            "delivery",
            "done",
            "dry_run",
            "duration_seconds",
            "edit_as_of",
            "edited_at",
            "effective-directive",
            "email",
            "failure",
            "file_name",
            "first_name",
            "flow",
            "ground",
            "height",
            "how",
            "immediate_start_acknowledged",
            "interval",
            "kind",
            "language",
            "law",
            "length",
            "mime_type",
            "minutes",
            "mode",
            "name",
            "new",
            "note",
            "objected",
            "off",
            "offset",
            "password",
            "plan",
            "reactions",
            "reactions_as_of",
            "reason",
            "received_at",
            "remove",
            "rev",
            "rights",
            "role",
            "sensitive_facts",
            "sensitivity",
            "shortcut",
            "size",
            "skip_errors",
            "snoozed_until",
            "sofi",
            "stored",
            "tags",
            "take_over",
            "telegram_id",
            "terms_accepted",
            "text",
            "time_zone",
            "unread",
            "unsent_through",
            "until",
            "url",
            "vendors",
            "width",
            "workspace_name",
            "action",
            "from",
            "limit",
            "query",
            "tag",
            "to",
            "view",
            "year",
        ],
    ),
    ("public texts", &["document", "sha256", "version"]),
    (
        "numbers that count within the conversation or the bot of the request",
        &[
            "last_seen_message_id",
            "persona_version",
            "read_through_message_id",
            "reply_to",
            "reply_to_message_id",
            "source",
        ],
    ),
    (
        "Telegram's ids of files, which it opens to the bot that they were sent to",
        &["file_id", "file_unique_id"],
    ),
    (
        "digits that count with something else of the same request only",
        &["code", "telegram_bot_id"],
    ),
    (
        "what a passkey says, which counts with the challenge beside it only",
        &["credential"],
    ),
];

/// Single cells that are tried elsewhere, or cannot be tried.
const ELSEWHERE: &[(&str, &str, &str)] = &[
    (
        "POST /api/v1/bots",
        "body token",
        "Telegram's token, not ours",
    ),
    (
        "PUT /api/v1/bots/{bot_id}/token",
        "body token",
        "Telegram's token, not ours",
    ),
    (
        "POST /api/v1/fans/histories",
        "body messages[].message_id",
        "Telegram's number, which counts within the chat with the bot of the request",
    ),
];

/// Whether a field, however deep in a form, is of these.
fn is_plain(name: &str) -> bool {
    let own = name.rsplit('.').next().unwrap_or(name);
    PLAIN.iter().any(|(_, names)| names.contains(&own))
}

/// Everything that has to be tried.
pub(super) fn wanted(routes: &[Route]) -> BTreeSet<Cell> {
    let text =
        std::fs::read(root().join("infra/api/openapi.json")).expect("the document is committed");
    let document: Value = serde_json::from_slice(&text).expect("JSON");
    let mut cells = BTreeSet::new();
    for route in routes {
        let mut add = |column: String| cells.insert((route.name(), column));
        if matches!(route.access.as_str(), "session" | "person" | "staff") {
            for column in ["nobody", "revoked session", "expired token"] {
                add(column.to_owned());
            }
        }
        if route.access == "staff" {
            add("not of our staff".to_owned());
        }
        if route.access == "session" && route.minimum_role != "analyst" {
            add("lower role".to_owned());
        }
        for name in route
            .path
            .split('/')
            .filter_map(|part| part.strip_prefix('{'))
        {
            let name = name.trim_end_matches('}');
            if !is_plain(name) {
                add(format!("path {name}"));
            }
        }
        let method = route.method.as_str().to_lowercase();
        let operation = &document["paths"][&route.path][&method];
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let name = parameter["name"].as_str().unwrap_or_default();
            match parameter["in"].as_str() {
                Some("query") if name == "cursor" => add("cursor".to_owned()),
                Some("query") if !is_plain(name) => add(format!("query {name}")),
                Some("header") if name == "x-sofi-workspace" => add(format!("header {name}")),
                _ => false,
            };
        }
        let content = operation["requestBody"]["content"].as_object();
        for schema in content.into_iter().flat_map(|content| content.values()) {
            for name in fields(&document, &schema["schema"]) {
                if !is_plain(&name) {
                    add(format!("body {name}"));
                }
            }
        }
    }
    for (route, column, _) in ELSEWHERE {
        let cell = ((*route).to_owned(), (*column).to_owned());
        assert!(cells.remove(&cell), "{cell:?} is an exception from nothing");
    }
    cells
}

/// Names of the fields of a form that have no fields themselves, each behind those that it is in: `facts[].id`.
fn fields(document: &Value, schema: &Value) -> Vec<String> {
    if let Some(name) = schema["$ref"].as_str() {
        let pointer = name.strip_prefix('#').expect("a place in the document");
        return fields(document, document.pointer(pointer).expect("it is there"));
    }
    let mut names = Vec::new();
    for (name, schema) in schema["properties"].as_object().into_iter().flatten() {
        let inner = fields(document, schema);
        if inner.is_empty() {
            names.push(name.clone());
        }
        names.extend(inner.iter().map(|inner| within(name, inner)));
    }
    for (each, form) in [("[]", "items"), ("{}", "additionalProperties")] {
        let inner = schema.get(form).map(|form| fields(document, form));
        names.extend(inner.iter().flatten().map(|inner| within(each, inner)));
    }
    for part in ["allOf", "oneOf", "anyOf"] {
        for schema in schema[part].as_array().into_iter().flatten() {
            names.extend(fields(document, schema));
        }
    }
    names
}

/// The name of a field behind what it is in.
fn within(outer: &str, inner: &str) -> String {
    match inner.starts_with(['[', '{']) {
        true => format!("{outer}{inner}"),
        false => format!("{outer}.{inner}"),
    }
}

/// How much of what was wanted belongs to each kind of column.
pub(super) fn print(cells: &BTreeSet<Cell>) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, column) in cells {
        let kind = column.split(' ').next().unwrap_or_default();
        *counts.entry(kind).or_default() += 1;
    }
    println!("{} cells: {counts:?}", cells.len());
}
