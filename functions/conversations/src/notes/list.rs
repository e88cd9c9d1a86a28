//! `GET /api/v1/conversations/{conversation_id}/notes`: newest first.
//!
//! Uses GetItem on `routing` and `keys`, BatchGetItem on `tenant` and `keys`, Query on `tenant`, kms:Decrypt (purpose
//! `data`).

use app::{App, OrProblem};
use domain::ids::{ConversationId, FanId};
use futures::try_join;
use http::StatusCode;
use http_kit::{Answer, Cursors, Limit, Problem};
use serde::{Deserialize, Serialize};
use store::row::{ConversationRow, FanKeyRow, NoteRow};
use store::{BESIDE_A_PAGE, Direction, Found, Page, StoreError, TenantDb, cut, keys};
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
    let label = format!(
        "{}/conversations.notes/{}",
        scope.tenant().suffix(),
        conversation.suffix()
    );
    let cursors = Cursors::new(&key.cursor_key(), label);
    let before = cursors.open::<String>(query.cursor.as_deref())?;
    let (before, limit) = (before.as_deref(), query.limit.get());
    let db = app.store.within(&scope).or_problem()?;
    let (wrapped, found) = try_join!(
        wrapped(&db, conversation, fan),
        notes(&db, conversation, before, limit + BESIDE_A_PAGE)
    )
    .or_problem()?;
    let fan_key = key.open_fan_key(fan, &wrapped.ok_or(Problem::NotFound)?.wrapped);
    let fan_key = fan_key.or_problem()?;
    let (found, next) = cut(found, before, limit);
    let next_cursor = cursors.next(next.as_ref())?;
    let notes = found
        .iter()
        .map(|found| NoteOut::open(&fan_key, &found.row))
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
) -> Result<Vec<Found<NoteRow>>, StoreError> {
    let pk = keys::conversation(conversation).pk;
    let last = format!("{}~", keys::NOTE);
    let page = Page {
        pk: &pk,
        from: keys::NOTE,
        to: before.unwrap_or(&last),
        direction: Direction::Backward,
        limit,
    };
    db.list(&page).await
}
