//! Registration, login, sessions, agreements and the legal documents. Start at [`ROUTES`] and [`functions`].
//!
//! A person is a partition of their own (`UserId::account_tenant`), isolated like a workspace. What must be found before
//! anybody is known (login, session, pepper) stands in `routing` and holds keyed hashes only.
//!
//! | handler | AWS actions |
//! |---|---|
//! | register | routing: GetItem (login, pepper), PutItem (login, pepper); tenant session, twice: tenant, keys, audit, work PutItem; SQS SendMessage (audit); KMS GenerateDataKey (data), Encrypt and Decrypt (platform) |
//! | login | routing: GetItem (login, pepper), PutItem (session, login); tenant session: audit, work PutItem; SQS SendMessage (audit); KMS Decrypt (platform) |
//! | logout | routing: GetItem, DeleteItem (session) |
//! | me | routing: GetItem (session); tenant session, one for the account and one per workspace: tenant BatchGetItem, keys GetItem; KMS Decrypt (data) |
//! | accept | routing: GetItem (session); tenant session: tenant, audit, work PutItem; SQS SendMessage (audit) |
//! | documents | none |

mod accept;
mod agreements;
mod documents;
mod error;
mod login;
mod logout;
mod me;
mod password;
mod pepper;
mod register;

use app::App;
use domain::role::Role;
use http_kit::{Access, Route};
use lambda::Functions;
use utoipa::OpenApi;

/// Every route of this crate: dispatch, OpenAPI, templates and the isolation matrix are compared with it.
pub const ROUTES: &[Route] = &[REGISTER, LOGIN, LOGOUT, ME, ACCEPT, DOCUMENTS];

/// Every job of this crate, by handler name: none.
pub const JOBS: &[&str] = &[];

/// Forms that a person fills in are small.
const FORM: usize = 16 * 1024;
const MEMBER: Access = Access::Session {
    minimum_role: Role::Analyst,
};

const REGISTER: Route = Route::post(
    "/api/v1/registrations",
    "accounts.register",
    "create_registration",
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
    MEMBER,
);
const ME: Route = Route::get("/api/v1/me", "accounts.me", "get_me", MEMBER);
const ACCEPT: Route = Route::post(
    "/api/v1/agreements",
    "accounts.accept",
    "create_agreement",
    MEMBER,
)
.max_body(FORM);
const DOCUMENTS: Route = Route::get(
    "/api/v1/documents/{document}",
    "accounts.documents",
    "get_document",
    Access::Public,
);

/// The handlers.
pub fn functions(app: &'static App) -> Functions {
    Functions::new("accounts")
        .http(
            "register",
            app.serve(&REGISTER, |app, call| {
                Box::pin(async move { register::handle(app, call.json()?).await })
            }),
        )
        .http(
            "login",
            app.serve(&LOGIN, |app, call| {
                Box::pin(async move { login::handle(app, call.json()?).await })
            }),
        )
        .http(
            "logout",
            app.serve(&LOGOUT, |app, call| {
                Box::pin(async move { logout::handle(app, call.session_hash()?).await })
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
        .http(
            "documents",
            app.serve(&DOCUMENTS, |_app, call| {
                Box::pin(
                    async move { documents::handle(call.path_id("document")?, &call.query()?) },
                )
            }),
        )
}

/// This crate's part of the API document.
#[derive(OpenApi)]
#[openapi(paths(
    register::handle,
    login::handle,
    logout::handle,
    me::handle,
    accept::handle,
    documents::handle
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
