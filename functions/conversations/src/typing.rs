//! `POST /api/v1/conversations/{conversation_id}/typing`: shows the fan that somebody is typing.
//!
//! Takes the conversation over, as sending does: a reply of Sofi that is being written is not sent. Where Sofi is silent for
//! longer already, for the fan's wish or a person who has it, that stays. Not a message: no pointer, no event, no second try;
//! the sender drops it when it comes late. Uses GetItem on `routing`, `keys` and (without `bot_id`) `tenant`;
//! ConditionCheckItem on `tenant`; PutItem on `work`; kms:Decrypt (purpose `data`); sqs:SendMessage on the doorbell.

use app::{App, IntoProblem, OrProblem};
use domain::content::Outgoing;
use domain::ids::{BotId, ConversationId, FanId};
use http_kit::{Answer, FieldErrors, Problem, Validate};
use serde::Deserialize;
use store::row::{ConversationRow, HoldRow, OutboxRow};
use store::{Require, TenantDb, keys};
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
    let hold = takeover::of_person(&scope, conversation, row.queued_at);
    queue(&db, &row, fan, &hold).await?;
    ring(app, &scope, way.bot).await;
    http_kit::no_content()
}

/// Queues it, and takes the conversation over unless Sofi is silent there for longer already.
async fn queue(
    db: &TenantDb<Chatter>,
    row: &OutboxRow,
    fan: FanId,
    hold: &HoldRow,
) -> Result<(), Problem> {
    let mut hold = Some(hold);
    loop {
        let mut transaction = db.transaction();
        let requirement = [Require::Equals("reachability", "reachable")];
        let head = keys::conversation(row.conversation);
        let head = transaction.require_all::<ConversationRow>(&head, &requirement);
        transaction.create(row);
        let bot = require_bot(&mut transaction, row.bot);
        let open = require_open(&mut transaction, fan, row.author);
        let held = hold.map(|hold| takeover::claim(&mut transaction, hold));
        let Err(error) = transaction.commit().await else {
            return Ok(());
        };
        if let Some(problem) = bot_gone(&error, bot) {
            return Err(problem);
        }
        if let Some(problem) = shut(&error, open) {
            return Err(problem);
        }
        if let Some(failed) = error.failed(head) {
            let head = failed.old::<ConversationRow>().ok_or(Problem::NotFound)?;
            return Err(unreachable(head.reachability).unwrap_or_else(|| error.into_problem()));
        }
        if held.is_none_or(|held| error.failed(held).is_none()) {
            return Err(error.into_problem());
        }
        hold = None;
    }
}
