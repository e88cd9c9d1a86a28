//! Whom a plan concerns.

use app::{longest_first, members};
use domain::ids::UserId;
use domain::role::Right;
use store::row::CheckoutRow;
use store::{StoreError, TenantDb};
use tenancy::Reads;

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
        let team = members(db).await?;
        Ok(Self {
            owners: longest_first(&team, Right::ManageBilling.minimum()),
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
