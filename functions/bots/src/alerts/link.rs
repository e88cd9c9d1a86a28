//! `POST /api/v1/bots/{bot_id}/alerts`

use app::{ALERT_LINK_LASTS, App, OrProblem, alert_link};
use domain::alert::MOST_ALERT_CHATS;
use domain::audit::Action;
use domain::ids::BotId;
use http_kit::{Answer, Problem};
use serde::Serialize;
use store::row::BotState;
use tenancy::{Chatter, TenantScope};
use utoipa::ToSchema;

use crate::bot;

/// The link with which one's own chat begins to hear.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AlertLinkOut {
    /// To be opened on the phone on which alerts are wanted, by the person who asked for it: whoever uses it first hears.
    url: String,
    /// Until when it is good, RFC 3339 UTC.
    expires_at: String,
}

/// Gives the person who asks a link to the bot. The chat that opens it hears from then on of drafts, of fans who ask for a
/// person, and of messages where people answer, and can answer there. The link is good once, for a quarter of an hour.
/// Needs a proof of the last five minutes.
#[utoipa::path(post, path = "/api/v1/bots/{bot_id}/alerts", operation_id = "create_alert_link", tag = "bots",
    params(("bot_id" = String, Path, description = "The bot.")),
    responses((status = 201, description = "The link.", body = AlertLinkOut)))]
pub(crate) async fn handle(app: &App, scope: &TenantScope<Chatter>, id: BotId) -> Answer {
    let user = scope.actor().ok_or(Problem::NotFound)?;
    let db = app.store.within(scope).or_problem()?;
    let bot = bot::find(&db, id).await?.row;
    if bot.state != BotState::Connected {
        let message =
            "This bot does not work now. Connect it again, or give it a new token, first.";
        return Err(Problem::conflict("bot_not_connected", message));
    }
    let is_known = bot.alerts.iter().any(|known| known.user == user);
    if !is_known && bot.alerts.len() >= MOST_ALERT_CHATS {
        let message = "Ten people hear of this bot already. One of them has to stop first.";
        return Err(Problem::conflict("too_many_alerts", message));
    }
    let key = Box::pin(app.tenant_key(scope)).await.or_problem()?;
    let until = app.clock.now().plus(ALERT_LINK_LASTS);
    let payload = alert_link(&key, id, user, &bot.alerts, until);
    let mut transaction = db.transaction();
    app.audit(scope, Action::AlertsLink, id)
        .write(&mut transaction);
    transaction.commit().await.or_problem()?;
    app.ring_audit(scope).await;
    http_kit::created(&AlertLinkOut {
        url: format!("https://t.me/{}?start={payload}", bot.username),
        expires_at: until.rfc3339(),
    })
}
