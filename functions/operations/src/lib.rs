//! Health, the minute's sweep, setting the keys of vendors, replaying erasures after a restore, looks of our staff, reports of browsers. Start at [`ROUTES`] and [`functions`].

mod csp;
mod health;
mod look;
mod replay_erasures;
mod set_secret;
mod tick;

use app::App;
use http_kit::{Access, Route};
use lambda::Functions;
use utoipa::OpenApi;

/// Every route of this crate: dispatch, OpenAPI, templates and the isolation matrix are compared with it.
pub const ROUTES: &[Route] = &[HEALTH, LOOK, CSP_REPORT];

const HEALTH: Route = Route::get(
    "/api/v1/health",
    "operations.health",
    "get_health",
    Access::Public,
);

const LOOK: Route = Route::post(
    "/api/v1/staff/looks",
    "operations.look",
    "create_staff_look",
    Access::Staff,
)
.max_body(8 * 1024);
const CSP_REPORT: Route = Route::post(
    "/api/v1/csp-report",
    "operations.csp-report",
    "create_csp_report",
    Access::Public,
)
.max_body(16 * 1024)
.harmless();

/// Every job of this crate, by handler name.
pub const JOBS: &[&str] = &[
    "operations.tick",
    "operations.set-secret",
    "operations.replay-erasures",
];

/// The handlers.
pub fn functions(app: &'static App) -> Functions {
    Functions::new("operations")
        .http(
            "health",
            app.serve(&HEALTH, |app, _call| Box::pin(health::handle(app))),
        )
        .http(
            "look",
            app.serve(&LOOK, |app, call| {
                Box::pin(async move { look::handle(app, call.staff()?, call.json()?).await })
            }),
        )
        .http(
            "csp-report",
            app.serve(&CSP_REPORT, |_, call| {
                Box::pin(async move { csp::handle(call.request().body()) })
            }),
        )
        .schedule("tick", move |_event, _invocation| tick::handle(app))
        .direct("set-secret", move |input, _invocation| {
            set_secret::handle(app, input)
        })
        .direct("replay-erasures", move |input, invocation| {
            replay_erasures::handle(app, input, invocation)
        })
}

/// This crate's part of the API document.
#[derive(OpenApi)]
#[openapi(paths(health::handle, look::handle, csp::handle))]
pub struct Document;
