//! The routes: which path, whose, and which handler.

use std::time::Duration;

use app::App;
use domain::role::Right;
use http_kit::{Access, Route};
use lambda::{Functions, Invocation};
use tenancy::{Chatter, Manager, Reader};

use crate::{budget, care_counts, fact, persona, settings, test_chat};

/// Every route of this crate: dispatch, OpenAPI, templates and the isolation matrix are compared with it.
pub const ROUTES: &[Route] = &[
    SETTINGS,
    SET_SETTINGS,
    PERSONAS,
    ADD_PERSONA,
    ACTIVATE_PERSONA,
    TEST_CHAT,
    BUDGET,
    SET_BUDGET,
    CARE_COUNTS,
    FACTS,
    ADD_FACT,
    EDIT_FACT,
    DELETE_FACT,
];

const MEMBER: Access = Access::Session {
    right: Right::ReadSettings,
};
const READ: Access = Access::Session {
    right: Right::ReadConversations,
};
const CHATTER: Access = Access::Session {
    right: Right::KeepNotes,
};
const MANAGER: Access = Access::Session {
    right: Right::ManageSofi,
};
/// Twenty hosts and names, a persona, thirty long messages: in bytes of UTF-8.
const FORM: usize = 32 * 1024;
const TALK: usize = 64 * 1024;

const SETTINGS: Route = Route::get(
    "/api/v1/bots/{bot_id}/sofi",
    "sofi.settings",
    "get_sofi_settings",
    MEMBER,
);
const SET_SETTINGS: Route = Route::put(
    "/api/v1/bots/{bot_id}/sofi",
    "sofi.set-settings",
    "update_sofi_settings",
    MANAGER,
)
.max_body(FORM);
const PERSONAS: Route = Route::get(
    "/api/v1/bots/{bot_id}/personas",
    "sofi.personas",
    "list_personas",
    MEMBER,
);
const ADD_PERSONA: Route = Route::post(
    "/api/v1/bots/{bot_id}/personas",
    "sofi.add-persona",
    "create_persona",
    MANAGER,
)
.max_body(FORM);
const ACTIVATE_PERSONA: Route = Route::post(
    "/api/v1/bots/{bot_id}/personas/{version}/activations",
    "sofi.activate-persona",
    "create_persona_activation",
    MANAGER,
)
.max_body(FORM);
const TEST_CHAT: Route = Route::post(
    "/api/v1/bots/{bot_id}/test-chats",
    "sofi.test-chat",
    "create_test_chat",
    MANAGER,
)
.max_body(TALK);
const BUDGET: Route = Route::get("/api/v1/ai/budget", "sofi.budget", "get_ai_budget", MEMBER);
const SET_BUDGET: Route = Route::put(
    "/api/v1/ai/budget",
    "sofi.set-budget",
    "replace_ai_budget",
    MANAGER,
)
.max_body(FORM);
const CARE_COUNTS: Route = Route::get(
    "/api/v1/ai/care-counts",
    "sofi.care-counts",
    "list_care_counts",
    MANAGER,
);
const FACTS: Route = Route::get(
    "/api/v1/fans/{fan_id}/facts",
    "sofi.facts",
    "list_facts",
    READ,
);
const ADD_FACT: Route = Route::post(
    "/api/v1/fans/{fan_id}/facts",
    "sofi.add-fact",
    "create_fact",
    CHATTER,
)
.max_body(FORM);
const EDIT_FACT: Route = Route::patch(
    "/api/v1/fans/{fan_id}/facts/{fact_id}",
    "sofi.edit-fact",
    "update_fact",
    CHATTER,
)
.max_body(FORM);
const DELETE_FACT: Route = Route::delete(
    "/api/v1/fans/{fan_id}/facts/{fact_id}",
    "sofi.delete-fact",
    "delete_fact",
    CHATTER,
);

/// Adds the handlers of all routes.
pub(crate) fn add(functions: Functions, app: &'static App) -> Functions {
    add_facts(add_bots(functions, app), app)
        .http(
            "budget",
            app.serve(&BUDGET, |app, call| {
                Box::pin(async move { budget::show::handle(app, &call.scope::<Reader>()?).await })
            }),
        )
        .http(
            "set-budget",
            app.serve(&SET_BUDGET, |app, call| {
                Box::pin(async move {
                    budget::change::handle(app, &call.scope::<Manager>()?, call.json()?).await
                })
            }),
        )
        .http(
            "care-counts",
            app.serve(&CARE_COUNTS, |app, call| {
                Box::pin(async move {
                    care_counts::handle(app, &call.scope::<Manager>()?, &call.query()?).await
                })
            }),
        )
}

/// What belongs to one bot.
fn add_bots(functions: Functions, app: &'static App) -> Functions {
    functions
        .http(
            "settings",
            app.serve(&SETTINGS, |app, call| {
                Box::pin(async move {
                    let bot = call.path_id("bot_id")?;
                    settings::show::handle(app, &call.scope::<Reader>()?, bot).await
                })
            }),
        )
        .http(
            "set-settings",
            app.serve(&SET_SETTINGS, |app, call| {
                Box::pin(async move {
                    let bot = call.path_id("bot_id")?;
                    let scope = call.scope::<Manager>()?;
                    settings::change::handle(app, &scope, bot, call.json()?).await
                })
            }),
        )
        .http(
            "personas",
            app.serve(&PERSONAS, |app, call| {
                Box::pin(async move {
                    let bot = call.path_id("bot_id")?;
                    persona::list::handle(app, &call.scope::<Reader>()?, bot, &call.query()?).await
                })
            }),
        )
        .http(
            "add-persona",
            app.serve(&ADD_PERSONA, |app, call| {
                Box::pin(async move {
                    let bot = call.path_id("bot_id")?;
                    let scope = call.scope::<Manager>()?;
                    persona::create::handle(app, &scope, bot, call.json()?).await
                })
            }),
        )
        .http(
            "activate-persona",
            app.serve(&ACTIVATE_PERSONA, |app, call| {
                Box::pin(async move {
                    let (bot, version) = (call.path_id("bot_id")?, call.path_id("version")?);
                    persona::activate::handle(app, &call.scope::<Manager>()?, bot, version).await
                })
            }),
        )
        .http(
            "test-chat",
            app.serve(&TEST_CHAT, |app, call| {
                Box::pin(async move {
                    let bot = call.path_id("bot_id")?;
                    let scope = call.scope::<Manager>()?;
                    let left = call.invocation().map_or(Duration::MAX, Invocation::left);
                    test_chat::handle(app, &scope, bot, call.json()?, left).await
                })
            }),
        )
}

/// What belongs to one fan.
fn add_facts(functions: Functions, app: &'static App) -> Functions {
    functions
        .http(
            "facts",
            app.serve(&FACTS, |app, call| {
                Box::pin(async move {
                    let fan = call.path_id("fan_id")?;
                    fact::list::handle(app, &call.scope::<Reader>()?, fan).await
                })
            }),
        )
        .http(
            "add-fact",
            app.serve(&ADD_FACT, |app, call| {
                Box::pin(async move {
                    let fan = call.path_id("fan_id")?;
                    fact::create::handle(app, &call.scope::<Chatter>()?, fan, call.json()?).await
                })
            }),
        )
        .http(
            "edit-fact",
            app.serve(&EDIT_FACT, |app, call| {
                Box::pin(async move {
                    let ids = (call.path_id("fan_id")?, call.path_id("fact_id")?);
                    fact::change::handle(app, &call.scope::<Chatter>()?, ids, call.json()?).await
                })
            }),
        )
        .http(
            "delete-fact",
            app.serve(&DELETE_FACT, |app, call| {
                Box::pin(async move {
                    let ids = (call.path_id("fan_id")?, call.path_id("fact_id")?);
                    fact::delete::handle(app, &call.scope::<Chatter>()?, ids).await
                })
            }),
        )
}
