//! The account of a person: what differs from a workspace (decision 0038).
//!
//! A login in time takes the closing back, and says so in the login alone: the row of the work stands until its job looks. Once
//! the erasure has begun, memberships go first, each in a job of its own workspace ([`super::leaver`]); then the last mail with
//! the row that holds the address; then whatever lets anybody in; then the key, and what it sealed.

use app::{AppError, MOST_SESSIONS, MOST_TOKENS, SealsJson as _, end_session, place};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::ids::UserId;
use domain::privacy::ClosingState;
use domain::registry::Registered as _;
use jobs::ClosingJob;
use mail::{Language, Notice, NoticeDraft, NoticeId, Template, To};
use store::row::{
    AccountRow, ClosingRow, EmailChangeRow, EmailUndosRow, HearingRow, LoginRow, NoticeRow,
    PasskeyClaimRow, PasskeysRow, StaffRow, StoredPasskey, UserLoginRow,
};
use store::{Found, Row, Table, keys};
use tenancy::hash_token_hex;

use super::empty::Source;
use super::{Desk, counted};
use crate::erase::Step;
use crate::error::PrivacyError;

impl Desk<'_> {
    /// Ends what a person had open when they closed their account, and what began beside it.
    pub(super) async fn freeze(&mut self, user: UserId) -> Result<Step, PrivacyError> {
        let Some(login) = self.closing_login(user).await? else {
            return self.stays().await;
        };
        let mut open = self.app.sessions_of(user).await?;
        // So many fit a transaction; the next pass ends the others.
        open.truncate(MOST_SESSIONS + MOST_TOKENS);
        if open.is_empty() {
            self.tell_workspaces(user, &login.row).await?;
        }
        let work = match open.is_empty() {
            true => ClosingRow {
                state: ClosingState::Frozen,
                ..self.work.row.clone()
            },
            false => self.work.row.clone(),
        };
        self.write(work, |transaction| {
            // A login that takes the closing back at this moment keeps its session.
            transaction.replace(&login.row, login.rev);
            for session in &open {
                end_session(transaction, &session.row);
            }
        })
        .await
    }

    /// The login while it says that the account is being closed. `None` once a login has taken that back.
    pub(super) async fn closing_login(
        &self,
        user: UserId,
    ) -> Result<Option<Found<LoginRow>>, PrivacyError> {
        let login = self.app.login_of(user).await?;
        Ok(login.filter(|login| login.row.closes_at.is_some()))
    }

    /// Ends the work, because the closing was taken back.
    pub(super) async fn stays(&self) -> Result<Step, PrivacyError> {
        let mut transaction = self.db.transaction();
        transaction.delete::<ClosingRow>(&keys::closing(), self.work.rev);
        match transaction.commit().await {
            Err(error) if !error.is_race() => Err(error.into()),
            _ => Ok(Step::Stop),
        }
    }

    /// Deletes everything of the account, in an order in which what is left still leads to the rest.
    pub(super) async fn empty_account(&mut self, user: UserId) -> Result<Step, PrivacyError> {
        if let Some(login) = self.app.login_of(user).await?
            && !login.row.memberships.is_empty()
        {
            self.tell_workspaces(user, &login.row).await?;
            // The last membership that ends rings for this work again; where a ring is lost, `tick` does.
            return Ok(Step::Stop);
        }
        // They ended with the closing. An older copy brings them back, and of somebody in no workspace no membership takes them along.
        Box::pin(self.app.end_what_is_left(user, None)).await?;
        let step = Box::pin(self.farewell()).await?;
        if step != Step::Done {
            return Ok(step);
        }
        let step = Box::pin(self.lock_out(user)).await?;
        if step != Step::Done {
            return Ok(step);
        }
        let step = self.destroy_key().await?;
        if step != Step::Done {
            return Ok(step);
        }
        for pk in [keys::account().pk, keys::agreement("", "").pk] {
            if self.drain(&Source::Partition(Table::Tenant, &pk)).await? == Step::Stop {
                return Ok(Step::Stop);
            }
        }
        let gone = ClosingRow {
            state: ClosingState::Certifying,
            ..self.work.row.clone()
        };
        self.write(gone, |_| {}).await
    }

    /// Has every workspace of the person do what follows from the closing, or from the erasure, in a job of its own.
    async fn tell_workspaces(&self, user: UserId, login: &LoginRow) -> Result<(), PrivacyError> {
        for membership in &login.memberships {
            let job = ClosingJob::leaving(membership.tenant, self.work.row.request, user);
            let told = self.app.jobs.close(&job).await;
            told.map_err(AppError::from)?;
        }
        Ok(())
    }

    /// The row with the address, and the last mail to it: once, because both are one transaction.
    async fn farewell(&mut self) -> Result<Step, PrivacyError> {
        let key = keys::account();
        let Some(account) = self.db.find::<AccountRow>(&key).await? else {
            return Ok(Step::Done);
        };
        let notice = Box::pin(self.last_mail(&account.row)).await?;
        let work = counted(&self.work.row, [AccountRow::KIND]);
        let written = self.write(work, |transaction| {
            transaction.delete::<AccountRow>(&key, account.rev);
            if let Some(notice) = &notice {
                notice.add_to(transaction);
            }
        });
        let step = written.await?;
        if let (Step::Done, Some(notice)) = (step, notice) {
            notice.post(self.app).await;
        }
        Ok(step)
    }

    /// Nothing where it was sent before an older copy brought the account back, or where the key to the address is gone.
    async fn last_mail(&self, account: &AccountRow) -> Result<Option<Notice>, PrivacyError> {
        let request = self.work.row.request;
        let id = NoticeId::new("erased", request.suffix()).map_err(mail::MailError::from)?;
        let sent = self.db.find::<NoticeRow>(&keys::notice(&id)).await?;
        if sent.is_some() {
            return Ok(None);
        }
        let key = match self.app.tenant_key(self.scope).await {
            Err(AppError::Absent("key")) => return Ok(None),
            other => other?,
        };
        let row_key = account.key();
        let place = place::<AccountRow>(&row_key, "email");
        let email: String = key.open_json(&place, &account.email)?;
        let draft = NoticeDraft {
            id,
            to: To::Address(email),
            language: Language::from_tag(&account.language),
            template: Template::AccountErased {
                request: request.to_string(),
            },
        };
        let notice = Box::pin(mail::notice(self.app, self.scope, draft)).await?;
        Ok(Some(notice))
    }

    /// What lets somebody in, or says who may: the login, passkeys, changes of the address, when chats ended, an appointment to
    /// our staff.
    async fn lock_out(&mut self, user: UserId) -> Result<Step, PrivacyError> {
        let routing = self.app.store.routing();
        let pointer = keys::user_login(user);
        if routing.find::<UserLoginRow>(&pointer).await?.is_none() {
            return Ok(Step::Done);
        }
        let login = self.app.login_of(user).await?;
        let (change, undos) = (keys::email_change(user), keys::email_undos(user));
        let (passkeys, staff) = (keys::passkeys(user), keys::staff(user));
        let hearing = keys::hearing(user);
        let listed = routing.find::<PasskeysRow>(&passkeys).await?;
        let claims = self.claims(user, listed.as_ref()).await?;
        let there = [
            login.as_ref().map(|_| LoginRow::KIND),
            Some(UserLoginRow::KIND),
            listed.as_ref().map(|_| PasskeysRow::KIND),
            kind_of(routing.find::<EmailChangeRow>(&change).await?.as_ref()),
            kind_of(routing.find::<EmailUndosRow>(&undos).await?.as_ref()),
            kind_of(routing.find::<StaffRow>(&staff).await?.as_ref()),
            kind_of(routing.find::<HearingRow>(&hearing).await?.as_ref()),
        ];
        let claimed = claims.iter().map(|_| PasskeyClaimRow::KIND);
        let kinds = there.into_iter().flatten().chain(claimed);
        let work = counted(&self.work.row, kinds);
        self.write(work, |transaction| {
            if let Some(login) = &login {
                transaction.delete::<LoginRow>(&login.row.key(), login.rev);
            }
            transaction.delete_any::<UserLoginRow>(&pointer);
            transaction.delete_any::<PasskeysRow>(&passkeys);
            transaction.delete_any::<EmailChangeRow>(&change);
            transaction.delete_any::<EmailUndosRow>(&undos);
            transaction.delete_any::<StaffRow>(&staff);
            transaction.delete_any::<HearingRow>(&hearing);
            for claim in &claims {
                transaction.delete::<PasskeyClaimRow>(&claim.row.key(), claim.rev);
            }
        })
        .await
    }

    /// The claims on the passkeys that the person has.
    async fn claims(
        &self,
        user: UserId,
        listed: Option<&Found<PasskeysRow>>,
    ) -> Result<Vec<Found<PasskeyClaimRow>>, PrivacyError> {
        let routing = self.app.store.routing();
        let mut claims = Vec::new();
        for passkey in listed.into_iter().flat_map(|found| &found.row.passkeys) {
            let Some(hash) = claimed_as(passkey) else {
                continue;
            };
            let key = keys::passkey_claim(&hash);
            let claim = routing.find::<PasskeyClaimRow>(&key).await?;
            claims.extend(claim.filter(|claim| claim.row.user == user));
        }
        Ok(claims)
    }
}

fn kind_of<T: Row>(found: Option<&Found<T>>) -> Option<&'static str> {
    found.map(|_| T::KIND)
}

/// Under which hash a passkey is claimed, as `accounts` does it. Of one in a form that is not ours the claim stays, and counts for
/// nothing without the list.
fn claimed_as(passkey: &StoredPasskey) -> Option<String> {
    let stored: serde_json::Value = serde_json::from_str(&passkey.credential).ok()?;
    let id = stored["cred"]["cred_id"].as_str()?;
    let id = URL_SAFE_NO_PAD.decode(id.trim_end_matches('=')).ok()?;
    Some(hash_token_hex(&id))
}

#[cfg(test)]
mod tests {
    use domain::Timestamp;
    use domain::ids::PasskeyId;

    use super::*;

    /// Kinds that go with the account, or with its sessions when it is closed.
    const GO: &[&str] = &[
        "email_change",
        "email_undos",
        "hearing",
        "login",
        "passkey_claim",
        "passkeys",
        "session",
        "staff",
        "user_login",
        "user_session",
    ];
    /// Kinds that end by themselves and open nothing without a login: within minutes, days, or the half year of a known device.
    const END: &[&str] = &[
        "api_token_use",
        "challenge",
        "device",
        "passkey_challenge",
        "password_reset",
        "registration",
        "throttle",
    ];
    /// Kinds of workspaces, of addresses that refuse our mail, of the platform, and the mark itself.
    const OF_OTHERS: &[&str] = &[
        "bot_claim",
        "closed",
        "holder",
        "hook",
        "invitation_link",
        "platform_secret",
        "stripe_customer",
        "suppression",
    ];

    #[test]
    fn every_kind_that_is_found_before_anybody_is_known_goes_or_says_why_not() {
        let known = [GO, END, OF_OTHERS].concat();
        for (kind, table, _) in store::row::registry() {
            let counts = table == Table::Routing;
            assert!(!counts || known.contains(&kind), "{kind}");
        }
    }

    #[test]
    fn the_claim_on_a_passkey_is_found_by_the_id_of_its_credential() {
        let passkey = |credential: &str| StoredPasskey {
            id: PasskeyId::from_bytes([1; 16]),
            name: "Phone".to_owned(),
            credential: credential.to_owned(),
            created_at: Timestamp::default(),
            used_at: None,
        };
        let stored = r#"{"cred":{"cred_id":"AQID","counter":0}}"#;
        assert_eq!(
            claimed_as(&passkey(stored)),
            Some(hash_token_hex(&[1, 2, 3]))
        );
        assert_eq!(claimed_as(&passkey("{}")), None);
    }
}
