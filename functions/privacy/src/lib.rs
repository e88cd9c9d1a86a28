//! Requests about personal data: exports, erasing a fan, and what became of it. Start at [`ROUTES`] and [`functions`]; what an erasure
//! reaches is [`holdings`], how it is done without miscounting is [`erase`] (decision 0030).
//!
//! | handler | AWS actions; all but those on sessions by the tenant session |
//! |---|---|
//! | every route | routing: GetItem (session) |
//! | erase-fan | keys: GetItem and KMS Decrypt (data); tenant: BatchGetItem, PutItem; work: PutItem; audit: PutItem; SQS SendMessage on `erasures` and `audit` |
//! | begin-export | tenant: GetItem (fan, request), PutItem; work: Query, PutItem; audit: PutItem; SQS SendMessage on `exports` and `audit` |
//! | link-export | work: GetItem, PutItem; audit: PutItem; SQS SendMessage on `audit` |
//! | download | as link-export; S3 GetObject, by the address that is handed out |
//! | requests | keys: GetItem and KMS Decrypt (data), for the key of cursors; tenant: Query |
//! | request | tenant, work: BatchGetItem |
//! | erase | keys: GetItem, BatchGetItem, DeleteItem and KMS Decrypt (data); tenant, work: Query, BatchGetItem, PutItem, DeleteItem; SQS SendMessage on `erasures` and the doorbell; S3 DeleteObject, AbortMultipartUpload |
//! | export | see [`export`] |
//!
//! Sequential calls when warm: begin-export 5, link-export 4, download 4; erase-fan 5 (session; fan beside tombstone; the transaction; the two rings), requests 2, request 2.

mod begin;
mod erase;
mod error;
mod export;
mod holdings;
mod out;
mod requests;

use std::sync::OnceLock;

use app::App;
use domain::role::Right;
use http_kit::{Access, Route};
use lambda::Functions;
use objects::Objects;
use tenancy::Manager;
use utoipa::OpenApi;

/// Every route of this crate: dispatch, OpenAPI, templates and the isolation matrix are compared with it.
pub const ROUTES: &[Route] = &[
    ERASE_FAN,
    BEGIN_EXPORT,
    LINK_EXPORT,
    DOWNLOAD,
    REQUESTS,
    REQUEST,
];

/// Every job of this crate, by handler name.
pub const JOBS: &[&str] = &["privacy.erase", "privacy.export"];

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
const BEGIN_EXPORT: Route = Route::post(
    "/api/v1/privacy/exports",
    "privacy.begin-export",
    "begin_export",
    HANDLES,
)
.max_body(FORM)
.step_up();
const LINK_EXPORT: Route = Route::post(
    "/api/v1/privacy/requests/{request_id}/links",
    "privacy.link-export",
    "link_export",
    HANDLES,
)
.max_body(FORM)
.step_up();
/// Asks for a proof itself: a try without one is in the audit log.
const DOWNLOAD: Route = Route::post(
    "/api/v1/privacy/downloads",
    "privacy.download",
    "download_export",
    HANDLES,
)
.max_body(FORM);
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
            "begin-export",
            app.serve(&BEGIN_EXPORT, |app, call| {
                Box::pin(async move {
                    let scope = call.scope::<Manager>()?;
                    export::begin::handle(app, &call, &scope, call.json()?).await
                })
            }),
        )
        .http(
            "link-export",
            app.serve(&LINK_EXPORT, |app, call| {
                Box::pin(async move {
                    let request = call.path_id("request_id")?;
                    let scope = call.scope::<Manager>()?;
                    export::link::handle(app, &call, &scope, request).await
                })
            }),
        )
        .http(
            "download",
            app.serve(&DOWNLOAD, |app, call| {
                Box::pin(async move {
                    let scope = call.scope::<Manager>()?;
                    let objects = objects(app);
                    export::download::handle(app, objects, &call, &scope, call.json()?).await
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
            Box::pin(erase::handle(app, objects(app), event, invocation))
        })
        .queue("export", move |event, invocation| {
            Box::pin(export::handle(app, objects(app), event, invocation))
        })
}

/// The exports' files; one entrance a process, which keeps its connections.
fn objects(app: &App) -> &'static Objects {
    static OBJECTS: OnceLock<Objects> = OnceLock::new();
    OBJECTS.get_or_init(|| Objects::new(app.aws.clone(), app.config.export_bucket.clone()))
}

/// This crate's part of the API document.
#[derive(OpenApi)]
#[openapi(paths(
    begin::handle,
    export::begin::handle,
    export::link::handle,
    export::download::handle,
    requests::list,
    requests::one
))]
pub struct Document;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_routes_are_well_formed() {
        assert_eq!(http_kit::check_routes(ROUTES), Ok(()));
    }
}
