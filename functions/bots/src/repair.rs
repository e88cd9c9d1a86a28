//! `POST /api/v1/bots/{bot_id}/repairs`

use app::{App, OrProblem};
use domain::audit::Action;
use domain::ids::BotId;
use http_kit::{Answer, Problem};
use store::row::{BotRow, BotState, HookRow};
use store::{Found, TenantDb, keys};
use telegram::Consequence;
use tenancy::{Manager, TenantScope};

use crate::bot::{self, BotOut};
use crate::fault::{self, Stage};
use crate::hook::{Owner, Secret, Turn};

/// Sets the webhook of a bot again, with a new secret; takes it back from another service that took the bot over. The
/// former secret is taken for ten more minutes. Updates that wait at Telegram are kept.
#[utoipa::path(post, path = "/api/v1/bots/{bot_id}/repairs", operation_id = "create_bot_repair", tag = "bots",
    params(("bot_id" = String, Path, description = "The bot.")),
    responses((status = 201, description = "The webhook is set.", body = BotOut)))]
pub(crate) async fn handle(app: &App, scope: &TenantScope<Manager>, id: BotId) -> Answer {
    let db = app.store.within(scope).or_problem()?;
    let found = bot::find(&db, id).await?;
    let token = bot::open_token(app, scope, &found.row).await?;
    let secret = Secret::new(app.entropy.as_ref());
    let (found, turn) = Box::pin(renew(app, scope, &db, found, &secret)).await?;
    let outcome = turn.tell(app, &db, &token).await?;
    let state = match &outcome {
        Ok(()) => BotState::Connected,
        Err(error) if error.consequence() == Consequence::TokenDead => BotState::TokenDead,
        Err(_) => found.row.state,
    };
    let row = Box::pin(remember(&db, found, state)).await?;
    outcome.map_err(|error| fault::refusal(Stage::Saved, error))?;
    // A bot that was suspended sends again.
    app.ring_sender(scope.tenant(), id).await;
    http_kit::created(&BotOut::from(&row))
}

/// Writes the new secret before Telegram hears of it.
async fn renew<'a>(
    app: &App,
    scope: &TenantScope<Manager>,
    db: &TenantDb<Manager>,
    mut found: Found<BotRow>,
    secret: &'a Secret,
) -> Result<(Found<BotRow>, Turn<'a>), Problem> {
    for _ in 0..bot::ATTEMPTS {
        if found.row.state == BotState::Disconnected {
            return Err(bot::disconnected());
        }
        let now = app.clock.now();
        let before = Box::pin(db.find::<HookRow>(&keys::hook(found.row.hook)))
            .await
            .or_problem()?;
        let owner = Owner {
            tenant: scope.tenant(),
            bot: found.row.id,
            hook: found.row.hook,
        };
        let turn = Turn::new(owner, before, secret, now);
        let mut transaction = db.transaction();
        turn.write(&mut transaction);
        app.audit(scope, Action::BotRepair, found.row.id)
            .write(&mut transaction);
        // The bot is not disconnected while its webhook is renewed.
        transaction.replace(&found.row, found.rev);
        match transaction.commit().await {
            Ok(()) => {
                app.ring_audit(scope).await;
                return Ok((
                    Found {
                        rev: found.rev + 1,
                        ..found
                    },
                    turn,
                ));
            }
            Err(error) if error.is_race() => found = bot::find(db, found.row.id).await?,
            Err(error) => return Err(error).or_problem(),
        }
    }
    Err(bot::changed_meanwhile())
}

/// Notes that the token died, or that it works again. Whoever was faster knows better.
async fn remember(
    db: &TenantDb<Manager>,
    found: Found<BotRow>,
    state: BotState,
) -> Result<BotRow, Problem> {
    if found.row.state == state {
        return Ok(found.row);
    }
    let row = BotRow { state, ..found.row };
    let mut transaction = db.transaction();
    transaction.replace(&row, found.rev);
    match transaction.commit().await {
        Err(error) if !error.is_race() => Err(error).or_problem(),
        _ => Ok(row),
    }
}
