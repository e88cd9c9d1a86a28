//! `POST /api/v1/fans/imports`: brings in people from a file of another tool (decision 0034).
//!
//! The file is read, judged and written within the call and kept nowhere. Every row is judged before the first is written.
//! Uses GetItem on `routing`, GetItem, BatchGetItem and PutItem on `keys`, BatchGetItem, ConditionCheckItem and PutItem on
//! `tenant`, PutItem on `work` and `audit`, kms:Decrypt (purpose `data`), sqs:SendMessage on `audit`.

mod desk;
mod sheet;

use std::collections::BTreeMap;

use app::{App, AppError, FanLists, OrProblem};
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Validate};
use serde::{Deserialize, Serialize};
use tenancy::{Manager, TenantScope};
use utoipa::ToSchema;

use desk::{Desk, Outcome, plan};
use sheet::{ImportColumn, ImportError, ImportPreview, Person, Sheet};

use crate::held::HeldFan;

/// A file of people, and what its columns hold.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ImportFans {
    /// The file: UTF-8, cells parted by commas and quoted as RFC 4180 has it, headings in the first row, at most 200 rows below.
    /// A longer file goes in parts, each with the headings.
    csv: String,
    /// What the columns hold, by their headings. One of them has to be `telegram_id`; columns that are not named are left out.
    columns: BTreeMap<String, ImportColumn>,
    /// Only look what would become of each row. Unless told otherwise, that is all.
    #[serde(default = "yes")]
    dry_run: bool,
    /// Leave out rows that are wrong. Otherwise one wrong row keeps all of them out.
    #[serde(default)]
    skip_errors: bool,
}

pub(crate) const fn yes() -> bool {
    true
}

impl Validate for ImportFans {
    fn validate(&self, errors: &mut FieldErrors) {
        if self.csv.trim().is_empty() {
            errors.add("csv", "required", "There is nothing in the file.");
        }
        let mut named: Vec<_> = self.columns.values().collect();
        if !named.contains(&&ImportColumn::TelegramId) {
            let message = "Say which column holds the numbers by which Telegram knows people.";
            errors.add("columns", "required", message);
        }
        named.sort_unstable();
        if named.windows(2).any(|pair| pair[0] == pair[1]) {
            let message = "Two columns cannot hold the same.";
            errors.add("columns", "invalid_value", message);
        }
    }
}

/// What became of a file, or would.
#[derive(Serialize, ToSchema)]
pub(crate) struct ImportedFans {
    /// Whether rows were written; false after a look, and where a wrong row kept all of them out.
    written: bool,
    /// Rows below the headings that have anything in them.
    rows: usize,
    /// People who were not known here.
    created: usize,
    /// Fans who got tags that they had not, or a note where they had none. What Telegram says of them stays.
    changed: usize,
    /// Fans of whom the file says nothing new.
    unchanged: usize,
    /// Rows that are wrong, in at least one way.
    wrong: usize,
    /// Everything that is wrong with them, by row.
    errors: Vec<ImportError>,
    /// The first five rows that are right, as they are understood.
    preview: Vec<ImportPreview>,
}

impl ImportedFans {
    fn of(sheet: &Sheet) -> Self {
        let people = sheet.people.iter();
        Self {
            written: false,
            rows: sheet.rows,
            created: 0,
            changed: 0,
            unchanged: 0,
            wrong: 0,
            errors: sheet.errors.clone(),
            preview: people.take(5).map(ImportPreview::of).collect(),
        }
    }

    fn count(&mut self, sheet: &Sheet, person: &Person, outcome: Outcome) {
        match outcome {
            Outcome::Created => self.created += 1,
            Outcome::Changed => self.changed += 1,
            Outcome::Unchanged => self.unchanged += 1,
            Outcome::Refused(column, code, message) => {
                let error = sheet.error(person.row, column, code, message);
                self.errors.push(error);
            }
        }
    }

    /// Puts what is wrong in the order of the file.
    fn finished(mut self) -> Self {
        self.errors.sort_by_key(ImportError::row);
        let mut rows: Vec<_> = self.errors.iter().map(ImportError::row).collect();
        rows.dedup();
        self.wrong = rows.len();
        self
    }
}

/// Brings in people from a file of another tool: names, tags and a note for each number by which Telegram knows somebody. The
/// same file again changes nothing. Looks only, unless `dry_run` is false; then nothing is written if a row is wrong and
/// `skip_errors` is not set.
#[utoipa::path(post, path = "/api/v1/fans/imports", request_body = ImportFans,
    responses((status = 200, description = "What became of the rows, or would.", body = ImportedFans)))]
pub(crate) async fn handle(app: &App, scope: TenantScope<Manager>, input: ImportFans) -> Answer {
    let sheet = Sheet::read(&input.csv, &input.columns)?;
    let key = app.tenant_key(&scope).await.or_problem()?;
    let db = app.store.within(&scope).or_problem()?;
    let lists = FanLists::of(&key);
    let desk = Desk {
        app,
        scope: &scope,
        db: &db,
        key: &key,
        lists: &lists,
    };
    let held = desk.look(&sheet.people).await.or_problem()?;
    let seen = judged(&sheet, &held);
    if input.dry_run || (!seen.errors.is_empty() && !input.skip_errors) {
        return http_kit::json(StatusCode::OK, &seen.finished());
    }
    let done = write(&desk, &sheet, held).await.or_problem()?;
    app.ring_audit(&scope).await;
    http_kit::json(StatusCode::OK, &done.finished())
}

/// What would become of each row.
fn judged(sheet: &Sheet, held: &[HeldFan]) -> ImportedFans {
    let mut seen = ImportedFans::of(sheet);
    for (person, held) in sheet.people.iter().zip(held) {
        seen.count(sheet, person, plan(person, held).outcome());
    }
    seen
}

/// Writes row by row. Where the database ends it, what was written stays; the same call again does the rest.
async fn write(
    desk: &Desk<'_>,
    sheet: &Sheet,
    held: Vec<HeldFan>,
) -> Result<ImportedFans, AppError> {
    let mut done = ImportedFans::of(sheet);
    for (person, held) in sheet.people.iter().zip(held) {
        let outcome = desk.import(person, held).await?;
        done.count(sheet, person, outcome);
    }
    done.written = done.created + done.changed > 0;
    Ok(done)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_kit::Problem;

    fn wrong(body: serde_json::Value) -> Vec<(String, String)> {
        let input: ImportFans = serde_json::from_value(body).expect("an input");
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
    fn a_file_has_one_column_of_telegrams_numbers_and_no_two_of_a_kind() {
        let file =
            |columns: serde_json::Value| serde_json::json!({ "csv": "a", "columns": columns });
        assert_eq!(wrong(file(serde_json::json!({ "id": "telegram_id" }))), []);
        let field = |code: &str| vec![("columns".to_owned(), code.to_owned())];
        let none = file(serde_json::json!({ "x": "note" }));
        assert_eq!(wrong(none), field("required"));
        let twice = file(serde_json::json!({ "a": "telegram_id", "b": "note", "c": "note" }));
        assert_eq!(wrong(twice), field("invalid_value"));
    }

    #[test]
    fn a_file_is_only_looked_at_unless_told_otherwise() {
        let body = serde_json::json!({ "csv": "id", "columns": { "id": "telegram_id" } });
        let input: ImportFans = serde_json::from_value(body).expect("an input");
        assert!(input.dry_run && !input.skip_errors);
        let unknown = serde_json::json!({ "csv": "id", "columns": { "id": "phone" } });
        assert!(serde_json::from_value::<ImportFans>(unknown).is_err());
    }
}
