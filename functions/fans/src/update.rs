//! `PATCH /api/v1/fans/{fan_id}`: tags and note.
//!
//! Uses GetItem on `routing` and `keys`, BatchGetItem on `tenant` and `keys`, Query, PutItem and DeleteItem on `tenant`,
//! PutItem on `work` and `audit`, kms:Decrypt (purpose `data`), sqs:SendMessage on `audit`.

use app::{App, AppError, FanLists, IntoProblem, OrProblem, SealsJson, place};
use domain::audit::Action;
use domain::ids::FanId;
use futures::try_join;
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Patch, Problem, Validate};
use serde::Deserialize;
use store::row::FanRow;
use store::{Row, StoreError, TenantDb};
use tenancy::{Chatter, TenantScope};
use utoipa::ToSchema;
use vault::TenantKey;

use crate::load::{self, Loaded};
use crate::note::{Noted, tell};
use crate::out::{FanOut, rev};
use crate::tags::{self, Change, Names, normal_tags, step, sweep, wrong_tag};

/// Characters of a note.
pub(crate) const LONGEST_NOTE: usize = 4_000;
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
        if tags.len() > tags::MOST {
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
    let desk = Desk {
        app,
        scope: &scope,
        db: &db,
        key: &key,
        lists: FanLists::of(&key),
    };
    let loaded = desk.change(fan, &input).await?;
    app.ring_audit(&scope).await;
    http_kit::json(StatusCode::OK, &FanOut::open(&loaded).or_problem()?)
}

/// What a change needs besides the fan.
struct Desk<'a> {
    app: &'a App,
    scope: &'a TenantScope<Chatter>,
    db: &'a TenantDb<Chatter>,
    key: &'a TenantKey,
    lists: FanLists,
}

impl Desk<'_> {
    /// Changes the fan, and gives it as it is then. More tags than one transaction takes arrive in two steps.
    async fn change(&self, fan: FanId, input: &FanUpdate) -> Result<Loaded, Problem> {
        let tags = normal_tags(input.tags.value().map(Vec::as_slice).unwrap_or_default());
        let mut expected = input.rev.as_deref();
        let mut taken = Vec::new();
        for _ in 0..TRIES {
            let names = async { Names::read(self.db, &self.lists, &tags).await.or_problem() };
            let loaded = load::fan(self.db, self.scope.data(), self.key, fan);
            let (mut loaded, names) = try_join!(loaded, names)?;
            let (was, had) = (loaded.fan.row.clone(), loaded.tags.clone());
            if expected.is_some_and(|expected| expected != rev(&was, &had)) {
                return Err(Problem::conflict(
                    "changed_meanwhile",
                    "Somebody changed this fan meanwhile. Load it again and repeat.",
                ));
            }
            let spelled = names.spelled(self.key, &self.lists, &tags).or_problem()?;
            let whole = edit(self.app, &mut loaded, input, &spelled).or_problem()?;
            let change = Change::between(&had, &loaded.tags);
            match Box::pin(self.store(&was, &loaded, &names, &change)).await {
                Ok(()) => expected = None,
                Err(AppError::Store(error)) if error.is_race() => continue,
                Err(error) => return Err(error.into_problem()),
            }
            taken.extend(change.removed);
            if whole {
                sweep(self.db, &self.lists, &taken).await;
                return Ok(loaded);
            }
        }
        Err(StoreError::Contention.into_problem())
    }

    async fn store(
        &self,
        was: &FanRow,
        loaded: &Loaded,
        names: &Names,
        change: &Change,
    ) -> Result<(), AppError> {
        let row = &loaded.fan.row;
        let (old, new) = (Noted::of(was, &loaded.key)?, Noted::of(row, &loaded.key)?);
        let entry = self
            .app
            .audit(self.scope, Action::FanChange, row.id)
            .values(&loaded.key, Some(&old), Some(&new))?;
        let mut transaction = self.db.transaction();
        transaction.replace(row, loaded.fan.rev);
        change.relist(&mut transaction, &self.lists, row);
        let given = &change.added;
        names.write(self.app, self.key, &self.lists, &mut transaction, given)?;
        let newest = loaded.conversations.first().map(|(head, _)| head.id);
        tell(self.app, &mut transaction, row, newest, &entry);
        Ok(transaction.commit().await?)
    }
}

/// Changes the fan, or as much of it as one transaction takes; and whether that is all.
fn edit(
    app: &App,
    loaded: &mut Loaded,
    input: &FanUpdate,
    tags: &[String],
) -> Result<bool, AppError> {
    let row = &mut loaded.fan.row;
    let wanted = match input.tags {
        Patch::Absent => loaded.tags.clone(),
        Patch::Null | Patch::Value(_) => tags.to_vec(),
    };
    loaded.tags = step(&loaded.tags, &wanted);
    row.tags = app.seal_tags(&loaded.key, row.id, &loaded.tags)?;
    if loaded.tags != wanted {
        return Ok(false);
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
    Ok(true)
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
