//! The reads of a page: one round trip, and one more when somebody is assigned, and when something is queued.

use domain::Timestamp;
use domain::ids::{ConversationId, FanId, MessageId};
use futures::try_join;
use store::row::{
    ConversationRow, FanKeyRow, HoldRow, MemberRow, MessageRow, OutboxRow, QueuedRow,
};
use store::{Direction, LocalKey, Page, StoreError, TenantDb, keys};
use tenancy::Reader;

use super::page::Position;

/// Telegram's numbers have twelve digits in keys.
const LARGEST_NUMBER: i64 = 999_999_999_999;
/// Times have thirteen.
const END_OF_TIME: Timestamp = Timestamp::from_millis(9_999_999_999_999);
/// Queued messages shown at most; more than a person waits for.
const MOST_QUEUED: usize = 100;

/// Everything that a page is made of.
pub(super) struct Sources {
    pub(super) head: Option<ConversationRow>,
    pub(super) fan_key: Option<FanKeyRow>,
    pub(super) hold: Option<HoldRow>,
    /// The member whom it is assigned to.
    pub(super) assignee: Option<MemberRow>,
    pub(super) numbered: Vec<MessageRow>,
    pub(super) unsent: Vec<MessageRow>,
    pub(super) queued: Vec<QueuedRow>,
}

/// Reads head, key, hold and both sources of messages side by side; the queue on the first page only.
pub(super) async fn sources(
    db: &TenantDb<Reader>,
    conversation: ConversationId,
    fan: FanId,
    position: Option<&Position>,
    limit: usize,
) -> Result<Sources, StoreError> {
    let oldest = keys::message(conversation, 0);
    let newest = keys::message(conversation, LARGEST_NUMBER);
    let numbered = position.and_then(|position| position.numbered.as_deref());
    let first = keys::unsent(
        conversation,
        Timestamp::default(),
        MessageId::from_bytes([0; 16]),
    );
    let last = keys::unsent(conversation, END_OF_TIME, MessageId::from_bytes([0xff; 16]));
    let unsent = position.and_then(|position| position.unsent.as_deref());
    // One more than the page tells whether there is a next one; the last place of the page before comes again.
    let asked = limit + 2;
    let (heads, numbered, unsent, queued) = try_join!(
        heads(db, conversation, fan),
        newest_messages(db, &oldest, numbered.unwrap_or(&newest.sk), asked),
        newest_messages(db, &first, unsent.unwrap_or(&last.sk), asked),
        pointers(db, conversation, position.is_none()),
    )?;
    let Heads {
        head,
        fan_key,
        hold,
        assignee,
    } = heads;
    Ok(Sources {
        head,
        fan_key,
        hold,
        assignee,
        numbered,
        unsent,
        queued,
    })
}

struct Heads {
    head: Option<ConversationRow>,
    fan_key: Option<FanKeyRow>,
    hold: Option<HoldRow>,
    assignee: Option<MemberRow>,
}

async fn heads(
    db: &TenantDb<Reader>,
    conversation: ConversationId,
    fan: FanId,
) -> Result<Heads, StoreError> {
    let mut reads = db.read_many();
    let head = reads.find::<ConversationRow>(&keys::conversation(conversation));
    let key = reads.find::<FanKeyRow>(&keys::fan_key(fan));
    let hold = reads.find::<HoldRow>(&keys::hold(conversation));
    let found = reads.send().await?;
    let head = found.get(head)?.map(|found| found.row);
    Ok(Heads {
        fan_key: found.get(key)?.map(|found| found.row),
        hold: found.get(hold)?.map(|found| found.row),
        assignee: assignee(db, head.as_ref()).await?,
        head,
    })
}

async fn assignee(
    db: &TenantDb<Reader>,
    head: Option<&ConversationRow>,
) -> Result<Option<MemberRow>, StoreError> {
    let Some(user) = head.and_then(|head| head.assigned_to) else {
        return Ok(None);
    };
    let mut reads = db.read_many();
    let member = reads.find::<MemberRow>(&keys::member(user));
    let found = reads.send().await?;
    Ok(found.get(member)?.map(|found| found.row))
}

async fn newest_messages(
    db: &TenantDb<Reader>,
    from: &LocalKey,
    to: &str,
    limit: usize,
) -> Result<Vec<MessageRow>, StoreError> {
    let page = Page {
        pk: &from.pk,
        from: &from.sk,
        to,
        direction: Direction::Backward,
        limit,
    };
    Ok(db
        .list::<MessageRow>(&page)
        .await?
        .into_iter()
        .map(|found| found.row)
        .collect())
}

async fn pointers(
    db: &TenantDb<Reader>,
    conversation: ConversationId,
    wanted: bool,
) -> Result<Vec<QueuedRow>, StoreError> {
    if !wanted {
        return Ok(Vec::new());
    }
    let pk = keys::queued_of(conversation);
    let page = Page {
        pk: &pk,
        from: "0",
        to: "~",
        direction: Direction::Backward,
        limit: MOST_QUEUED,
    };
    Ok(db
        .list::<QueuedRow>(&page)
        .await?
        .into_iter()
        .map(|found| found.row)
        .collect())
}

/// The outbox rows behind the pointers, newest first. One that was settled meanwhile is left out: it comes as a stored
/// message with the next read, which its event announces.
pub(super) async fn queued(
    db: &TenantDb<Reader>,
    pointers: Vec<QueuedRow>,
) -> Result<Vec<OutboxRow>, StoreError> {
    let mut reads = db.read_many();
    let slots: Vec<_> = pointers
        .iter()
        .map(|pointer| reads.find::<OutboxRow>(&pointer.outbox_key()))
        .collect();
    let found = reads.send().await?;
    let mut rows = Vec::new();
    for slot in slots {
        rows.extend(found.get(slot)?.map(|found| found.row));
    }
    rows.sort_by_key(|row: &OutboxRow| std::cmp::Reverse((row.queued_at, row.id)));
    Ok(rows)
}
