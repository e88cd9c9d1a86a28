//! `PATCH /api/v1/conversations/{conversation_id}`: whose it is, until when it is put away, whether it is dealt with or
//! read, and whether somebody has seen to what did not arrive.
//!
//! Nothing has to wake a snoozed conversation: lists compare its moment with the clock, and the fan's next message takes
//! the moment away. Uses GetItem on `routing`, BatchGetItem on `tenant`, PutItem on `tenant`, `work` and
//! `audit`, sqs:SendMessage on `audit`.

use std::slice;
use std::time::Duration;

use app::{App, Event, IntoProblem, OrProblem, event_row};
use domain::Timestamp;
use domain::audit::Action;
use domain::ids::{ConversationId, UserId};
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Patch, Problem, Validate};
use serde::{Deserialize, Serialize};
use store::row::{ConversationRow, MemberRow};
use store::{Found, StoreError, TenantDb, keys};
use tenancy::{Chatter, TenantScope};
use utoipa::ToSchema;

use crate::assignee;
use crate::fields::{check_number, number};

/// Times that the fan's own doings may come in between.
const TRIES: usize = 6;
/// The longest that a conversation sleeps.
const LONGEST: Duration = Duration::from_secs(366 * 24 * 3600);

/// What changes about a conversation. What is left out stays.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConversationUpdate {
    /// The member who is to deal with it; `null` for nobody. They must see the conversation's bot.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    assigned_to: Patch<UserId>,
    /// Out of the working views until this moment, RFC 3339, within a year; `null` wakes it. The fan's next message wakes it
    /// too.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    snoozed_until: Patch<String>,
    /// Whether it is dealt with. The fan's next message opens it again.
    #[serde(default)]
    done: Option<bool>,
    /// Telegram's number of the newest message that was read. When the fan has written since, it stays unread.
    #[serde(default)]
    #[schema(pattern = "^(0|[1-9][0-9]{0,11})$")]
    read_through_message_id: Option<String>,
    /// `true` marks it as unread again.
    #[serde(default)]
    unread: Option<bool>,
    /// `unsent_at` as it was seen: what did not arrive until then is dealt with. When another message failed since, the
    /// conversation stays marked.
    #[serde(default)]
    unsent_through: Option<String>,
}

impl Validate for ConversationUpdate {
    fn validate(&self, errors: &mut FieldErrors) {
        let read = self.read_through_message_id.as_deref();
        check_number(errors, "read_through_message_id", read, 0);
        if self.unread == Some(false) || (self.unread.is_some() && read.is_some()) {
            let message =
                "Send read_through_message_id to mark as read, or unread: true; not both.";
            errors.add("unread", "invalid_value", message);
        }
        let unsent = self.unsent_through.as_deref();
        if unsent.is_some_and(|text| Timestamp::from_rfc3339(text).is_none()) {
            let message = "Send unsent_at as the conversation shows it.";
            errors.add("unsent_through", "invalid_value", message);
        }
        if let Patch::Value(text) = &self.snoozed_until {
            if Timestamp::from_rfc3339(text).is_none() {
                let message = "A moment in RFC 3339, for example 2026-11-30T08:00:00Z.";
                errors.add("snoozed_until", "invalid_value", message);
            }
            if self.done == Some(true) {
                let message = "What is done does not wait for its moment.";
                errors.add("done", "invalid_value", message);
            }
        }
    }
}

/// What the team keeps of a conversation.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ConversationState {
    /// Its id.
    id: String,
    /// The member who is to deal with it.
    assigned_to: Option<String>,
    /// Out of the working views until then, RFC 3339 UTC.
    snoozed_until: Option<String>,
    /// Since when it is dealt with, RFC 3339 UTC.
    done_at: Option<String>,
    /// Messages of the fan that nobody has marked as read.
    unread: u32,
    /// When a message to the fan last failed, or its fate became unknown, and nobody has dealt with that since, RFC 3339
    /// UTC.
    unsent_at: Option<String>,
}

impl ConversationState {
    fn new(row: &ConversationRow) -> Self {
        Self {
            id: row.id.to_string(),
            assigned_to: row.assigned_to.map(|user| user.to_string()),
            snoozed_until: row.snoozed_until.map(|at| at.rfc3339()),
            done_at: row.done_at.map(|at| at.rfc3339()),
            unread: row.unread,
            unsent_at: row.unsent_at.map(|at| at.rfc3339()),
        }
    }
}

/// Assigns, snoozes, finishes or marks a conversation.
#[utoipa::path(patch, path = "/api/v1/conversations/{conversation_id}",
    params(("conversation_id" = String, Path, description = "The conversation.")), request_body = ConversationUpdate,
    responses((status = 200, description = "The conversation's state now.", body = ConversationState)))]
pub(crate) async fn handle(
    app: &App,
    scope: TenantScope<Chatter>,
    conversation: ConversationId,
    input: ConversationUpdate,
) -> Answer {
    let db = app.store.within(&scope).or_problem()?;
    for _ in 0..TRIES {
        let now = app.clock.now();
        let (found, member) = read(&db, conversation, &input.assigned_to).await?;
        let row = changed(&found.row, member.as_ref(), input.clone(), now)?;
        let answer = http_kit::json(StatusCode::OK, &ConversationState::new(&row));
        if row == found.row {
            return answer;
        }
        let event = Event::ConversationChanged;
        let mut transaction = db.transaction();
        transaction.replace(&row, found.rev);
        transaction.create(&event_row(app, now, event, row.id, Some(row.fan), None));
        // Only an act is: that who has left is nobody comes along with any change.
        let is_assigned =
            !input.assigned_to.is_absent() && row.assigned_to != found.row.assigned_to;
        if is_assigned {
            app.audit(&scope, Action::ConversationAssign, row.id)
                .write(&mut transaction);
        }
        match transaction.commit().await {
            Ok(()) => {
                if is_assigned {
                    app.ring_audit(&scope).await;
                }
                return answer;
            }
            Err(error) if error.is_race() => {}
            Err(error) => return Err(error.into_problem()),
        }
    }
    Err(StoreError::Contention.into_problem())
}

/// The head, and the member it is to be assigned to, if there is one; whom it is assigned to, when that is to stay.
async fn read(
    db: &TenantDb<Chatter>,
    conversation: ConversationId,
    assign: &Patch<UserId>,
) -> Result<(Found<ConversationRow>, Option<MemberRow>), Problem> {
    let mut reads = db.read_many();
    let head = reads.find::<ConversationRow>(&keys::conversation(conversation));
    let wanted = assign.value();
    let member = wanted.map(|user| reads.find::<MemberRow>(&keys::member(*user)));
    let found = reads.send().await.or_problem()?;
    let head: Found<ConversationRow> = found.get(head).or_problem()?.ok_or(Problem::NotFound)?;
    if let Some(slot) = member {
        let member = found.get(slot).or_problem()?;
        return Ok((head, member.map(|found| found.row)));
    }
    let Some(kept) = head.row.assigned_to.filter(|_| assign.is_absent()) else {
        return Ok((head, None));
    };
    let mut reads = db.read_many();
    let slot = reads.find::<MemberRow>(&keys::member(kept));
    let found = reads.send().await.or_problem()?;
    let member = found.get(slot).or_problem()?;
    Ok((head, member.map(|found| found.row)))
}

/// The head after the change.
fn changed(
    head: &ConversationRow,
    member: Option<&MemberRow>,
    input: ConversationUpdate,
    now: Timestamp,
) -> Result<ConversationRow, Problem> {
    let mut row = head.clone();
    if input.assigned_to.value().is_some() && !member.is_some_and(|m| m.data.sees(head.bot)) {
        let message = "Nobody of the team who sees this conversation's bot has this id.";
        return Err(Problem::invalid("assigned_to", "not_a_member", message));
    }
    // Who has left is nobody.
    let kept = assignee::of(head, member.map(slice::from_ref).unwrap_or_default());
    row.assigned_to = input.assigned_to.apply(kept);
    match &input.snoozed_until {
        Patch::Absent => {}
        Patch::Null => row.snoozed_until = None,
        Patch::Value(text) => {
            let until = Timestamp::from_rfc3339(text);
            let within = until.filter(|until| *until > now && *until <= now.plus(LONGEST));
            let message = "A conversation sleeps until a moment of the coming year.";
            let refusal = || Problem::invalid("snoozed_until", "out_of_range", message);
            row.snoozed_until = Some(within.ok_or_else(refusal)?);
            row.done_at = None;
        }
    }
    match input.done {
        Some(true) => {
            row.done_at = head.done_at.or(Some(now));
            row.snoozed_until = None;
        }
        Some(false) => row.done_at = None,
        None => {}
    }
    if input.unread == Some(true) {
        row.unread = head.unread.max(1);
    }
    let read = input.read_through_message_id.as_deref().and_then(number);
    if read.is_some_and(|read| read >= head.last_message_id) {
        row.unread = 0;
    }
    let seen = input
        .unsent_through
        .as_deref()
        .and_then(Timestamp::from_rfc3339);
    if seen.is_some() && head.unsent_at <= seen {
        row.unsent_at = None;
    }
    Ok(row)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::BotId;
    use domain::role::{DataScope, Role};

    const NOW: Timestamp = Timestamp::from_seconds(1_000);

    fn read(body: serde_json::Value) -> ConversationUpdate {
        serde_json::from_value(body).expect("an input")
    }

    fn wrong(body: serde_json::Value) -> bool {
        let mut errors = FieldErrors::new();
        read(body).validate(&mut errors);
        errors.finish().is_err()
    }

    fn after(head: &ConversationRow, body: serde_json::Value) -> Result<ConversationRow, Problem> {
        changed(head, None, read(body), NOW)
    }

    fn member(data: DataScope) -> MemberRow {
        MemberRow {
            data,
            ..MemberRow::new(UserId::from_bytes([4; 16]), Role::Chatter, NOW)
        }
    }

    #[test]
    fn only_a_member_who_sees_the_bot_is_assigned_to() {
        let head = crate::entry::tests::head();
        let body = serde_json::json!({ "assigned_to": UserId::from_bytes([4; 16]).to_string() });
        let assign = |member: Option<&MemberRow>| changed(&head, member, read(body.clone()), NOW);
        let other = DataScope::Bots(vec![BotId::from_bytes([9; 16])]);
        assert!(assign(None).is_err());
        assert!(assign(Some(&member(other))).is_err());
        let row = assign(Some(&member(DataScope::AllBots))).expect("assigned");
        assert_eq!(row.assigned_to, Some(UserId::from_bytes([4; 16])));
        let nobody = after(&row, serde_json::json!({ "assigned_to": null })).expect("valid");
        assert_eq!(nobody.assigned_to, None);
        let done = || read(serde_json::json!({ "done": true }));
        let stays = changed(&row, Some(&member(DataScope::AllBots)), done(), NOW);
        assert_eq!(stays.expect("valid").assigned_to, row.assigned_to);
        let left = changed(&row, None, done(), NOW).expect("valid");
        assert_eq!(left.assigned_to, None, "who has left is nobody");
    }

    #[test]
    fn a_conversation_sleeps_until_a_moment_of_the_coming_year() {
        let head = ConversationRow {
            done_at: Some(NOW),
            ..crate::entry::tests::head()
        };
        let sleep = |until: Timestamp| {
            after(
                &head,
                serde_json::json!({ "snoozed_until": until.rfc3339() }),
            )
        };
        assert!(sleep(NOW).is_err());
        assert!(sleep(NOW.plus(LONGEST).plus(Duration::from_secs(1))).is_err());
        let row = sleep(Timestamp::from_seconds(1_001)).expect("in time");
        assert_eq!(row.snoozed_until, Some(Timestamp::from_seconds(1_001)));
        assert_eq!(row.done_at, None, "it will be dealt with later");
        let done = after(&row, serde_json::json!({ "done": true })).expect("valid");
        assert_eq!((done.snoozed_until, done.done_at), (None, Some(NOW)));
        let open = after(&done, serde_json::json!({ "done": false })).expect("valid");
        assert!(open.is_open(NOW));
    }

    #[test]
    fn reading_up_to_an_older_message_leaves_the_newer_one_unread() {
        let head = ConversationRow {
            unread: 3,
            ..crate::entry::tests::head()
        };
        let through = |number: &str| {
            let body = serde_json::json!({ "read_through_message_id": number });
            after(&head, body).expect("valid").unread
        };
        assert_eq!([through("6"), through("7"), through("8")], [3, 0, 0]);
        let again = after(
            &crate::entry::tests::head(),
            serde_json::json!({ "unread": true }),
        );
        assert_eq!(again.expect("valid").unread, 1);
    }

    #[test]
    fn a_message_that_failed_after_the_page_was_read_stays_to_be_dealt_with() {
        let head = ConversationRow {
            unsent_at: Some(NOW),
            ..crate::entry::tests::head()
        };
        let through = |at: Timestamp| {
            let body = serde_json::json!({ "unsent_through": at.rfc3339() });
            after(&head, body).expect("valid").unsent_at
        };
        assert_eq!(through(Timestamp::from_seconds(999)), Some(NOW));
        assert_eq!(through(NOW), None);
    }

    #[test]
    fn nothing_asked_for_changes_nothing() {
        let head = crate::entry::tests::head();
        assert_eq!(after(&head, serde_json::json!({})).ok(), Some(head));
    }

    #[test]
    fn contradictions_and_wrong_words_are_refused() {
        assert!(wrong(serde_json::json!({ "snoozed_until": "tomorrow" })));
        let both = serde_json::json!({ "snoozed_until": "2026-11-30T08:00:00Z", "done": true });
        assert!(wrong(both));
        assert!(wrong(serde_json::json!({ "unsent_through": "now" })));
        assert!(wrong(serde_json::json!({ "unread": false })));
        assert!(wrong(
            serde_json::json!({ "unread": true, "read_through_message_id": "7" })
        ));
        assert!(wrong(
            serde_json::json!({ "read_through_message_id": "-1" })
        ));
        assert!(!wrong(
            serde_json::json!({ "done": true, "read_through_message_id": "7" })
        ));
    }
}
