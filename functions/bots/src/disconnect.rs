//! `DELETE /api/v1/bots/{bot_id}`

use app::{App, OrProblem};
use domain::Timestamp;
use domain::audit::Action;
use domain::ids::BotId;
use http::StatusCode;
use http_kit::{Answer, Problem};
use serde::Serialize;
use store::row::{BotClaimRow, BotRow, BotState, HookRow};
use store::{Found, TenantDb, keys};
use telegram::{BotToken, Consequence, SendError};
use tenancy::{Manager, TenantScope};
use utoipa::ToSchema;

use crate::bot::{self, BotOut};
use crate::hook::Origin;
use crate::telegram_client::client;

/// What became of the webhook at Telegram.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WebhookFate {
    /// Telegram confirmed that it is removed.
    Removed,
    /// It was not ours any more: another service keeps it.
    LeftToOther,
    /// Telegram no longer takes the token; nothing could be removed.
    TokenRefused,
    /// Telegram did not confirm. Updates that still come are refused; revoke the token at BotFather to be sure.
    Unconfirmed,
    /// The bot was disconnected before.
    NotAsked,
}

/// A disconnected bot.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DisconnectedOut {
    /// The bot; its history stays.
    bot: BotOut,
    /// What became of the webhook at Telegram.
    webhook: WebhookFate,
}

/// Disconnects a bot: the webhook is removed at Telegram, then the sealed token is destroyed and the address closed, in
/// any case. Another workspace may connect the bot from now on. Disconnecting twice changes nothing. Needs a proof of the
/// last five minutes.
#[utoipa::path(delete, path = "/api/v1/bots/{bot_id}", operation_id = "disconnect_bot", tag = "bots",
    params(("bot_id" = String, Path, description = "The bot.")),
    responses((status = 200, description = "It is disconnected.", body = DisconnectedOut)))]
pub(crate) async fn handle(app: &App, scope: &TenantScope<Manager>, id: BotId) -> Answer {
    let db = app.store.within(scope).or_problem()?;
    let found = bot::find(&db, id).await?;
    let webhook = match &found.row.token {
        None => WebhookFate::NotAsked,
        Some(_) => {
            let token = bot::open_token(app, scope, &found.row).await?;
            Box::pin(remove_webhook(app, &token)).await?
        }
    };
    let row = Box::pin(destroy(app, scope, &db, found)).await?;
    http_kit::json(
        StatusCode::OK,
        &DisconnectedOut {
            bot: BotOut::from(&row),
            webhook,
        },
    )
}

/// Removes our webhook. That of another service, which took the bot over, is left alone.
async fn remove_webhook(app: &App, token: &BotToken) -> Result<WebhookFate, Problem> {
    let (client, origin) = (client(app)?, Origin::of(app)?);
    match Box::pin(client.get_webhook_info(token)).await {
        Ok(info) if origin.foreign(&info.url).is_some() => return Ok(WebhookFate::LeftToOther),
        Err(error) if error.consequence() == Consequence::TokenDead => {
            return Ok(WebhookFate::TokenRefused);
        }
        _ => {}
    }
    Ok(fate(&Box::pin(client.delete_webhook(token)).await))
}

fn fate(outcome: &Result<(), SendError>) -> WebhookFate {
    match outcome {
        Ok(()) => WebhookFate::Removed,
        Err(error) if error.consequence() == Consequence::TokenDead => WebhookFate::TokenRefused,
        Err(_) => WebhookFate::Unconfirmed,
    }
}

/// Closes the address, frees the bot and destroys the ciphertext, together.
async fn destroy(
    app: &App,
    scope: &TenantScope<Manager>,
    db: &TenantDb<Manager>,
    mut found: Found<BotRow>,
) -> Result<BotRow, Problem> {
    let key = Box::pin(app.tenant_key(scope)).await.or_problem()?;
    for _ in 0..bot::ATTEMPTS {
        if found.row.state == BotState::Disconnected {
            return Ok(found.row);
        }
        let claim_key = keys::bot_claim(found.row.telegram_id);
        let claim = Box::pin(db.find::<BotClaimRow>(&claim_key))
            .await
            .or_problem()?;
        let row = without_token(&found.row, app.clock.now());
        let mut transaction = db.transaction();
        transaction.replace(&row, found.rev);
        transaction.delete_any::<HookRow>(&keys::hook(found.row.hook));
        if let Some(claim) = claim.filter(|claim| claim.row.tenant == scope.tenant()) {
            transaction.delete::<BotClaimRow>(&claim_key, claim.rev);
        }
        let values = (Some(&found.row), &row);
        bot::audited(app, scope, &key, Action::BotDisconnect, values)?.write(&mut transaction);
        match transaction.commit().await {
            Ok(()) => {
                app.ring_audit(scope).await;
                // What waits to be sent is shown as not sent.
                app.ring_sender(scope.tenant(), row.id).await;
                return Ok(row);
            }
            Err(error) if error.is_race() => found = bot::find(db, row.id).await?,
            Err(error) => return Err(error).or_problem(),
        }
    }
    Err(bot::changed_meanwhile())
}

fn without_token(before: &BotRow, now: Timestamp) -> BotRow {
    BotRow {
        token: None,
        state: BotState::Disconnected,
        disconnected_at: Some(now),
        alerts: Vec::new(),
        ..before.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bot::tests::row;
    use telegram::{ApiError, NotSent};

    #[test]
    fn a_disconnected_bot_has_no_ciphertext() {
        let now = Timestamp::from_seconds(70);
        let after = without_token(&row(1, BotState::Connected), now);
        assert_eq!((after.token, after.state), (None, BotState::Disconnected));
        assert_eq!(after.disconnected_at, Some(now));
    }

    #[test]
    fn a_webhook_that_telegram_did_not_confirm_is_reported() {
        let rejected = |code| {
            Err(SendError::Rejected(ApiError {
                code,
                description: String::new(),
                retry_after: None,
                migrate_to_chat_id: None,
            }))
        };
        assert_eq!(fate(&Ok(())), WebhookFate::Removed);
        assert_eq!(fate(&rejected(401)), WebhookFate::TokenRefused);
        assert_eq!(fate(&rejected(429)), WebhookFate::Unconfirmed);
        assert_eq!(
            fate(&Err(SendError::NotSent {
                why: NotSent::Connect,
                source: None
            })),
            WebhookFate::Unconfirmed
        );
    }
}
