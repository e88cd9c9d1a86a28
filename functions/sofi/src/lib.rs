//! Sofi, the AI: replies, personas, memory, budget. Start at [`ROUTES`], [`JOBS`] and [`functions`].

mod limits;
mod reply;

use app::App;
use http_kit::Route;
use lambda::Functions;
use utoipa::OpenApi;

/// Every route of this crate: dispatch, OpenAPI, templates and the isolation matrix are compared with it.
pub const ROUTES: &[Route] = &[];

/// Every job of this crate, by handler name.
pub const JOBS: &[&str] = &["sofi.reply"];

/// The handlers.
pub fn functions(app: &'static App) -> Functions {
    Functions::new("sofi").queue("reply", move |event, invocation| {
        reply::handle(app, event, invocation)
    })
}

/// This crate's part of the API document.
#[derive(OpenApi)]
#[openapi()]
pub struct Document;
