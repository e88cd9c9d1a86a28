//! `PUT /api/v1/fans/{fan_id}/restriction`: the team has a fan's data only kept, or ends that.
//!
//! While it holds, what the fan writes is stored and shown, but no AI reads it, nobody is told of it but of distress, and
//! nothing is written to the fan but fixed answers to the fan's own commands. What Sofi has drafted goes. The fan's own word
//! (`/restrict`) stands beside it: neither ends the other. Uses GetItem on `routing` and `keys`, BatchGetItem on `tenant` and
//! `keys`, Query, PutItem and DeleteItem on `tenant`, PutItem on `work` and `audit`, kms:Decrypt (purpose `data`),
//! sqs:SendMessage on `audit`.

use app::{App, AppError, IntoProblem, OrProblem, SealsJson, heads, place, withdraw_draft};
use domain::audit::Action;
use domain::consent::{ConsentAct, ConsentPurpose};
use domain::ids::FanId;
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Patch, Validate};
use serde::{Deserialize, Serialize};
use store::row::{ConsentRow, FanRow};
use store::{Row, StoreError, TenantDb};
use tenancy::{Manager, TenantScope};
use utoipa::ToSchema;

use crate::load::{self, Loaded};
use crate::note::tell;
use crate::out::{FanOut, Restriction};

const LONGEST_REASON: usize = 500;
/// Times that the fan's own doings may come in between.
const TRIES: usize = 6;

/// Whether a fan's data is only kept from now on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RestrictionIn {
    /// Why the fan's data is only kept from now on, 1 to 500 characters; `null` ends what the team began. The field itself is
    /// required.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    reason: Patch<String>,
}

impl Validate for RestrictionIn {
    fn validate(&self, errors: &mut FieldErrors) {
        let blank = self.reason.value().is_some_and(|why| why.trim().is_empty());
        if self.reason.is_absent() || blank {
            let message = "Say why, or send null to end the restriction.";
            errors.add("reason", "required", message);
        }
        let length = self.reason.value().map_or(0, |why| why.chars().count());
        if length > LONGEST_REASON {
            errors.add("reason", "too_long", "A reason has at most 500 characters.");
        }
    }
}

/// What of it the audit log holds.
#[derive(Serialize)]
struct Said {
    restricted: bool,
    reason: Option<String>,
}

impl Said {
    fn of(row: &FanRow, loaded: &Loaded) -> Result<Self, AppError> {
        let restriction = Restriction::of(row, &loaded.key)?;
        Ok(Self {
            restricted: restriction.is_some(),
            reason: restriction.map(Restriction::into_reason),
        })
    }
}

/// Has a fan's data only kept, or used again.
#[utoipa::path(put, path = "/api/v1/fans/{fan_id}/restriction", params(("fan_id" = String, Path, description = "The fan.")),
    request_body = RestrictionIn, responses((status = 200, description = "The fan as it is now.", body = FanOut)))]
pub(crate) async fn handle(
    app: &App,
    scope: TenantScope<Manager>,
    fan: FanId,
    input: RestrictionIn,
) -> Answer {
    let key = app.tenant_key(&scope).await.or_problem()?;
    let db = app.store.within(&scope).or_problem()?;
    let reason = input.reason.value().map(|why| why.trim());
    for _ in 0..TRIES {
        let mut loaded = load::fan(&db, scope.data(), &key, fan).await?;
        let was = loaded.fan.row.clone();
        if reason.is_none() && was.team_restricted_at.is_none() {
            return http_kit::json(StatusCode::OK, &FanOut::open(&loaded).or_problem()?);
        }
        loaded.fan.row = changed(app, &scope, &loaded, reason).or_problem()?;
        let word = word(app, &scope, &was, &loaded.fan.row);
        loaded.consents.extend(word.clone());
        let said = (&was, word.as_ref());
        match Box::pin(store(app, &scope, &db, said, &loaded)).await {
            Ok(()) => {
                app.ring_audit(&scope).await;
                return http_kit::json(StatusCode::OK, &FanOut::open(&loaded).or_problem()?);
            }
            Err(AppError::Store(error)) if error.is_race() => {}
            Err(error) => return Err(error.into_problem()),
        }
    }
    Err(StoreError::Contention.into_problem())
}

/// The fan after the team's word. Who gives another reason does not begin anew.
fn changed(
    app: &App,
    scope: &TenantScope<Manager>,
    loaded: &Loaded,
    reason: Option<&str>,
) -> Result<FanRow, AppError> {
    let mut row = app.with_sealed_tags(&loaded.key, loaded.fan.row.clone())?;
    let why = match reason {
        Some(why) => {
            let at = row.key();
            let place = place::<FanRow>(&at, "team_restricted_why");
            Some(loaded.key.seal_json(&place, &why, app.entropy.as_ref())?)
        }
        None => None,
    };
    let since = row.team_restricted_at.unwrap_or_else(|| app.clock.now());
    row.team_restricted_at = why.is_some().then_some(since);
    row.team_restricted_by = why.as_ref().and_then(|_| scope.actor());
    row.team_restricted_why = why;
    Ok(row)
}

/// Another reason is no new word.
fn word(app: &App, scope: &TenantScope<Manager>, was: &FanRow, row: &FanRow) -> Option<ConsentRow> {
    let is = row.team_restricted_at.is_some();
    let act = ConsentAct::of(is);
    let said = (app.clock.now(), scope.actor());
    (was.team_restricted_at.is_some() != is)
        .then(|| ConsentRow::of_team(row.id, ConsentPurpose::Use, act, said))
}

async fn store(
    app: &App,
    scope: &TenantScope<Manager>,
    db: &TenantDb<Manager>,
    (was, word): (&FanRow, Option<&ConsentRow>),
    loaded: &Loaded,
) -> Result<(), AppError> {
    let row = &loaded.fan.row;
    let (old, new) = (Said::of(was, loaded)?, Said::of(row, loaded)?);
    let entry = app.audit(scope, Action::FanRestrict, row.id);
    let entry = entry.values(&loaded.key, Some(&old), Some(&new))?;
    let mut transaction = db.transaction();
    transaction.replace(row, loaded.fan.rev);
    if let Some(word) = word {
        transaction.put_any(word);
    }
    if new.restricted {
        let chats: Vec<_> = loaded
            .conversations
            .iter()
            .map(|(head, _)| head.id)
            .collect();
        for head in heads(db, &chats).await? {
            withdraw_draft(app, &mut transaction, &head);
        }
    }
    let newest = loaded.conversations.first().map(|(head, _)| head.id);
    tell(app, &mut transaction, row, newest, &entry);
    Ok(transaction.commit().await?)
}

#[cfg(test)]
mod tests {
    use http_kit::Problem;

    use super::*;

    fn wrong(body: serde_json::Value) -> Vec<String> {
        let input: RestrictionIn = serde_json::from_value(body).expect("an input");
        let mut errors = FieldErrors::new();
        input.validate(&mut errors);
        match errors.finish() {
            Err(Problem::Invalid(errors)) => errors
                .into_iter()
                .map(|error| error.code.into_owned())
                .collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn a_restriction_has_a_reason_and_null_ends_it() {
        assert!(wrong(serde_json::json!({ "reason": "asked by mail" })).is_empty());
        assert!(wrong(serde_json::json!({ "reason": null })).is_empty());
        assert_eq!(wrong(serde_json::json!({})), ["required"]);
        assert_eq!(wrong(serde_json::json!({ "reason": " \n" })), ["required"]);
        let long = "x".repeat(LONGEST_REASON + 1);
        assert_eq!(wrong(serde_json::json!({ "reason": long })), ["too_long"]);
        assert!(wrong(serde_json::json!({ "reason": &long[1..] })).is_empty());
    }
}
