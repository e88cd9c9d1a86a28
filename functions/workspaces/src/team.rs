//! A workspace's team as its rows say, and what must stay true about it.

use app::{App, AppError, OrProblem, SealsJson, place};
use domain::content::MemberCard;
use domain::ids::{BotId, TenantId, UserId};
use domain::role::Role;
use http_kit::Problem;
use store::row::{ApiTokenRow, BotRow, InvitationRow, LoginRow, MemberRow};
use store::{Direction, Found, Page, Row, StoreError, TenantDb, Transaction, keys};
use tenancy::Reads;
use vault::TenantKey;

use crate::tokens::MOST_OF_A_WORKSPACE;

/// Members of a workspace at most.
pub(crate) const MOST_MEMBERS: usize = 200;
/// Invitations that were mailed within their time of seven days at most, accepted ones not counted.
pub(crate) const MOST_INVITATIONS: usize = 50;
/// Bots of which one change of a member ends their chats.
const MOST_ENDED: usize = 8;
/// Workspaces that one person owns at most; a further one is not made.
pub(crate) const MOST_OWNED: usize = 10;
/// Workspaces of one person at most.
pub(crate) const MOST_MEMBERSHIPS: usize = 50;

/// Every member, in the order of their ids.
pub(crate) async fn members<R: Reads>(
    db: &TenantDb<R>,
) -> Result<Vec<Found<MemberRow>>, StoreError> {
    list(db, keys::MEMBER, MOST_MEMBERS + 1).await
}

/// Every invitation whose time is not over, those taken back too.
pub(crate) async fn invitations<R: Reads>(
    db: &TenantDb<R>,
) -> Result<Vec<Found<InvitationRow>>, StoreError> {
    list(db, keys::INVITATION, MOST_INVITATIONS + 1).await
}

/// Tokens whose time is not over, newest first, also those that ended with their maker's rights.
pub(crate) async fn tokens<R: Reads>(
    db: &TenantDb<R>,
) -> Result<Vec<Found<ApiTokenRow>>, StoreError> {
    let page = Page {
        pk: &keys::workspace().pk,
        from: keys::API_TOKEN,
        to: &format!("{}~", keys::API_TOKEN),
        direction: Direction::Backward,
        // As many as have ended beside them again.
        limit: 4 * MOST_OF_A_WORKSPACE,
    };
    db.list(&page).await
}

async fn list<R: Reads, T: Row>(
    db: &TenantDb<R>,
    prefix: &str,
    limit: usize,
) -> Result<Vec<Found<T>>, StoreError> {
    let page = Page {
        pk: &keys::workspace().pk,
        from: prefix,
        to: &format!("{prefix}~"),
        direction: Direction::Forward,
        limit,
    };
    db.list(&page).await
}

/// Name and address of a member; empty for one from before they were kept.
pub(crate) fn card(key: &TenantKey, row: &MemberRow) -> Result<MemberCard, AppError> {
    let row_key = row.key();
    let open = |sealed| key.open_json(&place::<MemberRow>(&row_key, "card"), sealed);
    let card = row.card.as_ref().map(open).transpose()?;
    Ok(card.unwrap_or(MemberCard {
        name: String::new(),
        email: String::new(),
    }))
}

/// The login of somebody who owns the workspace whatever happens to `member`, where that takes an owner away: the change
/// requires it to be as it was read, so that two owners cannot leave each other alone.
///
/// # Errors
/// 409 when there is nobody.
pub(crate) async fn other_owner(
    app: &App,
    workspace: TenantId,
    team: &[Found<MemberRow>],
    (member, role): (&MemberRow, Role),
) -> Result<Option<Found<LoginRow>>, Problem> {
    if member.role != Role::Owner || role == Role::Owner {
        return Ok(None);
    }
    let other = app.other_owner(workspace, team, member.user).await;
    match other.or_problem()? {
        Some(other) => Ok(Some(other)),
        None => Err(Problem::conflict(
            "last_owner",
            "A workspace needs an owner. Make somebody else an owner first.",
        )),
    }
}

/// Requires it.
pub(crate) fn hold_owner(transaction: &mut Transaction<'_>, owner: Option<&Found<LoginRow>>) {
    if let Some(owner) = owner {
        transaction.require_revision::<LoginRow>(&owner.row.key(), owner.rev);
    }
}

/// The bots of which a member hears in a Telegram chat of theirs.
pub(crate) async fn heard<R: Reads>(
    db: &TenantDb<R>,
    member: UserId,
) -> Result<Vec<Found<BotRow>>, StoreError> {
    let page = Page {
        pk: keys::BOTS,
        from: "!",
        to: "~",
        direction: Direction::Forward,
        limit: usize::MAX,
    };
    let mut bots = db.list::<BotRow>(&page).await?;
    bots.retain(|bot| bot.row.alerts.iter().any(|known| known.user == member));
    Ok(bots)
}

/// Ends a member's chats with the bots of which they hear no more: they begin anew with a new link, whatever they are given
/// back.
pub(crate) fn end_hearing(
    transaction: &mut Transaction<'_>,
    heard: Vec<Found<BotRow>>,
    member: UserId,
    still: impl Fn(BotId) -> bool,
) {
    let ended = heard.into_iter().filter(|bot| !still(bot.row.id));
    // As many as fit beside the rest; of others the sender reads that their reader may not hear of them.
    for mut bot in ended.take(MOST_ENDED) {
        bot.row.alerts.retain(|known| known.user != member);
        transaction.replace(&bot.row, bot.rev);
    }
}

/// The member's row.
///
/// # Errors
/// 404 when they are not of this workspace.
pub(crate) fn find(
    team: &[Found<MemberRow>],
    member: UserId,
) -> Result<&Found<MemberRow>, Problem> {
    team.iter()
        .find(|found| found.row.user == member)
        .ok_or(Problem::NotFound)
}

/// What a race with another change of the team answers.
pub(crate) fn meanwhile(error: StoreError) -> Problem {
    use app::IntoProblem as _;
    match error {
        StoreError::Condition(_) => Problem::conflict(
            "changed_meanwhile",
            "Something changed meanwhile. Load it again and repeat.",
        ),
        other => other.into_problem(),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use domain::Timestamp;

    pub(crate) fn member(byte: u8, role: Role) -> Found<MemberRow> {
        Found {
            rev: 1,
            row: MemberRow::new(UserId::from_bytes([byte; 16]), role, Timestamp::default()),
        }
    }

    #[test]
    fn a_stranger_is_not_found_in_the_team() {
        let team = [member(1, Role::Owner)];
        assert!(find(&team, team[0].row.user).is_ok());
        assert!(matches!(
            find(&team, UserId::from_bytes([9; 16])),
            Err(Problem::NotFound)
        ));
    }
}
