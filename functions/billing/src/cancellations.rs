//! `POST` and `DELETE /api/v1/billing/cancellations`
//!
//! Both use GetItem on `routing`, BatchGetItem and PutItem on `tenant`, PutItem on `work` and `audit`, kms:Encrypt (purpose
//! `mail`), kms:Decrypt for `platform`, sqs:SendMessage on the mail and the audit queue. Stripe is told first: the key of that call
//! names the copy that it starts from, so a call that was cut off is made again and does the same.

mod told;

use app::{App, Call, OrProblem};
use domain::audit::Action;
use domain::billing::SubscriptionCopy;
use http::StatusCode;
use http_kit::{Answer, Problem};
use mail::Notice;
use serde::Serialize;
use store::Found;
use store::row::SubscriptionRow;
use stripe::objects::Subscription;
use stripe::{Client, IdempotencyKey, StripeError};
use tenancy::{Owner, TenantScope};
use utoipa::ToSchema;

use crate::act;
use crate::error::BillingError;
use crate::head::{Head, answered, nothing_bought};
use crate::vendor;

pub(crate) use told::told;

/// How a subscription goes on.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct RenewalOut {
    /// Whether it ends with what is paid for.
    cancelled: bool,
    /// When it ends, RFC 3339 UTC; null while it renews.
    ends_at: Option<String>,
}

impl From<&SubscriptionCopy> for RenewalOut {
    fn from(copy: &SubscriptionCopy) -> Self {
        let ends_at = copy.ends_at();
        Self {
            cancelled: ends_at.is_some(),
            ends_at: ends_at.map(domain::Timestamp::rfc3339),
        }
    }
}

/// Cancels: the subscription ends with what is paid for, and everything works until then. A mail confirms it with its moment and
/// that of the end. Cancelling twice changes nothing.
///
/// 409 `nothing_bought`; 409 `already_withdrawn` once somebody withdrew from it; 503 `stripe_unavailable`, and nothing has changed
/// then.
#[utoipa::path(post, path = "/api/v1/billing/cancellations", operation_id = "cancel_subscription", tag = "billing",
    responses((status = 200, description = "It ends with what is paid for.", body = RenewalOut)))]
pub(crate) async fn cancel(app: &App, call: &Call, scope: &TenantScope<Owner>) -> Answer {
    Box::pin(set(app, call, scope, true)).await
}

/// Takes a cancellation back: the subscription renews again, and a mail says so. Repeating it changes nothing.
///
/// 409 `nothing_bought` also when it is over by now; 409 `already_withdrawn` once somebody withdrew from it; 503 `stripe_unavailable`,
/// and nothing has changed then.
#[utoipa::path(delete, path = "/api/v1/billing/cancellations", operation_id = "resume_subscription", tag = "billing",
    responses((status = 200, description = "It renews.", body = RenewalOut)))]
pub(crate) async fn resume(app: &App, call: &Call, scope: &TenantScope<Owner>) -> Answer {
    Box::pin(set(app, call, scope, false)).await
}

async fn set(app: &App, call: &Call, scope: &TenantScope<Owner>, ends: bool) -> Answer {
    let db = app.store.within(scope).or_problem()?;
    let head = Head::read(&db).await?;
    let (row, copy) = head.running()?;
    if row.row.withdrawal_of(copy.id.as_str()).is_some() {
        return Err(withdrawn());
    }
    let client = vendor::client(app).await.or_problem()?;
    // A copy that says so already may be older than what somebody did at Stripe.
    let copy = match is_so(&copy, ends) {
        true => Box::pin(asked(&client, &copy)).await?,
        false => copy,
    };
    if is_so(&copy, ends) {
        return http_kit::json(StatusCode::OK, &RenewalOut::from(&copy));
    }
    let key = key(ends, &copy, row)?;
    let said = match Box::pin(tell(&client, &copy, ends, &key)).await {
        // It is over, and our copy is about to hear of it.
        Err(StripeError::Gone { .. }) => return Err(nothing_bought()),
        answer => answered(answer)?,
    };
    let after = after(&copy, &said);
    let action = match ends {
        true => Action::BillingCancel,
        false => Action::BillingResume,
    };
    let notice = confirmation(app, call, scope, (&copy, &after)).await?;
    act::record(app, scope, Some(action), (row, &after), notice).await?;
    http_kit::json(StatusCode::OK, &RenewalOut::from(&after))
}

/// Whoever withdrew has ended the contract: its end may be a moment away, and is settled.
fn withdrawn() -> Problem {
    Problem::conflict(
        "already_withdrawn",
        "Somebody has withdrawn from this contract. It ends at once, and everything that was paid for it is given back.",
    )
}

/// The copy as Stripe says it at this moment.
async fn asked(client: &Client, copy: &SubscriptionCopy) -> Result<SubscriptionCopy, Problem> {
    match Box::pin(client.subscription(copy.id.as_str())).await {
        Err(StripeError::Gone { .. }) => Err(nothing_bought()),
        Ok(said) if said.status.is_over() => Err(nothing_bought()),
        answer => Ok(after(copy, &answered(answer)?)),
    }
}

/// What confirms the change on a durable medium.
async fn confirmation(
    app: &App,
    call: &Call,
    scope: &TenantScope<Owner>,
    (before, after): (&SubscriptionCopy, &SubscriptionCopy),
) -> Result<Option<Notice>, Problem> {
    let (doer, page, now) = (call.session()?.user(), vendor::page(app), app.clock.now());
    let mail = told(Some(before), after, &page, now).map_err(Problem::internal)?;
    match mail {
        Some(mail) => Box::pin(act::notice(app, call, scope, doer, mail))
            .await
            .map(Some),
        None => Ok(None),
    }
}

/// Whether the copy says already what is wanted. It may end by either of two fields: with its period, or at a moment.
fn is_so(copy: &SubscriptionCopy, ends: bool) -> bool {
    match ends {
        true => copy.ends_with_period(),
        false => !copy.cancel_at_period_end && copy.cancel_at.is_none(),
    }
}

/// Tells Stripe. An end at a moment that somebody set is no end with the period, and is taken back by its own field.
async fn tell(
    client: &Client,
    copy: &SubscriptionCopy,
    ends: bool,
    key: &IdempotencyKey,
) -> Result<Subscription, StripeError> {
    let id = copy.id.as_str();
    match ends || copy.cancel_at_period_end {
        true => Box::pin(client.cancel_at_period_end(id, ends, key)).await,
        false => Box::pin(client.forget_end(id, key)).await,
    }
}

/// The same call from the same copy has the same key; cancelling again after taking it back starts from another copy.
fn key(
    ends: bool,
    copy: &SubscriptionCopy,
    row: &Found<SubscriptionRow>,
) -> Result<IdempotencyKey, Problem> {
    let act = match ends {
        true => "cancel",
        false => "resume",
    };
    IdempotencyKey::new(format!("{act}.{}.{}", copy.id, row.rev))
        .map_err(BillingError::from)
        .or_problem()
}

/// The copy, as far as Stripe's answer is about what was changed.
fn after(copy: &SubscriptionCopy, said: &Subscription) -> SubscriptionCopy {
    SubscriptionCopy {
        cancel_at: said.cancel_at,
        cancel_at_period_end: said.cancel_at_period_end,
        cancelled_at: said.canceled_at,
        ..copy.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::head::tests::{copy, renewing};
    use domain::Timestamp;
    use domain::billing::SubscriptionStatus;

    #[test]
    fn a_cancelled_subscription_ends_with_its_period_and_one_that_renews_does_not() {
        let end = Timestamp::from_seconds(1_798_000_000);
        let renews = renewing(Timestamp::from_seconds(1_795_456_800), end);
        let ends = SubscriptionCopy {
            cancel_at_period_end: true,
            ..renews.clone()
        };
        assert_eq!(RenewalOut::from(&renews).ends_at, None);
        let shown = RenewalOut::from(&ends);
        assert_eq!(
            (shown.cancelled, shown.ends_at),
            (true, Some(end.rfc3339()))
        );
    }

    #[test]
    fn an_end_at_a_moment_is_no_renewal_and_one_after_the_period_is_no_cancellation() {
        let at = Timestamp::from_seconds;
        let renews = renewing(at(100), at(200));
        let with = |cancel_at_period_end, cancel_at: Option<i64>| SubscriptionCopy {
            cancel_at_period_end,
            cancel_at: cancel_at.map(at),
            ..renews.clone()
        };
        for (flag, moment, is_cancelled, is_renewing) in [
            (false, None, false, true),
            (true, None, true, false),
            (true, Some(200), true, false),
            (false, Some(150), true, false),
            (false, Some(200), true, false),
            (false, Some(900), false, false),
        ] {
            let copy = with(flag, moment);
            let said = (is_so(&copy, true), is_so(&copy, false));
            assert_eq!(said, (is_cancelled, is_renewing), "{flag} {moment:?}");
        }
    }

    #[test]
    fn cancelling_once_more_after_a_change_is_another_call() {
        let copy = copy(SubscriptionStatus::Active, 1);
        let row = |rev| Found {
            row: SubscriptionRow::of("cus_1".parse().expect("an id")),
            rev,
        };
        let of = |ends, rev| key(ends, &copy, &row(rev)).expect("a key");
        assert_eq!(of(true, 3), of(true, 3));
        assert_ne!(of(true, 3), of(true, 5));
        assert_ne!(of(true, 3), of(false, 3));
    }
}
