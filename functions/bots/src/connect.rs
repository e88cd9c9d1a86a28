//! `POST /api/v1/bots`

mod plan;
mod state;

use app::{App, Claim, OrProblem};
use domain::Sealed;
use domain::ids::{BotId, HookId};
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Problem, Validate};
use serde::{Deserialize, Serialize};
use telegram::{BotToken, Me};
use tenancy::{Manager, TenantScope};
use utoipa::ToSchema;

use crate::bot::{self, BotOut};
use crate::fault::{self, Stage};
use crate::hook::{Origin, Secret, Turn};
use crate::once::{self, Kept};
use crate::pasted::Pasted;
use crate::telegram_client::ask;
use plan::{Connection, Plan};
use state::Known;

/// A bot to connect.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConnectIn {
    /// The bot's token, or the whole message of BotFather that holds it.
    #[schema(value_type = String, format = Password)]
    token: Pasted,
    /// Whether to take the bot over from another service that gets its updates now.
    #[serde(default)]
    take_over: bool,
    /// Whether to ask first: which bot the token opens is answered with 202, and nothing is changed.
    #[serde(default)]
    ask: bool,
}

/// Which bot a token opens. Nothing was changed; the same request without `ask` connects it.
#[derive(Serialize, ToSchema)]
pub(crate) struct BotAskedOut {
    /// Telegram's id of it.
    telegram_id: String,
    /// Its @name, without the sign.
    username: String,
    /// Its display name.
    name: String,
}

impl From<Me> for BotAskedOut {
    fn from(me: Me) -> Self {
        Self {
            telegram_id: me.id.to_string(),
            username: me.username,
            name: me.name,
        }
    }
}

impl Validate for ConnectIn {
    fn validate(&self, errors: &mut FieldErrors) {
        self.token.validate("token", errors);
    }
}

/// Connects a bot: its token is checked and sealed, its webhook set. A bot that was connected to this workspace before
/// keeps its id and history; one that is connected now gets the token and a new secret.
///
/// 409 `dpa_required` until an owner has accepted the current data processing agreement; 409 `plan_limit` for one more bot
/// than the plan has room for; 409 `bot_connected_elsewhere` for a bot of another workspace; 409 `webhook_in_use` names the service that gets its updates, unless `take_over` is
/// true; 422 `token_refused`; 503 `telegram_unavailable`. Repeat a request that broke off, with the same key or without.
#[utoipa::path(post, path = "/api/v1/bots", operation_id = "connect_bot", tag = "bots",
    request_body = ConnectIn,
    responses(
        (status = 201, description = "Connected, for the first time or again.", body = BotOut),
        (status = 200, description = "It was connected already; token and webhook are renewed.", body = BotOut),
        (status = 202, description = "Asked only: nothing was changed.", body = BotAskedOut),
    ))]
pub(crate) async fn handle(
    app: &App,
    scope: &TenantScope<Manager>,
    input: ConnectIn,
    claim: Option<Claim>,
) -> Answer {
    let db = app.store.within(scope).or_problem()?;
    if let Some((status, kept)) = once::answered(claim.as_ref(), &db).await? {
        return http_kit::json(status, &BotOut::from(&bot::find(&db, kept.bot).await?.row));
    }
    let token = input.token.token("token")?;
    let known = Known::read(&db, token.bot_id()).await?;
    known.require_agreement()?;
    known.require_room(app.clock.now())?;
    let (me, info) = ask(app, &token).await?;
    known.admit(scope.tenant())?;
    Origin::of(app)?.require_free(&info.url, input.take_over)?;
    match input.ask {
        true => http_kit::json(StatusCode::ACCEPTED, &BotAskedOut::from(me)),
        false => Box::pin(connect(app, scope, known, (&me, &token), claim.as_ref())).await,
    }
}

/// Seals the token, writes everything down, and has Telegram send updates here.
async fn connect(
    app: &App,
    scope: &TenantScope<Manager>,
    known: Known,
    (me, token): (&Me, &BotToken),
    claim: Option<&Claim>,
) -> Answer {
    let db = app.store.within(scope).or_problem()?;
    let sealed = Box::pin(
        app.vault
            .within(scope)
            .or_problem()?
            .seal_token(token.expose()),
    )
    .await
    .or_problem()?;
    let secret = Secret::new(app.entropy.as_ref());
    let (plan, turn) = Box::pin(record(
        app,
        scope,
        known,
        &describe(me, token, sealed),
        &secret,
    ))
    .await?;
    turn.tell(app, &db, token)
        .await?
        .map_err(|error| fault::refusal(Stage::Saved, error))?;
    let kept = Kept { bot: plan.row.id };
    once::keep(claim, app, &db, plan.status, &kept).await?;
    http_kit::json(plan.status, &BotOut::from(&plan.row))
}

fn describe(me: &Me, token: &BotToken, sealed: Sealed) -> Connection {
    Connection {
        telegram_id: me.id,
        username: me.username.clone(),
        name: me.name.clone(),
        token: sealed,
        token_last4: token.last4().to_owned(),
    }
}

/// Writes bot, webhook and claim together; decides again when another writer was faster.
async fn record<'a>(
    app: &App,
    scope: &TenantScope<Manager>,
    mut known: Known,
    connection: &Connection,
    secret: &'a Secret,
) -> Result<(Plan, Turn<'a>), Problem> {
    let db = app.store.within(scope).or_problem()?;
    let actor = bot::actor(scope)?;
    let key = Box::pin(app.tenant_key(scope)).await.or_problem()?;
    let (new_bot, new_hook) = (|| app.mint(BotId::new), || app.mint(HookId::new));
    for _ in 0..bot::ATTEMPTS {
        known.admit(scope.tenant())?;
        let now = app.clock.now();
        let plan = plan::decide(
            known.mine.as_ref(),
            connection,
            (&new_bot, &new_hook),
            actor,
            now,
        );
        let turn = known.turn(&plan, scope.tenant(), secret, now);
        let mut transaction = db.transaction();
        known.write(&mut transaction, &plan, scope.tenant());
        turn.write(&mut transaction);
        let before = known.mine.as_ref().map(|found| &found.row);
        bot::audited(app, scope, &key, plan.action, (before, &plan.row))?.write(&mut transaction);
        match transaction.commit().await {
            Ok(()) => {
                app.ring_audit(scope).await;
                // What waited for a token that works; `tick` has looked at it long ago.
                app.ring_sender(scope.tenant(), plan.row.id).await;
                return Ok((plan, turn));
            }
            Err(error) if error.is_race() => {
                known = Known::read(&db, connection.telegram_id).await?
            }
            Err(error) => return Err(error).or_problem(),
        }
    }
    Err(bot::changed_meanwhile())
}
