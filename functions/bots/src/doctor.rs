//! `GET /api/v1/bots/{bot_id}/health`

mod checks;
mod delivery;

use app::{App, OrProblem};
use domain::ids::BotId;
use futures::future::{join, try_join};
use http::StatusCode;
use http_kit::{Answer, Problem};
use serde::Serialize;
use store::keys;
use store::row::{BotRow, HookRow, SenderRow};
use tenancy::{Reader, TenantScope};
use utoipa::ToSchema;

use crate::bot::{self, BotOut};
use crate::hook::Origin;
use crate::telegram_client::client;
use checks::{CheckOut, Facts, Seen, State, Trouble};

/// How a bot fares.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BotHealthOut {
    /// The bot.
    bot: BotOut,
    /// Whether every check is green.
    healthy: bool,
    /// When it was looked at, RFC 3339 UTC.
    checked_at: String,
    /// The checks, in the order in which they should be mended.
    checks: Vec<CheckOut>,
}

/// Checks a bot. A Telegram that does not answer turns checks to unknown and is no failure of this route; nothing is
/// changed.
#[utoipa::path(get, path = "/api/v1/bots/{bot_id}/health", operation_id = "get_bot_health", tag = "bots",
    params(("bot_id" = String, Path, description = "The bot.")),
    responses((status = 200, description = "Each check with its state, its cause and what mends it.", body = BotHealthOut)))]
pub(crate) async fn handle(app: &App, scope: &TenantScope<Reader>, id: BotId) -> Answer {
    let db = app.store.within(scope).or_problem()?;
    let row = bot::find(&db, id).await?.row;
    let (hook_key, sender_key) = (keys::hook(row.hook), keys::sender(row.id));
    let stored = try_join(
        Box::pin(db.find::<HookRow>(&hook_key)),
        Box::pin(db.find::<SenderRow>(&sender_key)),
    );
    let (stored, seen) = join(Box::pin(stored), Box::pin(look(app, scope, &row))).await;
    let ((hook, sender), seen) = (stored.or_problem()?, seen?);
    let now = app.clock.now();
    let facts = Facts {
        now,
        bot: &row,
        origin: &Origin::of(app)?,
        hook: hook.as_ref().map(|found| &found.row),
        sender: sender.as_ref().map(|found| &found.row),
        seen: &seen,
    };
    let checks = facts.checks();
    let healthy = checks.iter().all(|check| check.state() == State::Green);
    http_kit::json(
        StatusCode::OK,
        &BotHealthOut {
            bot: BotOut::from(&row),
            healthy,
            checked_at: now.rfc3339(),
            checks,
        },
    )
}

/// What Telegram says about the bot, both answers at once.
async fn look(app: &App, scope: &TenantScope<Reader>, row: &BotRow) -> Result<Seen, Problem> {
    if row.token.is_none() {
        return Ok(Seen {
            me: Err(Trouble::NoToken),
            webhook: Err(Trouble::NoToken),
        });
    }
    let token = bot::open_token(app, scope, row).await?;
    let client = client(app)?;
    let (me, webhook) = join(
        Box::pin(client.get_me(&token)),
        Box::pin(client.get_webhook_info(&token)),
    )
    .await;
    let trouble = |error: telegram::SendError| Trouble::of(&error);
    Ok(Seen {
        me: me.map_err(trouble).map(|me| me.id),
        webhook: webhook.map_err(trouble),
    })
}
