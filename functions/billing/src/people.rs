//! Whom a plan concerns.

use domain::ids::UserId;
use domain::role::Right;
use store::row::{CheckoutRow, MemberRow};
use store::{Direction, Page, StoreError, TenantDb, keys};
use tenancy::Reads;

/// Members that are looked through for owners.
const MEMBERS: usize = 100;

/// Who owns a workspace, and who bought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct People {
    /// Who may cancel and withdraw, from the longest time on.
    pub(crate) owners: Vec<UserId>,
    /// Who was shown the page of the last purchase last: an owner then, and perhaps none any more.
    pub(crate) buyer: Option<UserId>,
}

impl People {
    /// Reads the owners.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn read<R: Reads>(
        db: &TenantDb<R>,
        checkout: Option<&CheckoutRow>,
    ) -> Result<Self, StoreError> {
        let page = Page {
            pk: &keys::workspace().pk,
            from: keys::MEMBER,
            to: &format!("{}~", keys::MEMBER),
            direction: Direction::Forward,
            limit: MEMBERS,
        };
        let members = Box::pin(db.list::<MemberRow>(&page)).await?;
        let members = members.into_iter().map(|found| found.row);
        let least = Right::ManageBilling.minimum();
        let mut owners: Vec<_> = members
            .filter(|member| member.role >= least)
            .map(|member| (member.joined_at, member.user))
            .collect();
        owners.sort_unstable();
        Ok(Self {
            owners: owners.into_iter().map(|(_, user)| user).collect(),
            buyer: checkout.and_then(|checkout| checkout.buyer),
        })
    }

    /// Who has been an owner for longest.
    pub(crate) fn first(&self) -> Option<UserId> {
        self.owners.first().copied()
    }

    /// Each of them once.
    pub(crate) fn all(&self) -> impl Iterator<Item = UserId> {
        let buyer = self.buyer.filter(|buyer| !self.owners.contains(buyer));
        self.owners.iter().copied().chain(buyer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_bought_and_owns_still_is_named_once_and_who_bought_before_is_named_too() {
        let user = |number| UserId::from_bytes([number; 16]);
        let all = |buyer: Option<u8>| {
            let people = People {
                owners: vec![user(1), user(2)],
                buyer: buyer.map(user),
            };
            people.all().collect::<Vec<_>>()
        };
        assert_eq!(all(None), [user(1), user(2)]);
        assert_eq!(all(Some(2)), [user(1), user(2)]);
        assert_eq!(all(Some(3)), [user(1), user(2), user(3)]);
    }
}
