//! Everything that a verified sign-up writes.

use app::{AppError, SealsJson, place};
use domain::content::MemberCard;
use domain::ids::{TenantId, UserId};
use domain::role::{DataScope, Role};
use domain::{Entropy, Sealed, Timestamp};
use store::row::{
    AccountRow, AgreementRow, LoginRow, MemberRow, Membership, ReconciliationRow, RetentionRow,
    TenantKeyRow, UserLoginRow, WorkspaceRow,
};
use store::{Row, Transaction, keys};
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
    pub(crate) workspace: Option<Workspace>,
    pub(crate) login: LoginRow,
    pointer: UserLoginRow,
    own_agreements: Vec<AgreementRow>,
}

/// The rows of the first workspace.
pub(crate) struct Workspace {
    pub(crate) row: WorkspaceRow,
    member: MemberRow,
    agreements: Vec<AgreementRow>,
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
        let workspace = form.workspace_name.as_ref().map(|name| Workspace {
            row: WorkspaceRow::new(workspace, name.clone(), now),
            member: MemberRow::new(user, Role::Owner, now),
            agreements: records(&form.workspace()),
        });
        let memberships = workspace.iter().map(|workspace| Membership {
            tenant: workspace.row.id,
            role: Role::Owner,
            data: DataScope::AllBots,
            closes_at: None,
        });
        Self {
            pointer: UserLoginRow {
                user,
                email_hash: email_hash.clone(),
            },
            login: LoginRow {
                memberships: memberships.collect(),
                verified_at: Some(now),
                ..LoginRow::new(
                    user,
                    email_hash,
                    (form.password.clone(), form.pepper.clone()),
                    now,
                )
            },
            own_agreements: records(&form.own()),
            workspace,
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
            mails_off: None,
        })
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

impl Workspace {
    /// Adds the rows to a transaction of the workspace, with the owner's card sealed under its key.
    pub(crate) fn add(
        &self,
        transaction: &mut Transaction<'_>,
        form: &Form,
        (key, wrapped): (&TenantKey, Sealed),
        entropy: &dyn Entropy,
    ) -> Result<(), AppError> {
        let card = MemberCard {
            name: form.name.clone(),
            email: form.email.clone(),
        };
        let key_of_row = self.member.key();
        let place = place::<MemberRow>(&key_of_row, "card");
        transaction.create(&TenantKeyRow {
            wrapped,
            created_at: self.row.created_at,
        });
        transaction.create(&self.row);
        transaction.create(&RetentionRow::begin(self.row.id, self.row.created_at));
        transaction.create(&ReconciliationRow::begin(self.row.id, self.row.created_at));
        transaction.create(&MemberRow {
            card: Some(key.seal_json(&place, &card, entropy)?),
            ..self.member.clone()
        });
        for row in &self.agreements {
            transaction.create(row);
        }
        Ok(())
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
        let workspace = rows.workspace.expect("a workspace");
        assert_eq!(
            rows.login.memberships,
            [Membership {
                tenant: workspace.row.id,
                role: Role::Owner,
                data: DataScope::AllBots,
                closes_at: None,
            }]
        );
        assert_eq!(
            (workspace.member.user, workspace.member.role),
            (rows.login.user, Role::Owner)
        );
    }

    #[test]
    fn who_joins_anothers_workspace_belongs_to_none_at_first() {
        let fresh = Fresh {
            user: UserId::from_bytes([1; 16]),
            workspace: TenantId::from_bytes([2; 16]),
            now: Timestamp::from_seconds(7),
            email_hash: "ab".into(),
        };
        let mut form = form();
        form.workspace_name = None;
        let rows = Rows::new(&form, fresh);
        assert!(rows.workspace.is_none() && rows.login.memberships.is_empty());
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
            names(&rows.workspace.as_ref().expect("a workspace").agreements),
            [DocumentId::Dpa.as_str()]
        );
        assert_eq!(
            names(&rows.own_agreements),
            [DocumentId::Terms.as_str(), DocumentId::Privacy.as_str()]
        );
    }

    #[test]
    fn the_workspace_written_first_holds_name_and_address_of_the_person_only_sealed() {
        let rows = rows();
        let workspace = rows.workspace.expect("a workspace");
        let text =
            serde_json::to_string(&(&workspace.row, &workspace.member, &workspace.agreements))
                .expect("JSON");
        assert!(
            !text.contains("ana@example.com") && !text.contains("\"Ana\""),
            "{text}"
        );
    }
}
