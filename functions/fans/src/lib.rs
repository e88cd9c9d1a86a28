//! Fans: profile, tags, note. Start at [`ROUTES`] and [`functions`].
//!
//! Sequential calls when warm: get 3 (session; profile, key and bots; heads), update 5 (and the transaction, and the ring for the audit log).

mod get;
mod load;
mod out;
mod update;

use app::App;
use domain::role::Right;
use http_kit::{Access, Route};
use lambda::Functions;
use tenancy::{Chatter, Reader};
use utoipa::OpenApi;

/// Every route of this crate: dispatch, OpenAPI, templates and the isolation matrix are compared with it.
pub const ROUTES: &[Route] = &[GET, UPDATE];

/// Every job of this crate, by handler name.
pub const JOBS: &[&str] = &[];

const GET: Route = Route::get(
    "/api/v1/fans/{fan_id}",
    "fans.get",
    "get_fan",
    Access::Session {
        right: Right::ReadConversations,
    },
);
const UPDATE: Route = Route::patch(
    "/api/v1/fans/{fan_id}",
    "fans.update",
    "update_fan",
    Access::Session {
        right: Right::KeepNotes,
    },
)
.max_body(64 * 1024);

/// The handlers.
pub fn functions(app: &'static App) -> Functions {
    Functions::new("fans")
        .http(
            "get",
            app.serve(&GET, |app, call| {
                Box::pin(async move {
                    get::handle(app, call.scope::<Reader>()?, call.path_id("fan_id")?).await
                })
            }),
        )
        .http(
            "update",
            app.serve(&UPDATE, |app, call| {
                Box::pin(async move {
                    let fan = call.path_id("fan_id")?;
                    update::handle(app, call.scope::<Chatter>()?, fan, call.json()?).await
                })
            }),
        )
}

/// This crate's part of the API document.
#[derive(OpenApi)]
#[openapi(paths(get::handle, update::handle))]
pub struct Document;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_routes_are_well_formed() {
        assert_eq!(http_kit::check_routes(ROUTES), Ok(()));
    }
}
