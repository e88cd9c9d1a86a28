//! `PUT` and `DELETE /api/v1/conversations/{conversation_id}/takeover`: a person answers, Sofi is silent, until when
//! everybody can see; it ends by itself.
//!
//! Sending and typing take over too, and end no hold sooner. Whoever takes over may choose a sooner end than whoever had the
//! chat, though not for the fan's wish for a person: that ends when somebody has answered or gives the chat back, else with
//! the hours that the fan was told. A reply that Sofi is writing meanwhile is not taken, one that waits in the outbox is
//! withdrawn by the sender. What the fan writes meanwhile waits as a turn that `tick` has looked at when the time ends; giving
//! the chat back brings that forward. Uses GetItem on `routing` and `keys`, for giving back on `work`,
//! ConditionCheckItem on `tenant`, PutItem and DeleteItem on `work`, kms:Decrypt (purpose `data`).

use std::time::Duration;

use app::{App, Event, IntoProblem, OrProblem, event_row};
use domain::Timestamp;
use domain::ids::ConversationId;
use domain::sofi::HoldReason;
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Problem, Validate};
use serde::{Deserialize, Serialize};
use store::row::{ConversationRow, HoldRow, TurnRow, TurnState};
use store::{StoreError, Transaction, keys};
use tenancy::{Chatter, RoleType, TenantScope};
use utoipa::ToSchema;

const LONGEST_MINUTES: u32 = 7 * 24 * 60;
/// Sofi never waits longer than this for a fan who is still writing.
const WRITING: Duration = Duration::from_secs(60);
/// Times that the fan may write while the conversation is being taken over or given back.
const TRIES: usize = 4;

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
    /// Until when, RFC 3339 UTC. Then Sofi goes on by itself: what nobody has answered it answers within a minute, or a
    /// person is asked for (`needs_person_since`) where more than a quarter of an hour has passed.
    until: String,
}

impl HoldOut {
    pub(crate) fn new(row: &HoldRow) -> Self {
        let by = row.by.filter(|_| row.reason == HoldReason::Person);
        Self {
            reason: row.reason,
            by: by.map(|user| user.to_string()),
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
    HoldRow::of_person(conversation, scope.actor(), now, HoldRow::AFTER_WRITING)
}

/// Takes the conversation over together with what a person writes, unless Sofi is silent there for longer already. Its place.
pub(crate) fn claim(transaction: &mut Transaction<'_>, hold: &HoldRow) -> usize {
    transaction.claim(hold, &hold.or_shorter())
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
    let length = input.minutes.map_or(HoldRow::AFTER_WRITING, |minutes| {
        Duration::from_secs(u64::from(minutes) * 60)
    });
    let chosen = HoldRow::of_person(conversation, scope.actor(), app.clock.now(), length);
    let mut row = chosen.clone();
    for _ in 0..TRIES {
        match change(app, &scope, conversation, Change::Take(&row)).await? {
            Done::WishStands(former) => row = chosen.clone().in_place_of(&former),
            Done::Yes | Done::TurnChanged => {
                return http_kit::json(StatusCode::OK, &HoldOut::new(&row));
            }
        }
    }
    Err(StoreError::Contention.into_problem())
}

/// Gives a conversation back to Sofi at once. What the fan wrote meanwhile and nobody answered, Sofi looks at within a
/// minute, as at the end of the time.
#[utoipa::path(delete, path = "/api/v1/conversations/{conversation_id}/takeover",
    params(("conversation_id" = String, Path, description = "The conversation.")),
    responses((status = 204, description = "Sofi goes on.")))]
pub(crate) async fn release(
    app: &App,
    scope: TenantScope<Chatter>,
    conversation: ConversationId,
) -> Answer {
    let db = app.store.within(&scope).or_problem()?;
    for _ in 0..TRIES {
        let turn = db.find::<TurnRow>(&keys::turn(conversation)).await;
        let turn = turn.or_problem()?;
        let now = app.clock.now();
        let sooner = turn.filter(|found| waits_for_person(&found.row, now));
        let sooner = sooner.map(|found| (brought_forward(found.row, now), found.rev));
        match change(app, &scope, conversation, Change::Release(sooner)).await? {
            Done::Yes => return http_kit::no_content(),
            Done::TurnChanged | Done::WishStands(_) => {}
        }
    }
    Err(StoreError::Contention.into_problem())
}

/// Whether a turn is put off for the sake of a person; a fan who is still writing is waited for a few seconds only.
fn waits_for_person(turn: &TurnRow, now: Timestamp) -> bool {
    turn.state == TurnState::Waiting && turn.quiet_until > now.plus(WRITING)
}

fn brought_forward(turn: TurnRow, now: Timestamp) -> TurnRow {
    TurnRow {
        began_at: now,
        quiet_until: now,
        due_at: now,
        ..turn
    }
}

/// What is to become of the hold.
enum Change<'a> {
    Take(&'a HoldRow),
    /// And of the turn that waits for its end, with the revision at which it was read.
    Release(Option<(TurnRow, u64)>),
}

/// Whether it was written.
enum Done {
    Yes,
    TurnChanged,
    /// The fan wishes for a person, which was not known.
    WishStands(HoldRow),
}

async fn change(
    app: &App,
    scope: &TenantScope<Chatter>,
    conversation: ConversationId,
    wanted: Change<'_>,
) -> Result<Done, Problem> {
    let key = app.tenant_key(scope).await.or_problem()?;
    let fan = key
        .peer_ids()
        .fan_of(conversation)
        .map_err(|_| Problem::NotFound)?;
    let db = app.store.within(scope).or_problem()?;
    let mut transaction = db.transaction();
    let head = transaction.require::<ConversationRow>(&keys::conversation(conversation));
    let (hold, turn) = match wanted {
        Change::Take(row) => (Some(transaction.claim(row, &row.with_its_wish())), None),
        Change::Release(turn) => {
            transaction.delete_any::<HoldRow>(&keys::hold(conversation));
            (None, turn.map(|(row, rev)| transaction.replace(&row, rev)))
        }
    };
    let event = Event::ConversationChanged;
    let at = app.clock.now();
    transaction.create(&event_row(app, at, event, conversation, Some(fan), None));
    let error = match transaction.commit().await {
        Ok(()) => return Ok(Done::Yes),
        Err(error) => error,
    };
    if error.failed(head).is_some() {
        return Err(Problem::NotFound);
    }
    if turn.is_some_and(|turn| error.failed(turn).is_some()) {
        return Ok(Done::TurnChanged);
    }
    let former = hold.and_then(|hold| error.failed(hold)?.old::<HoldRow>());
    former
        .map(Done::WishStands)
        .ok_or_else(|| error.into_problem())
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::{BotId, MessageId, TenantId, UserId};

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
    fn only_a_turn_that_waits_for_a_person_is_brought_forward() {
        let now = Timestamp::from_seconds(1_000);
        let turn = |state, quiet: u64| TurnRow {
            id: MessageId::from_bytes([1; 16]),
            tenant: TenantId::from_bytes([2; 16]),
            bot: BotId::from_bytes([3; 16]),
            conversation: ConversationId::from_bytes([4; 16]),
            newest: 7,
            began_at: now,
            quiet_until: now.plus(Duration::from_secs(quiet)),
            state,
            lease_until: Timestamp::default(),
            attempts: 0,
            reserved: 0,
            reserved_tokens: 0,
            due_at: now.plus(Duration::from_secs(quiet)),
        };
        assert!(!waits_for_person(&turn(TurnState::Waiting, 3), now));
        assert!(!waits_for_person(&turn(TurnState::Generating, 900), now));
        let held = turn(TurnState::Waiting, 900);
        assert!(waits_for_person(&held, now));
        let sooner = brought_forward(held, now);
        assert_eq!((sooner.quiet_until, sooner.due_at), (now, now));
    }

    #[test]
    fn a_hold_shows_who_and_until_when() {
        let (chat, now) = (
            ConversationId::from_bytes([1; 16]),
            Timestamp::from_seconds(60),
        );
        let minutes = |minutes: u64| Duration::from_secs(minutes * 60);
        let me = UserId::from_bytes([5; 16]);
        let mine = HoldRow::of_person(chat, Some(me), now, minutes(1));
        let shown = HoldOut::new(&mine);
        assert_eq!(
            (shown.by, shown.until.as_str()),
            (Some(me.to_string()), "1970-01-01T00:02:00Z")
        );
        let beside_wish = mine.beside(&HoldRow::of_fan(chat, now, minutes(2)));
        let shown = HoldOut::new(&beside_wish);
        assert_eq!(
            (shown.by, shown.until.as_str()),
            (None, "1970-01-01T00:03:00Z"),
            "it is the fan's"
        );
    }
}
