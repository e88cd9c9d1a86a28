//! `PATCH /api/v1/workspace/members/current`: what a member sets for themselves.
//!
//! Uses GetItem on `routing`, GetItem, Query and PutItem on `tenant`, sqs:SendMessage on the doorbell.

use app::{App, IntoProblem, OrProblem};
use domain::quiet::QuietHours;
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Patch, Problem, Validate};
use serde::{Deserialize, Serialize};
use store::row::MemberRow;
use store::{StoreError, keys};
use tenancy::{Chatter, TenantScope};
use utoipa::ToSchema;

use crate::team;

/// Times that an owner may change the member in between.
const TRIES: usize = 6;

/// Hours of every day in which one hears of nothing that can wait.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct QuietHoursIn {
    /// When they begin, as `22:30`.
    #[schema(pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    from: String,
    /// When they end; before `from` when midnight lies between them.
    #[schema(pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    to: String,
    /// Where: a name of the IANA database, such as `Europe/Berlin`.
    time_zone: String,
}

impl QuietHoursIn {
    fn parse(&self) -> Option<QuietHours> {
        QuietHours::parse(&self.from, &self.to, &self.time_zone)
    }
}

/// Hours of every day in which one hears of nothing that can wait.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct QuietHoursOut {
    /// When they begin.
    from: String,
    /// When they end; before `from` when midnight lies between them.
    to: String,
    /// Where: a name of the IANA database.
    time_zone: String,
}

impl From<&QuietHours> for QuietHoursOut {
    fn from(hours: &QuietHours) -> Self {
        Self {
            from: hours.begins(),
            to: hours.ends(),
            time_zone: hours.zone().to_owned(),
        }
    }
}

/// What a member changes for themselves. What is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CurrentMemberUpdate {
    /// When alerts in one's own Telegram chat wait, to come as one line afterwards; `null` for never. Whoever may be in
    /// distress is told of at any hour.
    #[serde(default)]
    #[schema(value_type = Option<QuietHoursIn>)]
    quiet_hours: Patch<QuietHoursIn>,
}

impl Validate for CurrentMemberUpdate {
    fn validate(&self, errors: &mut FieldErrors) {
        let hours = self.quiet_hours.value();
        if hours.is_some_and(|hours| hours.parse().is_none()) {
            let message = "Two different times of day, for example 22:30 and 07:00, and a time zone such as Europe/Berlin.";
            errors.add("quiet_hours", "invalid_value", message);
        }
    }
}

/// What a member has set for themselves.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CurrentMemberOut {
    /// When alerts that can wait do.
    quiet_hours: Option<QuietHoursOut>,
}

/// Sets when alerts in one's own Telegram chat wait. What is held back comes at once where it need not wait any more.
#[utoipa::path(patch, path = "/api/v1/workspace/members/current", operation_id = "update_current_member", tag = "workspaces",
    request_body = CurrentMemberUpdate,
    responses((status = 200, description = "What is set now.", body = CurrentMemberOut)))]
pub(crate) async fn handle(
    app: &App,
    scope: &TenantScope<Chatter>,
    update: CurrentMemberUpdate,
) -> Answer {
    let user = scope.actor().ok_or(Problem::NotFound)?;
    let db = app.store.within(scope).or_problem()?;
    for _ in 0..TRIES {
        let found = db.find::<MemberRow>(&keys::member(user)).await;
        let found = found.or_problem()?.ok_or(Problem::NotFound)?;
        let row = changed(&found.row, &update.quiet_hours);
        let answer = http_kit::json(
            StatusCode::OK,
            &CurrentMemberOut {
                quiet_hours: row.quiet.as_ref().map(QuietHoursOut::from),
            },
        );
        if row == found.row {
            return answer;
        }
        let bots = team::heard(&db, user).await.or_problem()?;
        let mut transaction = db.transaction();
        transaction.replace(&row, found.rev);
        match transaction.commit().await {
            Ok(()) => {
                // Their senders look again at what is held back.
                for bot in bots {
                    app.ring_sender(scope.tenant(), bot.row.id).await;
                }
                return answer;
            }
            Err(error) if error.is_race() => {}
            Err(error) => return Err(error.into_problem()),
        }
    }
    Err(StoreError::Contention.into_problem())
}

fn changed(member: &MemberRow, hours: &Patch<QuietHoursIn>) -> MemberRow {
    let quiet = match hours {
        Patch::Absent => member.quiet.clone(),
        Patch::Null => None,
        Patch::Value(hours) => hours.parse(),
    };
    MemberRow {
        quiet,
        ..member.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::team::tests::member;
    use domain::role::Role;
    use serde_json::json;

    fn read(body: serde_json::Value) -> CurrentMemberUpdate {
        serde_json::from_value(body).expect("an input")
    }

    #[test]
    fn quiet_hours_are_set_kept_and_ended() {
        let night = json!({ "from": "22:30", "to": "07:00", "time_zone": "Europe/Berlin" });
        let before = member(1, Role::Chatter).row;
        let set = changed(&before, &read(json!({ "quiet_hours": night })).quiet_hours);
        let shown = set.quiet.as_ref().map(QuietHoursOut::from);
        let shown = serde_json::to_value(shown).expect("JSON");
        assert_eq!(shown, night);
        assert_eq!(changed(&set, &read(json!({})).quiet_hours), set);
        let ended = read(json!({ "quiet_hours": null }));
        assert_eq!(changed(&set, &ended.quiet_hours), before);
    }

    #[test]
    fn hours_that_are_none_are_refused() {
        let wrong = |from: &str, zone: &str| {
            let hours = json!({ "from": from, "to": "07:00", "time_zone": zone });
            let mut errors = FieldErrors::new();
            read(json!({ "quiet_hours": hours })).validate(&mut errors);
            errors.finish().is_err()
        };
        assert!(wrong("25:00", "UTC") && wrong("07:00", "UTC") && wrong("22:00", "Mars/Olympus"));
        assert!(!wrong("22:00", "Asia/Calcutta"));
    }
}
