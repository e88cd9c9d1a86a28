//! `GET /api/v1/bots/{bot_id}/alerts`

use app::{App, AppError, OrProblem, open_card};
use domain::alert::AlertChat;
use domain::content::Card;
use domain::ids::{BotId, FanId};
use http::StatusCode;
use http_kit::{Answer, Problem};
use serde::Serialize;
use store::row::{ConversationRow, FanKeyRow, HearingRow};
use store::{Answers, Slot, TenantDb, keys};
use tenancy::{Reader, TenantScope};
use utoipa::ToSchema;
use vault::TenantKey;

use crate::bot;

/// Somebody who hears.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AlertOut {
    /// The member.
    user_id: String,
    /// What the chat is called in Telegram: whoever uses it answers for the member. Null when nothing is known of it any more.
    telegram_name: Option<String>,
    /// Since when, RFC 3339 UTC.
    since: String,
}

/// Everybody who hears of a bot's fans.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AlertListOut {
    /// Ten at most, in the order in which they began.
    alerts: Vec<AlertOut>,
}

/// Lists who of the team hears in Telegram of what waits for this bot's fans.
#[utoipa::path(get, path = "/api/v1/bots/{bot_id}/alerts", operation_id = "list_alerts", tag = "bots",
    params(("bot_id" = String, Path, description = "The bot.")),
    responses((status = 200, description = "Who hears.", body = AlertListOut)))]
pub(crate) async fn handle(app: &App, scope: &TenantScope<Reader>, id: BotId) -> Answer {
    let db = app.store.within(scope).or_problem()?;
    let bot = bot::find(&db, id).await?;
    let chats = Box::pin(living(app, bot.row.alerts)).await?;
    let cards = Box::pin(cards(app, scope, &db, &chats)).await?;
    let shown = chats.iter().zip(cards).map(|(chat, card)| AlertOut {
        user_id: chat.user.to_string(),
        telegram_name: card.map(|card| card.name),
        since: chat.since.rfc3339(),
    });
    let alerts = shown.collect();
    http_kit::json(StatusCode::OK, &AlertListOut { alerts })
}

/// Those that no change of their person's login has ended.
async fn living(app: &App, mut chats: Vec<AlertChat>) -> Result<Vec<AlertChat>, Problem> {
    let routing = app.store.routing();
    let mut many = routing.read_many();
    let slots: Vec<_> = chats
        .iter()
        .map(|chat| many.find::<HearingRow>(&keys::hearing(chat.user)))
        .collect();
    let found = many.send().await.or_problem()?;
    let mut ended = Vec::with_capacity(slots.len());
    for slot in slots {
        let found = found.get(slot).or_problem()?;
        ended.push(found.map(|found| found.row.ended_at));
    }
    let mut ended = ended.into_iter();
    chats.retain(|chat| {
        let ended_at = ended.next().flatten();
        ended_at.is_none_or(|ended_at| chat.outlives(ended_at))
    });
    Ok(chats)
}

/// What is known of each chat.
async fn cards(
    app: &App,
    scope: &TenantScope<Reader>,
    db: &TenantDb<Reader>,
    chats: &[AlertChat],
) -> Result<Vec<Option<Card>>, Problem> {
    let key = Box::pin(app.tenant_key(scope)).await.or_problem()?;
    let mut many = db.read_many();
    let ids = key.peer_ids();
    let slots: Vec<_> = chats
        .iter()
        .map(|chat| {
            let fan = ids.fan_of(chat.chat).ok()?;
            let head = many.find(&keys::conversation(chat.chat));
            let own = many.find(&keys::fan_key(fan));
            Some(Slots { fan, head, own })
        })
        .collect();
    let found = many.send().await.or_problem()?;
    let cards = slots.into_iter().map(|slots| match slots {
        Some(slots) => slots.card(&found, &key),
        None => Ok(None),
    });
    cards.collect::<Result<_, _>>().or_problem()
}

/// Where a chat and the key of who uses it are among the answers.
struct Slots {
    fan: FanId,
    head: Slot<ConversationRow>,
    own: Slot<FanKeyRow>,
}

impl Slots {
    /// Nothing where whoever uses it was erased.
    fn card(&self, found: &Answers, key: &TenantKey) -> Result<Option<Card>, AppError> {
        let (Some(head), Some(own)) = (found.get(self.head)?, found.get(self.own)?) else {
            return Ok(None);
        };
        let own = key.open_fan_key(self.fan, &own.row.wrapped)?;
        open_card(&own, &head.row).map(Some)
    }
}
