//! `PUT /api/v1/conversations/{conversation_id}/ai-mode`: what Sofi does in one conversation.
//!
//! Who answers fans takes a conversation back to a more careful mode; only who may change Sofi's modes goes beyond the bot's.
//! A more careful mode counts at once: a reply that Sofi is writing at this moment does not go out, in mode `draft` it becomes a
//! draft; one that waits in the outbox is withdrawn. `auto` counts from the fan's next message; a fan who wants no AI, or whose
//! data is only kept, gets nothing of one. Uses GetItem on `routing` and `tenant`, PutItem on `tenant`, `work` and `audit`,
//! sqs:SendMessage on `audit`.

use app::{App, Event, IntoProblem, OrProblem, event_row};
use domain::audit::Action;
use domain::ids::ConversationId;
use domain::sofi::ReplyMode;
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Patch, Problem, Validate};
use serde::{Deserialize, Serialize};
use store::row::{ConversationRow, FanRow, SofiRow};
use store::{StoreError, TenantDb, keys};
use tenancy::{Chatter, TenantScope};
use utoipa::ToSchema;

use crate::outgoing::{no_ai, restricted};

/// Times that the fan's own doings may come in between.
const TRIES: usize = 6;

/// What Sofi is to do here.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AiModeIn {
    /// From now on; `null` takes the bot's setting again. The field itself is required.
    #[serde(default)]
    #[schema(value_type = Option<ReplyMode>)]
    mode: Patch<ReplyMode>,
}

impl Validate for AiModeIn {
    fn validate(&self, errors: &mut FieldErrors) {
        if self.mode.is_absent() {
            let message = "Choose off, draft, auto, or null for the bot's setting.";
            errors.add("mode", "required", message);
        }
    }
}

/// What Sofi does here.
#[derive(Serialize, ToSchema)]
pub(crate) struct AiModeOut {
    /// The mode of this conversation; `null` where the bot's setting holds.
    mode: Option<ReplyMode>,
}

/// Sets what Sofi does in a conversation.
#[utoipa::path(put, path = "/api/v1/conversations/{conversation_id}/ai-mode",
    params(("conversation_id" = String, Path, description = "The conversation.")), request_body = AiModeIn,
    responses((status = 200, description = "What Sofi does here now.", body = AiModeOut)))]
pub(crate) async fn handle(
    app: &App,
    scope: TenantScope<Chatter>,
    manages: bool,
    conversation: ConversationId,
    input: AiModeIn,
) -> Answer {
    let db = app.store.within(&scope).or_problem()?;
    for _ in 0..TRIES {
        let found = db
            .find::<ConversationRow>(&keys::conversation(conversation))
            .await
            .or_problem()?
            .ok_or(Problem::NotFound)?;
        let mode = input.mode.apply(found.row.ai_mode);
        let answer = http_kit::json(StatusCode::OK, &AiModeOut { mode });
        if mode == found.row.ai_mode {
            return answer;
        }
        if let Some(wanted @ (ReplyMode::Draft | ReplyMode::Auto)) = mode {
            if !manages && is_beyond(wanted, of_bot(&db, &found.row).await?) {
                return Err(beyond_the_bots());
            }
            let fan = db.find::<FanRow>(&keys::fan(found.row.fan)).await;
            match fan.or_problem()?.and_then(|fan| fan.row.ai_refusal()) {
                Some(FanRow::RESTRICTED) => return Err(restricted()),
                Some(_) => return Err(no_ai()),
                None => {}
            }
        }
        let row = ConversationRow {
            ai_mode: mode,
            ..found.row
        };
        let (event, at) = (Event::ConversationChanged, app.clock.now());
        let mut transaction = db.transaction();
        transaction.replace(&row, found.rev);
        transaction.create(&event_row(app, at, event, row.id, Some(row.fan), None));
        app.audit(&scope, Action::ConversationMode, row.id)
            .write(&mut transaction);
        match transaction.commit().await {
            Ok(()) => {
                app.ring_audit(&scope).await;
                return answer;
            }
            Err(error) if error.is_race() => {}
            Err(error) => return Err(error.into_problem()),
        }
    }
    Err(StoreError::Contention.into_problem())
}

/// What Sofi does for the bot of a conversation.
async fn of_bot(db: &TenantDb<Chatter>, head: &ConversationRow) -> Result<ReplyMode, Problem> {
    let settings = db
        .find::<SofiRow>(&keys::sofi(head.bot))
        .await
        .or_problem()?;
    Ok(settings.map_or(ReplyMode::Off, |settings| settings.row.mode))
}

/// Whether a mode leaves Sofi more than another.
const fn is_beyond(wanted: ReplyMode, bots: ReplyMode) -> bool {
    match bots {
        ReplyMode::Auto => false,
        ReplyMode::Draft => matches!(wanted, ReplyMode::Auto),
        ReplyMode::Off => matches!(wanted, ReplyMode::Draft | ReplyMode::Auto),
    }
}

fn beyond_the_bots() -> Problem {
    Problem::forbidden(
        "role_too_low",
        "Only a manager or an owner lets Sofi do more in a conversation than the bot's setting says.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mode_is_beyond_the_bots_where_it_leaves_sofi_more() {
        use ReplyMode::{Auto, Draft, Off};
        for (wanted, bots) in [(Auto, Off), (Draft, Off), (Auto, Draft)] {
            assert!(is_beyond(wanted, bots), "{wanted:?} {bots:?}");
        }
        for (wanted, bots) in [
            (Off, Off),
            (Off, Auto),
            (Draft, Auto),
            (Draft, Draft),
            (Auto, Auto),
        ] {
            assert!(!is_beyond(wanted, bots), "{wanted:?} {bots:?}");
        }
    }

    fn read(body: serde_json::Value) -> Result<AiModeIn, serde_json::Error> {
        serde_json::from_value(body)
    }

    fn wrong(body: serde_json::Value) -> bool {
        let mut errors = FieldErrors::new();
        read(body).expect("an input").validate(&mut errors);
        errors.finish().is_err()
    }

    #[test]
    fn null_is_a_choice_and_leaving_the_mode_out_is_none() {
        assert!(!wrong(serde_json::json!({ "mode": null })));
        assert!(!wrong(serde_json::json!({ "mode": "draft" })));
        assert!(wrong(serde_json::json!({})));
    }

    #[test]
    fn an_unknown_mode_is_refused() {
        assert!(read(serde_json::json!({ "mode": "loud" })).is_err());
        assert!(read(serde_json::json!({ "mode": "off", "bot_id": "x" })).is_err());
    }

    #[test]
    fn the_bots_setting_is_shown_as_null() {
        let shown = serde_json::to_value(AiModeOut { mode: None }).expect("JSON");
        assert_eq!(shown, serde_json::json!({ "mode": null }));
    }
}
