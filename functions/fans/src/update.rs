//! `PATCH /api/v1/fans/{fan_id}`: tags and note.
//!
//! Uses GetItem on `routing` and `keys`, BatchGetItem on `tenant` and `keys`, Query and PutItem on `tenant`, PutItem on
//! `work` and `audit`, kms:Decrypt (purpose `data`), sqs:SendMessage on `audit`.

use app::{App, AppError, AuditEntry, Event, IntoProblem, OrProblem, SealsJson, event_row, place};
use domain::audit::Action;
use domain::ids::FanId;
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Patch, Problem, Validate};
use serde::{Deserialize, Serialize};
use store::row::FanRow;
use store::{Row, StoreError, TenantDb};
use tenancy::{Chatter, TenantScope};
use utoipa::ToSchema;
use vault::FanKey;

use crate::load::{self, Loaded};
use crate::out::{FanOut, rev};

const MOST_TAGS: usize = 50;
const LONGEST_TAG: usize = 40;
const LONGEST_NOTE: usize = 4_000;
/// Times that the fan's own doings may come in between.
const TRIES: usize = 6;

/// What changes about a fan. What is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FanUpdate {
    /// All tags from now on: at most 50, each of 1 to 40 characters. Blanks around them go; the same tag twice is one.
    #[serde(default)]
    #[schema(value_type = Option<Vec<String>>)]
    tags: Patch<Vec<String>>,
    /// The note from now on, at most 4,000 characters; `null` removes it.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    note: Patch<String>,
    /// `rev` of the fan as it was shown. With it, an edit over somebody else's is refused as `changed_meanwhile`.
    #[serde(default)]
    rev: Option<String>,
}

impl Validate for FanUpdate {
    fn validate(&self, errors: &mut FieldErrors) {
        let tags = self.tags.value().map(Vec::as_slice).unwrap_or_default();
        if tags.len() > MOST_TAGS {
            errors.add("tags", "too_many", "A fan has at most 50 tags.");
        }
        errors.nested("tags", |errors| {
            for (index, tag) in tags.iter().enumerate() {
                if let Some((code, message)) = wrong_tag(tag) {
                    errors.add(&index.to_string(), code, message);
                }
            }
        });
        if self
            .note
            .value()
            .is_some_and(|note| note.chars().count() > LONGEST_NOTE)
        {
            errors.add("note", "too_long", "A note has at most 4,000 characters.");
        }
    }
}

fn wrong_tag(tag: &str) -> Option<(&'static str, &'static str)> {
    let tag = normal_tag(tag);
    match tag.chars().count() {
        0 => Some(("required", "A tag needs a name.")),
        1..=LONGEST_TAG if tag.chars().any(char::is_control) => {
            Some(("invalid_value", "A tag is plain text."))
        }
        1..=LONGEST_TAG => None,
        _ => Some(("too_long", "A tag has at most 40 characters.")),
    }
}

/// No blanks around, single ones inside.
fn normal_tag(tag: &str) -> String {
    tag.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// In the given order; of tags that differ in case only, the first stays.
fn normal_tags(tags: &[String]) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for tag in tags.iter().map(|tag| normal_tag(tag)) {
        if !kept
            .iter()
            .any(|known| known.to_lowercase() == tag.to_lowercase())
        {
            kept.push(tag);
        }
    }
    kept
}

/// Changes tags and note of a fan.
#[utoipa::path(patch, path = "/api/v1/fans/{fan_id}", params(("fan_id" = String, Path, description = "The fan.")),
    request_body = FanUpdate, responses((status = 200, description = "The fan as it is now.", body = FanOut)))]
pub(crate) async fn handle(
    app: &App,
    scope: TenantScope<Chatter>,
    fan: FanId,
    input: FanUpdate,
) -> Answer {
    let key = app.tenant_key(&scope).await.or_problem()?;
    let db = app.store.within(&scope).or_problem()?;
    for _ in 0..TRIES {
        let mut loaded = load::fan(&db, scope.data(), &key, fan).await?;
        let expected = input.rev.as_deref();
        if expected.is_some_and(|expected| expected != rev(&loaded.fan.row)) {
            return Err(Problem::conflict(
                "changed_meanwhile",
                "Somebody changed this fan meanwhile. Load it again and repeat.",
            ));
        }
        let was = noted(&loaded).or_problem()?;
        loaded.fan.row = changed(app, &loaded, &input).or_problem()?;
        let entry = app
            .audit(&scope, Action::FanChange, fan)
            .values(&loaded.key, Some(&was), Some(&noted(&loaded).or_problem()?))
            .or_problem()?;
        match Box::pin(store(app, &db, &loaded, &entry)).await {
            Ok(()) => {
                app.ring_audit(&scope).await;
                return http_kit::json(StatusCode::OK, &FanOut::open(&loaded).or_problem()?);
            }
            Err(error) if error.is_race() => {}
            Err(error) => return Err(error.into_problem()),
        }
    }
    Err(StoreError::Contention.into_problem())
}

/// Tags and note for the audit log.
fn noted(loaded: &Loaded) -> Result<Noted, AppError> {
    let row = &loaded.fan.row;
    let key = row.key();
    let open = |sealed| {
        let place = place::<FanRow>(&key, "note");
        loaded.key.open_json(&place, sealed)
    };
    Ok(Noted {
        tags: row.tags.clone(),
        note: row.note.as_ref().map(open).transpose()?,
    })
}

/// What a person can change about a fan. Prints nothing.
#[derive(Serialize)]
struct Noted {
    tags: Vec<String>,
    note: Option<String>,
}

fn changed(app: &App, loaded: &Loaded, input: &FanUpdate) -> Result<FanRow, AppError> {
    let mut row = loaded.fan.row.clone();
    match &input.tags {
        Patch::Absent => {}
        Patch::Null => row.tags = Vec::new(),
        Patch::Value(tags) => row.tags = normal_tags(tags),
    }
    match &input.note {
        Patch::Absent => {}
        Patch::Value(note) if !note.trim().is_empty() => {
            let key = row.key();
            row.note = Some(loaded.key.seal_json(
                &place::<FanRow>(&key, "note"),
                note,
                app.entropy.as_ref(),
            )?);
        }
        // A note of blanks is no note.
        Patch::Null | Patch::Value(_) => row.note = None,
    }
    Ok(row)
}

async fn store(
    app: &App,
    db: &TenantDb<Chatter>,
    loaded: &Loaded,
    entry: &AuditEntry<'_, FanKey>,
) -> Result<(), StoreError> {
    let row = &loaded.fan.row;
    let mut transaction = db.transaction();
    transaction.replace(row, loaded.fan.rev);
    entry.write(&mut transaction);
    // Events are found by conversation; one tells every open dashboard.
    if let Some((head, _)) = loaded.conversations.first() {
        transaction.create(&event_row(
            app,
            app.clock.now(),
            Event::FanChanged,
            head.id,
            Some(row.id),
            None,
        ));
    }
    transaction.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(body: serde_json::Value) -> Vec<(String, String)> {
        let input: FanUpdate = serde_json::from_value(body).expect("an input");
        let mut errors = FieldErrors::new();
        input.validate(&mut errors);
        match errors.finish() {
            Err(Problem::Invalid(errors)) => errors
                .into_iter()
                .map(|error| (error.field, error.code.into_owned()))
                .collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn tags_are_trimmed_and_unique_in_their_order() {
        let tags = [" VIP ", "vip", "big  spender", "São Paulo"].map(str::to_owned);
        assert_eq!(normal_tags(&tags), ["VIP", "big spender", "São Paulo"]);
    }

    #[test]
    fn each_wrong_tag_is_named() {
        let body = serde_json::json!({ "tags": ["ok", " ", "x".repeat(41), "a\u{0}b"], "note": "n".repeat(4_001) });
        let expected = [
            ("tags.1", "required"),
            ("tags.2", "too_long"),
            ("tags.3", "invalid_value"),
            ("note", "too_long"),
        ];
        assert_eq!(
            fields(body),
            expected.map(|(field, code)| (field.to_owned(), code.to_owned()))
        );
    }

    #[test]
    fn the_limits_themselves_are_allowed() {
        let tags: Vec<_> = (0..50).map(|number| format!("{number:040}")).collect();
        assert!(fields(serde_json::json!({ "tags": tags, "note": "é".repeat(4_000) })).is_empty());
        let tags: Vec<_> = (0..51).map(|number| number.to_string()).collect();
        assert_eq!(
            fields(serde_json::json!({ "tags": tags })),
            [("tags".to_owned(), "too_many".to_owned())]
        );
    }

    #[test]
    fn a_misspelt_field_is_refused() {
        assert!(serde_json::from_value::<FanUpdate>(serde_json::json!({ "tag": [] })).is_err());
    }
}
