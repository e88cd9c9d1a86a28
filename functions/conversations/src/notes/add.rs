//! `POST /api/v1/conversations/{conversation_id}/notes`
//!
//! Uses GetItem on `routing` and `keys`, ConditionCheckItem and PutItem on `tenant`, PutItem on `work` and `audit`,
//! kms:Decrypt (purpose `data`), sqs:SendMessage on `audit`.

use app::{App, Event, IntoProblem, OrProblem, SealsJson, event_row, place};
use domain::Sealed;
use domain::audit::Action;
use domain::ids::{ConversationId, NoteId};
use http_kit::{Answer, FieldErrors, Problem, Validate};
use serde::Deserialize;
use store::row::{ConversationRow, FanKeyRow, NoteRow};
use store::{Row, keys};
use tenancy::{Chatter, TenantScope};
use utoipa::ToSchema;

use super::NoteOut;
use crate::fields::has_control;

const LONGEST: usize = 4_000;

/// A private note.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoteIn {
    /// The text, 1 to 4,000 characters, not only blanks. No fan ever gets it.
    #[schema(min_length = 1, max_length = 4000)]
    text: String,
}

impl Validate for NoteIn {
    fn validate(&self, errors: &mut FieldErrors) {
        if self.text.trim().is_empty() {
            errors.add("text", "required", "A note needs some text.");
        }
        if self.text.chars().count() > LONGEST {
            errors.add("text", "too_long", "A note has at most 4,000 characters.");
        }
        if has_control(&self.text) {
            let message = "There is a control character in this note.";
            errors.add("text", "invalid_value", message);
        }
    }
}

/// Writes a private note.
#[utoipa::path(post, path = "/api/v1/conversations/{conversation_id}/notes",
    params(("conversation_id" = String, Path, description = "The conversation.")), request_body = NoteIn,
    responses((status = 201, description = "The note.", body = NoteOut)))]
pub(crate) async fn handle(
    app: &App,
    scope: TenantScope<Chatter>,
    conversation: ConversationId,
    input: NoteIn,
) -> Answer {
    let key = app.tenant_key(&scope).await.or_problem()?;
    let fan = key
        .peer_ids()
        .fan_of(conversation)
        .map_err(|_| Problem::NotFound)?;
    let db = app.store.within(&scope).or_problem()?;
    let wrapped = db.find::<FanKeyRow>(&keys::fan_key(fan)).await;
    let wrapped = wrapped.or_problem()?.ok_or(Problem::NotFound)?.row.wrapped;
    let fan_key = key.open_fan_key(fan, &wrapped).or_problem()?;
    let at = app.clock.now();
    let mut row = NoteRow {
        id: app.mint(NoteId::new),
        conversation,
        author: scope.actor(),
        text: Sealed::default(),
        at,
    };
    let row_key = row.key();
    let place = place::<NoteRow>(&row_key, "text");
    let text = fan_key.seal_json(&place, &input.text, app.entropy.as_ref());
    row.text = text.or_problem()?;
    let mut transaction = db.transaction();
    let head = transaction.require::<ConversationRow>(&keys::conversation(conversation));
    transaction.create(&row);
    let event = Event::NotesChanged;
    transaction.create(&event_row(app, at, event, conversation, Some(fan), None));
    app.audit(&scope, Action::NoteCreate, conversation)
        .write(&mut transaction);
    match transaction.commit().await {
        Ok(()) => {
            app.ring_audit(&scope).await;
            http_kit::created(&NoteOut::new(&row, input.text))
        }
        Err(error) if error.failed(head).is_some() => Err(Problem::NotFound),
        Err(error) => Err(error.into_problem()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_says_something_within_four_thousand_characters() {
        let wrong = |text: &str| {
            let mut errors = FieldErrors::new();
            NoteIn {
                text: text.to_owned(),
            }
            .validate(&mut errors);
            errors.finish().is_err()
        };
        assert!(wrong("asks\0for a call") && !wrong("asks\n\tfor a call"));
        assert!(wrong(" \n") && wrong(&"é".repeat(LONGEST + 1)));
        assert!(!wrong("asks for a call") && !wrong(&"é".repeat(LONGEST)));
    }
}
