//! `POST /api/v1/fans/histories`: brings in what an export says of fans in their chats with one bot (decision 0042).
//!
//! History only: nothing is sent, answered, alerted or unread because of it. Each fan is judged and written by itself.
//! Uses GetItem on `routing` and `keys`, BatchGetItem on `tenant` and `keys`, Query, ConditionCheckItem and PutItem on
//! `tenant`, PutItem on `work` and `audit`, kms:Decrypt (purpose `data`), sqs:SendMessage on `audit`.

mod desk;
mod head;
mod rows;
mod told;

use app::{App, OrProblem};
use domain::ids::BotId;
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Problem, Validate};
use serde::{Deserialize, Serialize};
use store::row::BotRow;
use store::{TenantDb, keys};
use tenancy::{Manager, TenantScope};
use utoipa::ToSchema;

use desk::{Desk, Outcome};
use told::{ToldFact, ToldMessage, ToldNote};

/// Records in one call, of all kinds together: all of them are written while the caller waits.
const MOST_RECORDS: usize = 200;

/// What a file says of fans in their chats with one bot: records of an export, each with the fan's number instead of ids.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ImportHistory {
    /// The bot here.
    #[schema(value_type = String)]
    bot_id: BotId,
    /// The number by which Telegram knows the bot of the file. It has to be the same bot: messages are numbered by bot.
    telegram_bot_id: String,
    /// Messages, in their order. With notes and facts at most 200 in one call.
    #[serde(default)]
    #[schema(max_items = 200)]
    messages: Vec<ToldMessage>,
    /// Private notes.
    #[serde(default)]
    #[schema(max_items = 200)]
    notes: Vec<ToldNote>,
    /// What Sofi remembers.
    #[serde(default)]
    #[schema(max_items = 200)]
    facts: Vec<ToldFact>,
    /// Only look what would become of each record. Unless told otherwise, that is all.
    #[serde(default = "crate::import::yes")]
    dry_run: bool,
}

impl Validate for ImportHistory {
    fn validate(&self, errors: &mut FieldErrors) {
        match self.messages.len() + self.notes.len() + self.facts.len() {
            0 => errors.add("messages", "required", "There is nothing to bring in."),
            1..=MOST_RECORDS => {}
            _ => errors.add(
                "messages",
                "too_many",
                "At most 200 records in one call: send them in parts.",
            ),
        }
    }
}

/// Why nothing was brought in of a fan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum HistoryRefusal {
    /// The person was erased; what is older does not come back.
    Erased,
    /// The fan's data is only kept.
    Restricted,
    /// With these facts Sofi would remember more than 60.
    TooManyFacts,
    /// There is no such fan: people come first.
    UnknownFan,
}

/// A fan of whom nothing was brought in.
#[derive(Serialize, ToSchema)]
pub(crate) struct RefusedHistory {
    /// The number by which Telegram knows the fan.
    telegram_id: String,
    /// Why.
    reason: HistoryRefusal,
}

/// What became of the records, or would.
#[derive(Default, Serialize, ToSchema)]
pub(crate) struct ImportedHistory {
    /// Whether anything was written; false after a look.
    written: bool,
    /// Records that were not here.
    created: usize,
    /// Records that were, which stay as they are, and facts whose time is over.
    unchanged: usize,
    /// Records of fans of whom nothing was brought in.
    refused: usize,
    /// Those fans.
    refusals: Vec<RefusedHistory>,
}

impl ImportedHistory {
    fn count(&mut self, user: i64, outcome: &Outcome) {
        self.created += outcome.created;
        self.unchanged += outcome.unchanged;
        self.refused += outcome.refused;
        self.refusals
            .extend(outcome.refusal.map(|reason| RefusedHistory {
                telegram_id: user.to_string(),
                reason,
            }));
    }
}

/// Brings in messages, private notes and facts of an export, into the chats of the same bot. The fans have to be here. The same
/// records again change nothing. Looks only, unless `dry_run` is false. 409 `another_bot` where the file is of another bot's chats.
#[utoipa::path(post, path = "/api/v1/fans/histories", request_body = ImportHistory,
    responses((status = 200, description = "What became of the records, or would.", body = ImportedHistory)))]
pub(crate) async fn handle(app: &App, scope: TenantScope<Manager>, input: ImportHistory) -> Answer {
    let key = app.tenant_key(&scope).await.or_problem()?;
    let db = app.store.within(&scope).or_problem()?;
    let bot = same_bot(&db, input.bot_id, &input.telegram_bot_id).await?;
    let now = app.clock.now();
    let fans = told::read(input.messages, input.notes, input.facts, now)?;
    let desk = Desk {
        app,
        scope: &scope,
        db: &db,
        key: &key,
        bot,
    };
    let mut done = ImportedHistory::default();
    for (user, told) in &fans {
        let outcome = match input.dry_run {
            true => Box::pin(desk.judge(*user, told)).await.or_problem()?,
            false => Box::pin(desk.import(*user, told)).await.or_problem()?,
        };
        done.count(*user, &outcome);
    }
    done.written = !input.dry_run && done.created > 0;
    if done.written {
        app.ring_audit(&scope).await;
    }
    http_kit::json(StatusCode::OK, &done)
}

/// The bot, if it is the one of the file: with another one imported and new messages would have the same numbers.
async fn same_bot(db: &TenantDb<Manager>, bot: BotId, number: &str) -> Result<BotId, Problem> {
    let mut read = db.read_many();
    let slot = read.find::<BotRow>(&keys::bot(bot));
    let found = Box::pin(read.send()).await.or_problem()?;
    let found = found.get(slot).or_problem()?.ok_or(Problem::NotFound)?;
    match found.row.telegram_id.to_string() == number {
        true => Ok(bot),
        false => Err(Problem::conflict(
            "another_bot",
            "These chats were with another bot. Connect that one here first: messages are numbered by bot.",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn input(records: &Value) -> serde_json::Result<ImportHistory> {
        let bot = BotId::from_bytes([1; 16]);
        let mut body = json!({ "bot_id": bot, "telegram_bot_id": "7" });
        for (field, value) in records.as_object().expect("fields") {
            body[field] = value.clone();
        }
        serde_json::from_value(body)
    }

    fn note(number: usize) -> Value {
        json!({ "telegram_id": "71", "id": number.to_string(), "text": "a", "at": "2026-11-01T00:00:00Z" })
    }

    fn is_refused(input: &ImportHistory) -> bool {
        let mut errors = FieldErrors::new();
        input.validate(&mut errors);
        !errors.is_empty()
    }

    #[test]
    fn a_call_has_between_one_and_two_hundred_records() {
        let notes = |many: usize| json!({ "notes": (0..many).map(note).collect::<Vec<_>>() });
        assert!(is_refused(&input(&notes(0)).expect("an input")));
        assert!(!is_refused(&input(&notes(200)).expect("an input")));
        assert!(is_refused(&input(&notes(201)).expect("an input")));
    }

    #[test]
    fn records_are_only_looked_at_unless_told_otherwise() {
        assert!(input(&json!({})).expect("an input").dry_run);
        assert!(input(&json!({ "sent_by": "me" })).is_err());
    }
}
