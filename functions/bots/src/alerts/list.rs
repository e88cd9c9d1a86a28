//! `GET /api/v1/bots/{bot_id}/alerts`

use app::{App, OrProblem, SealsJson as _, place};
use domain::alert::AlertChat;
use domain::content::Card;
use domain::ids::BotId;
use http::StatusCode;
use http_kit::{Answer, Problem};
use serde::Serialize;
use store::row::{ConversationRow, HearingRow};
use store::{Row as _, TenantDb, keys};
use tenancy::{Reader, TenantScope};
use utoipa::ToSchema;

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
    let slots: Vec<_> = chats
        .iter()
        .map(|chat| many.find::<ConversationRow>(&keys::conversation(chat.chat)))
        .collect();
    let found = many.send().await.or_problem()?;
    let mut cards = Vec::with_capacity(slots.len());
    for slot in slots {
        let head = found.get(slot).or_problem()?;
        let card = head.map(|head| {
            let at = head.row.key();
            key.open_json(&place::<ConversationRow>(&at, "card"), &head.row.card)
        });
        cards.push(card.transpose().or_problem()?);
    }
    Ok(cards)
}
