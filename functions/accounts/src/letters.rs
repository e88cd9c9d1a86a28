//! Mails of this crate: the codes and links in them, and the notices that carry them.
//!
//! A notice is written in the transaction of the fact that it tells of; see `mail`.

use std::fmt::Display;

use app::{App, Call, OrProblem};
use domain::email::ParseEmailError;
use domain::ids::{RegistrationId, UserId};
use domain::notice::ParseNoticeIdError;
use domain::{Sealed, Timestamp};
use http::header::ACCEPT_LANGUAGE;
use http_kit::Problem;
use mail::{FactorChange, Language, Notice, NoticeDraft, NoticeId, Template, To};
use secrecy::ExposeSecret as _;
use store::row::{AccountRow, PasswordResetRow, RegistrationRow};
use tenancy::{Addressee, Owner, Provisioning, TenantScope, Writes, hash_token_hex};
use zeroize::Zeroizing;

use crate::error::AccountsError;
use crate::pepper::Pepper;
use crate::register::Form;
use crate::session;

/// Digits of a code: typed from a phone into another screen.
const DIGITS: u32 = 8;

/// What proves that a mail has arrived: a code to type and a token in a link.
pub(crate) struct Proofs {
    code: Zeroizing<String>,
    token: Zeroizing<String>,
}

impl Proofs {
    /// A fresh code and a fresh token.
    pub(crate) fn new(app: &App) -> Self {
        let mut bytes = [0; 8];
        app.entropy.fill(&mut bytes);
        // 2^64 is so much larger than 10^8 that the remainder is even for all that matters.
        let number = u64::from_be_bytes(bytes) % 10_u64.pow(DIGITS);
        Self {
            code: Zeroizing::new(format!("{number:0width$}", width = DIGITS as usize)),
            token: session::token(app),
        }
    }

    /// What is stored of the code.
    pub(crate) fn code_hash(&self, pepper: &Pepper, of: impl Display) -> String {
        pepper.code_hash(&of.to_string(), &self.code)
    }

    /// What is stored of the token.
    pub(crate) fn link_hash(&self) -> String {
        hash_token_hex(self.token.as_bytes())
    }

    /// The mail that asks to verify an address. What follows `#` in a link reaches no server and no log.
    pub(crate) fn verify_address(&self, app: &App, id: RegistrationId) -> Template {
        let page = format!("/verify/{id}#{}", self.token.as_str());
        Template::VerifyAddress {
            code: self.code.to_string(),
            link: link(app, &page),
        }
    }

    /// The mail that asks to confirm the new address of an account.
    pub(crate) fn confirm_address(&self, app: &App) -> Template {
        Template::EmailChangeConfirm {
            code: self.code.to_string(),
            link: link(app, &format!("/email-change#{}", self.token.as_str())),
        }
    }
}

/// The mail to an address with which somebody wanted to sign up although it has an account.
pub(crate) const fn already_registered() -> Template {
    Template::AlreadyRegistered
}

/// The mail with the link of a reset.
pub(crate) fn password_reset(app: &App, token: &str) -> Template {
    Template::PasswordReset {
        link: link(app, &format!("/reset#{token}")),
    }
}

/// The mail to an address without an account for which a reset was asked.
pub(crate) const fn no_account() -> Template {
    Template::NoAccount
}

/// The mail to an address that somebody wanted for their account although it has one.
pub(crate) const fn address_taken() -> Template {
    Template::AddressTaken
}

/// The mail to a former address: who reads it can have it back until then.
pub(crate) fn address_replaced(app: &App, token: &str, until: Timestamp) -> Template {
    Template::EmailChangeNotice {
        undo_link: link(app, &format!("/email-undo#{token}")),
        until,
    }
}

/// Refuses what ends in a mail with a link while the deployment names no address of the dashboard. Asked before anything
/// is counted or looked up: with and without an account it is the same.
pub(crate) fn have_address(app: &App) -> Result<(), Problem> {
    match app.config.site().is_empty() {
        true => Err(AccountsError::NoOrigin).or_problem(),
        false => Ok(()),
    }
}

fn link(app: &App, path: &str) -> String {
    format!("{}{path}", app.config.site())
}

/// In which language the browser of a call wants to be spoken to.
pub(crate) fn language(call: &Call) -> Language {
    let header = call.request().headers().get(ACCEPT_LANGUAGE);
    Language::from_tag(
        header
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default(),
    )
}

/// A text that is no address, though it was checked.
pub(crate) fn no_address(_: ParseEmailError) -> Problem {
    Problem::invalid("email", "invalid_email", "Not an e-mail address.")
}

/// Seals a form under the platform's key: its person has no key yet.
pub(crate) async fn seal(app: &App, form: &Form) -> Result<Sealed, Problem> {
    let text = serde_json::to_string(form)
        .map(Zeroizing::new)
        .map_err(Problem::internal)?;
    app.vault.platform().seal(&text).await.or_problem()
}

/// Opens the form of a sign-up.
pub(crate) async fn open(app: &App, row: &RegistrationRow) -> Result<Form, Problem> {
    let text = app.vault.platform().open(&row.form).await.or_problem()?;
    serde_json::from_str(text.expose_secret()).map_err(Problem::internal)
}

/// Writes a sign-up, new or as it was read, and the notice that goes with it.
pub(crate) async fn with_registration(
    app: &App,
    row: &RegistrationRow,
    rev: Option<u64>,
    draft: Draft,
) -> Result<(), Problem> {
    let person = Provisioning::of(row.user.account_tenant());
    let scope = person.scope();
    let id = NoticeId::new("verify", format!("{}-{}", row.id, row.mails));
    let notice = draft.notice(app, &scope, id).await?;
    let db = app.store.within(&scope).or_problem()?;
    let mut transaction = db.transaction();
    match rev {
        None => transaction.create(row),
        Some(rev) => transaction.replace(row, rev),
    };
    notice.add_to(&mut transaction);
    transaction.commit().await.or_problem()?;
    notice.post(app).await;
    Ok(())
}

/// Writes a reset and the notice that goes with it.
pub(crate) async fn with_reset(
    app: &App,
    row: &PasswordResetRow,
    draft: Draft,
) -> Result<(), Problem> {
    let addressee = Addressee::of(row.user);
    let scope = addressee.scope();
    let id = NoticeId::new("reset", app.unique());
    let notice = draft.notice(app, &scope, id).await?;
    let db = app.store.within(&scope).or_problem()?;
    let mut transaction = db.transaction();
    transaction.create(row);
    notice.add_to(&mut transaction);
    transaction.commit().await.or_problem()?;
    notice.post(app).await;
    Ok(())
}

/// A notice to an address that an account will have or had.
pub(crate) async fn to_address(
    app: &App,
    scope: &TenantScope<Owner>,
    draft: Draft,
) -> Result<Notice, Problem> {
    draft
        .notice(app, scope, NoticeId::new("address", app.unique()))
        .await
}

/// Tells the owner of an account that a passkey of theirs was refused.
pub(crate) async fn passkey_refused(
    app: &App,
    call: &Call,
    user: UserId,
    name: String,
) -> Result<(), Problem> {
    let addressee = Addressee::of(user);
    let scope = addressee.scope();
    let draft = NoticeDraft {
        id: NoticeId::new("passkey", app.unique()).map_err(Problem::internal)?,
        to: To::Account(user),
        language: language(call),
        template: Template::PasskeyRefused { name },
    };
    let notice = Box::pin(mail::notice(app, &scope, draft))
        .await
        .or_problem()?;
    let db = app.store.within(&scope).or_problem()?;
    let mut transaction = db.transaction();
    notice.add_to(&mut transaction);
    transaction.commit().await.or_problem()?;
    notice.post(app).await;
    Ok(())
}

/// A mail without the id of the fact that it tells of.
pub(crate) struct Draft {
    pub(crate) to: To,
    pub(crate) language: Language,
    pub(crate) template: Template,
}

impl Draft {
    async fn notice<R: Writes>(
        self,
        app: &App,
        scope: &TenantScope<R>,
        id: Result<NoticeId, ParseNoticeIdError>,
    ) -> Result<Notice, Problem> {
        let draft = NoticeDraft {
            id: id.map_err(Problem::internal)?,
            to: self.to,
            language: self.language,
            template: self.template,
        };
        Box::pin(mail::notice(app, scope, draft)).await.or_problem()
    }
}

/// What the owner of an account is told when their account changes.
pub(crate) enum Said {
    /// Somebody logged in from a device that was not seen before.
    NewDevice(String),
    /// The password is another one.
    PasswordChanged,
    /// The account has this address from now on.
    AddressChanged,
    /// A change of address was taken back; a reset with this token waits.
    AddressRestored(Zeroizing<String>),
    /// A login needs a code from now on.
    SecondFactorOn,
    /// A login needs the password alone from now on.
    SecondFactorOff,
    /// A passkey opens the account from now on.
    PasskeyAdded,
    /// A passkey opens nothing any more.
    PasskeyRemoved,
    /// The former recovery codes are dead.
    NewRecoveryCodes,
    /// A recovery code was used to log in.
    RecoveryCodeUsed,
    /// The account was closed and is erased then.
    AccountCloses(Timestamp),
}

/// A notice to the address of an account.
pub(crate) async fn to_owner(
    app: &App,
    scope: &TenantScope<Owner>,
    said: Said,
) -> Result<Notice, Problem> {
    let db = app.store.within(scope).or_problem()?;
    let account = db
        .find::<AccountRow>(&store::keys::account())
        .await
        .or_problem()?
        .ok_or(AccountsError::Absent("account"))
        .or_problem()?
        .row;
    let draft = NoticeDraft {
        id: NoticeId::new("account", app.unique()).map_err(Problem::internal)?,
        to: To::Account(account.user),
        language: Language::from_tag(&account.language),
        template: said.template(app),
    };
    Box::pin(mail::notice(app, scope, draft)).await.or_problem()
}

impl Said {
    fn template(self, app: &App) -> Template {
        let changed = |what| Template::SecondFactorChanged { what };
        match self {
            Self::NewDevice(device) => Template::NewDevice {
                device,
                when: app.clock.now(),
            },
            Self::PasswordChanged => Template::PasswordChanged,
            Self::AddressChanged => Template::EmailChanged,
            Self::AddressRestored(token) => Template::EmailChangeUndone {
                link: link(app, &format!("/reset#{}", token.as_str())),
            },
            Self::SecondFactorOn => changed(FactorChange::AppAdded),
            Self::SecondFactorOff => changed(FactorChange::AppRemoved),
            Self::PasskeyAdded => changed(FactorChange::PasskeyAdded),
            Self::PasskeyRemoved => changed(FactorChange::PasskeyRemoved),
            Self::NewRecoveryCodes => changed(FactorChange::CodesRenewed),
            Self::RecoveryCodeUsed => Template::RecoveryCodeUsed,
            Self::AccountCloses(until) => Template::AccountCloses {
                until,
                link: link(app, "/login"),
            },
        }
    }
}
