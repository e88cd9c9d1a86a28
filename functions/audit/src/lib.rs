//! The audit log: its chain, its anchors, and how both are checked. Start at [`ROUTES`] and [`functions`]; the format of
//! the chain is written down in `infra/docs/audit.md`, and [`chain`] is all of its rules.
//!
//! | handler | AWS actions; all but those on sessions by the tenant session |
//! |---|---|
//! | every route | routing: GetItem (session); keys: GetItem and KMS Decrypt (data), for the key of cursors and values |
//! | list | audit: Query, BatchGetItem; keys: BatchGetItem |
//! | account | audit: Query, BatchGetItem |
//! | export | audit: Query, BatchGetItem; keys: BatchGetItem |
//! | export-account | audit: Query, BatchGetItem |
//! | verify, verify-account | audit: Query, BatchGetItem; S3 ListBucket (the tenant's anchors) |
//! | chain | work: Query, PutItem, DeleteItem; audit: Query, BatchGetItem, PutItem; S3 PutObject (the tenant's anchors); SQS ChangeMessageVisibility (audit) |
//!
//! Sequential calls when warm: list 4 (session; entries; their numbers beside the keys of fans), chain 4 for up to 25 entries
//! (what waits; head beside entries; the transaction; days to anchor).

mod anchoring;
pub mod chain;
mod chaining;
mod error;
mod evidence;
mod export;
mod horizon;
mod list;
mod values;
mod verification;

use std::sync::OnceLock;

use anchors::Anchors;
use app::App;
use domain::role::Right;
use http_kit::{Access, Route};
use lambda::Functions;
use tenancy::Manager;
use utoipa::OpenApi;

/// Every route of this crate: dispatch, OpenAPI, templates and the isolation matrix are compared with it.
pub const ROUTES: &[Route] = &[
    LIST,
    ACCOUNT,
    EXPORT,
    VERIFY,
    EXPORT_ACCOUNT,
    VERIFY_ACCOUNT,
];

/// Every job of this crate, by handler name.
pub const JOBS: &[&str] = &["audit.chain"];

const MANAGER: Access = Access::Session {
    right: Right::ReadAudit,
};
const LIST: Route = Route::get("/api/v1/audit", "audit.list", "list_audit_entries", MANAGER);
const ACCOUNT: Route = Route::get(
    "/api/v1/audit/account",
    "audit.account",
    "list_account_entries",
    Access::Person,
);
const EXPORT: Route = Route::get(
    "/api/v1/audit/export",
    "audit.export",
    "export_audit",
    MANAGER,
)
.step_up();
const VERIFY: Route = Route::get(
    "/api/v1/audit/verification",
    "audit.verify",
    "verify_audit",
    MANAGER,
);
const EXPORT_ACCOUNT: Route = Route::get(
    "/api/v1/audit/account/export",
    "audit.export-account",
    "export_account_entries",
    Access::Person,
)
.step_up();
const VERIFY_ACCOUNT: Route = Route::get(
    "/api/v1/audit/account/verification",
    "audit.verify-account",
    "verify_account_entries",
    Access::Person,
);

/// The handlers.
pub fn functions(app: &'static App) -> Functions {
    Functions::new("audit")
        .http(
            "list",
            app.serve(&LIST, |app, call| {
                Box::pin(async move {
                    list::handle(app, &call.scope::<Manager>()?, call.query()?).await
                })
            }),
        )
        .http(
            "account",
            app.serve(&ACCOUNT, |app, call| {
                Box::pin(async move {
                    list::account(app, &call.session()?.account(), call.query()?).await
                })
            }),
        )
        .http(
            "export",
            app.serve(&EXPORT, |app, call| {
                Box::pin(async move {
                    export::handle(app, &call.scope::<Manager>()?, call.query()?).await
                })
            }),
        )
        .http(
            "verify",
            app.serve(&VERIFY, |app, call| {
                Box::pin(async move {
                    let scope = call.scope::<Manager>()?;
                    verification::handle(app, anchors(app), &scope, call.query()?).await
                })
            }),
        )
        .http(
            "export-account",
            app.serve(&EXPORT_ACCOUNT, |app, call| {
                Box::pin(async move {
                    export::account(app, &call.session()?.account(), call.query()?).await
                })
            }),
        )
        .http(
            "verify-account",
            app.serve(&VERIFY_ACCOUNT, |app, call| {
                Box::pin(async move {
                    let scope = call.session()?.account();
                    verification::account(app, anchors(app), &scope, call.query()?).await
                })
            }),
        )
        .queue("chain", move |event, _invocation| {
            chaining::handle(app, anchors(app), event)
        })
}

/// The archive: one client a process, made when it is first needed.
fn anchors(app: &App) -> &'static Anchors {
    static ANCHORS: OnceLock<Anchors> = OnceLock::new();
    ANCHORS.get_or_init(|| Anchors::new(app.aws.clone(), app.config.anchor_bucket.clone()))
}

/// This crate's part of the API document.
#[derive(OpenApi)]
#[openapi(paths(
    list::handle,
    list::account,
    export::handle,
    export::account,
    verification::handle,
    verification::account
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
