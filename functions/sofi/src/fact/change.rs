//! `PATCH /api/v1/fans/{fan_id}/facts/{fact_id}`
//!
//! Uses GetItem on `routing` and `keys`, BatchGetItem and PutItem on `tenant`, BatchGetItem on `keys`, PutItem on `work` and
//! `audit`, kms:Decrypt (purpose `data`), sqs:SendMessage on `audit`.

use std::fmt;

use app::{App, OrProblem};
use domain::Timestamp;
use domain::audit::Action;
use domain::ids::{FactId, FanId, UserId};
use domain::sofi::Sensitivity;
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Patch, Problem, Validate};
use serde::Deserialize;
use store::keys;
use store::row::FactRow;
use tenancy::{Chatter, TenantScope};
use utoipa::ToSchema;

use super::{FactOut, FanSlots, check_numbers, check_text, lasting};
use crate::desk;

/// What changes about a fact. What is left out stays; nothing of it can be cleared. Debug prints no text.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FactUpdate {
    /// What, in one line of 1 to 160 characters.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    text: Patch<String>,
    /// Whether it may be used without asking.
    #[serde(default)]
    #[schema(value_type = Option<Sensitivity>)]
    sensitivity: Patch<Sensitivity>,
    /// How sure, 0 to 100 percent.
    #[serde(default)]
    #[schema(value_type = Option<u32>)]
    confidence: Patch<u32>,
    /// For how many days from now it is remembered, 1 to 730.
    #[serde(default)]
    #[schema(value_type = Option<u32>)]
    days: Patch<u32>,
}

impl fmt::Debug for FactUpdate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FactUpdate(***)")
    }
}

impl Validate for FactUpdate {
    fn validate(&self, errors: &mut FieldErrors) {
        if let Patch::Value(text) = &self.text {
            check_text(errors, text);
        }
        check_numbers(
            errors,
            self.confidence.value().copied(),
            self.days.value().copied(),
        );
        let cleared = [
            ("text", matches!(self.text, Patch::Null)),
            ("sensitivity", matches!(self.sensitivity, Patch::Null)),
            ("confidence", matches!(self.confidence, Patch::Null)),
            ("days", matches!(self.days, Patch::Null)),
        ];
        for (field, _) in cleared.iter().filter(|(_, cleared)| *cleared) {
            errors.add(field, "required", "This cannot be cleared.");
        }
    }
}

/// Changes something that Sofi remembers about a fan.
#[utoipa::path(patch, path = "/api/v1/fans/{fan_id}/facts/{fact_id}",
    params(("fan_id" = String, Path, description = "The fan."), ("fact_id" = String, Path, description = "The fact.")),
    request_body = FactUpdate, responses((status = 200, description = "The fact as it is now.", body = FactOut)))]
pub(crate) async fn handle(
    app: &App,
    scope: &TenantScope<Chatter>,
    (fan, fact): (FanId, FactId),
    input: FactUpdate,
) -> Answer {
    let actor = desk::actor(scope)?;
    let db = app.store.within(scope).or_problem()?;
    let key = Box::pin(app.tenant_key(scope)).await.or_problem()?;
    for _ in 0..desk::ATTEMPTS {
        let mut reads = db.read_many();
        let slots = FanSlots::ask(&mut reads, fan, &key, scope.data())?;
        let slot = reads.find::<FactRow>(&keys::fact(fan, fact));
        let found = Box::pin(reads.send()).await.or_problem()?;
        let fan_key = slots.open(&found, &key)?;
        let former = found.get(slot).or_problem()?.ok_or(Problem::NotFound)?;
        let text = match &input.text {
            Patch::Value(text) => text.trim().to_owned(),
            Patch::Absent | Patch::Null => super::open(&fan_key, &former.row).or_problem()?,
        };
        let bare = changed(former.row, &input, actor, app.clock.now());
        let row = super::sealed(app, &fan_key, bare, &text).or_problem()?;
        let mut transaction = db.transaction();
        transaction.replace(&row, former.rev);
        app.audit(scope, Action::FactChange, fan)
            .write(&mut transaction);
        match Box::pin(transaction.commit()).await {
            Ok(()) => {
                app.ring_audit(scope).await;
                return http_kit::json(StatusCode::OK, &FactOut::new(&row, text));
            }
            Err(error) if error.is_race() => {}
            Err(error) => return Err(error).or_problem(),
        }
    }
    Err(desk::changed_meanwhile())
}

/// The fact after a change, but for its text.
fn changed(before: FactRow, input: &FactUpdate, by: UserId, now: Timestamp) -> FactRow {
    FactRow {
        confidence: *input.confidence.value().unwrap_or(&before.confidence),
        sensitivity: *input.sensitivity.value().unwrap_or(&before.sensitivity),
        until: input
            .days
            .value()
            .map_or(before.until, |days| now.plus(lasting(*days))),
        edited_by: Some(by),
        ..before
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::tests::row;
    use serde_json::{Value, json};

    fn input(body: Value) -> FactUpdate {
        serde_json::from_value(body).expect("an input")
    }

    #[test]
    fn what_is_left_out_stays_and_the_person_is_noted() {
        let by = UserId::from_bytes([7; 16]);
        let now = Timestamp::from_seconds(100);
        let expected = FactRow {
            edited_by: Some(by),
            ..row()
        };
        assert_eq!(changed(row(), &input(json!({})), by, now), expected);
    }

    #[test]
    fn days_count_from_now() {
        let (by, now) = (UserId::from_bytes([7; 16]), Timestamp::from_seconds(100));
        let body = json!({ "days": 1, "confidence": 10, "sensitivity": "sensitive" });
        let after = changed(row(), &input(body), by, now);
        assert_eq!(after.until, Timestamp::from_seconds(100 + 24 * 3600));
        assert_eq!(
            (after.confidence, after.sensitivity),
            (10, Sensitivity::Sensitive)
        );
    }

    #[test]
    fn nothing_of_a_fact_can_be_cleared() {
        let mut errors = FieldErrors::new();
        let all = json!({ "text": null, "sensitivity": null, "confidence": null, "days": null });
        input(all).validate(&mut errors);
        let Err(Problem::Invalid(errors)) = errors.finish() else {
            panic!("there are errors")
        };
        assert_eq!(errors.len(), 4);
    }
}
