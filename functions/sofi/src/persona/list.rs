//! `GET /api/v1/bots/{bot_id}/personas`
//!
//! Uses GetItem on `routing` and `keys`, BatchGetItem and Query on `tenant`, kms:Decrypt (purpose `data`).

use app::{App, OrProblem};
use domain::ids::BotId;
use http::StatusCode;
use http_kit::{Answer, Cursors, Limit};
use serde::{Deserialize, Serialize};
use store::row::PersonaRow;
use store::{Direction, Found, Page, keys};
use tenancy::{Reader, TenantScope};
use utoipa::{IntoParams, ToSchema};

use super::PersonaOut;
use crate::desk;

/// The largest number that a key holds in its order.
const MOST_VERSIONS: u32 = 999_999;

/// Which part of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct PersonaQuery {
    #[serde(default)]
    #[param(inline)]
    limit: Limit,
    /// Where the page before ended.
    cursor: Option<String>,
}

/// Versions of a bot's persona.
#[derive(Serialize, ToSchema)]
pub(crate) struct PersonaPage {
    /// Newest first.
    personas: Vec<PersonaOut>,
    /// For the next page; null at the end.
    next_cursor: Option<String>,
}

/// Lists the versions of a bot's persona.
#[utoipa::path(get, path = "/api/v1/bots/{bot_id}/personas",
    params(("bot_id" = String, Path, description = "The bot."), PersonaQuery),
    responses((status = 200, description = "One page.", body = PersonaPage)))]
pub(crate) async fn handle(
    app: &App,
    scope: &TenantScope<Reader>,
    bot: BotId,
    query: &PersonaQuery,
) -> Answer {
    let db = app.store.within(scope).or_problem()?;
    let in_use = desk::settings(&db, bot)
        .await?
        .and_then(|found| found.row.persona);
    let key = Box::pin(app.tenant_key(scope)).await.or_problem()?;
    let label = format!("{}/sofi.personas/{bot}", scope.tenant());
    let cursors = Cursors::new(&key.cursor_key(), label);
    let newest = cursors.open::<u32>(query.cursor.as_deref())?;
    let partition = keys::sofi_of(bot);
    // One more than asked tells whether there is a next page.
    let page = Page {
        pk: &partition,
        from: &keys::persona(bot, 0).sk,
        to: &keys::persona(bot, newest.unwrap_or(MOST_VERSIONS).min(MOST_VERSIONS)).sk,
        direction: Direction::Backward,
        limit: query.limit.get() + 1,
    };
    let found = Box::pin(db.list::<PersonaRow>(&page)).await.or_problem()?;
    let (rows, next) = cut(found, query.limit.get());
    let personas = rows
        .iter()
        .map(|row| {
            let text = super::open(&key, row)?;
            Ok(PersonaOut::new(row, text, in_use == Some(row.version)))
        })
        .collect::<Result<_, app::AppError>>()
        .or_problem()?;
    let next_cursor = cursors.next(next.as_ref())?;
    http_kit::json(
        StatusCode::OK,
        &PersonaPage {
            personas,
            next_cursor,
        },
    )
}

/// The page's versions, and the one where the next page begins.
fn cut(found: Vec<Found<PersonaRow>>, limit: usize) -> (Vec<PersonaRow>, Option<u32>) {
    let mut rows: Vec<_> = found.into_iter().map(|found| found.row).collect();
    let next = rows.get(limit).map(|row| row.version);
    rows.truncate(limit);
    (rows, next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::UserId;
    use domain::{Sealed, Timestamp};

    fn row(version: u32) -> Found<PersonaRow> {
        let row = PersonaRow {
            bot: BotId::from_bytes([1; 16]),
            version,
            in_use: false,
            text: Sealed::default(),
            created_by: UserId::from_bytes([2; 16]),
            created_at: Timestamp::default(),
        };
        Found { row, rev: 1 }
    }

    #[test]
    fn the_next_page_begins_where_this_one_ends() {
        let (rows, next) = cut(vec![row(3), row(2), row(1)], 2);
        let versions: Vec<_> = rows.iter().map(|row| row.version).collect();
        assert_eq!((versions, next), (vec![3, 2], Some(1)));
        assert_eq!(cut(vec![row(1)], 2).1, None);
    }
}
