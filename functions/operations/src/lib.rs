//! Health, the minute's sweep, and setting the keys of vendors. Start at [`ROUTES`] and [`functions`].

mod health;
mod set_secret;
mod tick;

use app::App;
use http_kit::{Access, Route};
use lambda::Functions;
use utoipa::OpenApi;

/// Every route of this crate: dispatch, OpenAPI, templates and the isolation matrix are compared with it.
pub const ROUTES: &[Route] = &[HEALTH];

const HEALTH: Route = Route::get(
    "/api/v1/health",
    "operations.health",
    "get_health",
    Access::Public,
);

/// Every job of this crate, by handler name.
pub const JOBS: &[&str] = &["operations.tick", "operations.set-secret"];

/// The handlers.
pub fn functions(app: &'static App) -> Functions {
    Functions::new("operations")
        .http(
            "health",
            app.serve(&HEALTH, |app, _call| Box::pin(health::handle(app))),
        )
        .schedule("tick", move |_event, _invocation| tick::handle(app))
        .direct("set-secret", move |input, _invocation| {
            set_secret::handle(app, input)
        })
}

/// This crate's part of the API document.
#[derive(OpenApi)]
#[openapi(paths(health::handle))]
pub struct Document;
