//! `PUT /api/v1/ai/budget`
//!
//! Uses GetItem on `routing` and `keys`, BatchGetItem and PutItem on `tenant` and `work`, PutItem on `audit`, kms:Decrypt
//! (purpose `data`), sqs:SendMessage on `audit`.

use app::{App, OrProblem};
use domain::audit::Action;
use domain::sofi::VendorName;
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Validate};
use serde::Deserialize;
use serde_json::{Value, json};
use store::row::AiLimitsRow;
use tenancy::{Manager, TenantScope};
use utoipa::ToSchema;

use super::Budget;
use crate::desk;
use crate::limits::Limits;

/// A thousand US dollars, or a thousand million tokens: more is a slip of the finger.
const MOST: i64 = 1_000_000_000;

/// What Sofi may spend from now on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BudgetUpdate {
    /// The vendors that may see this workspace's chats. None of them: no vendor is ever asked.
    vendors: Vec<VendorName>,
    /// Most of a UTC day, in millionths of a US dollar: 0 to 1,000,000,000.
    daily_cost_micro_usd: i64,
    /// Most tokens of a UTC day, in and out: 0 to 1,000,000,000.
    daily_tokens: i64,
}

impl Validate for BudgetUpdate {
    fn validate(&self, errors: &mut FieldErrors) {
        let amounts = [
            ("daily_cost_micro_usd", self.daily_cost_micro_usd),
            ("daily_tokens", self.daily_tokens),
        ];
        for (field, amount) in amounts {
            if !(0..=MOST).contains(&amount) {
                errors.add(
                    field,
                    "out_of_range",
                    "A limit is between 0 and 1,000,000,000.",
                );
            }
        }
    }
}

impl From<BudgetUpdate> for Limits {
    fn from(input: BudgetUpdate) -> Self {
        Self {
            vendors: VendorName::ALL
                .iter()
                .copied()
                .filter(|name| input.vendors.contains(name))
                .collect(),
            daily_cost: input.daily_cost_micro_usd,
            daily_tokens: input.daily_tokens,
        }
    }
}

/// Sets what Sofi may spend. A call that is under way is not cut off; the next one is measured against the new limits.
#[utoipa::path(put, path = "/api/v1/ai/budget", request_body = BudgetUpdate,
    responses((status = 200, description = "Limits and today's spending.", body = Budget)))]
pub(crate) async fn handle(app: &App, scope: &TenantScope<Manager>, input: BudgetUpdate) -> Answer {
    let actor = desk::actor(scope)?;
    let db = app.store.within(scope).or_problem()?;
    let key = Box::pin(app.tenant_key(scope)).await.or_problem()?;
    let limits = Limits::from(input);
    for _ in 0..desk::ATTEMPTS {
        let now = app.clock.now();
        let (was, rev, today) = super::read(&db, now).await?;
        let row = AiLimitsRow {
            vendors: limits.vendors.clone(),
            daily_cost: limits.daily_cost,
            daily_tokens: limits.daily_tokens,
            changed_by: actor,
            changed_at: now,
        };
        let mut transaction = db.transaction();
        match rev {
            Some(rev) => transaction.replace(&row, rev),
            None => transaction.create(&row),
        };
        app.audit(scope, Action::BudgetChange, scope.tenant())
            .values(&key, Some(&noted(&was)), Some(&noted(&limits)))
            .or_problem()?
            .write(&mut transaction);
        match Box::pin(transaction.commit()).await {
            Ok(()) => {
                app.ring_audit(scope).await;
                return http_kit::json(StatusCode::OK, &Budget::of(&limits, &today));
            }
            Err(error) if error.is_race() => {}
            Err(error) => return Err(error).or_problem(),
        }
    }
    Err(desk::changed_meanwhile())
}

/// Limits for the audit log, in the words of the API.
fn noted(limits: &Limits) -> Value {
    json!({
        "vendors": limits.vendors,
        "daily_cost_micro_usd": limits.daily_cost,
        "daily_tokens": limits.daily_tokens,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_kit::Problem;

    fn input(body: Value) -> BudgetUpdate {
        serde_json::from_value(body).expect("an input")
    }

    #[test]
    fn no_vendor_at_all_is_a_choice_and_one_named_twice_is_one() {
        let body = |vendors: Value| json!({ "vendors": vendors, "daily_cost_micro_usd": 1, "daily_tokens": 2 });
        assert_eq!(Limits::from(input(body(json!([])))).vendors, []);
        let limits = Limits::from(input(body(json!(["groq", "xai", "groq"]))));
        assert_eq!(limits.vendors, [VendorName::Xai, VendorName::Groq]);
        assert!(serde_json::from_value::<BudgetUpdate>(body(json!(["acme"]))).is_err());
    }

    #[test]
    fn limits_are_neither_negative_nor_a_slip_of_the_finger() {
        let wrong = |cost: i64, tokens: i64| {
            let body =
                json!({ "vendors": [], "daily_cost_micro_usd": cost, "daily_tokens": tokens });
            let mut errors = FieldErrors::new();
            input(body).validate(&mut errors);
            match errors.finish() {
                Err(Problem::Invalid(errors)) => errors.len(),
                _ => 0,
            }
        };
        assert_eq!(wrong(0, MOST), 0);
        assert_eq!(wrong(-1, MOST + 1), 2);
    }
}
