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
//! | prove | routing: GetItem, BatchGetItem, PutItem; tenant session: tenant GetItem, PutItem, keys GetItem; KMS Decrypt (platform, data) |
//! | sessions, renew, end-session, end-other-sessions | routing: GetItem, Query, BatchGetItem; PutItem; DeleteItem |
//! | change-password, complete-reset, confirm-totp, end-totp, recovery-codes | routing: GetItem, Query, PutItem, DeleteItem (login, sessions), ConditionCheckItem; tenant session: tenant GetItem and writes (second factor), audit, work PutItem; KMS Decrypt (platform, data), Encrypt (mail); SQS SendMessage (audit, mail) |
//! | begin-totp | routing: GetItem (session); tenant session: tenant BatchGetItem, PutItem, keys GetItem; KMS Decrypt (data) |
//! | reset | routing: GetItem, BatchGetItem, PutItem; tenant session: work PutItem (notice); KMS Decrypt (platform), Encrypt (mail); SQS SendMessage (mail) |
//! | logout | routing: GetItem, DeleteItem (session) |
//! | me | routing: GetItem (session); tenant session, one for the account and one per workspace: tenant BatchGetItem, keys GetItem; KMS Decrypt (data) |
//! | accept | routing: GetItem (session); tenant session: tenant, audit, work PutItem; SQS SendMessage (audit) |

mod accept;
mod agreements;
mod brake;
mod breached;
mod challenge;
mod change;
mod error;
mod factor;
mod letters;
mod login;
mod logout;
mod me;
mod password;
mod password_change;
mod pepper;
mod prove;
mod register;
mod resend;
mod reset;
mod session;
mod sessions;
mod throttle;
mod verify;

use app::App;
use http_kit::{Access, Route};
use lambda::Functions;
use utoipa::OpenApi;

/// Every route of this crate: dispatch, OpenAPI, templates and the isolation matrix are compared with it.
pub const ROUTES: &[Route] = &[
    REGISTER,
    VERIFY,
    RESEND,
    LOGIN,
    SESSIONS,
    RENEW,
    LOGOUT,
    END_SESSION,
    END_OTHERS,
    CHANGE_PASSWORD,
    RESET,
    COMPLETE_RESET,
    SECOND_FACTOR,
    PROVE,
    BEGIN_TOTP,
    CONFIRM_TOTP,
    END_TOTP,
    RECOVERY_CODES,
    ME,
    ACCEPT,
];

/// Every job of this crate, by handler name: none.
pub const JOBS: &[&str] = &[];

/// Forms that a person fills in are small.
const FORM: usize = 16 * 1024;

const REGISTER: Route = Route::post(
    "/api/v1/registrations",
    "accounts.register",
    "create_registration",
    Access::Public,
)
.max_body(FORM);
const VERIFY: Route = Route::post(
    "/api/v1/registrations/{registration_id}/verifications",
    "accounts.verify",
    "create_verification",
    Access::Public,
)
.max_body(FORM);
const RESEND: Route = Route::post(
    "/api/v1/registrations/{registration_id}/codes",
    "accounts.resend",
    "create_verification_code",
    Access::Public,
)
.max_body(FORM);
const LOGIN: Route = Route::post(
    "/api/v1/sessions",
    "accounts.login",
    "create_session",
    Access::Public,
)
.max_body(FORM);
const LOGOUT: Route = Route::delete(
    "/api/v1/sessions/current",
    "accounts.logout",
    "delete_current_session",
    Access::Person,
);
const SESSIONS: Route = Route::get(
    "/api/v1/sessions",
    "accounts.sessions",
    "list_sessions",
    Access::Person,
);
const RENEW: Route = Route::put(
    "/api/v1/sessions/current",
    "accounts.renew",
    "renew_current_session",
    Access::Person,
);
const END_SESSION: Route = Route::delete(
    "/api/v1/sessions/{session_id}",
    "accounts.end-session",
    "delete_session",
    Access::Person,
);
const END_OTHERS: Route = Route::delete(
    "/api/v1/sessions",
    "accounts.end-other-sessions",
    "delete_other_sessions",
    Access::Person,
);
const CHANGE_PASSWORD: Route = Route::put(
    "/api/v1/me/password",
    "accounts.change-password",
    "change_password",
    Access::Person,
)
.max_body(FORM);
const RESET: Route = Route::post(
    "/api/v1/password-resets",
    "accounts.reset",
    "create_password_reset",
    Access::Public,
)
.max_body(FORM);
const COMPLETE_RESET: Route = Route::post(
    "/api/v1/password-resets/completions",
    "accounts.complete-reset",
    "complete_password_reset",
    Access::Public,
)
.max_body(FORM);
const SECOND_FACTOR: Route = Route::post(
    "/api/v1/sessions/second-factors",
    "accounts.second-factor",
    "create_session_with_code",
    Access::Public,
)
.max_body(FORM);
const PROVE: Route = Route::post(
    "/api/v1/sessions/current/proofs",
    "accounts.prove",
    "create_proof",
    Access::Person,
)
.max_body(FORM);
const BEGIN_TOTP: Route = Route::post(
    "/api/v1/me/totp",
    "accounts.begin-totp",
    "create_totp",
    Access::Person,
)
.step_up();
const CONFIRM_TOTP: Route = Route::put(
    "/api/v1/me/totp",
    "accounts.confirm-totp",
    "confirm_totp",
    Access::Person,
)
.max_body(FORM)
.step_up();
const END_TOTP: Route = Route::delete(
    "/api/v1/me/totp",
    "accounts.end-totp",
    "delete_totp",
    Access::Person,
)
.step_up();
const RECOVERY_CODES: Route = Route::post(
    "/api/v1/me/recovery-codes",
    "accounts.recovery-codes",
    "create_recovery_codes",
    Access::Person,
)
.step_up();
const ME: Route = Route::get("/api/v1/me", "accounts.me", "get_me", Access::Person);
const ACCEPT: Route = Route::post(
    "/api/v1/agreements",
    "accounts.accept",
    "create_agreement",
    Access::Person,
)
.max_body(FORM);

/// The handlers.
pub fn functions(app: &'static App) -> Functions {
    Functions::new("accounts")
        .http(
            "register",
            app.serve(&REGISTER, |app, call| {
                Box::pin(async move { register::handle(app, &call, call.json()?).await })
            }),
        )
        .http(
            "verify",
            app.serve(&VERIFY, |app, call| {
                Box::pin(async move {
                    verify::handle(app, call.path_id("registration_id")?, call.json()?).await
                })
            }),
        )
        .http(
            "resend",
            app.serve(&RESEND, |app, call| {
                Box::pin(async move {
                    resend::handle(app, &call, call.path_id("registration_id")?).await
                })
            }),
        )
        .http(
            "login",
            app.serve(&LOGIN, |app, call| {
                Box::pin(async move { login::handle(app, &call, call.json()?).await })
            }),
        )
        .http(
            "logout",
            app.serve(&LOGOUT, |app, call| {
                Box::pin(
                    async move { logout::handle(app, call.session()?, call.session_hash()?).await },
                )
            }),
        )
        .http(
            "sessions",
            app.serve(&SESSIONS, |app, call| {
                Box::pin(async move { sessions::list::handle(app, call.session()?).await })
            }),
        )
        .http(
            "renew",
            app.serve(&RENEW, |app, call| {
                Box::pin(async move { sessions::renew::handle(app, call.session_hash()?).await })
            }),
        )
        .http(
            "end-session",
            app.serve(&END_SESSION, |app, call| {
                Box::pin(async move {
                    sessions::end::handle(app, call.session()?, call.path_id("session_id")?).await
                })
            }),
        )
        .http(
            "end-other-sessions",
            app.serve(&END_OTHERS, |app, call| {
                Box::pin(async move { sessions::end_others::handle(app, call.session()?).await })
            }),
        )
        .http(
            "change-password",
            app.serve(&CHANGE_PASSWORD, |app, call| {
                Box::pin(async move { password_change::handle(app, &call, call.json()?).await })
            }),
        )
        .http(
            "reset",
            app.serve(&RESET, |app, call| {
                Box::pin(async move { reset::handle(app, &call, call.json()?).await })
            }),
        )
        .http(
            "complete-reset",
            app.serve(&COMPLETE_RESET, |app, call| {
                Box::pin(async move { reset::complete::handle(app, call.json()?).await })
            }),
        )
        .http(
            "second-factor",
            app.serve(&SECOND_FACTOR, |app, call| {
                Box::pin(async move { challenge::handle(app, &call, call.json()?).await })
            }),
        )
        .http(
            "prove",
            app.serve(&PROVE, |app, call| {
                Box::pin(async move { prove::handle(app, &call, call.json()?).await })
            }),
        )
        .http(
            "begin-totp",
            app.serve(&BEGIN_TOTP, |app, call| {
                Box::pin(async move { factor::begin::handle(app, call.session()?).await })
            }),
        )
        .http(
            "confirm-totp",
            app.serve(&CONFIRM_TOTP, |app, call| {
                Box::pin(async move {
                    factor::confirm::handle(app, call.session()?, call.json()?).await
                })
            }),
        )
        .http(
            "end-totp",
            app.serve(&END_TOTP, |app, call| {
                Box::pin(async move { factor::end::handle(app, call.session()?).await })
            }),
        )
        .http(
            "recovery-codes",
            app.serve(&RECOVERY_CODES, |app, call| {
                Box::pin(async move { factor::codes::handle(app, call.session()?).await })
            }),
        )
        .http(
            "me",
            app.serve(&ME, |app, call| {
                Box::pin(async move { me::handle(app, call.session()?).await })
            }),
        )
        .http(
            "accept",
            app.serve(&ACCEPT, |app, call| {
                Box::pin(async move { accept::handle(app, &call, call.json()?).await })
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
    challenge::handle,
    prove::handle,
    factor::begin::handle,
    factor::confirm::handle,
    factor::end::handle,
    factor::codes::handle,
    me::handle,
    accept::handle
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
