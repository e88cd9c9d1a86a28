//! The webhook that Telegram calls: it proves the caller, makes the update durable and answers. It reads no tenant's
//! row, holds no key and no token. Start at [`ROUTES`] and [`functions`].

mod envelope;
mod hooks;
mod webhook;

use app::App;
use http_kit::{Access, Route};
use lambda::Functions;

/// Telegram's updates have a few kilobytes; the queue takes 1 MiB, and escaping may double a body.
const MAX_BODY: usize = 512 * 1024;

/// Every route of this crate: dispatch, templates and the isolation matrix are compared with it. Not in the public API
/// document.
pub const ROUTES: &[Route] = &[WEBHOOK];

const WEBHOOK: Route = Route::post(
    "/hooks/telegram/{hook_id}",
    "telegram-hooks.webhook",
    "receive_telegram_update",
    Access::Hook,
)
.max_body(MAX_BODY);

/// Every job of this crate, by handler name.
pub const JOBS: &[&str] = &[];

/// The handlers.
pub fn functions(app: &'static App) -> Functions {
    Functions::new("telegram-hooks").http(
        "webhook",
        app.serve(&WEBHOOK, |app, call| {
            Box::pin(async move { webhook::handle(app, hooks::shared(), &call).await })
        }),
    )
}
