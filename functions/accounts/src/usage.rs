//! `PUT /api/v1/me/usage`: whether what a person does is counted for improving the product.
//!
//! Counted are acts, by the name of the operation, under a random name that each login gets and that stands in nothing but
//! the session: no person, no workspace and nothing of a fan is in an event, and two logins cannot be joined. A person who
//! objects is counted no more from the next call on, in every session. Each word is kept beside, with its moment (decision 0043).

use app::{App, Call, OrProblem};
use domain::Timestamp;
use domain::audit::Action;
use domain::consent::ConsentAct;
use domain::entropy::random_32;
use domain::ids::UserId;
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Problem, Validate};
use serde::{Deserialize, Serialize};
use store::keys;
use store::row::{LoginRow, SessionRow, UsageWordRow};
use store::{Found, Transaction};
use tenancy::VerifiedSession;
use utoipa::ToSchema;

use crate::change::login_of;
use crate::pepper;

/// Bytes of the name that a login is counted under.
const NAME: usize = 8;

/// The name under which a login is counted; none for who objected, by a word to us or by their browser's signal.
pub(crate) fn name(app: &App, login: &LoginRow, gpc: bool) -> Option<String> {
    counts(login.usage_objected_at, gpc)
        .then(|| pepper::hex(&random_32(app.entropy.as_ref())[..NAME]))
}

/// A word to us counts as much as a browser's signal.
fn counts(objected_at: Option<Timestamp>, gpc: bool) -> bool {
    objected_at.is_none() && !gpc
}

/// Whether what this login does is counted, and why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum UsageState {
    /// Acts are counted, under a name that tells nobody who it is.
    Counted,
    /// Nothing is: the person objected.
    Objected,
    /// Nothing is: the browser sent `Sec-GPC: 1` at the login.
    BrowserSignal,
}

impl UsageState {
    /// As a session says it. A token is never counted and never asks.
    pub(crate) const fn of(counted: bool, gpc: bool) -> Self {
        match (counted, gpc) {
            (true, _) => Self::Counted,
            (false, true) => Self::BrowserSignal,
            (false, false) => Self::Objected,
        }
    }
}

/// What a person wants.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UsageIn {
    /// `true` objects; `false` takes the objection back.
    objected: bool,
}

impl Validate for UsageIn {
    fn validate(&self, _: &mut FieldErrors) {}
}

/// Whether acts are counted.
#[derive(Serialize, ToSchema)]
pub(crate) struct UsageOut {
    /// Of the session of this call.
    usage: UsageState,
}

/// Objects to being counted for improving the product, or takes the objection back. It counts from the next call on, in
/// every session; sessions that were not counted stay so, but for this one.
#[utoipa::path(put, path = "/api/v1/me/usage", operation_id = "set_usage", tag = "accounts",
    request_body = UsageIn,
    responses((status = 200, description = "Whether acts are counted.", body = UsageOut)))]
pub(crate) async fn handle(app: &App, call: &Call, input: UsageIn) -> Answer {
    let session = call.session()?;
    let login = login_of(app, session.user()).await?;
    let sessions = Box::pin(sessions(app, session)).await?;
    let scope = session.account();
    let db = app.store.within(&scope).or_problem()?;
    let now = app.clock.now();
    let changed = LoginRow {
        usage_objected_at: input
            .objected
            .then(|| login.row.usage_objected_at.unwrap_or(now)),
        ..login.row.clone()
    };
    let mut transaction = db.transaction();
    transaction.replace(&changed, login.rev);
    let own = call.session_hash()?;
    let name = |row: &SessionRow| name(app, &changed, row.gpc).filter(|_| row.token_hash == own);
    let state = recount(&mut transaction, &sessions, &changed, own, name);
    let was = login.row.usage_objected_at;
    if let Some(word) = word(session.user(), was, input.objected, now) {
        transaction.create(&word);
    }
    app.audit(&scope, Action::UsageChange, session.user())
        .write(&mut transaction);
    transaction.commit().await.or_problem()?;
    app.ring_audit(&scope).await;
    http_kit::json(StatusCode::OK, &UsageOut { usage: state })
}

/// What is written down of a word: one that was said before, and still holds, is none.
fn word(
    user: UserId,
    was: Option<Timestamp>,
    objects: bool,
    now: Timestamp,
) -> Option<UsageWordRow> {
    let anew = was.is_some() != objects;
    anew.then(|| UsageWordRow::said(user, ConsentAct::of(objects), now))
}

/// Every session of the person that lives. Two calls.
async fn sessions(app: &App, session: &VerifiedSession) -> Result<Vec<Found<SessionRow>>, Problem> {
    let listed = app.sessions_of(session.user()).await.or_problem()?;
    let routing = app.store.routing();
    let mut many = routing.read_many();
    let people = listed.iter().filter(|found| found.row.token_of.is_none());
    let slots: Vec<_> = people
        .map(|found| many.find::<SessionRow>(&keys::session(&found.row.token_hash)))
        .collect();
    let answers = many.send().await.or_problem()?;
    let mut living = Vec::with_capacity(slots.len());
    for slot in slots {
        living.extend(answers.get(slot).or_problem()?);
    }
    Ok(living)
}

/// Rewrites the sessions that say otherwise, and tells what the one of this call says afterwards.
fn recount(
    transaction: &mut Transaction<'_>,
    sessions: &[Found<SessionRow>],
    login: &LoginRow,
    own: &str,
    name: impl Fn(&SessionRow) -> Option<String>,
) -> UsageState {
    let mut state = UsageState::Objected;
    for found in sessions {
        let usage = match login.usage_objected_at {
            Some(_) => None,
            None => found.row.usage.clone().or_else(|| name(&found.row)),
        };
        if found.row.token_hash == own {
            state = UsageState::of(usage.is_some(), found.row.gpc);
        }
        if usage != found.row.usage {
            let row = SessionRow {
                usage,
                ..found.row.clone()
            };
            transaction.replace(&row, found.rev);
        }
    }
    state
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_counted_unless_its_person_or_browser_objects() {
        assert_eq!(UsageState::of(true, false), UsageState::Counted);
        assert_eq!(UsageState::of(false, true), UsageState::BrowserSignal);
        assert_eq!(UsageState::of(false, false), UsageState::Objected);
    }

    #[test]
    fn p30_a_word_is_written_down_with_its_moment_unless_it_holds_already() {
        let (user, now) = (UserId::from_bytes([1; 16]), Timestamp::from_seconds(9));
        let before = Some(Timestamp::from_seconds(1));
        let said = |was, objects| word(user, was, objects, now).map(|word| (word.act, word.at));
        assert_eq!(said(None, true), Some((ConsentAct::Objected, now)));
        assert_eq!(said(before, false), Some((ConsentAct::TakenBack, now)));
        assert_eq!((said(before, true), said(None, false)), (None, None));
    }

    #[test]
    fn p30_who_objects_by_a_word_or_a_signal_is_counted_no_more() {
        let word = Some(Timestamp::from_seconds(1));
        assert!(counts(None, false));
        assert!(!counts(word, false) && !counts(None, true) && !counts(word, true));
    }
}
