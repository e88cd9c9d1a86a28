//! The inbox: lists, pages of messages, sending, live sync. Start at [`ROUTES`] and [`functions`].
//!
//! Sequential calls when warm (session row, then the tenant's key and rows; see each handler): list 3, messages 2 (3
//! when something is queued or somebody is assigned), send 3 with `bot_id` in the body (4 without), cancel 3, typing as
//! send, sync 2, taking over and releasing 2, the AI mode 3 (4 where a chatter wants more of Sofi) and one for the audit, a draft 2 (editing or discarding it 3, approving it 4, or 5 where the text is Sofi's), ending
//! care 3 and one for the audit, a trace 2, a file 4 and two of Telegram's, the team's state 3 (4 where somebody stays assigned, and one for the
//! audit where that changes), notes 2 (writing or deleting one 3 and one for the audit, as with saved replies). A
//! cold process adds the tenant's session at STS, the read of the tenant's key and its KMS call.

mod ai_mode;
mod alert;
mod assignee;
mod cancel;
mod care;
mod draft;
mod entry;
mod fields;
mod list;
mod media;
mod messages;
mod notes;
mod outgoing;
mod routes;
mod saved;
mod send;
mod sync;
mod takeover;
mod trace;
mod typing;
mod update;

use app::App;
use lambda::Functions;
use tenancy::{Chatter, Manager, Reader};
use utoipa::OpenApi;

pub use routes::ROUTES;
use routes::{
    ADD_NOTE, ADD_REPLY, AI_MODE, APPROVE_DRAFT, CANCEL, DELETE_NOTE, DELETE_REPLY, DISCARD_DRAFT,
    DRAFT, EDIT_DRAFT, EDIT_REPLY, END_CARE, LIST, MEDIA, MESSAGES, NOTES, RELEASE, SAVED_REPLIES,
    SEND, SYNC, TAKE_OVER, TRACE, TYPING, UPDATE,
};

/// Every job of this crate, by handler name.
pub const JOBS: &[&str] = &["conversations.alert"];

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
            "ai-mode",
            app.serve(&AI_MODE, |app, call| {
                Box::pin(async move {
                    let conversation = call.path_id("conversation_id")?;
                    let manages = call.scope::<Manager>().is_ok();
                    let scope = call.scope::<Chatter>()?;
                    ai_mode::handle(app, scope, manages, conversation, call.json()?).await
                })
            }),
        )
        .http(
            "draft",
            app.serve(&DRAFT, |app, call| {
                Box::pin(async move {
                    let conversation = call.path_id("conversation_id")?;
                    draft::show(app, call.scope::<Reader>()?, conversation).await
                })
            }),
        )
        .http(
            "edit-draft",
            app.serve(&EDIT_DRAFT, |app, call| {
                Box::pin(async move {
                    let conversation = call.path_id("conversation_id")?;
                    draft::edit::handle(app, call.scope::<Chatter>()?, conversation, call.json()?)
                        .await
                })
            }),
        )
        .http(
            "discard-draft",
            app.serve(&DISCARD_DRAFT, |app, call| {
                Box::pin(async move {
                    let conversation = call.path_id("conversation_id")?;
                    draft::discard::handle(
                        app,
                        call.scope::<Chatter>()?,
                        conversation,
                        call.query()?,
                    )
                    .await
                })
            }),
        )
        .http(
            "approve-draft",
            app.serve(&APPROVE_DRAFT, |app, call| {
                Box::pin(async move {
                    let conversation = call.path_id("conversation_id")?;
                    draft::approve::handle(
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
            "end-care",
            app.serve(&END_CARE, |app, call| {
                Box::pin(async move {
                    let conversation = call.path_id("conversation_id")?;
                    care::end(app, call.scope::<Chatter>()?, conversation).await
                })
            }),
        )
        .http(
            "trace",
            app.serve(&TRACE, |app, call| {
                Box::pin(async move {
                    let conversation = call.path_id("conversation_id")?;
                    let message = call.path_id("message_id")?;
                    trace::handle(app, call.scope::<Reader>()?, conversation, message).await
                })
            }),
        )
        .http(
            "media",
            app.serve(&MEDIA, |app, call| {
                Box::pin(async move {
                    let conversation = call.path_id("conversation_id")?;
                    let number = call.path_id("telegram_message_id")?;
                    media::handle(app, call.scope::<Reader>()?, conversation, number).await
                })
            }),
        )
        .http(
            "update",
            app.serve(&UPDATE, |app, call| {
                Box::pin(async move {
                    let conversation = call.path_id("conversation_id")?;
                    update::handle(app, call.scope::<Chatter>()?, conversation, call.json()?).await
                })
            }),
        )
        .http(
            "notes",
            app.serve(&NOTES, |app, call| {
                Box::pin(async move {
                    let conversation = call.path_id("conversation_id")?;
                    notes::list::handle(app, call.scope::<Reader>()?, conversation, call.query()?)
                        .await
                })
            }),
        )
        .http(
            "add-note",
            app.serve(&ADD_NOTE, |app, call| {
                Box::pin(async move {
                    let conversation = call.path_id("conversation_id")?;
                    notes::add::handle(app, call.scope::<Chatter>()?, conversation, call.json()?)
                        .await
                })
            }),
        )
        .http(
            "delete-note",
            app.serve(&DELETE_NOTE, |app, call| {
                Box::pin(async move {
                    let conversation = call.path_id("conversation_id")?;
                    let note = call.path_id("note_id")?;
                    notes::delete::handle(app, call.scope::<Chatter>()?, conversation, note).await
                })
            }),
        )
        .http(
            "saved-replies",
            app.serve(&SAVED_REPLIES, |app, call| {
                Box::pin(async move { saved::list::handle(app, call.scope::<Reader>()?).await })
            }),
        )
        .http(
            "add-reply",
            app.serve(&ADD_REPLY, |app, call| {
                Box::pin(async move {
                    saved::add::handle(app, call.scope::<Chatter>()?, call.json()?).await
                })
            }),
        )
        .http(
            "edit-reply",
            app.serve(&EDIT_REPLY, |app, call| {
                Box::pin(async move {
                    let reply = call.path_id("reply_id")?;
                    saved::edit::handle(app, call.scope::<Chatter>()?, reply, call.json()?).await
                })
            }),
        )
        .http(
            "delete-reply",
            app.serve(&DELETE_REPLY, |app, call| {
                Box::pin(async move {
                    let reply = call.path_id("reply_id")?;
                    saved::delete::handle(app, call.scope::<Chatter>()?, reply).await
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
        .queue("alert", move |event, _invocation| alert::handle(app, event))
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
    takeover::release,
    ai_mode::handle,
    draft::show,
    draft::edit::handle,
    draft::discard::handle,
    draft::approve::handle,
    care::end,
    trace::handle,
    media::handle,
    update::handle,
    notes::list::handle,
    notes::add::handle,
    notes::delete::handle,
    saved::list::handle,
    saved::add::handle,
    saved::edit::handle,
    saved::delete::handle
))]
pub struct Document;
