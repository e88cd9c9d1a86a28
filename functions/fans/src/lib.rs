//! Fans: the list and its search, profile, tags, note, people and their history from files. Start at [`ROUTES`] and [`functions`].
//!
//! Sequential calls when warm: get 3 (session; profile, key and bots; heads), update 5 (and the transaction, and the ring for
//! the audit log; where tags go, two more that look whether anybody still has them), list 4 (session; lists side by side;
//! profiles and keys; heads), restrict 6 (as get; the heads as they are now, the transaction, the ring), tags 2; tag 4 and one
//! transaction for each fan, import 4 and one for each row, with one more where the row has tags, and two every five minutes for the
//! key of the marks of people; import-history 4, and for each fan one, two for forty records, and one more where there are facts.

mod get;
mod held;
mod history;
mod import;
mod list;
mod load;
mod note;
mod out;
mod restrict;
mod routes;
mod tags;
mod update;

use app::App;
use lambda::Functions;
use tenancy::{Chatter, Manager, Reader};
use utoipa::OpenApi;

pub use routes::ROUTES;
use routes::{GET, IMPORT, IMPORT_HISTORY, LIST, RESTRICT, TAG, TAGS, UPDATE};

/// Every job of this crate, by handler name.
pub const JOBS: &[&str] = &[];

/// The handlers.
pub fn functions(app: &'static App) -> Functions {
    Functions::new("fans")
        .http(
            "list",
            app.serve(&LIST, |app, call| {
                Box::pin(
                    async move { list::handle(app, call.scope::<Reader>()?, call.query()?).await },
                )
            }),
        )
        .http(
            "tags",
            app.serve(&TAGS, |app, call| {
                Box::pin(async move { tags::list::handle(app, call.scope::<Reader>()?).await })
            }),
        )
        .http(
            "tag",
            app.serve(&TAG, |app, call| {
                Box::pin(async move {
                    tags::many::handle(app, call.scope::<Chatter>()?, call.json()?).await
                })
            }),
        )
        .http(
            "import",
            app.serve(&IMPORT, |app, call| {
                Box::pin(async move {
                    import::handle(app, call.scope::<Manager>()?, call.json()?).await
                })
            }),
        )
        .http(
            "import-history",
            app.serve(&IMPORT_HISTORY, |app, call| {
                Box::pin(async move {
                    history::handle(app, call.scope::<Manager>()?, call.json()?).await
                })
            }),
        )
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
        .http(
            "restrict",
            app.serve(&RESTRICT, |app, call| {
                Box::pin(async move {
                    let fan = call.path_id("fan_id")?;
                    restrict::handle(app, call.scope::<Manager>()?, fan, call.json()?).await
                })
            }),
        )
}

/// This crate's part of the API document.
#[derive(OpenApi)]
#[openapi(paths(
    list::handle,
    tags::list::handle,
    tags::many::handle,
    import::handle,
    history::handle,
    get::handle,
    update::handle,
    restrict::handle
))]
pub struct Document;
