//! `PATCH /api/v1/bots/{bot_id}/business-accounts/{business_account_id}`

use app::{App, OrProblem};
use domain::Timestamp;
use domain::audit::Action;
use domain::ids::{BotId, BusinessAccountId};
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Problem, Validate};
use serde::Deserialize;
use serde_json::{Value, json};
use store::keys;
use store::row::BusinessAccountRow;
use tenancy::{Manager, TenantScope};
use utoipa::ToSchema;

use super::BusinessAccountOut;
use crate::bot;

/// What a workspace may decide about an account.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BusinessAccountIn {
    /// `false`: nothing more of its chats is stored, and nobody answers in them; what is stored stays. `true`: from now on
    /// they are stored again.
    #[serde(default)]
    stored: Option<bool>,
    /// `true`: Sofi may take part in these chats, once the account's owner has said so too. `false`, as for every account at
    /// first: with the workspace's persona and budget it does not.
    #[serde(default)]
    sofi: Option<bool>,
}

impl Validate for BusinessAccountIn {
    fn validate(&self, errors: &mut FieldErrors) {
        if self.stored.is_none() && self.sofi.is_none() {
            let message =
                "Say whether the account's chats are stored, or whether Sofi takes part in them.";
            errors.add("stored", "required", message);
        }
    }
}

/// Declines the chats of an account or takes them again, and says whether Sofi may take part in them. Anybody can connect
/// any bot to their own account: this is how a workspace refuses chats that are not its own.
#[utoipa::path(patch, path = "/api/v1/bots/{bot_id}/business-accounts/{business_account_id}",
    operation_id = "update_business_account", tag = "bots",
    params(("bot_id" = String, Path, description = "The bot."), ("business_account_id" = String, Path, description = "The account.")),
    request_body = BusinessAccountIn,
    responses((status = 200, description = "The account now.", body = BusinessAccountOut)))]
pub(crate) async fn handle(
    app: &App,
    scope: &TenantScope<Manager>,
    bot: BotId,
    account: BusinessAccountId,
    input: BusinessAccountIn,
) -> Answer {
    let db = app.store.within(scope).or_problem()?;
    let key = Box::pin(app.tenant_key(scope)).await.or_problem()?;
    for _ in 0..bot::ATTEMPTS {
        let found = Box::pin(db.find::<BusinessAccountRow>(&keys::business_account(bot, account)))
            .await
            .or_problem()?
            .ok_or(Problem::NotFound)?;
        let now = app.clock.now();
        let row = changed(&found.row, &input, now);
        let answer = http_kit::json(
            StatusCode::OK,
            &BusinessAccountOut::open(&key, &row).or_problem()?,
        );
        if (row.declined_at, row.sofi_since) == (found.row.declined_at, found.row.sofi_since) {
            return answer;
        }
        let mut transaction = db.transaction();
        transaction.replace(&row, found.rev);
        app.audit(scope, Action::BusinessChange, account)
            .values(&key, Some(&decision(&found.row)), Some(&decision(&row)))
            .or_problem()?
            .write(&mut transaction);
        match transaction.commit().await {
            Ok(()) => {
                app.ring_audit(scope).await;
                return answer;
            }
            Err(error) if error.is_race() => {}
            Err(error) => return Err(error).or_problem(),
        }
    }
    Err(bot::changed_meanwhile())
}

/// What the workspace decides about an account, for the audit log.
fn decision(row: &BusinessAccountRow) -> Value {
    json!({ "stored": row.declined_at.is_none(), "sofi": row.sofi_since.is_some() })
}

/// The account as the workspace wants it. What was so before keeps its moment.
fn changed(
    row: &BusinessAccountRow,
    input: &BusinessAccountIn,
    now: Timestamp,
) -> BusinessAccountRow {
    let since = |wanted: Option<bool>, known: Option<Timestamp>| match wanted {
        Some(true) => known.or(Some(now)),
        Some(false) => None,
        None => known,
    };
    BusinessAccountRow {
        declined_at: since(input.stored.map(|stored| !stored), row.declined_at),
        sofi_since: since(input.sofi, row.sofi_since),
        ..row.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_decision_itself_is_required() {
        let wrong = |body: serde_json::Value| {
            let input: BusinessAccountIn = serde_json::from_value(body).expect("an input");
            let mut errors = FieldErrors::new();
            input.validate(&mut errors);
            errors.finish().is_err()
        };
        assert!(wrong(serde_json::json!({})));
        assert!(!wrong(serde_json::json!({"stored": false})));
        assert!(!wrong(serde_json::json!({"sofi": true})));
    }
}
