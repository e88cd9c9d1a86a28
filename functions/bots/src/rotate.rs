//! `PUT /api/v1/bots/{bot_id}/token`

use app::{App, OrProblem};
use domain::Sealed;
use domain::audit::Action;
use domain::ids::BotId;
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Problem, Validate};
use serde::Deserialize;
use store::keys;
use store::row::{BotRow, BotState, HookRow};
use telegram::{BotToken, Me};
use tenancy::{Manager, TenantScope};
use utoipa::ToSchema;

use crate::bot::{self, BotOut};
use crate::fault::{self, Stage};
use crate::hook::{Origin, Owner, Secret, Turn};
use crate::pasted::Pasted;
use crate::telegram_client::ask;

/// The new token of a bot.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RotateIn {
    /// The token, or the whole message of BotFather that holds it.
    #[schema(value_type = String, format = Password)]
    token: Pasted,
    /// Whether to take the bot over from another service that gets its updates now.
    #[serde(default)]
    take_over: bool,
}

impl Validate for RotateIn {
    fn validate(&self, errors: &mut FieldErrors) {
        self.token.validate("token", errors);
    }
}

/// Replaces the token of a bot. The former one is gone from here at once; revoke it at BotFather first. The webhook is
/// set again with a new secret, and the history stays. Needs a proof of the last five minutes.
///
/// 409 `another_bot` for the token of another bot, 409 `bot_disconnected`; 409 `webhook_in_use` names the service that gets its
/// updates, unless `take_over` is true, and nothing is changed; 422 `token_refused`.
#[utoipa::path(put, path = "/api/v1/bots/{bot_id}/token", operation_id = "replace_bot_token", tag = "bots",
    params(("bot_id" = String, Path, description = "The bot.")),
    request_body = RotateIn,
    responses((status = 200, description = "The bot with its new token.", body = BotOut)))]
pub(crate) async fn handle(
    app: &App,
    scope: &TenantScope<Manager>,
    id: BotId,
    input: RotateIn,
) -> Answer {
    let db = app.store.within(scope).or_problem()?;
    let token = input.token.token("token")?;
    admit(&bot::find(&db, id).await?.row, &token)?;
    let (me, info) = ask(app, &token).await?;
    Origin::of(app)?.require_free(&info.url, input.take_over)?;
    let sealed = Box::pin(
        app.vault
            .within(scope)
            .or_problem()?
            .seal_token(token.expose()),
    )
    .await
    .or_problem()?;
    let secret = Secret::new(app.entropy.as_ref());
    let (row, turn) = Box::pin(replace(app, scope, id, &token, (&me, sealed), &secret)).await?;
    turn.tell(app, &db, &token)
        .await?
        .map_err(|error| fault::refusal(Stage::Saved, error))?;
    http_kit::json(StatusCode::OK, &BotOut::from(&row))
}

/// A bot's token can only be followed by another token of the same bot.
fn admit(row: &BotRow, token: &BotToken) -> Result<(), Problem> {
    if row.state == BotState::Disconnected {
        return Err(bot::disconnected());
    }
    if row.telegram_id != token.bot_id() {
        return Err(Problem::conflict(
            "another_bot",
            "This is the token of another bot. Connect that one as a bot of its own.",
        ));
    }
    Ok(())
}

async fn replace<'a>(
    app: &App,
    scope: &TenantScope<Manager>,
    id: BotId,
    token: &BotToken,
    (me, sealed): (&Me, Sealed),
    secret: &'a Secret,
) -> Result<(BotRow, Turn<'a>), Problem> {
    let db = app.store.within(scope).or_problem()?;
    let key = Box::pin(app.tenant_key(scope)).await.or_problem()?;
    for _ in 0..bot::ATTEMPTS {
        let found = bot::find(&db, id).await?;
        admit(&found.row, token)?;
        let now = app.clock.now();
        let row = with_token(&found.row, me, token, sealed.clone());
        let before = Box::pin(db.find::<HookRow>(&keys::hook(row.hook)))
            .await
            .or_problem()?;
        let owner = Owner {
            tenant: scope.tenant(),
            bot: row.id,
            hook: row.hook,
        };
        let turn = Turn::new(owner, before, secret, now);
        let mut transaction = db.transaction();
        transaction.replace(&row, found.rev);
        turn.write(&mut transaction);
        let values = (Some(&found.row), &row);
        bot::audited(app, scope, &key, Action::BotRotate, values)?.write(&mut transaction);
        match transaction.commit().await {
            Ok(()) => {
                app.ring_audit(scope).await;
                // What waited for a token that works; `tick` has looked at it long ago.
                app.ring_sender(scope.tenant(), row.id).await;
                return Ok((row, turn));
            }
            Err(error) if error.is_race() => {}
            Err(error) => return Err(error).or_problem(),
        }
    }
    Err(bot::changed_meanwhile())
}

fn with_token(before: &BotRow, me: &Me, token: &BotToken, sealed: Sealed) -> BotRow {
    BotRow {
        username: me.username.clone(),
        name: me.name.clone(),
        token: Some(sealed),
        token_last4: token.last4().to_owned(),
        state: BotState::Connected,
        ..before.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bot::tests::row;

    fn token(id: i64) -> BotToken {
        BotToken::parse(&format!("{id}:BBExampleExampleExampleExampleExamQ")).expect("a token")
    }

    #[test]
    fn only_a_token_of_the_same_bot_follows() {
        let row = row(1, BotState::TokenDead);
        assert!(admit(&row, &token(row.telegram_id)).is_ok());
        assert!(matches!(
            admit(&row, &token(9_876_543_210)),
            Err(Problem::Conflict {
                code: "another_bot",
                ..
            })
        ));
    }

    #[test]
    fn a_disconnected_bot_takes_no_token() {
        let row = row(1, BotState::Disconnected);
        assert!(matches!(
            admit(&row, &token(row.telegram_id)),
            Err(Problem::Conflict {
                code: "bot_disconnected",
                ..
            })
        ));
    }

    #[test]
    fn of_the_former_token_nothing_remains() {
        let before = row(1, BotState::TokenDead);
        let me = Me {
            id: before.telegram_id,
            username: "renamed_bot".into(),
            name: "Renamed".into(),
            can_join_groups: false,
            can_read_all_group_messages: false,
            can_connect_to_business: false,
        };
        let after = with_token(
            &before,
            &me,
            &token(before.telegram_id),
            Sealed::from_bytes(vec![9]),
        );
        assert_eq!(
            (after.token, after.token_last4.as_str()),
            (Some(Sealed::from_bytes(vec![9])), "xamQ")
        );
        assert_eq!(
            (after.id, after.hook, after.state),
            (before.id, before.hook, BotState::Connected)
        );
    }
}
