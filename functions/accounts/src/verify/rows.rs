//! Everything that a verified sign-up writes.

use app::{AppError, SealsJson, place};
use domain::ids::{TenantId, UserId};
use domain::role::Role;
use domain::{Entropy, Sealed, Timestamp};
use store::row::{
    AccountRow, AgreementRow, LoginRow, MemberRow, Membership, TenantKeyRow, UserLoginRow,
    WorkspaceRow,
};
use store::{Transaction, keys};
use vault::TenantKey;

use crate::agreements::record;
use crate::register::Form;

/// What varies from call to call.
pub(crate) struct Fresh {
    pub(crate) user: UserId,
    pub(crate) workspace: TenantId,
    pub(crate) now: Timestamp,
    pub(crate) email_hash: String,
}

/// The rows, but for what is sealed under keys that KMS makes.
pub(crate) struct Rows {
    pub(crate) workspace: WorkspaceRow,
    pub(crate) login: LoginRow,
    pointer: UserLoginRow,
    member: MemberRow,
    workspace_agreements: Vec<AgreementRow>,
    own_agreements: Vec<AgreementRow>,
}

impl Rows {
    pub(crate) fn new(form: &Form, fresh: Fresh) -> Self {
        let Fresh {
            user,
            workspace,
            now,
            email_hash,
        } = fresh;
        let records = |documents: &[&'static domain::documents::Document]| {
            documents
                .iter()
                .map(|document| record(document, user, form.filled_at))
                .collect()
        };
        Self {
            workspace: WorkspaceRow {
                id: workspace,
                name: form.workspace_name.clone(),
                created_at: now,
            },
            pointer: UserLoginRow {
                user,
                email_hash: email_hash.clone(),
            },
            login: LoginRow {
                email_hash,
                user,
                password: form.password.clone(),
                pepper: form.pepper.clone(),
                memberships: vec![Membership {
                    tenant: workspace,
                    role: Role::Owner,
                }],
                verified_at: Some(now),
                created_at: now,
                second_factor: false,
            },
            member: MemberRow {
                user,
                role: Role::Owner,
                joined_at: now,
            },
            workspace_agreements: records(&form.workspace()),
            own_agreements: records(&form.own()),
        }
    }

    /// The person's row, sealed under the person's own key.
    pub(crate) fn account(
        &self,
        form: &Form,
        key: &TenantKey,
        entropy: &dyn Entropy,
    ) -> Result<AccountRow, AppError> {
        let row_key = keys::account();
        Ok(AccountRow {
            user: self.login.user,
            email: key.seal_json(
                &place::<AccountRow>(&row_key, "email"),
                &form.email,
                entropy,
            )?,
            name: key.seal_json(&place::<AccountRow>(&row_key, "name"), &form.name, entropy)?,
            email_hash: self.login.email_hash.clone(),
            adult_attested_at: form.filled_at,
            language: form.language.clone(),
            created_at: self.login.created_at,
        })
    }

    /// Adds the workspace's rows to a transaction of the workspace.
    pub(crate) fn add_workspace(&self, transaction: &mut Transaction<'_>, wrapped: Sealed) {
        transaction.create(&TenantKeyRow {
            wrapped,
            created_at: self.workspace.created_at,
        });
        transaction.create(&self.workspace);
        transaction.create(&self.member);
        for row in &self.workspace_agreements {
            transaction.create(row);
        }
    }

    /// Adds the person's rows, but for the login itself, to a transaction of the person.
    pub(crate) fn add_person(
        &self,
        transaction: &mut Transaction<'_>,
        account: &AccountRow,
        wrapped: Sealed,
    ) {
        transaction.create(&TenantKeyRow {
            wrapped,
            created_at: account.created_at,
        });
        transaction.create(account);
        transaction.create(&self.pointer);
        for row in &self.own_agreements {
            transaction.create(row);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::form::tests::form;
    use domain::documents::DocumentId;

    fn rows() -> Rows {
        let fresh = Fresh {
            user: UserId::from_bytes([1; 16]),
            workspace: TenantId::from_bytes([2; 16]),
            now: Timestamp::from_seconds(7),
            email_hash: "ab".into(),
        };
        Rows::new(&form(), fresh)
    }

    #[test]
    fn the_person_owns_the_workspace_in_login_and_member_row_alike() {
        let rows = rows();
        assert_eq!(
            rows.login.memberships,
            [Membership {
                tenant: rows.workspace.id,
                role: Role::Owner
            }]
        );
        assert_eq!(
            (rows.member.user, rows.member.role),
            (rows.login.user, Role::Owner)
        );
    }

    #[test]
    fn the_processing_agreement_binds_the_workspace_and_the_rest_the_person() {
        let rows = rows();
        let names = |rows: &[AgreementRow]| {
            rows.iter()
                .map(|row| row.document.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            names(&rows.workspace_agreements),
            [DocumentId::Dpa.as_str()]
        );
        assert_eq!(
            names(&rows.own_agreements),
            [DocumentId::Terms.as_str(), DocumentId::Privacy.as_str()]
        );
    }

    #[test]
    fn the_workspace_written_first_holds_neither_name_nor_address_of_the_person() {
        let rows = rows();
        let text =
            serde_json::to_string(&(&rows.workspace, &rows.member, &rows.workspace_agreements))
                .expect("JSON");
        assert!(
            !text.contains("ana@example.com") && !text.contains("\"Ana\""),
            "{text}"
        );
    }
}
