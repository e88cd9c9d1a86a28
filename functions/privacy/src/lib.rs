//! Requests about personal data: erasing a fan, and what became of it. Start at [`ROUTES`] and [`functions`]; what an erasure
//! reaches is [`holdings`], how it is done without miscounting is [`erase`] (decision 0030).
//!
//! | handler | AWS actions; all but those on sessions by the tenant session |
//! |---|---|
//! | every route | routing: GetItem (session) |
//! | erase-fan | keys: GetItem and KMS Decrypt (data); tenant: BatchGetItem, PutItem; work: PutItem; audit: PutItem; SQS SendMessage on `erasures` and `audit` |
//! | requests | keys: GetItem and KMS Decrypt (data), for the key of cursors; tenant: Query |
//! | request | tenant, work: BatchGetItem |
//! | erase | keys: GetItem, BatchGetItem, DeleteItem and KMS Decrypt (data); tenant, work: Query, BatchGetItem, PutItem, DeleteItem; SQS SendMessage on `erasures` and the doorbell |
//!
//! Sequential calls when warm: erase-fan 5 (session; fan beside tombstone; the transaction; the two rings), requests 2, request 2.

mod begin;
mod erase;
mod holdings;
mod out;
mod requests;

use app::App;
use domain::role::Right;
use http_kit::{Access, Route};
use lambda::Functions;
use tenancy::Manager;
use utoipa::OpenApi;

/// Every route of this crate: dispatch, OpenAPI, templates and the isolation matrix are compared with it.
pub const ROUTES: &[Route] = &[ERASE_FAN, REQUESTS, REQUEST];

/// Every job of this crate, by handler name.
pub const JOBS: &[&str] = &["privacy.erase"];

const HANDLES: Access = Access::Session {
    right: Right::HandlePrivacy,
};
const FORM: usize = 4 * 1024;
const ERASE_FAN: Route = Route::post(
    "/api/v1/privacy/erasures",
    "privacy.erase-fan",
    "erase_fan",
    HANDLES,
)
.max_body(FORM)
.step_up();
const REQUESTS: Route = Route::get(
    "/api/v1/privacy/requests",
    "privacy.requests",
    "list_privacy_requests",
    HANDLES,
);
const REQUEST: Route = Route::get(
    "/api/v1/privacy/requests/{request_id}",
    "privacy.request",
    "get_privacy_request",
    HANDLES,
);

/// The handlers.
pub fn functions(app: &'static App) -> Functions {
    Functions::new("privacy")
        .http(
            "erase-fan",
            app.serve(&ERASE_FAN, |app, call| {
                Box::pin(async move {
                    let scope = call.scope::<Manager>()?;
                    begin::handle(app, &call, &scope, call.json()?).await
                })
            }),
        )
        .http(
            "requests",
            app.serve(&REQUESTS, |app, call| {
                Box::pin(async move {
                    requests::list(app, &call.scope::<Manager>()?, call.query()?).await
                })
            }),
        )
        .http(
            "request",
            app.serve(&REQUEST, |app, call| {
                Box::pin(async move {
                    let request = call.path_id("request_id")?;
                    requests::one(app, &call.scope::<Manager>()?, request).await
                })
            }),
        )
        .queue("erase", move |event, invocation| {
            Box::pin(erase::handle(app, event, invocation))
        })
}

/// This crate's part of the API document.
#[derive(OpenApi)]
#[openapi(paths(begin::handle, requests::list, requests::one))]
pub struct Document;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_routes_are_well_formed() {
        assert_eq!(http_kit::check_routes(ROUTES), Ok(()));
    }
}
