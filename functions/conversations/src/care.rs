//! `DELETE /api/v1/conversations/{conversation_id}/care`: a person has looked after the fan and ends care mode.
//!
//! Care mode holds in all chats of a fan, and in the fan's row stands in which it began: with the last of these it ends for
//! the fan. When the fan was last answered with a caring text is kept, so that ending and a new alarm do not make two of them. Uses
//! GetItem on `routing`, `keys` and `tenant`, PutItem on `tenant`, `work` and `audit`, kms:Decrypt (purpose `data`),
//! sqs:SendMessage on `audit`.

use app::{App, AppError, Event, IntoProblem, OrProblem, SealsJson, event_row, place};
use domain::Timestamp;
use domain::audit::Action;
use domain::ids::ConversationId;
use http_kit::{Answer, Problem};
use serde_json::Value;
use store::row::{ConversationRow, FanRow};
use store::{Row, StoreError, Transaction, keys};
use tenancy::{Chatter, TenantScope};
use vault::TenantKey;

/// Times that the fan's own doings may come in between.
const TRIES: usize = 6;

/// Ends care mode of a conversation; with the last one of the fan's, Sofi and offers are as before.
#[utoipa::path(delete, path = "/api/v1/conversations/{conversation_id}/care",
    params(("conversation_id" = String, Path, description = "The conversation.")),
    responses((status = 204, description = "The conversation is not in care mode.")))]
pub(crate) async fn end(
    app: &App,
    scope: TenantScope<Chatter>,
    conversation: ConversationId,
) -> Answer {
    let key = app.tenant_key(&scope).await.or_problem()?;
    let db = app.store.within(&scope).or_problem()?;
    for _ in 0..TRIES {
        let found = db
            .find::<ConversationRow>(&keys::conversation(conversation))
            .await
            .or_problem()?
            .ok_or(Problem::NotFound)?;
        if found.row.care_at == Timestamp::default() {
            return http_kit::no_content();
        }
        let fan = keys::fan(found.row.fan);
        let fan = db.find::<FanRow>(&fan).await.or_problem()?;
        let row = ended(app, &key, found.row).or_problem()?;
        let mut transaction = db.transaction();
        transaction.replace(&row, found.rev);
        // Also where it says nothing of care: whoever is about to write that it does must notice.
        if let Some(fan) = fan {
            let calmer = fan.row.without_care_in(row.id);
            transaction.replace(&calmer, fan.rev);
            tell(app, &mut transaction, Event::FanChanged, &row);
        }
        tell(app, &mut transaction, Event::ConversationChanged, &row);
        app.audit(&scope, Action::ConversationEndCare, row.id)
            .write(&mut transaction);
        match transaction.commit().await {
            Ok(()) => {
                app.ring_audit(&scope).await;
                return http_kit::no_content();
            }
            Err(error) if error.is_race() => {}
            Err(error) => return Err(error.into_problem()),
        }
    }
    Err(StoreError::Contention.into_problem())
}

fn tell(app: &App, transaction: &mut Transaction<'_>, event: Event, head: &ConversationRow) {
    let (at, fan) = (app.clock.now(), Some(head.fan));
    transaction.create(&event_row(app, at, event, head.id, fan, None));
}

/// The head without care mode.
fn ended(app: &App, key: &TenantKey, head: ConversationRow) -> Result<ConversationRow, AppError> {
    let row_key = head.key();
    let sealed = place::<ConversationRow>(&row_key, "card");
    let card = key.open_json(&sealed, &head.card)?;
    Ok(ConversationRow {
        card: key.seal_json(&sealed, &without_care(card), app.entropy.as_ref())?,
        care_at: Timestamp::default(),
        ..head
    })
}

/// Other crates keep fields in the card that this one does not know; they stay.
fn without_care(mut card: Value) -> Value {
    if let Some(fields) = card.as_object_mut() {
        fields.remove("care");
    }
    card
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_the_kind_of_care_leaves_the_card() {
        let card = json!({ "name": "Robin", "snippet": "hi", "from_fan": true, "care": "crisis", "standing": [7, 9] });
        let expected =
            json!({ "name": "Robin", "snippet": "hi", "from_fan": true, "standing": [7, 9] });
        assert_eq!(without_care(card), expected);
        assert_eq!(without_care(expected.clone()), expected);
    }
}
