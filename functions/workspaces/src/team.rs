//! A workspace's team as its rows say, and what must stay true about it.

use app::{AppError, SealsJson, place};
use domain::content::MemberCard;
use domain::ids::UserId;
use domain::role::Role;
use http_kit::Problem;
use store::row::{ApiTokenRow, InvitationRow, MemberRow};
use store::{Direction, Found, Page, Row, StoreError, TenantDb, keys};
use tenancy::Reads;
use vault::TenantKey;

use crate::tokens::MOST_OF_A_WORKSPACE;

/// Members of a workspace at most.
pub(crate) const MOST_MEMBERS: usize = 200;
/// Invitations that were mailed within their time of seven days at most, accepted ones not counted.
pub(crate) const MOST_INVITATIONS: usize = 50;
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

/// Somebody who owns the workspace whatever happens to `member`: the change requires that they still do when it is
/// written, so that two owners cannot leave each other alone.
///
/// # Errors
/// 409 when there is nobody.
pub(crate) fn other_owner(
    team: &[Found<MemberRow>],
    member: UserId,
) -> Result<&Found<MemberRow>, Problem> {
    team.iter()
        .find(|found| found.row.role == Role::Owner && found.row.user != member)
        .ok_or_else(|| {
            Problem::conflict(
                "last_owner",
                "A workspace needs an owner. Make somebody else an owner first.",
            )
        })
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
    use domain::role::DataScope;

    pub(crate) fn member(byte: u8, role: Role) -> Found<MemberRow> {
        Found {
            rev: 1,
            row: MemberRow {
                user: UserId::from_bytes([byte; 16]),
                role,
                data: DataScope::AllBots,
                card: None,
                joined_at: Timestamp::default(),
                quiet: None,
            },
        }
    }

    #[test]
    fn the_last_owner_stays() {
        let team = [member(1, Role::Owner), member(2, Role::Manager)];
        assert!(matches!(
            other_owner(&team, team[0].row.user),
            Err(Problem::Conflict {
                code: "last_owner",
                ..
            })
        ));
        let team = [member(1, Role::Owner), member(2, Role::Owner)];
        let other = other_owner(&team, team[0].row.user).expect("another owner");
        assert_eq!(other.row.user, team[1].row.user);
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
