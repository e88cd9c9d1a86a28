//! Workspaces and their teams: members, roles, what each may see, invitations, tokens for programs. Start at [`ROUTES`] and [`functions`].
//!
//! A membership stands in three places that change in one transaction: the member's row in the workspace, the person's
//! login, and the person's sessions (`app::MembershipChange`). Of the sessions only the one that acts goes on.
//!
//! Sequential calls when warm: roles 0, members 2, invitations 2, inviting 7, taking back 4, accepting 8, changing or
//! removing a member 8, what a member sets for themselves 3, making a workspace 7, tokens 3, making one 8, ending one 4,
//! closing the workspace 9, taking that back 8.

mod closing;
mod create;
mod input;
mod invitations;
mod members;
mod roles;
mod routes;
mod team;
mod tokens;

use app::App;
use lambda::Functions;
use tenancy::{Chatter, Leaver, Manager, Owner, Reader};
use utoipa::OpenApi;

pub use routes::ROUTES;
use routes::{
    ACCEPT, CLOSE, CREATE, CREATE_TOKEN, INVITATIONS, INVITE, LEAVE, MEMBERS, REMOVE, REOPEN,
    REVOKE, REVOKE_TOKEN, ROLES, TOKENS, UPDATE, UPDATE_CURRENT,
};

/// Every job of this crate, by handler name: none.
pub const JOBS: &[&str] = &[];

/// The handlers.
pub fn functions(app: &'static App) -> Functions {
    let functions = add_tokens(Functions::new("workspaces"), app);
    let functions = add_closing(functions, app);
    add_invitations(functions, app)
        .http(
            "roles",
            app.serve(&ROLES, |_, _| Box::pin(async { roles::handle() })),
        )
        .http(
            "create",
            app.serve(&CREATE, |app, call| {
                Box::pin(async move {
                    let (session, hash) = (call.session()?, call.session_hash()?);
                    create::handle(app, session, hash, call.json()?).await
                })
            }),
        )
        .http(
            "members",
            app.serve(&MEMBERS, |app, call| {
                Box::pin(async move { members::list::handle(app, &call.scope::<Reader>()?).await })
            }),
        )
        .http(
            "update-member",
            app.serve(&UPDATE, |app, call| {
                Box::pin(async move {
                    let member = call.path_id("user_id")?;
                    members::change::handle(app, &call, &call.scope::<Owner>()?, member).await
                })
            }),
        )
        .http(
            "remove-member",
            app.serve(&REMOVE, |app, call| {
                Box::pin(async move {
                    let member = call.path_id("user_id")?;
                    members::remove::handle(app, &call, &call.scope::<Owner>()?, member).await
                })
            }),
        )
        .http(
            "leave",
            app.serve(&LEAVE, |app, call| {
                Box::pin(async move {
                    members::remove::leave(app, &call, &call.scope::<Leaver>()?).await
                })
            }),
        )
        .http(
            "update-current-member",
            app.serve(&UPDATE_CURRENT, |app, call| {
                Box::pin(async move {
                    members::own::handle(app, &call.scope::<Chatter>()?, call.json()?).await
                })
            }),
        )
}

fn add_invitations(functions: Functions, app: &'static App) -> Functions {
    functions
        .http(
            "invitations",
            app.serve(&INVITATIONS, |app, call| {
                Box::pin(
                    async move { invitations::list::handle(app, &call.scope::<Manager>()?).await },
                )
            }),
        )
        .http(
            "invite",
            app.serve(&INVITE, |app, call| {
                Box::pin(async move {
                    let scope = call.scope::<Manager>()?;
                    invitations::create::handle(app, &call, &scope, call.json()?).await
                })
            }),
        )
        .http(
            "revoke",
            app.serve(&REVOKE, |app, call| {
                Box::pin(async move {
                    let invitation = call.path_id("invitation_id")?;
                    invitations::revoke::handle(app, &call.scope::<Manager>()?, invitation).await
                })
            }),
        )
        .http(
            "accept",
            app.serve(&ACCEPT, |app, call| {
                Box::pin(async move {
                    let (session, hash) = (call.session()?, call.session_hash()?);
                    invitations::accept::handle(app, session, hash, call.json()?).await
                })
            }),
        )
}

fn add_closing(functions: Functions, app: &'static App) -> Functions {
    functions
        .http(
            "close",
            app.serve(&CLOSE, |app, call| {
                Box::pin(async move { closing::close(app, &call, &call.scope::<Owner>()?).await })
            }),
        )
        .http(
            "reopen",
            app.serve(&REOPEN, |app, call| {
                Box::pin(async move { closing::reopen(app, &call, &call.scope::<Owner>()?).await })
            }),
        )
}

fn add_tokens(functions: Functions, app: &'static App) -> Functions {
    functions
        .http(
            "tokens",
            app.serve(&TOKENS, |app, call| {
                Box::pin(async move { tokens::list::handle(app, &call.scope::<Manager>()?).await })
            }),
        )
        .http(
            "create-token",
            app.serve(&CREATE_TOKEN, |app, call| {
                Box::pin(async move {
                    let scope = call.scope::<Manager>()?;
                    tokens::create::handle(app, &call, &scope, call.json()?).await
                })
            }),
        )
        .http(
            "revoke-token",
            app.serve(&REVOKE_TOKEN, |app, call| {
                Box::pin(async move {
                    let token = call.path_id("token_id")?;
                    tokens::revoke::handle(app, &call.scope::<Manager>()?, token).await
                })
            }),
        )
}

/// This crate's part of the API document.
#[derive(OpenApi)]
#[openapi(paths(
    roles::handle,
    create::handle,
    members::list::handle,
    members::change::handle,
    members::remove::handle,
    members::remove::leave,
    members::own::handle,
    invitations::list::handle,
    invitations::create::handle,
    invitations::revoke::handle,
    invitations::accept::handle,
    tokens::list::handle,
    tokens::create::handle,
    tokens::revoke::handle,
    closing::close,
    closing::reopen
))]
pub struct Document;
