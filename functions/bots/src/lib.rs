//! Connecting, checking, repairing and disconnecting Telegram bots. Start at [`ROUTES`] and [`functions`].
//!
//! State comes first, Telegram second: a change is one transaction, then the webhook is set. Whatever breaks off in
//! between, the same request repeated completes it, with or without its Idempotency-Key, because a bot is found again by
//! Telegram's id of it. The token leaves this crate towards Telegram and the vault only.
//!
//! | handler | AWS actions; all but those on sessions by the tenant session |
//! |---|---|
//! | every one | routing: GetItem (session) |
//! | connect | tenant: GetItem, Query, PutItem; routing: GetItem, PutItem; work: GetItem, PutItem; keys: GetItem; audit: PutItem; KMS Encrypt (telegram), Decrypt (data); SQS SendMessage (audit, doorbell) |
//! | list | tenant: Query |
//! | doctor | tenant: GetItem; routing: GetItem; work: GetItem; KMS Decrypt (telegram) |
//! | repair | tenant: GetItem, PutItem; routing: GetItem, PutItem; audit, work: PutItem; KMS Decrypt (telegram); SQS SendMessage (audit, doorbell) |
//! | rotate | tenant: GetItem, PutItem; routing: GetItem, PutItem; keys: GetItem; audit, work: PutItem; KMS Encrypt (telegram), Decrypt (data); SQS SendMessage (audit, doorbell) |
//! | disconnect | tenant: GetItem, PutItem; routing: GetItem, DeleteItem; keys: GetItem; audit, work: PutItem; KMS Decrypt (data, telegram); SQS SendMessage (audit, doorbell) |
//! | parked | tenant: GetItem; work: Query; keys: GetItem and KMS Decrypt (data) when there is more than a page |
//! | business-accounts | tenant: GetItem, Query; keys: GetItem; KMS Decrypt (data) |
//! | update-business-account | tenant: GetItem, PutItem; keys: GetItem; audit, work: PutItem; KMS Decrypt (data); SQS SendMessage (audit) |
//! | alerts | routing: BatchGetItem (when chats ended); tenant: GetItem, BatchGetItem; keys: GetItem, BatchGetItem; KMS Decrypt (data) |
//! | alert-link | tenant: GetItem; keys: GetItem; audit, work: PutItem; KMS Decrypt (data); SQS SendMessage (audit) |
//! | end-alerts | tenant: GetItem, PutItem; audit, work: PutItem; SQS SendMessage (audit) |
//! | replay | tenant: GetItem; work: GetItem, PutItem, DeleteItem; keys: GetItem; audit: PutItem; KMS Decrypt (data, telegram); SQS SendMessage (audit, inbound) |

mod alerts;
mod bot;
mod business;
mod connect;
mod disconnect;
mod doctor;
mod error;
mod fault;
mod hook;
mod list;
mod once;
mod parked;
mod pasted;
mod repair;
mod replay;
mod rotate;
mod telegram_client;

use app::App;
use domain::role::Right;
use http_kit::{Access, Route};
use lambda::Functions;
use tenancy::{Chatter, Manager, Reader};
use utoipa::OpenApi;

/// Every route of this crate: dispatch, OpenAPI, templates and the isolation matrix are compared with it.
pub const ROUTES: &[Route] = &[
    CONNECT, LIST, DOCTOR, REPAIR, ROTATE, DISCONNECT, PARKED, REPLAY, ACCOUNTS, ACCOUNT, ALERTS,
    ALERT_LINK, END_ALERTS,
];

/// Every job of this crate, by handler name: none.
pub const JOBS: &[&str] = &[];

/// A message of BotFather is short; a pasted book is not a token.
const FORM: usize = 32 * 1024;
const MANAGER: Access = Access::Session {
    right: Right::ManageBots,
};
const MEMBER: Access = Access::Session {
    right: Right::ReadSettings,
};
const HEARER: Access = Access::Session {
    right: Right::HearAlerts,
};

const CONNECT: Route = Route::post("/api/v1/bots", "bots.connect", "connect_bot", MANAGER)
    .max_body(FORM)
    .idempotent();
const LIST: Route = Route::get("/api/v1/bots", "bots.list", "list_bots", MEMBER);
const DOCTOR: Route = Route::get(
    "/api/v1/bots/{bot_id}/health",
    "bots.doctor",
    "get_bot_health",
    MEMBER,
);
const REPAIR: Route = Route::post(
    "/api/v1/bots/{bot_id}/repairs",
    "bots.repair",
    "create_bot_repair",
    MANAGER,
)
.max_body(FORM);
const ROTATE: Route = Route::put(
    "/api/v1/bots/{bot_id}/token",
    "bots.rotate",
    "replace_bot_token",
    MANAGER,
)
.max_body(FORM)
.step_up();
const DISCONNECT: Route = Route::delete(
    "/api/v1/bots/{bot_id}",
    "bots.disconnect",
    "disconnect_bot",
    MANAGER,
)
.step_up();
const PARKED: Route = Route::get(
    "/api/v1/bots/{bot_id}/parked-updates",
    "bots.parked",
    "list_parked_updates",
    MEMBER,
);
const REPLAY: Route = Route::post(
    "/api/v1/bots/{bot_id}/parked-updates/{parked_id}/replays",
    "bots.replay",
    "create_parked_update_replay",
    MANAGER,
)
.max_body(FORM);

const ACCOUNTS: Route = Route::get(
    "/api/v1/bots/{bot_id}/business-accounts",
    "bots.business-accounts",
    "list_business_accounts",
    MEMBER,
);
const ACCOUNT: Route = Route::patch(
    "/api/v1/bots/{bot_id}/business-accounts/{business_account_id}",
    "bots.update-business-account",
    "update_business_account",
    MANAGER,
)
.max_body(FORM);

const ALERTS: Route = Route::get(
    "/api/v1/bots/{bot_id}/alerts",
    "bots.alerts",
    "list_alerts",
    MEMBER,
);
const ALERT_LINK: Route = Route::post(
    "/api/v1/bots/{bot_id}/alerts",
    "bots.alert-link",
    "create_alert_link",
    HEARER,
)
.max_body(FORM)
.step_up();
const END_ALERTS: Route = Route::delete(
    "/api/v1/bots/{bot_id}/alerts/{user_id}",
    "bots.end-alerts",
    "end_alerts",
    HEARER,
);

/// The handlers.
pub fn functions(app: &'static App) -> Functions {
    Functions::new("bots")
        .http(
            "connect",
            app.serve(&CONNECT, |app, call| {
                Box::pin(async move {
                    connect::handle(app, &call.scope::<Manager>()?, call.json()?, call.claim()?)
                        .await
                })
            }),
        )
        .http(
            "list",
            app.serve(&LIST, |app, call| {
                Box::pin(async move { list::handle(app, &call.scope::<Reader>()?).await })
            }),
        )
        .http(
            "doctor",
            app.serve(&DOCTOR, |app, call| {
                Box::pin(async move {
                    doctor::handle(app, &call.scope::<Reader>()?, call.path_id("bot_id")?).await
                })
            }),
        )
        .http(
            "repair",
            app.serve(&REPAIR, |app, call| {
                Box::pin(async move {
                    repair::handle(app, &call.scope::<Manager>()?, call.path_id("bot_id")?).await
                })
            }),
        )
        .http(
            "rotate",
            app.serve(&ROTATE, |app, call| {
                Box::pin(async move {
                    rotate::handle(
                        app,
                        &call.scope::<Manager>()?,
                        call.path_id("bot_id")?,
                        call.json()?,
                    )
                    .await
                })
            }),
        )
        .http(
            "disconnect",
            app.serve(&DISCONNECT, |app, call| {
                Box::pin(async move {
                    disconnect::handle(app, &call.scope::<Manager>()?, call.path_id("bot_id")?)
                        .await
                })
            }),
        )
        .http(
            "parked",
            app.serve(&PARKED, |app, call| {
                Box::pin(async move {
                    parked::handle(
                        app,
                        &call.scope::<Reader>()?,
                        call.path_id("bot_id")?,
                        &call.query()?,
                    )
                    .await
                })
            }),
        )
        .http(
            "replay",
            app.serve(&REPLAY, |app, call| {
                Box::pin(async move {
                    replay::handle(
                        app,
                        &call.scope::<Manager>()?,
                        call.path_id("bot_id")?,
                        call.path_id("parked_id")?,
                    )
                    .await
                })
            }),
        )
        .http(
            "business-accounts",
            app.serve(&ACCOUNTS, |app, call| {
                Box::pin(async move {
                    let bot = call.path_id("bot_id")?;
                    business::list::handle(app, &call.scope::<Reader>()?, bot).await
                })
            }),
        )
        .http(
            "update-business-account",
            app.serve(&ACCOUNT, |app, call| {
                Box::pin(async move {
                    business::change::handle(
                        app,
                        &call.scope::<Manager>()?,
                        call.path_id("bot_id")?,
                        call.path_id("business_account_id")?,
                        call.json()?,
                    )
                    .await
                })
            }),
        )
        .http(
            "alerts",
            app.serve(&ALERTS, |app, call| {
                Box::pin(async move {
                    let bot = call.path_id("bot_id")?;
                    alerts::list::handle(app, &call.scope::<Reader>()?, bot).await
                })
            }),
        )
        .http(
            "alert-link",
            app.serve(&ALERT_LINK, |app, call| {
                Box::pin(async move {
                    let bot = call.path_id("bot_id")?;
                    alerts::link::handle(app, &call.scope::<Chatter>()?, bot).await
                })
            }),
        )
        .http(
            "end-alerts",
            app.serve(&END_ALERTS, |app, call| {
                Box::pin(async move {
                    let (bot, user) = (call.path_id("bot_id")?, call.path_id("user_id")?);
                    let manages = call.scope::<Manager>().is_ok();
                    let scope = call.scope::<Chatter>()?;
                    alerts::end::handle(app, &scope, manages, bot, user).await
                })
            }),
        )
}

/// This crate's part of the API document.
#[derive(OpenApi)]
#[openapi(paths(
    connect::handle,
    list::handle,
    doctor::handle,
    repair::handle,
    rotate::handle,
    disconnect::handle,
    parked::handle,
    replay::handle,
    business::list::handle,
    business::change::handle,
    alerts::list::handle,
    alerts::link::handle,
    alerts::end::handle
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
        let document = http_kit::openapi::document("bots", "1", vec![part]);
        assert!(document.is_ok(), "{:?}", document.err());
    }
}
