//! `POST /api/v1/billing/portals`
//!
//! Uses GetItem on `routing`, BatchGetItem on `tenant`, kms:Decrypt for `platform`. Nothing is written: an address that was lost
//! is made again.

use app::{App, OrProblem};
use http_kit::{Answer, FieldErrors, Validate};
use serde::{Deserialize, Serialize};
use stripe::{Flow, IdempotencyKey};
use tenancy::{Owner, TenantScope};
use utoipa::ToSchema;

use crate::error::BillingError;
use crate::head::{Head, answered, nothing_bought};
use crate::vendor;

/// Which page of Stripe's opens at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PortalFlow {
    /// Another way to pay.
    PaymentMethod,
    /// Another plan or interval.
    ChangePlan,
}

/// Where to go.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PortalIn {
    /// Left out: the overview.
    #[serde(default)]
    flow: Option<PortalFlow>,
}

impl Validate for PortalIn {
    fn validate(&self, _errors: &mut FieldErrors) {}
}

/// A page of Stripe's.
#[derive(Serialize, ToSchema)]
pub(crate) struct PortalOut {
    /// Its address. It opens without a login for a few minutes: go there at once, and keep it nowhere.
    url: String,
}

/// Opens Stripe's page on which the way to pay and the plan are changed and invoices are listed. Each call makes a new address.
///
/// 409 `nothing_bought` before anything was bought, or where there is no plan to change; 503 `stripe_unavailable`.
#[utoipa::path(post, path = "/api/v1/billing/portals", operation_id = "create_billing_portal", tag = "billing",
    request_body = PortalIn, responses((status = 201, description = "The page is open.", body = PortalOut)))]
pub(crate) async fn handle(app: &App, scope: &TenantScope<Owner>, input: PortalIn) -> Answer {
    let db = app.store.within(scope).or_problem()?;
    let head = Head::read(&db).await?;
    let customer = &head
        .bought
        .as_ref()
        .ok_or_else(nothing_bought)?
        .row
        .customer;
    let changed = match input.flow {
        Some(PortalFlow::ChangePlan) => Some(head.running()?.1.id),
        _ => None,
    };
    let flow = match (input.flow, &changed) {
        (None, _) => None,
        (_, Some(subscription)) => Some(Flow::ChangePlan(subscription.as_str())),
        (Some(_), None) => Some(Flow::PaymentMethod),
    };
    let client = vendor::client(app).await.or_problem()?;
    let key = IdempotencyKey::new(format!("portal.{}", app.unique()))
        .map_err(BillingError::from)
        .or_problem()?;
    let back = vendor::page(app);
    let opened = client.create_portal_session(customer.as_str(), &back, flow, &key);
    let link = answered(Box::pin(opened).await)?;
    http_kit::created(&PortalOut {
        url: link.as_str().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_overview_needs_no_word_and_an_unknown_page_is_refused() {
        let read = |text: &str| serde_json::from_str::<PortalIn>(text).map(|input| input.flow);
        assert_eq!(read("{}").ok(), Some(None));
        let plan = read(r#"{"flow":"change_plan"}"#);
        assert_eq!(plan.ok(), Some(Some(PortalFlow::ChangePlan)));
        assert!(read(r#"{"flow":"cancel"}"#).is_err());
    }
}
