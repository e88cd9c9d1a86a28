//! `PUT /api/v1/privacy/retention`: how long a workspace keeps what it holds of a fan after the last contact. Who goes is found by
//! [`search`] (decision 0036).

mod holds;
mod late;
pub(crate) mod search;

use app::{App, Call, OrProblem};
use domain::Timestamp;
use domain::audit::Action;
use domain::retention::{Choice, LONGEST_DAYS, SHORTEST_DAYS};
use futures::future::try_join_all;
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Problem, Validate};
use mail::{Notice, Template};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::row::{ConversationRow, RetentionRow, WorkspaceRow};
use store::{Direction, Found, Page, StoreError, TenantDb, keys};
use tenancy::{Manager, Reads, TenantScope};
use utoipa::ToSchema;

use crate::owners;

/// Times that somebody else may change the workspace in between.
const TRIES: usize = 4;

/// How long fans are kept from now on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RetentionIn {
    /// Days after the last contact with a fan, 30 to 730.
    #[schema(minimum = 30, maximum = 730)]
    days: u16,
}

impl Validate for RetentionIn {
    fn validate(&self, errors: &mut FieldErrors) {
        if !(SHORTEST_DAYS..=LONGEST_DAYS).contains(&self.days) {
            errors.add("days", "out_of_range", "Fans are kept for 30 to 730 days.");
        }
    }
}

/// A shorter time that was chosen and does not count yet.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct NextRetention {
    /// Days after the last contact.
    days: u16,
    /// From when it counts, RFC 3339 UTC. Until then another choice takes it back.
    from: String,
}

/// How long fans are kept.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Retention {
    /// Days after the last contact that count now.
    days: u16,
    /// A shorter time that counts later; null: none was chosen.
    next: Option<NextRetention>,
    /// In how many days the first fan goes, if nobody writes before, begun days counted; null while there is no fan.
    first_in_days: Option<u64>,
}

impl Retention {
    fn new(choice: Choice, oldest: Option<Timestamp>, now: Timestamp) -> Self {
        Self {
            days: choice.days(now),
            next: choice.waiting(now).map(|(days, from)| NextRetention {
                days,
                from: from.rfc3339(),
            }),
            first_in_days: oldest.map(|contact| choice.days_left(contact, now)),
        }
    }
}

/// Sets for how many days a fan is kept after the last contact, in any of the workspace's bots; then everything about the fan is
/// erased. A longer time counts at once. A shorter one needs a new proof of who you are, is told to every owner by mail and
/// counts seven days later: until then another choice takes it back.
#[utoipa::path(put, path = "/api/v1/privacy/retention", operation_id = "set_retention", tag = "privacy",
    request_body = RetentionIn,
    responses((status = 200, description = "What counts now, what counts later, and when the first fan goes.", body = Retention)))]
pub(crate) async fn handle(
    app: &App,
    call: &Call,
    scope: &TenantScope<Manager>,
    input: RetentionIn,
) -> Answer {
    let key = Box::pin(app.tenant_key(scope)).await.or_problem()?;
    let db = app.store.within(scope).or_problem()?;
    for _ in 0..TRIES {
        let now = app.clock.now();
        let (found, oldest) = read(&db).await?;
        let was = found.row.retention();
        let choice = was.change(input.days, now);
        let answer = http_kit::json(StatusCode::OK, &Retention::new(choice, oldest, now));
        if choice == was {
            return answer;
        }
        let told = match was.is_shortened_by(input.days, now) {
            true => {
                call.require_proof()?;
                Box::pin(warned(app, call, scope, choice)).await?
            }
            false => Vec::new(),
        };
        let mut transaction = db.transaction();
        transaction.replace(&found.row.with_retention(choice), found.rev);
        // Looked at within minutes, wherever the search stands.
        transaction.put_any(&RetentionRow::at(scope.tenant(), now));
        app.audit(scope, Action::RetentionChange, scope.tenant())
            .values(&key, Some(&noted(was, now)), Some(&noted(choice, now)))
            .or_problem()?
            .write(&mut transaction);
        for notice in &told {
            notice.add_to(&mut transaction);
        }
        match Box::pin(transaction.commit()).await {
            Ok(()) => {
                app.ring_audit(scope).await;
                for notice in told {
                    notice.post(app).await;
                }
                return answer;
            }
            Err(error) if error.is_race() => {}
            Err(error) => return Err(error).or_problem(),
        }
    }
    Err(Problem::conflict(
        "changed_meanwhile",
        "Somebody else changed the workspace at this moment. Please look again.",
    ))
}

/// Mails to every owner about a shorter time, while it can still be taken back.
async fn warned(
    app: &App,
    call: &Call,
    scope: &TenantScope<Manager>,
    choice: Choice,
) -> Result<Vec<Notice>, Problem> {
    let now = app.clock.now();
    let (days, from) = choice.waiting(now).unwrap_or((choice.days(now), now));
    let by = call.session()?.user();
    owners::told(app, scope, by, true, |deed| Template::RetentionShortened {
        workspace: deed.workspace,
        name: deed.name,
        days,
        from,
    })
    .await
}

/// The workspace, and when somebody was last heard of whose last contact is the oldest.
async fn read<R: Reads>(
    db: &TenantDb<R>,
) -> Result<(Found<WorkspaceRow>, Option<Timestamp>), Problem> {
    let workspace = db.find::<WorkspaceRow>(&keys::workspace()).await;
    let workspace = workspace.or_problem()?.ok_or(Problem::NotFound)?;
    let shards = (0..keys::SHARDS).map(|shard| oldest(db, shard));
    let oldest = try_join_all(shards).await.or_problem()?;
    Ok((workspace, oldest.into_iter().flatten().min()))
}

/// Of the conversations of a shard the one that is silent for longest: since when. Its fan may have been heard of elsewhere.
async fn oldest<R: Reads>(db: &TenantDb<R>, shard: u8) -> Result<Option<Timestamp>, StoreError> {
    let pk = keys::inbox_shard(shard);
    let page = Page {
        pk: &pk,
        from: "0",
        to: "~",
        direction: Direction::Forward,
        limit: 1,
    };
    let found = db.list_index::<ConversationRow>(&page).await?;
    Ok(found.first().map(|head| head.row.last_activity))
}

/// A choice for the audit log, in the words of the API.
fn noted(choice: Choice, now: Timestamp) -> Value {
    let next = choice.waiting(now);
    json!({
        "days": choice.days(now),
        "next_days": next.map(|(days, _)| days),
        "next_from": next.map(|(_, from)| from.rfc3339()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 86_400;

    #[test]
    fn only_thirty_to_seven_hundred_and_thirty_days_can_be_chosen() {
        let is_valid = |days: Value| {
            let input = serde_json::from_value::<RetentionIn>(json!({ "days": days }));
            input.is_ok_and(|input| {
                let mut errors = FieldErrors::new();
                input.validate(&mut errors);
                errors.finish().is_ok()
            })
        };
        for days in [30, 365, 730] {
            assert!(is_valid(json!(days)), "{days}");
        }
        for days in [json!(29), json!(731), json!(-1), json!(70_000), json!(null)] {
            assert!(!is_valid(days.clone()), "{days}");
        }
    }

    #[test]
    fn an_answer_says_what_counts_when_and_in_how_many_days_the_first_fan_goes() {
        let now = Timestamp::from_seconds(100 * DAY);
        let choice = Choice::default().change(30, now);
        let shown = Retention::new(choice, Some(Timestamp::from_seconds(DAY)), now);
        let shown = serde_json::to_value(shown).expect("JSON");
        let next = json!({ "days": 30, "from": "1970-04-18T00:00:00Z" });
        let expected = json!({ "days": 365, "next": next, "first_in_days": 7 });
        assert_eq!(shown, expected);
        let nobody = Retention::new(Choice::default(), None, now);
        assert_eq!((nobody.next, nobody.first_in_days), (None, None));
    }

    #[test]
    fn the_audit_log_is_told_the_choice_in_the_words_of_the_api() {
        let now = Timestamp::from_seconds(0);
        let choice = Choice::default().change(30, now);
        let expected = json!({ "days": 365, "next_days": 30, "next_from": "1970-01-08T00:00:00Z" });
        assert_eq!(noted(choice, now), expected);
    }
}
