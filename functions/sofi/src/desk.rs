//! What several routes need: who acts, what is noted about it, and the settings of a connected bot.

use app::OrProblem;
use domain::Timestamp;
use domain::ids::{BotId, UserId};
use domain::sofi::ReplyMode;
use http_kit::Problem;
use store::row::{BotRow, BotState, SofiRow};
use store::{Found, TenantDb, Transaction, keys};
use tenancy::{Reads, RoleType, TenantScope};

use crate::error::SofiError;

/// Another writer may be faster; so often it is read and decided again.
pub(crate) const ATTEMPTS: u32 = 6;
/// Hours within which a person answers, unless told.
pub(crate) const ANSWER_WITHIN_HOURS: u32 = 24;

/// The person who acts.
///
/// # Errors
/// 500 when nobody does.
pub(crate) fn actor<R: RoleType>(scope: &TenantScope<R>) -> Result<UserId, Problem> {
    scope.actor().ok_or(SofiError::NoActor).or_problem()
}

/// The settings of a bot, if any were made.
///
/// # Errors
/// 404 for a bot that is disconnected, not there or another workspace's.
pub(crate) async fn settings<R: Reads>(
    db: &TenantDb<R>,
    bot: BotId,
) -> Result<Option<Found<SofiRow>>, Problem> {
    let mut reads = db.read_many();
    let row = reads.find::<BotRow>(&keys::bot(bot));
    let settings = reads.find::<SofiRow>(&keys::sofi(bot));
    let found = Box::pin(reads.send()).await.or_problem()?;
    connected(found.get(row).or_problem()?.map(|found| found.row))?;
    found.get(settings).or_problem()
}

/// The bot, unless it is disconnected: then it is not there, as far as Sofi is concerned.
///
/// # Errors
/// 404.
pub(crate) fn connected(bot: Option<BotRow>) -> Result<BotRow, Problem> {
    bot.filter(|bot| bot.state != BotState::Disconnected)
        .ok_or(Problem::NotFound)
}

/// Settings before anybody made any.
pub(crate) fn fresh(bot: BotId, by: UserId, at: Timestamp) -> SofiRow {
    SofiRow {
        bot,
        mode: ReplyMode::Off,
        persona: None,
        newest_persona: 0,
        allowed_hosts: Vec::new(),
        allowed_handles: Vec::new(),
        answer_within_hours: ANSWER_WITHIN_HOURS,
        sensitive_facts: false,
        changed_by: by,
        changed_at: at,
    }
}

/// What a change begins with: the settings that were read or that nobody made yet, as changed by this person at this moment.
pub(crate) fn begun(
    found: Option<&Found<SofiRow>>,
    bot: BotId,
    by: UserId,
    at: Timestamp,
) -> SofiRow {
    let before = found.map_or_else(|| fresh(bot, by, at), |found| found.row.clone());
    SofiRow {
        changed_by: by,
        changed_at: at,
        ..before
    }
}

/// Adds settings to a transaction, against what was read.
pub(crate) fn put(
    transaction: &mut Transaction<'_>,
    row: &SofiRow,
    former: Option<&Found<SofiRow>>,
) {
    match former {
        Some(found) => transaction.replace(row, found.rev),
        None => transaction.create(row),
    };
}

/// 409: others kept changing the same thing.
pub(crate) fn changed_meanwhile() -> Problem {
    Problem::conflict(
        "changed_meanwhile",
        "Somebody else is changing this. Load it again and repeat.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::HookId;

    fn bot(state: BotState) -> BotRow {
        BotRow {
            id: BotId::from_bytes([1; 16]),
            telegram_id: 1,
            username: "example_bot".into(),
            name: "Example".into(),
            token: None,
            token_last4: "xamp".into(),
            hook: HookId::from_bytes([2; 16]),
            state,
            connected_by: UserId::from_bytes([3; 16]),
            connected_at: Timestamp::default(),
            disconnected_at: None,
            alerts: Vec::new(),
        }
    }

    #[test]
    fn a_change_begins_with_what_is_there_and_is_signed_by_who_makes_it() {
        let (bot, at) = (BotId::from_bytes([1; 16]), Timestamp::from_seconds);
        let (one, other) = (UserId::from_bytes([2; 16]), UserId::from_bytes([3; 16]));
        let row = SofiRow {
            newest_persona: 4,
            ..fresh(bot, one, at(1))
        };
        let found = Found { row, rev: 7 };
        let expected = SofiRow {
            changed_by: other,
            changed_at: at(2),
            ..found.row.clone()
        };
        assert_eq!(begun(Some(&found), bot, other, at(2)), expected);
        assert_eq!(begun(None, bot, other, at(2)), fresh(bot, other, at(2)));
    }

    #[test]
    fn a_disconnected_bot_is_as_missing_as_one_that_never_was() {
        for missing in [None, Some(bot(BotState::Disconnected))] {
            assert!(matches!(connected(missing), Err(Problem::NotFound)));
        }
        assert!(connected(Some(bot(BotState::TokenDead))).is_ok());
    }
}
