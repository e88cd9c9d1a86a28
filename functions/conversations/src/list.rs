//! `GET /api/v1/conversations`: the inbox, newest activity first, merged over its shards.
//!
//! Uses GetItem on `routing` and `keys`, Query on the list index of `tenant`, BatchGetItem on `tenant`, `work` and `keys`,
//! kms:Decrypt (purpose `data`). A page costs one read for the keys of its fans, under which the cards are sealed, who has
//! taken over where, and who of the assigned is still of the team.

mod merge;

use std::collections::BTreeSet;

use app::{App, AppError, OrProblem};
use domain::Timestamp;
use domain::ids::{BotId, TenantId, UserId};
use futures::future::try_join_all;
use http::StatusCode;
use http_kit::{Answer, Cursors, Limit, Problem};
use serde::{Deserialize, Serialize};
use store::row::{ConversationRow, FanKeyRow, HoldRow, MemberRow};
use store::{Direction, Page, Row, StoreError, TenantDb, keys};
use tenancy::{Reader, TenantScope};
use utoipa::{IntoParams, ToSchema};
use vault::{FanKey, TenantKey};

use crate::entry::{ConversationEntry, listed_card};
use merge::{Cut, Entry, Shard};

/// Rows read from each shard at once when a filter leaves some out.
const FILTERED_CHUNK: usize = 100;
/// Times that a filter may read on for one page; a page may then be short and still have a cursor.
const ROUNDS: usize = 4;

/// Which conversations.
#[derive(Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum View {
    /// Every one.
    #[default]
    All,
    /// Where the fan waits for an answer.
    Unanswered,
    /// Where a person was asked for.
    NeedsPerson,
    /// Where a draft of Sofi waits.
    Drafts,
    /// Where the fan may be in distress, put away or not.
    Care,
    /// Where a message to the fan failed, or may not have arrived, and nobody has dealt with that; put away or not.
    Unsent,
    /// What is neither snoozed nor done. The views above but `all`, and `unread` and `mine`, show open ones only.
    Open,
    /// Where the fan has written what nobody has marked as read.
    Unread,
    /// What waits for its moment.
    Snoozed,
    /// What is assigned to the caller.
    Mine,
    /// What is dealt with.
    Done,
}

/// Which page of which list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListQuery {
    #[serde(default)]
    #[param(inline)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Which conversations.
    #[serde(default)]
    #[param(inline)]
    view: View,
    /// Those of one bot only.
    #[param(value_type = Option<String>)]
    bot: Option<BotId>,
}

/// Who asks, and when.
#[derive(Clone, Copy)]
struct Asks {
    me: Option<UserId>,
    now: Timestamp,
}

impl ListQuery {
    /// A cursor is good for the list it came from only.
    fn label(&self, tenant: TenantId, asks: Asks) -> String {
        let view = match self.view {
            View::All => "all",
            View::Unanswered => "unanswered",
            View::NeedsPerson => "needs_person",
            View::Drafts => "drafts",
            View::Care => "care",
            View::Unsent => "unsent",
            View::Open => "open",
            View::Unread => "unread",
            View::Snoozed => "snoozed",
            View::Mine => "mine",
            View::Done => "done",
        };
        let bot = self.bot.map(|bot| bot.suffix()).unwrap_or_default();
        let whose = asks.me.filter(|_| self.view == View::Mine);
        let whose = whose.map(|user| user.suffix()).unwrap_or_default();
        format!(
            "{}/conversations.list/{view}/{bot}/{whose}",
            tenant.suffix()
        )
    }

    fn filters(&self) -> bool {
        self.view != View::All || self.bot.is_some()
    }

    fn admits(&self, row: &ConversationRow, asks: Asks) -> bool {
        let open = row.is_open(asks.now);
        let view = match self.view {
            View::All => true,
            View::Unanswered => open && row.unanswered > 0,
            View::NeedsPerson => open && row.needs_person_since.is_some(),
            View::Drafts => open && row.draft_since.is_some(),
            View::Care => row.care_at > Timestamp::default(),
            View::Unsent => row.unsent_at.is_some(),
            View::Open => open,
            View::Unread => open && row.unread > 0,
            View::Snoozed => row.is_asleep(asks.now),
            View::Mine => open && asks.me.is_some() && row.assigned_to == asks.me,
            View::Done => row.done_at.is_some(),
        };
        view && self.bot.is_none_or(|bot| row.bot == bot)
    }
}

/// A page of the inbox.
#[derive(Serialize, ToSchema)]
pub(crate) struct ConversationPage {
    /// Newest activity first. With a filter a page may have fewer entries than asked for.
    conversations: Vec<ConversationEntry>,
    /// Where the next page begins; absent at the end of the list.
    next_cursor: Option<String>,
}

/// Lists conversations, newest activity first.
#[utoipa::path(get, path = "/api/v1/conversations", params(ListQuery),
    responses((status = 200, description = "A page of the inbox.", body = ConversationPage)))]
pub(crate) async fn handle(app: &App, scope: TenantScope<Reader>, query: ListQuery) -> Answer {
    let key = app.tenant_key(&scope).await.or_problem()?;
    let asks = Asks {
        me: scope.actor(),
        now: app.clock.now(),
    };
    let cursors = Cursors::new(&key.cursor_key(), query.label(scope.tenant(), asks));
    let after = cursors.open::<String>(query.cursor.as_deref())?;
    let db = app.store.within(&scope).or_problem()?;
    let cut = collect(&db, &query, asks, after).await?;
    let next_cursor = cursors.next(cut.next().as_ref())?;
    let rows = cut.into_rows();
    let beside = beside(&db, &key, &rows).await.or_problem()?;
    let conversations = beside.entries(&rows).or_problem()?;
    http_kit::json(
        StatusCode::OK,
        &ConversationPage {
            conversations,
            next_cursor,
        },
    )
}

async fn collect(
    db: &TenantDb<Reader>,
    query: &ListQuery,
    asks: Asks,
    after: Option<String>,
) -> Result<Cut<ConversationRow>, Problem> {
    let limit = query.limit.get();
    let (asked, rounds) = if query.filters() {
        (FILTERED_CHUNK, ROUNDS)
    } else {
        (limit + 2, 1)
    };
    let mut cut = Cut::new(limit, after);
    for _ in 0..rounds {
        let reads = (0..keys::SHARDS).map(|shard| read_shard(db, shard, cut.position(), asked));
        let shards = try_join_all(reads).await.or_problem()?;
        cut.take(shards, |row| query.admits(row, asks));
        if cut.is_finished() {
            break;
        }
    }
    Ok(cut)
}

/// What a page needs beside its rows.
struct Beside {
    /// Of each row its fan's key, while there is one.
    own: Vec<Option<FanKey>>,
    /// Of each row who has taken over.
    holds: Vec<Option<HoldRow>>,
    /// The members whom they are assigned to.
    team: Vec<MemberRow>,
}

impl Beside {
    /// What each row shows.
    fn entries(&self, rows: &[ConversationRow]) -> Result<Vec<ConversationEntry>, AppError> {
        let rows = rows.iter().zip(&self.own).zip(&self.holds);
        rows.map(|((row, own), hold)| {
            let card = listed_card(own.as_ref(), row)?;
            Ok(ConversationEntry::new(row, card, hold.as_ref(), &self.team))
        })
        .collect()
    }
}

/// Keys of fans, who has taken over, and whom it is assigned to, side by side. A page is at most a hundred rows: one call for
/// fifty of them, and one more when it is full and much of it assigned.
async fn beside(
    db: &TenantDb<Reader>,
    key: &TenantKey,
    rows: &[ConversationRow],
) -> Result<Beside, AppError> {
    let mut reads = db.read_many();
    let slots: Vec<_> = rows
        .iter()
        .map(|row| {
            let own = reads.find::<FanKeyRow>(&keys::fan_key(row.fan));
            (row.fan, own, reads.find::<HoldRow>(&keys::hold(row.id)))
        })
        .collect();
    let assigned: BTreeSet<UserId> = rows.iter().filter_map(|row| row.assigned_to).collect();
    let members: Vec<_> = assigned
        .into_iter()
        .map(|user| reads.find::<MemberRow>(&keys::member(user)))
        .collect();
    let found = reads.send().await?;
    let (mut opened, mut holds, mut team) = (Vec::new(), Vec::new(), Vec::new());
    for (fan, own, hold) in slots {
        let wrapped = found.get(own)?;
        let own = wrapped.map(|wrapped| key.open_fan_key(fan, &wrapped.row.wrapped));
        opened.push(own.transpose()?);
        holds.push(found.get(hold)?.map(|found| found.row));
    }
    for slot in members {
        team.extend(found.get(slot)?.map(|found| found.row));
    }
    Ok(Beside {
        own: opened,
        holds,
        team,
    })
}

async fn read_shard(
    db: &TenantDb<Reader>,
    shard: u8,
    position: Option<&str>,
    asked: usize,
) -> Result<Shard<ConversationRow>, StoreError> {
    // Sort keys begin with digits; the position itself was given already and is left out by the merge.
    let to = position.unwrap_or("~");
    let pk = keys::inbox_shard(shard);
    let page = Page {
        pk: &pk,
        from: "0",
        to,
        direction: Direction::Backward,
        limit: asked,
    };
    let found = db.list_index::<ConversationRow>(&page).await?;
    let full = found.len() >= asked;
    let entries = found.into_iter().map(|found| found.row).map(|row| Entry {
        position: position_of(&row),
        row,
    });
    Ok(Shard {
        entries: entries.collect(),
        full,
    })
}

fn position_of(row: &ConversationRow) -> String {
    row.list_key().map(|key| key.sk).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(text: &str) -> Result<ListQuery, Problem> {
        http_kit::query(
            &format!("/api/v1/conversations?{text}")
                .parse()
                .expect("an address"),
        )
    }

    fn asks(seconds: i64) -> Asks {
        Asks {
            me: Some(UserId::from_bytes([9; 16])),
            now: Timestamp::from_seconds(seconds),
        }
    }

    #[test]
    fn a_cursor_is_bound_to_tenant_view_and_bot() {
        let (one, other) = (TenantId::from_bytes([1; 16]), TenantId::from_bytes([2; 16]));
        let bot = BotId::from_bytes([3; 16]);
        let plain = query("").expect("valid");
        let labels = [
            plain.label(one, asks(1)),
            plain.label(other, asks(1)),
            query("view=unanswered").expect("valid").label(one, asks(1)),
            query("view=needs_person")
                .expect("valid")
                .label(one, asks(1)),
            query("view=drafts").expect("valid").label(one, asks(1)),
            query("view=care").expect("valid").label(one, asks(1)),
            query("view=unsent").expect("valid").label(one, asks(1)),
            query("view=mine").expect("valid").label(one, asks(1)),
            query(&format!("bot={bot}"))
                .expect("valid")
                .label(one, asks(1)),
        ];
        for (index, label) in labels.iter().enumerate() {
            assert!(!labels[..index].contains(label), "{label}");
        }
    }

    #[test]
    fn views_of_drafts_and_care_show_nothing_else() {
        let plain = crate::entry::tests::head();
        let drafted = ConversationRow {
            draft_since: Some(Timestamp::from_seconds(1)),
            ..plain.clone()
        };
        let care = ConversationRow {
            care_at: Timestamp::from_seconds(1),
            ..plain.clone()
        };
        let rows = [plain, drafted, care];
        let admitted = |text: &str| {
            let query = query(text).expect("valid");
            rows.each_ref().map(|row| query.admits(row, asks(10)))
        };
        assert_eq!(admitted("view=drafts"), [false, true, false]);
        assert_eq!(admitted("view=care"), [false, false, true]);
        assert_eq!(admitted("view=all"), [true, true, true]);
    }

    #[test]
    fn what_did_not_arrive_is_shown_until_somebody_dealt_with_it_even_where_all_is_done() {
        let done = ConversationRow {
            unsent_at: Some(Timestamp::from_seconds(1)),
            done_at: Some(Timestamp::from_seconds(2)),
            ..crate::entry::tests::head()
        };
        let query = query("view=unsent").expect("valid");
        assert!(query.admits(&done, asks(10)));
        assert!(!query.admits(&crate::entry::tests::head(), asks(10)));
    }

    #[test]
    fn what_is_put_away_is_in_no_working_view_until_it_wakes() {
        let me = UserId::from_bytes([9; 16]);
        let waiting = ConversationRow {
            unread: 1,
            unanswered: 1,
            needs_person_since: Some(Timestamp::from_seconds(1)),
            assigned_to: Some(me),
            ..crate::entry::tests::head()
        };
        let asleep = ConversationRow {
            snoozed_until: Some(Timestamp::from_seconds(20)),
            ..waiting.clone()
        };
        let done = ConversationRow {
            done_at: Some(Timestamp::from_seconds(2)),
            ..waiting.clone()
        };
        let rows = [waiting, asleep, done];
        let admitted = |view: &str, seconds| {
            let query = query(&format!("view={view}")).expect("valid");
            rows.each_ref().map(|row| query.admits(row, asks(seconds)))
        };
        for view in ["open", "unread", "mine", "needs_person", "unanswered"] {
            assert_eq!(admitted(view, 10), [true, false, false], "{view}");
            assert_eq!(admitted(view, 20), [true, true, false], "{view}");
        }
        assert_eq!(admitted("snoozed", 19), [false, true, false]);
        assert_eq!(admitted("snoozed", 20), [false; 3]);
        assert_eq!(admitted("done", 10), [false, false, true]);
        assert_eq!(admitted("all", 10), [true; 3]);
    }

    #[test]
    fn wrong_parameters_are_refused() {
        for text in [
            "view=everything",
            "bot=fan_1",
            "limit=0",
            "limit=101",
            "sort=name",
        ] {
            assert!(matches!(query(text), Err(Problem::Invalid(_))), "{text}");
        }
    }
}
