//! What the closing of a workspace ends at Stripe: after it, nothing here could.

use std::slice;

use domain::Timestamp;
use domain::billing::{CustomerId, Fetched, SubscriptionCopy, SubscriptionStatus, copied};
use domain::privacy::ClosingState;
use store::row::{CheckoutRow, ClosingRow};
use stripe::{Client, IdempotencyKey, StripeError};

use crate::error::BillingError;

/// Each subscription of a customer as a copy says it. Our own copy is of one, and where there are more, every one is charged on.
pub(super) fn each(
    customer: &CustomerId,
    fetched: &[Fetched],
    now: Timestamp,
) -> Vec<SubscriptionCopy> {
    fetched
        .iter()
        .filter_map(|one| copied(customer, slice::from_ref(one), None, now).copy)
        .collect()
}

/// What was bought ends with its period, and the page that is open to buy on is closed. What owes a payment ends at once: Stripe would
/// try that one for weeks, though the workspace is gone. The event that Stripe sends about it brings the copy up to date. Whoever
/// takes the closing back finds the plan cancelled, and may keep it while it lasts.
pub(super) async fn end_with(
    closing: &ClosingRow,
    client: &Client,
    bought: &[SubscriptionCopy],
    checkout: Option<&CheckoutRow>,
    now: Timestamp,
) -> Result<(), BillingError> {
    if closing.state == ClosingState::Reopening {
        return Ok(());
    }
    Box::pin(shut_open(client, checkout, now)).await?;
    for copy in bought {
        if owes(copy) {
            Box::pin(client.cancel_now(copy.id.as_str())).await?;
        } else if copy.goes_on() {
            let key = IdempotencyKey::new(format!("close.{}.{}", copy.id, closing.request))?;
            Box::pin(client.cancel_at_period_end(copy.id.as_str(), true, &key)).await?;
        }
    }
    Ok(())
}

/// Closes the page that may be open to buy on: what is bought there would be paid for and give nothing.
pub(super) async fn shut_open(
    client: &Client,
    checkout: Option<&CheckoutRow>,
    now: Timestamp,
) -> Result<(), BillingError> {
    match checkout.filter(|checkout| now < checkout.closes_at) {
        Some(checkout) => Box::pin(shut(client, checkout)).await,
        None => Ok(()),
    }
}

/// Closes a page. One that is over already was paid, or closed before.
async fn shut(client: &Client, checkout: &CheckoutRow) -> Result<(), BillingError> {
    let Some(session) = &checkout.session else {
        return Ok(());
    };
    let key = IdempotencyKey::new(format!("{}.close", checkout.idempotency_key))?;
    match Box::pin(client.expire_checkout_session(session.as_str(), &key)).await {
        Ok(_) | Err(StripeError::Invalid { .. } | StripeError::Gone { .. }) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Whether a payment is open, so that more of it may be charged than what was paid for.
const fn owes(copy: &SubscriptionCopy) -> bool {
    matches!(
        copy.status,
        SubscriptionStatus::PastDue | SubscriptionStatus::Unpaid | SubscriptionStatus::Incomplete
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::head::tests::{copy, fetched, renewing};

    #[test]
    fn a_second_subscription_is_ended_too_and_none_of_another_customer() {
        let all = [
            fetched("sub_1", "cus_1", "active"),
            fetched("sub_2", "cus_1", "past_due"),
            fetched("sub_3", "cus_2", "active"),
        ];
        let customer = "cus_1".parse().expect("an id");
        let bought = each(&customer, &all, Timestamp::from_seconds(100));
        let ends: Vec<_> = bought
            .iter()
            .map(|copy| (copy.id.as_str(), owes(copy), copy.goes_on()))
            .collect();
        assert_eq!(ends, [("sub_1", false, true), ("sub_2", true, true)]);
    }

    #[test]
    fn whatever_would_be_charged_once_more_is_ended() {
        let at = Timestamp::from_seconds;
        let renews = renewing(at(100), at(200));
        assert!(renews.goes_on());
        let ends = |cancel_at| SubscriptionCopy {
            cancel_at: Some(at(cancel_at)),
            ..renews.clone()
        };
        assert!(!ends(200).goes_on());
        assert!(ends(201).goes_on(), "it renews until then");
        assert!(!copy(SubscriptionStatus::Canceled, 100).goes_on());
    }

    #[test]
    fn what_owes_a_payment_is_ended_at_once_and_what_is_paid_lasts() {
        let status = |word: &str| owes(&copy(word.into(), 100));
        assert!(["past_due", "unpaid", "incomplete"].into_iter().all(status));
        let paid = ["active", "trialing", "paused", "canceled", "dreaming"];
        assert!(!paid.into_iter().any(status));
    }
}
