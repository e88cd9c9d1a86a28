//! `GET /api/v1/conversations/{conversation_id}/draft`: what Sofi would answer, for a person to decide.
//!
//! A conversation has one draft at most; a newer one takes its place. A person changes and approves what they have seen:
//! `rev` names the draft and its text. Uses GetItem on `routing` and `keys`, BatchGetItem on `tenant` and `keys`,
//! kms:Decrypt (purpose `data`).

pub(crate) mod approve;
pub(crate) mod discard;
pub(crate) mod edit;
mod hard_rules;

use app::{App, AppError, OrProblem, SealsJson, place};
use domain::ids::ConversationId;
use domain::message::Author;
use http::StatusCode;
use http_kit::{Answer, Problem};
use rules::identity;
use serde::Serialize;
use store::row::{ConversationRow, DraftRow, FanKeyRow};
use store::{Found, Row, TenantDb, keys};
use tenancy::{Reader, Reads, TenantScope};
use utoipa::ToSchema;
use vault::{FanKey, TenantKey};

/// Times that the fan's own doings may come in between.
const TRIES: usize = 6;

/// A reply of Sofi that waits for a person.
#[derive(Serialize, ToSchema)]
pub(crate) struct DraftOut {
    /// Its id. The message that is sent has the same one, and so has the trace.
    id: String,
    /// The text as it would be sent.
    text: String,
    /// When Sofi wrote it, RFC 3339 UTC.
    at: String,
    /// Telegram's number of the newest message that it answers.
    answers_message_id: String,
    /// The person who changed the text.
    edited_by: Option<String>,
    /// Send it back with a change or an approval, so that nobody decides about a text that they have not seen.
    rev: String,
}

impl DraftOut {
    fn new(found: &Found<DraftRow>, text: String) -> Self {
        let row = &found.row;
        Self {
            id: row.id.to_string(),
            text,
            at: row.at.rfc3339(),
            answers_message_id: row.answers.to_string(),
            edited_by: row.edited_by.map(|user| user.to_string()),
            rev: DraftRow::named(found),
        }
    }
}

/// Shows the draft that waits in a conversation.
#[utoipa::path(get, path = "/api/v1/conversations/{conversation_id}/draft",
    params(("conversation_id" = String, Path, description = "The conversation.")),
    responses((status = 200, description = "The draft.", body = DraftOut)))]
pub(crate) async fn show(
    app: &App,
    scope: TenantScope<Reader>,
    conversation: ConversationId,
) -> Answer {
    let key = app.tenant_key(&scope).await.or_problem()?;
    let db = app.store.within(&scope).or_problem()?;
    let waiting = load(&db, &key, conversation).await?;
    let draft = waiting.draft.ok_or(Problem::NotFound)?;
    let text = open_text(&waiting.fan_key, &draft.row).or_problem()?;
    http_kit::json(StatusCode::OK, &DraftOut::new(&draft, text))
}

/// A conversation and the draft in it.
struct Waiting {
    head: Found<ConversationRow>,
    draft: Option<Found<DraftRow>>,
    fan_key: FanKey,
}

async fn load<R: Reads>(
    db: &TenantDb<R>,
    key: &TenantKey,
    conversation: ConversationId,
) -> Result<Waiting, Problem> {
    let fan = key
        .peer_ids()
        .fan_of(conversation)
        .map_err(|_| Problem::NotFound)?;
    let mut reads = db.read_many();
    let head = reads.find::<ConversationRow>(&keys::conversation(conversation));
    let draft = reads.find::<DraftRow>(&keys::draft(conversation));
    let fan_key = reads.find::<FanKeyRow>(&keys::fan_key(fan));
    let found = reads.send().await.or_problem()?;
    let head = found.get(head).or_problem()?;
    // Without a key the fan was erased.
    let (Some(head), Some(wrapped)) = (head, found.get(fan_key).or_problem()?) else {
        return Err(Problem::NotFound);
    };
    Ok(Waiting {
        head,
        draft: found.get(draft).or_problem()?,
        fan_key: key.open_fan_key(fan, &wrapped.row.wrapped).or_problem()?,
    })
}

/// Whose words they are, `written` being what Sofi had written.
fn author(written: &str, text: &str) -> Author {
    match identity::is_still_ais(written, text) {
        true => Author::Ai,
        false => Author::Person,
    }
}

/// The draft that the person has seen, if it is still the one.
fn current(draft: Option<Found<DraftRow>>, seen: &str) -> Result<Found<DraftRow>, Problem> {
    draft
        .filter(|draft| DraftRow::named(draft) == seen)
        .ok_or_else(changed_meanwhile)
}

fn changed_meanwhile() -> Problem {
    let message =
        "This draft was changed, approved, discarded or replaced meanwhile. Load it again.";
    Problem::conflict("changed_meanwhile", message)
}

fn open_text(key: &FanKey, row: &DraftRow) -> Result<String, AppError> {
    key.open_json(&place::<DraftRow>(&row.key(), "text"), &row.text)
}

/// What Sofi wrote, before anybody changed it.
fn open_written(key: &FanKey, row: &DraftRow, text: &str) -> Result<String, AppError> {
    match &row.written {
        Some(written) => key.open_json(&place::<DraftRow>(&row.key(), "written"), written),
        None => Ok(text.to_owned()),
    }
}

/// The head when no draft waits any more.
fn without_draft(head: &ConversationRow) -> ConversationRow {
    ConversationRow {
        draft_since: None,
        ..head.clone()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use domain::ids::{BotId, MessageId};
    use domain::{Sealed, Timestamp};

    /// A draft in answer to message 7.
    pub(crate) fn draft(id: u8, rev: u64) -> Found<DraftRow> {
        let row = DraftRow {
            id: MessageId::from_bytes([id; 16]),
            conversation: ConversationId::from_bytes([1; 16]),
            bot: BotId::from_bytes([2; 16]),
            text: Sealed::default(),
            written: None,
            answers: 7,
            edited_by: None,
            discloses: false,
            at: Timestamp::from_seconds(100),
        };
        Found { row, rev }
    }

    fn code(found: Option<Found<DraftRow>>, seen: &str) -> &'static str {
        current(found, seen).map_or_else(|problem| problem.code(), |_| "goes on")
    }

    #[test]
    fn only_the_text_that_was_seen_is_decided_about() {
        let seen = DraftRow::named(&draft(1, 1));
        assert_eq!(code(Some(draft(1, 1)), &seen), "goes on");
        assert_eq!(code(Some(draft(1, 2)), &seen), "changed_meanwhile");
        assert_eq!(code(None, &seen), "changed_meanwhile");
    }

    #[test]
    fn a_new_draft_at_the_same_revision_is_another_one() {
        let seen = DraftRow::named(&draft(1, 1));
        assert_eq!(code(Some(draft(2, 1)), &seen), "changed_meanwhile");
    }

    #[test]
    fn a_draft_names_what_it_answers() {
        let shown = serde_json::to_value(DraftOut::new(&draft(1, 3), "hi".into())).expect("JSON");
        let id = draft(1, 3).row.id;
        let expected = serde_json::json!({
            "id": id.to_string(), "text": "hi", "at": "1970-01-01T00:01:40Z", "answers_message_id": "7",
            "edited_by": null, "rev": format!("{}.3", id.suffix()),
        });
        assert_eq!(shown, expected);
    }
}
