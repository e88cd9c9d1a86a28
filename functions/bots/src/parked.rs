//! `GET /api/v1/bots/{bot_id}/parked-updates`

use app::{App, OrProblem};
use domain::ids::{BotId, ParkedId};
use http::StatusCode;
use http_kit::{Answer, Cursors, Limit, Problem};
use serde::{Deserialize, Serialize};
use store::row::ParkedRow;
use store::{Direction, Found, Page, keys};
use tenancy::{Reader, TenantScope};
use utoipa::{IntoParams, ToSchema};

use crate::bot;

/// Which part of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ParkedQuery {
    #[serde(default)]
    #[param(inline)]
    limit: Limit,
    /// Where the page before ended.
    cursor: Option<String>,
}

/// Updates that could not be processed. Their content is sealed and not shown; it can be replayed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ParkedPage {
    /// Newest first.
    parked_updates: Vec<ParkedOut>,
    /// For the next page; null at the end.
    next_cursor: Option<String>,
}

/// An update that could not be processed.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ParkedOut {
    /// Its id.
    id: String,
    /// Why: a stable code such as `unparsable`.
    reason: String,
    /// The kind of update, where one can be told.
    kind: Option<String>,
    /// The conversation, where one can be told.
    conversation_id: Option<String>,
    /// When it came, RFC 3339 UTC.
    received_at: String,
    /// Until when it is kept, RFC 3339 UTC.
    kept_until: String,
}

impl From<&ParkedRow> for ParkedOut {
    fn from(row: &ParkedRow) -> Self {
        Self {
            id: row.id.to_string(),
            reason: row.reason.clone(),
            kind: row.update_kind.clone(),
            conversation_id: row.conversation.map(|id| id.to_string()),
            received_at: row.received_at.rfc3339(),
            kept_until: row.until.rfc3339(),
        }
    }
}

/// Lists what could not be processed.
#[utoipa::path(get, path = "/api/v1/bots/{bot_id}/parked-updates", operation_id = "list_parked_updates", tag = "bots",
    params(("bot_id" = String, Path, description = "The bot."), ParkedQuery),
    responses((status = 200, description = "One page.", body = ParkedPage)))]
pub(crate) async fn handle(
    app: &App,
    scope: &TenantScope<Reader>,
    id: BotId,
    query: &ParkedQuery,
) -> Answer {
    let db = app.store.within(scope).or_problem()?;
    bot::find(&db, id).await?;
    let before = match query.cursor.as_deref() {
        None => None,
        cursor => cursors(app, scope, id).await?.open::<ParkedId>(cursor)?,
    };
    let (first, last) = (
        keys::parked(id, ParkedId::from_bytes([0; 16])),
        keys::parked(id, before.unwrap_or(ParkedId::from_bytes([255; 16]))),
    );
    // One more than asked tells whether there is a next page, and one more is the entry where this page begins.
    let page = Page {
        pk: &first.pk,
        from: &first.sk,
        to: &last.sk,
        direction: Direction::Backward,
        limit: query.limit.get() + 2,
    };
    let found = Box::pin(db.list::<ParkedRow>(&page)).await.or_problem()?;
    let (entries, next) = cut(found, before, query.limit.get());
    let next_cursor = match next {
        Some(next) => Some(cursors(app, scope, id).await?.seal(&next)?),
        None => None,
    };
    http_kit::json(
        StatusCode::OK,
        &ParkedPage {
            parked_updates: entries.iter().map(ParkedOut::from).collect(),
            next_cursor,
        },
    )
}

/// The page's entries, and the last of them if there are more.
fn cut(
    found: Vec<Found<ParkedRow>>,
    before: Option<ParkedId>,
    limit: usize,
) -> (Vec<ParkedRow>, Option<ParkedId>) {
    let mut rows: Vec<_> = found
        .into_iter()
        .map(|found| found.row)
        .filter(|row| Some(row.id) != before)
        .collect();
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|row| row.id);
    (rows, next)
}

/// Needed only where a list is longer than a page.
async fn cursors(app: &App, scope: &TenantScope<Reader>, bot: BotId) -> Result<Cursors, Problem> {
    let key = Box::pin(app.tenant_key(scope)).await.or_problem()?;
    let label = format!("{}/bots.parked/{bot}", scope.tenant());
    Ok(Cursors::new(&key.cursor_key(), label))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Sealed, Timestamp};

    fn row(byte: u8) -> Found<ParkedRow> {
        let row = ParkedRow {
            id: ParkedId::from_bytes([byte; 16]),
            bot: BotId::from_bytes([1; 16]),
            conversation: None,
            reason: "unparsable".into(),
            update_kind: None,
            raw: Sealed::from_bytes(vec![1]),
            received_at: Timestamp::from_seconds(1),
            until: Timestamp::from_seconds(2),
        };
        Found { row, rev: 1 }
    }

    fn ids(rows: &[ParkedRow]) -> Vec<u8> {
        rows.iter().map(|row| row.id.to_bytes()[0]).collect()
    }

    #[test]
    fn a_page_begins_after_the_entry_where_the_last_one_ended() {
        let (rows, next) = cut(vec![row(9), row(8), row(7)], None, 1);
        assert_eq!(
            (ids(&rows), next),
            (vec![9], Some(ParkedId::from_bytes([9; 16])))
        );
        let (rows, next) = cut(vec![row(9), row(8), row(7)], next, 1);
        assert_eq!(
            (ids(&rows), next),
            (vec![8], Some(ParkedId::from_bytes([8; 16])))
        );
        let (rows, next) = cut(vec![row(8), row(7)], next, 1);
        assert_eq!((ids(&rows), next), (vec![7], None));
    }

    #[test]
    fn a_shown_entry_holds_no_content() {
        let shown = serde_json::to_value(ParkedOut::from(&row(1).row)).expect("JSON");
        let names: Vec<_> = shown
            .as_object()
            .expect("an object")
            .keys()
            .map(String::as_str)
            .collect();
        assert_eq!(
            names,
            [
                "conversation_id",
                "id",
                "kept_until",
                "kind",
                "reason",
                "received_at"
            ]
        );
    }
}
