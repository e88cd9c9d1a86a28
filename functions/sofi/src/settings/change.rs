//! `PUT /api/v1/bots/{bot_id}/sofi`
//!
//! Uses GetItem on `routing` and `keys`, BatchGetItem and PutItem on `tenant`, PutItem on `audit` and `work`, kms:Decrypt
//! (purpose `data`), sqs:SendMessage on `audit`.

use app::{App, OrProblem};
use domain::audit::Action;
use domain::ids::BotId;
use domain::sofi::ReplyMode;
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Patch, Validate};
use serde::Deserialize;
use store::row::SofiRow;
use tenancy::{Manager, TenantScope};
use utoipa::ToSchema;

use super::{SofiSettings, names};
use crate::desk::{self, ANSWER_WITHIN_HOURS};

/// Names in one list at most.
const MOST: usize = 20;
const HOURS: std::ops::RangeInclusive<u32> = 1..=168;

/// What changes about Sofi for a bot. What is left out stays; `null` sets it back to what it was at first.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SofiSettingsUpdate {
    /// In chats that have no mode of their own. At first `off`.
    #[serde(default)]
    #[schema(value_type = Option<ReplyMode>)]
    mode: Patch<ReplyMode>,
    /// All hosts that a reply may link to from now on, at most 20; what is below an allowed host is allowed too.
    #[serde(default)]
    #[schema(value_type = Option<Vec<String>>)]
    allowed_hosts: Patch<Vec<String>>,
    /// All @names that a reply may mention from now on, at most 20.
    #[serde(default)]
    #[schema(value_type = Option<Vec<String>>)]
    allowed_handles: Patch<Vec<String>>,
    /// Within how many hours a person answers a fan who asked for one: 1 to 168, at first 24.
    #[serde(default)]
    #[schema(value_type = Option<u32>)]
    answer_within_hours: Patch<u32>,
    /// Whether facts about health, faith, politics and the like may be used. At first not.
    #[serde(default)]
    #[schema(value_type = Option<bool>)]
    sensitive_facts: Patch<bool>,
}

impl Validate for SofiSettingsUpdate {
    fn validate(&self, errors: &mut FieldErrors) {
        let list = |list: &Patch<Vec<String>>| list.value().cloned().unwrap_or_default();
        names_valid(
            errors,
            "allowed_hosts",
            &list(&self.allowed_hosts),
            names::host,
            "A host is a name such as example.com, without https:// and without a path.",
        );
        names_valid(
            errors,
            "allowed_handles",
            &list(&self.allowed_handles),
            names::handle,
            "An @name has 4 to 32 letters, digits and underscores and begins with a letter.",
        );
        let hours = self.answer_within_hours.value();
        if hours.is_some_and(|hours| !HOURS.contains(hours)) {
            errors.add(
                "answer_within_hours",
                "out_of_range",
                "A person answers within 1 to 168 hours.",
            );
        }
    }
}

fn names_valid(
    errors: &mut FieldErrors,
    field: &str,
    texts: &[String],
    one: fn(&str) -> Option<String>,
    form: &'static str,
) {
    if texts.len() > MOST {
        errors.add(field, "too_many", "There are at most 20.");
    }
    errors.nested(field, |errors| {
        for (index, text) in texts.iter().enumerate() {
            if one(text).is_none() {
                errors.add(&index.to_string(), "invalid_value", form);
            }
        }
    });
}

/// Changes what Sofi does for a bot. A reply under way follows the settings that it was begun with.
#[utoipa::path(put, path = "/api/v1/bots/{bot_id}/sofi", params(("bot_id" = String, Path, description = "The bot.")),
    request_body = SofiSettingsUpdate,
    responses((status = 200, description = "All settings as they are now.", body = SofiSettings)))]
pub(crate) async fn handle(
    app: &App,
    scope: &TenantScope<Manager>,
    bot: BotId,
    input: SofiSettingsUpdate,
) -> Answer {
    let actor = desk::actor(scope)?;
    let db = app.store.within(scope).or_problem()?;
    let key = Box::pin(app.tenant_key(scope)).await.or_problem()?;
    for _ in 0..desk::ATTEMPTS {
        let found = desk::settings(&db, bot).await?;
        let before = desk::begun(found.as_ref(), bot, actor, app.clock.now());
        let row = changed(before, &input);
        let mut transaction = db.transaction();
        desk::put(&mut transaction, &row, found.as_ref());
        let was = SofiSettings::of(found.as_ref().map(|found| &found.row));
        let is = SofiSettings::of(Some(&row));
        app.audit(scope, Action::SofiChange, bot)
            .values(&key, Some(&was), Some(&is))
            .or_problem()?
            .write(&mut transaction);
        match Box::pin(transaction.commit()).await {
            Ok(()) => {
                app.ring_audit(scope).await;
                return http_kit::json(StatusCode::OK, &is);
            }
            Err(error) if error.is_race() => {}
            Err(error) => return Err(error).or_problem(),
        }
    }
    Err(desk::changed_meanwhile())
}

/// The settings after a change.
fn changed(before: SofiRow, input: &SofiSettingsUpdate) -> SofiRow {
    let mut row = before;
    let set = |patch: &Patch<Vec<String>>, names: &mut Vec<String>, one| match patch {
        Patch::Absent => {}
        Patch::Null => names.clear(),
        Patch::Value(texts) => *names = names::all(texts, one),
    };
    set(&input.allowed_hosts, &mut row.allowed_hosts, names::host);
    set(
        &input.allowed_handles,
        &mut row.allowed_handles,
        names::handle,
    );
    row.mode = input.mode.apply(Some(row.mode)).unwrap_or_default();
    row.answer_within_hours = input
        .answer_within_hours
        .apply(Some(row.answer_within_hours))
        .unwrap_or(ANSWER_WITHIN_HOURS);
    row.sensitive_facts = input
        .sensitive_facts
        .apply(Some(row.sensitive_facts))
        .unwrap_or_default();
    row
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Timestamp;
    use domain::ids::UserId;
    use http_kit::Problem;
    use serde_json::{Value, json};

    fn input(body: Value) -> SofiSettingsUpdate {
        serde_json::from_value(body).expect("an input")
    }

    fn fields(body: Value) -> Vec<String> {
        let mut errors = FieldErrors::new();
        input(body).validate(&mut errors);
        match errors.finish() {
            Err(Problem::Invalid(errors)) => errors.into_iter().map(|e| e.field).collect(),
            _ => Vec::new(),
        }
    }

    fn before() -> SofiRow {
        SofiRow {
            mode: ReplyMode::Auto,
            persona: Some(2),
            newest_persona: 4,
            allowed_hosts: vec!["mira.example".into()],
            answer_within_hours: 6,
            sensitive_facts: true,
            ..desk::fresh(
                BotId::from_bytes([1; 16]),
                UserId::from_bytes([2; 16]),
                Timestamp::default(),
            )
        }
    }

    #[test]
    fn what_is_left_out_stays() {
        assert_eq!(changed(before(), &input(json!({}))), before());
    }

    #[test]
    fn null_sets_back_and_the_persona_stays() {
        let all = json!({ "mode": null, "allowed_hosts": null, "allowed_handles": null,
            "answer_within_hours": null, "sensitive_facts": null });
        let row = changed(before(), &input(all));
        let fresh = desk::fresh(row.bot, row.changed_by, row.changed_at);
        assert_eq!(
            row,
            SofiRow {
                persona: Some(2),
                newest_persona: 4,
                ..fresh
            }
        );
    }

    #[test]
    fn names_are_kept_in_their_one_form() {
        let row = changed(
            before(),
            &input(json!({ "allowed_hosts": ["Shop.Example."], "allowed_handles": ["@Mira_X"] })),
        );
        assert_eq!(row.allowed_hosts, ["shop.example"]);
        assert_eq!(row.allowed_handles, ["mira_x"]);
    }

    #[test]
    fn each_wrong_field_is_named() {
        let body = json!({ "allowed_hosts": ["ok.example", "https://x.example"], "allowed_handles": ["a"],
            "answer_within_hours": 169 });
        assert_eq!(
            fields(body),
            [
                "allowed_hosts.1",
                "allowed_handles.0",
                "answer_within_hours"
            ]
        );
        let many: Vec<_> = (0..21).map(|n| format!("h{n}.example")).collect();
        assert_eq!(fields(json!({ "allowed_hosts": many })), ["allowed_hosts"]);
        assert!(fields(json!({ "answer_within_hours": 168 })).is_empty());
        assert_eq!(fields(json!({ "answer_within_hours": 0 })).len(), 1);
    }

    #[test]
    fn an_unknown_mode_or_field_is_refused() {
        for body in [json!({ "mode": "on" }), json!({ "modes": "off" })] {
            assert!(serde_json::from_value::<SofiSettingsUpdate>(body).is_err());
        }
    }
}
