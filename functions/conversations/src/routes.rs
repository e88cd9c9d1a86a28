//! The routes of this crate, one row each.

use domain::role::Right;
use http_kit::{Access, Route};

/// Every route of this crate: dispatch, OpenAPI, templates and the isolation matrix are compared with it.
pub const ROUTES: &[Route] = &[
    LIST,
    MESSAGES,
    SEND,
    CANCEL,
    TYPING,
    SYNC,
    TAKE_OVER,
    RELEASE,
    AI_MODE,
    DRAFT,
    EDIT_DRAFT,
    DISCARD_DRAFT,
    APPROVE_DRAFT,
    END_CARE,
    TRACE,
    MEDIA,
    UPDATE,
    NOTES,
    ADD_NOTE,
    DELETE_NOTE,
    SAVED_REPLIES,
    ADD_REPLY,
    EDIT_REPLY,
    DELETE_REPLY,
];

const READ: Access = Access::Session {
    right: Right::ReadConversations,
};
const CHAT: Access = Access::Session {
    right: Right::AnswerFans,
};
const NOTE: Access = Access::Session {
    right: Right::KeepNotes,
};
// 4,096 UTF-16 units, each written as a JSON escape of six bytes, and the other fields.
const TEXT_BODY: usize = 32 * 1024;

pub(crate) const LIST: Route = Route::get(
    "/api/v1/conversations",
    "conversations.list",
    "list_conversations",
    READ,
);
pub(crate) const MESSAGES: Route = Route::get(
    "/api/v1/conversations/{conversation_id}/messages",
    "conversations.messages",
    "list_messages",
    READ,
);
pub(crate) const SEND: Route = Route::post(
    "/api/v1/conversations/{conversation_id}/messages",
    "conversations.send",
    "send_message",
    CHAT,
)
.max_body(TEXT_BODY)
.idempotent();
pub(crate) const CANCEL: Route = Route::delete(
    "/api/v1/conversations/{conversation_id}/messages/{message_id}",
    "conversations.cancel",
    "cancel_message",
    CHAT,
);
pub(crate) const TYPING: Route = Route::post(
    "/api/v1/conversations/{conversation_id}/typing",
    "conversations.typing",
    "show_typing",
    CHAT,
)
.max_body(4 * 1024);
pub(crate) const SYNC: Route = Route::get("/api/v1/sync", "conversations.sync", "sync", READ);
pub(crate) const TAKE_OVER: Route = Route::put(
    "/api/v1/conversations/{conversation_id}/takeover",
    "conversations.take-over",
    "take_over_conversation",
    CHAT,
)
.max_body(4 * 1024);
pub(crate) const RELEASE: Route = Route::delete(
    "/api/v1/conversations/{conversation_id}/takeover",
    "conversations.release",
    "release_conversation",
    CHAT,
);
pub(crate) const AI_MODE: Route = Route::put(
    "/api/v1/conversations/{conversation_id}/ai-mode",
    "conversations.ai-mode",
    "set_ai_mode",
    CHAT,
)
.max_body(4 * 1024);
pub(crate) const DRAFT: Route = Route::get(
    "/api/v1/conversations/{conversation_id}/draft",
    "conversations.draft",
    "get_draft",
    READ,
);
pub(crate) const EDIT_DRAFT: Route = Route::patch(
    "/api/v1/conversations/{conversation_id}/draft",
    "conversations.edit-draft",
    "update_draft",
    CHAT,
)
.max_body(TEXT_BODY);
pub(crate) const DISCARD_DRAFT: Route = Route::delete(
    "/api/v1/conversations/{conversation_id}/draft",
    "conversations.discard-draft",
    "delete_draft",
    CHAT,
);
pub(crate) const APPROVE_DRAFT: Route = Route::post(
    "/api/v1/conversations/{conversation_id}/draft/approvals",
    "conversations.approve-draft",
    "approve_draft",
    CHAT,
)
.max_body(TEXT_BODY)
.idempotent();
pub(crate) const END_CARE: Route = Route::delete(
    "/api/v1/conversations/{conversation_id}/care",
    "conversations.end-care",
    "end_care",
    CHAT,
);
pub(crate) const TRACE: Route = Route::get(
    "/api/v1/conversations/{conversation_id}/messages/{message_id}/trace",
    "conversations.trace",
    "get_trace",
    READ,
);
pub(crate) const MEDIA: Route = Route::get(
    "/api/v1/conversations/{conversation_id}/media/{telegram_message_id}",
    "conversations.media",
    "get_media",
    READ,
);

pub(crate) const UPDATE: Route = Route::patch(
    "/api/v1/conversations/{conversation_id}",
    "conversations.update",
    "update_conversation",
    CHAT,
)
.max_body(4 * 1024);
pub(crate) const NOTES: Route = Route::get(
    "/api/v1/conversations/{conversation_id}/notes",
    "conversations.notes",
    "list_notes",
    READ,
);
pub(crate) const ADD_NOTE: Route = Route::post(
    "/api/v1/conversations/{conversation_id}/notes",
    "conversations.add-note",
    "create_note",
    NOTE,
)
.max_body(TEXT_BODY);
pub(crate) const DELETE_NOTE: Route = Route::delete(
    "/api/v1/conversations/{conversation_id}/notes/{note_id}",
    "conversations.delete-note",
    "delete_note",
    NOTE,
);

pub(crate) const SAVED_REPLIES: Route = Route::get(
    "/api/v1/saved-replies",
    "conversations.saved-replies",
    "list_saved_replies",
    READ,
);
pub(crate) const ADD_REPLY: Route = Route::post(
    "/api/v1/saved-replies",
    "conversations.add-reply",
    "create_saved_reply",
    CHAT,
)
.max_body(TEXT_BODY);
pub(crate) const EDIT_REPLY: Route = Route::patch(
    "/api/v1/saved-replies/{reply_id}",
    "conversations.edit-reply",
    "update_saved_reply",
    CHAT,
)
.max_body(TEXT_BODY);
pub(crate) const DELETE_REPLY: Route = Route::delete(
    "/api/v1/saved-replies/{reply_id}",
    "conversations.delete-reply",
    "delete_saved_reply",
    CHAT,
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_routes_are_well_formed() {
        assert_eq!(http_kit::check_routes(ROUTES), Ok(()));
    }
}
