//! `DELETE /api/v1/conversations/{conversation_id}/notes/{note_id}`
//!
//! Uses GetItem on `routing`, BatchGetItem and DeleteItem on `tenant`, PutItem on `work` and `audit`, sqs:SendMessage on
//! `audit`. The condition of the deletion is the note's revision: who comes second finds nothing.

use app::{App, Event, IntoProblem, OrProblem, event_row};
use domain::audit::Action;
use domain::ids::{ConversationId, NoteId};
use http_kit::{Answer, Problem};
use store::keys;
use store::row::{ConversationRow, NoteRow};
use tenancy::{Chatter, TenantScope};

/// Takes a private note away, whoever wrote it.
#[utoipa::path(delete, path = "/api/v1/conversations/{conversation_id}/notes/{note_id}",
    params(("conversation_id" = String, Path, description = "The conversation."),
        ("note_id" = String, Path, description = "The note.")),
    responses((status = 204, description = "The note is gone.")))]
pub(crate) async fn handle(
    app: &App,
    scope: TenantScope<Chatter>,
    conversation: ConversationId,
    note: NoteId,
) -> Answer {
    let db = app.store.within(&scope).or_problem()?;
    let mut reads = db.read_many();
    let head = reads.find::<ConversationRow>(&keys::conversation(conversation));
    let row = reads.find::<NoteRow>(&keys::note(conversation, note));
    let found = reads.send().await.or_problem()?;
    let head = found.get(head).or_problem()?.ok_or(Problem::NotFound)?.row;
    let row = found.get(row).or_problem()?.ok_or(Problem::NotFound)?;
    let (event, at) = (Event::NotesChanged, app.clock.now());
    let mut transaction = db.transaction();
    let gone = transaction.delete::<NoteRow>(&keys::note(conversation, note), row.rev);
    transaction.create(&event_row(app, at, event, head.id, Some(head.fan), None));
    app.audit(&scope, Action::NoteDelete, conversation)
        .write(&mut transaction);
    match transaction.commit().await {
        Ok(()) => {
            app.ring_audit(&scope).await;
            http_kit::no_content()
        }
        Err(error) if error.failed(gone).is_some() => Err(Problem::NotFound),
        Err(error) => Err(error.into_problem()),
    }
}
