//! `PUT /api/v1/conversations/{conversation_id}/ai-mode`: what Sofi does in one conversation.
//!
//! `off` counts at once: a reply that Sofi is writing at this moment does not go out, one that waits in the outbox is
//! withdrawn. The other modes count from the fan's next message; a fan who wants no AI, or whose data is only kept, gets none
//! of them. Uses GetItem on
//! `routing` and `tenant`, PutItem on `tenant` and `work`.

use app::{App, Event, IntoProblem, OrProblem, event_row};
use domain::ids::ConversationId;
use domain::sofi::ReplyMode;
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Patch, Problem, Validate};
use serde::{Deserialize, Serialize};
use store::row::{ConversationRow, FanRow};
use store::{StoreError, keys};
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
        if matches!(mode, Some(ReplyMode::Draft | ReplyMode::Auto)) {
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
        match transaction.commit().await {
            Ok(()) => return answer,
            Err(error) if error.is_race() => {}
            Err(error) => return Err(error.into_problem()),
        }
    }
    Err(StoreError::Contention.into_problem())
}

#[cfg(test)]
mod tests {
    use super::*;

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
