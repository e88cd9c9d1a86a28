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
            "accepted",
            "acknowledged_at",
            "activate",
            "add",
            "adult_attested",
            "allowed_handles",
            "allowed_hosts",
            "answer_within_hours",
            "ask",
            "columns",
            "confidence",
            "confirm",
            "csp-report",
            "csv",
            "current",
            "daily_cost_micro_usd",
            "daily_tokens",
            "days",
            "done",
            "dry_run",
            "email",
            "facts",
            "first_name",
            "flow",
            "ground",
            "how",
            "immediate_start_acknowledged",
            "interval",
            "language",
            "law",
            "messages",
            "minutes",
            "mode",
            "name",
            "new",
            "note",
            "notes",
            "objected",
            "off",
            "password",
            "plan",
            "quiet_hours",
            "reason",
            "received_at",
            "remove",
            "rev",
            "rights",
            "role",
            "sensitive_facts",
            "sensitivity",
            "shortcut",
            "skip_errors",
            "snoozed_until",
            "sofi",
            "stored",
            "tags",
            "take_over",
            "telegram_id",
            "terms_accepted",
            "text",
            "unread",
            "unsent_through",
            "vendors",
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
        "numbers that count within the conversation or the bot of the path",
        &[
            "last_seen_message_id",
            "persona_version",
            "read_through_message_id",
            "reply_to_message_id",
        ],
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
        "POST /api/v1/sessions/current/proofs",
        "body passkey",
        "passkeys.rs: a_passkey_is_its_owners_alone",
    ),
];

fn is_plain(name: &str) -> bool {
    PLAIN.iter().any(|(_, names)| names.contains(&name))
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

/// Names of the fields of a form.
fn fields(document: &Value, schema: &Value) -> Vec<String> {
    if let Some(name) = schema["$ref"].as_str() {
        let pointer = name.strip_prefix('#').expect("a place in the document");
        return fields(document, document.pointer(pointer).expect("it is there"));
    }
    let own = schema["properties"]
        .as_object()
        .into_iter()
        .flat_map(|all| all.keys());
    let mut names: Vec<String> = own.cloned().collect();
    for part in ["allOf", "oneOf", "anyOf"] {
        for schema in schema[part].as_array().into_iter().flatten() {
            names.extend(fields(document, schema));
        }
    }
    names
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
