//! Registration, login, sessions and agreements. Start at [`ROUTES`] and [`functions`].
//!
//! A person is a partition of their own (`UserId::account_tenant`), isolated like a workspace. What must be found before
//! anybody is known (login, session, pepper) stands in `routing` and holds keyed hashes only.
//!
//! | handler | AWS actions |
//! |---|---|
//! | register, resend | routing: GetItem (login, pepper, sign-up), BatchGetItem (counters), PutItem (counters, sign-up, pepper); tenant session: work PutItem (notice); KMS Encrypt and Decrypt (platform), Encrypt (mail); SQS SendMessage (mail) |
//! | verify | routing: GetItem, PutItem, DeleteItem (sign-up, login, pepper); tenant session, twice: tenant, keys, audit, work PutItem; KMS GenerateDataKey (data), Decrypt (platform); SQS SendMessage (audit) |
//! | login | routing: GetItem (pepper), BatchGetItem (login, device, counters), Query, PutItem, DeleteItem (sessions, counters, device), ConditionCheckItem (login); tenant session: tenant GetItem (language), audit, work PutItem; KMS Decrypt (platform), Encrypt (mail); SQS SendMessage (audit, mail) |
//! | second-factor | as login, with tenant GetItem and PutItem (second factor), keys GetItem, KMS Decrypt (data) |
//! | prove | routing: GetItem, BatchGetItem, PutItem, DeleteItem; tenant session: tenant GetItem, PutItem, keys GetItem, work PutItem (notice); KMS Decrypt (platform, data), Encrypt (mail); SQS SendMessage (mail) |
//! | sessions, renew | routing: GetItem, Query, BatchGetItem; PutItem |
//! | end-session, end-other-sessions | routing: GetItem, Query; DeleteItem; PutItem (the end of Telegram chats); tenant session: audit, work PutItem; SQS SendMessage (audit) |
//! | change-password, complete-reset | routing: GetItem, Query, PutItem, DeleteItem (login, sessions, device); tenant session: tenant, keys GetItem, audit, work PutItem; KMS Decrypt (platform, data), Encrypt (mail); SQS SendMessage (audit, mail) |
//! | confirm-totp, end-totp, recovery-codes | routing: GetItem, Query, PutItem, DeleteItem (login, sessions; confirm-totp: device), ConditionCheckItem; tenant session: tenant GetItem and writes (second factor), audit, work PutItem; KMS Decrypt (platform, data), Encrypt (mail); SQS SendMessage (audit, mail) |
//! | begin-totp | routing: GetItem (session); tenant session: tenant BatchGetItem, PutItem, keys GetItem; KMS Decrypt (data) |
//! | reset | routing: GetItem, BatchGetItem, PutItem; tenant session: work PutItem (notice); KMS Decrypt (platform), Encrypt (mail); SQS SendMessage (mail) |
//! | begin-email-change | routing: GetItem, BatchGetItem, PutItem; tenant session: audit, work PutItem, keys GetItem; KMS Decrypt (platform, data), Encrypt (mail); SQS SendMessage (audit, mail) |
//! | complete-email-change, restore-email | as change-password, with tenant PutItem (account); restore-email: tenant DeleteItem (second factor), no key of the account |
//! | begin-passkey | routing: GetItem, PutItem (question); tenant session: tenant GetItem (account), keys GetItem; KMS Decrypt (data) |
//! | add-passkey, remove-passkey | routing: GetItem, Query, PutItem, DeleteItem (question, passkeys, sessions), ConditionCheckItem (login); tenant session: tenant GetItem (language), audit, work PutItem; KMS Encrypt (mail); SQS SendMessage (audit, mail) |
//! | passkeys | routing: GetItem |
//! | rename-passkey | routing: GetItem, PutItem (passkeys) |
//! | ask-passkey | routing: GetItem (pepper), BatchGetItem, PutItem (counters, question); KMS Decrypt (platform) |
//! | enter-with-passkey | as login, with routing GetItem and DeleteItem (question), GetItem and PutItem (passkeys) |
//! | logout | routing: GetItem, DeleteItem (session); tenant session: audit, work PutItem; SQS SendMessage (audit) |
//! | me | routing: GetItem (session); tenant session, one for the account and one per workspace: tenant BatchGetItem, keys GetItem; KMS Decrypt (data) |
//! | appoint-staff | routing: GetItem (pepper, login, passkeys, appointment), PutItem, DeleteItem (appointment); tenant session: audit, work PutItem; KMS Decrypt (platform); SQS SendMessage (audit) |
//! | end-all-sessions | routing: GetItem (pepper, login), Query, DeleteItem (sessions), PutItem (the end of Telegram chats); tenant session: audit, work PutItem; KMS Decrypt (platform); SQS SendMessage (audit) |
//! | renew-pepper | routing: GetItem, PutItem (pepper); KMS Decrypt and Encrypt (platform) |
//! | set-usage | routing: GetItem, BatchGetItem, Query, PutItem (login, sessions); tenant session: tenant (word), audit, work PutItem; SQS SendMessage (audit) |
//! | set-mails | routing: GetItem (session); tenant session: tenant GetItem, PutItem (account), audit, work PutItem; SQS SendMessage (audit) |
//! | close | routing: GetItem, Query, PutItem, DeleteItem (login, sessions), ConditionCheckItem (logins of other owners); tenant session, one for the account and one per workspace: tenant GetItem, Query, work GetItem, audit, work PutItem; KMS Encrypt (mail); SQS SendMessage (audit, mail, closings) |
//! | export | routing: GetItem, Query; tenant session, one for the account and one per workspace: tenant GetItem, Query, keys GetItem; KMS Decrypt (data) |
//! | accept | routing: GetItem (session); tenant session: tenant, audit, work PutItem; SQS SendMessage (audit) |
//! | search | routing: GetItem, BatchGetItem, PutItem (counter), Query (who holds somebody); tenant session, one for the account and one per workspace: tenant BatchGetItem, ConditionCheckItem, keys GetItem, audit, work PutItem; KMS Decrypt (platform, data); SQS SendMessage (audit) |

mod accept;
mod address;
mod agreements;
mod brake;
mod breached;
mod called;
mod challenge;
mod change;
mod closing;
mod context;
mod copy;
mod device;
mod error;
mod factor;
mod letters;
mod login;
mod logout;
mod mails;
mod me;
mod passkey;
mod password;
mod password_change;
mod pepper;
mod prove;
mod register;
mod resend;
mod reset;
mod routes;
mod search;
mod session;
mod sessions;
mod staff;
mod throttle;
mod usage;
mod verify;

use app::App;
use lambda::Functions;
use utoipa::OpenApi;

pub use routes::ROUTES;

/// Every job of this crate, by handler name.
pub const JOBS: &[&str] = &[
    "accounts.appoint-staff",
    "accounts.end-all-sessions",
    "accounts.renew-pepper",
];

/// The handlers.
pub fn functions(app: &'static App) -> Functions {
    Functions::new("accounts")
        .direct("appoint-staff", move |input, _invocation| {
            Box::pin(staff::handle(app, input))
        })
        .direct("end-all-sessions", move |input, _invocation| {
            Box::pin(sessions::end_all::handle(app, input))
        })
        .direct("renew-pepper", move |input, _invocation| {
            Box::pin(pepper::renew::handle(app, input))
        })
        .http(
            "register",
            app.serve(&routes::REGISTER, |app, call| {
                Box::pin(async move { register::handle(app, &call, call.json()?).await })
            }),
        )
        .http(
            "verify",
            app.serve(&routes::VERIFY, |app, call| {
                Box::pin(async move {
                    verify::handle(app, call.path_id("registration_id")?, call.json()?).await
                })
            }),
        )
        .http(
            "resend",
            app.serve(&routes::RESEND, |app, call| {
                Box::pin(async move {
                    resend::handle(app, &call, call.path_id("registration_id")?).await
                })
            }),
        )
        .http(
            "login",
            app.serve(&routes::LOGIN, |app, call| {
                Box::pin(async move { login::handle(app, &call, call.json()?).await })
            }),
        )
        .http(
            "logout",
            app.serve(&routes::LOGOUT, |app, call| {
                Box::pin(
                    async move { logout::handle(app, call.session()?, call.session_hash()?).await },
                )
            }),
        )
        .http(
            "sessions",
            app.serve(&routes::SESSIONS, |app, call| {
                Box::pin(async move { sessions::list::handle(app, call.session()?).await })
            }),
        )
        .http(
            "renew",
            app.serve(&routes::RENEW, |app, call| {
                Box::pin(async move { sessions::renew::handle(app, call.session_hash()?).await })
            }),
        )
        .http(
            "end-session",
            app.serve(&routes::END_SESSION, |app, call| {
                Box::pin(async move {
                    sessions::end::handle(app, call.session()?, call.path_id("session_id")?).await
                })
            }),
        )
        .http(
            "end-other-sessions",
            app.serve(&routes::END_OTHERS, |app, call| {
                Box::pin(async move { sessions::end_others::handle(app, call.session()?).await })
            }),
        )
        .http(
            "change-password",
            app.serve(&routes::CHANGE_PASSWORD, |app, call| {
                Box::pin(async move { password_change::handle(app, &call, call.json()?).await })
            }),
        )
        .http(
            "reset",
            app.serve(&routes::RESET, |app, call| {
                Box::pin(async move { reset::handle(app, &call, call.json()?).await })
            }),
        )
        .http(
            "complete-reset",
            app.serve(&routes::COMPLETE_RESET, |app, call| {
                Box::pin(async move { reset::complete::handle(app, &call, call.json()?).await })
            }),
        )
        .http(
            "begin-email-change",
            app.serve(&routes::BEGIN_EMAIL_CHANGE, |app, call| {
                Box::pin(async move { address::begin::handle(app, &call, call.json()?).await })
            }),
        )
        .http(
            "complete-email-change",
            app.serve(&routes::COMPLETE_EMAIL_CHANGE, |app, call| {
                Box::pin(async move { address::complete::handle(app, &call, call.json()?).await })
            }),
        )
        .http(
            "restore-email",
            app.serve(&routes::RESTORE_EMAIL, |app, call| {
                Box::pin(async move { address::restore::handle(app, call.json()?).await })
            }),
        )
        .http(
            "second-factor",
            app.serve(&routes::SECOND_FACTOR, |app, call| {
                Box::pin(async move { challenge::handle(app, &call, call.json()?).await })
            }),
        )
        .http(
            "prove",
            app.serve(&routes::PROVE, |app, call| {
                Box::pin(async move { prove::handle(app, &call, call.json()?).await })
            }),
        )
        .http(
            "begin-totp",
            app.serve(&routes::BEGIN_TOTP, |app, call| {
                Box::pin(async move { factor::begin::handle(app, call.session()?).await })
            }),
        )
        .http(
            "confirm-totp",
            app.serve(&routes::CONFIRM_TOTP, |app, call| {
                Box::pin(async move { factor::confirm::handle(app, &call, call.json()?).await })
            }),
        )
        .http(
            "end-totp",
            app.serve(&routes::END_TOTP, |app, call| {
                Box::pin(async move { factor::end::handle(app, call.session()?).await })
            }),
        )
        .http(
            "recovery-codes",
            app.serve(&routes::RECOVERY_CODES, |app, call| {
                Box::pin(async move { factor::codes::handle(app, call.session()?).await })
            }),
        )
        .http(
            "begin-passkey",
            app.serve(&routes::BEGIN_PASSKEY, |app, call| {
                Box::pin(async move { passkey::begin::handle(app, call.session()?).await })
            }),
        )
        .http(
            "add-passkey",
            app.serve(&routes::ADD_PASSKEY, |app, call| {
                Box::pin(
                    async move { passkey::add::handle(app, call.session()?, call.json()?).await },
                )
            }),
        )
        .http(
            "passkeys",
            app.serve(&routes::PASSKEYS, |app, call| {
                Box::pin(async move { passkey::list::handle(app, call.session()?).await })
            }),
        )
        .http(
            "rename-passkey",
            app.serve(&routes::RENAME_PASSKEY, |app, call| {
                Box::pin(async move {
                    let passkey = call.path_id("passkey_id")?;
                    passkey::rename::handle(app, call.session()?, passkey, call.json()?).await
                })
            }),
        )
        .http(
            "remove-passkey",
            app.serve(&routes::REMOVE_PASSKEY, |app, call| {
                Box::pin(async move {
                    passkey::remove::handle(app, call.session()?, call.path_id("passkey_id")?).await
                })
            }),
        )
        .http(
            "ask-passkey",
            app.serve(&routes::ASK_PASSKEY, |app, call| {
                Box::pin(async move { passkey::ask::handle(app, &call).await })
            }),
        )
        .http(
            "enter-with-passkey",
            app.serve(&routes::ENTER_WITH_PASSKEY, |app, call| {
                Box::pin(async move { passkey::enter::handle(app, &call, call.json()?).await })
            }),
        )
        .http(
            "me",
            app.serve(&routes::ME, |app, call| {
                Box::pin(async move { me::handle(app, &call).await })
            }),
        )
        .http(
            "set-usage",
            app.serve(&routes::SET_USAGE, |app, call| {
                Box::pin(async move { usage::handle(app, &call, call.json()?).await })
            }),
        )
        .http(
            "set-mails",
            app.serve(&routes::SET_MAILS, |app, call| {
                Box::pin(async move { mails::handle(app, call.session()?, call.json()?).await })
            }),
        )
        .http(
            "close",
            app.serve(&routes::CLOSE, |app, call| {
                Box::pin(async move { closing::handle(app, call.session()?).await })
            }),
        )
        .http(
            "export",
            app.serve(&routes::EXPORT, |app, call| {
                Box::pin(async move { copy::handle(app, call.session()?).await })
            }),
        )
        .http(
            "accept",
            app.serve(&routes::ACCEPT, |app, call| {
                Box::pin(async move { accept::handle(app, &call, call.json()?).await })
            }),
        )
        .http(
            "search",
            app.serve(&routes::SEARCH, |app, call| {
                Box::pin(async move { search::handle(app, &call, call.json()?).await })
            }),
        )
}

/// This crate's part of the API document.
#[derive(OpenApi)]
#[openapi(paths(
    register::handle,
    verify::handle,
    resend::handle,
    login::handle,
    logout::handle,
    sessions::list::handle,
    sessions::renew::handle,
    sessions::end::handle,
    sessions::end_others::handle,
    password_change::handle,
    reset::handle,
    reset::complete::handle,
    address::begin::handle,
    address::complete::handle,
    address::restore::handle,
    challenge::handle,
    prove::handle,
    factor::begin::handle,
    factor::confirm::handle,
    factor::end::handle,
    factor::codes::handle,
    passkey::begin::handle,
    passkey::add::handle,
    passkey::list::handle,
    passkey::rename::handle,
    passkey::remove::handle,
    passkey::ask::handle,
    passkey::enter::handle,
    me::handle,
    usage::handle,
    mails::handle,
    closing::handle,
    copy::handle,
    accept::handle,
    search::handle
))]
pub struct Document;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_routes_are_well_formed_and_described() {
        assert_eq!(http_kit::check_routes(ROUTES), Ok(()));
        let part = http_kit::openapi::Part {
            document: Document::openapi(),
            routes: ROUTES,
        };
        let document = http_kit::openapi::document("accounts", "1", vec![part]);
        assert!(document.is_ok(), "{:?}", document.err());
    }
}
