//! `GET /api/v1/conversations/{conversation_id}/notes`: newest first.
//!
//! Uses GetItem on `routing` and `keys`, BatchGetItem on `tenant` and `keys`, Query on `tenant`, kms:Decrypt (purpose
//! `data`).

use app::{App, OrProblem};
use domain::ids::{ConversationId, FanId};
use futures::try_join;
use http::StatusCode;
use http_kit::{Answer, Cursor, CursorKey, Limit, Problem};
use serde::{Deserialize, Serialize};
use store::row::{ConversationRow, FanKeyRow, NoteRow};
use store::{Direction, Page, Row, StoreError, TenantDb, keys};
use tenancy::{Reader, TenantScope};
use utoipa::{IntoParams, ToSchema};

use super::NoteOut;

/// Which page.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct NotesQuery {
    #[serde(default)]
    #[param(inline)]
    limit: Limit,
    /// `next_cursor` of the page before: what is older follows.
    cursor: Option<String>,
}

/// A page of private notes.
#[derive(Serialize, ToSchema)]
pub(crate) struct NotePage {
    /// Newest first.
    notes: Vec<NoteOut>,
    /// Where older notes begin; absent at the end.
    next_cursor: Option<String>,
}

/// Lists the private notes of a conversation, newest first.
#[utoipa::path(get, path = "/api/v1/conversations/{conversation_id}/notes",
    params(("conversation_id" = String, Path, description = "The conversation."), NotesQuery),
    responses((status = 200, description = "A page of notes.", body = NotePage)))]
pub(crate) async fn handle(
    app: &App,
    scope: TenantScope<Reader>,
    conversation: ConversationId,
    query: NotesQuery,
) -> Answer {
    let key = app.tenant_key(&scope).await.or_problem()?;
    let fan = key
        .peer_ids()
        .fan_of(conversation)
        .map_err(|_| Problem::NotFound)?;
    let cursors = CursorKey::new(&key.cursor_key());
    let label = format!(
        "{}/conversations.notes/{}",
        scope.tenant().suffix(),
        conversation.suffix()
    );
    let before: Option<String> = match &query.cursor {
        Some(cursor) => Some(Cursor::open(&cursors, &label, cursor)?),
        None => None,
    };
    let db = app.store.within(&scope).or_problem()?;
    let limit = query.limit.get();
    let (wrapped, rows) = try_join!(
        wrapped(&db, conversation, fan),
        // One more tells whether there are older ones; the last one given comes again.
        notes(&db, conversation, before.as_deref(), limit + 2)
    )
    .or_problem()?;
    let fan_key = key.open_fan_key(fan, &wrapped.ok_or(Problem::NotFound)?.wrapped);
    let fan_key = fan_key.or_problem()?;
    let (rows, next) = cut(rows, before.as_deref(), limit);
    let next_cursor = match &next {
        Some(position) => Some(Cursor::seal(&cursors, &label, position)?),
        None => None,
    };
    let notes = rows
        .iter()
        .map(|row| NoteOut::open(&fan_key, row))
        .collect::<Result<_, _>>();
    let notes = notes.or_problem()?;
    http_kit::json(StatusCode::OK, &NotePage { notes, next_cursor })
}

/// The fan's key, where the conversation is there and within sight.
async fn wrapped(
    db: &TenantDb<Reader>,
    conversation: ConversationId,
    fan: FanId,
) -> Result<Option<FanKeyRow>, StoreError> {
    let mut reads = db.read_many();
    let head = reads.find::<ConversationRow>(&keys::conversation(conversation));
    let key = reads.find::<FanKeyRow>(&keys::fan_key(fan));
    let found = reads.send().await?;
    let key = found.get(key)?.map(|found| found.row);
    Ok(found.get(head)?.and(key))
}

async fn notes(
    db: &TenantDb<Reader>,
    conversation: ConversationId,
    before: Option<&str>,
    limit: usize,
) -> Result<Vec<NoteRow>, StoreError> {
    let pk = keys::conversation(conversation).pk;
    let last = format!("{}~", keys::NOTE);
    let page = Page {
        pk: &pk,
        from: keys::NOTE,
        to: before.unwrap_or(&last),
        direction: Direction::Backward,
        limit,
    };
    let found = db.list::<NoteRow>(&page).await?;
    Ok(found.into_iter().map(|found| found.row).collect())
}

/// The page, and where the next one begins.
fn cut(
    mut rows: Vec<NoteRow>,
    before: Option<&str>,
    limit: usize,
) -> (Vec<NoteRow>, Option<String>) {
    rows.retain(|row| before.is_none_or(|before| row.key().sk.as_str() < before));
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|row| row.key().sk);
    (rows, next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::NoteId;
    use domain::{Sealed, Timestamp};

    fn rows(newest: u8) -> Vec<NoteRow> {
        let row = |byte| NoteRow {
            id: NoteId::from_bytes([byte; 16]),
            conversation: ConversationId::from_bytes([1; 16]),
            author: None,
            text: Sealed::default(),
            at: Timestamp::default(),
        };
        (1..=newest).rev().map(row).collect()
    }

    #[test]
    fn pages_give_every_note_once() {
        let (mut seen, mut before) = (Vec::new(), None::<String>);
        loop {
            let mut asked = rows(7);
            asked.retain(|row| before.as_ref().is_none_or(|before| row.key().sk <= *before));
            asked.truncate(3 + 2);
            let (page, next) = cut(asked, before.as_deref(), 3);
            seen.extend(page);
            match next {
                Some(next) => before = Some(next),
                None => break,
            }
        }
        assert_eq!(seen, rows(7));
    }
}
