//! Stripe is told once a day how much Sofi wrote, for its own pages and reports. What a plan allows is decided by our count alone.

use domain::Timestamp;
use domain::billing::CustomerId;
use domain::ids::TenantId;
use stripe::{Client, IdempotencyKey, StripeError};

use crate::error::BillingError;

/// The meter at Stripe. Its formula is `last`: each report says how much it is since the month began, so a day without one, or one
/// that came twice, changes no sum.
const METER: &str = "sofi_ai_messages";

/// What Sofi wrote in the month of a moment, counted at that moment. The two stay together: what is told a little later, when the
/// month is over, is still told of this one.
#[derive(Clone, Copy)]
pub(super) struct Written {
    /// How many messages.
    pub(super) messages: u64,
    /// When they were counted.
    pub(super) at: Timestamp,
}

/// Tells the messages of this month. A failure stops nothing: the next day says them as well.
pub(super) async fn report(
    client: &Client,
    customer: &CustomerId,
    tenant: TenantId,
    written: Written,
) {
    if written.messages == 0 {
        return;
    }
    let told = Box::pin(tell(client, customer, tenant, written)).await;
    if let Err(error) = told {
        let chain = telemetry::chain(&error);
        tracing::warn!(tenant.id = %tenant, error.chain = chain, "stripe was not told of use; the next day says it");
    }
}

async fn tell(
    client: &Client,
    customer: &CustomerId,
    tenant: TenantId,
    Written { messages, at }: Written,
) -> Result<(), BillingError> {
    let key = key(tenant, at)?;
    let told = client.report_use(METER, customer.as_str(), messages, at, &key);
    match Box::pin(told).await {
        // This day was told with a smaller number.
        Err(StripeError::KeyReused) => Ok(()),
        answer => Ok(answer?),
    }
}

/// One a workspace and day: it is also the identifier by which Stripe counts a report once.
fn key(tenant: TenantId, at: Timestamp) -> Result<IdempotencyKey, BillingError> {
    Ok(IdempotencyKey::new(format!("use.{tenant}.{}", at.day()))?)
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
