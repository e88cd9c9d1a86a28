//! `POST /api/v1/conversations/{conversation_id}/typing`: shows the fan that somebody is typing.
//!
//! Takes the conversation over, as sending does: a reply of Sofi that is being written is not sent. Not a message: no
//! pointer, no event, no second try; the sender drops it when it comes late. Uses GetItem on `routing`, `keys` and (without
//! `bot_id`) `tenant`; ConditionCheckItem on `tenant`; PutItem on `work`; kms:Decrypt (purpose `data`); sqs:SendMessage on
//! the doorbell.

use app::{App, IntoProblem, OrProblem};
use domain::content::Outgoing;
use domain::ids::{BotId, ConversationId};
use http_kit::{Answer, FieldErrors, Problem, Validate};
use serde::Deserialize;
use store::row::ConversationRow;
use store::{Require, keys};
use tenancy::{Chatter, TenantScope};
use utoipa::ToSchema;

use crate::outgoing::{
    ToSend, bot_gone, outbox_row, require_bot, require_open, ring, shut, unreachable, way_to,
};
use crate::takeover;

/// Who is shown as typing.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TypingIn {
    /// The conversation's bot, as lists give it. Saves a read: send it if you know it.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    bot_id: Option<BotId>,
}

impl Validate for TypingIn {
    fn validate(&self, _errors: &mut FieldErrors) {}
}

/// Shows the fan that somebody is typing, for five seconds at most.
#[utoipa::path(post, path = "/api/v1/conversations/{conversation_id}/typing",
    params(("conversation_id" = String, Path, description = "The conversation.")), request_body = TypingIn,
    responses((status = 204, description = "It will be shown if it is not too late.")))]
pub(crate) async fn handle(
    app: &App,
    scope: TenantScope<Chatter>,
    conversation: ConversationId,
    input: TypingIn,
) -> Answer {
    let key = app.tenant_key(&scope).await.or_problem()?;
    let fan = key
        .peer_ids()
        .fan_of(conversation)
        .map_err(|_| Problem::NotFound)?;
    let db = app.store.within(&scope).or_problem()?;
    let at = app.clock.now();
    let way = way_to(&db, &key, conversation, input.bot_id, at).await?;
    let wanted = ToSend {
        way,
        conversation,
        content: &Outgoing::Typing,
        reply_to: None,
        at,
    };
    let row = outbox_row(app, &scope, &key, &wanted).or_problem()?;
    let mut transaction = db.transaction();
    let requirement = [Require::Equals("reachability", "reachable")];
    let head =
        transaction.require_all::<ConversationRow>(&keys::conversation(conversation), &requirement);
    transaction.create(&row);
    transaction.put_any(&takeover::of_person(&scope, conversation, row.queued_at));
    let bot = require_bot(&mut transaction, way.bot);
    let open = require_open(&mut transaction, fan, row.author);
    if let Err(error) = transaction.commit().await {
        if let Some(problem) = bot_gone(&error, bot) {
            return Err(problem);
        }
        if let Some(problem) = shut(&error, open) {
            return Err(problem);
        }
        let Some(failed) = error.failed(head) else {
            return Err(error.into_problem());
        };
        let head = failed.old::<ConversationRow>().ok_or(Problem::NotFound)?;
        return Err(unreachable(head.reachability).unwrap_or_else(|| error.into_problem()));
    }
    ring(app, &scope, way.bot).await;
    http_kit::no_content()
}
