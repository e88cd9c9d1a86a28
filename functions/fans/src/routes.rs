//! The routes of this crate, one row each.

use domain::role::Right;
use http_kit::{Access, Route};

/// Every route of this crate: dispatch, OpenAPI, templates and the isolation matrix are compared with it.
pub const ROUTES: &[Route] = &[
    LIST,
    TAGS,
    TAG,
    IMPORT,
    IMPORT_HISTORY,
    GET,
    UPDATE,
    RESTRICT,
];

const READ: Access = Access::Session {
    right: Right::ReadConversations,
};
const NOTE: Access = Access::Session {
    right: Right::KeepNotes,
};
const PRIVACY: Access = Access::Session {
    right: Right::HandlePrivacy,
};

pub(crate) const LIST: Route = Route::get("/api/v1/fans", "fans.list", "list_fans", READ);
pub(crate) const TAGS: Route = Route::get("/api/v1/fans/tags", "fans.tags", "list_tags", READ);
pub(crate) const TAG: Route =
    Route::post("/api/v1/fans/tags", "fans.tag", "tag_fans", NOTE).max_body(32 * 1024);
/// Many people at once, and no way back but one by one: only for somebody who is really there.
pub(crate) const IMPORT: Route = Route::post(
    "/api/v1/fans/imports",
    "fans.import",
    "import_fans",
    PRIVACY,
)
.max_body(1024 * 1024)
.step_up();
/// As many messages at once, which say what others wrote.
pub(crate) const IMPORT_HISTORY: Route = Route::post(
    "/api/v1/fans/histories",
    "fans.import-history",
    "import_history",
    PRIVACY,
)
.max_body(1024 * 1024)
.step_up();
pub(crate) const GET: Route = Route::get("/api/v1/fans/{fan_id}", "fans.get", "get_fan", READ);
pub(crate) const UPDATE: Route =
    Route::patch("/api/v1/fans/{fan_id}", "fans.update", "update_fan", NOTE).max_body(64 * 1024);
pub(crate) const RESTRICT: Route = Route::put(
    "/api/v1/fans/{fan_id}/restriction",
    "fans.restrict",
    "restrict_fan",
    PRIVACY,
)
.max_body(8 * 1024);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_routes_are_well_formed() {
        assert_eq!(http_kit::check_routes(ROUTES), Ok(()));
    }
}
