//! `PUT` and `DELETE /api/v1/conversations/{conversation_id}/takeover`: a person answers, Sofi is silent, until when
//! everybody can see; it ends by itself.
//!
//! Sending and typing take over too. A reply that Sofi is writing meanwhile is not taken, one that waits in the outbox
//! is withdrawn by the sender. Uses GetItem on `routing` and `keys`, ConditionCheckItem on `tenant`, PutItem and
//! DeleteItem on `work`, kms:Decrypt (purpose `data`).

use std::time::Duration;

use app::{App, Event, IntoProblem, OrProblem, event_row};
use domain::Timestamp;
use domain::ids::ConversationId;
use domain::sofi::HoldReason;
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Problem, Validate};
use serde::{Deserialize, Serialize};
use store::keys;
use store::row::{ConversationRow, HoldRow};
use tenancy::{Chatter, RoleType, TenantScope};
use utoipa::ToSchema;

/// How long a person has the conversation after sending or typing.
const AFTER_WRITING: Duration = Duration::from_secs(15 * 60);
const LONGEST_MINUTES: u32 = 7 * 24 * 60;

/// For how long.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TakeoverIn {
    /// Minutes from now, 1 to 10,080 (a week); 15 unless told.
    #[serde(default)]
    minutes: Option<u32>,
}

impl Validate for TakeoverIn {
    fn validate(&self, errors: &mut FieldErrors) {
        if self
            .minutes
            .is_some_and(|minutes| !(1..=LONGEST_MINUTES).contains(&minutes))
        {
            errors.add(
                "minutes",
                "out_of_range",
                "A conversation is taken over for 1 to 10,080 minutes.",
            );
        }
    }
}

/// Who keeps Sofi silent, and until when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct HoldOut {
    /// Whether a person took over or the fan asked for one.
    reason: HoldReason,
    /// The person; absent when the fan asked.
    by: Option<String>,
    /// Since when, RFC 3339 UTC.
    since: String,
    /// Until when, RFC 3339 UTC; then Sofi goes on by itself.
    until: String,
}

impl HoldOut {
    pub(crate) fn new(row: &HoldRow) -> Self {
        Self {
            reason: row.reason,
            by: row.by.map(|user| user.to_string()),
            since: row.since.rfc3339(),
            until: row.until.rfc3339(),
        }
    }
}

/// The hold of a person who writes now.
pub(crate) fn of_person<R: RoleType>(
    scope: &TenantScope<R>,
    conversation: ConversationId,
    now: Timestamp,
) -> HoldRow {
    hold(scope, conversation, now, AFTER_WRITING)
}

fn hold<R: RoleType>(
    scope: &TenantScope<R>,
    conversation: ConversationId,
    now: Timestamp,
    length: Duration,
) -> HoldRow {
    HoldRow {
        conversation,
        reason: HoldReason::Person,
        by: scope.actor(),
        since: now,
        until: now.plus(length),
    }
}

/// Takes a conversation over, or goes on having it.
#[utoipa::path(put, path = "/api/v1/conversations/{conversation_id}/takeover",
    params(("conversation_id" = String, Path, description = "The conversation.")), request_body = TakeoverIn,
    responses((status = 200, description = "Sofi is silent here.", body = HoldOut)))]
pub(crate) async fn take(
    app: &App,
    scope: TenantScope<Chatter>,
    conversation: ConversationId,
    input: TakeoverIn,
) -> Answer {
    let length = input.minutes.map_or(AFTER_WRITING, |minutes| {
        Duration::from_secs(u64::from(minutes) * 60)
    });
    let row = hold(&scope, conversation, app.clock.now(), length);
    change(app, &scope, conversation, Some(&row)).await?;
    http_kit::json(StatusCode::OK, &HoldOut::new(&row))
}

/// Gives a conversation back to Sofi at once.
#[utoipa::path(delete, path = "/api/v1/conversations/{conversation_id}/takeover",
    params(("conversation_id" = String, Path, description = "The conversation.")),
    responses((status = 204, description = "Sofi goes on with the fan's next message.")))]
pub(crate) async fn release(
    app: &App,
    scope: TenantScope<Chatter>,
    conversation: ConversationId,
) -> Answer {
    change(app, &scope, conversation, None).await?;
    http_kit::no_content()
}

async fn change(
    app: &App,
    scope: &TenantScope<Chatter>,
    conversation: ConversationId,
    hold: Option<&HoldRow>,
) -> Result<(), Problem> {
    let key = app.tenant_key(scope).await.or_problem()?;
    let fan = key
        .peer_ids()
        .fan_of(conversation)
        .map_err(|_| Problem::NotFound)?;
    let db = app.store.within(scope).or_problem()?;
    let mut transaction = db.transaction();
    let head = transaction.require::<ConversationRow>(&keys::conversation(conversation));
    match hold {
        Some(row) => transaction.put_any(row),
        None => transaction.delete_any::<HoldRow>(&keys::hold(conversation)),
    };
    let event = Event::ConversationChanged;
    let at = app.clock.now();
    transaction.create(&event_row(app, at, event, conversation, Some(fan), None));
    match transaction.commit().await {
        Err(error) if error.failed(head).is_some() => Err(Problem::NotFound),
        other => other.map_err(IntoProblem::into_problem),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(minutes: Option<u32>) -> bool {
        let mut errors = FieldErrors::new();
        TakeoverIn { minutes }.validate(&mut errors);
        errors.finish().is_err()
    }

    #[test]
    fn a_takeover_ends_within_a_week() {
        assert!(!wrong(None) && !wrong(Some(1)) && !wrong(Some(LONGEST_MINUTES)));
        assert!(wrong(Some(0)) && wrong(Some(LONGEST_MINUTES + 1)));
    }

    #[test]
    fn a_hold_shows_who_and_until_when() {
        let row = HoldRow {
            conversation: ConversationId::from_bytes([1; 16]),
            reason: HoldReason::Fan,
            by: None,
            since: Timestamp::from_seconds(60),
            until: Timestamp::from_seconds(120),
        };
        let shown = HoldOut::new(&row);
        assert_eq!(
            (shown.by, shown.until.as_str()),
            (None, "1970-01-01T00:02:00Z")
        );
        assert_eq!(store::Row::expires_at(&row), Some(row.until));
    }
}
