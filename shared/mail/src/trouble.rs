//! The mark that mail to a person's own address does not arrive: `GET /api/v1/me` shows it as a banner.

use domain::Timestamp;
use domain::ids::UserId;
use domain::notice::MailTrouble;
use store::row::MailTroubleRow;
use store::{StoreError, TenantDb, Transaction, keys};
use tenancy::{Reads, Writes};

/// What happened to mail to this person, if anything. `account` is the handle of the person's own partition. One read;
/// callers that read other rows anyway may put `keys::mail_trouble()` into their own `read_many`.
///
/// # Errors
/// When the database does not answer.
pub async fn find<R: Reads>(account: &TenantDb<R>) -> Result<Option<MailTroubleRow>, StoreError> {
    let found = Box::pin(account.find::<MailTroubleRow>(&keys::mail_trouble())).await?;
    Ok(found.map(|found| found.row))
}

/// Writes the mark.
///
/// # Errors
/// When the database does not answer.
pub async fn set<R: Writes>(
    account: &TenantDb<R>,
    user: UserId,
    trouble: MailTrouble,
    at: Timestamp,
) -> Result<(), StoreError> {
    let mut transaction = account.transaction();
    transaction.put_any(&MailTroubleRow { user, trouble, at });
    transaction.commit().await
}

/// Adds the end of the mark to a transaction: the address was changed, or proven again.
pub fn clear(transaction: &mut Transaction<'_>) {
    transaction.delete_any::<MailTroubleRow>(&keys::mail_trouble());
}
