//! `GET /api/v1/conversations/{conversation_id}/messages`: newest first.
//!
//! Three sources: messages that Telegram has numbered, messages that never got a number (failed, unknown), and, on the
//! first page, what is still queued. The fan is derived from the conversation's id, so that head, key and messages are
//! read side by side. Uses GetItem on `routing` and `keys`, BatchGetItem on `tenant`, `keys` and `work`, Query on
//! `tenant` and `work`, kms:Decrypt (purpose `data`).

mod out;
mod page;
mod read;

use app::{App, OrProblem, open_card};
use domain::ids::{ConversationId, TenantId};
use http::StatusCode;
use http_kit::{Answer, Cursors, Limit, Problem};
use serde::{Deserialize, Serialize};
use tenancy::{Reader, TenantScope};
use utoipa::{IntoParams, ToSchema};

use crate::entry::ConversationEntry;
use out::MessageOut;
use page::Position;

/// Which page.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct MessagesQuery {
    #[serde(default)]
    #[param(inline)]
    limit: Limit,
    /// `next_cursor` of the page before: what is older follows.
    cursor: Option<String>,
}

/// A page of a conversation.
#[derive(Serialize, ToSchema)]
pub(crate) struct MessagePage {
    /// The head of the conversation as it is now.
    conversation: ConversationEntry,
    /// Newest first. The first page begins with what is still queued, beyond the limit.
    messages: Vec<MessageOut>,
    /// Where older messages begin; absent at the beginning of the conversation.
    next_cursor: Option<String>,
}

/// Lists the messages of a conversation, newest first.
#[utoipa::path(get, path = "/api/v1/conversations/{conversation_id}/messages",
    params(("conversation_id" = String, Path, description = "The conversation."), MessagesQuery),
    responses((status = 200, description = "A page of messages.", body = MessagePage)))]
pub(crate) async fn handle(
    app: &App,
    scope: TenantScope<Reader>,
    conversation: ConversationId,
    query: MessagesQuery,
) -> Answer {
    let key = app.tenant_key(&scope).await.or_problem()?;
    let fan = key
        .peer_ids()
        .fan_of(conversation)
        .map_err(|_| Problem::NotFound)?;
    let cursors = Cursors::new(&key.cursor_key(), label(scope.tenant(), conversation));
    let position = cursors.open::<Position>(query.cursor.as_deref())?;
    let db = app.store.within(&scope).or_problem()?;
    let sources = read::sources(&db, conversation, fan, position.as_ref(), query.limit.get())
        .await
        .or_problem()?;
    // Without a key the fan was erased: whatever rows may still be there say nothing any more.
    let (Some(head), Some(wrapped)) = (sources.head, sources.fan_key) else {
        return Err(Problem::NotFound);
    };
    let fan_key = key.open_fan_key(fan, &wrapped.wrapped).or_problem()?;
    let cut = page::cut(
        sources.numbered,
        sources.unsent,
        position,
        query.limit.get(),
    );
    let next_cursor = cursors.next(cut.next.as_ref())?;
    let mut messages = Vec::new();
    for row in &read::queued(&db, sources.queued).await.or_problem()? {
        messages.extend(MessageOut::queued(&key, row).or_problem()?);
    }
    for row in &cut.rows {
        messages.push(MessageOut::stored(&fan_key, row).or_problem()?);
    }
    let (hold, assignee) = (sources.hold.as_ref(), sources.assignee.as_slice());
    let card = open_card(&fan_key, &head).or_problem()?;
    let conversation = ConversationEntry::new(&head, card, hold, assignee);
    http_kit::json(
        StatusCode::OK,
        &MessagePage {
            conversation,
            messages,
            next_cursor,
        },
    )
}

/// A cursor is good for the conversation it came from only.
fn label(tenant: TenantId, conversation: ConversationId) -> String {
    format!(
        "{}/conversations.messages/{}",
        tenant.suffix(),
        conversation.suffix()
    )
}
