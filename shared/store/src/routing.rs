//! Rows that must be found before a tenant is known.

use domain::ids::HookId;

use crate::item::Found;
use crate::keys::{self, LocalKey};
use crate::read::{Access, ReadMany};
use crate::row::{HookRow, LoginRow, PlatformSecretRow, SessionRow, SuppressionRow};
use crate::{Page, Row, StoreError, Transaction};

/// The routing table: nothing in it belongs to a tenant, and everything in it is found by a hash or an opaque id.
pub struct RoutingDb(pub(crate) Access);

impl RoutingDb {
    /// A session by the hex of its token's hash.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find_session(
        &self,
        token_hash: &str,
    ) -> Result<Option<Found<SessionRow>>, StoreError> {
        self.0.find(&keys::session(token_hash)).await
    }

    /// A login by the hex of its address's keyed hash.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find_login(
        &self,
        email_hash: &str,
    ) -> Result<Option<Found<LoginRow>>, StoreError> {
        self.0.find(&keys::login(email_hash)).await
    }

    /// A webhook by the id in its address.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find_hook(&self, hook: HookId) -> Result<Option<Found<HookRow>>, StoreError> {
        self.0.find(&keys::hook(hook)).await
    }

    /// A sealed platform secret.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find_secret(
        &self,
        name: &str,
    ) -> Result<Option<Found<PlatformSecretRow>>, StoreError> {
        self.0.find(&keys::platform_secret(name)).await
    }

    /// One row by its key, read consistently. Expired rows are not there.
    ///
    /// # Errors
    /// When the database does not answer or the row has another form.
    pub async fn find<T: Row>(&self, key: &LocalKey) -> Result<Option<Found<T>>, StoreError> {
        self.0.find(key).await
    }

    /// Several routing rows in one round trip.
    pub fn read_many(&self) -> ReadMany<'_> {
        ReadMany::new(&self.0)
    }

    /// One page of a partition, such as a person's sessions.
    ///
    /// # Errors
    /// When the database does not answer or a row has another form.
    pub async fn list<T: Row>(&self, page: &Page<'_>) -> Result<Vec<Found<T>>, StoreError> {
        self.0.list(page, None).await
    }

    /// What is known about mail to an address, by the hex of its keyed hash.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find_suppression(
        &self,
        address_hash: &str,
    ) -> Result<Option<Found<SuppressionRow>>, StoreError> {
        self.0.find(&keys::suppression(address_hash)).await
    }

    /// Replaces one row that must still be at the revision it was read at, and gives it as it is now. One call.
    ///
    /// # Errors
    /// When it is at another revision by now, or the database does not answer.
    pub async fn replace<T: Row>(&self, row: T, rev: u64) -> Result<Found<T>, StoreError> {
        let mut transaction = self.transaction();
        transaction.replace(&row, rev);
        transaction.commit().await?;
        Ok(Found { row, rev: rev + 1 })
    }

    /// Starts a transaction over routing rows.
    pub fn transaction(&self) -> Transaction<'_> {
        Transaction::new(&self.0)
    }
}
