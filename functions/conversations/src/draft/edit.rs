//! `PATCH /api/v1/conversations/{conversation_id}/draft`: another text for the draft that waits. What Sofi wrote is kept
//! beside it: the approval asks whose words the text is.
//!
//! Uses GetItem on `routing` and `keys`, BatchGetItem on `tenant` and `keys`, ConditionCheckItem and PutItem on `tenant`,
//! PutItem on `work`, kms:Decrypt (purpose `data`).

use app::{App, Event, IntoProblem, OrProblem, SealsJson, event_row, place};
use domain::ids::ConversationId;
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Validate};
use serde::Deserialize;
use store::row::{ConversationRow, DraftRow};
use store::{Found, Require, Row, StoreError, keys};
use tenancy::{Chatter, TenantScope};
use utoipa::ToSchema;

use super::{DraftOut, changed_meanwhile, current, load, open_text};
use crate::fields::check_text;

/// Another text for a draft.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DraftUpdate {
    /// The text from now on, 1 to 4,096 UTF-16 units, not only blanks.
    #[schema(min_length = 1)]
    text: String,
    /// `rev` of the draft as it was shown. Another one is refused as `changed_meanwhile`.
    rev: String,
}

impl Validate for DraftUpdate {
    fn validate(&self, errors: &mut FieldErrors) {
        check_text(errors, &self.text);
    }
}

/// Changes the text of a draft.
#[utoipa::path(patch, path = "/api/v1/conversations/{conversation_id}/draft",
    params(("conversation_id" = String, Path, description = "The conversation.")), request_body = DraftUpdate,
    responses((status = 200, description = "The draft as it is now.", body = DraftOut)))]
pub(crate) async fn handle(
    app: &App,
    scope: TenantScope<Chatter>,
    conversation: ConversationId,
    input: DraftUpdate,
) -> Answer {
    let key = app.tenant_key(&scope).await.or_problem()?;
    let db = app.store.within(&scope).or_problem()?;
    let waiting = load(&db, &key, conversation).await?;
    let draft = current(waiting.draft, &input.rev)?;
    let before = open_text(&waiting.fan_key, &draft.row).or_problem()?;
    // The same text is no change: it stays Sofi's.
    if before == input.text {
        return http_kit::json(StatusCode::OK, &DraftOut::new(&draft, before));
    }
    let mut row = draft.row.clone();
    row.edited_by = scope.actor();
    let seal = |field, text: &str| {
        let key = draft.row.key();
        let place = place::<DraftRow>(&key, field);
        let sealed = waiting
            .fan_key
            .seal_json(&place, &text, app.entropy.as_ref());
        sealed.or_problem()
    };
    row.text = seal("text", &input.text)?;
    if row.written.is_none() {
        row.written = Some(seal("written", &before)?);
    }
    let (event, at, fan) = (Event::DraftChanged, app.clock.now(), waiting.head.row.fan);
    let mut transaction = db.transaction();
    transaction.replace(&row, draft.rev);
    // A newer draft begins at revision 1 again; the head says that there is none.
    let newest = [Require::AtMost("draft_since", row.at.millis())];
    transaction.require_all::<ConversationRow>(&keys::conversation(conversation), &newest);
    transaction.create(&event_row(
        app,
        at,
        event,
        conversation,
        Some(fan),
        Some(row.id),
    ));
    match transaction.commit().await {
        Ok(()) => {}
        Err(StoreError::Condition(_)) => return Err(changed_meanwhile()),
        Err(error) => return Err(error.into_problem()),
    }
    let after = Found {
        row,
        rev: draft.rev + 1,
    };
    http_kit::json(StatusCode::OK, &DraftOut::new(&after, input.text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_changed_to_a_text_that_telegram_takes() {
        let wrong = |text: &str| {
            let mut errors = FieldErrors::new();
            let input = DraftUpdate {
                text: text.to_owned(),
                rev: String::new(),
            };
            input.validate(&mut errors);
            errors.finish().is_err()
        };
        assert!(!wrong("a") && !wrong(&"😀".repeat(2_048)));
        assert!(wrong("") && wrong(" \n") && wrong(&"😀".repeat(2_049)));
    }

    #[test]
    fn a_change_needs_text_and_rev_and_nothing_else() {
        let read = |body| serde_json::from_value::<DraftUpdate>(body).is_ok();
        assert!(read(serde_json::json!({ "text": "a", "rev": "r" })));
        assert!(!read(serde_json::json!({ "text": "a" })));
        assert!(!read(
            serde_json::json!({ "text": "a", "rev": "r", "note": "x" })
        ));
    }
}
