//! What a workspace buys. Start at [`ROUTES`] and [`functions`].
//!
//! Stripe's objects are the truth; access comes from our copy alone (decision 0041). An event of Stripe's is a hint that goes
//! into a queue; [`sync`] then asks Stripe and writes the copy, and the same look is taken once a day though nothing was heard.
//! No card number ever comes here: people pay and change how they pay on Stripe's own pages.
//!
//! | handler | AWS actions; all but those on routing, platform secrets and queues by the tenant session |
//! |---|---|
//! | stripe-webhook | routing: GetItem and KMS Decrypt (platform); SQS SendMessage on `billing` |
//! | show | tenant: BatchGetItem, Query; work: BatchGetItem, of this month's messages and of mails |
//! | invoices | keys: GetItem and KMS Decrypt (data), for the key of cursors; tenant: Query |
//! | checkout | routing: GetItem and KMS Decrypt (platform), PutItem; keys: GetItem and KMS Decrypt (data); tenant: BatchGetItem, GetItem, PutItem; work, audit: PutItem; SQS SendMessage on `audit` |
//! | portal | routing: GetItem and KMS Decrypt (platform); tenant: BatchGetItem |
//! | cancel, resume, withdraw | routing: GetItem and KMS Decrypt (platform); tenant: BatchGetItem, PutItem; work, audit: PutItem; KMS Encrypt (mail); SQS SendMessage on `audit` and the mail queue |
//! | sync | routing: GetItem and KMS Decrypt (platform); tenant: BatchGetItem, Query, PutItem; work: BatchGetItem, PutItem; KMS Encrypt (mail); SQS SendMessage on the mail queue, ChangeMessageVisibility on `billing` |

mod act;
mod cancellations;
mod checkouts;
mod error;
mod head;
mod hook;
mod invoices;
mod mails;
mod names;
mod owners;
mod people;
mod portals;
mod refunds;
mod show;
mod sync;
mod vendor;
mod withdrawals;

use app::App;
use http_kit::{Access, Route};
use lambda::Functions;
use utoipa::OpenApi;

/// Every route of this crate: dispatch, OpenAPI, templates and the isolation matrix are compared with it.
pub const ROUTES: &[Route] = &[
    WEBHOOK,
    owners::SHOW,
    owners::INVOICES,
    owners::CHECKOUT,
    owners::PORTAL,
    owners::CANCEL,
    owners::RESUME,
    owners::WITHDRAW,
];

/// Every job of this crate, by handler name.
pub const JOBS: &[&str] = &["billing.sync"];

/// Stripe's events have a few kilobytes, an invoice of many lines perhaps a hundred.
const MAX_EVENT: usize = 512 * 1024;
const WEBHOOK: Route = Route::post(
    "/hooks/stripe",
    "billing.stripe-webhook",
    "receive_stripe_event",
    Access::Hook,
)
.max_body(MAX_EVENT);

/// Whether a handler reads the caller's session.
pub fn needs_session(handler: &str) -> bool {
    handler != WEBHOOK.operation && !JOBS.contains(&handler)
}

/// The handlers.
pub fn functions(app: &'static App) -> Functions {
    owners::add(Functions::new("billing"), app)
        .http(
            "stripe-webhook",
            app.serve(&WEBHOOK, |app, call| {
                Box::pin(async move { hook::handle(app, &call).await })
            }),
        )
        .queue("sync", move |event, _invocation| {
            Box::pin(sync::handle(app, event))
        })
}

/// This crate's part of the API document.
#[derive(OpenApi)]
#[openapi(paths(
    show::handle,
    invoices::handle,
    checkouts::handle,
    portals::handle,
    cancellations::cancel,
    cancellations::resume,
    withdrawals::handle
))]
pub struct Document;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_routes_are_well_formed() {
        assert_eq!(http_kit::check_routes(ROUTES), Ok(()));
    }

    #[test]
    fn neither_the_job_nor_the_webhook_reads_sessions() {
        for handler in ["billing.sync", "billing.stripe-webhook"] {
            assert!(!needs_session(handler), "{handler}");
        }
        assert!(needs_session("billing.show"));
    }
}
