//! The legal texts as pages and as JSON, the list of sub-processors, and what `/.well-known` says about us. Start at
//! [`ROUTES`] and [`functions`].
//!
//! Everything is embedded in the binary and the same for everybody: no handler calls AWS, and none looks at who asks.

mod document;
mod html;
mod index;
mod page;
mod security_txt;
mod signals;
mod subprocessors;

use app::App;
use http::HeaderValue;
use http_kit::{Access, Route};
use lambda::Functions;
use utoipa::OpenApi;

/// Every route of this crate: dispatch, OpenAPI, templates and the isolation matrix are compared with it.
pub const ROUTES: &[Route] = &[INDEX, PAGE, DOCUMENT, SUBPROCESSORS, SECURITY_TXT, SIGNALS];

/// Every job of this crate, by handler name: none.
pub const JOBS: &[&str] = &[];

/// A published text never changes, but a new version must be seen soon.
const CACHE: HeaderValue = HeaderValue::from_static("public, max-age=300");

const INDEX: Route = Route::get("/legal", "legal.index", "get_legal_index", Access::Public);
const PAGE: Route = Route::get(
    "/legal/{document}",
    "legal.page",
    "get_legal_page",
    Access::Public,
);
const DOCUMENT: Route = Route::get(
    "/api/v1/documents/{document}",
    "legal.document",
    "get_document",
    Access::Public,
);
const SUBPROCESSORS: Route = Route::get(
    "/api/v1/subprocessors",
    "legal.subprocessors",
    "list_subprocessors",
    Access::Public,
);
const SECURITY_TXT: Route = Route::get(
    "/.well-known/security.txt",
    "legal.security-txt",
    "get_security_txt",
    Access::Public,
);
const SIGNALS: Route = Route::get(
    "/.well-known/gpc.json",
    "legal.signals",
    "get_privacy_signals",
    Access::Public,
);

/// The handlers.
pub fn functions(app: &'static App) -> Functions {
    Functions::new("legal")
        .http(
            "index",
            app.serve(&INDEX, |_app, _call| Box::pin(async { index::handle() })),
        )
        .http(
            "page",
            app.serve(&PAGE, |_app, call| {
                Box::pin(async move { page::handle(call.path_id("document")?, &call.query()?) })
            }),
        )
        .http(
            "document",
            app.serve(&DOCUMENT, |_app, call| {
                Box::pin(async move { document::handle(call.path_id("document")?, &call.query()?) })
            }),
        )
        .http(
            "subprocessors",
            app.serve(&SUBPROCESSORS, |_app, _call| {
                Box::pin(async { subprocessors::handle() })
            }),
        )
        .http(
            "security-txt",
            app.serve(&SECURITY_TXT, |app, _call| {
                Box::pin(async { security_txt::handle(&app.config.app_origin, app.clock.now()) })
            }),
        )
        .http(
            "signals",
            app.serve(&SIGNALS, |_app, _call| {
                Box::pin(async { signals::handle() })
            }),
        )
}

/// This crate's part of the API document.
#[derive(OpenApi)]
#[openapi(paths(
    index::handle,
    page::handle,
    document::handle,
    subprocessors::handle,
    security_txt::handle,
    signals::handle
))]
pub struct Document;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_routes_are_well_formed_and_described() {
        assert_eq!(http_kit::check_routes(ROUTES), Ok(()));
        let part = http_kit::openapi::Part {
            document: Document::openapi(),
            routes: ROUTES,
        };
        let document = http_kit::openapi::document("legal", "1", vec![part]);
        assert!(document.is_ok(), "{:?}", document.err());
    }
}
