//! `POST /api/v1/bots/{bot_id}/personas/{version}/activations`
//!
//! Uses GetItem on `routing` and `keys`, BatchGetItem, GetItem and PutItem on `tenant`, PutItem on `audit` and `work`,
//! kms:Decrypt (purpose `data`), sqs:SendMessage on `audit`.

use app::{App, OrProblem};
use domain::audit::Action;
use domain::ids::BotId;
use http_kit::{Answer, Problem};
use serde_json::json;
use store::keys;
use store::row::{PersonaRow, SofiRow};
use tenancy::{Manager, TenantScope};

use super::PersonaOut;
use crate::desk;

/// Has replies written with this version from now on: the way back to any earlier one. Repeating it changes nothing.
#[utoipa::path(post, path = "/api/v1/bots/{bot_id}/personas/{version}/activations",
    params(("bot_id" = String, Path, description = "The bot."), ("version" = u32, Path, description = "The version.")),
    responses((status = 201, description = "The version in use.", body = PersonaOut)))]
pub(crate) async fn handle(
    app: &App,
    scope: &TenantScope<Manager>,
    bot: BotId,
    version: u32,
) -> Answer {
    let actor = desk::actor(scope)?;
    let db = app.store.within(scope).or_problem()?;
    // A bot whose settings were never written has no version either.
    let mut found = desk::settings(&db, bot).await?.ok_or(Problem::NotFound)?;
    let row = Box::pin(db.find::<PersonaRow>(&keys::persona(bot, version)))
        .await
        .or_problem()?
        .ok_or(Problem::NotFound)?
        .row;
    let key = Box::pin(app.tenant_key(scope)).await.or_problem()?;
    let text = super::open(&key, &row).or_problem()?;
    let copy = super::sealed(app, &key, super::copy(&row), &text).or_problem()?;
    for _ in 0..desk::ATTEMPTS {
        let before = desk::begun(Some(&found), bot, actor, app.clock.now());
        let settings = SofiRow {
            persona: Some(version),
            ..before
        };
        let mut transaction = db.transaction();
        desk::put(&mut transaction, &settings, Some(&found));
        transaction.put_any(&copy);
        let in_use = |version: Option<u32>| json!({ "version_in_use": version });
        let (was, is) = (in_use(found.row.persona), in_use(settings.persona));
        app.audit(scope, Action::PersonaActivate, bot)
            .values(&key, Some(&was), Some(&is))
            .or_problem()?
            .write(&mut transaction);
        match Box::pin(transaction.commit()).await {
            Ok(()) => {
                app.ring_audit(scope).await;
                return http_kit::created(&PersonaOut::new(&row, text, true));
            }
            Err(error) if error.is_race() => {
                found = desk::settings(&db, bot).await?.ok_or(Problem::NotFound)?;
            }
            Err(error) => return Err(error).or_problem(),
        }
    }
    Err(desk::changed_meanwhile())
}
