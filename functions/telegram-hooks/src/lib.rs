//! The webhook that Telegram calls: it proves the caller, makes the update durable and answers. It reads no tenant's
//! row, holds no key and no token. Start at [`ROUTES`] and [`functions`].

mod envelope;
mod hooks;
mod webhook;

use app::App;
use domain::ids::{BotId, TenantId};
use futures::future::join;
use http_kit::{Access, Route};
use jobs::InboundUpdate;
use lambda::Functions;

/// As much as fits into an event of Lambda's, written in base 64 too: so nothing that arrives here is refused before its
/// sender is recognised. A refusal would hold up the chat's other updates at Telegram for a day.
const MAX_BODY: usize = 4 * 1024 * 1024;

/// Telegram's updates have a few kilobytes; the queue takes 1 MiB, and escaping may double a body. Of a larger one only
/// a note travels.
const MAX_KEPT: usize = 512 * 1024;

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

/// SQS's limit for group and deduplication ids.
const LONGEST_QUEUE_NAME: usize = 128;

/// Every job of this crate, by handler name.
pub const JOBS: &[&str] = &[];

/// Opens the connections to the database and the queue side by side while initialisation runs at full CPU: under the
/// quota of a small function the two handshakes would cost the first update many times its own work.
pub async fn warm(app: &App) {
    // The queue refuses a name this long, so nothing is enqueued; only the connection stays.
    let refused = "x".repeat(LONGEST_QUEUE_NAME + 1);
    let nothing = InboundUpdate::new(
        TenantId::from_bytes([0; 16]),
        BotId::from_bytes([0; 16]),
        app.clock.now(),
        b"",
    );
    let queue = app.jobs.replay_update(&nothing, &refused, &refused);
    drop(join(app.warm(), queue).await);
}

/// The handlers.
pub fn functions(app: &'static App) -> Functions {
    Functions::new("telegram-hooks").http(
        "webhook",
        app.serve(&WEBHOOK, |app, call| {
            Box::pin(async move { webhook::handle(app, hooks::shared(), &call).await })
        }),
    )
}
