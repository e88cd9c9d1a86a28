//! `GET /api/v1/fans`: all fans, newest first, or those who are looked for.
//!
//! Uses GetItem on `routing` and `keys`, Query on `tenant`, BatchGetItem on `tenant` and `keys`, kms:Decrypt (purpose
//! `data`). Lists give fans whom the filters may mean ([`walk`]); the fans themselves decide ([`sought`]).

mod sought;
mod walk;

use app::{App, AppError, FanLists, OrProblem, SealsJson, place};
use domain::content::FanProfile;
use domain::ids::BotId;
use domain::message::Reachability;
use http::StatusCode;
use http_kit::{Answer, Cursors, Limit, Problem};
use serde::{Deserialize, Serialize};
use store::row::{ConversationRow, FanRow};
use store::{Row, TenantDb};
use tenancy::{Reader, TenantScope};
use utoipa::{IntoParams, ToSchema};
use vault::TenantKey;

use crate::load::{self, Met};
use sought::Sought;
use walk::Walk;

/// Fans looked at in one round where a filter leaves some out.
const LOOKED_AT: usize = 100;
/// Rounds for one page; a page may then be short and still have a cursor.
const ROUNDS: usize = 4;

/// Which page of which fans.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct FansQuery {
    #[serde(default)]
    #[param(inline)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Beginnings of words of first name, last name or @name, in any order; accents and case do not matter. What begins with
    /// @ is looked for in the @name only. At most 100 characters.
    #[param(max_length = 100)]
    query: Option<String>,
    /// Those who have this tag, whatever its case.
    #[param(max_length = 100)]
    tag: Option<String>,
    /// Those who have a conversation with this bot.
    #[param(value_type = Option<String>)]
    bot_id: Option<BotId>,
}

/// The fan's newest conversation that the caller may see.
#[derive(Serialize, ToSchema)]
pub(crate) struct NewestConversation {
    /// Its id.
    id: String,
    /// The bot.
    bot_id: String,
    /// Whether the bot may write.
    reachability: Reachability,
}

/// A fan as lists show it.
#[derive(Serialize, ToSchema)]
pub(crate) struct FanEntry {
    /// Its id.
    id: String,
    /// What to call the fan: names, else the @name; may be empty.
    name: String,
    /// The @name, without the sign.
    username: Option<String>,
    /// The creator's tags.
    tags: Vec<String>,
    /// When the fan first wrote, RFC 3339 UTC.
    first_seen: String,
    /// When the fan last did anything, RFC 3339 UTC.
    last_seen: String,
    /// Since when the fan wants no marketing (`/stop`), RFC 3339 UTC.
    stopped_at: Option<String>,
    /// The newest conversation; with `bot_id`, of that bot.
    conversation: Option<NewestConversation>,
}

impl FanEntry {
    fn new(met: &Met, profile: FanProfile, head: Option<&ConversationRow>) -> Self {
        let row = &met.fan.row;
        Self {
            id: row.id.to_string(),
            name: profile.display_name(),
            username: profile.username,
            tags: met.tags.clone(),
            first_seen: row.first_seen.rfc3339(),
            last_seen: row.last_seen.rfc3339(),
            stopped_at: row.stopped_at.map(|at| at.rfc3339()),
            conversation: head.map(|head| NewestConversation {
                id: head.id.to_string(),
                bot_id: head.bot.to_string(),
                reachability: head.reachability,
            }),
        }
    }
}

/// A page of fans.
#[derive(Serialize, ToSchema)]
pub(crate) struct FanPage {
    /// Who wrote first last comes first. With a filter a page may have fewer entries than asked for.
    fans: Vec<FanEntry>,
    /// Where the next page begins; absent at the end of the list.
    next_cursor: Option<String>,
}

/// Lists fans, newest first.
#[utoipa::path(get, path = "/api/v1/fans", params(FansQuery),
    responses((status = 200, description = "A page of fans.", body = FanPage)))]
pub(crate) async fn handle(app: &App, scope: TenantScope<Reader>, query: FansQuery) -> Answer {
    let sought = Sought::read(query.query.as_deref(), query.tag.as_deref(), query.bot_id)?;
    let key = app.tenant_key(&scope).await.or_problem()?;
    let label = format!("{}/fans.list/{}", scope.tenant().suffix(), sought.label());
    let cursors = Cursors::new(&key.cursor_key(), label);
    let after = cursors.open::<String>(query.cursor.as_deref())?;
    let db = app.store.within(&scope).or_problem()?;
    let (fans, next) = page(&db, &scope, &key, &sought, query.limit, after).await?;
    let next_cursor = cursors.next(next.as_ref())?;
    http_kit::json(StatusCode::OK, &FanPage { fans, next_cursor })
}

/// The page, and the place that the next one follows.
async fn page(
    db: &TenantDb<Reader>,
    scope: &TenantScope<Reader>,
    key: &TenantKey,
    sought: &Sought,
    limit: Limit,
    after: Option<String>,
) -> Result<(Vec<FanEntry>, Option<String>), Problem> {
    let sources = sought.sources(&FanLists::of(key), scope.data());
    let filtered = sought.filters() || scope.data().bots().is_some();
    let (looked_at, rounds) = match filtered {
        true => (LOOKED_AT, ROUNDS),
        false => (limit.get(), 1),
    };
    let mut walk = Walk::new(sources, after, filtered, limit.get());
    let mut fans = Vec::new();
    for _ in 0..rounds {
        let candidates = walk.next(db, looked_at).await.or_problem()?;
        let ids: Vec<_> = candidates.iter().map(|(_, fan)| *fan).collect();
        let met = load::many(db, scope.data(), key, &ids).await.or_problem()?;
        for ((place, _), met) in candidates.into_iter().zip(met) {
            if fans.len() == limit.get() {
                return Ok((fans, walk.passed()));
            }
            let entry = met.map(|met| entry(sought, &met)).transpose();
            fans.extend(entry.or_problem()?.flatten());
            walk.pass(place);
        }
        if !walk.pass_all() || fans.len() == limit.get() {
            break;
        }
    }
    Ok((fans, walk.passed()))
}

/// The entry of a fan who is meant.
fn entry(sought: &Sought, met: &Met) -> Result<Option<FanEntry>, AppError> {
    let row = &met.fan.row;
    let profile: FanProfile = met
        .key
        .open_json(&place::<FanRow>(&row.key(), "profile"), &row.profile)?;
    let head = met.heads.iter().find(|head| sought.is_of(head.bot));
    let meant = sought.means(&profile, &met.tags) && (head.is_some() || !sought.asks_for_a_bot());
    Ok(meant.then(|| FanEntry::new(met, profile, head)))
}
