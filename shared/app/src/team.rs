//! Who is in a workspace's team, and who of it is to be told or asked something.

use domain::ids::UserId;
use domain::role::Role;
use store::row::MemberRow;
use store::{Direction, Found, Page, StoreError, TenantDb, keys};
use tenancy::Reads;

/// Every member of a workspace, in the order of their ids. A team has an end, so all of them are read: of a part, an owner may be missing.
///
/// # Errors
/// When the database does not answer.
pub async fn members<R: Reads>(db: &TenantDb<R>) -> Result<Vec<Found<MemberRow>>, StoreError> {
    let page = Page {
        pk: &keys::workspace().pk,
        from: keys::MEMBER,
        to: &format!("{}~", keys::MEMBER),
        direction: Direction::Forward,
        limit: usize::MAX,
    };
    Box::pin(db.list(&page)).await
}

/// Those who have at least this role, from the longest time on.
#[must_use]
pub fn longest_first(team: &[Found<MemberRow>], least: Role) -> Vec<UserId> {
    let members = team.iter().map(|found| &found.row);
    let mut found: Vec<_> = members
        .filter(|member| member.role >= least)
        .map(|member| (member.joined_at, member.user))
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, user)| user).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Timestamp;

    #[test]
    fn who_has_the_role_for_longest_comes_first_and_who_has_less_not_at_all() {
        let user = |number| UserId::from_bytes([number; 16]);
        let member = |number, role, joined| Found {
            row: MemberRow::new(user(number), role, Timestamp::from_seconds(joined)),
            rev: 1,
        };
        let team = [
            member(1, Role::Owner, 9),
            member(2, Role::Manager, 1),
            member(3, Role::Owner, 5),
        ];
        assert_eq!(longest_first(&team, Role::Owner), [user(3), user(1)]);
        let managers = longest_first(&team, Role::Manager);
        assert_eq!(managers, [user(2), user(3), user(1)]);
        assert!(longest_first(&team[1..2], Role::Owner).is_empty());
    }
}
