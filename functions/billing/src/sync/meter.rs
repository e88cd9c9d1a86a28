//! Stripe is told once a day how much Sofi wrote, for its own pages and reports. What a plan allows is decided by our count alone.

use domain::Timestamp;
use domain::billing::CustomerId;
use domain::ids::TenantId;
use stripe::{Client, IdempotencyKey, StripeError};

use crate::error::BillingError;

/// The meter at Stripe. Its formula is `last`: each report says how much it is since the month began, so a day without one, or one
/// that came twice, changes no sum.
const METER: &str = "sofi_ai_messages";

/// Tells the messages of this month. A failure stops nothing: the next day says them as well.
pub(super) async fn report(
    client: &Client,
    customer: &CustomerId,
    tenant: TenantId,
    messages: u64,
    now: Timestamp,
) {
    if messages == 0 {
        return;
    }
    let told = Box::pin(tell(client, customer, tenant, messages, now)).await;
    if let Err(error) = told {
        let chain = telemetry::chain(&error);
        tracing::warn!(tenant.id = %tenant, error.chain = chain, "stripe was not told of use; the next day says it");
    }
}

async fn tell(
    client: &Client,
    customer: &CustomerId,
    tenant: TenantId,
    messages: u64,
    now: Timestamp,
) -> Result<(), BillingError> {
    let key = key(tenant, now)?;
    let told = client.report_use(METER, customer.as_str(), messages, now, &key);
    match Box::pin(told).await {
        // This day was told with a smaller number.
        Err(StripeError::KeyReused) => Ok(()),
        answer => Ok(answer?),
    }
}

/// One a workspace and day: it is also the identifier by which Stripe counts a report once.
fn key(tenant: TenantId, now: Timestamp) -> Result<IdempotencyKey, BillingError> {
    Ok(IdempotencyKey::new(format!("use.{tenant}.{}", now.day()))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workspace_has_one_report_a_day_and_its_name_fits_an_identifier() {
        let day = 86_400;
        let of = |byte: u8, seconds| {
            let tenant = TenantId::from_bytes([byte; 16]);
            key(tenant, Timestamp::from_seconds(seconds)).expect("a key")
        };
        assert_eq!(of(1, 20_000 * day), of(1, 20_000 * day + day - 1));
        assert_ne!(of(1, 20_000 * day), of(1, 20_001 * day));
        assert_ne!(of(1, 20_000 * day), of(2, 20_000 * day));
        assert!(of(1, 20_000 * day).as_str().len() <= 100);
    }
}
