//! `POST /api/v1/fans/{fan_id}/facts`
//!
//! Uses GetItem on `routing` and `keys`, BatchGetItem, Query, PutItem and ConditionCheckItem on `tenant`, BatchGetItem on
//! `keys`, PutItem on `work` and `audit`, kms:Decrypt (purpose `data`), sqs:SendMessage on `audit`.

use std::fmt;

use app::{App, OrProblem};
use domain::Sealed;
use domain::audit::Action;
use domain::ids::{FactId, FanId};
use domain::sofi::{MOST_FACTS, Sensitivity};
use futures::try_join;
use http_kit::{Answer, FieldErrors, Problem, Validate};
use serde::Deserialize;
use store::keys;
use store::row::{FactRow, FanRow};
use tenancy::{Chatter, TenantScope};
use utoipa::ToSchema;

use super::{DAYS, FactOut, FanSlots, check_numbers, check_text, judged, lasting};
use crate::desk;

/// A person's word is taken for sure.
const SURE: u32 = 100;

/// Something to remember about a fan. Debug prints no text.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewFact {
    /// What, in one line of 1 to 160 characters.
    text: String,
    /// Whether it may be used without asking; left out, the text is read for it.
    sensitivity: Option<Sensitivity>,
    /// How sure, 0 to 100 percent, 100 if left out.
    confidence: Option<u32>,
    /// For how many days it is remembered, 1 to 730, 180 if left out.
    days: Option<u32>,
}

impl fmt::Debug for NewFact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NewFact(***)")
    }
}

impl Validate for NewFact {
    fn validate(&self, errors: &mut FieldErrors) {
        check_text(errors, &self.text);
        check_numbers(errors, self.confidence, self.days);
    }
}

/// Has Sofi remember something about a fan.
#[utoipa::path(post, path = "/api/v1/fans/{fan_id}/facts",
    params(("fan_id" = String, Path, description = "The fan.")), request_body = NewFact,
    responses((status = 201, description = "The fact.", body = FactOut)))]
pub(crate) async fn handle(
    app: &App,
    scope: &TenantScope<Chatter>,
    fan: FanId,
    input: NewFact,
) -> Answer {
    let actor = desk::actor(scope)?;
    let db = app.store.within(scope).or_problem()?;
    let key = Box::pin(app.tenant_key(scope)).await.or_problem()?;
    let mut reads = db.read_many();
    let slots = FanSlots::ask(&mut reads, fan, &key, scope.data())?;
    let (found, facts) = try_join!(Box::pin(reads.send()), super::all(&db, fan)).or_problem()?;
    let fan_key = slots.open(&found, &key)?;
    if facts.len() >= MOST_FACTS {
        return Err(too_many());
    }
    let now = app.clock.now();
    let text = input.text.trim().to_owned();
    let bare = FactRow {
        id: app.mint(FactId::new),
        fan,
        text: Sealed::default(),
        conversation: None,
        source: None,
        confidence: input.confidence.unwrap_or(SURE),
        sensitivity: input.sensitivity.unwrap_or_else(|| judged(&text)),
        edited_by: Some(actor),
        at: now,
        until: now.plus(lasting(input.days.unwrap_or(DAYS))),
    };
    let row = super::sealed(app, &fan_key, bare, &text).or_problem()?;
    let mut transaction = db.transaction();
    // Nothing is noted about a fan who was erased meanwhile.
    let known = transaction.require::<FanRow>(&keys::fan(fan));
    transaction.create(&row);
    app.audit(scope, Action::FactCreate, fan)
        .write(&mut transaction);
    match Box::pin(transaction.commit()).await {
        Ok(()) => {
            app.ring_audit(scope).await;
            http_kit::created(&FactOut::new(&row, text))
        }
        Err(error) if error.failed(known).is_some() => Err(Problem::NotFound),
        Err(error) => Err(error).or_problem(),
    }
}

fn too_many() -> Problem {
    Problem::conflict(
        "too_many_facts",
        "Sofi remembers at most 60 facts about a fan. Delete one first.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn everything_but_the_text_may_be_left_out() {
        let input: NewFact = serde_json::from_value(json!({ "text": "canary" })).expect("reads");
        let mut errors = FieldErrors::new();
        input.validate(&mut errors);
        assert!(errors.is_empty());
        assert_eq!(input.sensitivity, None);
        assert!(!format!("{input:?}").contains("canary"));
        assert!(serde_json::from_value::<NewFact>(json!({})).is_err());
    }
}
