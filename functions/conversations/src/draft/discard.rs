//! `DELETE /api/v1/conversations/{conversation_id}/draft`: the draft that waits is not wanted.
//!
//! Nothing is opened for it. Uses GetItem on `routing`, BatchGetItem, DeleteItem and PutItem on `tenant`, PutItem on `work`.

use app::{App, Event, IntoProblem, OrProblem, event_row};
use domain::ids::ConversationId;
use http_kit::{Answer, Problem};
use serde::Deserialize;
use store::row::{ConversationRow, DraftRow};
use store::{Row, StoreError, keys};
use tenancy::{Chatter, TenantScope};
use utoipa::IntoParams;

use super::{TRIES, changed_meanwhile, without_draft};

/// Which draft is not wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct DiscardQuery {
    /// `rev` of the draft as it was shown: where another one waits, or none any more, the call is refused as
    /// `changed_meanwhile`. Without it, whatever waits.
    #[serde(default)]
    rev: Option<String>,
}

impl DiscardQuery {
    /// Of a draft as it was shown.
    pub(crate) fn of(rev: &str) -> Self {
        Self {
            rev: Some(rev.to_owned()),
        }
    }
}

/// Discards the draft that waits in a conversation, if there is one.
#[utoipa::path(delete, path = "/api/v1/conversations/{conversation_id}/draft",
    params(("conversation_id" = String, Path, description = "The conversation."), DiscardQuery),
    responses((status = 204, description = "No draft waits.")))]
pub(crate) async fn handle(
    app: &App,
    scope: TenantScope<Chatter>,
    conversation: ConversationId,
    seen: DiscardQuery,
) -> Answer {
    let db = app.store.within(&scope).or_problem()?;
    for _ in 0..TRIES {
        let mut reads = db.read_many();
        let head = reads.find::<ConversationRow>(&keys::conversation(conversation));
        let draft = reads.find::<DraftRow>(&keys::draft(conversation));
        let found = reads.send().await.or_problem()?;
        let head = found.get(head).or_problem()?.ok_or(Problem::NotFound)?;
        let draft = found.get(draft).or_problem()?;
        // Whoever means a certain draft is told when it has gone another way: it may be with the fan.
        if let Some(seen) = &seen.rev
            && draft.as_ref().map(DraftRow::named).as_ref() != Some(seen)
        {
            return Err(changed_meanwhile());
        }
        if draft.is_none() && head.row.draft_since.is_none() {
            return http_kit::no_content();
        }
        let (event, at, id) = (
            Event::DraftChanged,
            app.clock.now(),
            draft.as_ref().map(|draft| draft.row.id),
        );
        let mut transaction = db.transaction();
        if let Some(draft) = &draft {
            transaction.delete::<DraftRow>(&draft.row.key(), draft.rev);
        }
        transaction.replace(&without_draft(&head.row), head.rev);
        transaction.create(&event_row(
            app,
            at,
            event,
            conversation,
            Some(head.row.fan),
            id,
        ));
        match transaction.commit().await {
            Ok(()) => return http_kit::no_content(),
            Err(error) if error.is_race() => {}
            Err(error) => return Err(error.into_problem()),
        }
    }
    Err(StoreError::Contention.into_problem())
}
