//! `billing.sync`: compares what a workspace bought with Stripe, because of an event or because a day has passed.
//!
//! An event says where to look and never what is true. A look reads our copy, asks Stripe, and replaces the copy as it was
//! read, so that of two looks the one that asked first cannot take the place of the other. What is told by mail follows from
//! rows alone and is created with them: a receipt with the first copy of an invoice that is paid, everything else once by its
//! name. So events may come in any order, twice, late or never. What is to be carried out at Stripe (an end, a refund) comes
//! after the copy, which waits for none of it.
//!
//! While Stripe does not answer, events wait in the queue at growing distances, for days; the daily look comes back by `tick`.

mod bills;
mod closing;
mod dispute;
mod fetch;
mod look;
mod meter;
mod notices;
mod over;
mod passed_on;
mod returned;
mod settle;
mod tell;
mod withdrawn;

use std::time::Duration;

use app::App;
use domain::billing::CustomerId;
use domain::ids::TenantId;
use jobs::{BillingSync, Hint, Outcome, Unaddressed, Whose, accept_unaddressed, run_fifo_batch};
use lambda::{SqsBatchResponse, SqsEvent, SqsMessage, SqsMessageExt};
use store::keys;
use store::row::StripeCustomerRow;
use telemetry::{Dimension, Unit};

use crate::error::BillingError;
use crate::vendor;
use look::Desk;

/// The longest time for which an event is hidden between two tries.
const LONGEST_PAUSE: Duration = Duration::from_secs(15 * 60);

/// Works messages of the queue of billing.
pub(crate) async fn handle(app: &'static App, event: SqsEvent) -> SqsBatchResponse {
    run_fifo_batch(event, &|message| Box::pin(answer(app, message))).await
}

async fn answer(app: &'static App, message: SqsMessage) -> Outcome {
    let queue = &app.config.source_queue;
    let asked = accept_unaddressed::<BillingSync>(&message, queue);
    let worked = match &asked {
        Some(asked) => Box::pin(work(app, asked)).await,
        None => Ok(Outcome::NotOurs),
    };
    match worked {
        Ok(Outcome::NotOurs) => {
            // At once: as long as it is hidden, its group waits behind it.
            give_back(app, &message).await;
            Outcome::NotOurs
        }
        Ok(outcome) => outcome,
        Err(error) => {
            report(&error);
            postpone(app, &message, pause(message.receive_count())).await;
            Outcome::Retry
        }
    }
}

async fn work(app: &App, asked: &Unaddressed<'_, BillingSync>) -> Result<Outcome, BillingError> {
    let hint = asked.job.hint.as_ref();
    let Some(tenant) = Box::pin(tenant(app, &asked.job.whose, hint)).await? else {
        return Ok(Outcome::Done);
    };
    let Some(trusted) = asked.of(tenant) else {
        return Ok(Outcome::NotOurs);
    };
    let scope = trusted.scope();
    let desk = Desk::new(app, &scope)?;
    if hint.is_some() {
        Box::pin(desk.look(hint)).await?;
    } else if desk.hold().await?
        && let Err(error) = Box::pin(desk.look(None)).await
    {
        // It is due again soon, and the queue need not keep it.
        report(&error);
    }
    Ok(Outcome::Done)
}

/// Whose it is; nothing, and a count, where nobody of ours pays.
async fn tenant(
    app: &App,
    whose: &Whose,
    hint: Option<&Hint>,
) -> Result<Option<TenantId>, BillingError> {
    let customer = match whose {
        Whose::Tenant(tenant) => return Ok(Some(*tenant)),
        Whose::Customer(customer) => Some(customer.clone()),
        Whose::Nobody => Box::pin(led_to(app, hint)).await?,
    };
    let Some(customer) = customer else {
        unknown("nobody");
        return Ok(None);
    };
    let key = keys::stripe_customer(&customer);
    let found = app.store.routing().find::<StripeCustomerRow>(&key).await?;
    if found.is_none() {
        unknown("customer");
    }
    Ok(found.map(|found| found.row.tenant))
}

/// The customer of the object that an event names.
async fn led_to(app: &App, hint: Option<&Hint>) -> Result<Option<CustomerId>, BillingError> {
    match hint.and_then(|hint| Some((hint, hint.object.as_deref()?))) {
        Some((hint, object)) => {
            let client = vendor::client(app).await?;
            match dispute::named(hint) {
                Some(id) => dispute::customer_of(&client, id).await,
                None => fetch::customer_of(&client, object).await,
            }
        }
        None => Ok(None),
    }
}

/// 2, 4, 8 seconds and so on, up to a quarter of an hour.
fn pause(receive_count: u32) -> Duration {
    Duration::from_secs(1 << receive_count.clamp(1, 10)).min(LONGEST_PAUSE)
}

async fn give_back(app: &App, message: &SqsMessage) {
    let receipt = message.receipt_handle.as_deref().unwrap_or_default();
    if let Err(error) = app.jobs.give_back_sync(receipt).await {
        let chain = telemetry::chain(&error);
        tracing::warn!(error.chain = chain, "a message could not be given back");
    }
}

/// Brings a message back after so long instead of the queue's own visibility.
async fn postpone(app: &App, message: &SqsMessage, delay: Duration) {
    let receipt = message.receipt_handle.as_deref().unwrap_or_default();
    if let Err(error) = app.jobs.postpone_sync(receipt, delay).await {
        let chain = telemetry::chain(&error);
        tracing::warn!(error.chain = chain, "a look could not be postponed");
    }
}

fn unknown(code: &'static str) {
    let split = [(Dimension::Code, code)];
    telemetry::metric("stripe_events_unknown", Unit::Count, 1.0, &split);
}

fn report(error: &BillingError) {
    let split = [(Dimension::Code, error.code())];
    telemetry::metric("billing_looks_failed", Unit::Count, 1.0, &split);
    let chain = telemetry::chain(error);
    tracing::warn!(error.chain = chain, "what was bought could not be compared");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_tried_again_at_growing_distances_and_at_least_each_quarter_of_an_hour() {
        let pauses: Vec<u64> = (0..14).map(|count| pause(count).as_secs()).collect();
        assert_eq!(pauses[..5], [2, 2, 4, 8, 16]);
        assert_eq!(pauses[10..], [900; 4]);
        assert!(pauses.is_sorted());
    }
}
