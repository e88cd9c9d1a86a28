//! `DELETE /api/v1/conversations/{conversation_id}/care`: a person has looked after the fan and ends care mode.
//!
//! Care mode holds in all chats of a fan, and in the fan's row stands in which it began: with the last of these it ends for
//! the fan. When the fan was last answered with a caring text is kept, so that ending and a new alarm do not make two of them. Uses
//! GetItem on `routing`, `keys` and `tenant`, PutItem on `tenant`, `work` and `audit`, kms:Decrypt (purpose `data`),
//! sqs:SendMessage on `audit`.

use app::{App, AppError, Event, IntoProblem, OrProblem, event_row, open_card};
use domain::Timestamp;
use domain::audit::Action;
use domain::ids::ConversationId;
use futures::try_join;
use http_kit::{Answer, Problem};
use serde_json::Value;
use store::row::{ConversationRow, FanKeyRow, FanRow};
use store::{StoreError, Transaction, keys};
use tenancy::{Chatter, TenantScope};
use vault::FanKey;

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
    let fan = key
        .peer_ids()
        .fan_of(conversation)
        .map_err(|_| Problem::NotFound)?;
    let db = app.store.within(&scope).or_problem()?;
    let (head_at, key_at) = (keys::conversation(conversation), keys::fan_key(fan));
    for _ in 0..TRIES {
        let read = try_join!(
            db.find::<ConversationRow>(&head_at),
            db.find::<FanKeyRow>(&key_at)
        );
        // Without a key the fan was erased.
        let (Some(found), Some(wrapped)) = read.or_problem()? else {
            return Err(Problem::NotFound);
        };
        if found.row.care_at == Timestamp::default() {
            return http_kit::no_content();
        }
        let cared_for = db.find::<FanRow>(&keys::fan(fan)).await.or_problem()?;
        let fan_key = key.open_fan_key(fan, &wrapped.row.wrapped).or_problem()?;
        let row = ended(app, &fan_key, found.row).or_problem()?;
        let mut transaction = db.transaction();
        transaction.replace(&row, found.rev);
        // Also where it says nothing of care: whoever is about to write that it does must notice.
        if let Some(cared_for) = cared_for {
            let calmer = cared_for.row.without_care_in(row.id);
            let calmer = app.with_sealed_tags(&fan_key, calmer).or_problem()?;
            transaction.replace(&calmer, cared_for.rev);
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
fn ended(app: &App, key: &FanKey, head: ConversationRow) -> Result<ConversationRow, AppError> {
    let card = without_care(open_card(key, &head)?);
    Ok(ConversationRow {
        card: app.seal_card(key, head.id, &card)?,
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
