//! `POST /api/v1/bots/{bot_id}/parked-updates/{parked_id}/replays`

use app::{App, OrProblem, place};
use domain::audit::Action;
use domain::ids::{BotId, ParkedId};
use http::StatusCode;
use http_kit::{Answer, Problem};
use jobs::InboundUpdate;
use serde::Serialize;
use serde_json::json;
use store::row::ParkedRow;
use store::{TenantDb, keys};
use telegram::{Consequence, Envelope};
use tenancy::{Manager, TenantScope};
use utoipa::ToSchema;

use crate::bot;
use crate::fault::{self, Stage};
use crate::telegram_client::client;

/// A parked update on its way again.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReplayOut {
    /// The parked update.
    id: String,
    /// Always `queued`: what comes of it is seen in the conversation, or in the list of parked updates again.
    state: &'static str,
}

/// Sends a parked update through the inbound queue again. It leaves the list once the queue holds it; one that still
/// cannot be processed comes back under a new id. Processing is idempotent, so a request that broke off is repeated
/// without harm.
#[utoipa::path(post, path = "/api/v1/bots/{bot_id}/parked-updates/{parked_id}/replays",
    operation_id = "create_parked_update_replay", tag = "bots",
    params(("bot_id" = String, Path, description = "The bot."), ("parked_id" = String, Path, description = "The parked update.")),
    responses((status = 202, description = "It is queued.", body = ReplayOut)))]
pub(crate) async fn handle(
    app: &App,
    scope: &TenantScope<Manager>,
    bot_id: BotId,
    id: ParkedId,
) -> Answer {
    let db = app.store.within(scope).or_problem()?;
    let key = keys::parked(bot_id, id);
    let found = Box::pin(db.find::<ParkedRow>(&key))
        .await
        .or_problem()?
        .ok_or(Problem::NotFound)?;
    if found.row.reason == "too_large" {
        return Err(not_kept());
    }
    let tenant_key = Box::pin(app.tenant_key(scope)).await.or_problem()?;
    let raw = tenant_key
        .open(&place::<ParkedRow>(&key, "raw"), &found.row.raw)
        .or_problem()?;
    let update = InboundUpdate::new(scope.tenant(), bot_id, found.row.received_at, &raw);
    if let Some(connection) = awaited(&found.row, &raw) {
        let told = Box::pin(ask(app, scope, &db, bot_id, &connection)).await?;
        // The same group: it is worked before the update that needs it.
        Box::pin(app.jobs.replay_update(&told, &group(bot_id), &app.unique()))
            .await
            .or_problem()?;
    }
    Box::pin(
        app.jobs
            .replay_update(&update, &group(bot_id), &app.unique()),
    )
    .await
    .or_problem()?;
    let mut transaction = db.transaction();
    let leaves = transaction.delete::<ParkedRow>(&key, found.rev);
    app.audit(scope, Action::UpdateReplay, id)
        .write(&mut transaction);
    match transaction.commit().await {
        Ok(()) => app.ring_audit(scope).await,
        // Kept anew meanwhile, or replayed twice at once: what is listed now is right.
        Err(error) if error.failed(leaves).is_some() => {}
        Err(error) => return Err(error).or_problem(),
    }
    http_kit::json(
        StatusCode::ACCEPTED,
        &ReplayOut {
            id: id.to_string(),
            state: "queued",
        },
    )
}

/// The connection that an update waits for: the account was connected before this bot was, so that no update told of it.
fn awaited(row: &ParkedRow, raw: &[u8]) -> Option<String> {
    let envelope = Envelope::parse(raw).ok()?;
    let waits = row.reason == "business_connection_unknown";
    envelope.business_connection_id.filter(|_| waits)
}

/// Asks Telegram about a connection; the answer as the update that was missed.
async fn ask(
    app: &App,
    scope: &TenantScope<Manager>,
    db: &TenantDb<Manager>,
    bot: BotId,
    connection: &str,
) -> Result<InboundUpdate, Problem> {
    let found = bot::find(db, bot).await?;
    let token = bot::open_token(app, scope, &found.row).await?;
    let asked = client(app)?.get_business_connection(&token, connection);
    let told = asked.await.map_err(|error| match error.consequence() {
        Consequence::ConnectionEnded => connection_ended(),
        _ => fault::refusal(Stage::Before, error),
    })?;
    let body = json!({ "business_connection": told }).to_string();
    let now = app.clock.now();
    Ok(InboundUpdate::new(
        scope.tenant(),
        bot,
        now,
        body.as_bytes(),
    ))
}

/// 409: there is nothing to send again.
fn not_kept() -> Problem {
    Problem::conflict(
        "update_not_kept",
        "The update was too large to be kept, so it cannot be processed again. It stays listed until it expires.",
    )
}

/// 409: the account has left.
fn connection_ended() -> Problem {
    Problem::conflict(
        "business_connection_ended",
        "The account through which this came is no longer connected to the bot, so it cannot be told whose chat it is. \
         Nothing was changed; the update is kept until it expires.",
    )
}

/// Replays of a bot go one after the other, and hold up no chat's fresh updates.
fn group(bot: BotId) -> String {
    format!("{}#replay", bot.suffix())
}
