//! Invitations: a mail with a link, for one address, once, within seven days.

pub(crate) mod accept;
mod bound;
pub(crate) mod create;
pub(crate) mod list;
pub(crate) mod revoke;

use app::{AppError, SealsJson, place};
use domain::email::EmailAddress;
use domain::role::Role;
use serde::Serialize;
use store::Row;
use store::row::InvitationRow;
use utoipa::ToSchema;
use vault::TenantKey;

use crate::input;

/// An invitation that can still be accepted.
#[derive(Serialize, ToSchema)]
pub(crate) struct InvitationOut {
    /// Its id.
    id: String,
    /// Whose address it went to.
    email: String,
    /// To which role.
    role: Role,
    /// The bots that they will see; null for all.
    bots: Option<Vec<String>>,
    /// Who invited.
    invited_by: String,
    /// When, RFC 3339 UTC.
    created_at: String,
    /// Until when it can be accepted, RFC 3339 UTC.
    until: String,
}

impl InvitationOut {
    fn new(row: &InvitationRow, email: String) -> Self {
        Self {
            id: row.id.to_string(),
            email,
            role: row.role,
            bots: input::shown(&row.data),
            invited_by: row.invited_by.to_string(),
            created_at: row.created_at.rfc3339(),
            until: row.until.rfc3339(),
        }
    }
}

/// Whether two addresses lead to one account, however each is written.
fn same_address(one: &str, other: &str) -> bool {
    let address = |text| {
        EmailAddress::parse(text)
            .ok()
            .map(|address| address.normalised())
    };
    address(one).is_some_and(|one| address(other) == Some(one))
}

fn open_email(key: &TenantKey, row: &InvitationRow) -> Result<String, AppError> {
    key.open_json(&place::<InvitationRow>(&row.key(), "email"), &row.email)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_the_same_however_it_is_written() {
        assert!(same_address("Ana@Example.com", "ana@example.com"));
        assert!(!same_address("ana@example.com", "ben@example.com"));
        assert!(!same_address("", ""));
    }
}
