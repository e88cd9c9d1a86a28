//! Requests about personal data: exports, erasing a fan or a workspace, and what became of it. Start at [`ROUTES`] and [`functions`]; what an erasure
//! reaches is [`holdings`], how it is done without miscounting is [`erase`] (decision 0030).
//!
//! | handler | AWS actions; all but those on sessions by the tenant session |
//! |---|---|
//! | every route | routing: GetItem (session) |
//! | erase-fan | keys: GetItem and KMS Decrypt (data); tenant: BatchGetItem, PutItem; work: PutItem; audit: PutItem; SQS SendMessage on `erasures` and `audit` |
//! | begin-export | tenant: GetItem (fan, request, workspace), Query (members), ConditionCheckItem (fan), PutItem; work: Query, PutItem; keys: GetItem and KMS Decrypt (data), Encrypt (mail), where owners are told; audit: PutItem; SQS SendMessage on `exports`, `audit` and `mail` |
//! | link-export | work: GetItem, PutItem; audit: PutItem; SQS SendMessage on `audit` |
//! | download | as link-export; S3 GetObject, by the address that is handed out |
//! | requests | keys: GetItem and KMS Decrypt (data), for the key of cursors; tenant: Query |
//! | request | tenant, work: BatchGetItem |
//! | certificate | tenant: GetItem |
//! | set-retention | keys: GetItem and KMS Decrypt (data), Encrypt (mail); tenant: GetItem, PutItem, Query (members, and on the list index); work, audit: PutItem; SQS SendMessage on `audit` and `mail` |
//! | open-case | tenant: BatchGetItem, ConditionCheckItem (fan), PutItem; keys: GetItem and KMS Decrypt (data); work, audit: PutItem; SQS SendMessage on `audit` |
//! | cases | tenant: Query |
//! | case | tenant, work: GetItem; keys: GetItem and KMS Decrypt (data) |
//! | approve-case | tenant: GetItem, Query, ConditionCheckItem (fan), PutItem; work: Query, PutItem; audit: PutItem; SQS SendMessage on `exports` and `audit` |
//! | acknowledge-case, refuse-case, extend-case | tenant: GetItem, PutItem; keys: GetItem and KMS Decrypt (data); work, audit: PutItem; SQS SendMessage on `audit` |
//! | erase | keys: GetItem, BatchGetItem, DeleteItem and KMS Decrypt (data); tenant: Query on the list index; tenant, work: Query, BatchGetItem, PutItem, DeleteItem; routing: GetItem (key of marks), BatchGetItem, DeleteItem (who holds somebody); KMS Decrypt (platform); SQS SendMessage on `erasures` and the doorbell; S3 DeleteObject, AbortMultipartUpload; KMS GetPublicKey, Sign |
//! | export | see [`export`] |
//! | closed-workspace | routing: GetItem |
//! | erase-workspace | see [`closing`] |
//! | reseal | see [`reseal`] |
//!
//! Sequential calls when warm: begin-export 5 (7 of one fan), link-export 4, download 4; erase-fan 5 (session; fan beside tombstone; the transaction; the two rings), requests 2, request 2, certificate 2, set-retention 5, closed-workspace 2.

mod begin;
mod certificate;
mod closing;
mod compliance;
mod erase;
mod error;
mod export;
mod holdings;
mod out;
mod owners;
mod requests;
mod reseal;
mod retention;

use std::sync::OnceLock;

use app::App;
use domain::role::Right;
use http_kit::{Access, Route};
use lambda::Functions;
use objects::Objects;
use tenancy::Manager;
use utoipa::OpenApi;
use vault::ExportKey;

/// Every route of this crate: dispatch, OpenAPI, templates and the isolation matrix are compared with it.
pub const ROUTES: &[Route] = &[
    ERASE_FAN,
    BEGIN_EXPORT,
    LINK_EXPORT,
    DOWNLOAD,
    REQUESTS,
    REQUEST,
    CERTIFICATE,
    SET_RETENTION,
    OPEN_COMPLIANCE,
    LIST_COMPLIANCE,
    SHOW_COMPLIANCE,
    ACKNOWLEDGE_COMPLIANCE,
    APPROVE_COMPLIANCE,
    REFUSE_COMPLIANCE,
    EXTEND_COMPLIANCE,
    CLOSED,
];

/// Every job of this crate, by handler name.
pub const JOBS: &[&str] = &[
    "privacy.erase",
    "privacy.export",
    "privacy.erase-workspace",
    "privacy.reseal",
];

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
.step_up()
.while_closing();
const LINK_EXPORT: Route = Route::post(
    "/api/v1/privacy/requests/{request_id}/links",
    "privacy.link-export",
    "link_export",
    HANDLES,
)
.max_body(FORM)
.step_up()
.while_closing();
/// Asks for a proof itself: a try without one is in the audit log.
const DOWNLOAD: Route = Route::post(
    "/api/v1/privacy/downloads",
    "privacy.download",
    "download_export",
    HANDLES,
)
.max_body(FORM)
.while_closing();
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
const CERTIFICATE: Route = Route::get(
    "/api/v1/privacy/requests/{request_id}/certificate",
    "privacy.certificate",
    "get_erasure_certificate",
    HANDLES,
);
/// Asks for a proof itself, where fans would go sooner than before.
const SET_RETENTION: Route = Route::put(
    "/api/v1/privacy/retention",
    "privacy.set-retention",
    "set_retention",
    HANDLES,
)
.max_body(FORM);
const CLOSED: Route = Route::get(
    "/api/v1/privacy/closed-workspaces/{workspace_id}/certificate",
    "privacy.closed-workspace",
    "get_workspace_certificate",
    Access::Person,
);
const OPEN_COMPLIANCE: Route = Route::post(
    "/compliance/export-requests",
    "privacy.open-case",
    "create_compliance_request",
    Access::Staff,
)
.max_body(FORM)
.idempotent();
const LIST_COMPLIANCE: Route = Route::get(
    "/compliance/export-requests",
    "privacy.cases",
    "list_compliance_requests",
    Access::Staff,
);
const SHOW_COMPLIANCE: Route = Route::get(
    "/compliance/export-requests/{request_id}",
    "privacy.case",
    "get_compliance_request",
    Access::Staff,
);
const ACKNOWLEDGE_COMPLIANCE: Route = Route::post(
    "/compliance/export-requests/{request_id}/acknowledge",
    "privacy.acknowledge-case",
    "acknowledge_compliance_request",
    Access::Staff,
)
.max_body(FORM);
const APPROVE_COMPLIANCE: Route = Route::post(
    "/compliance/export-requests/{request_id}/approve",
    "privacy.approve-case",
    "approve_compliance_request",
    Access::Staff,
)
.max_body(FORM)
.step_up();
const REFUSE_COMPLIANCE: Route = Route::post(
    "/compliance/export-requests/{request_id}/refuse",
    "privacy.refuse-case",
    "refuse_compliance_request",
    Access::Staff,
)
.max_body(FORM);
const EXTEND_COMPLIANCE: Route = Route::post(
    "/compliance/export-requests/{request_id}/extend",
    "privacy.extend-case",
    "extend_compliance_request",
    Access::Staff,
)
.max_body(FORM);

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
        .http(
            "certificate",
            app.serve(&CERTIFICATE, |app, call| {
                Box::pin(async move {
                    let request = call.path_id("request_id")?;
                    certificate::handle(app, &call.scope::<Manager>()?, request).await
                })
            }),
        )
        .http(
            "set-retention",
            app.serve(&SET_RETENTION, |app, call| {
                Box::pin(async move {
                    let scope = call.scope::<Manager>()?;
                    retention::handle(app, &call, &scope, call.json()?).await
                })
            }),
        )
        .http(
            "closed-workspace",
            app.serve(&CLOSED, |app, call| {
                Box::pin(async move {
                    let workspace = call.path_id("workspace_id")?;
                    closing::show::handle(app, call.session()?, workspace).await
                })
            }),
        )
        .http(
            "open-case",
            app.serve(&OPEN_COMPLIANCE, |app, call| {
                Box::pin(async move { compliance::open::handle(app, &call, call.json()?).await })
            }),
        )
        .http(
            "cases",
            app.serve(&LIST_COMPLIANCE, |app, call| {
                Box::pin(
                    async move { compliance::show::list(app, call.staff()?, call.query()?).await },
                )
            }),
        )
        .http(
            "case",
            app.serve(&SHOW_COMPLIANCE, |app, call| {
                Box::pin(async move {
                    let request = call.path_id("request_id")?;
                    compliance::show::one(app, call.staff()?, request, call.query()?).await
                })
            }),
        )
        .http(
            "acknowledge-case",
            app.serve(&ACKNOWLEDGE_COMPLIANCE, |app, call| {
                Box::pin(async move {
                    let request = call.path_id("request_id")?;
                    compliance::acknowledge::handle(app, call.staff()?, request, call.json()?).await
                })
            }),
        )
        .http(
            "approve-case",
            app.serve(&APPROVE_COMPLIANCE, |app, call| {
                Box::pin(async move {
                    let request = call.path_id("request_id")?;
                    compliance::approve::handle(app, call.staff()?, request, call.json()?).await
                })
            }),
        )
        .http(
            "refuse-case",
            app.serve(&REFUSE_COMPLIANCE, |app, call| {
                Box::pin(async move {
                    let request = call.path_id("request_id")?;
                    compliance::refuse::handle(app, call.staff()?, request, call.json()?).await
                })
            }),
        )
        .http(
            "extend-case",
            app.serve(&EXTEND_COMPLIANCE, |app, call| {
                Box::pin(async move {
                    let request = call.path_id("request_id")?;
                    compliance::extend::handle(app, call.staff()?, request, call.json()?).await
                })
            }),
        )
        .queue("erase", move |event, invocation| {
            Box::pin(erase::handle(app, objects(app), event, invocation))
        })
        .queue("export", move |event, invocation| {
            Box::pin(export::handle(app, objects(app), event, invocation))
        })
        .queue("erase-workspace", move |event, invocation| {
            Box::pin(closing::handle(app, objects(app), event, invocation))
        })
        .direct("reseal", move |input, invocation| {
            reseal::handle(app, input, invocation)
        })
}

/// The exports' files; one entrance a process, which keeps its connections.
fn objects(app: &App) -> &'static Objects {
    static OBJECTS: OnceLock<Objects> = OnceLock::new();
    OBJECTS.get_or_init(|| Objects::new(app.aws.clone(), app.config.export_bucket.clone()))
}

/// The key that signs exports and certificates; one a process, which keeps its public half.
fn signing_key(app: &App) -> &'static ExportKey {
    static KEY: OnceLock<ExportKey> = OnceLock::new();
    KEY.get_or_init(|| ExportKey::new(&app.aws, app.config.export_key_arn.clone()))
}

/// This crate's part of the API document.
#[derive(OpenApi)]
#[openapi(paths(
    begin::handle,
    export::begin::handle,
    export::link::handle,
    export::download::handle,
    requests::list,
    requests::one,
    compliance::open::handle,
    compliance::show::list,
    compliance::show::one,
    compliance::acknowledge::handle,
    compliance::approve::handle,
    compliance::refuse::handle,
    compliance::extend::handle,
    certificate::handle,
    retention::handle,
    closing::show::handle
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
