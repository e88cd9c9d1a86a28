//! The inbox: lists, pages of messages, sending, live sync. Start at [`ROUTES`] and [`functions`].
//!
//! Sequential calls when warm (session row, then the tenant's key and rows; see each handler): list 2, messages 2 (3
//! when something is queued), send 3 with `bot_id` in the body (4 without), cancel 3, typing as send, sync 2. A cold
//! process adds the tenant's session at STS, the read of the tenant's key and its KMS call.

mod cancel;
mod entry;
mod list;
mod messages;
mod outgoing;
mod send;
mod sync;
mod takeover;
mod typing;

use app::App;
use domain::role::Role;
use http_kit::{Access, Route};
use lambda::Functions;
use tenancy::{Chatter, Reader};
use utoipa::OpenApi;

/// Every route of this crate: dispatch, OpenAPI, templates and the isolation matrix are compared with it.
pub const ROUTES: &[Route] = &[
    LIST, MESSAGES, SEND, CANCEL, TYPING, SYNC, TAKE_OVER, RELEASE,
];

/// Every job of this crate, by handler name.
pub const JOBS: &[&str] = &[];

const READ: Access = Access::Session {
    minimum_role: Role::Analyst,
};
const CHAT: Access = Access::Session {
    minimum_role: Role::Chatter,
};

const LIST: Route = Route::get(
    "/api/v1/conversations",
    "conversations.list",
    "list_conversations",
    READ,
);
const MESSAGES: Route = Route::get(
    "/api/v1/conversations/{conversation_id}/messages",
    "conversations.messages",
    "list_messages",
    READ,
);
// 4,096 UTF-16 units, each written as a JSON escape of six bytes, and the other fields.
const SEND: Route = Route::post(
    "/api/v1/conversations/{conversation_id}/messages",
    "conversations.send",
    "send_message",
    CHAT,
)
.max_body(32 * 1024)
.idempotent();
const CANCEL: Route = Route::delete(
    "/api/v1/conversations/{conversation_id}/messages/{message_id}",
    "conversations.cancel",
    "cancel_message",
    CHAT,
);
const TYPING: Route = Route::post(
    "/api/v1/conversations/{conversation_id}/typing",
    "conversations.typing",
    "show_typing",
    CHAT,
)
.max_body(4 * 1024);
const SYNC: Route = Route::get("/api/v1/sync", "conversations.sync", "sync", READ);
const TAKE_OVER: Route = Route::put(
    "/api/v1/conversations/{conversation_id}/takeover",
    "conversations.take-over",
    "take_over_conversation",
    CHAT,
)
.max_body(4 * 1024);
const RELEASE: Route = Route::delete(
    "/api/v1/conversations/{conversation_id}/takeover",
    "conversations.release",
    "release_conversation",
    CHAT,
);

/// The handlers.
pub fn functions(app: &'static App) -> Functions {
    Functions::new("conversations")
        .http(
            "list",
            app.serve(&LIST, |app, call| {
                Box::pin(
                    async move { list::handle(app, call.scope::<Reader>()?, call.query()?).await },
                )
            }),
        )
        .http(
            "messages",
            app.serve(&MESSAGES, |app, call| {
                Box::pin(async move {
                    let conversation = call.path_id("conversation_id")?;
                    messages::handle(app, call.scope::<Reader>()?, conversation, call.query()?)
                        .await
                })
            }),
        )
        .http(
            "send",
            app.serve(&SEND, |app, call| {
                Box::pin(async move {
                    let conversation = call.path_id("conversation_id")?;
                    send::handle(
                        app,
                        call.scope::<Chatter>()?,
                        conversation,
                        call.json()?,
                        call.claim()?,
                    )
                    .await
                })
            }),
        )
        .http(
            "cancel",
            app.serve(&CANCEL, |app, call| {
                Box::pin(async move {
                    let (conversation, message) = (
                        call.path_id("conversation_id")?,
                        call.path_id("message_id")?,
                    );
                    cancel::handle(app, call.scope::<Chatter>()?, conversation, message).await
                })
            }),
        )
        .http(
            "typing",
            app.serve(&TYPING, |app, call| {
                Box::pin(async move {
                    let conversation = call.path_id("conversation_id")?;
                    typing::handle(app, call.scope::<Chatter>()?, conversation, call.json()?).await
                })
            }),
        )
        .http(
            "take-over",
            app.serve(&TAKE_OVER, |app, call| {
                Box::pin(async move {
                    let conversation = call.path_id("conversation_id")?;
                    takeover::take(app, call.scope::<Chatter>()?, conversation, call.json()?).await
                })
            }),
        )
        .http(
            "release",
            app.serve(&RELEASE, |app, call| {
                Box::pin(async move {
                    let conversation = call.path_id("conversation_id")?;
                    takeover::release(app, call.scope::<Chatter>()?, conversation).await
                })
            }),
        )
        .http(
            "sync",
            app.serve(&SYNC, |app, call| {
                Box::pin(
                    async move { sync::handle(app, call.scope::<Reader>()?, call.query()?).await },
                )
            }),
        )
}

/// This crate's part of the API document.
#[derive(OpenApi)]
#[openapi(paths(
    list::handle,
    messages::handle,
    send::handle,
    cancel::handle,
    typing::handle,
    sync::handle,
    takeover::take,
    takeover::release
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
