//! `GET /api/v1/sync`: what changed since a cursor, for open dashboards.
//!
//! Events say which conversation, fan or message to load again and carry no content. They are read over all shards at
//! once, some of them more than once: a writer's transaction may become visible a little after later ones, so the last
//! seconds are read again, and clients drop what they know by `id`. Never extends a session. Uses GetItem on `routing`
//! and `keys`, Query on `work`, for members who see some bots only BatchGetItem on `tenant`, kms:Decrypt (purpose `data`; the key that authenticates cursors).

mod position;

use app::{App, OrProblem};
use domain::ids::TenantId;
use futures::future::try_join_all;
use http::StatusCode;
use http_kit::{Answer, Cursors};
use serde::{Deserialize, Serialize};
use store::row::{ConversationRow, EventRow};
use store::{Direction, Page, Row, StoreError, TenantDb, keys};
use tenancy::{Reader, TenantScope};
use utoipa::{IntoParams, ToSchema};

use position::{Position, Reading};

/// Events read from one shard at once.
const MOST: usize = 200;

/// Since when.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct SyncQuery {
    /// `cursor` of the answer before; absent at the first call, which gives a cursor and no events.
    cursor: Option<String>,
}

/// Something that happened.
#[derive(Serialize, ToSchema)]
pub(crate) struct SyncEvent {
    /// Its id; the same event may come twice.
    id: String,
    /// What: `message.received`, `message.changed`, `message.queued`, `message.delivery`, `conversation.changed`,
    /// `draft.changed`, `budget.reached`, `notes.changed`, `fan.changed`. Ignore names that you do not know.
    event: String,
    /// In which conversation.
    conversation_id: String,
    /// The fan.
    fan_id: Option<String>,
    /// The message.
    message_id: Option<String>,
    /// When, RFC 3339 UTC.
    at: String,
}

impl From<EventRow> for SyncEvent {
    fn from(row: EventRow) -> Self {
        Self {
            id: row.unique,
            event: row.event,
            conversation_id: row.conversation.to_string(),
            fan_id: row.fan.map(|fan| fan.to_string()),
            message_id: row.message.map(|message| message.to_string()),
            at: row.at.rfc3339(),
        }
    }
}

/// What changed.
#[derive(Serialize, ToSchema)]
pub(crate) struct SyncOut {
    /// For the next call.
    cursor: String,
    /// Oldest first.
    events: Vec<SyncEvent>,
    /// Milliseconds to wait before the next call; zero when more is waiting.
    next_poll_ms: u32,
    /// The cursor given is unknown or older than seven days: load everything again and go on from the new one.
    reset: bool,
}

/// Tells what changed since a cursor.
#[utoipa::path(get, path = "/api/v1/sync", params(SyncQuery),
    responses((status = 200, description = "What changed.", body = SyncOut)))]
pub(crate) async fn handle(app: &App, scope: TenantScope<Reader>, query: SyncQuery) -> Answer {
    let now = app.clock.now();
    let key = app.tenant_key(&scope).await.or_problem()?;
    let cursors = Cursors::new(&key.cursor_key(), label(scope.tenant()));
    let known = cursors
        .open::<Position>(query.cursor.as_deref())
        .transpose();
    let reset = known
        .as_ref()
        .is_some_and(|known| !known.as_ref().is_ok_and(|position| position.is_usable(now)));
    let (position, rows) = match known {
        Some(Ok(position)) if !reset => {
            let db = app.store.within(&scope).or_problem()?;
            let (position, rows) = read(&db, position, now).await.or_problem()?;
            (position, in_sight(&db, &scope, rows).await.or_problem()?)
        }
        _ => (Position::starting(now), Vec::new()),
    };
    let cursor = cursors.seal(&position)?;
    let events = rows.into_iter().map(SyncEvent::from).collect();
    http_kit::json(
        StatusCode::OK,
        &SyncOut {
            cursor,
            events,
            next_poll_ms: position.next_poll_ms(now),
            reset,
        },
    )
}

fn label(tenant: TenantId) -> String {
    format!("{}/conversations.sync", tenant.suffix())
}

/// Events name conversations and not bots: whoever sees some bots only hears of conversations that are there for them.
async fn in_sight(
    db: &TenantDb<Reader>,
    scope: &TenantScope<Reader>,
    rows: Vec<EventRow>,
) -> Result<Vec<EventRow>, StoreError> {
    if scope.data().bots().is_none() {
        return Ok(rows);
    }
    let mut reads = db.read_many();
    let slots: Vec<_> = rows
        .iter()
        .map(|row| reads.find::<ConversationRow>(&keys::conversation(row.conversation)))
        .collect();
    let found = reads.send().await?;
    let mut seen = Vec::new();
    for (row, slot) in rows.into_iter().zip(slots) {
        if found.get(slot)?.is_some() {
            seen.push(row);
        }
    }
    Ok(seen)
}

async fn read(
    db: &TenantDb<Reader>,
    position: Position,
    now: domain::Timestamp,
) -> Result<(Position, Vec<EventRow>), StoreError> {
    let plan = position.plan(now);
    let shards = try_join_all(
        plan.readings()
            .map(|(shard, reading)| read_shard(db, shard, reading)),
    )
    .await?;
    let mut rows = Vec::new();
    let mut outcome = Vec::new();
    for (shard, full, found) in shards {
        let last = found.last().map(|row| (row.key().sk, row.at));
        outcome.push((shard, full, last));
        rows.extend(found);
    }
    rows.sort_by(|one, other| (one.at, &one.unique).cmp(&(other.at, &other.unique)));
    Ok((plan.after(&outcome), rows))
}

async fn read_shard(
    db: &TenantDb<Reader>,
    shard: usize,
    reading: &Reading,
) -> Result<(usize, bool, Vec<EventRow>), StoreError> {
    let pk = keys::events_of(u8::try_from(shard).unwrap_or(keys::SHARDS));
    let page = Page {
        pk: &pk,
        from: reading.from(),
        to: "~",
        direction: Direction::Forward,
        limit: MOST + 1,
    };
    let found = db.list::<EventRow>(&page).await?;
    let full = found.len() > MOST;
    let rows = found
        .into_iter()
        .map(|found| found.row)
        .filter(|row| reading.wants(&row.key().sk));
    Ok((shard, full, rows.collect()))
}
